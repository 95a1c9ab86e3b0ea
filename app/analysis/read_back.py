"""What can be read back to somebody of an interview: the lines that are noted as theirs; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.model.source import EntryKind, SourceKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.model.document import StudyDocument
    from app.model.source import Entry, Source

_SAID: Final = frozenset({EntryKind.PARAPHRASE, EntryKind.QUOTATION})


def statements(source: Source, participant: str) -> list[Entry]:
    """List the lines of an interview's notes that a person is noted to have said, in their order."""
    return [each for each in source.entries if each.speaker == participant and each.kind in _SAID and each.text.strip()]


def readable(document: StudyDocument) -> Mapping[str, Mapping[str, int]]:
    """Count, by interview and by person, the lines that can be read back; those with none are left out."""
    found = {}
    for source in document.sources:
        counts = {each.key: len(statements(source, each.key)) for each in document.participants}
        if source.kind is SourceKind.INTERVIEW and any(counts.values()):
            found[source.key] = {key: number for key, number in counts.items() if number}
    return found
