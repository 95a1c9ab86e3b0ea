"""What became of an interview's notes after it: every version of every line, and the notes as they were typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from app.analysis.differences import Piece, differences
from app.analysis.session import later
from app.analysis.still_to_ask import source_of
from app.model.source import Clock, Entry, Version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from app.model.document import StudyDocument
    from app.model.source import Source


class Step(Struct, frozen=True):
    """One change of a line: what it was, with who changed it, when and why, and what it became; None: removed."""

    before: Version
    after: Version | Entry | None
    pieces: tuple[Piece, ...]


class LineHistory(Struct, frozen=True):
    """A line that was changed after the interview: what became of it, oldest step first.

    `now` is the line as it stands; None where it was removed. `number` counts the notes' lines from 1; for a line
    that was removed it is that of the one above, 0 at the beginning.
    """

    line: str
    number: int
    now: Entry | None
    steps: tuple[Step, ...]


def history(
    document: StudyDocument, source_key: str, compare: Callable[[str, str], tuple[Piece, ...]] = differences
) -> tuple[LineHistory, ...]:
    """List the lines of a source that were changed after the interview, in the notes' order, removed ones in between.

    Args:
        document: the study.
        source_key: of the source.
        compare: finds how two texts differ; for who asks again and again, and remembers.

    Raises:
        KeyError: the study has no such source.
    """
    source = source_of(document, source_key)
    versions = _by_line(document.versions, source, since=None)
    standing = {entry.key: entry for entry in source.entries}
    found, number = [], 0
    for line in _with_removed(source, versions):
        now = standing.get(line.key)
        number += now is not None
        if line.key in versions:
            found.append(LineHistory(line.key, number, now, _steps(versions[line.key], now, compare)))
    return tuple(found)


def as_typed(document: StudyDocument, source: Source) -> tuple[Entry, ...]:
    """Give the notes as they stood when the interview ended; as they stand where it has not, or nobody knows when.

    Lines changed since say what they said, lines removed since stand where they stood, lines noted since are left out.
    """
    since = _since(source)
    if since is None:
        return source.entries
    versions = _by_line(document.versions, source, since)
    lines = [_as_it_was(line, versions) for line in _with_removed(source, versions)]
    added = additions(document, source)
    return tuple(line for line in lines if line.key not in added and not later(source, line))


def additions(document: StudyDocument, source: Source) -> dict[str, Version]:
    """Give who added lines to a source's finished notes, when and why, by the lines' keys."""
    return {each.line: each for each in document.versions if each.source == source.key and each.added}


def changed_after(document: StudyDocument, source: Source) -> tuple[int, int]:
    """Count the lines changed or removed after the interview's end, and those of them after the notes were finished."""
    mine = [version for version in document.versions if version.source == source.key and not version.added]
    finished = source.finished_at
    sealed = {version.line for version in mine if finished is not None and version.until >= finished}
    return len({version.line for version in mine}), len(sealed)


_Versions = dict[str, list[Version]]


def _since(source: Source) -> datetime | None:
    if source.clock is not Clock.STOPPED:
        return None
    return source.ended_at or source.finished_at


def _by_line(versions: Iterable[Version], source: Source, since: datetime | None) -> _Versions:
    """Sort what a source's lines said before by line, each line's oldest first."""
    found: _Versions = {}
    for version in sorted(versions, key=lambda version: version.until):
        if version.source == source.key and not version.added and (since is None or version.until >= since):
            found.setdefault(version.line, []).append(version)
    return found


def _steps(
    versions: list[Version], now: Entry | None, compare: Callable[[str, str], tuple[Piece, ...]]
) -> tuple[Step, ...]:
    following: list[Version | Entry | None] = [*versions[1:], now]
    return tuple(
        Step(before, after, compare(before.text, after.text if after else ""))
        for before, after in zip(versions, following, strict=True)
    )


def _as_it_was(line: Entry, versions: _Versions) -> Entry:
    if line.key not in versions:
        return line
    first = versions[line.key][0]
    return msgspec.structs.replace(line, text=first.text, kind=first.kind, speaker=first.speaker, at=first.noted_at)


# Lines that were removed


def _with_removed(source: Source, versions: _Versions) -> list[Entry]:
    """Give the lines of a source, those that were removed among them, where they stood.

    What went last comes back first: it says which line it stood under when all that went later was still there. A line
    that stood under one that left no trace comes back last, by its time; so does what stood under that.
    """
    lines = list(source.entries)
    standing = {entry.key for entry in lines}
    gone = {key: found[-1] for key, found in versions.items() if key not in standing}
    lost: list[Version] = []
    for version in sorted(gone.values(), key=lambda version: (version.until, _natural(version.line)), reverse=True):
        chain = _chain(version, gone)
        if chain and _place(chain[0], lines) is None:
            lost += chain
            continue
        for each in chain:
            lines.insert(_place(each, lines) or 0, _entry(each))
    for each in lost:
        lines.insert(_place_by_time(each, lines), _entry(each))
    return lines


def _chain(version: Version, gone: dict[str, Version]) -> list[Version]:
    """Take a removed line out of those that are gone; before it the one it stood under where that is gone too."""
    chain: list[Version] = []
    following = gone.pop(version.line, None)
    while following is not None:
        chain.insert(0, following)
        following = gone.pop(following.below, None)
    return chain


def _place(version: Version, lines: list[Entry]) -> int | None:
    """Find where a removed line stood; None where the line above it left no trace."""
    places = (place for place, line in enumerate(lines, 1) if line.key == version.below)
    return next(places, None) if version.below else 0


def _place_by_time(version: Version, lines: list[Entry]) -> int:
    noted = version.noted_at
    if noted is None:
        return len(lines)
    return max((place for place, line in enumerate(lines, 1) if line.at and line.at <= noted), default=0)


def _entry(version: Version) -> Entry:
    return Entry(key=version.line, text=version.text, kind=version.kind, at=version.noted_at, speaker=version.speaker)


def _natural(key: str) -> list[tuple[int, str]]:
    """Sort keys as people count: i1-9 before i1-10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", key)]
