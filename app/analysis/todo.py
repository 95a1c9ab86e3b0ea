"""What to do next in a study, in the order of the workflow; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.analysis.evidence_warnings import WarningKind
from app.model.assessment import ReviewVerdict
from app.model.setting import Permission
from app.model.source import FollowUpState, SourceKind, SourceStatus
from app.scoring.effective import Reason
from app.scoring.scale import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.analysis.assessment import Assessment, JudgedCase, JudgedCriterion
    from app.analysis.evidence_warnings import EvidenceWarning
    from app.model.document import StudyDocument

MOST = 6


@dataclass(frozen=True)
class Todo:
    """One thing to do: in words, with the page it is done on and what to show there."""

    text: str
    page: str
    key: str = ""


def todos(document: StudyDocument, assessment: Assessment, warnings: Sequence[EvidenceWarning] = ()) -> list[Todo]:
    """List what to do next, at most `MOST` things; never empty. `warnings` are those of the evidence."""
    judging = (*_lapsed(assessment), *_assessing(assessment), *_evidence(warnings))
    found = [*_setting_up(document), *_collecting(document), *judging, *_reviewing(document)]
    return found[:MOST] or [Todo("Check the results, then write the report", "report")]


def count(number: int, one: str, many: str) -> str:
    """Write a number with its noun."""
    return f"{number} {one if number == 1 else many}"


def _setting_up(document: StudyDocument) -> Iterator[Todo]:
    if not document.assessors:
        yield Todo("Say who assesses", "overview", "assessors")
    if not document.cases:
        yield Todo("Add the cases, the projects to assess", "overview", "cases")
    policy = document.site_policy
    asked = (policy.recording, policy.photographs, policy.laptops, policy.removable_media)
    if all(each is Permission.NOT_ASKED for each in asked):
        yield Todo("Ask what the site allows", "overview", "policy")
    if not document.participants:
        yield Todo("Add the people to interview", "overview", "participants")


def _collecting(document: StudyDocument) -> Iterator[Todo]:
    interviews = [source for source in document.sources if source.kind is SourceKind.INTERVIEW]
    if not interviews and not document.guides:
        yield Todo("Make a guide for the interviews", "overview", "guides")
    if not interviews:
        yield Todo("Plan the first interview", "interviews")
    planned = [source for source in interviews if source.status is SourceStatus.PLANNED]
    if planned:
        yield Todo(
            f"Hold {count(len(planned), 'planned interview', 'planned interviews')}", "interviews", planned[0].key
        )
    unfinished = [source for source in interviews if source.status is SourceStatus.OPEN]
    if unfinished:
        noun = count(len(unfinished), "interview", "interviews")
        yield Todo(f"Finish the notes of {noun}", "interviews", unfinished[0].key)
    asking = [each for each in document.follow_ups if each.state is FollowUpState.OPEN]
    if asking:
        yield Todo(f"Ask {count(len(asking), 'open question', 'open questions')}", "interviews")


def _assessing(assessment: Assessment) -> Iterator[Todo]:
    for kind in (_unanswered, _to_agree, _unknown):
        for case in assessment.cases:
            words = kind(case)
            if words:
                yield Todo(f"{case.case.name}: {words}", "assess", case.case.key)


def _lapsed(assessment: Assessment) -> Iterator[Todo]:
    """Say where a level that the team set no longer counts, because answers under it have changed."""
    for case in assessment.cases:
        for judged in case.principles:
            if judged.lapsed is not None:
                level = assessment.rubric.level(judged.lapsed.level).name
                words = f"Lapsed: {level} for {case.case.name}, {judged.principle.short}"
                yield Todo(words, "results", f"{case.case.key}/{judged.principle.id}")


def _unanswered(case: JudgedCase) -> str:
    number = sum(each.verdict is None for each in _criteria(case))
    return f"{count(number, 'criterion', 'criteria')} unanswered" if number else ""


def _to_agree(case: JudgedCase) -> str:
    number = sum(each.effective.reason is Reason.DIFFER for each in _criteria(case))
    return f"{count(number, 'answer', 'answers')} to agree on" if number else ""


def _unknown(case: JudgedCase) -> str:
    """Count what was answered "unknown"; where assessors differ there is something to agree on instead."""
    unknown = (each for each in _criteria(case) if each.verdict is Verdict.UNKNOWN)
    number = sum(each.effective.reason is not Reason.DIFFER for each in unknown)
    return f"{count(number, 'criterion', 'criteria')} unknown" if number else ""


def _evidence(warnings: Sequence[EvidenceWarning]) -> Iterator[Todo]:
    """Say which passages to check again and which contradictions to address; each leads to the first of them."""
    again = [each for each in warnings if each.kind is WarningKind.CHECK_AGAIN]
    if again:
        number = len({each.passage for each in again})
        yield Todo(f"Check {count(number, 'passage', 'passages')} again", again[0].page, again[0].key)
    against = [each for each in warnings if each.kind is WarningKind.UNADDRESSED]
    if against:
        noun = count(len(against), "contradiction", "contradictions")
        yield Todo(f"Address {noun}", against[0].page, against[0].key)


def _reviewing(document: StudyDocument) -> Iterator[Todo]:
    """Say whose disputes and corrections nobody has resolved yet."""
    settled = (None, ReviewVerdict.CONFIRMED)
    people = {each.key: each.pseudonym for each in document.participants}
    for review in document.reviews:
        number = sum(item.verdict not in settled and not item.resolution for item in review.items)
        if number:
            noun = count(number, "objection", "objections")
            yield Todo(f"{people[review.reviewer]}: {noun}", "review", review.key)


def _criteria(case: JudgedCase) -> list[JudgedCriterion]:
    return [criterion for principle in case.principles for criterion in principle.criteria]
