"""The window's program: wires application, theme, settings and window together, and nothing else is global."""

from __future__ import annotations

# isort: off
import ui.plain_imports  # noqa: F401 - before whatever else it speeds up

# isort: on
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from app.hardening import forbid_core_dumps
from app.version import VERSION
from ui import last_resort, places, settings, stopping
from ui.theme import Choice, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.main_window.window import MainWindow

MEASURE = "--measure-start"
PICTURE = "--picture"


class Application(QApplication):
    """The application object; macOS tells it of a file that was double-clicked, instead of naming it at the start."""

    file_asked = Signal(str)  # its path

    def event(self, event: QEvent) -> bool:
        """Pass on which file is to be opened."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_asked.emit(event.file())
            return True
        return super().event(event)


@dataclass(frozen=True)
class Asked:
    """What the words of a command line ask of the window."""

    study: Path | None = None
    picture: Path | None = None
    measure: bool = False


def asked_by(words: Sequence[str]) -> Asked:
    """Read a command line: a study's path, `--measure-start`, `--picture FILE`; other options are passed over."""
    left = list(words)
    picture = None
    if PICTURE in left[:-1]:
        at = left.index(PICTURE)
        picture = Path(left[at + 1])
        del left[at : at + 2]
    paths = [Path(word) for word in left if word and not word.startswith("-")]
    return Asked(paths[0] if paths else None, picture, MEASURE in left)


def main(
    argv: Sequence[str] | None = None,
    study: Path | None = None,
    passphrase: str | None = None,
    picture: Path | None = None,
) -> int:
    """Show the window on a study, or on the start page, until it is closed; gives the exit code.

    Args:
        argv: without a study, its path may be in here. `--measure-start` shows the window, prints "shown", then
            how long deriving the key takes ("key_ms=116.5", for a bench to leave it out), and ends. `--picture FILE`
            is as `picture`.
        study: the file to open.
        passphrase: its passphrase; asked for in the window where none is given.
        picture: where to write the window as it is once all of it is drawn, as a PNG; then "shown" is printed, and the
            program ends. The passphrase of the study is the environment's, where none is given.
    """
    asked = asked_by(sys.argv[1:] if argv is None and study is None else argv or ())
    study, picture = study or asked.study, picture or asked.picture
    if picture is not None and _is_of_study(study, picture):
        _complain(f"{picture.name} is a study's name; name another file for the picture.")
        return 2
    if picture is not None and passphrase is None:
        passphrase = _passphrase_around()
    forbid_core_dumps()
    application = make_application()
    window = open_window(study, passphrase)
    application.file_asked.connect(lambda path: window.open_another(Path(path)))
    last_resort.install(window.tell_bug)
    stopping.install(window, window.stop)
    if asked.measure:
        QTimer.singleShot(0, window, lambda: _tell_start(window, passphrase))
    elif picture is not None:
        QTimer.singleShot(0, window, lambda: application.exit(_leave_picture(window, study, picture)))
    return application.exec()


def make_application() -> Application:
    """Make the application object, named and dressed."""
    places.settle()
    QGuiApplication.setDesktopFileName("fieldquill")
    application = Application(["fieldquill"])
    dress(application)
    return application


def dress(application: QApplication) -> None:
    """Name an application, and put our theme on it."""
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


def _is_of_study(study: Path | None, picture: Path) -> bool:
    """Whether a picture would be written over a study."""
    from app.cli.places import is_of_study

    return is_of_study(study, picture)


def _passphrase_around() -> str | None:
    """Give the passphrase that the environment holds, as for commands; None where it holds none."""
    import os

    from app.cli.passphrase import VARIABLE

    return os.environ.get(VARIABLE)


def _tell(words: str) -> None:
    """Print a line at once; a program started without a terminal has nowhere to."""
    if sys.stdout is not None:
        sys.stdout.write(f"{words}\n")
        sys.stdout.flush()


def _tell_start(window: MainWindow, passphrase: str | None) -> None:
    """Print that the window is shown, then how long deriving the key takes, in ms; then end."""
    _tell("shown")
    key = 0.0
    if window.workspace is not None and passphrase is not None:
        begun = time.perf_counter()
        window.workspace.desk.study.file.require_passphrase(passphrase)
        key = (time.perf_counter() - begun) * 1000
    _tell(f"key_ms={key:.1f}")
    window.close()


def _leave_picture(window: MainWindow, study: Path | None, picture: Path) -> int:
    """Write a picture of the window, say so, and close it; gives the exit code.

    A study that did not open is no success, but its picture says why.
    """
    from ui.picture import picture_of

    QApplication.setQuitOnLastWindowClosed(False)  # that would end it with another code
    written = picture_of(window).save(str(picture), "PNG")
    opened = window.workspace is not None
    window.close()
    if not written:
        _complain(f"{picture.name} could not be written.")
    elif study is not None and not opened:
        _complain(f"{study.name} did not open; {picture.name} shows why.")
    else:
        _tell("shown")
        return 0
    return 1


def _complain(sentence: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(f"{sentence}\n")


if __name__ == "__main__":
    sys.exit(main())
