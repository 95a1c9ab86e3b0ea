"""Which codings somebody may see: none of a second coder's before both are done, none that two coders took back."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.model.document import StudyDocument
    from app.model.evidence import Coding, DoubleCoding, Passage


def is_blind(double: DoubleCoding) -> bool:
    """Whether one of the two coders is still at work."""
    return double.first_done_at is None or double.second_done_at is None


def other_coder(double: DoubleCoding, who: str) -> str | None:
    """Name the coder whose codings `who` must not see; None for whoever is neither of the two."""
    return {double.first: double.second, double.second: double.first}.get(who)


def seen_by(document: StudyDocument, who: str) -> StudyDocument:
    """Give a study as an assessor may see its codings.

    What the other coder of a double coding puts on stays out until both are done; what both agreed does not apply
    stays out for good. All else is the same.

    Args:
        document: the study.
        who: key of the assessor; somebody who is neither coder, or nobody, sees all that stands.
    """
    if not document.double_codings:
        return document
    passages = {passage.key: passage for passage in document.passages}
    hidden, rejected = frozenset(_hidden(document, who)), frozenset(_rejected(document))
    kept = tuple(each for each in document.codings if not _is_out(each, passages[each.passage], hidden, rejected))
    return document if len(kept) == len(document.codings) else replace(document, codings=kept)


def hidden_passages(document: StudyDocument, who: str) -> frozenset[str]:
    """Name the passages that show only what somebody may not see: marked for codings that are hidden, and no more."""
    hidden = frozenset(_hidden(document, who))
    if not hidden:
        return frozenset()
    sources = {passage.key: passage.source for passage in document.passages}
    out: set[str] = set()
    shown: set[str] = set()
    for coding in document.codings:
        (out if (sources[coding.passage], coding.assessor) in hidden else shown).add(coding.passage)
    return frozenset(out - shown - _rested_on(document))


def _hidden(document: StudyDocument, who: str) -> Iterator[tuple[str, str]]:
    """Name source and assessor of the codings somebody may not see."""
    for double in document.double_codings:
        other = other_coder(double, who)
        if other is not None and is_blind(double):
            yield from ((source, other) for source in double.sources)


def _rejected(document: StudyDocument) -> Iterator[tuple[str, str]]:
    """Name entry and code of what two coders agreed does not apply."""
    for double in document.double_codings:
        yield from ((each.entry, each.code) for each in double.resolutions if not each.applies)


def _is_out(
    coding: Coding, passage: Passage, hidden: frozenset[tuple[str, str]], rejected: frozenset[tuple[str, str]]
) -> bool:
    if (passage.source, coding.assessor) in hidden:
        return True
    return bool(passage.spans) and all((span.entry, coding.code) in rejected for span in passage.spans)


def _rested_on(document: StudyDocument) -> set[str]:
    kinds = (document.answers, document.findings, document.challenges, document.influences)
    links = chain.from_iterable(judgement.evidence for judgements in kinds for judgement in judgements)
    return {link.passage for link in links}
