"""Put passages where an edit of the notes has taken their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.actions.errors import NotFoundError

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
