"""How long the window takes to show, and what memory it takes, against a bare PySide6 window; whole processes."""

import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.exchange.demo import DEMO_PASSPHRASE, create_demo

PAIRS = 9
MEMORY = """
import atexit, pathlib, re
status = pathlib.Path("/proc/self/status")
atexit.register(lambda: print("memory_kb=" + re.search(r"VmRSS:\\s+(\\d+)", status.read_text())[1], flush=True))
"""
BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.show()
QTimer.singleShot(0, application.quit)
application.exec()
"""
OURS = """
import sys
from pathlib import Path
from ui.application import main
main(["--measure-start"], study=Path(sys.argv[1]), passphrase=sys.argv[2])
"""


def _run(program: str, *words: str) -> tuple[float, float, str]:
    """Run a program; give its seconds, its resident memory in MB as it ends, and what it printed."""
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", MEMORY + program, *words], stdout=subprocess.PIPE, text=True, check=True
    )
    seconds = time.perf_counter() - begun
    return seconds, int(re.search(r"memory_kb=(\d+)", done.stdout)[1]) / 1024, done.stdout


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    path = tmp_path / "autocorp.fieldquill"
    create_demo(path)
    return path


def test_start_against_a_bare_window(demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    rows = []
    for turn in range(PAIRS + 1):
        bare_time, bare_memory, _ = _run(BARE)
        our_time, our_memory, said = _run(OURS, str(demo), DEMO_PASSPHRASE)
        key = float(re.search(r"key_ms=([\d.]+)", said)[1]) / 1000
        if turn:  # the first pair warms the disk's cache
            # the key is derived twice: to open the study, and once more to measure it
            rows.append((bare_time, our_time - 2 * key, key, bare_memory, our_memory))
    bare, ours, key, bare_memory, our_memory = (statistics.median(column) for column in zip(*rows, strict=True))
    ratio = statistics.median(row[1] / row[0] for row in rows)
    print(
        f"\nstart: window on the demonstration {ours:.3f} s, bare window {bare:.3f} s, ratio {ratio:.2f} (at most 4)"
        f"\n       key derivation, apart: {key:.3f} s"
        f"\nmemory: {our_memory:.0f} MB, bare {bare_memory:.0f} MB, ratio {our_memory / bare_memory:.2f} (at most 2.5)"
    )
