"""The list of passages beside a criterion: what changed in their words, their reference and note written in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QRect, Qt, Signal

from ui.assess.rationale import RationaleEdit
from ui.history.pieces import Layouts
from ui.notebook.cards import KEY, Card, CardDelegate, CardModel, CardView
from ui.notebook.wrapping import wrapped
from ui.theme import SMALL, SPACE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from app.analysis.differences import Piece
    from ui.notebook.cards import Index

PASSAGE: Final = "application/x-fieldquill-passage"
"""What is dragged from the list: a passage, by its key alone."""

LINES: Final = {"reference": 1, "note": 3}
_FEET: Final = 6  # lines of a reference or a note


@dataclass(frozen=True)
class LinkedCard(Card):
    """A passage that an answer rests on.

    `pieces` tell how its words differ from those it was linked for, empty where they don't. The first `warns` feet are
    warnings. `own` is whether it can be changed, `reference` and `note` are what is written in place.
    """

    pieces: tuple[Piece, ...] = ()
    warns: int = 0
    own: bool = False
    reference: str = ""
    note: str = ""


@dataclass(frozen=True)
class OfferedCard(Card):
    """A passage that an answer could rest on; it can be dragged to a criterion. `passage` is its key."""

    passage: str = ""


class EvidenceModel(CardModel):
    """Cards of which those offered can be dragged."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let offered cards be dragged."""
        drag = Qt.ItemFlag.ItemIsDragEnabled
        offered = isinstance(self.cards[index.row()], OfferedCard)
        return super().flags(index) | drag if offered else super().flags(index)

    def mimeTypes(self) -> list[str]:
        """Name what is dragged."""
        return [PASSAGE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Give what is dragged: the key of a passage, none of its words."""
        made = QMimeData()
        cards = (self.cards[index.row()] for index in indexes)
        for card in cards:
            if isinstance(card, OfferedCard):
                made.setData(PASSAGE, card.passage.encode())
        return made

    def supportedDragActions(self) -> Qt.DropAction:
        """Link, leaving the passage where it is."""
        return Qt.DropAction.LinkAction | Qt.DropAction.CopyAction


class EvidenceDelegate(CardDelegate):
    """Paints cards; `editing` is the card with room for an editor at its foot, `room` how high that is in px."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.editing = ""
        self.room = 0
        self._layouts = Layouts()

    def height(self, card: Card, width: int) -> int:
        """Measure a card, with the editor in it."""
        return super().height(card, width) + (self.room + SPACE[1] if card.key == self.editing else 0)

    def text_height(self, card: Card, width: int) -> float:
        """Measure a card's words, those struck out too."""
        pieces = _pieces(card)
        return self._layouts.height(pieces, width) if pieces else super().text_height(card, width)

    def paint_text(self, painter: QPainter, card: Card, left: float, top: float, width: int) -> float:
        """Paint a card's words; where they have changed, what was removed and what was added."""
        if pieces := _pieces(card):
            return self._layouts.paint(painter, pieces, left, top, width)
        return super().paint_text(painter, card, left, top, width)

    def feet(self, card: Card, width: int) -> Iterator[tuple[str, ...]]:
        """Break a card's feet into lines; a reference and a note are given in full."""
        if not isinstance(card, LinkedCard):
            return super().feet(card, width)
        return (wrapped(foot, SMALL, "regular", width, _FEET) for foot in card.feet)

    def foot_ink(self, card: Card, place: int) -> str:
        """Set warnings off."""
        warns = isinstance(card, LinkedCard) and place < card.warns
        return "warning" if warns else super().foot_ink(card, place)

    def editor_place(self, card: QRect) -> QRect:
        """Tell where the editor is at the foot of its card."""
        top = card.bottom() - self.room - SPACE[0]
        return QRect(card.left() + SPACE[3] - 5, top, card.width() - SPACE[3] - SPACE[2] + 5, self.room)


class EvidenceCards(CardView):
    """The list; Enter, Escape and leaving keep what was written in place."""

    written = Signal(str, str, str)  # key of the card, "reference" or "note", the text
    _editor: RationaleEdit | None = None  # of the class: Qt lays out before the constructor is through
    _what = ""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setDragEnabled(True)
        self.selectionModel().currentChanged.connect(self._moved)
        self.verticalScrollBar().valueChanged.connect(self._place_editor)

    def model_of_cards(self) -> CardModel:
        """Make a model of cards to drag."""
        return EvidenceModel(self)

    def delegate(self) -> CardDelegate:
        """Make what paints changed words."""
        self.painter = EvidenceDelegate(self)
        return self.painter

    @property
    def editor(self) -> RationaleEdit | None:
        """The editor of a reference or a note, while it is open."""
        return self._editor

    def card(self, key: str) -> Card | None:
        """Give a card by its key."""
        place = self.cards.place(key)
        return self.cards.cards[place] if place >= 0 else None

    def write(self, key: str, what: str, hint: str, text: str | None = None) -> None:
        """Write the "reference" or the "note" of a card in place; `text` is what could not be kept the last time."""
        self.close_editor()
        card = self.card(key)
        if not isinstance(card, LinkedCard) or not card.own:
            return
        self.set_current(key)
        self._what = what
        self.painter.editing, self.painter.room = key, RationaleEdit.height_for(LINES[what])
        first = card.reference if what == "reference" else card.note
        self._editor = RationaleEdit(what.capitalize(), first, self.viewport())
        if text is not None:
            self._editor.setPlainText(text)
        self._editor.setPlaceholderText(hint)
        if LINES[what] == 1:
            self._editor.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._editor.done.connect(self._finish)
        self._relay()
        self.scrollTo(self.currentIndex())
        self._place_editor()
        self._editor.show()
        self._editor.setFocus()

    def close_editor(self) -> None:
        """Keep what was written, and close the editor."""
        if self._editor is not None:
            self._finish(agreed=False, back=False)

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show other cards; an editor whose card has gone goes with it."""
        super().show_cards(cards)
        if self.cards.place(self.painter.editing) < 0:
            self.close_editor()

    def doItemsLayout(self) -> None:
        """Keep the editor where its card is."""
        super().doItemsLayout()
        self._place_editor()

    def _finish(self, agreed: bool, back: bool) -> None:  # noqa: ARG002, FBT001 - as the signal hands them over
        editor, self._editor = self._editor, None
        if editor is None:
            return
        key, self.painter.editing = self.painter.editing, ""
        text = " ".join(editor.toPlainText().split()) if self._what == "reference" else editor.toPlainText().strip()
        if back or editor.hasFocus():
            self.setFocus()
        editor.hide()
        editor.deleteLater()
        self._relay()
        card = self.card(key)
        if isinstance(card, LinkedCard) and text != (card.reference if self._what == "reference" else card.note):
            self.written.emit(key, self._what, text)

    def _relay(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.executeDelayedItemsLayout()
        self.viewport().update()

    def _place_editor(self) -> None:
        place = self.cards.place(self.painter.editing)
        if self._editor is not None and place >= 0:
            self._editor.setGeometry(self.painter.editor_place(self.visualRect(self.cards.index(place))))

    def _moved(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid() and str(index.data(KEY)) != self.painter.editing:
            self.close_editor()


def _pieces(card: Card) -> tuple[Piece, ...]:
    return card.pieces if isinstance(card, LinkedCard) else ()
