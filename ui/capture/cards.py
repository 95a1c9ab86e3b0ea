"""Cards for what stands beside the notes while they are taken: the guide's questions, and what is still to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.analysis.still_to_ask import ItemKind, ItemState, still_to_ask
from ui.notebook.cards import Card, Spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import timedelta

    from app.analysis.still_to_ask import GuideLine, Item
    from app.model.document import StudyDocument
    from app.model.source import Source

NUMBERED = 9  # items that have a key of their own
_BACK = Spot("back", icon="undo-2", hint="Not asked after all (Del)")
_MARKS = {ItemState.OPEN: "○", ItemState.ASKED: "◑", ItemState.ANSWERED: "●", ItemState.WITHHELD: "\u2013"}


def guide_cards(lines: Sequence[GuideLine], gone: timedelta) -> Iterator[Card]:
    """List the guide's questions by principle: asked or not, answered or not, and the minutes set aside for each.

    Args:
        lines: the questions, with what became of each.
        gone: how long the interview has been going on.
    """
    principle = None
    for number, line in enumerate(lines, 1):
        if line.principle != principle:
            principle = line.principle
            yield Card(f"head-{number}", principle or "Without a principle")
        yield _guide_card(number, line, gone)


def _guide_card(number: int, line: GuideLine, gone: timedelta) -> Card:
    state = ItemState.ANSWERED if line.answered else ItemState.ASKED if line.asked else ItemState.OPEN
    words = {ItemState.OPEN: "", ItemState.ASKED: "asked", ItemState.ANSWERED: "answered"}[state]
    late = state is ItemState.OPEN and line.minutes and gone.total_seconds() > line.until * 60
    budget = f"{line.minutes} min" if line.minutes else ""
    head = " · ".join(filter(None, (f"{_MARKS[state]} {number}", words, budget, "late" if late else "")))
    ink = "text" if state is ItemState.OPEN else "text_muted"
    spots = (_BACK,) if line.asked else ()
    return Card(line.question.key, head, line.question.text, spots=spots, ink=ink, most=6)


def ask_cards(document: StudyDocument, source: Source) -> tuple[tuple[Card, Item], ...]:
    """List what is still to ask, numbered as the keys are that put each question."""
    found, number = [], 0
    for item in still_to_ask(document, source.key):
        number += item.state is ItemState.OPEN
        found.append((_ask_card(item, number), item))
    return tuple(found)


def _ask_card(item: Item, number: int) -> Card:
    open_ = item.state is ItemState.OPEN
    key = f"{number}" if open_ and number <= NUMBERED else ""
    state = "" if open_ else item.state.value
    origin = "Follow-up" if item.kind is ItemKind.FOLLOW_UP else item.principle
    head = " · ".join(filter(None, (f"{_MARKS[item.state]} {key}".strip(), state, origin)))
    feet = (item.why,) if item.why else ()
    return Card(_key(item), head, item.question, feet, ink="text" if open_ else "text_muted", most=5)


def _key(item: Item) -> str:
    return f"{item.kind}/{item.rubric}/{item.key}"
