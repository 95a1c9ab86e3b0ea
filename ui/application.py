"""The window's program: wires application, theme, settings and window together, and nothing else is global."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.hardening import forbid_core_dumps
from app.version import VERSION
from ui import last_resort, settings, stopping
from ui.theme import Choice, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.main_window.window import MainWindow

MEASURE = "--measure-start"


def main(argv: Sequence[str] | None = None, study: Path | None = None, passphrase: str | None = None) -> int:
    """Show the window on a study, or on the start page, until it is closed; gives the exit code.

    Args:
        argv: without a study, its path may be in here. `--measure-start` shows the window, prints "shown", then
            how long deriving the key takes ("key_ms=116.5", for a bench to leave it out), and ends.
        study: the file to open.
        passphrase: its passphrase; asked for in the window where none is given.
    """
    words = list(sys.argv[1:] if argv is None and study is None else argv or ())
    paths = [word for word in words if not word.startswith("-")]
    if study is None and paths:
        study = Path(paths[0])
    forbid_core_dumps()
    application = make_application()
    window = open_window(study, passphrase)
    last_resort.install(window.tell_bug)
    stopping.install(window, window.stop)
    if MEASURE in words:
        QTimer.singleShot(0, window, lambda: _tell_start(window, passphrase))
    return application.exec()


def make_application() -> QApplication:
    """Make the application object, named and dressed."""
    QGuiApplication.setDesktopFileName("fieldquill")
    application = QApplication(["fieldquill"])
    dress(application)
    return application


def dress(application: QApplication) -> None:
    """Name an application, for its settings, and put our theme on it."""
    application.setOrganizationName("Fieldquill")
    application.setApplicationName("Fieldquill")
    application.setApplicationVersion(VERSION)
    theme().choose(Choice(settings.THEME.read()))
    theme().install(application)
    application.setWindowIcon(theme().icon("fieldquill", size=64))


def open_window(study: Path | None = None, passphrase: str | None = None) -> MainWindow:
    """Show the window: on a study where one is given, else on the start page."""
    from ui.main_window.window import MainWindow

    window = MainWindow()
    if study is None:
        window.start.show_start()
    else:
        window.open_path(study, passphrase)
    window.show()
    window.activateWindow()
    return window


def _tell_start(window: MainWindow, passphrase: str | None) -> None:
    """Print that the window is shown, then how long deriving the key takes, in ms; then end."""
    sys.stdout.write("shown\n")
    sys.stdout.flush()
    key = 0.0
    if window.workspace is not None and passphrase is not None:
        begun = time.perf_counter()
        window.workspace.desk.study.file.require_passphrase(passphrase)
        key = (time.perf_counter() - begun) * 1000
    sys.stdout.write(f"key_ms={key:.1f}\n")
    sys.stdout.flush()
    window.close()


if __name__ == "__main__":
    sys.exit(main())
