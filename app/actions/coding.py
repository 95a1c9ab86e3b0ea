"""Code notes: put codes on words, lines and passages, change and take them off, and move the ends of passages."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal
from uuid import UUID

import msgspec
from msgspec import Struct

from app.actions.codebook import add_code, namesake
from app.actions.double_coding import leave_unseen
from app.actions.errors import NotFoundError, RefusedError
from app.actions.evidence import put_code, words_at
from app.actions.keys import free_key, next_key, slug
from app.actions.links import lying, pin_words, spoken
from app.actions.recoding import joined
from app.analysis.codebook import named
from app.analysis.word_ends import moved
from app.model.clusters import cut_at_word
from app.model.evidence import About, Code, Coding, Passage, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from app.actions.audit import Row
    from app.actions.unit import Unit
    from app.analysis.word_ends import End

USUAL: Literal[""] = ""  # as a case: the one that `usual_case` finds
_NAME = 60  # characters of a code that is named by the words it is on


class Place(Struct, frozen=True):
    """What a code is put on: stretches of a source's lines, each a passage of its own, and passages that are there.

    A stretch that is `whole` is the line it is in, wherever its ends are said to be.
    """

    source: str
    spans: tuple[Span, ...] = ()
    passages: tuple[str, ...] = ()


def usual_case(about: str | None, line: str | None, cases: Collection[str]) -> str | None:
    """Choose the case a coding is about unless somebody says otherwise; None is the organisation.

    Args:
        about: what the code is put on passages about (`About`), None for either.
        line: the case that the line is about, where it says so.
        cases: the cases of the source.
    """
    if about == About.ORGANISATION:
        return None
    return line or (next(iter(cases)) if len(cases) == 1 else None)


def put_on(unit: Unit, place: Place, code: str, case: str | None = USUAL, memo: str = "") -> str:
    """Put a code on words, lines or passages as whoever is working; a passage of just these words is used again.

    Finished notes can be coded: that changes none of their words.

    Args:
        unit: the work.
        place: what it is put on.
        code: its key.
        case: what the coding is about; None is the organisation, `USUAL` what `usual_case` finds, or what it was
            about where the code is on already.
        memo: a remark on it.

    Raises:
        NotFoundError: there is no such line, passage, code or case.
        RefusedError: nobody said who is working, or a stretch has no words.
    """
    row = unit.row("codes", unit.id_of("codes", code))
    for passage in _passages(unit, place):
        _put(unit, passage, row, case, memo)
    return f"Code with {named(row['name'])}"


def put_new_on(unit: Unit, place: Place, name: str, parent: str | None = None, case: str | None = USUAL) -> str:
    """Make a code and put it on words, lines or passages; a code of that name and parent is used again.

    Raises:
        NotFoundError: there is no such line, passage, parent or case.
        RefusedError: nobody said who is working, a stretch has no words, or the name can't be kept.
    """
    return put_on(unit, place, _code_named(unit, name, parent), case)


def name_from(words: str) -> str:
    """Make the name of a code from the words it is put on, cut to a sensible length."""
    return cut_at_word(words, _NAME)


def code_line(unit: Unit, owner: Row, line: Row, codes: Iterable[str]) -> None:
    """Put codes on a whole line, through the passage that is all of it; one is made where there is none.

    Raises:
        RefusedError: nobody said who is working, or the line has no words.
        NotFoundError: there is no such code.
    """
    for code in codes:
        put_on(unit, Place(owner["key"], (Span(entry=line["key"], start=0, end=1, whole=True),)), code)


def recode(unit: Unit, passage: str, old: str, new: str) -> str:
    """Put another code in the place of one that whoever is working put on; memo and case go over to it.

    Where that one is on already, both memos are kept.

    Raises:
        NotFoundError: they did not put it on, or there is no other code of that key.
    """
    coding = _own(unit, passage, old)
    row = unit.row("codes", unit.id_of("codes", new))
    if old != new:
        unit.delete("codings", str(coding.id))
        standing = _standing(unit, passage, new)
        memo = joined(standing.memo if standing else "", coding.memo)
        _put(unit, passage, row, None if row["about"] == About.ORGANISATION else coding.case, memo)
    return f"Recode to {named(row['name'])}"


def recode_to_new(unit: Unit, passage: str, old: str, name: str, parent: str | None = None) -> str:
    """Make a code and put it in the place of one that whoever is working put on; one of that name is used again.

    Raises:
        NotFoundError: they did not put it on, or there is no such parent.
        RefusedError: the name can't be kept.
    """
    return recode(unit, passage, old, _code_named(unit, name, parent))


def uncode(unit: Unit, passage: str, code: str) -> str:
    """Take a code off a passage as whoever put it on; a passage that nothing is left on goes with it.

    Raises:
        NotFoundError: whoever is working did not put it on.
    """
    coding = _own(unit, passage, code)
    name = unit.row("codes", unit.id_of("codes", code))["name"]
    unit.delete("codings", str(coding.id))
    passage_id = unit.id_of("passages", passage)
    if not any(unit.rows(table, passage_id=passage_id) for table in ("codings", "evidence")):
        unit.delete("passages", passage_id)
    return f"Take {named(name)} off"


def set_memo(unit: Unit, passage: str, code: str, memo: str) -> str:
    """Write the memo of a coding of one's own.

    Raises:
        NotFoundError: whoever is working did not put that code on.
    """
    unit.change(msgspec.structs.replace(_own(unit, passage, code), memo=memo.strip()))
    return "Write a memo"


def set_case(unit: Unit, passage: str, code: str, case: str | None) -> str:
    """Say which case a coding of one's own is about; None is the organisation.

    Raises:
        NotFoundError: whoever is working did not put that code on, or there is no such case.
    """
    unit.change(msgspec.structs.replace(_own(unit, passage, code), case=case))
    return "Change what a coding is about"


def resize_passage(unit: Unit, passage: str, which: End, step: int) -> str:
    """Move an end of a passage by a word within its line; links made before keep the words they were made for.

    What a coder put on who must stay unseen stays where it is.

    Args:
        unit: the work.
        passage: its key.
        which: the end that moves: the start of its first stretch, or the end of its last.
        step: 1 moves it towards the end of the line, -1 towards its start.

    Raises:
        NotFoundError: there is no such passage.
        RefusedError: it has no words in the notes any more, that end can go no further, or it would get too long.
    """
    row = unit.row("passages", unit.id_of("passages", passage))
    leave_unseen(unit, row)
    spans = lying(unit, row["id"])
    if not spans:
        raise RefusedError("That passage is no longer in the notes: attach it to some words first.")
    span, line = spans[0 if which == "start" else -1]
    place = moved(line["text"], span["start"], span["end"], which, step)
    if place is None:
        raise RefusedError("The passage can't be moved further: it lies within its line, and keeps a word.")
    pin_words(unit, row["id"])
    unit.update("spans", span["id"], {"start": place[0], "end": place[1], "whole": 0})
    unit.require_sound_spans(row["id"])
    words = spoken(unit, row["id"])
    unit.update("passages", row["id"], {"words": words})
    return f"{_resizing(which, step)} passage {named(words)}"


def _resizing(which: End, step: int) -> str:
    return "Extend" if (which == "end") == (step > 0) else "Shrink"


def _passages(unit: Unit, place: Place) -> list[str]:
    """Name the passages of a place; those that are not there yet are marked."""
    return [*(_passage_on(unit, place.source, span) for span in place.spans), *place.passages]


def _passage_on(unit: Unit, source: str, span: Span) -> str:
    if span.whole:
        line = unit.row("entries", unit.id_of("entries", span.entry))
        if not line["text"].strip():
            raise RefusedError("A line without words can't be coded.")
        span = msgspec.structs.replace(span, start=0, end=len(line["text"]))
    words = words_at(unit, source, span.entry, span.start, span.end)
    found = _lying_on(unit, span)
    if found is None:
        found = next_key(unit, "passages", source, "-p")
        unit.add(Passage(key=found, source=source, words=words, spans=(span,)))
    return found


def _lying_on(unit: Unit, span: Span) -> str | None:
    """Find a passage that is just this stretch; a line as a whole is only what was marked as that."""
    for row in unit.rows("spans", entry_id=unit.id_of("entries", span.entry)):
        alike = (row["start"], row["end"]) == (span.start, span.end) and bool(row["whole"]) >= span.whole
        if alike and len(unit.rows("spans", passage_id=row["passage_id"])) == 1:
            return str(unit.row("passages", row["passage_id"])["key"])
    return None


def _put(unit: Unit, passage: str, code: Row, case: str | None, memo: str) -> None:
    if not unit.who:
        raise RefusedError("A code is put on by somebody: say who is working.")
    standing = _standing(unit, passage, code["key"])
    if case == USUAL:
        case = standing.case if standing else _usual(unit, passage, code)
    put_code(unit, passage, code["key"], unit.who, case, memo or (standing.memo if standing else ""))


def _usual(unit: Unit, passage: str, code: Row) -> str | None:
    row = unit.row("passages", unit.id_of("passages", passage))
    lines = [line["case_id"] for _span, line in lying(unit, row["id"])[:1]]
    cases = [link["case_id"] for link in unit.rows("source_cases", source_id=row["source_id"])]
    found = usual_case(code["about"], next(iter(lines), None), cases)
    return found and str(unit.row("cases", found)["key"])


def _own(unit: Unit, passage: str, code: str) -> Coding:
    """Read a coding that whoever is working made."""
    standing = _standing(unit, passage, code) if unit.who else None
    if standing is None:
        raise NotFoundError("That code was not put on by whoever is working now: only they can change it.")
    return standing


def _standing(unit: Unit, passage: str, code: str) -> Coding | None:
    """Read the coding of whoever is working; None where there is none."""
    place = Coding(passage=passage, code=code, assessor=unit.who)
    row_id = unit.find(place)
    if row_id is None:
        return None
    row = unit.row("codings", row_id)
    case = row["case_id"] and unit.row("cases", row["case_id"])["key"]
    made_at = row["made_at"] and msgspec.convert(row["made_at"], datetime)
    return msgspec.structs.replace(place, id=UUID(row_id), case=case, memo=row["memo"], made_at=made_at)


def _code_named(unit: Unit, name: str, parent: str | None) -> str:
    """Find a code by its name and what it stands under, or make it."""
    under = unit.id_of("codes", parent) if parent else None
    there = namesake(unit, name, under)
    if there is not None:
        return str(there["key"])
    key = free_key(slug(name), unit.keys("codes"))
    add_code(unit, Code(key=key, name=name, parent=parent))
    return key
