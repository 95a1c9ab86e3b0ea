"""Decide rows of two note-takers' notes in one step, beginning to reconcile them where nobody has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.actions.errors import RefusedError
from app.actions.reconcile import begin, decide, has_begun
from app.model.clusters import cut_at_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.actions.reconcile import How
    from app.actions.unit import Unit

_LABEL = 40


def decide_rows(
    unit: Unit,
    source: str,
    between: tuple[str, str],
    rows: Sequence[tuple[str | None, str | None]],
    how: How | str,
    text: str | None = None,
    *,
    reason: str = "",
) -> str:
    """Say what becomes of some rows of two note-takers' lines, the same of each.

    Where reconciling has not begun, it begins with it: see `begin`. All of it is one step of undo.

    Args:
        unit: the work.
        source: its key.
        between: the two note-takers, left and right.
        rows: keys of the lines side by side, left and right; None where there is none. Before reconciling has begun,
            the keys that `app.analysis.side_by_side` gives them.
        how: what becomes of them, as for `decide`.
        text: what is agreed, where `how` is to edit.
        reason: why notes are changed that were finished.

    Raises:
        NotFoundError: the source, or a line, is no longer there.
        RefusedError: there are no rows, or `begin` or `decide` refuses.
    """
    if not rows:
        raise RefusedError("There is no line to decide.")
    owner = unit.row("sources", unit.id_of("sources", source))
    lines = unit.rows("originals", source_id=owner["id"])
    if not has_begun(lines):
        begin(unit, source, between[0])
    for left, right in rows:
        decide(unit, source, left, right, how, text, beside=between[0 if left is None else 1], reason=reason)
    count = "a line" if len(rows) == 1 else f"{len(rows)} lines"
    return f"Reconcile {count} of {cut_at_word(owner['title'], _LABEL)}"
