"""Read from programs and libraries what they ask of the system: a name can be changed, what is imported can't."""

from __future__ import annotations

import posixpath
import re
import subprocess
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class Binary(NamedTuple):
    """A program or library: the libraries it is linked to and the functions it takes from them."""

    name: str
    libraries: frozenset[str]
    functions: frozenset[str]
    paths: frozenset[str]
    """Where it has the loader look for libraries (RPATH, RUNPATH)."""
    mentioned: frozenset[str] = frozenset()
    """Which of LIBRARIES stand in it as text: what is loaded late, by name, is not among what it is linked to."""


LIBRARIES: Final = (
    "*qt*network*", "*qt*multimedia*", "*qt*webengine*", "libssl*", "libcurl*", "libasound*", "libpulse*",
    "libpipewire*", "libjack*", "libv4l*", "libavdevice*", "libgst*", "winhttp.dll", "wininet.dll", "urlmon.dll",
    "avicap32.dll", "mf.dll", "mfplat.dll", "mfreadwrite.dll", "mfcore.dll", "dsound.dll", "msdmo.dll", "webio.dll",
)  # fmt: skip
"""Libraries that speak over the network, or take in sound or pictures."""

FUNCTIONS: Final = (
    "wavein*", "midiin*", "mixeropen*", "capcreatecapture*", "mfcreate*source*", "mfenumdevicesources*",
    "directsoundcapture*", "snd_pcm_*", "pa_simple_*", "pa_stream_*", "ssl_connect", "winhttp*", "internetopen*",
    "av_read_frame", "v4l2_open",
)  # fmt: skip
"""Functions that do."""

SOCKETS: Final = ("ws2_32.dll", "wsock32.dll")
CONNECTING: Final = ("connect", "getaddrinfo")
"""What says that a binary could open a connection: a library on Windows, a function elsewhere."""

MAY_CONNECT: Final = {
    "_asyncio": "a part of Python that SQLAlchemy imports",
    "_multiprocessing": "the same; pyqtgraph imports it",
    "_overlapped": "the same",
    "_socket": "the same: Python's own module of sockets",
    "select": "the same",
    "python3": "Python itself",
    "libpython3": "Python itself",
    "_sqlite3": "OpenSSL, there for SQLCipher's ciphers, has code for connections that nothing calls",
    "qpdf30": "the same, there for the ciphers of PDF",
    "etree": "libxml2 for Windows could fetch documents; every reader of ours is made without network",
    "pdfium": "linked and unused",
    "Qt6Core": "its event loop can watch sockets; it opens none",
    "libQt6Core": "the same",
    "libxcb": "connects to the X server of this machine",
}
"""Which names may, and why; tests/app/cli/test_program.py watches that the program does not."""

RECORDING: Final = (
    "grabWindow", "QScreenCapture", "QWindowCapture", "QMediaRecorder", "QMediaCaptureSession", "QCamera",
    "QAudioSource", "QAudioInput", "ImageGrab", "QNetworkAccessManager", "QTcpSocket", "QUdpSocket",
    "create_connection",
)  # fmt: skip
"""What code of ours would have to name to record the screen, sound or pictures, or to connect; Qt itself has some."""


def read(path: Path, name: str) -> Binary | None:
    """Read a file; None where it is neither a program nor a library."""
    with path.open("rb") as file:
        start = file.read(4)
    if path.is_symlink() or not (start == b"\x7fELF" or start[:2] == b"MZ"):
        return None
    said = subprocess.run(["objdump", "-p", path], check=True, capture_output=True, text=True, errors="replace").stdout
    mentioned = frozenset(mentions(path.read_bytes()))
    if start[:2] == b"MZ":
        libraries = re.findall(r"^\s+DLL Name: (\S+)", said, re.MULTILINE)
        functions = re.findall(r"^\t[0-9a-f]+\s+(?:\d+|<none>)\s+(?:[0-9a-f]{4}\s+)?(\w+)\s*$", said, re.MULTILINE)
        return Binary(name, frozenset(map(str.lower, libraries)), frozenset(functions), frozenset(), mentioned)
    libraries = re.findall(r"^\s+NEEDED\s+(\S+)", said, re.MULTILINE)
    paths = re.findall(r"^\s+(?:RPATH|RUNPATH)\s+(\S+)", said, re.MULTILINE)
    folders = frozenset(folder for each in paths for folder in each.split(":"))
    return Binary(name, frozenset(libraries), _wanted_functions(path), folders, mentioned)


def mentions(content: bytes) -> list[str]:
    """List which of LIBRARIES, if they are plain names, stand in a file as text, in either encoding of Windows."""
    text = content.lower()
    plain = [each.rstrip("*") for each in LIBRARIES if not each.startswith("*")]
    return [name for name in plain if name.encode("ascii") in text or name.encode("utf-16-le") in text]


def reaching_out(binaries: Iterable[Binary]) -> list[str]:
    """List what is linked to a library, or takes a function, that could reach out."""
    found = []
    for each in binaries:
        found += [f"{each.name}: {name}" for name in sorted(each.libraries) if _fits(name, LIBRARIES)]
        found += [f"{each.name}: {name} by name" for name in sorted(each.mentioned - each.libraries)]
        found += [f"{each.name}: {name}()" for name in sorted(each.functions) if _fits(name, FUNCTIONS)]
    return found


def recording(modules: Iterable[tuple[str, bytes]]) -> list[str]:
    """List which modules name something that records or connects, by their code."""
    return [f"{name}: {word}" for name, code in modules for word in RECORDING if word.encode("ascii") in code]


def connecting(binaries: Iterable[Binary]) -> list[str]:
    """List what could open a connection, by names without folders and endings."""
    found = [each for each in binaries if each.libraries & set(SOCKETS) or each.functions & set(CONNECTING)]
    return sorted({each.name.rpartition("/")[2].partition(".")[0] for each in found})


def strays(binaries: Iterable[Binary]) -> list[str]:
    """List what has the loader look for libraries in a folder that is not found from where it lies itself."""
    return [f"{each.name}: {path}" for each in binaries for path in sorted(each.paths) if not _stays(each.name, path)]


def _stays(name: str, path: str) -> bool:
    """Whether a folder to look in, given from where a file of a package lies, is inside of the package."""
    first, _, rest = path.partition("/")
    return first == "$ORIGIN" and not posixpath.normpath(posixpath.join(posixpath.dirname(name), rest)).startswith("..")


def _wanted_functions(path: Path) -> frozenset[str]:
    """List the functions that an ELF file takes from others."""
    words = ["nm", "--dynamic", "--undefined-only", "--format=posix", str(path)]
    said = subprocess.run(words, check=True, capture_output=True, text=True, errors="replace").stdout
    return frozenset(line.partition(" ")[0].partition("@")[0] for line in said.splitlines())


def _fits(name: str, patterns: tuple[str, ...]) -> bool:
    """Whether a name fits one of the patterns, whatever its capitals."""
    return any(fnmatchcase(name.lower(), pattern) for pattern in patterns)
