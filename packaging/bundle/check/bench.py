"""What a check of a package for Windows works with, and the program of that package as somebody uses it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bundle.check.checkout import PASSPHRASE

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from bundle.check.outcome import Checks, Ran
    from bundle.check.screen import Screen
    from bundle.check.wine import Wine


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
