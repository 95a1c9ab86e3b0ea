"""The system ends the program: what was typed last is written, and the file is let go."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("PySide6.QtWidgets", reason="types into the real window", exc_type=ImportError)

from app.actions.open_study import OpenStudy

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows sends no signals")
PASSPHRASE = "correct horse battery"
ROOT = Path(__file__).parents[2]

TYPE = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from ui import application

def write(window):
    window.workspace.show_page("interviews", "m1")
    editor = window.workspace.page.notebook.editor
    editor.setFocus()
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "said at the last moment")
    QTimer.singleShot(0, window, lambda: print("ready", flush=True))
    if "dialog" in sys.argv:
        QDialog(window).exec()

opened = application.open_window

def open_and_write(*arguments):
    window = opened(*arguments)
    QTimer.singleShot(0, window, lambda: write(window))
    return window

application.open_window = open_and_write
sys.exit(application.main([], Path(sys.argv[1]), "correct horse battery"))
"""


@pytest.mark.parametrize(
    ("name", "dialog"), [("SIGTERM", ()), ("SIGTERM", ("dialog",)), ("SIGHUP", ()), ("SIGINT", ())]
)
def test_what_was_typed_just_before_the_end_is_kept(template, tmp_path, name, dialog):
    study = Path(shutil.copy(template, tmp_path / "study.fieldquill"))
    places = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "XDG_DOCUMENTS_DIR": str(tmp_path)}
    child = subprocess.Popen(
        [sys.executable, "-c", TYPE, str(study), *dialog],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"},
    )
    try:
        assert child.stdout.readline() == "ready\n"
        child.send_signal(getattr(signal, name))
        child.communicate(timeout=30)
    finally:
        child.kill()
    assert child.returncode == 0
    with OpenStudy.open(study, PASSPHRASE) as opened:
        assert not opened.read_only
        (source,) = (each for each in opened.document.sources if each.key == "m1")
        assert source.entries[-1].text == "said at the last moment"
