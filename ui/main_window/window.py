"""The one window of the program; its title bar tells the file name and nothing that was typed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from app.errors import FieldquillError
from ui import settings
from ui.main_window.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent

    from app.actions.open_study import OpenStudy
    from ui.main_window.lock_page import LockPage
    from ui.start.page import StartPage

PROGRAM = "Fieldquill"
_PRELOAD_AFTER = 400  # ms after a study is shown


class MainWindow(QMainWindow):
    """Start page, workspace or lock: one of them at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(PROGRAM)
        self.setObjectName("window")
        self.workspace: Workspace | None = None
        self._opened: list[Path] = []
        self._copied = False
        self._warned = False
        QApplication.clipboard().dataChanged.connect(self._note_copied)
        self.stack = QStackedWidget(self)
        self.setCentralWidget(self.stack)
        self._preload = QTimer(self, singleShot=True, interval=_PRELOAD_AFTER)
        self._preload.timeout.connect(_import_actions)
        self._add_quit()
        self._restore()

    @cached_property
    def start(self) -> StartPage:
        """The start page; built when it is first wanted."""
        from ui.start.page import StartPage

        page = StartPage(self)
        page.opened.connect(self.show_study)
        self.stack.addWidget(page)
        return page

    @cached_property
    def lock_page(self) -> LockPage:
        """The lock; built when it is first wanted."""
        from ui.main_window.lock_page import LockPage

        page = LockPage(self)
        page.unlocked.connect(self._unlocked)
        self.stack.addWidget(page)
        return page

    @property
    def locked(self) -> bool:
        """Whether the lock is before the study."""
        return "lock_page" in self.__dict__ and self.stack.currentWidget() is self.lock_page

    def open_path(self, path: Path, passphrase: str | None) -> None:
        """Open a study, or ask for its passphrase where none is given or it does not fit."""
        from app.actions.open_study import OpenStudy

        sentence = ""
        if passphrase is not None:
            try:
                self.show_study(OpenStudy.open(path, passphrase))
            except FieldquillError as problem:
                sentence = problem.sentence
            else:
                return
        self.stack.setCurrentWidget(self.start)
        self.start.ask_passphrase(path, sentence)

    def show_study(self, study: OpenStudy) -> None:
        """Show an open study on the page shown last."""
        self._opened = [study.path, *(path for path in self._opened if path != study.path)]
        self.workspace = Workspace(study, self)
        self.workspace.lock_asked.connect(self.lock)
        self.workspace.close_asked.connect(self.close_study)
        self.stack.addWidget(self.workspace)
        self.stack.setCurrentWidget(self.workspace)
        self.setWindowTitle(f"{study.path.name} - {PROGRAM}")
        self.workspace.show_page(settings.PAGE.read())
        self._preload.start()

    def close_study(self) -> None:
        """Go back to the start page; the study is written and let go."""
        if not self._may_leave():
            return
        self._let_go()
        self.start.show_start(self._opened)
        self.stack.setCurrentWidget(self.start)

    def lock(self) -> None:
        """Hide everything behind the passphrase; what was typed is written first."""
        if self.workspace is None or self.locked:
            return
        self.workspace.leave()
        if self._copied:
            QApplication.clipboard().clear()
        self.stack.setCurrentWidget(self.lock_page)
        self.lock_page.ask(self.workspace.desk.study)

    def tell_bug(self, sentence: str, button: str, then: Callable[[], object]) -> None:
        """Say that something went wrong inside; for `ui.last_resort`."""
        if self.workspace is not None:
            self.workspace.trouble.tell(sentence, "error", button, then)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Write what was typed, remember where the window was, and let the file go."""
        if "start" in self.__dict__:
            self.start.wait()
        if not self._may_leave():
            event.ignore()
            return
        settings.GEOMETRY.write(self.saveGeometry())
        self._let_go()
        super().closeEvent(event)

    def sizeHint(self) -> QSize:
        """Large enough for a page and its panel."""
        return QSize(1280, 800)

    def _may_leave(self) -> bool:
        """Write what was typed; where that fails, stay the first time, and say that asking again leaves without it."""
        if self.workspace is None or self.workspace.leave() or self._warned:
            self._warned = False
            return True
        self._warned = True
        trouble = self.workspace.trouble
        trouble.tell(f"{trouble.text} What was typed last is only on screen; close again to leave without it.", "error")
        return False

    def _let_go(self) -> None:
        self._preload.stop()
        workspace, self.workspace = self.workspace, None
        if workspace is None:
            return
        workspace.close_study()
        self.stack.removeWidget(workspace)
        workspace.deleteLater()
        self.setWindowTitle(PROGRAM)

    def _note_copied(self) -> None:
        """Note whether what is on the clipboard came from this program, which had the focus then."""
        self._copied = QApplication.activeWindow() is not None

    def _unlocked(self) -> None:
        if self.workspace is not None:
            self.stack.setCurrentWidget(self.workspace)

    def _add_quit(self) -> None:
        leave = QAction("Quit", self)
        leave.setShortcut(QKeySequence("Ctrl+Q"))
        leave.triggered.connect(self.close)
        self.addAction(leave)

    def _restore(self) -> None:
        self.setMinimumSize(760, 520)
        kept = settings.GEOMETRY.read()
        if kept.isEmpty() or not self.restoreGeometry(kept):
            self.resize(self.sizeHint())


def _import_actions() -> None:
    """Import what the first change needs, before somebody waits for it."""
    from threading import Thread

    def load() -> None:
        import app.actions.unit  # noqa: F401

    Thread(target=load, name="preload", daemon=True).start()
