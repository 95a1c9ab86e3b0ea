"""What a check of a package for Windows works with, and the program of that package as somebody uses it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bundle.check.wine import Ran
from bundle.staging import BUILD, ROOT, emptied

if TYPE_CHECKING:
    from pathlib import Path

    from bundle.check.outcome import Checks
    from bundle.check.screen import Screen
    from bundle.check.wine import Wine

WORK: Final = BUILD / "check"
"""Pictures, and the Windows that packages are tried on."""

PASSPHRASE: Final = {"FIELDQUILL_PASSPHRASE": "autocorp demonstration"}
"""Not a secret: it opens the demonstration study alone."""


_LINUX: Final = {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}


@dataclass(frozen=True)
class Bench:
    """A Windows with a screen, and where what comes of it is told."""

    checks: Checks
    wine: Wine
    screen: Screen


@dataclass(frozen=True)
class Program:
    """A Fieldquill that lies in a folder of that Windows."""

    bench: Bench
    folder: Path

    def command(self, *words: str | Path, folder: Path | None = None) -> Ran:
        """Run its command line in a folder, with the passphrase of the demonstration study around."""
        return self.bench.wine.run(self.folder / "fieldquill-cli.exe", *words, folder=folder, more=PASSPHRASE)

    def window(self, *words: str | Path) -> subprocess.Popen[bytes]:
        """Start its window."""
        return self.bench.wine.begin(self.folder / "Fieldquill.exe", *words)

    def picture(self, path: Path, *words: str | Path) -> Ran:
        """Have it leave a picture of its window and end."""
        wine = self.bench.wine
        return wine.run(self.folder / "Fieldquill.exe", *words, "--picture", path, more=PASSPHRASE)


def on_linux(*words: str | Path, folder: Path, display: str = "") -> Ran:
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
        env={**os.environ, **PASSPHRASE, **_LINUX, **screen, "HOME": str(home)},
    )
    return Ran(run.returncode, (run.stdout + run.stderr).strip())
