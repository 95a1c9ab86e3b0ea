"""What is still open or weak in a study's judgements, each with the place where it is settled; pure.

One list of all that others would ask about: criteria without an answer, answers nobody can give, evidence to look at,
assessors who differ, what has changed under something agreed, what insiders object to, notes not finished or coded,
questions without an answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from app.analysis.collection import day_text, local_time
from app.analysis.consensus import changed_since
from app.analysis.coverage import coded_sources, counts_for_evidence, noted_interviews
from app.analysis.evidence_warnings import NAMES as WARNED
from app.analysis.evidence_warnings import WarningKind
from app.analysis.follow_ups import Teller
from app.analysis.needs import stakes, withheld_at
from app.analysis.overrides import criterion_name
from app.analysis.overview import joined
from app.analysis.reviews import reviews
from app.analysis.todo import count
from app.model.source import FollowUpState, SourceKind, SourceStatus
from app.scoring.effective import Reason
from app.scoring.offered import answers_to
from app.scoring.scale import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from app.analysis.assessment import JudgedCase, JudgedCriterion, JudgedPrinciple
    from app.analysis.chain import Chain
    from app.analysis.evidence_warnings import EvidenceWarning
    from app.model.assessment import Answer
    from app.model.source import Source
    from app.rubric.structure import Rubric


class Matter(StrEnum):
    """What is the matter; the first keep a level open, the last wait for others. Those of `WarningKind` are among them.

    `DIFFER` is what assessors answered differently and nobody has agreed on, `OUTDATED` a consensus from which an
    assessor has moved away since, `LAPSED` an override under which answers have changed, `OBJECTED` what an insider
    corrected or disputed without word of what became of it.
    """

    UNANSWERED = "unanswered"
    UNKNOWN = "unknown"
    DIFFER = "differ"
    OUTDATED = "outdated"
    LAPSED = "lapsed"
    OBJECTED = "objected"
    CHECK_AGAIN = WarningKind.CHECK_AGAIN.value
    UNADDRESSED = WarningKind.UNADDRESSED.value
    NO_EVIDENCE = WarningKind.NO_EVIDENCE.value
    ONE_SOURCE = WarningKind.ONE_SOURCE.value
    ONLY_SAID = WarningKind.ONLY_SAID.value
    NO_REFERENCE = WarningKind.NO_REFERENCE.value
    UNCERTAIN = WarningKind.UNCERTAIN.value
    UNFINISHED = "unfinished"
    UNCODED = "uncoded"
    FOLLOW_UP = "follow_up"
    WITHHELD = "withheld"


_NAMES: Final = {
    Matter.UNANSWERED: "Unanswered",
    Matter.UNKNOWN: "Unknown",
    Matter.DIFFER: "Assessors differ",
    Matter.OUTDATED: "Answered otherwise since agreed",
    Matter.OBJECTED: "Objected to by an insider",
    **{Matter(kind.value): name for kind, name in WARNED.items()},
    Matter.UNFINISHED: "Notes not finished",
    Matter.UNCODED: "Interview not coded",
    Matter.FOLLOW_UP: "Question without an answer",
    Matter.WITHHELD: "Withheld",
}
_ORDER: Final = {matter: place for place, matter in enumerate(Matter)}
_TO_ANSWER: Final = (FollowUpState.OPEN, FollowUpState.ASKED)


class Concern(Struct, frozen=True):
    """One thing to look at: in words, with the page and the key to show there where it is settled.

    `key` tells it from all others of the list; `where` names case and principle, or is empty where `text` does; `why`
    says what hangs on it. `cases` are the keys of those it is about; none means no single case.
    """

    matter: Matter
    key: str
    where: str
    text: str
    why: str
    page: str
    thing: str
    cases: tuple[str, ...] = ()
    principle: str = ""
    criterion: str = ""


class Figures(Struct, frozen=True):
    """Counts of criteria by how they stand, and of answers and what they rest on.

    `answered` are those with a verdict that counts, those not applicable among them; where assessors differ it is
    `unknown`. `answers` are the assessors' own that rest on evidence or should.
    """

    criteria: int
    answered: int
    unknown: int
    withheld: int
    unanswered: int
    answers: int
    with_evidence: int


class CaseQuality(Struct, frozen=True):
    """How one case stands, and how many things there are to look at."""

    key: str
    name: str
    figures: Figures
    concerns: int


class Quality(Struct, frozen=True):
    """What there is to look at, by matter, the most pressing first; and how each case stands.

    `names` holds the words for every matter: what is weak on the top level is named after that level.
    """

    concerns: tuple[Concern, ...]
    cases: tuple[CaseQuality, ...]
    figures: Figures
    names: Mapping[Matter, str]

    def of(self, case: str = "", matter: Matter | None = None) -> tuple[Concern, ...]:
        """List what is about a case, "" for all, and of one matter, None for all."""
        return tuple(
            each
            for each in self.concerns
            if (not case or case in each.cases) and (matter is None or each.matter is matter)
        )


def quality(chain: Chain, warned: Sequence[EvidenceWarning]) -> Quality:
    """List what to look at in the round and by the rubric that are assessed.

    Args:
        chain: of the study, as whoever looks may see its answers and codings.
        warned: the chain's warnings.
    """
    found = [
        *_Criteria(chain).concerns(),
        *_objections(chain),
        *_of_warnings(warned),
        *_interviews(chain),
        *_follow_ups(chain),
    ]
    concerns = tuple(_told_apart(sorted(found, key=lambda each: _ORDER[each.matter])))
    numbers = Counter(case for each in concerns for case in each.cases)
    cases = tuple(
        CaseQuality(case.case.key, case.case.name, _figures((case,)), numbers[case.case.key])
        for case in chain.assessment.cases
    )
    return Quality(concerns, cases, _figures(chain.assessment.cases), names(chain.assessment.rubric))


def names(rubric: Rubric) -> Mapping[Matter, str]:
    """Name every matter: "High on one source alone" where the rubric's top level is High."""
    top = rubric.levels[-1].name
    return {**_NAMES, Matter.ONE_SOURCE: f"{top} on one source alone", Matter.ONLY_SAID: f"{top} on what was said"}


def _told_apart(found: Iterable[Concern]) -> Iterator[Concern]:
    """Give each its own key: several may be settled in one place."""
    seen: Counter[str] = Counter()
    for each in found:
        seen[each.key] += 1
        yield each if seen[each.key] == 1 else replace(each, key=f"{each.key}#{seen[each.key]}")


# Criteria


class _Criteria:
    """What is to be looked at in the criteria of all cases, and in the overrides above them."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        self._rubric = chain.assessment.rubric
        self._zone = chain.document.study.zone

    def concerns(self) -> Iterator[Concern]:
        """List it case by case, among those open what would decide a level first."""
        for case in self._chain.assessment.cases:
            open_ = [each for judged in case.principles for each in self._open(case, judged)]
            yield from (concern for _steps, concern in sorted(open_, key=lambda each: each[0]))
            for judged in case.principles:
                yield from self._agreed(case, judged)
                yield from self._lapsed(case, judged)

    def _open(self, case: JudgedCase, judged: JudgedPrinciple) -> Iterator[tuple[int, Concern]]:
        hanging = stakes(self._rubric, judged.score)
        for each in judged.criteria:
            matter = _open_matter(each)
            if matter is not None:
                stake = hanging.get(each.criterion.id)
                level = self._rubric.level(stake.level).name if stake is not None and stake.level else ""
                waits = f"{level} depends on it" if level else ""
                why = " · ".join(filter(None, (self._told(matter, each), waits, self._notes(matter, each))))
                yield stake.steps if stake else 2 * len(self._rubric.levels), self._of(matter, case, judged, each, why)

    def _told(self, matter: Matter, judged: JudgedCriterion) -> str:
        """Say who answered what where they differ, and when an answer was withheld."""
        if matter is Matter.DIFFER:
            return self._answers(judged.answers)
        day = self._day(withheld_at(judged)) if matter is Matter.WITHHELD else ""
        return f"On {day}" if day else ""

    def _notes(self, matter: Matter, judged: JudgedCriterion) -> str:
        """Give what was noted of an answer that nobody could give."""
        notes = (" ".join(each.rationale.split()) for each in judged.answers)
        return "" if matter is Matter.DIFFER else " · ".join(filter(None, notes))

    def _agreed(self, case: JudgedCase, judged: JudgedPrinciple) -> Iterator[Concern]:
        for each in judged.criteria:
            moved = moved_since(each)
            if moved and each.consensus is not None:
                day = self._day(each.consensus.agreed_at)
                agreed = f"Agreed on {self._label(each.criterion.id, each.consensus.verdict)}, {day}"
                why = f"{agreed} · since then {self._answers(moved)}"
                yield self._of(Matter.OUTDATED, case, judged, each, why)

    def _lapsed(self, case: JudgedCase, judged: JudgedPrinciple) -> Iterator[Concern]:
        if judged.lapsed is not None:
            changed = joined(criterion_name(self._rubric, each.criterion) for each in judged.moved)
            level = self._rubric.level(judged.lapsed.level).name
            yield Concern(
                Matter.LAPSED,
                f"{Matter.LAPSED}/{case.case.key}/{judged.principle.id}",
                _where(case, judged),
                f"Set to {level}, but what it rested on is answered otherwise by now: {changed}.",
                "",
                "results",
                f"{case.case.key}/{judged.principle.id}",
                (case.case.key,),
                judged.principle.id,
            )

    def _of(
        self, matter: Matter, case: JudgedCase, judged: JudgedPrinciple, each: JudgedCriterion, why: str
    ) -> Concern:
        place = f"{case.case.key}/{each.criterion.id}"
        return Concern(
            matter,
            f"{matter}/{place}",
            _where(case, judged),
            each.criterion.statement,
            why,
            "assess",
            f"differences:{place}" if matter in (Matter.DIFFER, Matter.OUTDATED) else place,
            (case.case.key,),
            judged.principle.id,
            each.criterion.id,
        )

    def _answers(self, given: Iterable[Answer]) -> str:
        """Write who answered what: "Ada: largely achieved · Ben: not achieved"."""
        told = (each for each in given if each.verdict is not None)
        return " · ".join(
            f"{self._chain.names.assessor(each.assessor)}: {self._label(each.criterion, each.verdict)}" for each in told
        )

    def _label(self, criterion: str, verdict: Verdict | None) -> str:
        words = answers_to(self._rubric, criterion).label(verdict)
        return words[:1].lower() + words[1:]

    def _day(self, at: datetime | None) -> str:
        return day_text(local_time(at, self._zone)) if at else ""


def moved_since(judged: JudgedCriterion) -> tuple[Answer, ...]:
    """List the answers given after the team agreed that are not what it agreed on; none where nobody knows when."""
    agreed = judged.consensus.verdict if judged.consensus else None
    return tuple(each for each in changed_since(judged.consensus, judged.answers) if each.verdict not in (None, agreed))


def _open_matter(judged: JudgedCriterion) -> Matter | None:
    if judged.effective.reason is Reason.DIFFER:
        return Matter.DIFFER
    return {None: Matter.UNANSWERED, Verdict.UNKNOWN: Matter.UNKNOWN, Verdict.WITHHELD: Matter.WITHHELD}.get(
        judged.verdict
    )


def _where(case: JudgedCase, judged: JudgedPrinciple) -> str:
    return f"{case.case.name} · {judged.principle.short}"


def _objections(chain: Chain) -> Iterator[Concern]:
    """List what insiders corrected or disputed, in the round and by the rubric assessed, and nobody has settled."""
    rubric = chain.assessment.rubric.id
    for reviewed, result in reviews(chain.document, chain.names.round).open:
        at = result.at
        if at.rubric == rubric and result.item.verdict is not None:
            place = f"{reviewed.review.key}/{at.case}/{at.principle}"
            yield Concern(
                Matter.OBJECTED,
                f"{Matter.OBJECTED}/{place}",
                f"{result.case} · {result.principle}",
                " ".join(result.item.comment.split()) or "No comment says why.",
                f"{result.item.verdict.capitalize()} by {reviewed.reviewer}",
                "review",
                place,
                (at.case,),
                at.principle,
            )


# Evidence, interviews and questions


def _of_warnings(warned: Iterable[EvidenceWarning]) -> Iterator[Concern]:
    for each in warned:
        matter = Matter(each.kind.value)
        if matter is not Matter.LAPSED:  # that is told with what was answered otherwise
            key, cases = f"{each.kind}/{each.page}/{each.key}", (each.case,) if each.case else ()
            place = (each.page, each.key, cases, each.principle, each.criterion)
            yield Concern(matter, key, "", each.sentence, "", *place)


def _interviews(chain: Chain) -> Iterator[Concern]:
    """List the interviews of the round whose notes are not finished, and those without any code."""
    here = chain.names.round
    for each in chain.document.sources:
        if each.round == here and each.kind is SourceKind.INTERVIEW and each.status is SourceStatus.OPEN:
            yield _of_source(chain, Matter.UNFINISHED, each)
    coded = coded_sources(chain)
    for each in noted_interviews(chain.document):
        if each.round == here and each.key not in coded:
            yield _of_source(chain, Matter.UNCODED, each)


def _of_source(chain: Chain, matter: Matter, source: Source) -> Concern:
    where = ", ".join(chain.names.place(case) for case in source.cases or (None,))
    return Concern(
        matter,
        f"{matter}/{source.key}",
        where[:1].upper() + where[1:],
        f"{chain.citations.source(source.key)} {source.title}",
        f"{count(len(source.entries), 'line', 'lines')} of notes",
        "interviews",
        source.key,
        source.cases,
    )


def _follow_ups(chain: Chain) -> Iterator[Concern]:
    teller = Teller(chain.document)
    for each in chain.document.follow_ups:
        if each.state in _TO_ANSWER:
            told = teller.tell(each)
            yield Concern(
                Matter.FOLLOW_UP,
                f"{Matter.FOLLOW_UP}/{each.key}",
                " · ".join(filter(None, (told.case, told.person))),
                told.question,
                " · ".join(filter(None, (told.origin, told.status))),
                "interviews",
                f"follow-ups/{each.key}",
                (each.case,) if each.case else (),
                criterion=each.criterion or "",
            )


# Figures


def figures(criteria: Iterable[JudgedCriterion]) -> Figures:
    """Count criteria by how they stand, and the answers to them."""
    criteria = list(criteria)
    answers = [each for judged in criteria for each in judged.answers]
    verdicts = Counter(judged.verdict for judged in criteria)
    unknown, withheld, unanswered = (verdicts[each] for each in (Verdict.UNKNOWN, Verdict.WITHHELD, None))
    return Figures(
        len(criteria),
        len(criteria) - unknown - withheld - unanswered,
        unknown,
        withheld,
        unanswered,
        sum(map(counts_for_evidence, answers)),
        sum(bool(each.evidence) for each in answers),
    )


def _figures(cases: Iterable[JudgedCase]) -> Figures:
    return figures(each for case in cases for judged in case.principles for each in judged.criteria)
