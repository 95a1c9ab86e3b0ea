"""What Windows has and Wine 8 lacks, made with mingw-w64 for a check alone: no package carries it, and a check says so.

It is laid into Wine's folder of system libraries, where Windows has its own, so that what is checked is unchanged.
"""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Final

from bundle.staging import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SOURCES: Final = ROOT / "packaging" / "windows" / "wine-stubs"
COPY: Final = "ucrtwine"
"""Wine's own C library under another name, for `ucrtbase.dll` to hand on to."""

NAMES: Final = ("icuuc.dll", "ucrtbase.dll", f"{COPY}.dll")
"""What no package may hold."""

_OWN: Final = re.compile(r"\b(?:TO_NUMBER|TO_COMPLEX|OF_TWO)\((c[a-z]+)\)")
_MARK: Final = b"Wine builtin DLL"  # a file that bears it is taken for a place holder
_EXPORT: Final = re.compile(r"^\s*\[\s*\d+\](?: \+base\[\s*\d+\])?\s+(?:[0-9a-f]{4,}\s+)?(\S+)$", re.MULTILINE)


def lay(system: Path, work: Path) -> None:
    """Make the libraries and lay them into the folder of the system's."""
    work.mkdir(parents=True, exist_ok=True)
    _compile(SOURCES / "icuuc.c", system / "icuuc.dll")
    wines = system / "ucrtbase.dll"
    words = _tool("objdump", "-p", str(wines))
    (system / f"{COPY}.dll").write_bytes(wines.read_bytes().replace(_MARK, b"-" * len(_MARK), 1))
    definition = work / "ucrtbase.def"
    definition.write_text(forwarding(exported(words), own((SOURCES / "ucrtbase.c").read_text("ascii"))), "ascii")
    wines.unlink()
    _compile(SOURCES / "ucrtbase.c", wines, str(definition))


def exported(words: str) -> list[str]:
    """List the names that a library exports, out of what objdump says of it."""
    _, _, table = words.partition("[Ordinal/Name Pointer] Table")
    table, _, _ = table.partition("\n\n")
    return _EXPORT.findall(table)


def own(source: str) -> set[str]:
    """List the functions that the source of `ucrtbase.dll` defines, each for three kinds of numbers."""
    return {f"{name}{kind}" for name in _OWN.findall(source) if name != "name" for kind in ("", "f", "l")}


def forwarding(names: Iterable[str], ours: set[str]) -> str:
    """Write a definition of a library that exports names: ours from itself, all others from the copy of Wine's."""
    lines = (f'"{name}" = own_{name}' if name in ours else f'"{name}" = "{COPY}.{name}"' for name in names)
    return "\n".join(("LIBRARY ucrtbase.dll", "EXPORTS", *lines, ""))


def _compile(source: Path, target: Path, *words: str) -> None:
    options = ("-shared", "-s", "-Os", "-Wall", "-Wextra", "-Werror", "-fno-builtin", "-static-libgcc")
    _tool("gcc", *options, "-o", str(target), str(source), *words)


def _tool(name: str, *words: str) -> str:
    run = subprocess.run([f"x86_64-w64-mingw32-{name}", *words], check=True, capture_output=True, text=True)
    return run.stdout
