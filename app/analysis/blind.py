"""What somebody may see: no codings of a second coder before both are done, no answers that are not revealed yet.

Two who code the same notes must not lead each other: until both have said that they are done, whoever works as one of
them sees nothing of what the other put on, and whoever has not said who they are sees nothing of either's. Nor are
codings seen that two coders agreed do not apply. For answers see `app.analysis.ballots`.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from msgspec.structs import replace

from app.analysis.ballots import hidden_answers, is_hidden
from app.model.assessment import Answer

if TYPE_CHECKING:
    from datetime import datetime

    from app.model.document import StudyDocument
    from app.model.evidence import Coding, DoubleCoding, Passage

_Hidden = frozenset[tuple[str, str]]  # source and assessor of codings
_Rejected = dict[tuple[str, str, str], "datetime | None"]  # entry, code and assessor, with when that was agreed


def is_blind(double: DoubleCoding) -> bool:
    """Whether one of the two coders is still at work."""
    return double.first_done_at is None or double.second_done_at is None


def unseen_coders(double: DoubleCoding, who: str) -> frozenset[str]:
    """Name the coders of a double coding whose codings `who` must not see; nobody's once both are done.

    Args:
        double: two assessors' coding of the same sources.
        who: key of the assessor; "" is somebody who has not said who they are, and could be either.
    """
    return unseen_of(double.first, double.second, who) if is_blind(double) else frozenset()


def unseen_of(first: str, second: str, who: str) -> frozenset[str]:
    """Name whose codings `who` must not see while these two code blind; by keys or ids, "" for nobody."""
    both = frozenset({first, second})
    return both - {who} if who in both or not who else frozenset()


def hidden_from(document: StudyDocument, who: str) -> frozenset[str]:
    """Name everybody of whose work `who` must not see all: other coders, and all others while answers are hidden.

    A member of a ballot or not: what anybody else answers on its case would lead, also when it is taken back.
    """
    coders = (unseen_coders(double, who) for double in document.double_codings)
    others = (assessor for *_, assessor in hidden_answers(document, who))
    return frozenset(chain(chain.from_iterable(coders), others))


def seen_by(document: StudyDocument, who: str) -> StudyDocument:
    """Give a study as an assessor may see its codings and answers.

    Answers that are not revealed stay out, and no level rests on them. What the other coder of a double coding puts on
    stays out until both are done, and what both agreed does not apply stays out for good, unless it was put on again
    later. Passages that show nothing but what stays hidden stay out with it. All else is the same. It is for looking
    at: notes are written with all their passages, or those left out would be lost.

    Args:
        document: the study.
        who: key of the assessor; somebody who is neither coder sees all that stands, "" nothing of either's.
    """
    shown = _without_hidden_answers(document, who)
    shown = _without_hidden_codings(shown, document, who) if document.double_codings else shown
    unseen = hidden_passages(document, who)
    if not unseen:
        return shown
    return replace(shown, passages=tuple(each for each in document.passages if each.key not in unseen))


def _without_hidden_answers(document: StudyDocument, who: str) -> StudyDocument:
    hidden = hidden_answers(document, who)
    kept = tuple(each for each in document.answers if not is_hidden(each, hidden)) if hidden else document.answers
    return document if len(kept) == len(document.answers) else replace(document, answers=kept)


def _without_hidden_codings(shown: StudyDocument, document: StudyDocument, who: str) -> StudyDocument:
    hidden, rejected = _hidden(document, who), _rejected(document)
    passages = {passage.key: passage for passage in document.passages}
    kept = tuple(each for each in document.codings if not _is_out(each, passages[each.passage], hidden, rejected))
    if len(kept) != len(document.codings):
        shown = replace(shown, codings=kept)
    if not any(unseen_coders(double, who) for double in document.double_codings):
        return shown
    return replace(shown, double_codings=tuple(_without_coded(double, who) for double in document.double_codings))


def hidden_passages(document: StudyDocument, who: str) -> frozenset[str]:
    """Name the passages that show only what somebody may not see: codings and answers that are hidden, and no more."""
    hidden, unseen = _hidden(document, who), hidden_answers(document, who)
    if not (hidden or unseen):
        return frozenset()
    sources = {passage.key: passage.source for passage in document.passages}
    out: set[str] = set()
    shown: set[str] = set()
    for coding in document.codings:
        (out if (sources[coding.passage], coding.assessor) in hidden else shown).add(coding.passage)
    for judgement in document.judgements:
        secret = isinstance(judgement, Answer) and is_hidden(judgement, unseen)
        (out if secret else shown).update(link.passage for link in judgement.evidence)
    return frozenset(out - shown)


def rested_on(document: StudyDocument) -> frozenset[str]:
    """Name the passages that judgements rest on."""
    return frozenset(link.passage for judgement in document.judgements for link in judgement.evidence)


def _hidden(document: StudyDocument, who: str) -> _Hidden:
    return frozenset(
        (source, coder)
        for double in document.double_codings
        for coder in unseen_coders(double, who)
        for source in double.sources
    )


def _rejected(document: StudyDocument) -> _Rejected:
    """Name what two coders agreed does not apply, as either of them put it on."""
    return {
        (each.entry, each.code, coder): each.decided_at
        for double in document.double_codings
        for each in double.resolutions
        for coder in (double.first, double.second)
        if not each.applies
    }


def _is_out(coding: Coding, passage: Passage, hidden: _Hidden, rejected: _Rejected) -> bool:
    if (passage.source, coding.assessor) in hidden:
        return True
    places = [(span.entry, coding.code, coding.assessor) for span in passage.spans]
    return bool(places) and all(place in rejected and not _is_later(coding, rejected[place]) for place in places)


def _is_later(coding: Coding, decided: datetime | None) -> bool:
    """Whether a code was put on after it was agreed that it does not apply: that says something new."""
    return coding.made_at is not None and decided is not None and coding.made_at > decided


def _without_coded(double: DoubleCoding, who: str) -> DoubleCoding:
    unseen = unseen_coders(double, who)
    kept = tuple(each for each in double.coded if each.coder not in unseen)
    return double if len(kept) == len(double.coded) else replace(double, coded=kept)
