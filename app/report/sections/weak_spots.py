"""Where the organisation as a whole is weak: how the cases' answers to each criterion spread, the weakest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.analysis.distribution import distribution, lacking, weakest_first
from app.report.bars import Bar, Fill, Stretch, sample
from app.report.blocks import Section, figure_title, lead, nothing, opened
from app.report.fonts import Face
from app.report.grid import Cell, Grid, Row, shares, table
from app.report.style import GREY, TEXT_NOTE, TEXT_SMALL, WIDTH, level_tint
from app.report.text import Run, paragraph
from app.report.wording import capital, count
from app.scoring.scale import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.analysis.distribution import Distribution, Offered, Spread
    from app.report.material import Material
    from app.report.pdf import Flowable

_SHOWN: Final = 15
_LEAST_CASES: Final = 2
_KEYS: Final = 3  # answers of the legend side by side


def sections(material: Material) -> list[Section]:
    """Make the section, where cases can be compared."""
    assessment = material.assessment
    if assessment is None or len(assessment.cases) < _LEAST_CASES or not material.answered:
        return []
    title = "Where the organisation is weak"
    return [
        Section("weak-spots", title, lambda: _flow(material, distribution(assessment), len(assessment.cases)), room=420)
    ]


def _flow(material: Material, found: Distribution, cases: int) -> list[Flowable]:
    weak = [each for each in weakest_first(found.spreads) if each.missing]
    flow: list[Flowable] = [lead(_opening(found, weak))]
    if not weak:
        return [*flow, nothing("No case falls short of the best answer on any criterion that was answered.")]
    caption = figure_title(material, "The criteria that the cases fall short of most, by their answers")
    return [*flow, *opened([caption, _legend(found)], _figure(found, weak[:_SHOWN], cases)), *_rest(weak[_SHOWN:])]


def _opening(found: Distribution, weak: Sequence[Spread]) -> str:
    total = count(len(found.spreads), "criterion", "criteria")
    everywhere = sum(not any(_known(found, each)[:1]) for each in weak)
    if not weak:
        return f"Of {total}, none is answered short of the best."
    verb = "is" if len(weak) == 1 else "are"
    first = f"Of {total}, {len(weak)} {verb} answered short of the best for at least one case"
    return f"{first}, {everywhere} of them for every case that has an answer." if everywhere else f"{first}."


def _known(found: Distribution, spread: Spread) -> list[int]:
    """Count the cases by those answers that say how far, best first."""
    return [len(here) for here in spread.cases[: found.steps]]


def _figure(found: Distribution, shown: Sequence[Spread], cases: int) -> Grid:
    rows = []
    for each in shown:
        name = paragraph(capital(each.criterion.name), style=TEXT_SMALL)
        offered = zip(found.answers, each.cases, strict=True)
        bar = Bar([_stretch(found, offer, len(here)) for offer, here in offered], cases)
        told = paragraph(lacking(each, found.answers) or "no answer says how far", style=TEXT_SMALL)
        principle = paragraph(each.principle.short, style=TEXT_NOTE)
        rows.append(Row([Cell([item]) for item in (name, principle, bar, told)], above=2.4, below=3))
    columns = shares(WIDTH, 44, 38, 50, 38)
    return table(columns, ["Criterion", "Principle", "Cases by their answer, best first", ""], rows, before=4)


def _stretch(found: Distribution, offer: Offered, number: int) -> Stretch:
    """Make the stretch of an answer: the better the darker; open ones dotted, what does not apply empty."""
    if offer.rank is not None:
        tint = level_tint(offer.rank, found.steps)
        return Stretch(offer.label, number, Fill.SOLID, tint)
    fill = Fill.EMPTY if offer.verdict is Verdict.NOT_APPLICABLE else Fill.DOTTED
    return Stretch(offer.label, number, fill, GREY)


def _legend(found: Distribution) -> Grid:
    samples = [Cell([sample(_stretch(found, offer, 1))]) for offer in found.answers]
    lines = [samples[at : at + _KEYS] for at in range(0, len(samples), _KEYS)]
    rows = [Row([*line, *(Cell() for _ in range(_KEYS - len(line)))], rule=0, above=1, below=0) for line in lines]
    return Grid(shares(WIDTH, *(1.0 for _ in range(_KEYS))), rows, gap=9)


def _rest(rest: Sequence[Spread]) -> list[Flowable]:
    """Name those that are not drawn."""
    if not rest:
        return []
    names = "; ".join(f"{each.criterion.name} ({each.principle.short})" for each in rest)
    return [paragraph(Run("Closer to the best answer: ", Face.SEMIBOLD), f"{names}.", style=TEXT_NOTE, before=6)]
