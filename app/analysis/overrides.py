"""What an override rests on, and whether the answers under it have changed since it was set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from app.scoring.scale import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


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


def _read(kept: str) -> dict[str, Verdict]:
    """Read verdicts by criterion; what is none of them is left out: it then counts as unanswered."""
    known = {verdict.value: verdict for verdict in Verdict}
    pairs = (pair.partition(":") for pair in kept.split())
    return {criterion: known[verdict] for criterion, _, verdict in pairs if verdict in known}
