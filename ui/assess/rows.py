"""The rows of the list of criteria: pure values made from a judged case."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeVar

from app.analysis.evidence_warnings import WarningKind
from app.analysis.overview import gates, joined, standing
from app.model.evidence import Stance
from app.scoring.choice import options
from app.scoring.effective import Reason
from app.scoring.explain import begin_text
from app.scoring.offered import Answers, answers, word_of
from app.scoring.scale import PICKS, Verdict, is_achievement

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from app.analysis.assessment import JudgedCase, JudgedCriterion, JudgedPrinciple
    from app.analysis.evidence_warnings import EvidenceWarning
    from app.analysis.overview import Gate, Standing
    from app.analysis.proposals import Proposed
    from app.model.assessment import Answer, Confidence
    from app.rubric.structure import Principle, Rubric


Listed = TypeVar("Listed")


class Filter(StrEnum):
    """Which criteria are listed."""

    ALL = "all"
    UNANSWERED = "unanswered"
    UNKNOWN = "unknown"
    NO_EVIDENCE = "no_evidence"
    CONTRADICTED = "contradicted"
    CHECK_AGAIN = "check_again"


FILTERS: Final = {
    Filter.ALL: "All",
    Filter.UNANSWERED: "Unanswered",
    Filter.UNKNOWN: "Unknown",
    Filter.NO_EVIDENCE: "No evidence",
    Filter.CONTRADICTED: "Contradicted",
    Filter.CHECK_AGAIN: "Check again",
}
Again = dict[str, frozenset[str]]
"""By case the criteria with an answer that rests on words that have changed."""


@dataclass(frozen=True)
class HeadRow:
    """The head of a principle: its level, how much is known, and what the next level still needs."""

    key: str
    name: str
    standing: Standing
    levels: int
    interval: str
    needs: str

    @property
    def words(self) -> str:
        """All of it, for screen readers."""
        return ". ".join(filter(None, (self.name, self.interval, self.standing.known, self.needs)))


@dataclass(frozen=True)
class GateRow:
    """The head of the criteria that gate one level."""

    key: str
    name: str
    rank: int
    levels: int
    reached: bool
    summary: str

    @property
    def words(self) -> str:
        """All of it, for screen readers."""
        return f"{self.name}: {self.summary}"


@dataclass(frozen=True)
class Option:
    """A description that can be picked: its answer, the key of it, the levels it holds for, and what it says."""

    verdict: Verdict
    short: str
    name: str
    text: str


@dataclass(frozen=True)
class CriterionRow:
    """One criterion: what it says, the assessor's own answer, and the one that counts where that is another.

    `own` and `counts` are verdicts, None for unanswered; `counts` is shown where it differs from `own`. `contradicted`
    is whether anybody's evidence speaks against an answer, `unaddressed` whether no note says why it stands, `again`
    whether words that an answer rests on have changed. `answers` are those the rubric offers, `options` what they say
    where a level is picked; `proposed` is what another rubric's answers come to, while this is not answered; `reason`
    is why the verdict counts.
    """

    key: str
    principle: str
    level: str
    statement: str
    own: Verdict | None
    counts: Verdict | None
    rationale: str
    note: str
    confidence: Confidence | None
    evidence: int
    answers: Answers
    options: tuple[Option, ...] = ()
    contradicted: bool = False
    unaddressed: bool = False
    again: bool = False
    proposed: Proposed | None = None
    reason: Reason = Reason.UNANSWERED

    @property
    def warns(self) -> bool:
        """Whether its evidence is to be looked at."""
        return self.lacks_evidence or self.unaddressed or self.again

    @property
    def note_ink(self) -> str:
        """The ink of what counts instead of the own answer: amber only where there is something to settle."""
        return "warning" if self.reason is Reason.DIFFER else "text_muted"

    @property
    def evidence_words(self) -> str:
        """Such as "2 passages, contradicted, words have changed"."""
        passages = "1 passage" if self.evidence == 1 else f"{self.evidence or 'No'} passages"
        against = "contradicted, no note says why it stands" if self.unaddressed else "contradicted"
        told = (against if self.contradicted else "", "words have changed" if self.again else "")
        return ", ".join(filter(None, (passages, *told)))

    @property
    def lacks_evidence(self) -> bool:
        """Whether an achievement is claimed, or denied, with nothing to show for it."""
        return is_achievement(self.counts) and not self.evidence

    @property
    def words(self) -> str:
        """All of it, for screen readers."""
        sure = f"{self.confidence} confidence" if self.confidence else ""
        return ". ".join(
            filter(
                None,
                (
                    self.statement,
                    self.answers.label(self.own),
                    sure,
                    self.evidence_words,
                    self.note,
                    self.proposed.words if self.proposed else "",
                    self.rationale,
                ),
            )
        )


Row = HeadRow | GateRow | CriterionRow


def criterion_row(
    rubric: Rubric,
    principle: Principle,
    judged: JudgedCriterion,
    who: str,
    names: Mapping[str, str],
    *,
    again: bool = False,
    proposed: Proposed | None = None,
) -> CriterionRow:
    """Make the row of a criterion as the assessor `who` sees it; "" sees what counts."""
    links = [link for answer in judged.answers for link in answer.evidence]
    against = [link for link in links if link.stance is Stance.CONTRADICTS]
    own = next((answer for answer in judged.answers if answer.assessor == who), None)
    shown = own or (judged.answers[0] if judged.answers and not who else None)
    offered = answers(rubric, principle)
    return CriterionRow(
        judged.criterion.id,
        principle.id,
        judged.criterion.level,
        judged.criterion.statement,
        shown.verdict if shown else None,
        judged.verdict,
        shown.rationale if shown else "",
        note_on(judged, own, names, offered) if who or judged.effective.assessors_differ else "",
        shown.confidence if shown else None,
        len(judged.evidence) if not own else len(own.evidence),
        offered,
        options_of(rubric, principle),
        bool(against),
        any(not link.note.strip() for link in against),
        again,
        None if own and own.verdict else proposed,
        judged.effective.reason,
    )


def options_of(rubric: Rubric, principle: Principle) -> tuple[Option, ...]:
    """List the descriptions to pick from, lowest first; nothing where no level is picked."""
    if rubric.rule != "choice":
        return ()
    offered = answers(rubric, principle)
    steps = [offered.step(PICKS[rubric.rank(levels[-1].id)]) for levels in options(rubric, principle)]
    told = [principle.told(rubric, levels[0].id) for levels in options(rubric, principle)]
    return tuple(Option(step.verdict, step.short, step.label, text) for step, text in zip(steps, told, strict=True))


def note_on(judged: JudgedCriterion, own: Answer | None, names: Mapping[str, str], offered: Answers) -> str:
    """Say where the verdict that counts is not the assessor's own."""
    counts = judged.effective
    if counts.reason is Reason.CONSENSUS:
        return f"Consensus: {offered.label(counts.verdict).lower()}"
    if counts.reason is Reason.DIFFER:
        return "Assessors differ: counts as unknown"
    if counts.verdict is not None and (own is None or own.verdict is None):
        others = [names.get(answer.assessor, "") for answer in judged.answers if answer.verdict is not None]
        return f"{joined(others)}: {word_of(offered.step(counts.verdict))}"
    return ""


def case_rows(
    rubric: Rubric,
    case: JudgedCase,
    who: str,
    names: Mapping[str, str],
    *,
    again: Collection[str] = (),
    proposed: Mapping[str, Proposed] = MappingProxyType({}),
) -> list[Row]:
    """List a case's principles, levels and criteria; see `let_through` for those that a filter lets through.

    `again` names the criteria with an answer that rests on words that have changed, `proposed` has by criterion what
    is proposed to it.
    """
    rows: list[Row] = []
    for judged in case.principles:
        criteria = [
            criterion_row(
                rubric,
                judged.principle,
                each,
                who,
                names,
                again=each.criterion.id in again,
                proposed=proposed.get(each.criterion.id),
            )
            for each in judged.criteria
        ]
        rows.append(head_row(rubric, judged))
        rows += _gated(rubric, judged, criteria) if rubric.rule == "staged" else criteria
    return rows


def _gated(rubric: Rubric, judged: JudgedPrinciple, criteria: Sequence[CriterionRow]) -> Iterator[Row]:
    for gate in gates(rubric, judged):
        here = [row for row in criteria if row.level == gate.level.id]
        if here:
            yield _gate_row(rubric, judged, gate)
            yield from here


def head_row(rubric: Rubric, judged: JudgedPrinciple) -> HeadRow:
    """Make the head of a principle."""
    found = standing(rubric, judged)
    return HeadRow(
        judged.principle.id, judged.principle.name, found, len(rubric.levels), judged.interval, needs(rubric, judged)
    )


def needs(rubric: Rubric, judged: JudgedPrinciple) -> str:
    """Say what the next level still needs, such as "High needs: model rollback (partially)"; empty on the top.

    Where points are counted that is where it begins; where a level is picked nothing is, but which levels are alike.
    """
    score = judged.score
    if rubric.rule == "choice":
        alike = [rubric.level(level).name for level in score.alike]
        return f"{joined(alike)} are alike here: it counts as {alike[-1]}" if alike else ""
    if not score.next_blocking:
        return ""
    following = rubric.level(score.next_blocking[0].level)
    if rubric.counts_points:
        return f"{following.name} begins {begin_text(following)}"
    offered = answers(rubric, judged.principle)
    items = [
        f"{rubric.criterion(each.criterion).name} ({_short(offered, each.verdict)})" for each in score.next_blocking
    ]
    return f"{following.name} needs {joined(items)}"


def _short(offered: Answers, verdict: Verdict | None) -> str:
    return offered.step(verdict).short.lower() if verdict else "unanswered"


def _gate_row(rubric: Rubric, judged: JudgedPrinciple, gate: Gate) -> GateRow:
    return GateRow(
        f"{judged.principle.id}/{gate.level.id}",
        gate.level.name,
        rubric.rank(gate.level.id),
        len(rubric.levels),
        gate.reached,
        gate.summary,
    )


def let_through(rows: Sequence[Row], only: Filter, keep: Collection[str] = ()) -> list[Row]:
    """List the rows that a filter lets through and those to keep, with the heads that still have any."""
    if only is Filter.ALL:
        return list(rows)
    wanted = {row.key for row in rows if isinstance(row, CriterionRow) and (row.key in keep or matches(row, only))}
    return under_heads(rows, lambda row: row, wanted)


def under_heads(listed: Iterable[Listed], row_of: Callable[[Listed], Row], wanted: Collection[str]) -> list[Listed]:
    """List what is of the criteria wanted, with the heads that still have any; `row_of` gives a row of each."""
    shown: list[Listed] = []
    heads: list[Listed] = []  # of what comes next, not shown yet
    for each in listed:
        row = row_of(each)
        if isinstance(row, HeadRow):
            heads = [each]
        elif isinstance(row, GateRow):
            heads = [*(head for head in heads if isinstance(row_of(head), HeadRow)), each]
        elif row.key in wanted:
            shown += [*heads, each]
            heads = []
    return shown


def again_by_case(warnings: Iterable[EvidenceWarning]) -> Again:
    """Sort out which criteria of which case are to be checked again."""
    found: dict[str, set[str]] = {}
    for each in warnings:
        if each.kind is WarningKind.CHECK_AGAIN and each.case and each.criterion:
            found.setdefault(each.case, set()).add(each.criterion)
    return {case: frozenset(criteria) for case, criteria in found.items()}


def matches(row: CriterionRow, only: Filter) -> bool:
    """Tell whether a filter lets a criterion through."""
    if only is Filter.UNANSWERED:
        return row.own is None
    if only is Filter.UNKNOWN:
        return row.counts in (Verdict.UNKNOWN, Verdict.WITHHELD)
    if only in (Filter.CONTRADICTED, Filter.CHECK_AGAIN):
        return row.contradicted if only is Filter.CONTRADICTED else row.again
    return only is Filter.ALL or row.lacks_evidence


def counts(rows: Iterable[Row]) -> Counter[Filter]:
    """Count how many criteria each filter lets through."""
    criteria = [row for row in rows if isinstance(row, CriterionRow)]
    return Counter({only: sum(matches(row, only) for row in criteria) for only in Filter})
