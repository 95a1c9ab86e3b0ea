"""The start page: the studies there are, by file name alone, a new one, another file, the demonstration."""

from __future__ import annotations

import contextlib
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer, QTimeZone, Signal
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.errors import FieldquillError
from app.store.errors import StudyExists
from ui import settings
from ui.lane import Lane
from ui.places import ENDING, home, make_folder, studies_folder, studies_words
from ui.start.studies import StudyList
from ui.start.welcome import LEFT, Welcome
from ui.theme import SPACE
from ui.widgets.actions import bind_in_window, bind_key
from ui.widgets.files import FileChooser, ask_folder
from ui.widgets.messages import Bar
from ui.widgets.scrolling import scrolling

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from ui.main_window.commands import Command
    from ui.main_window.overlay import Overlay
    from ui.start.new_study import NewStudy, NewStudyForm
    from ui.start.passphrase import PassphraseForm

RIGHT = 480
_CARD = RIGHT + 2 * SPACE[4]
_HIGH = 500  # px of the card, where there is room
NARROW_BELOW = LEFT + _CARD + 3 * SPACE[5]
_DIRECTION = QBoxLayout.Direction
P = TypeVar("P", bound=QWidget)


class StartPage(QWidget):
    """Leads to an open study; `opened` brings it."""

    opened = Signal(object)  # OpenStudy

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = Path()
        self._narrow = False
        self._since_start: list[Path] = []
        self._overlay: Overlay | None = None
        self._lane = Lane("study")
        self.said = Bar(self)
        self.forgotten = Bar(self)
        self.content = QWidget()
        self.content.setProperty("look", "page")
        self.welcome = Welcome(self.content)
        self.card = QFrame(self.content)
        self.list = StudyList(self.card)
        self._parts: list[QWidget] = []
        self._add_actions()
        self._lay_out()
        self._connect()
        self.show_part(self.list)
        self._tell_forgotten()

    @cached_property
    def passphrase(self) -> PassphraseForm:
        """Asks for a study's passphrase; built when it is first wanted, as all parts but the list."""
        from ui.start.passphrase import PassphraseForm

        part = PassphraseForm("Open", self.card)
        part.given.connect(self._try)
        part.given_for_reading.connect(partial(self._try, read_only=True))
        part.cancelled.connect(self.show_start)
        return self._added(part)

    @cached_property
    def form(self) -> NewStudyForm:
        """Asks what a new study is to be."""
        from ui.start.new_study import NewStudyForm

        part = NewStudyForm(self.card)
        part.asked.connect(self._create)
        part.folder_asked.connect(self._choose_folder)
        part.cancelled.connect(self.show_start)
        return self._added(part)

    @cached_property
    def chooser(self) -> FileChooser:
        """Asks for a study's file."""
        part = FileChooser(ENDING, "open", self.card)
        part.chosen.connect(self._look_at)
        part.cancelled.connect(self.show_start)
        return self._added(part)

    @cached_property
    def place(self) -> FileChooser:
        """Asks for another folder for the demonstration."""
        part = FileChooser(ENDING, "folder", self.card)
        part.chosen.connect(self._demonstrate)
        part.cancelled.connect(self.show_start)
        return self._added(part)

    def show_start(self, opened: Sequence[Path] | None = None) -> None:
        """Show the studies there are; `opened` are those of elsewhere that were opened since the program began."""
        self._since_start = self._since_start if opened is None else list(opened)
        self._forget()
        self.list.show_studies(self._since_start)
        self.show_part(self.list)
        self._leading().setFocus()

    def ask_passphrase(self, path: Path, sentence: str = "") -> None:
        """Ask for the passphrase of a file; `sentence` says why the last one would not do.

        Where the file can be no study, that is said instead, over the studies there are.
        """
        from ui.start.passphrase import hint_for

        problem = _problem_with(path)
        if problem:
            self.show_start()
            self.said.tell(problem, "warning")
            return
        self._path = path
        self._forget()
        self.show_part(self.passphrase)
        self.passphrase.ask(path.name, hint_for(path))
        if sentence:
            self.passphrase.refuse(sentence)

    def wait(self) -> None:
        """Wait for work that is under way, as when the window closes."""
        self._lane.finish()

    def _leading(self) -> QWidget:
        """What the focus is to be on: the studies, else the next step; the highest that offers it."""
        if not self.list.view.isHidden():
            return self.list.view
        return self.demonstration if self._narrow else self.list.empty.button

    # What is asked for

    def start_new(self) -> None:
        """Show the form for a new study."""
        self._forget()
        self.show_part(self.form)
        self.form.begin()

    def start_opening(self) -> None:
        """Choose a file."""
        self._forget()
        self.show_part(self.chooser)
        self.chooser.start()

    def start_demonstration(self) -> None:
        """Make the demonstration study, or open the one that was made before."""
        self._demonstrate(studies_folder())

    def _demonstrate(self, folder: Path) -> None:
        from app.exchange.demo import DEMO_NAME, DEMO_PASSPHRASE, create_demo

        self._path = path = folder / DEMO_NAME

        def work() -> object:
            if not path.exists():
                make_folder(folder)
                with contextlib.suppress(StudyExists):  # another window was quicker
                    create_demo(path)
            return _open(path, DEMO_PASSPHRASE)

        def refuse(sentence: str) -> None:
            if path.exists():
                self.ask_passphrase(path, sentence)
            else:
                self._find_place()

        self.said.tell("Opening the demonstration…" if path.exists() else "Making the demonstration…")
        self._start(work, refuse)

    def _find_place(self) -> None:
        """Let another folder be chosen for the demonstration, where the usual one can't be written."""
        self.show_part(self.place)
        self.place.start(home())
        self.place.tell(f"The demonstration can't be written {studies_words()}; choose another folder for it.")

    def _look_at(self, path: Path) -> None:
        """Ask for the passphrase of a file that was chosen, or say where it was chosen why it can't be opened."""
        problem = _problem_with(path)
        if problem:
            self.chooser.tell(problem)
        else:
            self.ask_passphrase(path)

    def _create(self, new: NewStudy) -> None:
        zone = bytes(QTimeZone.systemTimeZoneId().data()).decode() or "UTC"

        def work() -> object:
            from app.actions.create import create_study

            make_folder(new.path.parent)
            create_study(
                new.path,
                new.passphrase,
                title=new.title,
                rubric=new.rubric,
                organisation=new.organisation,
                zone=zone,
            )
            return _open(new.path, new.passphrase)

        self.form.busy()
        self._path = new.path
        self._start(work, self.form.refuse)

    def _try(self, passphrase: str, *, read_only: bool = False) -> None:
        path = self._path
        self.passphrase.busy("Opening…")
        self._start(lambda: _open(path, passphrase, read_only=read_only), self.passphrase.refuse)

    def _start(self, work: Callable[[], object], refuse: Callable[[str], None]) -> None:
        if not self._lane.busy:
            self._lane.ask(work, self._done, lambda sentence: self._failed(sentence, refuse))

    def _done(self, study: object) -> None:
        self._forget()
        if self._overlay is not None:
            self._overlay.close_up()
        self.opened.emit(study)

    def _failed(self, sentence: str, refuse: Callable[[str], None]) -> None:
        self.said.hide()
        refuse(sentence)

    def _forget(self) -> None:
        """Drop what was typed and what was said."""
        self.said.hide()
        if "form" in self.__dict__:
            self.form.forget()
        if "passphrase" in self.__dict__:
            self.passphrase.forget()

    def _choose_folder(self) -> None:
        folder = ask_folder(self, "Keep the study in", self.form.folder_chosen)
        if folder is not None:
            self.form.set_folder(folder)

    # The program as a whole

    def commands(self) -> list[Command]:
        """List what can be done here."""
        from ui.main_window.commands import commands_of

        return list(commands_of("Start", self))

    def _show_commands(self) -> None:
        from ui.main_window.palette import CommandPalette
        from ui.main_window.setting_commands import setting_commands

        palette = CommandPalette(self.window())
        self._lay_over(palette)
        palette.ask(self.commands(), setting_commands(palette, self._show_settings))

    def _show_keys(self) -> None:
        from ui.main_window.key_help import KeyHelp

        sheet = KeyHelp(self.window())
        self._lay_over(sheet)
        sheet.tell(self.commands())

    def _show_settings(self, key: str = "") -> None:
        from ui.main_window.settings_overlay import SettingsOverlay

        asking = SettingsOverlay(self.window())
        asking.changed.connect(settings.apply)
        self._lay_over(asking)
        asking.ask(key)

    def _show_about(self) -> None:
        from ui.main_window.about_overlay import AboutOverlay

        about = AboutOverlay(self.window())
        self._lay_over(about)
        about.tell()

    def _lay_over(self, overlay: Overlay) -> None:
        """Lay something over the window, in the place of what was there; the page's own Esc would take its Esc."""
        if self._overlay is not None:
            self._overlay.close_up()
            self._overlay.deleteLater()
        self._overlay = overlay

    def _tell_forgotten(self) -> None:
        sentence = settings.forgotten()
        if sentence:
            self.forgotten.tell(sentence, "info")

    # Making it

    def _added(self, part: P) -> P:
        """Put a part on the card, hidden."""
        part.hide()
        self._inside.addWidget(part, 1)
        self._parts.append(part)
        return part

    def show_part(self, part: QWidget) -> None:
        """Show one part on the card."""
        for each in self._parts:
            each.setVisible(each is part)
        self._fit()
        QTimer.singleShot(0, self, self._show_focus)

    def _show_focus(self) -> None:
        """Scroll to what has the focus, where there is no room for all."""
        focused = QApplication.focusWidget()
        if focused is not None and self.content.isAncestorOf(focused):
            self.area.ensureWidgetVisible(focused)

    def _add_actions(self) -> None:
        leader = self.welcome.add_leader
        new = bind_in_window(self, "New study", "Ctrl+N", self.start_new)
        self.new = leader(new, "file-plus", "One encrypted file, for one organisation.")
        opening = bind_in_window(self, "Open a file", "Ctrl+O", self.start_opening)
        self.open = leader(opening, "folder-open", "A study on a stick or in another folder.")
        showing = bind_in_window(self, "Demonstration", "Ctrl+D", self.start_demonstration)
        about = "A finished study of a made-up company, to look around in and to try things on."
        self.demonstration = leader(showing, "play", about)
        bind_in_window(self, "Commands", "Ctrl+K", self._show_commands)
        for words, key, then in (
            ("Settings", "Ctrl+,", self._show_settings),
            ("Keys", "F1", self._show_keys),
            ("About", "Shift+F1", self._show_about),
        ):
            self.welcome.add_foot(bind_in_window(self, words, key, then))
        bind_key(self, "Back to the studies", "Esc", self.show_start, within=True)

    def _connect(self) -> None:
        self.list.chosen.connect(self.ask_passphrase)
        self.list.demonstration_asked.connect(self.start_demonstration)

    def _lay_out(self) -> None:
        self.card.setProperty("look", "card")
        self._inside = QVBoxLayout(self.card)
        self._inside.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[4])
        self._added(self.list)
        self._body = QBoxLayout(_DIRECTION.LeftToRight)
        self._body.addWidget(self.welcome)
        self._body.addWidget(self.card)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(self._body, 100)
        row.addStretch(1)
        self._around = QVBoxLayout(self.content)
        self._around.addStretch(2)
        self._around.addLayout(row)
        self._around.addStretch(3)
        self.area = scrolling(self.content, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.said)
        column.addWidget(self.forgotten)
        column.addWidget(self.area, 1)

    def _fit(self) -> None:
        """Stand side by side, or one above the other where the window is narrow: there a form has it to itself."""
        narrow = self._narrow = self.width() < NARROW_BELOW
        self.welcome.set_narrow(narrow)
        self.welcome.setVisible(not narrow or not self.list.isHidden())
        if self.focusWidget() in {self.demonstration, self.list.empty.button}:
            self._leading().setFocus()
        self._body.setDirection(_DIRECTION.TopToBottom if narrow else _DIRECTION.LeftToRight)
        self._body.setSpacing(SPACE[3] if narrow else SPACE[5])
        self.card.setMinimumSize(0 if narrow else _CARD, 0 if narrow else _HIGH)
        self.card.setMaximumWidth(self.welcome.maximumWidth() if narrow else _CARD)
        around = SPACE[3] if narrow else SPACE[5]
        self._around.setContentsMargins(around, around, around, around)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the best of the room there is."""
        super().resizeEvent(event)
        self._fit()


def _open(path: Path, passphrase: str, *, read_only: bool = False) -> object:
    from app.actions.open_study import OpenStudy

    return OpenStudy.open(path, passphrase, read_only=read_only)


def _problem_with(path: Path) -> str:
    """Say why a file can't be opened whatever the passphrase; empty where it may be a study."""
    from app.store.opening import require_study

    try:
        require_study(path)
    except FieldquillError as problem:
        return problem.sentence
    return ""
