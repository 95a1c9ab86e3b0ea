"""Bring codings, and what two coders did and agreed, along when codes are merged or one is split."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.actions.audit import Row
    from app.actions.unit import Unit


def merge(unit: Unit, into: str, code: str) -> None:
    """Put one code, by its id, in place of another wherever that stands.

    What two coders agreed did not apply is let go where the other code stands on the line: it would hide that one.
    """
    _merge_resolutions(unit, into, code)
    for row in unit.rows("coded", code_id=code):
        _move(unit, "coded", row, into, ("double_coding_id", "coder_id", "entry_id"))
    standing = {_who_and_where(row): row for row in unit.rows("codings", code_id=into)}
    for row in unit.rows("codings", code_id=code):
        there = standing.get(_who_and_where(row))
        if there is None:
            unit.update("codings", row["id"], {"code_id": into})
        else:
            unit.delete("codings", row["id"])
            unit.update("codings", there["id"], {"memo": joined(there["memo"], row["memo"])})


def split(unit: Unit, code: str, new: str, codings: Collection[Row]) -> None:
    """Let what two coders did follow codings that have just gone from one code to another.

    Where the old code is still on the line, through another passage, what was done stands for both.
    """
    moved = {(row["assessor_id"], entry) for row in codings for entry in _lines(unit, row["passage_id"])}
    for row in unit.rows("coded", code_id=code):
        if (row["coder_id"], row["entry_id"]) in moved:
            _follow(unit, "coded", row, new, stays=row["coder_id"] in _coders(unit, code, row["entry_id"]))
    lines = {entry for _, entry in moved}
    for row in unit.rows("resolutions", code_id=code):
        if row["entry_id"] in lines:
            _follow(unit, "resolutions", row, new, stays=bool(_coders(unit, code, row["entry_id"])))


def joined(one: str, other: str) -> str:
    """Join two memos, or reasons; what says the same is said once."""
    parts = [part for part in (one, other) if part.strip()]
    return "\n\n".join(dict.fromkeys(parts))


def _who_and_where(row: Row) -> tuple[str, str]:
    return row["passage_id"], row["assessor_id"]


def _merge_resolutions(unit: Unit, into: str, code: str) -> None:
    places = ("double_coding_id", "entry_id")
    standing = {tuple(row[name] for name in places): row for row in unit.rows("resolutions", code_id=into)}
    for row in unit.rows("resolutions", code_id=code):
        there = standing.pop(tuple(row[name] for name in places), None)
        if there is not None:
            agreed = {"applies": there["applies"] or row["applies"], "reason": joined(there["reason"], row["reason"])}
            unit.delete("resolutions", row["id"])
            unit.update("resolutions", there["id"], agreed)
        elif not row["applies"] and _coders(unit, into, row["entry_id"]):
            unit.delete("resolutions", row["id"])
        else:
            unit.update("resolutions", row["id"], {"code_id": into})
    for row in standing.values():
        if not row["applies"] and _coders(unit, code, row["entry_id"]):
            unit.delete("resolutions", row["id"])


def _move(unit: Unit, table: str, row: Row, code: str, places: Collection[str]) -> None:
    """Let a row be of another code, or go where there is one like it."""
    if unit.rows(table, code_id=code, **{name: row[name] for name in places}):
        unit.delete(table, row["id"])
    else:
        unit.update(table, row["id"], {"code_id": code})


def _follow(unit: Unit, table: str, row: Row, code: str, *, stays: bool) -> None:
    """Let a row be of another code; or of both, where it stays."""
    if not stays:
        unit.update(table, row["id"], {"code_id": code})
        return
    beside = unit.rows(table, double_coding_id=row["double_coding_id"])
    made = unit.made_id(table, f"{row['id']}/{code}")
    unit.insert(table, {**row, "id": made, "code_id": code, "position": beside[-1]["position"] + 1})


def _lines(unit: Unit, passage_id: str) -> set[str]:
    return {span["entry_id"] for span in unit.rows("spans", passage_id=passage_id)}


def _coders(unit: Unit, code: str, entry_id: str) -> set[str]:
    """Name who has put a code on a line, by ids."""
    passages = {span["passage_id"] for span in unit.rows("spans", entry_id=entry_id)}
    return {
        row["assessor_id"] for passage in passages for row in unit.rows("codings", passage_id=passage, code_id=code)
    }
