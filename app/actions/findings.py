"""Write down, in a line, what was found for a case on a principle; see `links` for what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import asdict

from app.actions.errors import NotFoundError, RefusedError
from app.actions.reading import case_name, frozen_rubric
from app.actions.values import checked
from app.analysis.codebook import on_one_line
from app.analysis.todo import count
from app.model.assessment import Finding

if TYPE_CHECKING:
    from app.actions.overrides import Place
    from app.actions.unit import Unit


def write_finding(unit: Unit, at: Place, text: str) -> str:
    """Write the finding, or write it anew; what it rests on stays.

    Raises:
        NotFoundError: there is no such principle, case or round.
        RefusedError: it has no words, or more than a line has room for.
    """
    line = on_one_line(text)
    if not line:
        raise RefusedError("A finding needs its words: remove it where there is none.")
    finding = checked(Finding(**asdict(at), text=line))
    row_id = unit.find(finding)
    if row_id is None:
        unit.add(finding)
    else:
        unit.update("findings", row_id, {"text": finding.text})
    return f"Write the finding on {_words(unit, at)}"


def remove_finding(unit: Unit, at: Place) -> str:
    """Remove the finding, and the links to what it rests on; the passages stay.

    Raises:
        NotFoundError: there is none.
    """
    row_id = unit.find(owner(at))
    if row_id is None:
        raise NotFoundError("There is no finding to remove.")
    links = len(unit.rows("evidence", finding_id=row_id))
    unit.delete("findings", row_id)
    went = f" and {count(links, 'link', 'links')}" if links else ""
    return f"Remove the finding on {_words(unit, at)}{went}"


def owner(at: Place) -> Finding:
    """Give what `app.actions.links` knows a finding by."""
    return Finding(**asdict(at), text="-")


def _words(unit: Unit, at: Place) -> str:
    return f"{frozen_rubric(unit, at.rubric).principle(at.principle).short} of {case_name(unit, at.case)}"
