"""Bring codings, and what two coders did and agreed, along when codes are merged or one is split."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from app.actions.audit import Row
    from app.actions.unit import Unit


def merge(unit: Unit, into: str, code: str) -> None:
    """Put one code, by its id, in place of another wherever that stands.

    What two coders agreed did not apply is let go where the other code stands on the line: it would hide that one.
    """
    _merge_resolutions(unit, into, code)
    twice = _moved(unit, "coded", into, code, ("double_coding_id", "coder_id", "entry_id"))
    unit.delete_all("coded", [row for row, _there in twice])
    for row, there in _moved(unit, "codings", into, code, ("passage_id", "assessor_id")):
        unit.delete("codings", row["id"])
        unit.update("codings", there["id"], {"memo": joined(there["memo"], row["memo"])})


def split(unit: Unit, code: str, new: str) -> None:
    """Let what two coders did follow codings that have just gone from one code to another, which had none before.

    Where the old code is still on the line, through another passage, what was done stands for both.
    """
    went, stayed = _put_on(unit, new), _put_on(unit, code)
    coded = [row for row in unit.rows("coded", code_id=code) if (row["coder_id"], row["entry_id"]) in went]
    _follow(unit, "coded", coded, new, lambda row: (row["coder_id"], row["entry_id"]) in stayed)
    lines, kept = _lines(went), _lines(stayed)
    agreed = [row for row in unit.rows("resolutions", code_id=code) if row["entry_id"] in lines]
    _follow(unit, "resolutions", agreed, new, lambda row: row["entry_id"] in kept)


def joined(one: str, other: str) -> str:
    """Join two memos, or reasons; what says the same is said once."""
    parts = [part for part in (one, other) if part.strip()]
    return "\n\n".join(dict.fromkeys(parts))


def _merge_resolutions(unit: Unit, into: str, code: str) -> None:
    places = ("double_coding_id", "entry_id")
    lines, others = _lines(_put_on(unit, into)), _lines(_put_on(unit, code))
    standing = {tuple(row[name] for name in places): row for row in unit.rows("resolutions", code_id=into)}
    for row in unit.rows("resolutions", code_id=code):
        there = standing.pop(tuple(row[name] for name in places), None)
        if there is not None:
            agreed = {"applies": there["applies"] or row["applies"], "reason": joined(there["reason"], row["reason"])}
            unit.delete("resolutions", row["id"])
            unit.update("resolutions", there["id"], agreed)
        elif not row["applies"] and row["entry_id"] in lines:
            unit.delete("resolutions", row["id"])
        else:
            unit.update("resolutions", row["id"], {"code_id": into})
    for row in standing.values():
        if not row["applies"] and row["entry_id"] in others:
            unit.delete("resolutions", row["id"])


def _moved(unit: Unit, table: str, into: str, code: str, places: Collection[str]) -> list[tuple[Row, Row]]:
    """Let rows be of another code; gives those that one like them stands beside, which can't be, each with that one."""
    standing = {tuple(row[name] for name in places): row for row in unit.rows(table, code_id=into)}
    rows = [(row, standing.get(tuple(row[name] for name in places))) for row in unit.rows(table, code_id=code)]
    unit.update_all(table, (row for row, there in rows if there is None), {"code_id": into})
    return [(row, there) for row, there in rows if there is not None]


def _follow(unit: Unit, table: str, rows: Collection[Row], code: str, stays: Callable[[Row], bool]) -> None:
    """Let rows be of another code; or of both, where they stay."""
    unit.update_all(table, (row for row in rows if not stays(row)), {"code_id": code})
    for row in filter(stays, rows):
        made = unit.made_id(table, f"{row['id']}/{code}")
        unit.insert(table, {**row, "id": made, "code_id": code, "position": unit.last_position(table) + 1})


def _put_on(unit: Unit, code: str) -> set[tuple[str, str]]:
    """Tell who has put a code on which lines, by ids."""
    from sqlalchemy import select

    from app.actions.unit import TABLES

    codings, spans = TABLES["codings"], TABLES["spans"]
    query = (
        select(codings.c.assessor_id, spans.c.entry_id)
        .join(spans, spans.c.passage_id == codings.c.passage_id)
        .where(codings.c.code_id == code)
    )
    return {(coder, entry) for coder, entry in unit.connection.execute(query)}


def _lines(places: Collection[tuple[str, str]]) -> set[str]:
    return {entry for _coder, entry in places}
