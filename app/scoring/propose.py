"""Answers proposed in one rubric because of those given in another, by a mapping between the two.

A proposal never claims more than any of the answers it rests on. The answers of an entry are taken together, and the
weakest of them counts; one that is not applicable is left out, and only where all are is that proposed. An answer that
is open (unknown, withheld or not given) could turn out to be the weakest: then nothing is proposed, unless the others
are so weak already that it makes no difference.

Where levels are picked, an entry's answers reach its level when all that apply are at least largely achieved, and the
highest level is proposed up to which every level with an entry is reached. A level without an entry, or whose answers
are all not applicable, is neither in the way nor proposed. Where an open answer decides whether a level is reached,
nothing is proposed.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from app.rubric import Rubric
from app.rubric.mapping import MappingEntry, RubricMapping
from app.scoring.offered import answers_to
from app.scoring.scale import ACHIEVEMENTS, PICKS, Verdict, achievement, is_open, rank_of
from app.scoring.staged import Verdicts

_REACHED: Final = (Verdict.NOT_ACHIEVED, Verdict.LARGELY)
"""What an entry's answers are brought to where only that matters whether they reach its level."""


class Proposal(Struct, frozen=True):
    """An answer proposed to a criterion, the answers it rests on, and why the meaning carries.

    `because` has the source criteria with their answers, each once, in the mapping's order, but none that is open: it
    makes no difference. Where levels are picked, those of levels above the first one missed are not in it either.
    """

    criterion: str
    verdict: Verdict
    because: tuple[tuple[str, Verdict], ...]
    note: str


def propose(source: Rubric, verdicts: Verdicts, target: Rubric, mapping: RubricMapping) -> tuple[Proposal, ...]:
    """What is proposed in the target rubric, in its order, from the verdicts on the source rubric's criteria.

    An answer that the source rubric does not offer counts as not given. The mapping has to fit the two rubrics
    (`app.rubric.mapping_checks.problems_between` finds nothing); KeyError where it names what is not there.
    """
    said = _Said(source, verdicts)
    rule = _picked if target.rule == "choice" else _answered
    entries = [entries for criterion in target.criteria if (entries := mapping.entries_for(criterion.id))]
    return tuple(proposal for each in entries if (proposal := rule(said, target, each)))


class _Said:
    """The answers in the source rubric."""

    def __init__(self, rubric: Rubric, verdicts: Verdicts) -> None:
        self._rubric = rubric
        self._verdicts = verdicts

    def because(self, entries: Iterable[MappingEntry]) -> tuple[tuple[str, Verdict], ...]:
        """What was answered to the criteria of entries, each once; those that are open are left out."""
        sources = dict.fromkeys(source for entry in entries for source in entry.sources)
        given = ((source, self._verdict(source)) for source in sources)
        return tuple((source, verdict) for source, verdict in given if verdict is not None and not is_open(verdict))

    def achievements(self, entries: Iterable[MappingEntry]) -> list[Verdict | None]:
        """The answers of entries, as achievements where they are any, and none above its entry's best."""
        return [self._achievement(source, entry) for entry in entries for source in entry.sources]

    def _achievement(self, source: str, entry: MappingEntry) -> Verdict | None:
        """A level that was picked is fully achieved from the entry's level on, and not at all below."""
        verdict = self._verdict(source)
        picked = rank_of(verdict)
        if picked is not None:
            reached = picked >= self._rubric.rank(entry.at_least)
            verdict = Verdict.FULLY if reached else Verdict.NOT_ACHIEVED
        best = Verdict(entry.best.value)
        return min(verdict, best, key=ACHIEVEMENTS.index) if verdict in ACHIEVEMENTS else verdict

    def _verdict(self, source: str) -> Verdict | None:
        verdict = self._verdicts.get(source)
        return verdict if verdict is not None and answers_to(self._rubric, source).offers(verdict) else None


def _answered(said: _Said, target: Rubric, entries: Sequence[MappingEntry]) -> Proposal | None:
    """What is proposed where a criterion is answered by how far it is achieved."""
    answers = answers_to(target, entries[0].to)
    offered = tuple(verdict for verdict in ACHIEVEMENTS if answers.offers(verdict))
    return _proposal(said, _weakest(said.achievements(entries), offered), entries, entries)


def _picked(said: _Said, target: Rubric, entries: Sequence[MappingEntry]) -> Proposal | None:
    """What is proposed where a level is picked; the note is that of the level, or of the first one missed."""
    reached: Verdict | None = None
    noted, walked = entries, list[MappingEntry]()
    for rank, here in _by_level(target, entries):
        stands = _weakest(said.achievements(here), _REACHED)
        if stands is None:
            return None
        walked += here
        if stands is Verdict.LARGELY:
            reached, noted = PICKS[rank], here
        elif stands is Verdict.NOT_ACHIEVED:
            if reached is None:
                reached, noted = PICKS[0], here
            break
    if reached is None:
        return _proposal(said, Verdict.NOT_APPLICABLE, walked, noted)
    return _proposal(said, answers_to(target, entries[0].to).step(reached).verdict, walked, noted)


def _by_level(target: Rubric, entries: Iterable[MappingEntry]) -> Iterator[tuple[int, list[MappingEntry]]]:
    """Entries by the place of their level, lowest first."""
    ranks = {entry: target.rank(entry.level) for entry in entries}
    for rank in sorted(set(ranks.values())):
        yield rank, [entry for entry in entries if ranks[entry] == rank]


def _weakest(given: Iterable[Verdict | None], offered: Sequence[Verdict]) -> Verdict | None:
    """The weakest of answers, brought to one that is offered, or to the next lower one; None where that is open.

    `offered` are achievements, lowest first.
    """
    applicable = [verdict for verdict in given if verdict is not Verdict.NOT_APPLICABLE]
    if not applicable:
        return Verdict.NOT_APPLICABLE
    known = [place for verdict in applicable if (place := achievement(verdict)) is not None]
    most = min(known, default=len(ACHIEVEMENTS))
    low_enough = [verdict for verdict in offered if ACHIEVEMENTS.index(verdict) <= most]
    if len(known) < len(applicable) and low_enough != [Verdict.NOT_ACHIEVED]:
        return None
    return low_enough[-1] if low_enough else None


def _proposal(
    said: _Said, verdict: Verdict | None, entries: Iterable[MappingEntry], noted: Sequence[MappingEntry]
) -> Proposal | None:
    if verdict is None:
        return None
    note = " ".join(dict.fromkeys(entry.note for entry in noted))
    return Proposal(noted[0].to, verdict, said.because(entries), note)
