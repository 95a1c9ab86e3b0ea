"""How codes stand under each other; pure, and on codes that stand in a circle it comes to an end, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.model.evidence import Code


def from_the_top(codes: Iterable[Code]) -> list[Code]:
    """Sort codes so that each follows the one it is under, as the tree shows them; what no top leads to is left out."""
    below: dict[str | None, list[Code]] = {}
    for code in codes:
        below.setdefault(code.parent, []).append(code)
    found: list[Code] = []
    still = below.pop(None, [])[::-1]
    while still:
        found.append(still.pop())
        still += below.pop(found[-1].key, [])[::-1]
    return found


def lineage(codes: Mapping[str, Code], code: str) -> tuple[Code, ...]:
    """List a code and those it stands under, itself first; empty where there is none of its key.

    Args:
        codes: by their keys.
        code: its key.
    """
    found: dict[str, Code] = {}
    above: str | None = code
    while above is not None and above in codes and above not in found:
        found[above] = codes[above]
        above = codes[above].parent
    return tuple(found.values())
