"""Fetch the CPython that the Windows packages carry, and refuse one that is not the Python Software Foundation's."""

from __future__ import annotations

import os
import shutil
import subprocess
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Any, Final
from zipfile import ZipFile

from bundle.staging import BUILD, ROOT, emptied, sha256

INPUTS: Final = ROOT / "packaging" / "windows" / "inputs.toml"
SUPPLIED: Final = "FIELDQUILL_PYTHON_EMBED"
"""Names a ZIP of python.org's embeddable package to use; `…_SHA256` holds its sum, unless a file `….sha256` does."""

COMPILER: Final = "python.exe"
"""Compiles bytecode while a package is made; never part of it."""

PARTS: Final = (
    "LICENSE.txt", "_asyncio.pyd", "_bz2.pyd", "_ctypes.pyd", "_decimal.pyd", "_elementtree.pyd", "_lzma.pyd",
    "_multiprocessing.pyd", "_overlapped.pyd", "_queue.pyd", "_socket.pyd", "_uuid.pyd", "_zoneinfo.pyd",
    "libffi-8.dll", "pyexpat.pyd", "python3.dll", "python313.dll", "python313.zip", "select.pyd", "unicodedata.pyd",
    "vcruntime140.dll", "vcruntime140_1.dll",
)  # fmt: skip
"""What the packages carry of CPython.

Left out: TLS and OpenSSL (hashes are built in), plain SQLite, sound, and `_wmi`, which asks a system service at every
start for what the registry says at once.
"""

_UNSIGNED: Final = ("LICENSE.txt", "python313.zip", "vcruntime140.dll", "vcruntime140_1.dll")
"""Held by sums alone: not programs, or Microsoft's own."""

PATHS: Final = "python313._pth"
_PTH: Final = "python313.zip\r\n.\r\n..\\lib\r\n..\\lib\\site\r\n"
"""Where this Python looks for modules, and nowhere else; it also takes no heed of PYTHONPATH or a user's own packages.

Source: https://docs.python.org/3/using/windows.html#finding-modules
"""


class Refused(SystemExit):
    """An input that is not what it should be; the sentence names the file."""


def fetch(folder: Path) -> None:
    """Lay CPython's checked files, and the one that compiles, into a folder.

    Raises:
        Refused: a file differs from its pinned sum, lacks, or bears no signature of the Python Software Foundation.
    """
    inputs = tomllib.loads(INPUTS.read_text("utf-8"))
    emptied(folder)
    supplied = os.environ.get(SUPPLIED)
    signed = _unpack(Path(supplied), folder) if supplied else _install(inputs["python"], folder)
    roots = INPUTS.with_name(inputs["roots"]["file"])
    require_sum(roots, inputs["roots"]["sha256"])
    for name in (*PARTS, COMPILER):
        if name not in _UNSIGNED:
            require_signature(folder / name, roots, signed)
    print(f"CPython: {len(PARTS)} files, sums and signatures of the Python Software Foundation checked")


def stage(folder: Path, target: Path) -> None:
    """Copy what the packages carry of CPython, and say where it finds modules."""
    target.mkdir(parents=True)
    for name in PARTS:
        shutil.copy(folder / name, target / name)
    (target / PATHS).write_bytes(_PTH.encode("ascii"))


def require_sum(path: Path, expected: str) -> None:
    """Refuse a file that is not there or has another SHA-256."""
    if not path.is_file():
        raise Refused(f"{path.name} is missing, so no package is made.")
    found = sha256(path)
    if found != expected:
        raise Refused(f"{path.name} is not the file it should be (SHA-256 {found}), so no package is made.")


def require_signature(path: Path, roots: Path, moment: datetime) -> None:
    """Refuse a program that was not signed by the Python Software Foundation, or was changed since.

    Args:
        path: the program.
        roots: certificates that a signature and its timestamp may end in.
        moment: when all certificates in between were valid.
    """
    words = ["-time", str(int(moment.timestamp())), "-CAfile", str(roots), "-TSA-CAfile", str(roots), "-in", str(path)]
    tool = ["osslsigncode", "verify", "-ignore-crl", *words]
    run = subprocess.run(tool, check=False, capture_output=True, text=True, errors="replace")
    if run.returncode or "/O=Python Software Foundation/CN=Python Software Foundation" not in run.stdout:
        raise Refused(f"{path.name} is not as the Python Software Foundation signed it, so no package is made.")


def _install(pinned: dict[str, Any], folder: Path) -> datetime:
    """Have uv install the pinned distribution from PyPI, and check each of its files; gives when they were signed."""
    wanted = folder.with_suffix(".txt")
    wanted.write_text(f"{pinned['requirement']} --hash=sha256:{pinned['sha256']}\n", "ascii")
    uv(
        *("pip", "install", "--quiet", "--require-hashes", "--no-deps", "--no-build-isolation"),
        *("--python", BUILD / "venv" / "bin" / "python", "--target", folder, "-r", wanted),
    )
    for name in (*PARTS, COMPILER):
        require_sum(folder / name, pinned["files"][name])
    moment: datetime = pinned["signed"]
    return moment


def _unpack(archive: Path, folder: Path) -> datetime:
    """Take the files out of a ZIP whose sum the builder vouches for; gives a moment when they had been signed."""
    beside = archive.with_name(archive.name + ".sha256")
    given = os.environ.get(f"{SUPPLIED}_SHA256") or (beside.read_text("ascii") if beside.is_file() else "")
    if not given.split():
        raise Refused(f"{archive.name} needs its SHA-256 in {SUPPLIED}_SHA256 or {beside.name}, so no package is made.")
    require_sum(archive, given.split()[0].lower())
    with ZipFile(archive) as file:
        entries = {PurePosixPath(entry.filename).name: entry for entry in file.infolist()}
        for name in (*PARTS, COMPILER):
            if name not in entries:
                raise Refused(f"{archive.name} holds no {name}: it is not CPython 3.13 for Windows, 64-bit.")
            (folder / name).write_bytes(file.read(entries[name]))
        built = datetime(*entries["python313.dll"].date_time, tzinfo=UTC)
    return built + timedelta(days=1)


def uv(*words: str | Path) -> None:
    """Run uv: the one in the environment that contributors have, else the system's."""
    own = ROOT / ".venv" / "bin" / "uv"
    subprocess.run([own if own.exists() else "uv", *words], check=True, cwd=ROOT)
