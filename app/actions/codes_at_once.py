"""Do to several codes or codings in one step what `codebook` and `coding` do to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.actions.codebook import add_code, move_code
from app.actions.coding import Place, put_on, recode, uncode
from app.actions.errors import RefusedError
from app.analysis.codebook import named
from app.analysis.todo import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.actions.unit import Unit
    from app.model.evidence import Code

_LAST = 1_000_000  # a place after all others
Pair = tuple[str, str]  # passage and code


def add_code_at(unit: Unit, code: Code, index: int) -> str:
    """Add a code at a place among those it stands beside.

    Raises:
        NotFoundError: what it stands under, or is tied to, is not there.
        RefusedError: that key is taken, a code beside it has that name, or a value can't be kept.
    """
    label = add_code(unit, code)
    move_code(unit, code.key, code.parent, index)
    return label


def move_codes(unit: Unit, codes: Sequence[str], parent: str | None, index: int) -> str:
    """Move codes, with those under them, to follow each other at a place.

    Args:
        unit: the work.
        codes: keys, in the order they are to stand in.
        parent: key of the code they are to stand under; None for the top.
        index: the place of the first among those that stay, from 0; they come last when it is larger.

    Raises:
        NotFoundError: the study no longer has one of them.
        RefusedError: there is none, one would stand under itself, or beside a code of its name.
    """
    if not codes:
        raise RefusedError("Choose a code to move.")
    for code in codes:
        label = move_code(unit, code, parent, _LAST)  # out of the way of those that stay, which the place counts
    for place, code in enumerate(codes):
        move_code(unit, code, parent, min(index + place, _LAST))
    return label if len(codes) == 1 else f"Move {len(codes)} codes"


def put_on_all(unit: Unit, passages: Sequence[str], code: str) -> str:
    """Put a code on passages as whoever is working.

    Raises:
        NotFoundError: there is no such passage or code.
        RefusedError: nobody said who is working.
    """
    label = put_on(unit, Place(source="", passages=tuple(passages)), code)
    return label if len(passages) == 1 else f"{label}: {len(passages)} passages"


def uncode_all(unit: Unit, pairs: Sequence[Pair]) -> str:
    """Take codes off passages as whoever put them on; a passage that nothing is left on goes with it.

    Args:
        unit: the work.
        pairs: each a passage and a code, by their keys.

    Raises:
        NotFoundError: whoever is working did not put one of them on.
        RefusedError: there is none.
    """
    if not pairs:
        raise RefusedError("None of these codes was put on by whoever is working now.")
    for passage, code in pairs:
        label = uncode(unit, passage, code)
    return label if len(pairs) == 1 else f"Take codes off {_passages(pairs)}"


def recode_all(unit: Unit, pairs: Sequence[Pair], new: str) -> str:
    """Put another code in the place of those that whoever is working put on; memos and cases go over to it.

    Args:
        unit: the work.
        pairs: each a passage and the code that goes, by their keys.
        new: key of the code that comes.

    Raises:
        NotFoundError: they did not put one of them on, or there is no such code.
        RefusedError: there is none.
    """
    if not pairs:
        raise RefusedError("None of these codes was put on by whoever is working now.")
    for passage, code in pairs:
        label = recode(unit, passage, code, new)
    name = unit.row("codes", unit.id_of("codes", new))["name"]
    return label if len(pairs) == 1 else f"Recode {_passages(pairs)} to {named(name)}"


def _passages(pairs: Sequence[Pair]) -> str:
    return count(len({passage for passage, _code in pairs}), "passage", "passages")
