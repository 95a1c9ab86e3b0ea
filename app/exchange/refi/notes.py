"""The notes of a project: memos that codings, codes, selections and sources refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.exchange.refi.names import identity

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable

    from lxml.etree import _Element


class Notes:
    """Notes by their GUIDs; each is read when something refers to it.

    Args:
        root: the project.
        text_of: reads the text of a note, and whether it had a mark of byte order.
        carried: counts what goes along.
    """

    def __init__(
        self, root: _Element, text_of: Callable[[_Element], tuple[str, bool] | None], carried: Counter[str]
    ) -> None:
        self._notes = {identity(note.get("guid")): note for note in root.iterfind("Notes/Note")}
        self._text_of = text_of
        self._carried = carried
        self._read: dict[str, str] = {}

    def of(self, element: _Element) -> str:
        """Give what the notes that an element refers to say; they go along with it."""
        found = []
        for reference in element.iterfind("NoteRef"):
            guid = identity(reference.get("targetGUID"))
            if guid not in self._read and guid in self._notes:
                text = self._text(self._notes[guid])
                if text is not None:
                    self._read[guid] = text
                    self._carried["Note"] += 1
            if guid in self._read:
                self._carried["NoteRef"] += 1
                found.append(self._read[guid])
        return "\n\n".join(filter(None, found))

    def _text(self, note: _Element) -> str | None:
        """Read a note; one without a text is what its description says. None where its text is not in the archive."""
        found = self._text_of(note)
        description = note.findtext("Description")
        if found is None and description is None:
            return None
        self._carried["Description"] += description is not None
        parts = (found[0] if found else "", description or "")
        return "\n\n".join(part for part in (text.replace("\r\n", "\n").strip() for text in parts) if part)
