"""Insiders' reviews of results: what is put before them, what they said, what is still open, what changed since; pure.

An insider is shown the level and the finding of every principle of some cases, as all of the team may see them. What
they were shown is kept with the review, so that it can be told from what the study says later.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from app.analysis.assessment import assess, rubric_of
from app.analysis.overview import NOT_RATED
from app.analysis.todo import count
from app.model.assessment import Review, ReviewItem, ReviewVerdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from app.analysis.assessment import JudgedPrinciple
    from app.model.assessment import Answer, Finding, Override
    from app.model.document import StudyDocument
    from app.rubric.structure import Rubric

OBJECTIONS: Final = (ReviewVerdict.CORRECTED, ReviewVerdict.DISPUTED)
"""What an insider says that asks the team for an answer."""


class At(Struct, frozen=True):
    """Which result is meant: that of one principle for one case; the round is the review's."""

    rubric: str
    principle: str
    case: str


class Said(Struct, frozen=True):
    """What an insider wrote beside one result; no verdict where none was chosen."""

    at: At
    verdict: ReviewVerdict | None = None
    comment: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written."""
        return self.verdict is None and not self.comment


class Changed(Struct, frozen=True):
    """What is another than an insider was shown: "Level" or "Finding", as it was and as it is."""

    what: str
    then: str
    now: str


class Result(Struct, frozen=True):
    """A result that was put before an insider: what they said of it, and what the study says now.

    `case` and `principle` are names. `level` and `finding` are as they are now; `item` holds what was shown.
    """

    item: ReviewItem
    case: str
    principle: str
    level: str
    finding: str

    @property
    def at(self) -> At:
        """Which result it is."""
        return place_of(self.item)

    @property
    def is_answered(self) -> bool:
        """Whether the insider said anything of it."""
        return self.item.verdict is not None

    @property
    def is_open(self) -> bool:
        """Whether it was corrected or disputed, and nobody has said yet what became of that."""
        return self.item.verdict in OBJECTIONS and not self.item.resolution.strip()

    @property
    def changed(self) -> tuple[Changed, ...]:
        """What is another than was shown; nothing in a review made before that was kept."""
        if not self.item.level:
            return ()
        pairs = (("Level", self.item.level, self.level), ("Finding", self.item.finding, self.finding))
        return tuple(Changed(*each) for each in pairs if each[1] != each[2])

    @property
    def is_stale(self) -> bool:
        """Whether something else was confirmed, or is asked about, than the study says now."""
        return bool(self.changed) and self.item.verdict not in OBJECTIONS


class Reviewed(Struct, frozen=True):
    """One insider's review, result by result in the order it was put to them; `reviewer` and `role` name them."""

    review: Review
    reviewer: str
    role: str
    results: tuple[Result, ...]

    @property
    def tally(self) -> Tally:
        """What was said, counted."""
        return Tally.of(self.results)

    @property
    def is_stale(self) -> bool:
        """Whether any of it is of something else than the study says now."""
        return any(each.is_stale for each in self.results)

    def result(self, at: At) -> Result | None:
        """Find one result; None where the review is not of it."""
        return next((each for each in self.results if each.at == at), None)


class Tally(Struct, frozen=True):
    """Results by what was said of them; `open` are corrected or disputed and not settled, `changed` since shown."""

    results: int = 0
    confirmed: int = 0
    corrected: int = 0
    disputed: int = 0
    unanswered: int = 0
    open: int = 0
    changed: int = 0
    stale: int = 0

    @classmethod
    def of(cls, results: Collection[Result]) -> Tally:
        """Count results."""
        said = Counter(each.item.verdict for each in results)
        return cls(
            len(results),
            said[ReviewVerdict.CONFIRMED],
            said[ReviewVerdict.CORRECTED],
            said[ReviewVerdict.DISPUTED],
            said[None],
            sum(each.is_open for each in results),
            sum(bool(each.changed) for each in results),
            sum(each.is_stale for each in results),
        )

    @property
    def text(self) -> str:
        """Say it in a line: "12 confirmed · 2 disputed · 1 unanswered · 2 open"."""
        named = ("confirmed", "corrected", "disputed", "unanswered", "open")
        return " · ".join(f"{number} {name}" for name in named if (number := getattr(self, name)))


class Reviews(Struct, frozen=True):
    """All reviews of a round, in the order in which they were prepared."""

    reviews: tuple[Reviewed, ...]

    @property
    def results(self) -> tuple[Result, ...]:
        """Every result of every review."""
        return tuple(result for each in self.reviews for result in each.results)

    @property
    def tally(self) -> Tally:
        """What was said in all of them, counted."""
        return Tally.of(self.results)

    @property
    def open(self) -> tuple[tuple[Reviewed, Result], ...]:
        """What was corrected or disputed and is not settled."""
        return tuple((each, result) for each in self.reviews for result in each.results if result.is_open)

    def review(self, key: str) -> Reviewed | None:
        """Find one review by its key."""
        return next((each for each in self.reviews if each.review.key == key), None)


def place_of(item: ReviewItem) -> At:
    """Say which result an item is of."""
    return At(item.rubric, item.principle, item.case)


def reviews(document: StudyDocument, in_round: str | None = None) -> Reviews:
    """Tell how the reviews of a round stand, or those of all rounds.

    Args:
        document: the study as all of the team may see it: without answers that are not revealed yet.
        in_round: key of the round; None for all.
    """
    teller = _Teller(document)
    wanted = (each for each in document.reviews if in_round in (None, each.round))
    return Reviews(tuple(teller.tell(each) for each in wanted))


def items_to_review(
    document: StudyDocument, in_round: str, cases: Iterable[str], rubric: str
) -> tuple[ReviewItem, ...]:
    """List what is put before an insider of some cases, in the order of the study: every principle, as it is now.

    Args:
        document: the study as all of the team may see it: without answers that are not revealed yet.
        in_round: key of the round.
        cases: keys.
        rubric: key of the rubric they are judged by.
    """
    chosen = frozenset(cases)
    assessment = assess(document, rubric, in_round)
    return tuple(
        ReviewItem(
            rubric=rubric,
            principle=judged.principle.id,
            case=case.case.key,
            level=level_words(assessment.rubric, judged),
            finding=finding_words(judged),
        )
        for case in assessment.cases
        if case.case.key in chosen
        for judged in case.principles
    )


def can_be_reviewed(document: StudyDocument, in_round: str, cases: Iterable[str], rubric: str) -> bool:
    """Whether anything is answered, or a finding is written, for any of the cases in the round."""
    chosen = frozenset(cases)
    answers = (each for each in document.answers if each.verdict)
    said: list[Answer | Finding | Override] = [*answers, *document.findings, *document.overrides]
    return any((each.rubric, each.round) == (rubric, in_round) and each.case in chosen for each in said)


def level_words(rubric: Rubric, judged: JudgedPrinciple) -> str:
    """Give a level as an insider is shown it: "Moderate, at most High", "High, set by the team; derived: Moderate"."""
    derived = _derived(rubric, judged)
    if judged.in_force is None:
        return derived
    return f"{rubric.level(judged.in_force.level).name}, set by the team; derived: {derived}"


def finding_words(judged: JudgedPrinciple) -> str:
    """Give a finding as an insider is shown it; empty where none is written."""
    return judged.finding.text if judged.finding else ""


def reviewed_text(tally: Tally) -> str:
    """Say how much was put to insiders: "21 results: 12 confirmed · 2 disputed · 7 unanswered"."""
    results = count(tally.results, "result", "results")
    return f"{results}: {tally.text}" if tally.text else results


def _derived(rubric: Rubric, judged: JudgedPrinciple) -> str:
    level, at_most = judged.score.level, judged.score.at_most
    if level is None or at_most is None:
        return NOT_RATED
    name = rubric.level(level).name
    return name if level == at_most else f"{name}, at most {rubric.level(at_most).name}"


class _Teller:
    """Reads reviews against what a study says now; each rubric in each round is scored once."""

    def __init__(self, document: StudyDocument) -> None:
        self._document = document
        self._people = {each.key: each for each in document.participants}
        self._cases = {each.key: each.name for each in document.cases}
        self._now: dict[tuple[str, str], dict[tuple[str, str], tuple[str, str]]] = {}

    def tell(self, review: Review) -> Reviewed:
        """Tell how one review stands."""
        person = self._people[review.reviewer]
        results = tuple(self._result(review, item) for item in review.items)
        return Reviewed(review, person.pseudonym, person.role, results)

    def _result(self, review: Review, item: ReviewItem) -> Result:
        principle = rubric_of(self._document, item.rubric).principle(item.principle)
        level, finding = self._told(item.rubric, review.round)[item.case, item.principle]
        return Result(item, self._cases[item.case], principle.short, level, finding)

    def _told(self, rubric: str, in_round: str) -> dict[tuple[str, str], tuple[str, str]]:
        if (rubric, in_round) not in self._now:
            self._now[rubric, in_round] = dict(self._score(rubric, in_round))
        return self._now[rubric, in_round]

    def _score(self, rubric: str, in_round: str) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
        assessment = assess(self._document, rubric, in_round)
        for case in assessment.cases:
            for judged in case.principles:
                words = level_words(assessment.rubric, judged), finding_words(judged)
                yield (case.case.key, judged.principle.id), words
