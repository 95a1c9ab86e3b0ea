"""The GUIDs a study's things are exchanged by: their ids, each used once in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from app.model.kinds import BY_TABLE

if TYPE_CHECKING:
    from app.model.base import Thing
    from app.model.document import StudyDocument


class Guids:
    """Gives things their GUIDs, the same ones for the same study."""

    def __init__(self, document: StudyDocument) -> None:
        self._study = document.study.id
        self._used: set[UUID] = set()
        self._known: dict[tuple[str, str], UUID] = {}

    def of(self, table: str, thing: Thing) -> UUID:
        """Give a thing's GUID: its id, or one made from what tells it apart as when a document is brought in."""
        natural = "/".join(str(getattr(thing, field)) for field in BY_TABLE[table].natural)
        if (table, natural) not in self._known:
            wish = thing.id or uuid5(self._study, f"{table}/{natural}")
            self._known[table, natural] = self.free(wish)
        return self._known[table, natural]

    def free(self, wish: UUID) -> UUID:
        """Give `wish`, or where something else has it, another made from it."""
        while wish in self._used:
            wish = uuid5(wish, "again")
        self._used.add(wish)
        return wish
