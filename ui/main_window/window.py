"""The one window of the program; its title tells the file name, and not even that where somebody may look on."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from app.errors import FieldquillError
from ui import settings
from ui.main_window.covering import cover, put_away
from ui.privacy.idle import IdleWatch
from ui.widgets.roomy import room_on_screen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QShowEvent

    from app.actions.open_study import OpenStudy
    from ui.main_window.lock_page import LockPage
    from ui.main_window.workspace import Workspace
    from ui.privacy.session import SystemWatch
    from ui.start.page import StartPage

PROGRAM = "Fieldquill"
_PRELOAD_AFTER = 400  # ms after a study, or the start page, is shown


class MainWindow(QMainWindow):
    """Start page, workspace or lock: one of them at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(PROGRAM)
        self.setObjectName("window")
        self.workspace: Workspace | None = None
        self._opened: list[Path] = []
        self._copied = False
        self._capturing = False
        self._behind: QWidget | None = None  # what the lock is before
        self._system: SystemWatch | None = None
        self.idle = IdleWatch(self)
        self.idle.idle.connect(self.lock)
        QApplication.clipboard().dataChanged.connect(self._note_copied)
        self.stack = QStackedWidget(self)
        self.setCentralWidget(self.stack)
        self._ahead = QTimer(self, singleShot=True, interval=_PRELOAD_AFTER)
        self._ahead.timeout.connect(_import_opening)
        self._preload = QTimer(self, singleShot=True, interval=_PRELOAD_AFTER)
        self._preload.timeout.connect(_import_actions)
        self._preload.timeout.connect(self._listen_to_system)
        self._connect_application()
        self._add_quit()
        self._restore()

    @cached_property
    def start(self) -> StartPage:
        """The start page; built when it is first wanted."""
        from ui.start.page import StartPage

        page = StartPage(self)
        page.opened.connect(self.show_study)
        self.stack.addWidget(page)
        QTimer.singleShot(0, self._ahead, self._ahead.start)  # to wait from when it is shown, however long that took
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

    def open_another(self, path: Path) -> None:
        """Open a file that the system was asked to open while the program runs; never in the place of an open study."""
        if self.workspace is None:
            self.open_path(path, None)
        elif not self.locked:
            self.workspace.news.tell("Another file was double-clicked: close this study to open it.", "info")

    def show_study(self, study: OpenStudy) -> None:
        """Show an open study on the page shown last."""
        from ui.main_window.workspace import Workspace

        self._opened = [study.path, *(path for path in self._opened if path != study.path)]
        self.workspace = Workspace(study, self)
        self.workspace.lock_asked.connect(self.lock)
        self.workspace.close_asked.connect(self.close_study)
        self.workspace.capturing.connect(self.set_capturing)
        self.workspace.moved.connect(self._go_on_with)
        self.workspace.setting_changed.connect(self._setting_changed)
        self.stack.addWidget(self.workspace)
        self.stack.setCurrentWidget(self.workspace)
        self._show_title()
        self.workspace.show_page(settings.PAGE.read())
        self.idle.watch(settings.IDLE_MINUTES.read())
        self._preload.start()

    def set_capturing(self, capturing: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Fill the screen while an interview is held, and keep the study's file name out of the title."""
        if capturing != self._capturing:
            full = Qt.WindowState.WindowFullScreen
            self.setWindowState(self.windowState() | full if capturing else self.windowState() & ~full)
        self._capturing = capturing
        self._show_title()

    def _go_on_with(self, study: OpenStudy) -> None:
        """Show the same study in another file, on the same page; the file it was in is let go."""
        page = self.workspace.page if self.workspace is not None else None
        thing = page.shown_thing() if page is not None else ""
        self._let_go()
        self.show_study(study)
        if self.workspace is not None and page is not None:
            self.workspace.show_page(page.name, thing)

    def close_study(self) -> None:
        """Go back to the start page; the study is written and let go."""
        if not self._may_leave():
            return
        self._let_go()
        self.start.show_start(self._opened)
        self.stack.setCurrentWidget(self.start)

    def lock(self) -> None:
        """Hide everything at once, write what was typed, and ask for the passphrase.

        Writing may take long or fail: by then nothing is to be seen any more, and what could not be written stays where
        it was typed.
        """
        if self.workspace is None or self.locked:
            return
        saved = False
        veil = cover(self)
        try:
            put_away(self)
            saved = self.workspace.leave()
        finally:
            self._show_lock(self.workspace, saved=saved)
            veil.hide()
            veil.deleteLater()

    def tell_bug(self, sentence: str, button: str, then: Callable[[], object]) -> None:
        """Say that something went wrong inside; for `ui.last_resort`."""
        bar = self.start.said if self.workspace is None else self.workspace.trouble
        bar.tell(sentence, "error", button, then)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Write what was typed, remember where the window was, and let the file go."""
        if "start" in self.__dict__:
            self.start.wait()
        if not self._may_leave():
            event.ignore()
            return
        self._ahead.stop()
        self.set_capturing(False)  # it is the window that is remembered, not the full screen
        settings.GEOMETRY.write(self.saveGeometry())
        self._let_go()
        super().closeEvent(event)

    def stop(self) -> None:
        """End the program as the system asks: as closing the window does, whatever dialog is open."""
        if self.close():
            QApplication.quit()

    def showEvent(self, event: QShowEvent) -> None:
        """Be left out of pictures other programs take, where the system can do that."""
        from ui.privacy.capture import exclude_from_capture

        super().showEvent(event)
        exclude_from_capture(self)

    def sizeHint(self) -> QSize:
        """Large enough for a page and its panel."""
        return QSize(1280, 800)

    def _may_leave(self) -> bool:
        """Write what was typed; where that fails, stay the first time, and say that asking again leaves without it."""
        if self.workspace is None or self.workspace.leave() or self.workspace.trouble.warned:
            return True
        self.workspace.trouble.warn()
        if self.locked:
            self.lock_page.tell("What was typed last could not be saved; close again to leave without it.")
        return False

    def _let_go(self) -> None:
        self._preload.stop()
        self.idle.stop()
        if self._system is not None:
            self._system.end()
            self._system.deleteLater()
            self._system = None
        workspace, self.workspace = self.workspace, None
        if workspace is None:
            return
        workspace.close_study()
        self.stack.removeWidget(workspace)
        workspace.deleteLater()
        self._behind = None
        self.set_capturing(False)

    def _note_copied(self) -> None:
        """Note whether what is on the clipboard came from this program, which had the focus then."""
        self._copied = QApplication.activeWindow() is not None

    def _show_title(self) -> None:
        if self.workspace is None or self.locked or self._capturing:
            self.setWindowTitle(PROGRAM)
        else:
            self.setWindowTitle(f"{self.workspace.desk.study.path.name} - {PROGRAM}")

    # Locking

    def _show_lock(self, workspace: Workspace, *, saved: bool) -> None:
        self.idle.stop()
        if self._copied:
            QApplication.clipboard().clear()
        self._behind = self.stack.currentWidget()
        self.stack.setCurrentWidget(self.lock_page)
        self.lock_page.ask(workspace.desk.study, saved=saved)
        self._show_title()

    def _unlocked(self) -> None:
        behind, self._behind = self._behind, None
        if self.workspace is None or behind is None:
            return
        self.stack.setCurrentWidget(behind)  # gives the focus back to what had it there
        self._show_title()
        self.idle.watch(settings.IDLE_MINUTES.read())

    def _setting_changed(self, key: str) -> None:
        if key == settings.IDLE_MINUTES.key and not self.locked:
            self.idle.watch(settings.IDLE_MINUTES.read())

    def _listen_to_system(self) -> None:
        """Lock before a sleep and with the screen; only once a study is shown, since it loads D-Bus."""
        from ui.privacy.session import make_system_watch

        if self._system is not None:
            return
        self._system = make_system_watch(self)
        self._system.sleeping.connect(self.lock)
        self._system.screen_locked.connect(self.lock)
        self._system.begin()

    def _connect_application(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusWindowChanged.connect(self._let_dialogs_lock)
            application.commitDataRequest.connect(self._write_down)

    def _let_dialogs_lock(self) -> None:
        """Give the keys of the lock to a dialog: while one is open, they don't reach the window."""
        dialog = QApplication.activeModalWidget()
        if dialog is not None and self.workspace is not None:
            dialog.addAction(self.workspace.locking)

    def _write_down(self) -> None:
        """Write what was typed: the session ends."""
        if self.workspace is not None:
            self.workspace.leave()

    def _add_quit(self) -> None:
        leave = QAction("Quit", self)
        leave.setShortcut(QKeySequence("Ctrl+Q"))
        leave.triggered.connect(self.close)
        self.addAction(leave)

    def _restore(self) -> None:
        room = room_on_screen(self)
        self.setMinimumSize(QSize(760, 520).boundedTo(room))
        kept = settings.GEOMETRY.read()
        if kept.isEmpty() or not self.restoreGeometry(kept):
            self.resize(self.sizeHint().boundedTo(room))


def _import_opening() -> None:
    """Import what opens a study and what it is shown in, while somebody looks at the start page."""
    import app.actions.open_study  # noqa: F401
    import ui.main_window.workspace  # noqa: F401


def _import_actions() -> None:
    """Import what the first change needs, before somebody waits for it."""
    from threading import Thread

    def load() -> None:
        import app.actions.unit  # noqa: F401

    Thread(target=load, name="preload", daemon=True).start()
