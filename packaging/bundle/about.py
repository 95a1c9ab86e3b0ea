"""Write what a package says about itself: its parts (SBOM), whose they are (notices) and how it was built."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from app.about import BUILD, NOTICES, SBOM
from app.paths import ABOUT
from bundle.notices import notices
from bundle.parts import parts_of
from bundle.recipe import IMPORTS
from bundle.sbom import sbom
from bundle.staging import commit, epoch, version, write

if TYPE_CHECKING:
    from pathlib import Path

    from bundle.recipe import System

FOLDER: Final = ABOUT.name
BESIDE: Final = ".cdx.json"
"""What the name of a package's list of parts ends in, in `dist`."""
_PLATFORMS: Final[dict[System, str]] = {"linux": "Linux x86-64", "windows": "Windows x64", "macos": "macOS arm64"}


def write_about(root: Path, *, system: System, site: Path, python: str, signed: bool) -> None:
    """Write the folder `about` of a package; call it when all other files are in place, for it looks at them.

    Args:
        root: the folder that holds ours (app, ui, resources, rubrics).
        system: what the package is for.
        site: the distributions it was made from, each with its .dist-info; they need not be part of the package.
        python: the version of its Python, like 3.13.0.
        signed: whether its programs are signed.

    Raises:
        Unclear: the licence of a part is not known, or what is inside it.
    """
    folder = root / FOLDER
    parts = parts_of(root, system=system, site=site, python=python)
    write(folder / SBOM, sbom(parts, set(IMPORTS.values()), _PLATFORMS[system]))
    write(folder / NOTICES, notices(parts, system))
    write(folder / BUILD, json.dumps(_build(system, signed=signed), indent=1) + "\n")
    print(f"about: {len(parts)} parts, {sum(len(part.inside) for part in parts)} works inside them")


def lay_beside(root: Path, *packages: Path) -> None:
    """Lay the list of parts beside each finished package, so that it can be read without opening one."""
    for package in packages:
        shutil.copyfile(root / FOLDER / SBOM, package.with_name(package.name + BESIDE))


def _build(system: System, *, signed: bool) -> dict[str, str | bool]:
    """Say how the package was made; the date is the one its files have."""
    built = datetime.fromtimestamp(epoch(), UTC).strftime("%Y-%m-%d")
    return {
        "version": version(),
        "commit": commit(),
        "built": built,
        "platform": _PLATFORMS[system],
        "signed": signed,
    }
