"""The challenges across the cases, those of most cases first: how many showed each, which, and on what it rests."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from app.analysis.challenges import Order, faced
from app.report.bars import share_bar
from app.report.blocks import Section, captioned, lead
from app.report.grid import Cell, Grid, Row, shares, table
from app.report.style import TEXT_NOTE, TEXT_SMALL, TEXT_SMALL_STRONG, WIDTH
from app.report.text import paragraph
from app.report.wording import capital, count, listed, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.analysis.challenges import Faced
    from app.report.material import Material
    from app.report.pdf import Flowable

_HEAD: Final = ("Challenge", "Cases", "", "Where it showed")


def sections(material: Material) -> list[Section]:
    """Make the section, where the round has challenges."""
    found = faced(material.chain, Order.FREQUENCY) if material.chain else ()
    if not found:
        return []
    return [Section("challenges", "Challenges across the cases", lambda: _flow(material, found), room=360)]


def _flow(material: Material, found: Sequence[Faced]) -> list[Flowable]:
    title = "Challenges by how many cases showed them"
    return [lead(_opening(found)), *captioned(material, title, _grid(found))]


def _opening(found: Sequence[Faced]) -> str:
    """Say how many there are, and which principles have most."""
    everywhere = sum(each.everywhere for each in found)
    counted = Counter(each.principle.short for each in found)
    most = max(counted.values())
    first = [short for short, number in counted.items() if number == most]
    opening = f"{count(len(found), 'challenge')}{_across(everywhere, len(found))}"
    if len(counted) == 1:
        return f"{opening}; of {listed(first)}."
    if len(first) == len(counted):
        return f"{opening}; {most} each of {listed(first)}."
    return f"{opening}; most are of {listed(first)} ({most}{' each' if len(first) > 1 else ''})."


def _across(everywhere: int, of: int) -> str:
    """Say how many of the challenges all cases have."""
    who = {0: "", of: "all of them " if of > 1 else ""}.get(everywhere, f"{everywhere} of them ")
    return f", {who}across all cases" if everywhere else ""


def _grid(found: Sequence[Faced]) -> Grid:
    return table(shares(WIDTH, 50, 24, 30, 66), _HEAD, [_row(each) for each in found])


def _row(each: Faced) -> Row:
    name = [
        paragraph(each.challenge.title, style=TEXT_SMALL_STRONG),
        paragraph(each.principle.short, style=TEXT_NOTE),
    ]
    number = [paragraph(f"{len(each.cases)} of {each.of}, {percent(each.share)}", style=TEXT_SMALL)]
    where = [
        paragraph(capital(each.where) or "No case named", style=TEXT_SMALL),
        paragraph(_basis(each), style=TEXT_NOTE),
    ]
    return Row([Cell(name), Cell(number), Cell([share_bar("Cases", len(each.cases), each.of)]), Cell(where)])


def _basis(each: Faced) -> str:
    if not each.links:
        return "No passage is tied to it"
    return f"{count(each.links, 'passage')} from {count(each.sources, 'source')}"
