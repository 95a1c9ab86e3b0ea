"""What packages are compared with: the program of the checkout, here on Linux, and the study that both make."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from bundle.check.outcome import Ran
from bundle.staging import BUILD, ROOT, emptied

if TYPE_CHECKING:
    from pathlib import Path

WORK: Final = BUILD / "check"
"""Where packages are tried, and pictures are left."""

PASSPHRASE: Final = {"FIELDQUILL_PASSPHRASE": "autocorp demonstration"}
"""Not a secret: it opens the demonstration study alone."""

STUDY: Final = "Prüfung Süd.fieldquill"
ROWS: Final = 200
"""Of a picture that shows a page of ours, so many rows at least have something in them."""

_AROUND: Final = {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}


def by_checkout(*words: str | Path, folder: Path, display: str = "") -> Ran:
    """Run the command line from the checkout, in a folder and on a screen, as somebody who has no studies yet."""
    screen = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb" if display else "offscreen"}
    home = emptied(WORK / "nobody")
    run = subprocess.run(
        [sys.executable, "-c", "from ui.command import main; main()", *words],
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, **PASSPHRASE, **_AROUND, **screen, "HOME": str(home)},
    )
    return Ran(run.returncode, (run.stdout + run.stderr).strip())
