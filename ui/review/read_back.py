"""Read-back sheets: an interviewee's own statements on paper, to correct and sign; and those printed already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.analysis.citations import Citations
from app.analysis.follow_ups import moment_text, person_name
from app.analysis.read_back import readable
from app.analysis.todo import count
from app.model.source import SheetKind
from ui.notebook.card_list import CardList
from ui.notebook.cards import Card
from ui.theme import MEASURE, SPACE, TITLE
from ui.widgets import ChoiceField, FieldRow, Rule, SectionLabel, TextButton, TextLabel
from ui.widgets.actions import bind_key
from ui.widgets.focus import on_escape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.model.document import StudyDocument
    from app.model.source import PaperSheet

_WHAT = (
    "A read-back sheet gives one person what you noted of them in an interview, line by line, to correct and sign on "
    "paper. What others said in it is left out."
)
_NONE = "None was printed yet."
_NOBODY = "No line of an interview is noted as said by somebody yet: say who speaks while you write its notes."
_LABEL = 72


class ReadBack(QWidget):
    """Chooses an interview and one of its people, and lists the sheets printed; it only asks."""

    asked = Signal(str, str)  # keys of the interview and of the participant
    print_asked = Signal()
    interview_asked = Signal(str)  # key: show it
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_escape(self, self.left.emit)
        self._document: StudyDocument | None = None
        self._busy = False
        self._lines: Mapping[str, Mapping[str, int]] = {}
        self.source = ChoiceField("Interview", (), self)
        self.person = ChoiceField("Person", (), self)
        self.save_button = TextButton("Save the sheet\u2026", "primary", key="Ctrl+S", parent=self)
        self.print_button = TextButton("Print the sheet\u2026", "plain", "printer", "Ctrl+P", self)
        self.close_button = TextButton("Back to the reviews", "quiet", key="Esc", parent=self)
        self.printed = CardList("Read-back sheets printed", self)
        self._nobody = TextLabel(_NOBODY, ink="muted", wrap=True, parent=self)
        self._none = TextLabel(_NONE, ink="muted", parent=self)
        self._lay_out()
        self._connect()

    def refresh(self, document: StudyDocument, *, read_only: bool) -> None:
        """Offer what can be read back as the study stands; what is chosen stays."""
        self._document = document
        chosen, citations = self.source.value(), Citations(document)
        self._lines = readable(document)
        titles = {each.key: f"{citations.source(each.key)} {each.title}" for each in document.sources}
        self.source.set_choices([(key, titles[key]) for key in self._lines])
        self.source.set_value(chosen if chosen in self._lines else next(iter(self._lines), None))
        self._offer_people()
        cards = [_card(document, citations, sheet) for sheet in _printed(document)]
        self.printed.show_cards(cards)
        self._none.setVisible(not cards)
        self._nobody.setVisible(not self._lines)
        self.save_button.setEnabled(bool(self._lines) and not read_only)
        self.show_printing(self._busy)

    def show_printing(self, busy: bool) -> None:  # noqa: FBT001 - as it is signalled
        """Offer printing unless something is being printed."""
        self._busy = busy
        self.print_button.setEnabled(self.save_button.isEnabled() and not busy)

    @property
    def first(self) -> QWidget:
        """What takes the keyboard."""
        return self.source if self.save_button.isEnabled() else self.close_button

    def choose(self, source: str) -> None:
        """Choose an interview, where anything of it can be read back."""
        if source in self._lines:
            self.source.set_value(source)
            self._offer_people()

    @property
    def chosen(self) -> tuple[str, str]:
        """Keys of the interview and of the person chosen."""
        return str(self.source.value()), str(self.person.value())

    def _offer_people(self) -> None:
        if self._document is None:
            return
        chosen, here = self.person.value(), self._lines.get(str(self.source.value()), {})
        names = {each.key: person_name(each) for each in self._document.participants}
        lines = {key: count(number, "line", "lines") for key, number in here.items()}
        self.person.set_choices([(key, f"{names[key]} ({lines[key]})") for key in here])
        self.person.set_value(chosen if chosen in here else next(iter(here), None))

    def _ask(self) -> None:
        if self.save_button.isEnabled():
            self.asked.emit(*self.chosen)

    def _ask_printer(self) -> None:
        if self.print_button.isEnabled():
            self.print_asked.emit()

    def _connect(self) -> None:
        self.source.committed.connect(lambda _value: self._offer_people())
        self.save_button.clicked.connect(self._ask)
        self.print_button.clicked.connect(self._ask_printer)
        self.close_button.clicked.connect(self.left)
        bind_key(self, "Print a read-back sheet\u2026", "Ctrl+P", self._ask_printer, within=True)
        bind_key(self, "Save a read-back sheet as PDF\u2026", "Ctrl+S", self._ask, within=True)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QWidget(self)
        top.setMaximumWidth(MEASURE + 2 * SPACE[4])
        head = QVBoxLayout(top)
        head.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[3])
        head.setSpacing(SPACE[1])
        head.addWidget(TextLabel("Read-back sheets", TITLE, "semibold", parent=self))
        head.addWidget(TextLabel(_WHAT, ink="muted", wrap=True, parent=self))
        head.addSpacing(SPACE[1])
        for label, field in (("Interview", self.source), ("Person", self.person)):
            head.addWidget(FieldRow(label, field, label_width=_LABEL, parent=self))
        head.addWidget(self._nobody)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE[1])
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.print_button)
        buttons.addWidget(self.close_button)
        buttons.addStretch(1)
        head.addLayout(buttons)
        column.addWidget(top)
        column.addWidget(Rule(self))
        below = QVBoxLayout()
        below.setContentsMargins(SPACE[4], SPACE[2], SPACE[4], 0)
        below.setSpacing(SPACE[0])
        below.addWidget(SectionLabel("Printed", self))
        below.addWidget(self._none)
        column.addLayout(below)
        listed = QVBoxLayout()
        listed.setContentsMargins(SPACE[1], 0, 0, 0)  # in line with what stands above
        listed.addWidget(self.printed)
        column.addLayout(listed, 1)


def _printed(document: StudyDocument) -> list[PaperSheet]:
    """List the sheets printed, the last first."""
    sheets = [each for each in document.sheets if each.kind is SheetKind.READ_BACK]
    return sorted(sheets, key=lambda each: each.number, reverse=True)


def _card(document: StudyDocument, citations: Citations, sheet: PaperSheet) -> Card:
    people = {each.key: person_name(each) for each in document.participants}
    source = citations.source(sheet.source) if sheet.source else ""
    where = " \u00b7 ".join(filter(None, (source, people.get(sheet.participant or "", ""))))
    when = moment_text(sheet.printed_at, document.study.zone) if sheet.printed_at else ""
    return Card(sheet.key, f"Sheet {sheet.number}", where or "Interview removed", (when,) if when else ())
