"""The start page: the studies there are, by file name alone, a new one, another file, the demonstration."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRectF, QSize, QTimeZone, Signal
from PySide6.QtGui import QAction, QKeySequence, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.lane import Lane
from ui.places import ENDING, studies_folder, studies_in
from ui.start.new_study import NewStudy, NewStudyForm
from ui.start.passphrase import PassphraseForm
from ui.theme import DISPLAY, SMALL, SPACE, TITLE
from ui.theme.icons import paint_icon
from ui.widgets.actions import bind_key
from ui.widgets.buttons import TextButton
from ui.widgets.files import FileChooser, ask_folder
from ui.widgets.text import TextLabel
from ui.widgets.things import KEY, Row, RowModel, RowView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent

LEFT = 264
RIGHT = 480


class Mark(QWidget):
    """Fieldquill's own mark."""

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(QSize(side, side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the mark."""
        painter = QPainter(self)
        paint_icon(painter, "fieldquill", "#000000", QRectF(self.rect()))
        painter.end()


class StudyList(QWidget):
    """Studies by file name; nothing else of them is known before they are opened."""

    chosen = Signal(object)  # Path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = RowModel(self)
        self.view = RowView("Studies", self)
        self.view.setModel(self._model)
        self.view.activated.connect(self._choose)
        self.view.clicked.connect(self._choose)
        self._empty = TextLabel("", ink="muted", wrap=True, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        column.addWidget(TextLabel("Studies", TITLE, "semibold", parent=self))
        column.addWidget(self._empty)
        column.addWidget(self.view, 1)

    def show_studies(self, opened: list[Path]) -> None:
        """List the studies' folder, and what else was opened since the program was started."""
        found = list(dict.fromkeys([*opened, *studies_in(studies_folder())]))
        found = [path for path in found if path.is_file()]
        self._model.set_rows([Row(str(path), path.name, _changed(path), "file-lock") for path in found])
        self._empty.setText(
            "Studies in the folder Fieldquill of your documents are listed here, by file name alone."
            " Paths and titles are never kept, since they can name a client."
        )
        self._empty.setVisible(not found)
        self.view.setVisible(bool(found))
        if found and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self._model.index(0))

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(Path(str(index.data(KEY))))


class StartPage(QWidget):
    """Leads to an open study; `opened` brings it."""

    opened = Signal(object)  # OpenStudy

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = Path()
        self._since_start: list[Path] = []
        self._lane = Lane("study")
        self.list = StudyList(self)
        self.passphrase = PassphraseForm("Open", self)
        self.form = NewStudyForm(self)
        self.chooser = FileChooser(ENDING, "open", self)
        self.stack = QStackedWidget(self)
        for part in (self.list, self.passphrase, self.form, self.chooser):
            self.stack.addWidget(part)
        self.note = TextLabel("", ink="warning", wrap=True, parent=self)
        self._add_actions()
        self._lay_out()
        self._connect()

    def show_start(self, opened: Sequence[Path] | None = None) -> None:
        """Show the studies there are; `opened` are those of elsewhere that were opened since the program began."""
        self._since_start = self._since_start if opened is None else list(opened)
        self._tell("")
        self.form.forget()
        self.passphrase.forget()
        self.list.show_studies(self._since_start)
        self.stack.setCurrentWidget(self.list)
        (self.list.view if self.list.view.isVisibleTo(self) else self.new).setFocus()

    def ask_passphrase(self, path: Path, sentence: str = "") -> None:
        """Ask for the passphrase of a file; `sentence` says why the last one would not do."""
        self._path = path
        self._tell("")
        self.stack.setCurrentWidget(self.passphrase)
        self.passphrase.ask(path.name)
        if sentence:
            self.passphrase.refuse(sentence)

    def wait(self) -> None:
        """Wait for work that is under way, as when the window closes."""
        self._lane.finish()

    # What is asked for

    def start_new(self) -> None:
        """Show the form for a new study."""
        self.stack.setCurrentWidget(self.form)
        self.form.begin()

    def start_opening(self) -> None:
        """Choose a file."""
        self.stack.setCurrentWidget(self.chooser)
        self.chooser.start()

    def start_demonstration(self) -> None:
        """Make the demonstration study, or open the one that was made before."""
        from app.exchange.demo import DEMO_NAME, DEMO_PASSPHRASE, create_demo

        path = studies_folder() / DEMO_NAME
        self._path = path

        def work() -> object:
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                create_demo(path)
            return _open(path, DEMO_PASSPHRASE)

        self._tell("Making the demonstration…" if not path.exists() else "Opening the demonstration…")
        self._start(work, lambda sentence: self.ask_passphrase(path, sentence))

    def _create(self, new: NewStudy) -> None:
        zone = bytes(QTimeZone.systemTimeZoneId().data()).decode() or "UTC"

        def work() -> object:
            from app.actions.create import create_study

            new.path.parent.mkdir(parents=True, exist_ok=True)
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
        self.form.forget()
        self.passphrase.forget()
        self._tell("")
        self.opened.emit(study)

    def _failed(self, sentence: str, refuse: Callable[[str], None]) -> None:
        self._tell("")
        refuse(sentence)

    def _tell(self, sentence: str) -> None:
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))

    def _choose_folder(self) -> None:
        folder = ask_folder(self, "Keep the study in", self.form.folder_chosen)
        if folder is not None:
            self.form.set_folder(folder)

    def _add_actions(self) -> None:
        self.new = self._leader("New study", "Ctrl+N", "file-plus", self.start_new)
        self.open = self._leader("Open a file", "Ctrl+O", "folder-open", self.start_opening)
        self.demonstration = self._leader("Demonstration", "Ctrl+D", "play", self.start_demonstration)
        bind_key(self, "Back to the studies", "Esc", self.show_start, within=True)

    def _leader(self, words: str, key: str, icon: str, then: Callable[[], None]) -> TextButton:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(then)
        self.addAction(action)
        button = TextButton(words, "leader", icon, key, self)
        button.setMinimumWidth(176)
        button.clicked.connect(then)
        return button

    def _connect(self) -> None:
        self.list.chosen.connect(self.ask_passphrase)
        self.passphrase.given.connect(self._try)
        self.passphrase.given_for_reading.connect(partial(self._try, read_only=True))
        self.passphrase.cancelled.connect(self.show_start)
        self.form.asked.connect(self._create)
        self.form.cancelled.connect(self.show_start)
        self.form.folder_asked.connect(self._choose_folder)
        self.chooser.chosen.connect(self.ask_passphrase)
        self.chooser.cancelled.connect(self.show_start)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(SPACE[1])
        left.addWidget(Mark(44, self))
        left.addSpacing(SPACE[1])
        left.addWidget(TextLabel("Fieldquill", DISPLAY, "semibold", parent=self))
        words = "Assess MLOps maturity on site: offline, from notes, with evidence."
        about = TextLabel(words, ink="muted", wrap=True, parent=self)
        about.setFixedWidth(LEFT - SPACE[4])
        left.addWidget(about)
        left.addSpacing(SPACE[3])
        for button in (self.new, self.open, self.demonstration):
            row = QHBoxLayout()
            row.addWidget(button)
            row.addWidget(TextLabel(button.toolTip().rpartition("(")[2].rstrip(")"), SMALL, ink="faint", parent=self))
            row.addStretch(1)
            left.addLayout(row)
        left.addSpacing(SPACE[1])
        left.addWidget(self.note)
        left.addStretch(1)
        card = QFrame(self)
        card.setProperty("look", "card")
        card.setFixedWidth(RIGHT + 2 * SPACE[4])
        inside = QVBoxLayout(card)
        inside.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[4])
        inside.addWidget(self.stack)
        row = QHBoxLayout()
        row.setSpacing(SPACE[5])
        row.addStretch(1)
        row.addLayout(left)
        row.addWidget(card)
        row.addStretch(1)
        card.setFixedHeight(500)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[5], SPACE[5], SPACE[5], SPACE[5])
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)


def _open(path: Path, passphrase: str, *, read_only: bool = False) -> object:
    from app.actions.open_study import OpenStudy

    return OpenStudy.open(path, passphrase, read_only=read_only)


def _changed(path: Path) -> str:
    when = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return f"{when:%Y-%m-%d %H:%M}"
