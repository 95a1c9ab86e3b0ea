"""Two note-takers' lines side by side, also before reconciling begins, and which of them say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from app.actions.keys import numbered
from app.analysis.reconciling import begun, rows, usual_author
from app.analysis.still_to_ask import source_of
from app.model.source import Entry, Original

if TYPE_CHECKING:
    from app.analysis.reconciling import Reconciling, Row
    from app.model.document import StudyDocument
    from app.model.source import Source

_SHARED = tuple(set(Entry.__struct_fields__) & set(Original.__struct_fields__) - {"id", "key", "author"})


def side_by_side(document: StudyDocument, source_key: str, left_author: str, right_author: str) -> Reconciling:
    """Put the lines of two note-takers side by side; where reconciling has not begun, as they will stand once it has.

    Raises:
        KeyError: the study has no such source.
    """
    source = source_of(document, source_key)
    if not begun(source):
        others = tuple(each for each in document.sources if each.key != source_key)
        taken = {line.key for each in document.sources for line in each.originals}
        document = msgspec.structs.replace(document, sources=(*others, _as_begun(source, left_author, taken)))
    return rows(document, source_key, left_author, right_author)


def alike(row: Row) -> bool:
    """Whether two lines say the same but for blanks and case, in the same way, and nobody else is named as speaker."""
    left, right = row.left, row.right
    if left is None or right is None or left.kind is not right.kind:
        return False
    speakers = {line.speaker for line in (left, right) if line.speaker is not None}
    return len(speakers) < 2 and _folded(left.text) == _folded(right.text)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _as_begun(source: Source, by: str, taken: set[str]) -> Source:
    """Give a source with its lines kept as their note-takers' own, under the keys that `begin` will give them."""
    usual = usual_author(source) or by
    stem, _, first = numbered(source.key, "-o", taken).rpartition("-o")
    kept = []
    for number, entry in enumerate((each for each in source.entries if each.text.strip()), int(first)):
        same = {name: getattr(entry, name) for name in _SHARED}
        kept.append(Original(key=f"{stem}-o{number}", author=entry.author or usual, entry=entry.key, **same))
    return msgspec.structs.replace(source, originals=(*source.originals, *kept))
