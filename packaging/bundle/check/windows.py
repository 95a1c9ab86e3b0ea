"""The packages for Windows, each put through what somebody does with it, under Wine."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from bundle.check import corners, installer, portable, stubs
from bundle.check.bench import Bench
from bundle.check.checkout import WORK
from bundle.check.opened import PORTABLE, SETUP
from bundle.check.screen import Screen
from bundle.check.wine import Wine

if TYPE_CHECKING:
    from bundle.check.outcome import Checks

_TOOLS: Final = ("wine", "wineserver", "Xvfb", "xdotool", "import", "x86_64-w64-mingw32-gcc", "makensis")


def run(checks: Checks) -> None:
    """Check the installer and the portable ZIP."""
    setup, archive = SETUP.path, PORTABLE.path
    lacking = [path.name for path in (setup, archive) if not path.is_file()]
    if lacking:
        checks.that("the packages for Windows are in dist", ok=False, figure=f"no {' and no '.join(lacking)}")
        return
    missing = [tool for tool in _TOOLS if not (shutil.which(tool) or shutil.which(tool, path="/usr/lib/wine"))]
    if missing:
        checks.not_run("packages for Windows", f"no {', '.join(missing)} here")
        return
    with Screen() as screen, Wine(WORK / "windows", screen.display) as wine:
        stubs.lay(wine.system, WORK / "windows" / "stubs")
        bench = Bench(checks, wine, screen)
        small = corners.make(WORK / "windows")
        corners.run(bench, small)
        installer.run(bench, setup, archive, small)
        portable.run(bench, archive)
