"""The form for a new study: what it is called, where it is kept, and the passphrase that encrypts it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.places import ENDING, studies_folder
from ui.start.passphrase import NewPassphrase
from ui.theme import SMALL, SPACE, TITLE
from ui.widgets.buttons import TextButton
from ui.widgets.fields import ChoiceField
from ui.widgets.form import FieldRow
from ui.widgets.text import ElidedLabel, TextLabel

_OURS = "mlops-maturity"
_NOT_IN_NAMES = '/\\:*?"<>|'  # Windows knows no such file, or writes to another; the study may go there on a stick


@dataclass(frozen=True)
class NewStudy:
    """What a person asked for."""

    path: Path
    passphrase: str
    title: str
    organisation: str
    rubric: str


class NewStudyForm(QWidget):
    """Everything a new study needs, on one sheet."""

    asked = Signal(object)  # NewStudy
    folder_asked = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = _line("Title", "What the study is called in its report", self)
        self.organisation = _line("Organisation", "Its name in the study, usually a pseudonym", self)
        self.rubric = ChoiceField("Rubric", parent=self)
        self.rubric.setProperty("look", "")
        self.about = TextLabel("", SMALL, ink="muted", wrap=True, parent=self)
        self.file = _line("File name", "", self)
        self.folder = ElidedLabel("", SMALL, ink="muted", parent=self)
        self.choose = TextButton("Another folder…", "link", parent=self)
        self.passphrase = NewPassphrase(self)
        self.problem = TextLabel("", ink="warning", wrap=True, parent=self)
        self.make = TextButton("Make the study", "primary", parent=self)
        self.cancel = TextButton("Back", "quiet", key="Esc", parent=self)
        self._folder = Path()
        self._lay_out()
        for line in (self.title, self.organisation, self.file, self.passphrase.line, self.passphrase.repeat):
            line.returnPressed.connect(self._ask)
        self.make.clicked.connect(self._ask)
        self.cancel.clicked.connect(self.cancelled)
        self.choose.clicked.connect(self.folder_asked)
        self.rubric.currentIndexChanged.connect(lambda _index: self._tell_about())

    def begin(self) -> None:
        """Start with an empty form, in the studies' folder, under a file name that says nothing."""
        from app.rubric import library

        if not self.rubric.count():
            self.rubric.set_choices([(key, library.load(key).title) for key in library.shipped()])
            self.rubric.set_value(_OURS)
        for line in (self.title, self.organisation):
            line.clear()
        self.passphrase.forget()
        self.set_folder(studies_folder())
        self.file.setText(_free_name(self._folder))
        self.refuse("")
        self.title.setFocus()

    def _tell_about(self) -> None:
        """Say what the chosen rubric assesses, and how large it is."""
        from app.analysis.todo import count
        from app.rubric import library

        if self.rubric.value():
            rubric = library.load(str(self.rubric.value()))
            size = f"{count(len(rubric.principles), 'principle', 'principles')}, "
            size += count(len(rubric.criteria), "criterion", "criteria")
            self.about.setText(f"{rubric.summary} {size}.")

    def set_folder(self, folder: Path) -> None:
        """Say where the file will be."""
        self._folder = folder
        self.folder.setText(f"in {folder}")

    @property
    def folder_chosen(self) -> Path:
        """Where the file will be."""
        return self._folder

    def busy(self) -> None:
        """Say that the study is being made."""
        self.make.setText("Making the study…")
        self.make.setEnabled(False)

    def refuse(self, sentence: str) -> None:
        """Say what stands in the way; what was typed stays."""
        self.make.setText("Make the study")
        self.make.setEnabled(True)
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def forget(self) -> None:
        """Drop what was typed."""
        self.passphrase.forget()
        for line in (self.title, self.organisation, self.file):
            line.clear()

    def _ask(self) -> None:
        if not self.make.isEnabled():
            return
        missing = self._missing()
        if missing is not None:
            widget, sentence = missing
            self.refuse(sentence)
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.refuse("")
        name = self.file.text().strip()
        path = self._folder / (name if name.endswith(ENDING) else name + ENDING)
        title, organisation = self.title.text().strip(), self.organisation.text().strip()
        self.asked.emit(NewStudy(path, self.passphrase.text, title, organisation, str(self.rubric.value())))

    def _missing(self) -> tuple[QWidget, str] | None:
        if not self.title.text().strip():
            return self.title, "A study needs a title."
        if not self.file.text().strip():
            return self.file, "The file needs a name."
        if any(sign in _NOT_IN_NAMES or not sign.isprintable() for sign in self.file.text()):
            return self.file, f"A file name can hold none of {' '.join(_NOT_IN_NAMES)}; choose another folder below it."
        if not self.passphrase.line.text():
            return self.passphrase.line, "Choose a passphrase: the study is encrypted with it."
        if self.passphrase.differs:
            return self.passphrase.repeat, "The two passphrases differ."
        return None

    def _lay_out(self) -> None:
        where = QWidget(self)
        row = QHBoxLayout(where)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[1])
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE[1])
        foot.addWidget(self.make)
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        column.addWidget(TextLabel("New study", TITLE, "semibold", parent=self))
        column.addSpacing(SPACE[1])
        rows = (
            ("Title", self.title),
            ("Organisation", self.organisation),
            ("Rubric", self.rubric),
            ("", self.about),
            ("File name", self.file),
            ("", where),
            ("Passphrase", self.passphrase),
        )
        for label, widget in rows:
            column.addWidget(FieldRow(label, widget, label_width=96, parent=self))
        column.addWidget(self.problem)
        column.addSpacing(SPACE[1])
        column.addLayout(foot)
        column.addStretch(1)


def _line(name: str, hint: str, parent: QWidget) -> QLineEdit:
    line = QLineEdit(parent)
    line.setAccessibleName(name)
    line.setPlaceholderText(hint)
    return line


def _free_name(folder: Path) -> str:
    """Suggest a file name that tells nobody anything but the day."""
    stem = f"study-{date.today().isoformat()}"  # noqa: DTZ011 - the day where the laptop is
    names = (stem, *(f"{stem}-{number}" for number in range(2, 100)))
    return next((name + ENDING for name in names if not (folder / (name + ENDING)).exists()), stem + ENDING)
