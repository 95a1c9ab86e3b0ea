"""Put passages where an edit of the notes has taken their words, and codes on whole lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.actions.errors import NotFoundError, RefusedError
from app.actions.evidence import put_code
from app.actions.keys import numbered
from app.model.evidence import Passage, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.actions.audit import Row
    from app.actions.unit import Unit
    from app.model.shifting import Mark

_Place = tuple[str, str]  # passage id, entry id


def put_marks(unit: Unit, owner: Row, marks: Mapping[str, tuple[Mark, ...]]) -> None:
    """Bring the passages in some lines to lie where `marks` says, and nowhere else in these lines.

    Args:
        unit: the work.
        owner: the source's row.
        marks: by the id of each line.

    Raises:
        NotFoundError: a passage is no longer there, or is of another source.
        RefusedError: a mark lies outside its line, or over another of its passage.
    """
    wanted: dict[_Place, list[Mark]] = {}
    for entry, found in marks.items():
        for mark in found:
            wanted.setdefault((_passage(unit, owner, mark.passage), entry), []).append(mark)
    standing: dict[_Place, list[Row]] = {}
    for entry in marks:
        for span in unit.rows("spans", entry_id=entry):
            standing.setdefault((span["passage_id"], entry), []).append(span)
    for place in standing.keys() - wanted.keys():
        _put(unit, owner, place, standing[place], [])
    for place, lying in wanted.items():
        _put(unit, owner, place, standing.get(place, []), lying)
    for passage in {passage for passage, _ in wanted}:
        unit.require_sound_spans(passage)


def _passage(unit: Unit, owner: Row, key: str) -> str:
    row = unit.row("passages", unit.id_of("passages", key))
    if row["source_id"] != owner["id"]:
        raise NotFoundError("The source has no such passage.")
    return str(row["id"])


def _put(unit: Unit, owner: Row, place: _Place, spans: list[Row], marks: list[Mark]) -> None:
    """Bring the spans of one passage in one line to be as `marks` says, touching only what differs."""
    new = [{"start": mark.start, "end": mark.end, "whole": int(mark.whole)} for mark in marks]
    if [{name: span[name] for name in ("start", "end", "whole")} for span in _in_order(spans)] == _in_order(new):
        return
    if len(spans) == len(new) == 1:
        unit.update("spans", spans[0]["id"], new[0])
        return
    for span in spans:
        unit.delete("spans", span["id"])
    passage, entry = place
    last = max((float(span["position"]) for span in unit.rows("spans", passage_id=passage)), default=0.0)
    fixed = {"passage_id": passage, "source_id": owner["id"], "entry_id": entry}
    for number, row in enumerate(_in_order(new), 1):
        made = unit.made_id("spans", f"{passage}/{entry}/{row['start']}")
        unit.insert("spans", {**fixed, **row, "id": made, "position": last + number})


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: int(row["start"]))


def code_line(unit: Unit, owner: Row, line: Row, codes: Iterable[str]) -> None:
    """Put codes on a whole line, through the passage that is all of it; one is made where there is none.

    Raises:
        RefusedError: nobody said who is working, or the line has no words.
        NotFoundError: there is no such code.
    """
    if not unit.who:
        raise RefusedError("A code is put on by somebody: say who is working.")
    if not line["text"].strip():
        raise RefusedError("A line without words can't be coded.")
    found = next((span for span in unit.rows("spans", entry_id=line["id"]) if span["whole"]), None)
    passage = unit.row("passages", found["passage_id"])["key"] if found else _whole_passage(unit, owner, line)
    case = line["case_id"] and unit.row("cases", line["case_id"])["key"]
    for code in codes:
        put_code(unit, passage, code, unit.who, case)


def _whole_passage(unit: Unit, owner: Row, line: Row) -> str:
    key = numbered(owner["key"], "-p", unit.keys("passages"))
    span = Span(entry=line["key"], start=0, end=len(line["text"]), whole=True)
    unit.add(Passage(key=key, source=owner["key"], words=line["text"], spans=(span,)))
    return key
