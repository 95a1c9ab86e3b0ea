"""Measure how long the packaged program takes to start, against the checkout: whole processes, in pairs."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from typing import TYPE_CHECKING, Final

from bundle.check.checkout import WORK
from bundle.check.linux import TAR
from bundle.staging import ROOT, emptied, version

if TYPE_CHECKING:
    from pathlib import Path

    from bundle.check.outcome import Checks

PAIRS: Final = 21
SLOWEST: Final = 1.0
_OURS: Final = "from ui.command import window; window()"


def run(checks: Checks) -> None:
    """Start both in turns, each until its window is shown and closed again."""
    if not TAR.exists():
        checks.not_run("how fast the packaged program starts", "there is no tar.xz in dist")
        return
    folder = emptied(WORK / "start")
    subprocess.run(["tar", "-C", folder, "-xJf", TAR], check=True)
    packaged: list[str | Path] = [folder / f"fieldquill-{version()}" / "fieldquill-gui", "--measure-start"]
    source: list[str | Path] = [ROOT / ".venv" / "bin" / "python", "-c", _OURS, "--measure-start"]
    pairs = measure(packaged, source, folder)
    ratio = ratio_of(pairs)
    medians = [statistics.median(column) for column in zip(*pairs, strict=True)]
    told = f"{medians[0]:.3f} s against {medians[1]:.3f} s, ratio {ratio:.3f} (median of {PAIRS} pairs)"
    checks.that("the packaged program starts no slower than from source", ratio <= SLOWEST, told)


def measure(first: list[str | Path], second: list[str | Path], home: Path) -> list[tuple[float, float]]:
    """Run two programs in pairs, each first in every other pair; gives s. A pair before them warms the disk's cache."""
    pairs = []
    for turn in range(PAIRS + 1):
        early = _seconds(first if turn % 2 else second, home)
        late = _seconds(second if turn % 2 else first, home)
        pairs.append((early, late) if turn % 2 else (late, early))
    return pairs[1:]


def ratio_of(pairs: list[tuple[float, float]]) -> float:
    """Give the median of how many times longer the first of each pair took."""
    return statistics.median(first / second for first, second in pairs)


def _seconds(program: list[str | Path], home: Path) -> float:
    """Run a program; gives how long it took in s."""
    around = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    around |= {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    begun = time.perf_counter()
    subprocess.run(program, check=True, cwd=ROOT, env=around, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun
