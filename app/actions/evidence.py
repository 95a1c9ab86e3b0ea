"""Mark passages in notes, and put codes on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.actions.double_coding import leave_unseen
from app.actions.errors import NotFoundError, RefusedError
from app.actions.keys import next_key
from app.actions.links import pin_words
from app.model.evidence import Coding, Passage, Span

if TYPE_CHECKING:
    from app.actions.unit import Unit


def mark_passage(unit: Unit, source: str, entry: str, start: int, end: int) -> str:
    """Make a passage of one stretch of an entry.

    Args:
        unit: the work.
        source: key of the source.
        entry: key of one of its entries.
        start: first code point.
        end: one past the last.

    Raises:
        NotFoundError: the source has no such entry.
        RefusedError: the stretch is empty, or not within the entry's text.
    """
    words = words_at(unit, source, entry, start, end)
    key = next_key(unit, "passages", source, "-p")
    unit.add(Passage(key=key, source=source, words=words, spans=(Span(entry=entry, start=start, end=end),)))
    return f"Mark a passage in {entry}"


def attach_passage(unit: Unit, passage: str, entry: str, start: int, end: int) -> str:
    """Let a passage that lost its words lie on other words of its source; what rests on it goes on resting on it.

    Links keep the words they were made for, so that each is to be checked again. What a coder put on who must stay
    unseen stays without words.

    Args:
        unit: the work.
        passage: its key.
        entry: key of the line.
        start: first code point.
        end: one past the last.

    Raises:
        NotFoundError: the passage is not there, or its source has no such line.
        RefusedError: the passage still has words, or the stretch is empty or not within the line.
    """
    row = unit.row("passages", unit.id_of("passages", passage))
    if unit.rows("spans", passage_id=row["id"]):
        raise RefusedError("That passage still has its words.")
    leave_unseen(unit, row)
    source = unit.row("sources", row["source_id"])["key"]
    words = words_at(unit, source, entry, start, end)
    spans = (Span(entry=entry, start=start, end=end),)
    pin_words(unit, row["id"])
    unit.change(Passage(key=passage, source=source, words=words, spans=spans))
    return f"Attach passage {passage} to {entry}"


def words_at(unit: Unit, source: str, entry: str, start: int, end: int) -> str:
    """Read the words of a stretch of one line of a source.

    Raises:
        NotFoundError: the source has no such line.
        RefusedError: the stretch is empty, or not within the line.
    """
    row = unit.row("entries", unit.id_of("entries", entry))
    words = str(row["text"][start:end])
    if not 0 <= start < end <= len(row["text"]) or not words.strip():
        raise RefusedError("Select some words to mark as a passage.")
    if row["source_id"] != unit.id_of("sources", source):
        raise NotFoundError(f"{source} has no such line of notes.")
    return words


def put_code(unit: Unit, passage: str, code: str, assessor: str, case: str | None = None, memo: str = "") -> str:
    """Put a code on a passage; about one case, or about the organisation."""
    coding = Coding(passage=passage, code=code, assessor=assessor, case=case, memo=memo, made_at=unit.now)
    if unit.find(coding) is None:
        unit.add(coding)
    else:
        unit.change(coding)
    return f"Code {passage}: {code}"
