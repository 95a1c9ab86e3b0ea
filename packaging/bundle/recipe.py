"""What an installed Fieldquill is made of: the lists that every package goes by, and the one question they answer.

A path is one inside `site-packages`, with forward slashes. Nothing here is a rule of the product.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache
from pathlib import PurePosixPath
from typing import Final, Literal

System = Literal["linux", "windows", "macos"]

OURS: Final = ("app", "ui", "resources", "rubrics")
"""Our own folders; they stay siblings wherever they are installed (app/paths.py)."""

IMPORTS: Final = {
    "alembic": "alembic",
    "bidi": "python-bidi",
    "click": "click",
    "docx": "python-docx",
    "filelock": "filelock",
    "lxml": "lxml",
    "msgspec": "msgspec",
    "PIL": "pillow",
    "pikepdf": "pikepdf",
    "platformdirs": "platformdirs",
    "pypdfium2": "pypdfium2",
    "pyphen": "pyphen",
    "pyqtgraph": "pyqtgraph",
    "PySide6": "pyside6-essentials",
    "shiboken6": "shiboken6",
    "rapidfuzz": "rapidfuzz",
    "reportlab": "reportlab",
    "sqlalchemy": "sqlalchemy",
    "sqlcipher3": "sqlcipher3",
    "xlsxwriter": "xlsxwriter",
    "yaml": "pyyaml",
    "zxcvbn": "zxcvbn",
}
"""What the program itself imports, and the distribution each of them comes in; a test holds it to the code."""

QT_MODULES: Final = ("Core", "DBus", "Gui", "OpenGL", "OpenGLWidgets", "PrintSupport", "Svg", "Widgets")
"""The parts of Qt the program needs: pyqtgraph's curves want OpenGL, icons Svg, and all but Windows has DBus."""

_QT_LIBRARIES: Final = {"linux": ("WaylandClient", "WlShellIntegration", "XcbQpa"), "windows": (), "macos": ()}

QT_PLUGINS: Final[dict[System, tuple[str, ...]]] = {
    "linux": (
        "iconengines/libqsvgicon",
        "imageformats/libqsvg",
        "platforminputcontexts/libcomposeplatforminputcontextplugin",
        "platforminputcontexts/libibusplatforminputcontextplugin",
        "platforms/libqoffscreen",
        "platforms/libqwayland",
        "platforms/libqxcb",
        "platformthemes/libqxdgdesktopportal",
        "printsupport/libcupsprintersupport",
        "wayland-decoration-client/libbradient",
        "wayland-graphics-integration-client/libqt-plugin-wayland-egl",
        "wayland-shell-integration/libxdg-shell",
        "xcbglintegrations/libqxcb-egl-integration",
        "xcbglintegrations/libqxcb-glx-integration",
    ),
    "windows": ("iconengines/qsvgicon", "imageformats/qsvg", "platforms/qoffscreen", "platforms/qwindows"),
    "macos": (
        "iconengines/libqsvgicon",
        "imageformats/libqsvg",
        "platforms/libqcocoa",
        "platforms/libqoffscreen",
        "printsupport/libcocoaprintersupport",
    ),
}
"""Qt's plugins by system, without their endings: screens, icons, printing, typing accents and other scripts."""

_RUNTIME: Final = ("msvcp140*.dll", "vcruntime140*.dll")
"""Microsoft's libraries that Qt's wheel carries and needs."""

_QT_TOOLS: Final = ("doc", "glue", "include", "lib", "metatypes", "qml", "scripts", "translations", "typesystems")
"""Folders of what Qt's wheel brings for making programs, not for running them."""

_RARE_PICTURES: Final = (
    "BlpImage", "BufrStubImage", "CurImage", "DcxImage", "DdsImage", "EpsImage", "FitsImage", "FliImage", "FpxImage",
    "FtexImage", "GbrImage", "GribStubImage", "Hdf5StubImage", "IcnsImage", "ImImage", "ImtImage", "IptcImage",
    "McIdasImage", "MicImage", "MpegImage", "MspImage", "PalmImage", "PcdImage", "PcxImage", "PdfImage", "PixarImage",
    "PsdImage", "QoiImage", "SgiImage", "SpiderImage", "SunImage", "TgaImage", "WmfImage", "XbmImage", "XpmImage",
    "XVThumbImage",
)  # fmt: skip
"""Formats of pictures that no report and no document has; Pillow does without those it finds missing."""

LEFT_OUT: Final = (
    # What only compilers, editors and tests read.
    "*.pyi", "*.pyx", "*.pxd", "*.pxi", "*.h", "*.hpp", "*.c", "*.cpp", "*.lib", "*.a", "*.pdb", "*.pyc",
    "*/py.typed", "*/tests/*", "*/testing/*", "*/include/*", "*/includes/*", "*/_pyinstaller/*", "bin/*",
    "alembic/templates/*", "alembic/pluginutils/*", "docx/templates/default-docx-template/*",
    "*/__pyinstaller/*", "*/conftest.*",
    ".lock",  # uv's own
    "*.dist-info/*",  # whose they are stands in about/NOTICES.txt
    "shiboken6/concrt*", "shiboken6/msvcp*", "shiboken6/vc*",  # the same as PySide6's
    # Parts of libraries that nothing of ours calls; each is listed because it is large or could do what we never do.
    "PIL/_avif.*", "PIL/_imagingft.*", "PIL/_imagingtk.*", "PIL/_webp.*", "PIL/ImageGrab.*",
    "PIL/ImageQt.*", "PIL/ImageShow.*", "PIL/ImageTk.*",
    *(f"PIL/{name}Plugin.*" for name in _RARE_PICTURES),
    "charset_normalizer/*", "click/testing.*",
    "lxml/builder.*", "lxml/doctestcompare.*", "lxml/html/*", "lxml/isoschematron/*", "lxml/objectify.*", "lxml/sax.*",
    "mako/ext/*", "numpy/_core/*_tests.*", "numpy/_core/_simd.*", "numpy/f2py/*", "numpy/fft/*",
    "numpy/ma/*", "numpy/polynomial/*", "numpy/random/*",
    "pikepdf/pdfa/*", "pypdfium2_cli/*",
    "pyqtgraph/canvas/*", "pyqtgraph/colors/maps/*", "pyqtgraph/console/*", "pyqtgraph/examples/*",
    "pyqtgraph/flowchart/*", "pyqtgraph/icons/peegee/*", "pyqtgraph/jupyter/*", "pyqtgraph/opengl/*",
    "rapidfuzz/*avx2*", "rapidfuzz/fuzz_cpp*", "rapidfuzz/process_cpp_impl*",  # they fall back on others
    "reportlab/fonts/*", "reportlab/graphics/*", "reportlab/lib/codecharts.*", "reportlab/lib/corp.*",
    "reportlab/lib/testutils.*",
    "sqlalchemy/dialects/mssql/*", "sqlalchemy/dialects/mysql/*", "sqlalchemy/dialects/oracle/*",
    "sqlalchemy/ext/asyncio/*", "sqlalchemy/ext/automap.*", "sqlalchemy/ext/mypy/*",
)  # fmt: skip
"""Patterns of what no package carries."""

_HYPHENATED: Final = ("hyph_de_DE.dic", "hyph_en_US.dic")

FORBIDDEN: Final = (
    "*qt*network*", "*qt*bluetooth*", "*qt*nfc*", "*qt*websockets*", "*qt*httpserver*", "*qt*remoteobjects*",
    "*qt*multimedia*", "*qt*spatialaudio*", "*qt*texttospeech*", "*qt*speech*", "*qt*webengine*", "*qt*webview*",
    "*qt*webchannel*", "*qt*sensors*", "*qt*positioning*", "*qt*location*", "*qt*serialport*", "*qt*serialbus*",
    "*qt*qml*", "*qt*quick*", "*qt*virtualkeyboard*", "*qvnc*", "*tuiotouch*", "*/tls/*",
    "*/networkinformation/*", "*/winsound*", "*/_ssl.*", "*/libssl*", "*portaudio*", "*pulse*", "*asound*",
    "*libav[cdfu]*", "*avcodec*", "*avformat*", "*avdevice*", "*swresample*", "*gstreamer*", "*libgst*", "*opencv*",
    "*v4l*", "*microphone*", "*webcam*",
)  # fmt: skip
"""Names of what could reach a network, a microphone, a camera or the screen: found in a package, the build fails."""


def wanted(path: str, system: System) -> bool:
    """Whether a file of `site-packages` goes into the package for a system."""
    top, _, rest = path.partition("/")
    if is_forbidden(path) or any(fnmatchcase(path, pattern) for pattern in LEFT_OUT):
        return False
    if top == "PySide6":
        return _qt_wanted(rest, system)
    if path.startswith("pyphen/dictionaries/"):
        return PurePosixPath(path).name in _HYPHENATED
    return True


def is_forbidden(path: str) -> bool:
    """Whether a file's name says that it could do what the product never does."""
    return any(fnmatchcase(f"/{path.lower()}", pattern) for pattern in FORBIDDEN)


def _qt_wanted(rest: str, system: System) -> bool:
    """Whether a file inside the folder PySide6 is part of the modules and plugins the program needs."""
    path = PurePosixPath(rest)
    if "plugins" in path.parts:
        kind = "/".join(path.parts[-2:]).partition(".")[0]
        return kind in QT_PLUGINS[system]
    if path.parts[0] == "support":
        return path.name != "generate_pyi.py"
    if path.parts[0] in _QT_TOOLS:
        return False
    return any(fnmatchcase(path.name, name) for name in _qt_names(system))


@cache
def _qt_names(system: System) -> tuple[str, ...]:
    """List the patterns of Qt's own files by name, whatever folder the wheel of a system has them in."""
    modules = tuple(name for name in QT_MODULES if name != "DBus" or system != "windows")
    libraries = (*modules, *_QT_LIBRARIES[system])
    return (
        *("__init__.py", "_config.py", "_git_pyside_version.py", "pyside6.abi3.dll", "libpyside6.abi3.*"),
        *_RUNTIME,
        *(f"Qt{name}.*" for name in modules),
        *(f"Qt6{name}.dll" for name in libraries),
        *(f"libQt6{name}.so.*" for name in libraries),
        *(f"libicu{part}.so.*" for part in ("data", "i18n", "uc")),
    )
