"""What to tell of a source's notes after it: when it was held and complete, and every later change in words."""

from __future__ import annotations

from datetime import time
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from app.analysis.collection import day_text, from_paper, local_time
from app.analysis.differences import Change, Piece, differences
from app.analysis.follow_ups import clock_text, moment_text
from app.analysis.history import LineHistory, additions, as_typed, changed_after, history
from app.analysis.session import completion_gap, gap_text, later
from app.analysis.still_to_ask import source_of
from app.model.source import Clock, Entry, EntryKind, SourceStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.analysis.history import Step
    from app.model.document import StudyDocument
    from app.model.source import Source, Version

KIND_WORDS: Final = {
    EntryKind.PARAPHRASE: "paraphrase",
    EntryKind.QUOTATION: "quotation",
    EntryKind.OBSERVATION: "observation",
    EntryKind.REFLECTION: "reflection",
    EntryKind.QUESTION: "question",
}
_DASH: Final = "\N{EN DASH}"
_SOMEBODY: Final = "Somebody"
_GAP: Final = " \u2026 "


class Fate(StrEnum):
    """What became of a line after the interview."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class ToldStep(Struct, frozen=True):
    """One step of a line in words: who and when, why, what else than words changed, and the words."""

    head: str
    reason: str
    also: tuple[str, ...]
    pieces: tuple[Piece, ...]


class ToldLine(Struct, frozen=True):
    """A line that was changed, added or removed after the interview; its steps oldest first.

    `number` counts the notes' lines from 1; for a line that was removed it is that of the one above, 0 at the
    beginning.
    """

    line: str
    number: int
    fate: Fate
    steps: tuple[ToldStep, ...]

    @property
    def name(self) -> str:
        """Such as "Line 12", or "After line 11" for one that was removed."""
        if self.fate is not Fate.REMOVED:
            return f"Line {self.number}"
        return f"After line {self.number}" if self.number else "At the beginning"

    @property
    def mark(self) -> str:
        """Such as "Removed"; empty for a line that was changed."""
        return {Fate.ADDED: "Added later", Fate.REMOVED: "Removed"}.get(self.fate, "")

    @property
    def words(self) -> str:
        """All of it as plain text, with what was removed and added named; for copying and for screen readers."""
        head = f"{self.name}. {self.mark}." if self.mark else f"{self.name}."
        return "\n".join((head, *(_step_words(step) for step in self.steps)))


class TypedLine(Struct, frozen=True):
    """A line as it was typed in the interview; `head` says when, who spoke, and what kind of line it is."""

    line: str
    head: str
    text: str


def later_changes(
    document: StudyDocument, source_key: str, compare: Callable[[str, str], tuple[Piece, ...]] = differences
) -> tuple[ToldLine, ...]:
    """List the lines changed, added or removed after a source was held, in the notes' order.

    Args:
        document: the study.
        source_key: of the source.
        compare: finds how two texts differ; for who asks again and again, and remembers.

    Raises:
        KeyError: the study has no such source.
    """
    source = source_of(document, source_key)
    teller = _Teller(document, source)
    changed = history(document, source_key, compare)
    known = {line.line for line in changed}
    added = [
        teller.added(entry, number)
        for number, entry in enumerate(source.entries, 1)
        if entry.key not in known and teller.is_added(entry)
    ]
    told = [*added, *(teller.line(line) for line in changed)]
    return tuple(sorted(told, key=lambda line: (line.number, line.fate is Fate.REMOVED)))


def typed_lines(document: StudyDocument, source: Source) -> tuple[TypedLine, ...]:
    """Give a source's notes as they stood at its end, in words."""
    people = {person.key: person.pseudonym for person in document.participants}
    return tuple(_typed(entry, source, people) for entry in as_typed(document, source))


def particulars(document: StudyDocument, source: Source) -> tuple[str, ...]:
    """Say when a source was held, when its notes were finished, by whom, and how long after its end; a line each."""
    found = [_held(source), _paper(source), _finished(document, source), _gap(source), _changed(document, source)]
    return tuple(filter(None, found))


def keeps_versions(source: Source) -> bool:
    """Whether changes of a source's notes are kept by now: it has ended, or its notes are finished."""
    ended = source.ended_at is not None and source.clock is Clock.STOPPED
    return ended or source.status is SourceStatus.FINISHED


class _Teller:
    """Puts the changes of one source into words."""

    def __init__(self, document: StudyDocument, source: Source) -> None:
        self._source = source
        self._assessors = {each.key: each.name for each in document.assessors}
        self._people = {each.key: each.pseudonym for each in document.participants}
        self._additions = additions(document, source)

    def is_added(self, entry: Entry) -> bool:
        """Whether a line, as it stands or stood, was added after the interview."""
        return entry.key in self._additions or later(self._source, entry)

    def added(self, entry: Entry, number: int) -> ToldLine:
        """Tell of a line that was added later, and stands as it was added."""
        return ToldLine(entry.key, number, Fate.ADDED, (self._addition(entry, entry.author),))

    def line(self, line: LineHistory) -> ToldLine:
        """Tell of a line that was changed; one that was added later begins with that."""
        first = line.steps[0].before
        steps = tuple(self._step(step) for step in line.steps)
        if not self.is_added(_standing(first)):
            return ToldLine(line.line, line.number, Fate.CHANGED if line.now else Fate.REMOVED, steps)
        beginning = self._addition(_standing(first), line.now.author if line.now else None)
        return ToldLine(line.line, line.number, Fate.ADDED if line.now else Fate.REMOVED, (beginning, *steps))

    def _addition(self, entry: Entry, author: str | None) -> ToldStep:
        known = self._additions.get(entry.key)
        author, at = (known.by, known.until) if known else (author, entry.at)
        when = moment_text(at, self._source.zone) if at else ""
        head = " \u00b7 ".join(filter(None, (self._name(author) if author else "", when)))
        return ToldStep(
            head, known.reason if known else "", (), (Piece(entry.text, Change.ADDED),) if entry.text else ()
        )

    def _step(self, step: Step) -> ToldStep:
        before = step.before
        head = f"{self._name(before.by)} \u00b7 {moment_text(before.until, self._source.zone)}"
        return ToldStep(head, before.reason, tuple(self._also(before, step.after)), step.pieces)

    def _also(self, before: Version, after: Version | Entry | None) -> Iterator[str]:
        if after is None:
            return
        if before.kind is not after.kind:
            yield f"Was {_kind(before.kind)}, now {_kind(after.kind)}"
        if before.speaker != after.speaker:
            yield f"Speaker was {self._speaker(before.speaker)}, now {self._speaker(after.speaker)}"

    def _name(self, key: str | None) -> str:
        return self._assessors.get(key or "", _SOMEBODY)

    def _speaker(self, key: str | None) -> str:
        return self._people.get(key or "", "nobody")


def _kind(kind: EntryKind) -> str:
    word = KIND_WORDS[kind]
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def _standing(version: Version) -> Entry:
    return Entry(key=version.line, text=version.text, at=version.noted_at)


def _typed(entry: Entry, source: Source, people: dict[str, str]) -> TypedLine:
    kind = "" if entry.kind is EntryKind.PARAPHRASE else KIND_WORDS[entry.kind]
    parts = (clock_text(entry.at, source), people.get(entry.speaker or "", ""), kind)
    return TypedLine(entry.key, " \u00b7 ".join(filter(None, parts)), entry.text)


def _step_words(step: ToldStep) -> str:
    lines = [step.head, *step.also]
    for change, name in ((Change.REMOVED, "Removed"), (Change.ADDED, "Added")):
        found = [piece.text.strip() or "a blank" for piece in step.pieces if piece.change is change]
        lines += [f"{name}: {_GAP.join(found)}"] if found else []
    if step.reason:
        lines.append(f"Why: {step.reason}")
    return "\n".join(lines)


# When it was held, and complete


def _held(source: Source) -> str:
    """Write when it was held: "Held 14 May 2024, 11:00-11:45" with a dash."""
    if source.started_at is None:
        return "" if source.status is SourceStatus.PLANNED else "When it was held is not known"
    begin = local_time(source.started_at, source.zone)
    day = day_text(begin)
    if source.clock is not Clock.STOPPED:
        return f"Going on since {day}, {begin:%H:%M}"
    verb = "Planned for" if source.status is SourceStatus.PLANNED else "Held"
    if source.ended_at is None:
        return f"{verb} {day}" if begin.time() == time() else f"{verb} {day}, {begin:%H:%M}, its end is not known"
    end = local_time(source.ended_at, source.zone)
    until = f"{end:%H:%M}" if end.date() == begin.date() else f"{day_text(end)}, {end:%H:%M}"
    return f"{verb} {day}, {begin:%H:%M}{_DASH}{until}"


def _paper(source: Source) -> str:
    return f"Written on paper sheet {source.sheet}, typed in afterwards" if from_paper(source) else ""


def _finished(document: StudyDocument, source: Source) -> str:
    if source.status is not SourceStatus.FINISHED:
        return "Notes not finished yet" if source.status is SourceStatus.OPEN else ""
    names = {each.key: each.name for each in document.assessors}
    when = f" {moment_text(source.finished_at, source.zone)}" if source.finished_at else ""
    by = f" by {names[source.finished_by]}" if source.finished_by in names else ""
    return f"Notes finished{when}{by}"


def _gap(source: Source) -> str:
    gap = completion_gap(source)
    if gap is None:
        return ""
    return "Completed at the end" if gap_text(gap) == "0 min" else f"Completed {gap_text(gap)} after the end"


def _changed(document: StudyDocument, source: Source) -> str:
    lines, sealed = changed_after(document, source)
    if not sealed:
        return ""
    return f"{lines} {'line' if lines == 1 else 'lines'} changed or removed, {sealed} after finishing"
