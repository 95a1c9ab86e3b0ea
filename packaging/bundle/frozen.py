"""Freeze the program for Linux with PyInstaller: a folder with Python, the libraries and our own four folders in it."""

from __future__ import annotations

import os
import py_compile
import re
import shutil
import subprocess
import sys
import sysconfig
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bundle import early, icu
from bundle.recipe import OURS, is_forbidden, wanted
from bundle.slack import loosen_library
from bundle.staging import BUILD, ROOT, emptied, epoch, files_below, stage_ours

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Entry = tuple[str, str, str]
"""A file of PyInstaller's: its place in the folder, where it is now, and its kind."""

STAGE: Final = BUILD / "linux" / "stage"
ENTRY: Final = "fieldquill_start.py"
LIB: Final = "lib"
"""The folder beside the program that holds everything else; it is what app/paths.py calls ROOT."""
MIGRATIONS: Final = "app/store/migrations"
"""Alembic reads these from files, not as modules."""

NOT_IMPORTED: Final = (
    *("ftplib", "http.server", "imaplib", "nntplib", "poplib", "smtplib", "ssl", "_ssl", "telnetlib", "xmlrpc"),
    *("_curses", "curses", "_hashlib", "readline", "sqlite3", "_sqlite3", "tkinter", "_tkinter", "_uuid"),
    *("PyInstaller", "defusedxml", "distutils", "pip", "pkg_resources", "setuptools", "pydoc_data", "unittest"),
)
"""Modules that libraries import where they find them, for what the program never does."""

CARRIED: Final = (
    *("libbz2.so.*", "libffi.so.*", "liblzma.so.*"),
    *("libxcb-cursor.so.*", "libxcb-icccm.so.*", "libxcb-image.so.*", "libxcb-keysyms.so.*"),
    *("libxcb-render-util.so.*", "libxcb-util.so.*", "libxcb-xkb.so.*"),
    *("libxkbcommon.so.*", "libxkbcommon-x11.so.*"),
)
"""Libraries of the system that not every distribution installs, or not under this name; a .deb declares them instead.

All others stay the system's: a driver of OpenGL must find the C++ library that it was made for, and the library that
reads the configuration of fonts must know that configuration.
"""

LAID: Final = ("docx/parts/__init__.py",)
"""Modules that lie in the folder as files, too: python-docx finds its templates by way of a folder of modules."""
SITE: Final = Path(sysconfig.get_path("purelib"))
"""The distributions that the program is frozen from."""
_START: Final = '''"""The program under both its names."""

import sys

from ui.command import main, window

if sys.argv[0].endswith("-gui"):
    window()
else:
    main()
'''
_SAYS_NOTHING: Final = '"""How this Python was compiled, which is not told."""\n\nbuild_time_vars = {}\n'
"""Stands for a module of Python's that names folders of the machine; SQLAlchemy asks it whether Python has its lock."""
_NOT_STRIPPED: Final = ("numpy.libs/*", "PySide6/*", "shiboken6/*")
"""Libraries that no longer load when they are stripped: what moved their parts left them so."""


def freeze() -> Path:
    """Freeze the program anew; gives the folder, whose names are `fieldquill` and `lib`.

    Raises:
        SystemExit: PyInstaller failed, or says that something is missing that the program needs.
    """
    stage_ours(emptied(STAGE))
    (STAGE / ENTRY).write_text(_START, "utf-8")
    (STAGE / _how_compiled()).write_text(_SAYS_NOTHING, "utf-8")
    frozen = BUILD / "linux" / "frozen"
    log = _run_pyinstaller(frozen)
    lacking = missing(log, str(SITE))
    if lacking:
        raise SystemExit("Not made, this is missing here:\n" + "\n".join(lacking))
    root = frozen / "fieldquill" / LIB
    _drop_unneeded(root)
    for library in root.glob("PySide6/Qt/lib/libicudata.so.*"):
        icu.shrink(library, STAGE)
    _copy_read_by_path(root)
    early.unpack_support(root)
    strip(root)
    loosen_library(root / "base_library.zip")  # PyInstaller writes its modules in an order that is not always the same
    return root.parent


def modules(stage: Path) -> list[str]:
    """List every module of ours by its dotted name: pages, parts and commands are imported by name."""
    paths = [path.relative_to(stage) for top in ("app", "ui") for path in files_below(stage / top)]
    sources = [path for path in paths if path.suffix == ".py" and not path.is_relative_to(MIGRATIONS)]
    return [".".join(path.parent.parts if path.stem == "__init__" else path.with_suffix("").parts) for path in sources]


def read_by_path(stage: Path) -> list[Path]:
    """List the files of ours that the program reads as files, as paths inside `stage`."""
    paths = [path.relative_to(stage) for top in OURS for path in files_below(stage / top)]
    return [path for path in paths if path.suffix != ".py" or path.is_relative_to(MIGRATIONS)]


def kept(entries: Iterable[Entry]) -> list[Entry]:
    """Leave out files the recipe does not want, and libraries that are the system's."""
    return [entry for entry in entries if _is_kept(*entry)]


def kept_modules(entries: Iterable[Entry]) -> list[Entry]:
    """Leave out modules whose source the recipe does not want."""
    return [entry for entry in entries if wanted(_in_site(entry[1]), "linux")]


def missing(log: str, site: str) -> list[str]:
    """List the lines of PyInstaller's log that tell of something missing that the program needs.

    PyInstaller only warns of these, and a program frozen without them ends when it is run. It also warns of Qt's
    other plugins and of other databases' modules; those are not ours.
    """
    lines = []
    for line in log.splitlines():
        library = re.search(r"could not resolve .*, dependency of '(.+)'", line)
        module = re.search(r'Hidden import "([\w.]+)" not found', line)
        needed = library is not None and wanted(library[1].removeprefix(site).lstrip("/"), "linux")
        if needed or (module is not None and module[1].partition(".")[0] in OURS):
            lines.append(line)
    return lines


def kept_scripts(scripts: Iterable[Entry]) -> list[Entry]:
    """Leave out what PyInstaller would run at every start for libraries: it loads Qt even where no window opens.

    Qt finds its plugins by itself, from where its own library is.
    """
    return [entry for entry in scripts if not entry[0].startswith("pyi_rth_")]


def strip(root: Path) -> None:
    """Take what only a debugger reads out of the libraries, where they can stand it."""
    for path in elf_files(root):
        name = path.relative_to(root).as_posix()
        if not any(fnmatchcase(name, pattern) for pattern in _NOT_STRIPPED):
            subprocess.run(["strip", "--strip-unneeded", path], check=True)
        path.chmod(0o644)  # they are loaded, not run


def needed_by(path: Path) -> set[str]:
    """Name the libraries that a program or library is linked to."""
    said = subprocess.run(["objdump", "-p", path], check=True, capture_output=True, text=True).stdout
    return set(re.findall(r"^\s+NEEDED\s+(\S+)$", said, re.MULTILINE))


def elf_files(folder: Path) -> Iterator[Path]:
    """Walk the programs and libraries below a folder, without links to them."""
    return (path for path in files_below(folder) if not path.is_symlink() and _is_elf(path))


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _how_compiled() -> str:
    """Name the file of the module that tells how this Python was compiled, as `sysconfig` looks for it."""
    return f"_sysconfigdata_{sys.abiflags}_{sys.platform}_{getattr(sys.implementation, '_multiarch', '')}.py"


def _drop_unneeded(root: Path) -> None:
    """Remove the libraries that a wheel brought for parts of it that are left out, and what only those needed."""
    while True:
        needed = {name for path in elf_files(root) for name in needed_by(path)}
        unneeded = [path for path in sorted(root.glob("*.libs/*")) if path.name not in needed]
        if not unneeded:
            return
        for path in unneeded:
            path.unlink()


def _run_pyinstaller(target: Path) -> str:
    """Run PyInstaller on our spec, always the same way; gives its log."""
    work = BUILD / "linux" / "work"
    words = ["--noconfirm", "--clean", "--distpath", str(target), "--workpath", str(work)]
    settings = {
        "LC_ALL": "C.UTF-8",
        "PYINSTALLER_CONFIG_DIR": str(BUILD / "linux" / "config"),
        "PYINSTALLER_ZLIB_COMPRESSION_LEVEL": "9",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONNODEBUGRANGES": "1",  # a report of a bug names lines, and columns would make bytecode a quarter larger
        "PYTHONPATH": str(ROOT / "packaging"),
        "SOURCE_DATE_EPOCH": str(epoch()),
    }
    spec = ROOT / "packaging" / "linux" / "fieldquill.spec"
    done = subprocess.run(
        [sys.executable, "-m", "PyInstaller", *words, str(spec)],
        env=os.environ | settings,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    work.joinpath("log.txt").write_text(done.stderr, "utf-8")
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stderr


def _is_kept(place: str, source: str, kind: str) -> bool:
    """Whether one file goes into the folder."""
    if kind == "SYMLINK":  # to a library that is found where it is, too
        return False
    if _in_site(source) != source:
        return wanted(place, "linux")
    if source.startswith(("/lib/", "/usr/lib/")):
        return any(fnmatchcase(place, pattern) for pattern in CARRIED)
    return not is_forbidden(place)


def _in_site(source: str) -> str:
    """Give a path inside `site-packages`, or the path itself where it is elsewhere."""
    return source.removeprefix(f"{SITE}/")


def _copy_read_by_path(root: Path) -> None:
    """Copy what the program reads as files, and compile the migrations, as the installed folder can't be written to."""
    for name in LAID:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SITE / name, root / name)
    for path in read_by_path(STAGE):
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(STAGE / path, target)
        if path.suffix == ".py":
            py_compile.compile(
                str(target),
                dfile=str(path),
                doraise=True,
                invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
            )
