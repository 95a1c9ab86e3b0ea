"""What an override rests on, and whether the answers under it have changed since it was set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from app.scoring.offered import answers_to
from app.scoring.scale import Verdict, label, rank_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.rubric.structure import Rubric

_NAMED = 3  # criteria told of one by one


class Moved(Struct, frozen=True):
    """A criterion that is answered otherwise than when an override was set; None: unanswered."""

    criterion: str
    then: Verdict | None
    now: Verdict | None


def basis(criteria: Iterable[str], verdicts: Mapping[str, Verdict]) -> str:
    """Write down the verdicts that count on a principle's criteria, as an override keeps them.

    A principle on which nothing was answered is written as a single "-", so that it is told from an override that was
    made before any of this was kept.
    """
    return " ".join(f"{each}:{verdicts[each]}" for each in criteria if each in verdicts) or "-"


def moved(kept: str, criteria: Iterable[str], verdicts: Mapping[str, Verdict]) -> tuple[Moved, ...]:
    """Tell which verdicts are others than `basis` says; none where it says nothing.

    Args:
        kept: what `basis` gave when the override was set.
        criteria: ids of those that the principle has now, in the rubric's order.
        verdicts: those that count now.
    """
    if not kept:
        return ()
    then = _read(kept)
    both = dict.fromkeys((*criteria, *then))
    pairs = ((each, then.get(each), verdicts.get(each)) for each in both)
    return tuple(Moved(each, before, now) for each, before, now in pairs if before != now)


def moved_text(rubric: Rubric, changed: Sequence[Moved]) -> str:
    """Say what has changed: "drift detection was partially, is largely now"; the first few, and how many more."""
    told = [_moved_text(rubric, each) for each in changed[:_NAMED]]
    more = len(changed) - _NAMED
    return "; ".join([*told, f"and {more} more changed"] if more > 0 else told)


def _moved_text(rubric: Rubric, changed: Moved) -> str:
    then, now = (_said(rubric, changed, verdict) for verdict in (changed.then, changed.now))
    return f"{criterion_name(rubric, changed.criterion)} was {then}, is {now} now"


def criterion_name(rubric: Rubric, criterion: str) -> str:
    """Name a criterion, also one that a rubric no longer has."""
    return rubric.criterion(criterion).name if _has(rubric, criterion) else criterion.replace("-", " ")


def _said(rubric: Rubric, changed: Moved, verdict: Verdict | None) -> str:
    """Name an answer in a word or two; a level by the name that its rubric gives it."""
    known = _has(rubric, changed.criterion)
    words = answers_to(rubric, changed.criterion).label(verdict) if known else label(verdict)
    if rank_of(verdict) is not None:
        return words
    return (words if verdict is Verdict.NOT_ACHIEVED else words.removesuffix(" achieved")).lower()


def _has(rubric: Rubric, criterion: str) -> bool:
    """Whether a rubric still has a criterion: an override may rest on one that it has no more."""
    return any(each.id == criterion for each in rubric.criteria)


def _read(kept: str) -> dict[str, Verdict]:
    """Read verdicts by criterion; what is none of them is left out: it then counts as unanswered."""
    known = {verdict.value: verdict for verdict in Verdict}
    pairs = (pair.partition(":") for pair in kept.split())
    return {criterion: known[verdict] for criterion, _, verdict in pairs if verdict in known}
