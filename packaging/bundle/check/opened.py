"""Unpack the packages of `dist` to look into them, without installing anything."""

from __future__ import annotations

import subprocess
import tarfile
from dataclasses import dataclass
from lzma import LZMAError
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile, ZipFile

from bundle.staging import CHANGED, DIST, emptied, files_below, version

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from bundle.recipe import System


@dataclass(frozen=True)
class Kind:
    """A kind of package: its name in `dist`, and the most it may take there, in MB of a million bytes."""

    file: str
    system: System
    most: float

    @property
    def path(self) -> Path:
        """Where the package of this version lies, if it was made."""
        return DIST / self.file.format(version())


INSTALLED: Final = 190
"""What any of them may take once it is installed, in MB of a million bytes."""

DEB: Final = Kind("fieldquill_{}_amd64.deb", "linux", 55)
TAR: Final = Kind("fieldquill-{}-linux-x86_64.tar.xz", "linux", 55)
SETUP: Final = Kind("fieldquill-{}-setup-x64.exe", "windows", 45)
PORTABLE: Final = Kind("fieldquill-{}-portable-x64.zip", "windows", 90)

KINDS: Final = (DEB, TAR, SETUP, PORTABLE)
"""All that is made on Linux; an archive that is not packed as a whole may be larger."""


@dataclass(frozen=True)
class Opened:
    """A package and what was in it."""

    kind: Kind
    package: Path
    folder: Path

    def files(self) -> list[Path]:
        """List the files, in the order of their names."""
        return list(files_below(self.folder))

    def name(self, path: Path) -> str:
        """Give a file's name inside the package."""
        return path.relative_to(self.folder).as_posix()

    def root(self) -> Path | None:
        """Find the folder that holds our four; None where there is none."""
        return next((path.parents[1] for path in self.files() if path.match("rubrics/rubric.schema.json")), None)


def packages() -> list[tuple[Kind, Path]]:
    """List the packages that are in `dist`."""
    return [(kind, kind.path) for kind in KINDS if kind.path.is_file()]


def left_over(names: Iterable[str]) -> list[str]:
    """List which names in `dist` are of no package of this version, nor of what lies beside one."""
    files = [*(kind.path.name for kind in KINDS), f"fieldquill-{version()}-macos-arm64.dmg"]
    known = {*files, *(f"{file}.cdx.json" for file in files)}
    return sorted(set(names) - known)


def unpublishable(made_from: str) -> str:
    """Say why a package of such a commit is for nobody else; '' where it may be."""
    return "it has changes that are in no commit: DON'T PUBLISH IT" if made_from.endswith(CHANGED) else ""


def opened(kind: Kind, path: Path, work: Path) -> Opened | None:
    """Unpack a package into a folder of its own below `work`; None where it can't be."""
    folder = emptied(work / path.name)
    try:
        unpack(path, folder)
    except (OSError, subprocess.CalledProcessError, tarfile.TarError, BadZipFile, EOFError, LZMAError):
        return None
    return Opened(kind, path, folder)


def unpack(path: Path, folder: Path) -> None:
    """Unpack one package."""
    if path.suffix == ".zip":
        with ZipFile(path) as archive:
            archive.extractall(folder)  # noqa: S202 - we made it
    elif path.suffix == ".xz":
        with tarfile.open(path) as archive:
            archive.extractall(folder, filter="tar")
    elif path.suffix == ".deb":
        subprocess.run(["dpkg-deb", "--extract", path, folder], check=True)
    else:
        subprocess.run(["7z", "x", "-y", f"-o{folder}", path], check=True, stdout=subprocess.DEVNULL)
