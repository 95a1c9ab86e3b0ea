"""What two coders work from: how far each has come, and what stands around a line they differ on; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from app.analysis.agreement import shared_lines
from app.analysis.citations import Citations

if TYPE_CHECKING:
    from app.analysis.agreement import Difference
    from app.model.document import StudyDocument
    from app.model.evidence import DoubleCoding
    from app.model.source import Entry, Source


class Progress(Struct, frozen=True):
    """How many of a source's lines with words carry a code of one coder's."""

    source: str
    citation: str
    title: str
    coded: int
    lines: int


class Around(Struct, frozen=True):
    """What helps to agree on a code for a line: its neighbours, who spoke, and what code and coder say of it.

    A neighbour that is not there is empty; `memos` are those the coder wrote with this code on this line.
    """

    before: str
    words: str
    after: str
    speaker: str
    title: str
    definition: str
    memos: tuple[str, ...]


def progress(document: StudyDocument, double: DoubleCoding, coder: str) -> tuple[Progress, ...]:
    """Count, source by source, what one coder has put a code on so far."""
    citations = Citations(document)
    own = {coding.passage for coding in document.codings if coding.assessor == coder}
    coded = {span.entry for passage in document.passages if passage.key in own for span in passage.spans}
    lines: dict[str, list[str]] = {source: [] for source in double.sources}
    for source, entry in shared_lines(document, double):
        lines[source].append(entry.key)
    titles = {source.key: source.title for source in document.sources}
    return tuple(
        Progress(source, citations.source(source), titles[source], len(coded.intersection(keys)), len(keys))
        for source, keys in lines.items()
    )


def around(document: StudyDocument, difference: Difference) -> Around:
    """Tell what stands around a line that two coders differ on.

    Args:
        document: the study as whoever works may see it.
        difference: as `agreement` lists it.
    """
    source = next(each for each in document.sources if each.key == difference.source)
    place = next(place for place, entry in enumerate(source.entries) if entry.key == difference.entry)
    code = next(each for each in document.codes if each.key == difference.code)
    return Around(
        before=source.entries[place - 1].text if place else "",
        words=source.entries[place].text,
        after=source.entries[place + 1].text if place + 1 < len(source.entries) else "",
        speaker=_speaker(document, source.entries[place]),
        title=source.title,
        definition=code.definition,
        memos=_memos(document, source, difference),
    )


def _speaker(document: StudyDocument, entry: Entry) -> str:
    return next((each.pseudonym for each in document.participants if each.key == entry.speaker), "")


def _memos(document: StudyDocument, source: Source, difference: Difference) -> tuple[str, ...]:
    here = {
        passage.key
        for passage in document.passages
        if passage.source == source.key and any(span.entry == difference.entry for span in passage.spans)
    }
    return tuple(
        coding.memo
        for coding in document.codings
        if coding.memo
        and (coding.code, coding.assessor) == (difference.code, difference.coder)
        and coding.passage in here
    )
