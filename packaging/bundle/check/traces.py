"""What a program leaves on a Windows: its files and its registry before and after, and what differs."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bundle.check.wine import Wine

Stamp = tuple[int, int]
"""Of a file its size in bytes and when it was changed in ns; of a folder nothing, since both are its files'."""

_KEY: Final = re.compile(r"^\[(.*)\](?: \d+)?$")
_LETTER: Final = re.compile(r"\\x([0-9a-f]{1,4})")
FOLDER: Final[Stamp] = (-1, 0)

NOISE: Final = (
    "HKCU/Console",
    "HKCU/Software/Wine/*",
    "HKCU/Software/Microsoft/Windows/CurrentVersion/Explorer/*",  # which folders and kinds of files were opened
    "HKCU/Volatile Environment*",
    "HKLM/Software/Microsoft/Windows NT/CurrentVersion/*",
    "HKLM/Software/Microsoft/Windows/CurrentVersion/Explorer/*",
    "HKLM/Software/Wine/*",
    "HKLM/System/CurrentControlSet/*",
    "HKLM/Hardware/*",
    "C:/windows/*",
)
"""Patterns of what Wine itself writes while anything runs."""


class Traces(NamedTuple):
    """Everything on a Windows: files and folders by path, and values by key of the registry."""

    files: dict[str, Stamp]
    keys: dict[str, frozenset[str]]


def look(wine: Wine) -> Traces:
    """Take down what is there now; nothing may be running."""
    wine.rest()
    files = {**below(wine.drive, "C:"), **below(wine.home, "HOME")}
    keys: dict[str, frozenset[str]] = {}
    for name, root in (("system.reg", "HKLM"), ("user.reg", "HKCU")):
        keys |= read(wine.prefix.joinpath(name).read_text("utf-8", "replace"), root)
    return Traces(files, keys)


def below(folder: Path, name: str) -> dict[str, Stamp]:
    """Take down all files and folders below a folder, under a name for it."""
    return {f"{name}/{path.relative_to(folder).as_posix()}": _stamp(path) for path in folder.rglob("*")}


def read(words: str, root: str) -> dict[str, frozenset[str]]:
    """Read a file of Wine's registry: the lines of each key, whose name begins with `root`."""
    found: dict[str, set[str]] = {}
    lines: set[str] = set()
    for line in _LETTER.sub(lambda found: chr(int(found[1], 16)), words).split("\n"):
        key = _KEY.match(line)
        if key:
            lines = found.setdefault(f"{root}/{key[1].replace(chr(92) * 2, '/')}", set())
        elif line and not line.startswith(("#", ";", "WINE REGISTRY")):
            lines.add(line)
    return {key: frozenset(values) for key, values in found.items()}


def differing(before: Traces, after: Traces) -> list[str]:
    """List what is new, changed or gone, without what Wine itself writes, and without keys that hold nothing."""
    found = sorted(name for name in _different(before, after) if not any(fnmatchcase(name, noise) for noise in NOISE))
    return [name for name in found if before.keys.get(name) or after.keys.get(name) != frozenset()]


def left(wine: Wine, before: Traces) -> list[str]:
    """List what differs once Windows was started again, which is when an uninstaller's own copy goes; no folders."""
    wine.run("wineboot", "--restart")
    after = look(wine)
    return [name for name in differing(before, after) if after.files.get(name) != FOLDER]


def _different(before: Traces, after: Traces) -> Iterator[str]:
    yield from (name for name in {*before.files, *after.files} if before.files.get(name) != after.files.get(name))
    yield from (name for name in {*before.keys, *after.keys} if before.keys.get(name) != after.keys.get(name))


def _stamp(path: Path) -> Stamp:
    if path.is_dir():
        return FOLDER
    facts = path.lstat()
    return facts.st_size, facts.st_mtime_ns
