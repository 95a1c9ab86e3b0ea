"""Compile bytecode for Windows with the very CPython that is shipped, under Wine.

An installed folder may be read-only, and without bytecode the program takes three times longer to start.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

from bundle import compiler
from bundle.embed import COMPILER
from bundle.staging import BUILD

if TYPE_CHECKING:
    from pathlib import Path

_PREFIX: Final = BUILD / "wine"
_SETTINGS: Final = {
    "WINEPREFIX": str(_PREFIX),
    "LC_ALL": "C.UTF-8",  # Wine knows no folder with letters beyond ASCII in it otherwise
    "WINEDEBUG": "-all",
    "WINEDLLOVERRIDES": "mscoree=;mshtml=;winemenubuilder.exe=",
    "PYTHONHASHSEED": "0",
}


def compile_all(python: Path, lib: Path) -> None:
    """Compile all modules below `lib`, ours and in `lib/site` other people's.

    Args:
        python: the folder of CPython's files, with the program that compiles.
        lib: the folder of what is installed.

    Raises:
        SystemExit: a module could not be compiled; it is named.
    """
    _start_wine()
    run = _wine(python / COMPILER, "-I", compiler.__file__, ".", folder=lib)
    if run.returncode:
        raise SystemExit(f"Bytecode could not be compiled, so no package is made.\n{run.stdout}")


def version_of(python: Path) -> str:
    """Ask a Python for Windows for its version, like 3.13.2; and by that, whether it runs."""
    _start_wine()
    run = _wine(python / COMPILER, "-I", "-c", "import platform; print(platform.python_version())")
    if run.returncode:
        raise SystemExit(f"{COMPILER} does not run under Wine, so no package is made.\n{run.stdout}")
    return run.stdout.strip()


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
