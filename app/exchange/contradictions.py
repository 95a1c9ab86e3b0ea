"""Check that no value of a document contradicts itself; the database refuses the same, but could not say where."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.model.source import Clock, FollowUpState
from app.scoring.scale import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.model.document import StudyDocument
    from app.model.source import FollowUp, Source


class Problem(NamedTuple):
    """Where in a document something is wrong, as a JSON path, and what."""

    place: str
    text: str


def contradictions(document: StudyDocument) -> Iterator[Problem]:
    """Find values whose fields can't all be true."""
    yield from _times(document)
    yield from _loops(document)
    yield from _numbers(document)
    for index, follow_up in enumerate(document.follow_ups):
        if follow_up.state is FollowUpState.ANSWERED and not _is_told(follow_up):
            yield Problem(f"$.follow_ups[{index}].state", "answered, but neither the answer is there nor where it is")
    for index, double in enumerate(document.double_codings):
        if double.first == double.second:
            yield Problem(f"$.double_codings[{index}].second", "nobody codes a second time against themselves")
    for index, answer in enumerate(document.answers):
        if answer.verdict is Verdict.NOT_APPLICABLE and not answer.rationale.strip():
            yield Problem(f"$.answers[{index}].rationale", "not applicable needs its reason")


def _times(document: StudyDocument) -> Iterator[Problem]:
    for index, wave in enumerate(document.rounds):
        if wave.starts and wave.ends and wave.ends < wave.starts:
            yield Problem(f"$.rounds[{index}].ends", "it ends before it starts")
    for index, source in enumerate(document.sources):
        if source.ended_at and not source.started_at:
            yield Problem(f"$.sources[{index}].ended_at", "it has an end, but no start")
        elif source.ended_at and source.started_at and source.ended_at < source.started_at:
            yield Problem(f"$.sources[{index}].ended_at", "it ends before it starts")
        yield from _clock(source, f"$.sources[{index}]")


def _clock(source: Source, place: str) -> Iterator[Problem]:
    if source.clock is not Clock.STOPPED and source.started_at is None:
        yield Problem(f"{place}.clock", "it runs, but was never started")
    if (source.clock is Clock.PAUSED) != (source.paused_at is not None):
        yield Problem(f"{place}.paused_at", "a clock stands still from a time on, and only when it is paused")


def _is_told(follow_up: FollowUp) -> bool:
    return bool(follow_up.resolution or follow_up.answered_in or follow_up.answer)


def _numbers(document: StudyDocument) -> Iterator[Problem]:
    """Find two paper sheets of one number."""
    seen: set[int] = set()
    for index, sheet in enumerate(document.sheets):
        if sheet.number in seen:
            yield Problem(f"$.sheets[{index}].number", "another sheet has that number already")
        seen.add(sheet.number)


def _loops(document: StudyDocument) -> Iterator[Problem]:
    """Find codes that stand, over however many others, under themselves."""
    parents = {code.key: code.parent for code in document.codes}
    sound: set[str] = set()
    for index, code in enumerate(document.codes):
        path: dict[str, None] = {}
        above: str | None = code.key
        while above is not None and above not in sound and above not in path:
            path[above] = None
            above = parents.get(above)
        if above in path:
            yield Problem(f"$.codes[{index}].parent", f'"{above}" would stand under itself')
        sound |= path.keys()
