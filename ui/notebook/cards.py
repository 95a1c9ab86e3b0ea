"""A list of cards, each a passage or question: where it stands, its words, what rests on it, what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QToolTip

from ui.notebook.wrapping import line_height, paint_lines, text_width, wrapped
from ui.theme import BODY, SMALL, SPACE, theme
from ui.theme.icons import paint_icon
from ui.widgets.things import row_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QFocusEvent, QHelpEvent, QMouseEvent, QPainter, QResizeEvent
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

Index = QModelIndex | QPersistentModelIndex
KEY = int(Qt.ItemDataRole.UserRole)
CARD = KEY + 1
_PAD, _ROOM = SPACE[3], SPACE[1]


@dataclass(frozen=True)
class Spot:
    """A place of a card that does something when it is clicked: an icon, a word, or both."""

    name: str
    words: str = ""
    icon: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Card:
    """One card; `head` alone, without `text`, is the heading of those under it.

    `spots` stand at the right of the head, `feet` are lines under the text, `choices` stand on a line of their own
    under the text. `ink` is the ink of the text.
    """

    key: str
    head: str
    text: str = ""
    feet: tuple[str, ...] = ()
    spots: tuple[Spot, ...] = ()
    choices: tuple[Spot, ...] = ()
    ink: str = "text"
    most: int = 4

    @property
    def heading(self) -> bool:
        """Whether it only heads those under it."""
        return not self.text

    @property
    def words(self) -> str:
        """All of it, for screen readers."""
        return ". ".join(filter(None, (self.head, self.text, *(spot.words for spot in self.choices), *self.feet)))


class CardModel(QAbstractListModel):
    """Cards for a list view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: tuple[Card, ...] = ()

    def show(self, cards: Sequence[Card]) -> None:
        """Show other cards; nothing moves where the keys are the same."""
        cards = tuple(cards)
        if cards == self.cards:
            return
        same = [card.key for card in cards] == [card.key for card in self.cards]
        if not same:
            self.beginResetModel()
        self.cards = cards
        if same:
            self.dataChanged.emit(self.index(0), self.index(len(cards) - 1))
        else:
            self.endResetModel()

    def place(self, key: str) -> int:
        """Find a card by its key; -1 where there is none."""
        return next((place for place, card in enumerate(self.cards) if card.key == key and not card.heading), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the cards."""
        return 0 if parent is not None and parent.isValid() else len(self.cards)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let headings be passed over."""
        if self.cards[index.row()].heading:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Give what a view or screen reader asks of a card."""
        card = self.cards[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return card.words
        return {KEY: card.key, CARD: card}.get(role)


class CardDelegate(QStyledItemDelegate):
    """Paints cards, and knows where their spots are."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its words need at the width of the list."""
        width = row_width(option)
        return QSize(width, self.height(index.data(CARD), width))

    def height(self, card: Card, width: int) -> int:
        """Measure a card."""
        small = line_height(SMALL)
        if card.heading:
            return round(small + 2 * _ROOM + SPACE[0])
        high = _ROOM + (small + 2 if card.head or card.spots else 0) + self.text_height(card, width - 2 * _PAD)
        high += (small + SPACE[0]) * bool(card.choices)
        high += sum(small * len(lines) for lines in self.feet(card, width - 2 * _PAD)) + 2 * bool(card.feet)
        return round(high + _ROOM)

    def text_height(self, card: Card, width: int) -> float:
        """Measure a card's text."""
        return len(self._text(card, width)) * line_height(BODY)

    def paint_text(self, painter: QPainter, card: Card, left: float, top: float, width: int) -> float:
        """Paint a card's text in the painter's pen; give where the next thing begins."""
        return paint_lines(painter, self._text(card, width), left, top, BODY, "regular")

    def feet(self, card: Card, width: int) -> Iterator[tuple[str, ...]]:
        """Break a card's feet into lines."""
        return (wrapped(foot, SMALL, "regular", width, 2) for foot in card.feet)

    def foot_ink(self, card: Card, place: int) -> str:  # noqa: ARG002 - for those with cards that differ
        """Choose the ink of one of a card's feet."""
        return "text_muted"

    def _text(self, card: Card, width: int) -> tuple[str, ...]:
        return wrapped(card.text, BODY, "regular", width, card.most)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one card."""
        card: Card = index.data(CARD)
        where = QRectF(option.rect)
        painter.save()
        if card.heading:
            self._paint_heading(painter, card, where)
        else:
            self._paint_ground(painter, where, option)
            self._paint_words(painter, card, where)
            shown = QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected
            self._paint_spots(painter, card, option.rect, all_=bool(option.state & shown))
        painter.restore()

    def _paint_heading(self, painter: QPainter, card: Card, where: QRectF) -> None:
        painter.setPen(theme().colour("text_muted"))
        top = where.bottom() - line_height(SMALL) - SPACE[0]
        head = wrapped(card.head, SMALL, "semibold", round(where.width()) - 2 * _PAD, 1)
        paint_lines(painter, head, where.left() + _PAD, top, SMALL, "semibold")

    def _paint_ground(self, painter: QPainter, where: QRectF, option: QStyleOptionViewItem) -> None:
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(where, theme().colour("accent_soft"))
            if state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRectF(where.left(), where.top(), 3, where.height()), theme().colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(where, theme().colour("hover"))
        painter.setPen(QPen(theme().colour("line")))
        painter.drawLine(where.bottomLeft(), where.bottomRight())

    def _paint_words(self, painter: QPainter, card: Card, where: QRectF) -> None:
        left, top, width = where.left() + _PAD, where.top() + _ROOM, round(where.width())
        if card.head or card.spots:
            painter.setPen(theme().colour("text_muted"))
            head = wrapped(card.head, SMALL, "medium", self.head_room(card, width), 1)
            top = paint_lines(painter, head, left, top, SMALL, "medium") + 2
        painter.setPen(theme().colour(card.ink))
        top = self.paint_text(painter, card, left, top, width - 2 * _PAD) + 2 * bool(card.feet)
        top += (line_height(SMALL) + SPACE[0]) * bool(card.choices)
        for place, lines in enumerate(self.feet(card, width - 2 * _PAD)):
            painter.setPen(theme().colour(self.foot_ink(card, place)))
            top = paint_lines(painter, lines, left, top, SMALL, "regular")

    def head_room(self, card: Card, width: int) -> int:
        """Tell how wide a card's head may be beside its spots, in px."""
        return round(width - 2 * _PAD - sum(_spot_width(spot) + SPACE[1] for spot in card.spots))

    def _paint_spots(self, painter: QPainter, card: Card, rect: QRect, *, all_: bool) -> None:
        """Paint what can be clicked; bare icons only on the card pointed at, so that a list of them stays quiet."""
        for spot, where in self.spots(card, rect):
            if not (all_ or spot.words):
                continue
            ink = "accent" if spot in card.choices or spot.words else "text_muted"
            left = where.left()
            if spot.icon:
                middle = where.center().y()
                paint_icon(painter, spot.icon, getattr(theme().palette, ink), QRectF(left, middle - 7, 14, 14))
                left += 14 + SPACE[0]
            if spot.words:
                painter.setPen(theme().colour(ink))
                paint_lines(painter, (spot.words,), left, where.top(), SMALL, "regular")

    def spots(self, card: Card, rect: QRect) -> Iterator[tuple[Spot, QRectF]]:
        """Tell where each spot of a card is."""
        high = line_height(SMALL)
        right = rect.right() + 1.0 - _PAD
        for spot in reversed(card.spots):
            wide = _spot_width(spot)
            yield spot, QRectF(right - wide, rect.top() + _ROOM, wide, high)
            right -= wide + SPACE[1]
        left = float(rect.left() + _PAD)
        top = rect.top() + _ROOM + (high + 2 if card.head or card.spots else 0)
        top += self.text_height(card, rect.width() - 2 * _PAD)
        for spot in card.choices:
            wide = _spot_width(spot)
            yield spot, QRectF(left, top + 2, wide, high)
            left += wide + SPACE[3]

    def spot_at(self, card: Card, rect: QRect, point: QPointF) -> Spot | None:
        """Find the spot under a point."""
        for spot, where in self.spots(card, rect):
            if where.adjusted(-4, -4, 4, 4).contains(point):
                return spot
        return None


class CardView(QListView):
    """A list of cards. Enter and click use a card, a click on a spot uses the spot."""

    used = Signal(str, str)  # key, name of the spot, "" for the card itself
    current = Signal(str)  # key of the card come to

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._telling = True
        self.cards = self.model_of_cards()
        self._painter = self.delegate()
        self.setModel(self.cards)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setStyleSheet("QListView { background: transparent; }")
        self.verticalScrollBar().setSingleStep(20)
        self.selectionModel().currentChanged.connect(self._came)
        theme().changed.connect(self.viewport().update)

    def model_of_cards(self) -> CardModel:
        """Make the model; for lists whose cards do more."""
        return CardModel(self)

    def delegate(self) -> CardDelegate:
        """Make what paints the cards; for lists whose cards show more."""
        return CardDelegate(self)

    def moveCursor(self, action: CardView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Find where a key leads to, past headings; nowhere else where only headings follow."""
        actions = self.CursorAction
        up = action in {actions.MoveUp, actions.MovePageUp, actions.MoveEnd, actions.MoveLeft, actions.MovePrevious}
        index = super().moveCursor(action, modifiers)
        while index.isValid() and index.data(CARD).heading:
            index = index.siblingAtRow(index.row() + (-1 if up else 1))
        return index if index.isValid() else self.currentIndex()

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show other cards; the current one stays current while it is there."""
        before, scroll = self.current_key(), self.verticalScrollBar().value()
        whole = self.viewport().rect().contains(self.visualRect(self.currentIndex()))
        self.cards.show(cards)
        self.scheduleDelayedItemsLayout()
        if before and self.current_key() != before:
            self.set_current(before, scroll=False)
            self.verticalScrollBar().setValue(scroll)
        if before and whole and self.current_key() == before:
            self.executeDelayedItemsLayout()
            self.scrollTo(self.currentIndex())  # it may have grown

    def show_listed(self, cards: Sequence[Card]) -> None:
        """Show other cards; the current one stays current, its neighbour is when it has gone."""
        before, at = self.current_key(), max(self.currentIndex().row(), 0)
        self.show_cards(cards)
        if self.cards.place(before) >= 0:
            self.set_current(before)
            return
        following = [card.key for card in cards[at:] if not card.heading]
        ahead = [card.key for card in cards[:at] if not card.heading]
        self.set_current(next(iter([*following, *reversed(ahead)]), ""))

    def current_key(self) -> str:
        """Key of the current card, "" for none."""
        index = self.currentIndex()
        return str(index.data(KEY)) if index.isValid() else ""

    def set_current(self, key: str, *, scroll: bool = True) -> None:
        """Make a card the current one; none where the key is not there."""
        index = self.cards.index(self.cards.place(key)) if self.cards.place(key) >= 0 else QModelIndex()
        if index == self.currentIndex():
            self._select_current()
            return
        self._telling = False
        self.setCurrentIndex(index)
        self._telling = True
        if scroll and index.isValid():
            self.scrollTo(index)

    def _select_current(self) -> None:
        """Show which card is current: Qt makes the first one current, but does not select it, when the focus comes."""
        index = self.currentIndex()
        if index.isValid() and not self.selectionModel().isSelected(index):
            self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which card the keys are about."""
        super().focusInEvent(event)
        self._select_current()

    def height_at(self, width: int) -> int:
        """Tell how high all cards are at a width, in px."""
        return sum(self._painter.height(card, width) for card in self.cards.cards)

    def spot_point(self, key: str, name: str) -> QPointF:
        """Give the middle of a spot in the viewport, for whoever wants to click it."""
        index = self.cards.index(self.cards.place(key))
        found = self._painter.spots(index.data(CARD), self.visualRect(index))
        return next(where.center() for spot, where in found if spot.name == name)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Use what was clicked."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid() or index.data(CARD).heading:
            return
        spot = self._painter.spot_at(index.data(CARD), self.visualRect(index), event.position())
        self.used.emit(str(index.data(KEY)), spot.name if spot else "")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that spots can be clicked."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        over = index.isValid() and self._painter.spot_at(index.data(CARD), self.visualRect(index), event.position())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell what a spot does."""
        if event.type() == QEvent.Type.ToolTip:
            self._tell_spot(event)  # type: ignore[arg-type]
            return True
        return super().viewportEvent(event)

    def _tell_spot(self, event: QHelpEvent) -> None:
        index = self.indexAt(event.pos())
        card = index.data(CARD) if index.isValid() else None
        spot = self._painter.spot_at(card, self.visualRect(index), event.pos().toPointF()) if card else None
        QToolTip.showText(event.globalPos(), spot.hint if spot else "", self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the cards anew when the width changes; the current one stays in sight where there is less room."""
        seen = self.visualRect(self.currentIndex()).intersects(QRect(QPoint(0, 0), event.oldSize()))
        super().resizeEvent(event)
        if seen:
            self.scrollTo(self.currentIndex())
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def _came(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and self._telling:
            self.current.emit(str(current.data(KEY)))


def _spot_width(spot: Spot) -> float:
    words = text_width(spot.words, SMALL) if spot.words else 0.0
    return words + (14.0 if spot.icon else 0.0) + (SPACE[0] if spot.icon and spot.words else 0.0)
