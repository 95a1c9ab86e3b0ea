"""Types into the real window until it is killed, and says what it has typed: typist STUDY SECONDS_A_KEY."""

import os
import sys
import tempfile
import time
from pathlib import Path

if __name__ == "__main__":  # before Qt is imported; tests import this, too, and have homes of their own
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    _home = tempfile.mkdtemp(prefix="fieldquill-typist-")
    os.environ |= {"HOME": _home, "XDG_CONFIG_HOME": _home, "XDG_DOCUMENTS_DIR": _home}

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from ui.application import make_application, open_window

SOURCE = "m1"
WORDS = "the model drifts \U0001f6a8 and nobody looks e\u0301ver "
LINE = 37  # keys a line


def stream():
    """Give the keys, one by one, for ever; a line feed is Enter."""
    number = 0
    while True:
        number += 1
        yield "\n" if number % LINE == 0 else WORDS[number % len(WORDS)]


def main():
    application = make_application()
    window = open_window(Path(sys.argv[1]), "correct horse battery")
    window.workspace.show_page("interviews", SOURCE)
    editor = window.workspace.page.notebook.editor
    editor.setFocus()
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    keys = stream()

    def press():
        key = next(keys)
        if key == "\n":
            QTest.keyClick(editor, Qt.Key.Key_Return)
        else:
            editor.textCursor().insertText(key) if ord(key) > 0x7F else QTest.keyClicks(editor, key)
        # the moment counts from when the editor has the key
        sys.stdout.write(f"{time.monotonic():.4f} {ord(key)}\n")
        sys.stdout.flush()

    timer = QTimer(interval=int(float(sys.argv[2]) * 1000))
    timer.timeout.connect(press)
    timer.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    application.exec()


if __name__ == "__main__":
    main()
