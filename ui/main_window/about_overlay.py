"""What this program is: version, licence, the parts it is made of, and their licences in full; read offline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app import about
from app.errors import FieldquillError
from ui.main_window.commands import matches
from ui.main_window.overlay import Overlay, OverlayLine
from ui.notebook.offsets import to_units
from ui.theme import SMALL, SPACE, TITLE, theme
from ui.widgets.actions import bind_key
from ui.widgets.buttons import IconButton, SegmentedControl, TextButton
from ui.widgets.files import ask_file_to_save
from ui.widgets.text import TextLabel
from ui.widgets.things import KEY, Row, RowModel, RowView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

WIDTH: Final = 720
_HIGH: Final = 640
PARTS, TEXTS = "parts", "texts"
_FIND: Final = {PARTS: "Find a part or a licence", TEXTS: "Find words in the licences"}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class AboutOverlay(Overlay):
    """Two views of what the program is made of: its parts as a list, and their licences as one text.

    What is typed narrows the list, and Enter leads to the licence of the part that is marked; over the text Enter goes
    from one place to the next.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__("About Fieldquill", WIDTH, parent)
        self._parts: Sequence[about.Part] = ()
        self._notices: str | None = None
        self._model = RowModel(self)
        self.line = OverlayLine(_FIND[PARTS], self.card)
        self.view = RowView("Parts", self.card)
        self.view.setModel(self._model)
        self.text = _TextView(self.card)
        views = ((PARTS, "Parts"), (TEXTS, "Licences and notices"))
        self.shown = SegmentedControl("Shown", views, self.card)
        self.build = TextLabel("", ink="muted", parent=self.card)
        self.said = TextLabel("", SMALL, ink="muted", wrap=True, parent=self.card)
        self.save_sbom = TextButton("Save the list of parts (SBOM)…", "quiet", "download", parent=self.card)
        self.save_texts = TextButton("Save the licences…", "quiet", "download", parent=self.card)
        self.close_button = IconButton("x", "Close", "Esc", self.card)
        self._lay_out()
        self._connect()

    def tell(self) -> None:
        """Show what this copy is."""
        self._say("")
        self.build.setText(f"{about.told(None)}.")
        self._try(lambda: self.build.setText(f"{about.told(about.build())}."))
        self._try(self._read_parts)
        self.save_sbom.setVisible(about.is_package())
        self._show(PARTS)
        self.open(self.line)

    def stops(self) -> list[QWidget]:
        """What is typed into, what is shown, the buttons."""
        shown = self.shown.button(self.shown.value() or PARTS)
        return [self.line, self.view, self.text, shown, self.save_sbom, self.save_texts, self.close_button]

    def fit(self) -> None:
        """Be as high as there is room for."""
        super().fit()
        self.card.setFixedHeight(min(_HIGH, self.room))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the list or the text from the line above it."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and self.shown.value() == PARTS:
            self._mark(self.view.currentIndex().row() + step)
        elif event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif self.shown.value() == TEXTS:
            self.text.find_again(self.line.text(), back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            self._show_licence(self.view.currentIndex())

    # The parts

    def _read_parts(self) -> None:
        self._parts = about.parts()

    def _narrow(self, words: str) -> None:
        if self.shown.value() == TEXTS:
            self.text.find_first(words)
            return
        told = enumerate(self._parts)
        rows = [
            Row(str(place), part.title, part.licence)
            for place, part in told
            if matches(words, f"{part.title} {part.licence}")
        ]
        self._model.set_rows(rows)
        self._mark(0)

    def _mark(self, row: int) -> None:
        last = self._model.rowCount() - 1
        self.view.setCurrentIndex(self._model.index(min(max(row, 0), last)))

    # Their licences

    def _show(self, which: str) -> None:
        """Show the list, or the text, with nothing looked for in it yet."""
        self.shown.set_value(which)
        self.view.setVisible(which == PARTS)
        self.text.setVisible(which == TEXTS)
        if which == TEXTS:
            self._try(self._read_notices)
        self.line.setPlaceholderText(_FIND[which])
        self.line.setAccessibleName(_FIND[which])
        self.line.clear()
        self._narrow("")

    def _read_notices(self) -> None:
        if self._notices is None:
            self._notices = about.notices()
            self.text.setPlainText(self._notices)

    def _show_licence(self, index: QModelIndex) -> None:
        """Go to where the licence of a part begins in the text of all of them."""
        if not index.isValid():
            return
        part = self._parts[int(str(index.data(KEY)))]
        self._show(TEXTS)
        place = about.place_of(part, self._notices or "")
        self._say("" if place >= 0 else f"The licences have no heading for {part.name}.")
        self.text.go_to(self._notices or "", max(place, 0))
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    # Copies of them

    def _save(self, name: str, ending: str, content: Callable[[], bytes]) -> None:
        from app.exchange.files import write_whole

        path = ask_file_to_save(self, "Save a copy", name, ending)
        if path is None:
            return

        def write() -> None:
            try:
                write_whole(path, content())
            except OSError as problem:
                self._say(f"{path.name} could not be written ({problem.strerror}).", bad=True)
            else:
                self._say(f"Saved {path.name}.")

        self._try(write)

    def _save_sbom(self) -> None:
        self._save("fieldquill-sbom.cdx.json", ".json", about.sbom)

    def _save_texts(self) -> None:
        self._save("fieldquill-licences.txt", ".txt", lambda: about.notices().encode())

    def _try(self, work: Callable[[], object]) -> None:
        """Do what reads the package's own files; say what is wrong with them."""
        try:
            work()
        except FieldquillError as problem:
            self._say(problem.sentence, bad=True)

    def _say(self, sentence: str, *, bad: bool = False) -> None:
        self.said.set_ink("warning" if bad else "muted")
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))

    # Making it

    def _connect(self) -> None:
        self.line.textChanged.connect(self._narrow)
        self.view.activated.connect(self._show_licence)
        self.view.clicked.connect(self._show_licence)
        self.shown.chosen.connect(self._show)
        self.save_sbom.clicked.connect(self._save_sbom)
        self.save_texts.clicked.connect(self._save_texts)
        self.close_button.clicked.connect(self.close_up)
        bind_key(self, "Find", "Ctrl+F", self.line.setFocus, within=True)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(SPACE[4], SPACE[3], SPACE[3], 0)
        head.addWidget(TextLabel("Fieldquill", TITLE, "semibold", parent=self.card))
        head.addWidget(self.build, 1)
        head.addWidget(self.close_button)
        what = TextLabel(f"{about.WHAT} {about.OFFLINE} {about.TERMS}", wrap=True, parent=self.card)
        what.setMaximumWidth(WIDTH)
        what.setContentsMargins(SPACE[4], 0, SPACE[4], 0)
        views = QHBoxLayout()
        views.setContentsMargins(SPACE[4], SPACE[1], SPACE[4], 0)
        views.addWidget(self.shown)
        views.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE[3], 0, SPACE[4], SPACE[2])
        foot.addWidget(self.save_sbom)
        foot.addWidget(self.save_texts)
        foot.addStretch(1)
        self.said.setContentsMargins(SPACE[4], 0, SPACE[4], 0)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(1, 0, 1, 0)
        column.setSpacing(SPACE[1])
        column.addLayout(head)
        column.addWidget(what)
        column.addLayout(views)
        inner = QVBoxLayout()
        inner.setContentsMargins(SPACE[2], 0, SPACE[2], 0)
        inner.setSpacing(SPACE[1])
        for part in (self.line, self.view, self.text):
            inner.addWidget(part)
        column.addLayout(inner, 1)
        column.addWidget(self.said)
        column.addLayout(foot)


class _TextView(QPlainTextEdit):
    """A long text to read and to look for words in."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName("Licences and notices")
        self.setFont(theme().font(SMALL))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def go_to(self, text: str, place: int) -> None:
        """Show a place of the text, in characters, at the top."""
        cursor = self.textCursor()
        cursor.setPosition(to_units(text, place))
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.setTextCursor(cursor)

    def find_first(self, words: str) -> None:
        """Go to where words come first."""
        self.moveCursor(QTextCursor.MoveOperation.Start)
        if words:
            self.find(words)

    def find_again(self, words: str, *, back: bool) -> None:
        """Go to where words come next, or came before; round the end."""
        how = QTextDocument.FindFlag.FindBackward if back else QTextDocument.FindFlag(0)
        if words and not self.find(words, how):
            self.moveCursor(QTextCursor.MoveOperation.End if back else QTextCursor.MoveOperation.Start)
            self.find(words, how)
