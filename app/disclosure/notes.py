"""Notes as they may be printed, with the passages that lie in them and what was rested on those."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from app.analysis.words import JOIN, Words, differs
from app.disclosure.quoting import SAID, once_quoted
from app.disclosure.replacing import moved
from app.model.disclosure import Quotations
from app.model.questions import question_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.disclosure.replacing import Replaced
    from app.model.assessment import Answer, Challenge, Finding, Influence
    from app.model.disclosure import Profile
    from app.model.document import StudyDocument
    from app.model.evidence import Passage, Span
    from app.model.source import FollowUp, Source

    Judgement = TypeVar("Judgement", Answer, Finding, Challenge, Influence)


class Notes:
    """The lines of a study's notes, each with what is printed of it; what else quotes them follows."""

    def __init__(self, document: StudyDocument, lines: Mapping[str, Replaced], profile: Profile) -> None:
        self._lines = lines
        self._texts = {entry.key: entry.text for source in document.sources for entry in source.entries}
        self._quoted = once_quoted(document, profile)
        self._all = profile.quotations is Quotations.ALL
        self._passages = {each.key: each for each in document.passages}
        self._before = Words(document)
        self._after = self._before

    def passed(self, document: StudyDocument) -> StudyDocument:
        """Return a study with its notes, and with what was marked in them or taken from them, as they may be printed.

        Where a passage says what it said when something was rested on it, it goes on doing so.
        """
        sources = tuple(map(self._source, document.sources))
        passages = tuple(map(self._lying, document.passages))
        self._after = Words(replace(document, sources=sources, passages=passages))
        return replace(
            document,
            sources=sources,
            passages=tuple(replace(each, words=self._said(each.key, each.words)) for each in passages),
            answers=self._resting(document.answers),
            findings=self._resting(document.findings),
            challenges=self._resting(document.challenges),
            influences=self._resting(document.influences),
            follow_ups=tuple(map(self._asked, document.follow_ups)),
        )

    def _source(self, source: Source) -> Source:
        return replace(source, entries=tuple(replace(each, text=self._lines[each.key].text) for each in source.entries))

    def _lying(self, passage: Passage) -> Passage:
        if not any(self._lines[span.entry].edits for span in passage.spans):
            return passage
        return replace(passage, spans=tuple(_joined(map(self._moved, passage.spans))))

    def _moved(self, span: Span) -> Span:
        line = self._lines[span.entry]
        start, end = moved(span.start, span.end, line.edits)
        return replace(span, start=start, end=end)

    def _said(self, passage: str, words: str) -> str:
        """Write what a passage said once: as its lines do where they still say it, or else what may be printed."""
        stretches = self._before.stretches(passage)
        if stretches and not differs(words, stretches):
            changed = any(self._lines[span.entry].edits for span in self._passages[passage].spans)
            return JOIN.join(self._after.stretches(passage)) if changed else words
        return SAID if self._may_have_been_said(passage) else words

    def _may_have_been_said(self, passage: str) -> bool:
        """Whether words that are no longer in the notes could have been said word for word, and not released."""
        lines = [span.entry for span in self._passages[passage].spans]
        if not lines:
            return not self._all
        return any(line in self._quoted or self._is_withheld(line) for line in lines)

    def _is_withheld(self, line: str) -> bool:
        edits = self._lines[line].edits
        return len(edits) == 1 and edits[0].new == self._lines[line].text

    def _resting(self, judgements: tuple[Judgement, ...]) -> tuple[Judgement, ...]:
        return tuple(
            replace(
                each,
                evidence=tuple(
                    replace(link, words=self._said(link.passage, link.words)) if link.words else link
                    for link in each.evidence
                ),
            )
            for each in judgements
        )

    def _asked(self, follow_up: FollowUp) -> FollowUp:
        """Withhold a question that is a line of notes which is withheld, or has that in it."""
        line = follow_up.entry
        said = question_from(self._texts[line]) if line is not None and self._is_withheld(line) else ""
        if line is None or not said or said not in follow_up.question:
            return follow_up
        return replace(follow_up, question=self._lines[line].text)


def _joined(spans: Iterable[Span]) -> Iterable[Span]:
    """Make one of a passage's stretches that came to lie over each other, where the first of them stood."""
    found: list[Span] = []
    for span in spans:
        at = next((at for at, each in enumerate(found) if _overlap(each, span)), None)
        if at is None:
            found.append(span)
        else:
            both = found[at], span
            found[at] = replace(found[at], start=min(each.start for each in both), end=max(each.end for each in both))
    return found


def _overlap(one: Span, other: Span) -> bool:
    return one.entry == other.entry and one.start < other.end and other.start < one.end
