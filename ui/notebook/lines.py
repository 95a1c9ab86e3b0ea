"""What a line of notes is beside its words, and how pasted text becomes lines."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from app.model.source import Entry, EntryKind, Flag, Original

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

LONGEST = 2_000  # characters; what is pasted longer is broken, for longer paragraphs make typing slow
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffc]")
_BREAKS = re.compile(r"[.!?…][\"')\u201d\u2019]*\s+|\s+")


class Line(Struct, frozen=True):
    """One line of notes without its words; another kind or speaker makes another value of the same key.

    `codes` are to be put on all of it when it is next written.
    """

    key: str
    kind: EntryKind = EntryKind.PARAPHRASE
    at: datetime | None = None
    speaker: str | None = None
    uncertain: bool = False
    released: bool = False
    author: str | None = None
    flag: Flag | None = None
    case: str | None = None
    codes: tuple[str, ...] = ()

    def entry(self, text: str, id_: UUID | None) -> Entry:
        """Make the entry that the study is to hold."""
        return Entry(id=id_, text=text, **{name: getattr(self, name) for name in _SHARED})


_SHARED = tuple(name for name in Line.__struct_fields__ if name in Entry.__struct_fields__)
_TYPED = tuple(name for name in Entry.__struct_fields__ if name in Original.__struct_fields__)


def line_of(entry: Entry) -> Line:
    """Take an entry's particulars."""
    return Line(**{name: getattr(entry, name) for name in _SHARED})


def entry_of(line: Original) -> Entry:
    """Show a second note-taker's line as any other."""
    return Entry(**{name: getattr(line, name) for name in _TYPED})


def pasted_lines(text: str) -> list[str]:
    """Split pasted text into lines of notes: at line breaks, and overlong ones at the ends of sentences."""
    clean = (_CONTROL.sub("", line) for line in text.splitlines() or [""])
    return [part for line in clean for part in broken(line)]


def broken(line: str) -> Iterator[str]:
    """Break a line longer than `LONGEST` after a sentence, else after a word, else anywhere."""
    while len(line) > LONGEST:
        places = [found.end() for found in _BREAKS.finditer(line, LONGEST // 2, LONGEST)]
        ends = [found.end() for found in _BREAKS.finditer(line, LONGEST // 2, LONGEST) if not found[0].isspace()]
        at = (ends or places or [LONGEST])[-1]
        yield line[:at].rstrip()
        line = line[at:]
    yield line
