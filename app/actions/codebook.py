"""Keep the codebook: add, rename, move, merge, split and delete codes, each with what becomes of their codings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from app.actions import recoding
from app.actions.errors import RefusedError
from app.actions.keys import free_key, slug
from app.actions.things import refuse_loop
from app.actions.values import checked
from app.analysis.code_tree import from_the_top
from app.analysis.codebook import method_codes, named, on_one_line, same_name
from app.analysis.todo import count
from app.model.assessment import Factor
from app.model.evidence import Code
from app.rubric.load import decode_frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from app.actions.audit import Row
    from app.actions.unit import Unit

_TEXTS = ("definition", "use_when", "avoid_when")
_ROOM = 1024.0  # between two codes, where one is put before all others or after them


# One code


def add_code(unit: Unit, code: Code) -> str:
    """Add a code, after all others it stands beside.

    Raises:
        NotFoundError: what it stands under, or is tied to, is not there.
        RefusedError: that key is taken, a code beside it has that name, or a value can't be kept.
    """
    _add(unit, code)
    return f"Add code {named(code.name)}"


def change_code(unit: Unit, code: Code) -> str:
    """Bring a code to be as `code` says: its name, texts and colour, what it is tied to, what it stands under.

    Raises:
        NotFoundError: the study no longer has it, or what it is tied to.
        RefusedError: a code beside it has that name, it would stand under itself, or a value can't be kept.
    """
    row = _row(unit, code.key)
    code = replace(code, name=on_one_line(code.name))
    parent = code.parent and unit.id_of("codes", code.parent)
    if (parent, code.name) != (row["parent_id"], row["name"]):
        _refuse_namesake(unit, code.name, parent, but=row["id"])
    unit.change(code)
    refuse_loop(unit, "codes", row["id"])
    return f"Change code {named(row['name'])}"


def rename_code(unit: Unit, key: str, name: str) -> str:
    """Give a code another name; its key stays.

    Raises:
        NotFoundError: the study no longer has it.
        RefusedError: the name can't be kept, or a code beside it has it.
    """
    row = _row(unit, key)
    name = checked(Code(key=key, name=on_one_line(name))).name
    _refuse_namesake(unit, name, row["parent_id"], but=row["id"])
    unit.update("codes", row["id"], {"name": name})
    return f"Rename code {named(row['name'])}: {named(name)}"


def move_code(unit: Unit, key: str, parent: str | None, index: int) -> str:
    """Move a code, with those under it, to another place.

    Args:
        unit: the work.
        key: of the code.
        parent: key of the code it is to stand under; None for the top.
        index: its place among those it then stands beside, from 0; the last one when it is larger.

    Raises:
        NotFoundError: the study no longer has one of the two.
        RefusedError: it would stand under itself, or beside a code of its name.
    """
    row = _row(unit, key)
    above = parent and unit.id_of("codes", parent)
    if above != row["parent_id"]:
        _refuse_namesake(unit, row["name"], above, but=row["id"])
        unit.update("codes", row["id"], {"parent_id": above})
        refuse_loop(unit, "codes", row["id"])
    others = [each for each in unit.rows("codes") if each["id"] != row["id"]]
    beside = [place for place, each in enumerate(others) if each["parent_id"] == above]
    if beside:
        _put(unit, row["id"], others, beside[max(index, 0)] if index < len(beside) else beside[-1] + 1)
    return f"Move code {named(row['name'])}"


def namesake(unit: Unit, name: str, parent_id: str | None, but: str = "") -> Row | None:
    """Find the code of a name under another, by that one's id, or at the top; None where it is `but`, or not there."""
    codes = (row for row in unit.rows("codes") if row["parent_id"] == parent_id and row["id"] != but)
    return next((row for row in codes if same_name(row["name"]) == same_name(name)), None)


# Several


def merge_codes(unit: Unit, into: str, others: Sequence[str]) -> str:
    """Let codes be one: what they are on gets `into`, and what stands under them comes under it.

    Where somebody had put both on a passage one coding stays, about what that of `into` is about, with both memos. A
    code coming under `into` merges with the one of its name there. Texts that `into` lacks come from the others.

    Raises:
        NotFoundError: the study no longer has one of them.
        RefusedError: there is nothing to merge, or `into` would stand beside a code of its name.
    """
    target = _row(unit, into)
    merged = [_row(unit, key) for key in dict.fromkeys(others) if key != into]
    if not merged:
        raise RefusedError("Choose two codes or more to merge.")
    for row in sorted(merged, key=lambda each: -_depth(unit, each)):
        _merge(unit, target["id"], row["id"])
    what = named(merged[0]["name"]) if len(merged) == 1 else f"{len(merged)} codes"
    return f"Merge {what} into {named(target['name'])}"


def split_code(unit: Unit, code: str, new: Code, passages: Sequence[str]) -> str:
    """Put a new code on some passages in place of another, whoever had put that on.

    Args:
        unit: the work.
        code: key of the code that is on them.
        new: the code to make of these.
        passages: keys.

    Raises:
        NotFoundError: the code or a passage is not there, or what the new code is tied to.
        RefusedError: none of the passages has the code, or the new code can't stand where it is to.
    """
    row = _row(unit, code)
    if len(passages) > 1:
        unit.know("passages")
    chosen = {unit.id_of("passages", passage) for passage in passages}
    codings = [each for each in unit.rows("codings", code_id=row["id"]) if each["passage_id"] in chosen]
    if not codings:
        raise RefusedError(f"Choose passages that have the code {named(row['name'])}.")
    made = _add(unit, new)
    unit.update_all("codings", codings, {"code_id": made})
    recoding.split(unit, row["id"], made)
    return f"Split {named(row['name'])}: {named(new.name)}"


def delete_code(unit: Unit, key: str, children: Literal["up", "with"] = "up") -> str:
    """Take a code off all passages and out of the codebook; the passages stay.

    Args:
        unit: the work.
        key: of the code.
        children: whether the codes under it go "up" into its place, or "with" it.

    Raises:
        NotFoundError: the study no longer has it.
        RefusedError: a code that goes up would stand beside one of its name.
    """
    row = _row(unit, key)
    below = [each for each in unit.rows("codes") if each["parent_id"] == row["id"]]
    if children == "with":
        _delete_tree(unit, row["id"])
        return f"Delete code {named(row['name'])}" + (" and what is under it" if below else "")
    for child in reversed(below):
        _refuse_namesake(unit, child["name"], row["parent_id"], but=row["id"])
        unit.update("codes", child["id"], {"parent_id": row["parent_id"]})
        _put_after(unit, child["id"], row["id"])
    unit.delete("codes", row["id"])
    return f"Delete code {named(row['name'])}"


# Many at once


def start_codebook(unit: Unit) -> str:
    """Add the codes that the method starts with, tied to the study's principles and factors; what is there stays."""
    rubrics = [decode_frozen(row["text"], row["key"]) for row in unit.rows("rubrics")]
    factors = [unit.value_of(Factor, row) for row in unit.rows("factors")]
    return take_in_codes(unit, method_codes(rubrics, factors), "Start codebook")


def take_in_codes(unit: Unit, codes: Iterable[Code], what: str = "Import codebook") -> str:
    """Add codes made elsewhere, all or none; one that is there, by its name and those above it, gets what it lacks.

    Args:
        unit: the work.
        codes: whose parents are among them.
        what: is done, for the label.

    Raises:
        NotFoundError: one is tied to a principle or a factor that the study has not.
        RefusedError: one stands under itself, or under one that is not among them; or a value can't be kept.
    """
    given = list(codes)
    ordered = from_the_top(given)
    if len(ordered) < len(given) or len({code.key for code in given}) < len(given):
        raise RefusedError("These codes make no tree: one stands under itself, or under one that is not among them.")
    there = unit.rows("codes")
    standing = {(row["parent_id"], same_name(row["name"])): row for row in there}
    keys, ids = {row["key"] for row in there}, {row["id"] for row in there}
    rows: dict[str, Row] = {}  # in the study, by the keys given
    made = 0
    for code in ordered:
        above = rows[code.parent] if code.parent else None
        code_here = replace(code, name=on_one_line(code.name), parent=above and above["key"])
        place = (above and above["id"], same_name(code.name))
        if place in standing:
            _fill(unit, standing[place], code_here)
        else:
            standing[place] = unit.row("codes", _add_as_free(unit, code_here, keys, ids))
            made += 1
        rows[code.key] = standing[place]
    return f"{what}: {count(made, 'code', 'codes')}"


def _add_as_free(unit: Unit, code: Code, keys: set[str], ids: Collection[str]) -> str:
    """Write a new code that has its own key and identity where no other has them; returns its id."""
    key = free_key(slug(code.name), keys) if code.key in keys else code.key
    keys.add(key)
    return unit.add(replace(code, key=key, id=None if str(code.id) in ids else code.id))


def _fill(unit: Unit, row: Row, code: Code) -> None:
    """Give a code what it lacks and another has."""
    fresh = unit.row_of(checked(replace(code, key=row["key"])))
    lacking = [field for field in (*_TEXTS, "colour", "about", "factor_id") if not row[field]]
    if row["theme"] == "other":
        lacking.append("theme")
    if row["principle_id"] is None and row["rubric_id"] in {None, fresh["rubric_id"]}:
        lacking += ["rubric_id", "principle_id"]
    unit.update("codes", row["id"], {field: fresh[field] for field in lacking})


# Parts of the above


def _row(unit: Unit, key: str) -> Row:
    return unit.row("codes", unit.id_of("codes", key))


def _add(unit: Unit, code: Code) -> str:
    """Write a new code; returns its id."""
    code = replace(code, name=on_one_line(code.name))
    if unit.find(code) is not None:
        raise RefusedError("The study has that code already.")
    _refuse_namesake(unit, code.name, code.parent and unit.id_of("codes", code.parent))
    return unit.add(code)


def _refuse_namesake(unit: Unit, name: str, parent_id: str | None, but: str = "") -> None:
    """Refuse two codes of one name beside each other; `but` is the id of the one that may have it."""
    there = namesake(unit, name, parent_id, but)
    if there is not None:
        raise RefusedError(f"A code {named(there['name'])} stands there already: merge the two, or rename one.")


def _put(unit: Unit, row_id: str, others: Sequence[Row], at: int) -> None:
    """Give a code the place `at` among the others in the study's order; never the only code there is."""
    low = others[at - 1]["position"] if at else others[0]["position"] - _ROOM
    high = others[at]["position"] if at < len(others) else low + _ROOM
    middle = (low + high) / 2
    if low < middle < high:
        unit.update("codes", row_id, {"position": middle})
        return
    order = [each["id"] for each in others]  # halving has left no room between them
    order.insert(at, row_id)
    for position, each in enumerate(order, 1):
        unit.update("codes", each, {"position": float(position)})


def _put_after(unit: Unit, row_id: str, before_id: str) -> None:
    others = [each for each in unit.rows("codes") if each["id"] != row_id]
    _put(unit, row_id, others, [each["id"] for each in others].index(before_id) + 1)


def _depth(unit: Unit, row: Row) -> int:
    depth = 0
    while row["parent_id"] is not None:
        row = unit.row("codes", row["parent_id"])
        depth += 1
    return depth


def _delete_tree(unit: Unit, row_id: str) -> None:
    """Remove a code and all under it, from the bottom."""
    going, still = [row_id], [row_id]
    while still:
        still = [child["id"] for above in still for child in unit.rows("codes", parent_id=above)]
        going += still
    for each in reversed(going):
        unit.delete("codes", each)


def _merge(unit: Unit, into: str, row_id: str) -> None:
    """Bring everything of one code to another, and remove it."""
    _rise(unit, into, row_id)
    recoding.merge(unit, into, row_id)
    here = {same_name(row["name"]): row["id"] for row in unit.rows("codes", parent_id=into)}
    for child in unit.rows("codes", parent_id=row_id):
        there = here.get(same_name(child["name"]))
        if there is not None:
            _merge(unit, there, child["id"])
        else:
            unit.update("codes", child["id"], {"parent_id": into})
    row, target = unit.row("codes", row_id), unit.row("codes", into)
    unit.update("codes", into, {field: row[field] for field in _TEXTS if not target[field]})
    unit.delete("codes", row_id)


def _rise(unit: Unit, into: str, row_id: str) -> None:
    """Let a code take the place of the one it stands under, which is about to merge into it."""
    target = above = unit.row("codes", into)
    while above["parent_id"] not in {None, row_id}:
        above = unit.row("codes", above["parent_id"])
    if above["parent_id"] is None:
        return
    place = unit.row("codes", row_id)["parent_id"]
    _refuse_namesake(unit, target["name"], place, but=row_id)
    unit.update("codes", into, {"parent_id": place})
