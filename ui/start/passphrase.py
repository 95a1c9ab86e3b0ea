"""Typing a passphrase: to open or unlock a study, and to choose one for a new study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ui.places import studies_folder
from ui.theme import SMALL, SPACE, TITLE, theme
from ui.widgets.actions import bind_key
from ui.widgets.buttons import TextButton
from ui.widgets.text import ElidedLabel, TextLabel

if TYPE_CHECKING:
    from pathlib import Path

_STRENGTH: Final = ("Very weak", "Weak", "Fair", "Good", "Strong")
_ADVICE: Final = (  # for somebody who has the file and one fast computer: 10,000 keys derived per second
    "Guessed at once. Use four or more words that have nothing to do with each other.",
    "Guessed in minutes. Add words that have nothing to do with each other.",
    "Guessed in hours by somebody who has the file. Add a word or two.",
    "Days of work for somebody who has the file. One more word makes it years.",
    "Weeks of work and more for somebody who has the file and a fast computer.",
)
_GOOD: Final = 3  # the score from which a passphrase will do
_LOST: Final = "Nobody can recover it: write it down, apart from this laptop."
_LONGEST: Final = 72  # zxcvbn's time grows with the square of the length


class PassphraseLine(QLineEdit):
    """A line for a passphrase, hidden unless its eye is open; it keeps no history to undo."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self._eye = QAction("Show the passphrase", self)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._show_text)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self._draw()
        theme().changed.connect(self._draw)

    def _show_text(self, shown: bool) -> None:  # noqa: FBT001
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._draw()

    def _draw(self) -> None:
        shown = self._eye.isChecked()
        self._eye.setIcon(theme().icon("eye-off" if shown else "eye"))
        self._eye.setText("Hide the passphrase" if shown else "Show the passphrase")


class PassphraseForm(QWidget):
    """Asks for the passphrase of one file; who shows it says whether it was right."""

    given = Signal(str)
    given_for_reading = Signal(str)
    cancelled = Signal()

    def __init__(self, verb: str, parent: QWidget | None = None, *, opens: bool = True) -> None:
        super().__init__(parent)
        self._verb = verb
        self.title = ElidedLabel("", TITLE, "semibold", parent=self)
        self.note = TextLabel("", ink="muted", wrap=True, parent=self)
        self.line = PassphraseLine("Passphrase", self)
        self.problem = TextLabel("", ink="warning", wrap=True, parent=self)
        self.button = TextButton(verb, "primary", parent=self)
        self.reading = TextButton("Open for reading", "quiet", key="Ctrl+Return", parent=self)
        self.cancel = TextButton("Back", "quiet", key="Esc", parent=self)
        self.cancel.setVisible(opens)
        self.reading.setVisible(opens)
        self._lay_out()
        self.line.returnPressed.connect(self._give)
        self.line.textEdited.connect(self._typed)
        self.button.clicked.connect(self._give)
        self.cancel.clicked.connect(self.cancelled)
        self.reading.clicked.connect(self._give_for_reading)
        if opens:
            bind_key(self, "Open for reading", "Ctrl+Return", self._give_for_reading, within=True)

    def ask(self, title: str, note: str = "") -> None:
        """Ask anew, about another file."""
        self.title.setText(title)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.line.clear()
        self.refuse("")
        self.line.setFocus()

    def busy(self, words: str) -> None:
        """Say that the passphrase is being tried."""
        self.button.setText(words)
        self.button.setEnabled(False)
        self.reading.setEnabled(False)
        self.line.setReadOnly(True)

    def refuse(self, sentence: str) -> None:
        """Say what was wrong, and let it be typed again; the text stays, selected."""
        self.button.setText(self._verb)
        self.button.setEnabled(True)
        self.reading.setEnabled(True)
        self.line.setReadOnly(False)
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.line.setProperty("state", "error" if sentence else "")
        self.line.style().unpolish(self.line)
        self.line.style().polish(self.line)
        if sentence:
            self.line.selectAll()
            self.line.setFocus()

    def forget(self) -> None:
        """Drop what was typed."""
        self.line.clear()
        self.refuse("")

    def _give(self) -> None:
        if self.line.text() and self.button.isEnabled():
            self.given.emit(self.line.text())

    def _give_for_reading(self) -> None:
        if self.line.text() and self.button.isEnabled():
            self.given_for_reading.emit(self.line.text())

    def _typed(self) -> None:
        if self.problem.text():
            self.refuse("")

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        row.addWidget(self.button)
        row.addWidget(self.reading)
        row.addStretch(1)
        row.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        column.addWidget(self.title)
        column.addWidget(self.note)
        column.addSpacing(SPACE[1])
        column.addWidget(TextLabel("Passphrase", ink="muted", parent=self))
        column.addWidget(self.line)
        column.addWidget(self.problem)
        column.addSpacing(SPACE[1])
        column.addLayout(row)
        column.addStretch(1)
        self.problem.hide()


class NewPassphrase(QWidget):
    """A passphrase typed twice, with words on how strong it is."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = PassphraseLine("Passphrase", self)
        self.repeat = PassphraseLine("Passphrase again", self)
        self.line.setPlaceholderText("Passphrase")
        self.repeat.setPlaceholderText("The same again")
        self.strength = TextLabel("", SMALL, ink="muted", wrap=True, parent=self)
        self.strength.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._soon = QTimer(self, singleShot=True, interval=120)
        self._soon.timeout.connect(self._judge)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[0])
        for part in (self.line, self.repeat, self.strength):
            column.addWidget(part)
        self.line.textEdited.connect(self._typed)
        self.repeat.textEdited.connect(self._typed)
        self._judge()

    @property
    def text(self) -> str:
        """What was typed, if twice the same; else empty."""
        return self.line.text() if self.line.text() == self.repeat.text() else ""

    @property
    def differs(self) -> bool:
        """Whether the second is another than the first."""
        return self.line.text() != self.repeat.text()

    def forget(self) -> None:
        """Drop what was typed."""
        self.line.clear()
        self.repeat.clear()
        self._judge()

    def _typed(self) -> None:
        self._soon.start()
        self.changed.emit()

    def _judge(self) -> None:
        text = self.line.text()
        if not text:
            self.strength.setText("Nobody can recover it. Write it down, and keep it apart from this laptop.")
            return
        score = strength_of(text)
        kept = f" {_LOST}" if score >= _GOOD else ""  # once it is good enough, that is what is left to be said
        self.strength.setText(f"{_STRENGTH[score]}. {_ADVICE[score]}{kept}")


def hint_for(path: Path) -> str:
    """Say the passphrase that the demonstration was made with; that of any other study is known to people alone."""
    from app.exchange.demo import DEMO_NAME, DEMO_PASSPHRASE

    if path.name != DEMO_NAME or path.resolve() != (studies_folder() / DEMO_NAME).resolve():
        return ""
    return f"This is the demonstration. Unless somebody changed it, its passphrase is: {DEMO_PASSPHRASE}"


def strength_of(passphrase: str) -> int:
    """Judge a passphrase from 0, guessed at once, to 4, by zxcvbn."""
    from zxcvbn import zxcvbn

    return int(zxcvbn(passphrase[:_LONGEST])["score"])
