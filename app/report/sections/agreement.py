"""Appendix: how far coders agreed on codes, and assessors on answers, before they talked; or why that is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from app.analysis.agreement import RELIABLE, TENTATIVE, agreement
from app.analysis.answer_agreement import answer_agreement
from app.analysis.blind import is_blind
from app.report.blocks import Section, captioned, labelled, lead
from app.report.grid import Cell, Row, shares, table
from app.report.style import TEXT_NOTE, TEXT_SMALL, TEXT_SMALL_STRONG, WIDTH
from app.report.text import paragraph
from app.report.wording import DASH, count, listed, minus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.analysis.agreement import Agreement, Measure
    from app.analysis.answer_agreement import AnswerAgreement, AnswerMeasure, PrincipleAgreement
    from app.analysis.assessment import Assessment
    from app.model.evidence import DoubleCoding
    from app.report.material import Material
    from app.report.pdf import Flowable

_CODES: Final = shares(WIDTH, 50, 15, 17, 13, 21, 21, 17, 32)
_ANSWERS: Final = shares(WIDTH, 60, 16, 20, 20, 20, 50)
_BOUNDS: Final = (
    "Krippendorff\u2019s alpha is 1 where all agree and 0 where they agree no more than by chance; "
    f"{RELIABLE} and more is reliable, from {TENTATIVE} on tentative conclusions may be drawn."
)


def sections(material: Material) -> list[Section]:
    """Make the section, once anything has been coded or answered."""
    if not (material.document.codings or material.answered):
        return []
    return [Section("agreement", "Agreement", lambda: _flow(material), room=180, appendix=True)]


def _flow(material: Material) -> list[Flowable]:
    before = len(material.captions)
    tables = [*_coders(material), *_assessors(material)]
    return [lead(_BOUNDS), *tables] if material.captions[before:] else tables


# Coders


def _coders(material: Material) -> list[Flowable]:
    doubles = material.document.double_codings
    done = [each for each in doubles if not is_blind(each)]
    if done:
        return [each for double in done for each in _double(material, double)]
    under_way = "Two assessors code the same sources, and are not both done yet: nothing is measured before they are."
    return [_told("Coders", under_way if doubles else "No source was coded by two assessors independently.")]


def _told(label: str, words: str) -> Flowable:
    return labelled(label, paragraph(words), before=14)


def _double(material: Material, double: DoubleCoding) -> list[Flowable]:
    found = agreement(material.document, double)
    first, second = (material.assessors[key].name for key in (double.first, double.second))
    sources = listed([material.citations.source(key) for key in double.sources])
    words = (
        f"{first} and {second} coded {sources} without seeing each other\u2019s codes: {count(found.lines, 'line')}."
    )
    head = ("Code", "Alpha", "Percent", "Both", f"Only {first}", f"Only {second}", "Neither", "")
    rows = [_code_row("All codes", found.overall, strong=True)]
    rows += [_code_row(each.name, each.measure) for each in found.codes]
    caption = f"Agreement of {first} and {second} on each code"
    return [
        _told("Coders", f"{words} {_resolved(found)}"),
        *captioned(material, caption, table(_CODES, head, rows, figures=range(1, 7))),
    ]


def _code_row(name: str, measure: Measure, *, strong: bool = False) -> Row:
    figures = (measure.both, measure.first, measure.second, measure.neither)
    return _row(
        name, [_alpha(measure.alpha), _percent(measure.percent), *map(str, figures), measure.why], strong=strong
    )


def _resolved(found: Agreement) -> str:
    """Count what became of the differences."""
    if not found.differences:
        return "They differed nowhere."
    kept = [each.resolution for each in found.differences if each.resolution]
    applies = sum(each.applies for each in kept)
    still = len(found.differences) - len(kept)
    parts = [f"{count(applies, 'time')} the code applies"] if applies else []
    parts += [f"{count(len(kept) - applies, 'time')} it does not"] if len(kept) > applies else []
    parts += [f"{still} still open"] if still else []
    return f"Of {count(len(found.differences), 'difference')}: {listed(parts)}."


# Assessors


def _assessors(material: Material) -> list[Flowable]:
    assessment = material.assessment
    if assessment is None or not material.answered:
        return [_told("Assessors", "Nothing has been answered yet.")]
    found = answer_agreement(material.document, assessment)
    if len(found.assessors) < 2:
        return [_told("Assessors", "Only one of the team has answered, so there is nothing to compare.")]
    if not found.overall.measure.pairs:
        return [_told("Assessors", found.overall.measure.words)]
    return [_told("Assessors", _answered(found, assessment)), *_by_principle(material, found)]


def _answered(found: AnswerAgreement, assessment: Assessment) -> str:
    told = _Consensus.of(assessment)
    late = (
        f"{count(found.late, 'answer')} given or changed after the answers were revealed {_are(found.late)} left out."
        if found.late
        else ""
    )
    sentences = (f"{count(len(found.assessors), 'assessor')} answered.", late, told.words)
    return " ".join(filter(None, sentences))


class _Consensus(NamedTuple):
    """How many criteria assessors differed on, and on how many of them they have agreed since."""

    differed: int
    agreed: int

    @classmethod
    def of(cls, assessment: Assessment) -> _Consensus:
        """Count them over all cases."""
        parts = (part for case in assessment.cases for part in case.principles)
        apart = [each for part in parts for each in part.criteria if each.effective.assessors_differ]
        return cls(len(apart), sum(each.consensus is not None for each in apart))

    @property
    def words(self) -> str:
        """Say it in a sentence."""
        if not self.differed:
            return "They differed nowhere."
        since = f"have agreed on {self.agreed or 'none'} of them since"
        return f"They differed on {count(self.differed, 'answer')} and {since}."


def _by_principle(material: Material, found: AnswerAgreement) -> list[Flowable]:
    head = ("Principle", "Alpha", "Compared", "Pairs", "Alike", "")
    rows = [_answer_row(each, strong=not each.principle) for each in (found.overall, *found.principles)]
    return captioned(
        material, "Agreement of assessors on each principle", table(_ANSWERS, head, rows, figures=range(1, 5))
    )


def _answer_row(each: PrincipleAgreement, *, strong: bool) -> Row:
    measure: AnswerMeasure = each.measure
    figures = (measure.units, measure.pairs, measure.same)
    return _row(each.name, [_alpha(measure.alpha), *map(str, figures), measure.why], strong=strong)


def _row(name: str, words: Sequence[str], *, strong: bool) -> Row:
    cells = [paragraph(name, style=TEXT_SMALL_STRONG if strong else TEXT_SMALL)]
    cells += [paragraph(each, style=TEXT_SMALL) for each in words[:-1]]
    cells.append(paragraph(words[-1], style=TEXT_NOTE))
    return Row([Cell([each]) for each in cells], above=2.2, below=3.4)


def _alpha(found: float | None) -> str:
    return DASH if found is None else minus(f"{found:.2f}")


def _percent(found: float | None) -> str:
    return DASH if found is None else f"{found:.0f} %"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
