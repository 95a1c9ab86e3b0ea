"""Take out of libraries what tells of the machine that they were made on, without moving a byte.

A Python that somebody built has its own folder in every library of its: as a place to look for other libraries, which a
stranger could fill on a machine where that folder can be made.
"""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Final

from bundle.frozen import elf_files

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_INSTEAD: Final = b"/usr"
"""What is named instead of where a place lies, filled up with slashes, which count as one.

The last part of its name stays: compilers lay a text that another one ends in, like a version, into that one's end.
"""


def forget(folder: Path, places: Iterable[str]) -> int:
    """Make the libraries below a folder forget places; gives how many did.

    Not the program itself, which holds modules behind sums of their own.
    """
    known = [place.encode() for place in sorted(places, key=len, reverse=True)]
    return sum(_rewrite(path, known) for path in elf_files(folder) if ".so" in path.suffixes)


def without(content: bytes, places: Iterable[bytes], searched: Iterable[bytes]) -> bytes:
    """Replace places by others of the same length, and where libraries are searched by the library's own folder."""
    for path in searched:
        content = content.replace(path + b"\0", b"$ORIGIN".ljust(len(path) + 1, b"\0"))
    for place in places:
        last = place.rpartition(b"/")[2]
        content = content.replace(place, _INSTEAD.ljust(len(place) - len(last), b"/") + last)
    return content


def _rewrite(path: Path, places: list[bytes]) -> bool:
    """Rewrite one file if it names a place; its mode stays."""
    content = path.read_bytes()
    if not any(place in content for place in places):
        return False
    path.write_bytes(without(content, places, _searched(path, places)))
    return True


def _searched(path: Path, places: list[bytes]) -> list[bytes]:
    """List where a library has others looked for, if that is in one of the places and longer than what replaces it."""
    said = subprocess.run(["objdump", "-p", path], check=True, capture_output=True).stdout
    found = re.findall(rb"^\s+(?:RPATH|RUNPATH)\s+(\S+)", said, re.MULTILINE)
    return [each for each in found if any(place in each for place in places) and len(each) >= len(b"$ORIGIN")]
