"""Hold every file that code is loaded from to where it must come from: this repository, a distribution, or Python."""

from __future__ import annotations

import re
import sys
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from bundle import early
from bundle.distributions import recorded
from bundle.embed import PARTS, PATHS
from bundle.frozen import CARRIED
from bundle.recipe import OURS, System
from bundle.shipped import frozen_modules
from bundle.staging import files_below, our_files

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_PYTHONS: Final[dict[System, tuple[str, ...]]] = {
    "linux": ("base_library.zip", "libpython3.*", "python3.*/lib-dynload/*", *CARRIED),
    "windows": (),
    "macos": ("base_library.zip", "Python*", "python3.*/lib-dynload/*", "*.dylib"),
}
"""What PyInstaller lays beside ours of Python and of the system; for Windows, Python has a folder of its own."""
_FREEZING: Final = ("_pyi_*", "_sysconfigdata_*")
"""Modules of PyInstaller's own, and of the Python it ran with."""


def strangers(root: Path, site: Path, system: System, about: Iterable[str]) -> list[str]:
    """List the files and frozen modules that nobody put there.

    Args:
        root: the folder of a package that holds ours.
        site: the folder of the distributions it was made from.
        system: the package's.
        about: the files that say what the package is, by their names inside `root`.
    """
    recorded, ours = set(recorded_in(site)), our_files()
    known = {*recorded, *ours, *about, *(early.support() if system == "linux" else ())}
    names = [path.relative_to(root).as_posix().removeprefix("site/") for path in files_below(root)]
    found = [name for name in unknown(names, known) if not _fits(name, _PYTHONS[system])]
    if system == "windows":
        python = root.parent / "python"
        beside = [path.relative_to(python).as_posix() for path in files_below(python)]
        found += [f"python/{name}" for name in unknown(beside, {*PARTS, PATHS})]
    return found + foreign_modules(frozen_modules(root), recorded, ours)


def unknown(names: Iterable[str], known: set[str]) -> list[str]:
    """List the names that are not among the known ones, nor bytecode of any of them."""
    return [name for name in names if name not in known and source_of(name) not in known]


def foreign_modules(modules: Iterable[str], recorded: Iterable[str], ours: Iterable[str]) -> list[str]:
    """List which frozen modules are neither ours, nor below a package of a distribution, nor Python's."""
    tops = {name.partition("/")[0].partition(".")[0] for name in recorded} | sys.stdlib_module_names
    own = {re.sub(r"(?:/__init__)?\.py$", "", name).replace("/", ".") for name in ours}
    return [
        name
        for name in modules
        if name not in own
        and (name.partition(".")[0] in OURS or name.partition(".")[0] not in tops)
        and not _fits(name, _FREEZING)
    ]


def recorded_in(site: Path) -> Iterable[str]:
    """Walk the files that the distributions of a folder say are theirs."""
    for record in sorted(site.glob("*.dist-info/RECORD")):
        yield from recorded(record.parent)


def source_of(name: str) -> str:
    """Give the source that bytecode was made of; any other file's own name."""
    beside = re.sub(r"__pycache__/([^/.]+)\.cpython-\d+\.pyc$", r"\1.py", name)
    return re.sub(r"\.pyc$", ".py", beside)


def _fits(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)
