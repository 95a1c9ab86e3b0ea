"""Put files where a package is made from, the same bytes and the same dates every time it is made."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bundle.recipe import OURS, System, wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[2]
BUILD: Final = ROOT / "build" / "packaging"
"""Where packages are put together."""
DIST: Final = ROOT / "dist"
"""Where finished packages are laid."""
CHANGED: Final = "-changed"
"""What the name of a commit ends in where the checkout differs from it."""


def version() -> str:
    """Give the product's version."""
    scope: dict[str, str] = {}
    exec((ROOT / "app" / "version.py").read_text("utf-8"), scope)  # noqa: S102 - ours, and without its package
    return scope["VERSION"]


def epoch() -> int:
    """Give the moment every file of a package is dated, in s since 1970: SOURCE_DATE_EPOCH, else the last commit's.

    Source: https://reproducible-builds.org/specs/source-date-epoch/
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return int(given) if given else int(_git("log", "-1", "--format=%ct"))


def commit() -> str:
    """Give the commit a package is made from; it ends in CHANGED where the checkout differs from it."""
    return _git("describe", "--always", "--abbrev=12", "--match=", f"--dirty={CHANGED}")


def stage_ours(target: Path) -> None:
    """Copy our own folders below `target`, as the checkout has them under version control."""
    for name in our_files():
        if Path(name).name != "screenshot.png":
            _copy(ROOT / name, target / name)


def our_files() -> list[str]:
    """List the files of our own folders that are under version control."""
    return [name for name in _git("ls-files", "-z", "--", *OURS).split("\0") if name]


def stage_parts(site: Path, target: Path, system: System) -> None:
    """Copy what the recipe wants of a folder of installed distributions."""
    for path in files_below(site):
        name = path.relative_to(site).as_posix()
        if wanted(name, system):
            _copy(path, target / name)


def write(path: Path, content: str | bytes) -> None:
    """Write a file, making its folder; the ends of lines stay as they are, on every system."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def files_below(folder: Path) -> Iterator[Path]:
    """Walk all files of a folder in the order of their names."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() or path.is_symlink())


def date_all(folder: Path) -> None:
    """Give every file and folder the date of the package, and modes that do not depend on who made it."""
    when = epoch()
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_symlink():
            os.utime(path, (when, when), follow_symlinks=False)
            continue
        runs = path.is_dir() or os.access(path, os.X_OK)
        path.chmod(0o755 if runs else 0o644)
        os.utime(path, (when, when))
    os.utime(folder, (when, when))


def emptied(folder: Path) -> Path:
    """Make a folder anew, without what was in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def sha256(path: Path) -> str:
    """Give a file's SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_sums() -> None:
    """Write SHA256SUMS over all that is in `dist`, in the form that `sha256sum --check` reads; its signature aside."""
    sums = DIST / "SHA256SUMS"
    names = [path.name for path in files_below(DIST) if not path.name.startswith(sums.name)]
    sums.write_text("".join(f"{sha256(DIST / name)}  {name}\n" for name in names), "ascii")


def _copy(source: Path, target: Path) -> None:
    """Copy a file with the mode it has, making its folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target, follow_symlinks=False)


@cache
def _git(*words: str) -> str:
    """Ask Git about the checkout, once: every file of an archive is dated."""
    return subprocess.run(["git", "-C", ROOT, *words], check=True, capture_output=True, text=True).stdout.strip()
