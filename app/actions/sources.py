"""Change the head of a source: when it was, with whom, about what; its notes are no part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.actions.errors import RefusedError
from app.actions.values import checked
from app.model.kinds import BY_TABLE
from app.model.source import SourceStatus

if TYPE_CHECKING:
    from app.actions.audit import Row
    from app.actions.unit import Unit
    from app.model.source import Source

_HEAD = [part for part in BY_TABLE["sources"].parts if part.field in {"participants", "assessors", "cases"}]


def change_head(unit: Unit, source: Source) -> str:
    """Bring all of a source but its notes to be as `source` says; lines of somebody left out lose their speaker.

    Raises:
        NotFoundError: it is no longer there.
        RefusedError: a value can't be kept; or finished notes would be opened, or lose who spoke.
    """
    source = checked(source)
    before = unit.row("sources", unit.id_of("sources", source.key))
    _refuse_unsealing(before, source)
    unit.update("sources", before["id"], unit.row_of(source))
    if before["status"] == "finished":
        _refuse_silencing(unit, before, source)
    for part in _HEAD:
        unit.write_part(part, before, getattr(source, part.field))
    return f"Change {BY_TABLE['sources'].word} {source.title[:60]}"


def _refuse_unsealing(before: Row, source: Source) -> None:
    """Finishing has an action of its own, and nothing takes it back but undo."""
    if before["status"] == "finished" and source.status is not SourceStatus.FINISHED:
        raise RefusedError("These notes are finished: they are changed for a reason, and not opened again.")
    if before["status"] != "finished" and source.status is SourceStatus.FINISHED:
        raise RefusedError("Notes are finished by themselves, and not with what stands above them.")


def _refuse_silencing(unit: Unit, before: Row, source: Source) -> None:
    people = {unit.id_of("participants", key) for key in source.participants}
    lines = [*unit.rows("entries", source_id=before["id"]), *unit.rows("originals", source_id=before["id"])]
    if any(line["speaker_id"] and line["speaker_id"] not in people for line in lines):
        raise RefusedError("Somebody left out speaks in notes that are finished.")
