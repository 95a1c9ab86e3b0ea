"""Compile bytecode for Windows with the very CPython that is shipped, under Wine.

An installed folder may be read-only, and without bytecode the program takes three times longer to start.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

from bundle.embed import COMPILER
from bundle.staging import BUILD

if TYPE_CHECKING:
    from pathlib import Path

_PREFIX: Final = BUILD / "wine"
_SETTINGS: Final = {
    "WINEPREFIX": str(_PREFIX),
    "WINEDEBUG": "-all",
    "WINEDLLOVERRIDES": "mscoree=;mshtml=;winemenubuilder.exe=",
    "PYTHONHASHSEED": "0",
}


def compile_all(python: Path, lib: Path) -> None:
    """Compile all modules below `lib`; of those in `lib/site` only the bytecode stays.

    Our own modules stay beside their bytecode, to be read; it is never compared to them, so their dates may change.

    Args:
        python: the folder of CPython's files, with the program that compiles.
        lib: the folder of what is installed.
    """
    _start_wine()
    ours = sorted(path.name for path in lib.iterdir() if path.is_dir() and path.name != "site")
    _compile(python, lib, *ours)
    _compile(python, lib / "site", "-b", ".")
    for source in (lib / "site").rglob("*.py"):
        source.unlink()


def _compile(python: Path, folder: Path, *words: str) -> None:
    """Compile folders, named by a path that says nothing of where the package was made.

    Raises:
        SystemExit: a module could not be compiled; its name was printed.
    """
    run = _wine(
        python / COMPILER, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", *words, folder=folder
    )
    if run.returncode:
        raise SystemExit(f"Bytecode could not be compiled, so no package is made.\n{run.stdout}")


def _start_wine() -> None:
    """Make Wine's folder as of Windows 10, once."""
    if (_PREFIX / "system.reg").exists():
        return
    shutil.rmtree(_PREFIX, ignore_errors=True)
    _PREFIX.mkdir(parents=True)
    _wine("wineboot", "--init")
    _wine("winecfg", "-v", "win10")


def _wine(*words: str | Path, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a Windows program without a screen; Wine wants pipes for what it reads and writes."""
    known = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    return subprocess.run(
        ["wine", *words],
        check=False,
        env={**known, **_SETTINGS},
        cwd=folder,
        input="",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
