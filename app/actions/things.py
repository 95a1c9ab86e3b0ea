"""Add, change, remove and move the things a study holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.actions.ballots import refuse_for_another
from app.actions.errors import RefusedError
from app.model.assessment import Answer
from app.model.kinds import BY_TABLE, BY_TYPE

if TYPE_CHECKING:
    from app.actions.unit import Unit
    from app.model.base import Thing

_NAMES = ("name", "title", "pseudonym", "question", "text", "words", "key")
_LABEL = 60


def add(unit: Unit, thing: Thing) -> str:
    """Write a new thing, at the end of its list.

    Raises:
        RefusedError: the study has one that is told apart by the same fields, or a value can't be kept.
    """
    kind = BY_TYPE[type(thing)]
    _refuse_rubrics(kind.table)
    _refuse_another(unit, thing)
    if unit.find(thing) is not None:
        raise RefusedError(f"The study has that {kind.word} already.")
    refuse_loop(unit, kind.table, unit.add(thing))
    return f"Add {kind.word}{_name(thing)}"


def change(unit: Unit, thing: Thing) -> str:
    """Bring a thing to be as `thing` says; it is found by its key, or by what tells its kind apart.

    Raises:
        NotFoundError: the study no longer has it.
        RefusedError: a value can't be kept.
    """
    kind = BY_TYPE[type(thing)]
    _refuse_rubrics(kind.table)
    _refuse_another(unit, thing)
    refuse_loop(unit, kind.table, unit.change(thing))
    return f"Change {kind.word}{_name(thing)}"


def remove(unit: Unit, table: str, key: str) -> str:
    """Remove a thing by its key, and with it what can't stand without it; undo brings all of it back.

    Raises:
        NotFoundError: the study no longer has it.
    """
    _refuse_rubrics(table)
    row_id = unit.id_of(table, key)
    row = unit.row(table, row_id)
    unit.delete(table, row_id)
    more = sum(change.after is None for change in unit.changes) - 1
    name = next((row[field] for field in _NAMES if row.get(field)), key)
    return f"Remove {BY_TABLE[table].word} {short(str(name))}" + (f" and {more} rows that rest on it" if more else "")


def remove_thing(unit: Unit, thing: Thing) -> str:
    """Remove a thing that has no key, found by what tells its kind apart.

    Raises:
        RefusedError: the study no longer has it.
    """
    kind = BY_TYPE[type(thing)]
    _refuse_another(unit, thing)
    row_id = unit.find(thing)
    if row_id is None:
        raise RefusedError(f"The study no longer has that {kind.word}.")
    unit.delete(kind.table, row_id)
    return f"Remove {kind.word}{_name(thing)}"


def move(unit: Unit, table: str, key: str, index: int) -> str:
    """Move a thing to another place in its list.

    Args:
        unit: the work.
        table: the kind.
        key: of the thing.
        index: the place it is to have, from 0; the end when it is larger.

    Raises:
        NotFoundError: the study no longer has it.
    """
    moved = unit.id_of(table, key)
    order = [row["id"] for row in unit.rows(table) if row["id"] != moved]
    order.insert(max(index, 0), moved)
    for position, row_id in enumerate(order, 1):
        unit.update(table, row_id, {"position": float(position)})
    return f"Move {BY_TABLE[table].word} {key}"


def _refuse_rubrics(table: str) -> None:
    if table == "rubrics":
        raise RefusedError(
            "A study keeps the rubrics it has as they are, since its answers are answers to those: "
            "add another version beside one, or remove it whole."
        )


def _refuse_another(unit: Unit, thing: Thing) -> None:
    if isinstance(thing, Answer):
        refuse_for_another(unit, thing)


def refuse_loop(unit: Unit, table: str, row_id: str | None) -> None:
    """Refuse a code that stands, over however many others, under itself."""
    seen = set()
    while table == "codes" and row_id is not None:
        if row_id in seen:
            raise RefusedError("A code can't stand under itself.")
        seen.add(row_id)
        row_id = unit.row("codes", row_id)["parent_id"]


def _name(thing: Thing) -> str:
    found = next((getattr(thing, field) for field in _NAMES if getattr(thing, field, "")), "")
    return f" {short(found)}" if found else ""


def short(text: str) -> str:
    """Cut what names a thing to what a label has room for."""
    return text if len(text) <= _LABEL else f"{text[: _LABEL - 1]}…"
