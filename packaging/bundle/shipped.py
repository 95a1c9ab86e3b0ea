"""Say which distributions are in a package, by the files and frozen modules that it holds."""

from __future__ import annotations

import marshal
from functools import cache
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from bundle.distributions import installed, recorded
from bundle.recipe import OURS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from bundle.recipe import System

_PROGRAMS = ("fieldquill", "MacOS/Fieldquill")
"""Where the program lies beside the folder that holds ours, if PyInstaller made it."""


def distributions(root: Path, site: Path, system: System) -> set[str]:
    """Name the distributions of `site` that a package holds modules of; `root` is its folder that holds ours."""
    owners = _owners(site)
    return {owners[top] for top in _tops(root, system) if top in owners}


def frozen_modules(root: Path) -> list[str]:
    """List the modules that PyInstaller put into the program, by their dotted names."""
    return sorted(name for archive in _archives(root) for name in archive.toc)


def frozen_code(root: Path) -> Iterator[tuple[str, bytes]]:
    """Walk the code of the modules that PyInstaller put into the program."""
    for archive in _archives(root):
        for name in archive.toc:
            code = archive.extract(name)
            yield name, code if isinstance(code, bytes) else marshal.dumps(code)


def _archives(root: Path) -> list[Any]:
    """Open what PyInstaller put into the program; a Windows package has none."""
    programs = [root.parent / name for name in _PROGRAMS if (root.parent / name).is_file()]
    if not programs:
        return []
    from PyInstaller.archive.readers import CArchiveReader  # noqa: PLC0415 - only the packages' environment has it

    return [CArchiveReader(str(program)).open_embedded_archive("PYZ.pyz") for program in programs]


def _tops(root: Path, system: System) -> set[str]:
    """Name the folders and modules at the top of where libraries are."""
    folder = root / "site" if system == "windows" else root
    files = {path.name.partition(".")[0] if path.is_file() else path.name for path in folder.iterdir()}
    return (files | {name.partition(".")[0] for name in frozen_modules(root)}) - set(OURS)


@cache
def _owners(site: Path) -> dict[str, str]:
    """Say which distribution the names at the top of a folder of distributions belong to."""
    found: dict[str, str] = {}
    for folder, about in installed(site):
        for name in recorded(folder):
            top, slash, _ = name.partition("/")
            if not top.endswith((".dist-info", ".libs")) and top not in {"..", "__pycache__"}:
                found[top if slash else top.partition(".")[0]] = canonicalize_name(about["Name"])
    return found
