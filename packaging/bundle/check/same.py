"""Make the packages of `dist` again elsewhere and compare: `python -m bundle.check.same [linux] [windows]`.

Elsewhere is a fresh clone of the same commit in another folder, with another umask, time zone, locale and home.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from bundle.check.opened import KINDS, unpack
from bundle.check.outcome import Checks
from bundle.staging import BUILD, CHANGED, ROOT, commit, emptied, files_below, sha256

if TYPE_CHECKING:
    from collections.abc import Iterator

_UMASK: Final = 0o077
_SYSTEMS: Final = ("linux", "windows")


def main() -> int:
    """Make the packages of the systems named again; gives the exit code."""
    results = Checks()
    run(results, tuple(sys.argv[1:]) or _SYSTEMS)
    return 1 if results.failed else 0


def run(checks: Checks, systems: tuple[str, ...] = _SYSTEMS) -> None:
    """Make again the packages that are in `dist`, and compare each."""
    if commit().endswith(CHANGED):
        checks.not_run("the same bytes twice", "the checkout differs from its commit, and only that can be made again")
        return
    kinds = [kind for kind in KINDS if kind.system in systems]
    made = [kind for kind in kinds if kind.path.is_file()]
    if not checks.that("packages: there are some to make again", bool(made), f"{len(made)} of {len(kinds)} kinds"):
        return
    with TemporaryDirectory(prefix="again-") as place:
        again = _clone(Path(place))
        for system in systems:
            if any(kind.system == system for kind in made):
                _make(again, system)
        for path in (kind.path for kind in made):
            found = difference(path, again / "dist" / path.name)
            checks.that(f"{path.name}: the same bytes made twice", not found, found or sha256(path))


def difference(one: Path, other: Path) -> str:
    """Say what the first difference of two packages is; '' where they are the same bytes."""
    if not other.is_file():
        return "it was not made again"
    if sha256(one) == sha256(other):
        return ""
    work = emptied(BUILD / "check" / "same")
    folders = [emptied(work / str(number)) for number in (1, 2)]
    for path, folder in zip((one, other), folders, strict=True):
        unpack(path, folder)
    inside = next(_unlike(*folders), "")
    return inside or f"what holds the files, from byte {_first_unlike(one.read_bytes(), other.read_bytes())} on"


def _unlike(one: Path, other: Path) -> Iterator[str]:
    """Walk the differences between the files of two folders."""
    names = [{path.relative_to(folder): path for path in files_below(folder)} for folder in (one, other)]
    for name in sorted({*names[0], *names[1]}):
        first, second = names[0].get(name), names[1].get(name)
        if first is None or second is None:
            yield f"{name} is in {'the first' if first else 'the second'} alone"
        elif first.is_symlink() or second.is_symlink():
            if not (first.is_symlink() and second.is_symlink() and first.readlink() == second.readlink()):
                yield f"{name} leads elsewhere"
        elif first.read_bytes() != second.read_bytes():
            yield f"{name}, from byte {_first_unlike(first.read_bytes(), second.read_bytes())} on"
        elif (first.stat().st_mode, int(first.stat().st_mtime)) != (second.stat().st_mode, int(second.stat().st_mtime)):
            yield f"{name}, in its mode or its date"


def _first_unlike(one: bytes, other: bytes) -> int:
    """Give the place of the first byte that differs."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (first, second) in enumerate(pairs) if first != second), min(len(one), len(other)))


def _clone(place: Path) -> Path:
    """Clone the checkout's commit, with the environment of contributors, which only helps to make packages."""
    again = place / "fieldquill"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", ROOT, again], check=True)
    here = subprocess.run(["git", "-C", ROOT, "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
    subprocess.run(["git", "-C", again, "checkout", "--quiet", "--detach", here.stdout.strip()], check=True)
    (again / ".venv").symlink_to((ROOT / ".venv").resolve())
    return again


def _make(again: Path, system: str) -> None:
    """Make a system's packages in the clone, with everything about it another."""
    settings = _settings(again)
    subprocess.run([again / "packaging" / "setup" / "tools", system], check=True, cwd=again, env=settings, umask=_UMASK)
    python = again / "build" / "packaging" / "venv" / "bin" / "python"
    subprocess.run([python, "-m", f"bundle.{system}"], check=True, cwd=again, env=settings, umask=_UMASK)


def _settings(again: Path) -> dict[str, str]:
    """Give the environment of the second build; what was downloaded once need not be downloaded again."""
    home = again.parent / "home"
    home.mkdir(exist_ok=True)
    return {
        **os.environ,
        "HOME": str(home),
        "LC_ALL": "C",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": str(again / "packaging"),
        "TZ": "Pacific/Kiritimati",
        "UV_CACHE_DIR": os.environ.get("UV_CACHE_DIR") or str(Path.home() / ".cache" / "uv"),
    }


if __name__ == "__main__":
    sys.exit(main())
