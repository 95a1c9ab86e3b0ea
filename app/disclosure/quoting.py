"""Which lines of notes a report may not print: what was said word for word and not released, what assessors thought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.disclosure.profiles import is_for_others
from app.model.disclosure import Quotations
from app.model.source import EntryKind

if TYPE_CHECKING:
    from app.model.disclosure import Profile
    from app.model.document import StudyDocument
    from app.model.source import Entry

SAID: Final = "[said word for word; not released]"
OWN: Final = "[the assessors' own note; not released]"
WITHHELD: Final = frozenset({SAID, OWN})
"""What stands for words that are not told."""
_OWN: Final = frozenset({EntryKind.REFLECTION, EntryKind.QUESTION})


def withheld_as(entry: Entry, profile: Profile) -> str:
    """Say what is printed for a line instead of its words; "" where they may be printed."""
    if entry.kind is EntryKind.QUOTATION and not _may_quote(entry, profile):
        return SAID
    return OWN if entry.kind in _OWN and is_for_others(profile) else ""


def _may_quote(entry: Entry, profile: Profile) -> bool:
    released = profile.quotations is Quotations.RELEASED and entry.released
    return released or profile.quotations is Quotations.ALL


def once_quoted(document: StudyDocument, profile: Profile) -> frozenset[str]:
    """Name the lines that were once said word for word and may not be printed so, whatever they say now."""
    quoted = {each.line for each in document.versions if each.kind is EntryKind.QUOTATION}
    lines = (entry for source in document.sources for entry in source.entries)
    return frozenset(entry.key for entry in lines if entry.key in quoted and not _may_quote(entry, profile))
