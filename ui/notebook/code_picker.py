"""Choosing a code at the words it is put on: by its first letters, by the number of a recent one, or making it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.codes.colours import SWATCH, paint_swatch
from ui.main_window.list_overlay import ListOverlay
from ui.main_window.overlay import whole_of
from ui.notebook.completion import folded
from ui.theme import SMALL, SPACE, theme
from ui.theme.icons import paint_icon
from ui.widgets import ChoiceField, ElidedLabel, TextLabel
from ui.widgets.things import Row, RowDelegate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
    from PySide6.QtWidgets import QPlainTextEdit

WIDTH = 380
_KEYS = "Enter puts it on · Ctrl+1 to 9: recent ones · Esc"
_MOST = 10  # rows shown at once
_PAGES = {Qt.Key.Key_PageUp: -_MOST, Qt.Key.Key_PageDown: _MOST}
_LEFT = 36  # px before the name of a code: its number and its colour


@dataclass(frozen=True)
class Offer:
    """A code that can be picked: its name, the names it stands under, its colour."""

    key: str
    name: str
    path: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Pick:
    """What was picked: a code, or the name of a new one and the code it is to stand under; `case` "" is the usual."""

    code: str = ""
    name: str = ""
    parent: str | None = None
    case: str | None = ""


@dataclass(frozen=True)
class Question:
    """What is asked: a code for what `title` says; `again` is done by the key that asked, pressed once more.

    `cases` are what a coding can be about, as (key, name), None for the organisation; the first is the usual one.
    `words` is the name that a code made from the words would have, "" for none.
    """

    title: str
    offers: tuple[Offer, ...]
    recent: tuple[str, ...] = ()
    words: str = ""
    cases: tuple[tuple[str | None, str], ...] = ()
    again: Callable[[], object] | None = field(default=None, compare=False)


def found(question: Question, typed: str) -> list[tuple[Row, Pick]]:
    """List what fits what was typed: recent codes first, then the codebook in its order, then what can be made of it.

    A code fits where its name, or a word of it, begins with what was typed, whatever the case and accents.
    """
    by_key = {offer.key: offer for offer in question.offers}
    recent = [by_key[key] for key in question.recent if key in by_key]
    rest = [offer for offer in question.offers if offer.key not in question.recent]
    wanted = folded(typed.strip())
    fits = [(offer, _fit(offer, wanted)) for offer in (*recent, *rest)]
    chosen = sorted((pair for pair in fits if pair[1] is not None), key=lambda pair: pair[1] or 0)
    rows = [(Row(offer.key, offer.name, offer.path), Pick(offer.key)) for offer, _rank in chosen]
    return [*rows, *_to_make(question, typed)]


def _fit(offer: Offer, wanted: str) -> int | None:
    name = folded(offer.name)
    if name.startswith(wanted):
        return 0
    return 1 if any(f"{sign}{wanted}" in name for sign in (" ", "-", "/", "(")) else None


def _to_make(question: Question, typed: str) -> Iterator[tuple[Row, Pick]]:
    name = " ".join(typed.split())
    names = {folded(offer.name) for offer in question.offers}
    if name and folded(name) not in names:
        yield Row("+", f"New code “{name}”", icon="plus"), Pick(name=name)
    above, sign, below = (part.strip() for part in name.partition("/"))
    under = next((offer for offer in question.offers if folded(offer.name) == folded(above)), None)
    if sign and below and under is not None:
        yield Row("+/", f"New code “{below}”", f"under {under.name}", "plus"), Pick(name=below, parent=under.key)
    if question.words and not name:
        yield Row("=", f"In vivo: “{question.words}”", "Shift+F4", "quote"), Pick(name=question.words)


class CodePicker(ListOverlay):
    """A card at the selected words; typing narrows the codes, Enter takes one, Escape leaves the words as they were."""

    def __init__(self, editor: QPlainTextEdit, chosen: Callable[[Pick], object]) -> None:
        super().__init__("Choose a code", "Code", "Codes that fit", whole_of(editor), width=WIDTH, most=_MOST)
        self._editor = editor
        self._chosen = chosen
        self._question = Question("", ())
        self._picks: dict[str, Pick] = {}  # by row
        self._title = ElidedLabel("", SMALL, ink="muted", parent=self.card)
        self._painter = CodeDelegate(self.view)
        self.view.setItemDelegate(self._painter)
        self._about = QWidget(self.card)
        self._keys = TextLabel(_KEYS, SMALL, ink="faint", parent=self.card)
        self._keys.setContentsMargins(SPACE[3], SPACE[0], SPACE[3], 0)
        self.case = ChoiceField("What the coding is about", parent=self._about)
        self._lay_out()

    def _lay_out(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.setEnabled(False)  # the card stands at the words, not in the middle
        head = QHBoxLayout()
        head.setContentsMargins(SPACE[3], SPACE[1], SPACE[3], 0)
        head.addWidget(self._title, 1)
        about = QHBoxLayout(self._about)
        about.setContentsMargins(SPACE[3], 0, SPACE[2], 0)
        about.addWidget(TextLabel("About", SMALL, ink="muted", parent=self._about))
        about.addWidget(self.case, 1)
        self.column.insertLayout(0, head)
        self.column.addWidget(self._about)
        self.column.addWidget(self._keys)

    def ask(self, question: Question, typed: str = "") -> None:
        """Ask for a code; `typed` are letters that were typed already, or still came to the notes."""
        typed = self.line.text() + typed if self.isVisible() else typed
        self._question = question
        self._title.setText(question.title)
        self._painter.show_codes(question.offers, question.recent)
        self.case.set_choices(question.cases)
        self.case.set_value(question.cases[0][0] if question.cases else None)
        self._about.setVisible(len(question.cases) > 1)
        self.line.setText(typed)
        self._narrow(typed)
        if not self.isVisible():
            self.open(self.line)
        self._place()

    def stops(self) -> Sequence[QWidget]:
        """Go from the letters to what the coding is about, and back."""
        return (self.line, self.case)

    def rows(self, words: str) -> list[Row]:
        """List the codes that fit, and what can be made of what was typed."""
        fits = found(self._question, words)
        self._picks = {row.key: pick for row, pick in fits}
        return [row for row, _pick in fits]

    def take(self, key: str) -> None:
        """Tell what was picked."""
        self._tell(self._picks[key])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the codes by pages too, and take one by its number."""
        key, held = event.key(), event.modifiers()
        step = _PAGES.get(Qt.Key(key))
        if step is not None:
            self._mark(min(max(self.view.currentIndex().row() + step, 0), len(self._picks) - 1))
        elif held & Qt.KeyboardModifier.ControlModifier and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self._take_recent(key - Qt.Key.Key_1)
        elif key == Qt.Key.Key_F4 and held & Qt.KeyboardModifier.ShiftModifier:
            if self._question.words:
                self._end(Pick(name=self._question.words))
        elif key == Qt.Key.Key_F4 and self._question.again is not None:
            self._question.again()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint no veil: the words stay in sight."""

    def _take_recent(self, place: int) -> None:
        key = self._question.recent[place] if place < len(self._question.recent) else ""
        if any(offer.key == key for offer in self._question.offers):
            self._end(Pick(key))

    def _end(self, pick: Pick) -> None:
        self.close_up()
        self._tell(pick)

    def _tell(self, pick: Pick) -> None:
        case = self.case.value()
        usual = not self._question.cases or case == self._question.cases[0][0]
        self._chosen(pick if usual else Pick(pick.code, pick.name, pick.parent, None if case is None else str(case)))

    def _place(self) -> None:
        """Stand under the words, or above them where there is no room."""
        viewport = self._editor.viewport()
        cursor = self._editor.cursorRect()
        corner = viewport.mapTo(self.host, cursor.bottomLeft() + QPoint(-SPACE[3], SPACE[0]))
        if corner.y() + self.card.height() > self.height() - SPACE[1]:
            above = viewport.mapTo(self.host, cursor.topLeft()).y() - self.card.height() - SPACE[0]
            corner.setY(max(above, SPACE[1]))
        corner.setX(max(SPACE[1], min(corner.x(), self.width() - self.card.width() - SPACE[1])))
        self.card.move(corner)


class CodeDelegate(RowDelegate):
    """Paints a code's colour before its name, and the number of a recent one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._colours: Mapping[str, str] = {}
        self._numbers: Mapping[str, str] = {}

    def show_codes(self, offers: Sequence[Offer], recent: Sequence[str]) -> None:
        """Learn the colours and numbers of codes."""
        self._colours = {offer.key: offer.colour for offer in offers}
        self._numbers = {key: str(place) for place, key in enumerate(recent, 1)}

    def paint_lead(self, painter: QPainter, row: Row, where: QRectF) -> float:
        """Paint number and colour before the name."""
        left = where.left() + SPACE[2]
        number = self._numbers.get(row.key, "")
        if number:
            painter.setFont(theme().font(SMALL))
            painter.setPen(theme().colour("text_faint"))
            painter.drawText(QRectF(left, where.top(), 10, where.height()), int(Qt.AlignmentFlag.AlignVCenter), number)
        swatch = QRectF(left + 16, where.center().y() - SWATCH / 2, SWATCH, SWATCH)
        if row.icon:
            paint_icon(painter, row.icon, theme().palette.text_faint, swatch.adjusted(-3, -3, 3, 3))
        else:
            paint_swatch(painter, self._colours.get(row.key, ""), swatch)
        return left + _LEFT
