"""What another program's project brings along: plain values with keys of their own, not yet those of a study."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from app.model.evidence import Code
from app.model.setting import Assessor, Case, Round
from app.model.source import SourceKind

Spans = tuple[tuple[int, int, int], ...]


class ArrivedCoding(Struct, frozen=True, kw_only=True):
    """A code put on a passage; `code`, `assessor` and `case` are keys within the arrival."""

    code: str
    assessor: str
    case: str | None = None
    memo: str = ""
    made_at: datetime | None = None
    id: UUID | None = None


class ArrivedPassage(Struct, frozen=True, kw_only=True):
    """Marked words; `spans` are (line, start, end), lines from 0, code points within them, never without any."""

    spans: Spans
    codings: tuple[ArrivedCoding, ...] = ()
    id: UUID | None = None


class ArrivedSource(Struct, frozen=True, kw_only=True):
    """A text, line by line; `round` and `cases` are keys within the arrival, `round` empty where none is known."""

    title: str
    lines: tuple[str, ...]
    kind: SourceKind = SourceKind.INTERVIEW
    passages: tuple[ArrivedPassage, ...] = ()
    round: str = ""
    cases: tuple[str, ...] = ()
    remark: str = ""
    id: UUID | None = None


class Arrival(Struct, frozen=True, kw_only=True):
    """A project, read and checked; `codes` stand in order, each after the one it is under.

    `left` counts, by the name of its element, what could not be carried over.
    """

    file: str
    project: str
    origin: str = ""
    rounds: tuple[Round, ...] = ()
    assessors: tuple[Assessor, ...] = ()
    cases: tuple[Case, ...] = ()
    codes: tuple[Code, ...] = ()
    sources: tuple[ArrivedSource, ...] = ()
    left: tuple[tuple[str, int], ...] = ()
