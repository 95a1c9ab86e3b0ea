"""Say which distributions are in a package, by the files and frozen modules that it holds."""

from __future__ import annotations

import marshal
import platform
import sysconfig
from email.parser import HeaderParser
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name
from PyInstaller.archive.readers import CArchiveReader

from bundle.recipe import OURS
from bundle.staging import BUILD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from bundle.check.opened import Opened
    from bundle.recipe import System


def site_of(system: System) -> tuple[Path, str]:
    """Give the distributions that a system's packages were made from, and the version of their Python."""
    if system == "windows":
        return BUILD / "windows" / "site", "3.13"
    return Path(sysconfig.get_path("purelib")), platform.python_version()


def distributions(package: Opened, site: Path) -> set[str]:
    """Name the distributions that a package holds modules or libraries of."""
    owners = _owners(site)
    return {owners[top] for top in _tops(package) if top in owners}


def frozen_modules(package: Opened) -> list[str]:
    """List the modules that PyInstaller put into the program, by their dotted names."""
    return sorted(name for archive in _archives(package) for name in archive.toc)


def frozen_code(package: Opened) -> Iterator[tuple[str, bytes]]:
    """Walk the code of the modules that PyInstaller put into the program."""
    for archive in _archives(package):
        for name in archive.toc:
            code = archive.extract(name)
            yield name, code if isinstance(code, bytes) else marshal.dumps(code)


def _archives(package: Opened) -> list[Any]:
    """Open what PyInstaller put into the program; a Windows package has none."""
    programs = [path for path in package.files() if path.name == "fieldquill" and not path.is_symlink()]
    frozen = [CArchiveReader(str(path)) for path in programs if package.kind.system == "linux" and _is_program(path)]
    return [each.open_embedded_archive("PYZ.pyz") for each in frozen]


def _is_program(path: Path) -> bool:
    """Whether a file is a program for Linux."""
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _tops(package: Opened) -> set[str]:
    """Name the folders and modules at the top of where libraries are."""
    root = package.root()
    if root is None:
        return set()
    folder = root / "site" if package.kind.system == "windows" else root
    files = {path.name.partition(".")[0] if path.is_file() else path.name for path in folder.iterdir()}
    frozen = {name.partition(".")[0] for name in frozen_modules(package)}
    return (files | frozen) - set(OURS)


@cache
def _owners(site: Path) -> dict[str, str]:
    """Say which distribution the names at the top of a folder of distributions belong to."""
    found: dict[str, str] = {}
    for folder in sorted(site.glob("*.dist-info")):
        about = HeaderParser().parsestr((folder / "METADATA").read_text("utf-8"))
        for line in (folder / "RECORD").read_text("utf-8").splitlines():
            top, slash, _ = line.partition(",")[0].partition("/")
            if not top.endswith((".dist-info", ".libs")) and top not in {"..", "__pycache__"}:
                found[top if slash else top.partition(".")[0]] = canonicalize_name(about["Name"])
    return found
