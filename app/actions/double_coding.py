"""Let two assessors code the same sources blind to each other, and agree afterwards where they differ."""

from __future__ import annotations

from itertools import chain
from itertools import count as counting
from typing import TYPE_CHECKING, Final

from app.actions.ballots import unseen_answers
from app.actions.errors import NotFoundError, RefusedError
from app.actions.keys import next_key
from app.actions.things import short
from app.actions.values import checked
from app.analysis.blind import unseen_of
from app.analysis.codebook import named
from app.analysis.todo import count
from app.model.evidence import Coded, DoubleCoding, Resolution
from app.model.kinds import BY_TABLE, Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.actions.audit import Row
    from app.actions.unit import Unit

_PARTS: Final[dict[str, Part]] = {part.field: part for part in BY_TABLE["double_codings"].parts}
_STAMPS: Final = ("first", "second")


def begin(unit: Unit, first: str, second: str, sources: Sequence[str]) -> str:
    """Let two assessors code sources, each without seeing what the other puts on, until both are done.

    What they put on these sources before counts, and is hidden from the other from now on.

    Args:
        unit: the work.
        first: key of an assessor.
        second: key of another.
        sources: keys.

    Raises:
        NotFoundError: there is no such assessor or source.
        RefusedError: it is one assessor twice, no source, or one that either of them codes blind already.
    """
    if first == second:
        raise RefusedError("A second coder is somebody else than the first.")
    key = next_key(unit, "double_codings", "dc", "-")
    chosen = _chosen(unit, (first, second), sources)
    unit.add(DoubleCoding(key=key, first=first, second=second, begun_at=unit.now, sources=chosen))
    return f"Let {_name(unit, first)} and {_name(unit, second)} code {count(len(chosen), 'source', 'sources')} blind"


def change_sources(unit: Unit, key: str, sources: Sequence[str]) -> str:
    """Let two coders code other sources, as long as neither is done.

    Raises:
        NotFoundError: there is no such double coding or source.
        RefusedError: a coder is done, no source is left, or one is coded blind elsewhere already.
    """
    row = _row(unit, key)
    if row["first_done_at"] or row["second_done_at"]:
        raise RefusedError("A coder is done: what the two code stays as it is.")
    chosen = _chosen(unit, tuple(_coders(unit, row)), sources, besides=row["id"])
    unit.write_part(_PARTS["sources"], row, chosen)
    return f"Let two code {count(len(chosen), 'source', 'sources')} blind"


def say_done(unit: Unit, key: str, assessor: str) -> str:
    """Say that one of two coders is done; what they have put on by now is what agreement is measured on.

    Raises:
        NotFoundError: there is no such double coding.
        RefusedError: it is somebody else who works, they are not one of the two, or said so before.
    """
    row = _row(unit, key)
    stamp = _stamp(unit, row, assessor)
    if row[stamp]:
        raise RefusedError("That coder has said so already.")
    for table in ("entries", "codes"):
        unit.know(table)
    unit.add_parts(_PARTS["coded"], row, _codes_of(unit, row, assessor), counting(_next(unit, "coded", row)))
    unit.update("double_codings", row["id"], {stamp: unit.now_text})
    return f"{_name(unit, assessor)} is done coding"


def take_back_done(unit: Unit, key: str, assessor: str) -> str:
    """Go on coding after all, as long as the other is not done: then nothing was seen yet.

    Raises:
        NotFoundError: there is no such double coding.
        RefusedError: it is somebody else who works, they are not one of the two or not done, or both are.
    """
    row = _row(unit, key)
    stamp = _stamp(unit, row, assessor)
    if not row[stamp]:
        raise RefusedError("That coder is not done.")
    if not _is_open(row):
        raise RefusedError("Both are done and have seen each other's codes: begin another double coding instead.")
    own = unit.id_of("assessors", assessor)
    unit.delete_all("coded", unit.rows("coded", double_coding_id=row["id"], coder_id=own))
    unit.update("double_codings", row["id"], {stamp: None})
    return f"{_name(unit, assessor)} goes on coding"


def resolve(unit: Unit, key: str, entry: str, code: str, *, applies: bool, reason: str) -> str:
    """Agree whether a code applies to a line that only one of two coders put it on; again for another decision.

    Nobody's coding is changed: what does not apply is left out wherever codings are shown.

    Args:
        unit: the work.
        key: of the double coding.
        entry: key of the line.
        code: key of the code.
        applies: what was agreed.
        reason: why.

    Raises:
        NotFoundError: there is no such double coding, line or code.
        RefusedError: a coder is not done, the two do not differ there, or there is no reason.
    """
    row = _row(unit, key)
    if _is_open(row):
        raise RefusedError("Both must be done before it can be agreed what applies.")
    if not reason.strip():
        raise RefusedError("Say why: the reason is kept with what was agreed.")
    at = _place(unit, row, entry, code)
    if len(unit.rows("coded", **at)) != 1:
        raise RefusedError("The two do not differ there, so there is nothing to agree on.")
    _take_back(unit, at)
    agreed = Resolution(
        entry=entry, code=code, applies=applies, reason=reason.strip(), by=unit.who or None, decided_at=unit.now
    )
    unit.add_part(_PARTS["resolutions"], row, checked(agreed), _next(unit, "resolutions", row))
    return f"Agree that {_code(unit, code)} {'applies' if applies else 'does not apply'}: {_line(unit, entry)}"


def unresolve(unit: Unit, key: str, entry: str, code: str) -> str:
    """Take back what was agreed on for a code on a line.

    Raises:
        NotFoundError: there is no such double coding, line or code, or nothing was agreed.
    """
    if not _take_back(unit, _place(unit, _row(unit, key), entry, code)):
        raise NotFoundError("Nothing was agreed on there.")
    return f"Take back what was agreed on {_code(unit, code)}: {_line(unit, entry)}"


def remove_double_coding(unit: Unit, key: str) -> str:
    """Forget that two coded the same sources, and what they agreed on; their codings stay as each put them on.

    Raises:
        NotFoundError: there is no such double coding.
    """
    row = _row(unit, key)
    first, second = (_name(unit, coder) for coder in _coders(unit, row))
    unit.delete("double_codings", row["id"])
    return f"Forget the double coding of {first} and {second}"


def remove_passage(unit: Unit, key: str) -> str:
    """Remove a passage with what rests on it, as far as whoever works sees it.

    What a coder put on who must stay unseen stays, and so does what a hidden answer rests on, and the passage with it;
    who removes it sees neither.

    Raises:
        NotFoundError: there is no such passage.
    """
    passage = unit.row("passages", unit.id_of("passages", key))
    unseen = _unseen(unit, passage["source_id"])
    codings = unit.rows("codings", passage_id=passage["id"])
    seen = [("codings", each) for each in codings if each["assessor_id"] not in unseen]
    links, hidden = unit.rows("evidence", passage_id=passage["id"]), unseen_answers(unit)
    seen += [("evidence", each) for each in links if each["answer_id"] not in hidden]
    if len(seen) == len(codings) + len(links):
        unit.delete("passages", passage["id"])
    else:
        for table, row in seen:
            unit.delete(table, row["id"])
    return f"Remove passage {short(passage['words'])}"


def leave_unseen(unit: Unit, passage: Row) -> None:
    """Put what a coder put on who must stay unseen on a passage of its own, before this one comes to lie elsewhere."""
    unseen = _unseen(unit, passage["source_id"])
    theirs = [each for each in unit.rows("codings", passage_id=passage["id"]) if each["assessor_id"] in unseen]
    if not theirs:
        return
    row_id = unit.made_id("passages", f"{passage['id']}/unseen")
    source = unit.row("sources", passage["source_id"])["key"]
    key = next_key(unit, "passages", source, "-p")
    unit.insert("passages", {**passage, "id": row_id, "key": key, "position": unit.last_position("passages") + 1})
    for span in unit.rows("spans", passage_id=passage["id"]):
        unit.insert("spans", {**span, "id": unit.made_id("spans", f"{row_id}/{span['id']}"), "passage_id": row_id})
    for coding in theirs:
        unit.update("codings", coding["id"], {"passage_id": row_id})


# Reading


def _row(unit: Unit, key: str) -> Row:
    return unit.row("double_codings", unit.id_of("double_codings", key))


def _name(unit: Unit, assessor: str) -> str:
    return str(unit.row("assessors", unit.id_of("assessors", assessor))["name"])


def _code(unit: Unit, code: str) -> str:
    return named(str(unit.row("codes", unit.id_of("codes", code))["name"]))


def _line(unit: Unit, entry: str) -> str:
    return short(str(unit.row("entries", unit.id_of("entries", entry))["text"]))


def _coders(unit: Unit, row: Row) -> Iterator[str]:
    """Give the keys of the two coders."""
    return (str(unit.row("assessors", row[f"{which}_id"])["key"]) for which in _STAMPS)


def _chosen(unit: Unit, coders: Iterable[str], sources: Sequence[str], besides: str = "") -> tuple[str, ...]:
    """Give each source once; refuse those that either coder codes blind elsewhere."""
    if not sources:
        raise RefusedError("Choose at least one source for the two to code.")
    own = {unit.id_of("assessors", coder) for coder in coders}
    chosen = tuple(dict.fromkeys(sources))
    wanted = {unit.id_of("sources", source) for source in chosen}
    for row in unit.rows("double_codings"):
        if row["id"] == besides or not _is_open(row) or own.isdisjoint({row["first_id"], row["second_id"]}):
            continue
        taken = {each["source_id"] for each in unit.rows("double_coding_sources", double_coding_id=row["id"])}
        if not wanted.isdisjoint(taken):
            raise RefusedError("One of the two codes one of these sources blind already: finish that first.")
    return chosen


def _is_open(row: Row) -> bool:
    return not (row["first_done_at"] and row["second_done_at"])


def _stamp(unit: Unit, row: Row, assessor: str) -> str:
    """Name the column that says when a coder was done; only they themselves say so."""
    if unit.who != assessor:
        raise RefusedError("Only a coder says of themselves that they are done: say who is working.")
    own = unit.id_of("assessors", assessor)
    for which in _STAMPS:
        if row[f"{which}_id"] == own:
            return f"{which}_done_at"
    raise RefusedError("Only the two who code can say that they are done.")


def _codes_of(unit: Unit, row: Row, assessor: str) -> Iterator[Coded]:
    """List each line with words, and each code of the coder's on it, as notes and codebook stand."""
    from sqlalchemy import select

    from app.actions.unit import TABLES

    shared, places, entries = (TABLES[name] for name in ("double_coding_sources", "spans", "entries"))
    codings, codes = TABLES["codings"], TABLES["codes"]
    query = (
        select(entries.c.key, codes.c.key, entries.c.text)
        .join(places, places.c.entry_id == entries.c.id)
        .join(codings, codings.c.passage_id == places.c.passage_id)
        .join(codes, codes.c.id == codings.c.code_id)
        .join(shared, shared.c.source_id == entries.c.source_id)
        .where(shared.c.double_coding_id == row["id"], codings.c.assessor_id == unit.id_of("assessors", assessor))
        .order_by(shared.c.position, entries.c.position, codes.c.position)
    )
    found = dict.fromkeys((entry, code) for entry, code, text in unit.connection.execute(query) if text.strip())
    return (Coded(coder=assessor, entry=entry, code=code) for entry, code in found)


def _next(unit: Unit, part: str, row: Row) -> int:
    """Give the place after the last in one of a double coding's lists."""
    return int(unit.last_position(part, double_coding_id=row["id"])) + 1


def _place(unit: Unit, row: Row, entry: str, code: str) -> dict[str, str]:
    """Say which rows are about a code on a line."""
    return {
        "double_coding_id": row["id"],
        "entry_id": unit.id_of("entries", entry),
        "code_id": unit.id_of("codes", code),
    }


def _take_back(unit: Unit, at: dict[str, str]) -> bool:
    """Remove what was agreed on for a code on a line; whether there was anything."""
    standing = unit.rows("resolutions", **at)
    unit.delete_all("resolutions", standing)
    return bool(standing)


def _unseen(unit: Unit, source: str) -> frozenset[str]:
    """Give the ids of the coders of whose work on a source whoever works must see nothing."""
    who = unit.id_of("assessors", unit.who) if unit.who else ""
    shared = unit.rows("double_coding_sources", source_id=source)
    rows = [unit.row("double_codings", each["double_coding_id"]) for each in shared]
    unseen = (unseen_of(row["first_id"], row["second_id"], who) for row in rows if _is_open(row))
    return frozenset(chain.from_iterable(unseen))
