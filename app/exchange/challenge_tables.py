"""The challenges of a round as a table for spreadsheets, with a column for each case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.exchange.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.analysis.challenges import Faced
    from app.model.setting import Case

_HEAD: Final = ("Challenge", "Text", "Principle", "Cases", "Across all cases", "Passages", "Sources")


def challenges_table(found: Iterable[Faced], cases: Sequence[Case]) -> Table:
    """Set out challenges in the order given; a case's column says "yes" where a challenge showed."""
    rows = []
    for each in found:
        showed = {case.key for case in each.cases}
        everywhere = "yes" if each.everywhere else ""
        told = (each.challenge.title, each.challenge.text, each.principle.short, len(each.cases), everywhere)
        rows.append((*told, each.links, each.sources, *("yes" if case.key in showed else "" for case in cases)))
    return Table("Challenges", (*_HEAD, *(case.name for case in cases)), tuple(rows))
