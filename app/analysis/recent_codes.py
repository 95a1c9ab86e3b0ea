"""The codes somebody put on last, each at a place that stays its own while it is among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.model.evidence import Coding

MOST: Final = 9
"""Recent codes that are kept at hand: as many as there are digits."""


def recent_codes(codings: Iterable[Coding], who: str) -> tuple[str, ...]:
    """List the codes that somebody put on last, the last one first, at most `MOST`; codings without a time don't count.

    Args:
        codings: of the study, in its order.
        who: key of the assessor.
    """
    own = [
        (each.made_at, place, each.code) for place, each in enumerate(codings) if each.assessor == who and each.made_at
    ]
    own.sort(reverse=True)
    return tuple(dict.fromkeys(code for _made_at, _place, code in own))[:MOST]


def settled(before: Sequence[str], recent: Sequence[str]) -> tuple[str, ...]:
    """Give recent codes their places: those that had one keep it, new ones take the places that became free.

    Args:
        before: the codes by place, as they were.
        recent: the codes that are to have a place, the last one first.
    """
    fresh = [code for code in recent if code not in before]
    kept = [code if code in recent else fresh.pop(0) if fresh else "" for code in before]
    return tuple(code for code in [*kept, *fresh] if code)
