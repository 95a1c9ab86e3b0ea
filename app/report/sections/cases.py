"""Each case on two pages: what it is, its levels with reasons, the weight of evidence, influences and next steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.analysis.gaps import case_gaps
from app.analysis.radar import LEAST_AXES, MOST_WORDS
from app.analysis.roadmap import PROGRESS, roadmap
from app.analysis.weighing import under, weigh
from app.model.evidence import Weight
from app.report.bars import Bar, Fill, Stretch, sample
from app.report.blocks import (
    Section,
    judged_level,
    labelled,
    nothing,
    opened,
    overall_level,
    room_for,
    strong,
    whole,
)
from app.report.grid import Cell, Grid, Row, shares, table
from app.report.influences import strength_words
from app.report.radar import Told, legend, levels_of
from app.report.sections.principle import override_text
from app.report.sections.profiles import drawn
from app.report.sheet import Anchor
from app.report.style import (
    COLUMN,
    GUTTER,
    HEIGHT,
    INK,
    LINE,
    TEXT,
    TEXT_BODY,
    TEXT_HEAD,
    TEXT_LABEL,
    TEXT_NOTE,
    TEXT_SMALL,
    TEXT_SMALL_STRONG,
    TEXT_STRONG,
    WIDTH,
    Style,
)
from app.report.text import Run, Words, line, paragraph
from app.report.wording import WEIGHTS, count, cut, listed, sentence
from app.scoring.effective import Reason
from app.scoring.scale import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.analysis.assessment import Assessment, JudgedCase, JudgedCriterion, JudgedPrinciple
    from app.model.assessment import Influence
    from app.model.setting import Case
    from app.report.material import Material
    from app.report.pdf import Flowable

_FACTS: Final = (
    ("What it does", "summary"),
    ("Learning", "ml_type"),
    ("Data", "data_source"),
    ("Deployment", "deployment"),
    ("Status", "status"),
    ("Developed by", "developed_by"),
)
_ROOM: Final = HEIGHT * 0.85  # left on a page that a case begins on: all but a line or two that came over
_FACT: Final = 62.0  # of its label
_DRAWING: Final = 176.0
_WIDER: Final = 212.0  # with names at its sides
_HIGH: Final = 178.0
_STEPS: Final = 3
_TOGETHER: Final = 2  # influences that stay with the one below, so that none is alone under the heading
_MEMO: Final = 240
_AXIS: Final = Style(6.8, 8.6)
_FILLS: Final = {Weight.SAID: Fill.EMPTY, Weight.SHOWN: Fill.HATCHED, Weight.DOCUMENTED: Fill.SOLID}
_BESIDE: Final = "-next-steps"


def sections(material: Material) -> list[Section]:
    """Make the section, once anything has been answered."""
    assessment = material.assessment
    if assessment is None or not material.answered:
        return []
    return [Section("cases", "Cases", lambda: _flow(material, assessment), _ROOM)]


def _flow(material: Material, assessment: Assessment) -> list[Flowable]:
    flow: list[Flowable] = []
    for number, case in enumerate(assessment.cases, 1):
        flow += [] if number == 1 else [room_for(_ROOM)]
        flow += _case(material, assessment, case, f"Case {number} of {len(assessment.cases)}")
    return flow


def _case(material: Material, assessment: Assessment, case: JudgedCase, place: str) -> Iterator[Flowable]:
    yield _head(case.case, place)
    if not any(each.answers or each.consensus for judged in case.principles for each in judged.criteria):
        yield _facts(case.case)
        yield nothing("Nothing has been answered for this case yet, so that no level is known.")
        yield from _influences(material, case.case)
        return
    yield _profile(material, assessment, case)
    yield from _levels(material, case)
    yield from _evidence(case)
    yield from _influences(material, case.case)
    yield from _next_steps(material, assessment, case)
    yield from _open(case)


def _head(case: Case, place: str) -> Flowable:
    anchor = Anchor(f"case-{case.key}", line(case.name), 1, running=True)
    cells = [Cell([anchor, paragraph(place, style=TEXT_NOTE)]), Cell([paragraph(case.name, style=TEXT_HEAD)])]
    return Grid([COLUMN, TEXT], [Row(cells, LINE, INK, above=6, below=8)], gap=GUTTER, before=26)


# What it is, and its levels


def _profile(material: Material, assessment: Assessment, case: JudgedCase) -> Flowable:
    """Set what a case is beside the drawing of its levels."""
    values = drawn(material, assessment, case)
    axes = len(values.axes)
    told = Told.LEVELS if axes <= LEAST_AXES else Told.NAMES if axes <= MOST_WORDS else Told.NUMBERS
    wide = _DRAWING if told is not Told.NAMES else _WIDER
    right = [levels_of(values, _HIGH, told, _AXIS), *legend([values], told, across=2)]
    overall = [*overall_level(case.rubric, case)] if case.rubric.overall != "none" else []
    left = [
        _facts(case.case, WIDTH - wide - GUTTER),
        *(paragraph("Overall", style=TEXT_LABEL, before=8), *overall),
        paragraph(case.overall_reason, style=TEXT_BODY, before=3),
    ]
    return Grid([WIDTH - wide - GUTTER, wide], [Row([Cell(left), Cell(right)], rule=0)], gap=GUTTER)


def _facts(case: Case, width: float = WIDTH) -> Flowable:
    """Set what is known of a case, in short; say so where nothing is."""
    known = [(label, text) for label, field in _FACTS if (text := getattr(case, field).strip())]
    if not known:
        return paragraph("Nothing has been noted of what this case is.", style=TEXT_NOTE)
    rows = [
        Row([Cell([paragraph(label, style=TEXT_LABEL)]), Cell([paragraph(text, style=TEXT_SMALL)])], above=2, below=3)
        for label, text in known
    ]
    return Grid([_FACT, width - _FACT - 9], rows, gap=9)


def _levels(material: Material, case: JudgedCase) -> list[Flowable]:
    limiting = case.score.overall.limiting_all
    rows = [_level_row(material, each, limits=each.principle.id in limiting) for each in case.principles]
    grid = table(shares(WIDTH, 36, 34, 100), ["Principle", "Level", "Finding, and why it has this level"], rows)
    heads = [paragraph("Levels and what limits them", style=TEXT_STRONG, before=14, after=4)]
    return opened(heads, grid)


def _level_row(material: Material, judged: JudgedPrinciple, *, limits: bool) -> Row:
    name = [paragraph(judged.principle.short, style=TEXT_SMALL_STRONG)]
    if limits:
        held = "among the lowest" if judged.rubric.overall == "none" else "limits the case"
        name.append(paragraph(held, style=TEXT_NOTE))
    why = [paragraph(sentence(judged.finding.text), style=TEXT_SMALL_STRONG)] if judged.finding else []
    why.append(paragraph(judged.reason, style=TEXT_SMALL))
    why += override_text(material, judged.rubric, judged, TEXT_SMALL)
    return Row([Cell(name), Cell(judged_level(judged.rubric, judged, TEXT_SMALL)), Cell(why)])


# The weight of evidence


def _evidence(case: JudgedCase) -> list[Flowable]:
    """Count by principle what speaks for its judgements and against them."""
    heads: list[Flowable] = [paragraph("Evidence by weight", style=TEXT_STRONG, before=14)]
    weighed = [weigh(under(judged)) for judged in case.principles]
    if not any(each.total for each in weighed):
        return _only(heads, "No judgement of this case has been tied to a passage yet.")
    most = max(each.most for each in weighed)
    rows = []
    for number, (judged, each) in enumerate(zip(case.principles, weighed, strict=True), 1):
        name = Cell([paragraph(judged.principle.short, style=TEXT_SMALL)])
        sides = (*_side(each.supports, most), *_side(each.contradicts, most))
        rows.append(Row([name, *sides], keep=number < len(weighed)))
    columns = shares(WIDTH, 35, 45, 44, 26, 20)
    head = ["Principle", "Speaks for", "", "Speaks against", ""]
    return opened([*heads, _evidence_legend()], table(columns, head, rows, before=4))


def _only(heads: list[Flowable], words: str) -> list[Flowable]:
    """Set a heading above words, and both on one page."""
    return [room_for(60), *heads, paragraph(words, style=TEXT_NOTE)]


def _evidence_legend() -> Grid:
    """Say what the stretches mean, and how passages are counted."""
    words = "Passages under its findings and answers, each counted once."
    samples = [Cell([sample(Stretch(WEIGHTS[weight], 1, fill))]) for weight, fill in _FILLS.items()]
    row = Row([*samples, Cell([paragraph(words, style=TEXT_NOTE)])], rule=0, above=2, below=0)
    return Grid([46.0, 52.0, 78.0, WIDTH - 182.0], [row], gap=2)


def _side(counted: Mapping[Weight, int], most: int) -> tuple[Cell, Cell]:
    """Set one side in words and as a bar."""
    told = ", ".join(f"{number} {WEIGHTS[weight]}" for weight, number in counted.items() if number)
    bar = Bar([Stretch(WEIGHTS[weight], counted[weight], fill) for weight, fill in _FILLS.items()], most, beside=True)
    return Cell([paragraph(told or "none", style=TEXT_SMALL if told else TEXT_NOTE)]), Cell([bar])


# Influences


def _influences(material: Material, case: Case) -> list[Flowable]:
    """List how factors work on the case, then on the organisation as a whole; name those nobody has judged."""
    if not material.document.factors:
        return []
    seen = material.influences()
    own = [each for each in seen if each.case == case.key]
    rows = [_influence_row(material, each) for each in (*own, *(each for each in seen if each.case is None))]
    judged = {each.factor for each in own}
    missing = listed([each.name for each in material.document.factors if each.key not in judged])
    note = [paragraph(f"Not judged for this case: {missing}.", style=TEXT_NOTE, before=3)] if missing else []
    heads: list[Flowable] = [paragraph("Influences of factors", style=TEXT_STRONG, before=14, after=4)]
    if not rows:
        return _only(heads, "No influence on this case has been judged.")
    for row in rows[:_TOGETHER]:
        row.keep = True
    grid = table(shares(WIDTH, 50, 38, 82), ["Factor", "Influence", "Why"], rows)
    return [*opened(heads, grid), *note]


def _influence_row(material: Material, influence: Influence) -> Row:
    name: list[Words] = [material.factors[influence.factor].name]
    if influence.case is None:
        name.append(Run("\non the organisation", colour=TEXT_NOTE.colour))
    why = paragraph(cut(influence.memo, _MEMO), style=TEXT_SMALL)
    return Row([Cell([paragraph(*name, style=TEXT_SMALL)]), Cell([strength_words(influence.strength)]), Cell([why])])


# What to do next, and what is not known


def _next_steps(material: Material, assessment: Assessment, case: JudgedCase) -> list[Flowable]:
    steps = list(_planned(material, assessment, case)) or list(_needed(material, case))
    if not steps:
        return []
    shown = [paragraph(*words, style=TEXT_SMALL, after=3) for words in steps[:_STEPS]]
    more = len(steps) - _STEPS
    where = "" if _BESIDE in material.setup.sections.split() else ", in the section on next steps"
    if more > 0:
        shown.append(paragraph(f"And {count(more, 'more step')}{where}.", style=TEXT_NOTE))
    return whole(labelled("Next steps", *shown, before=14))


def _planned(material: Material, assessment: Assessment, case: JudgedCase) -> Iterator[Sequence[Words]]:
    """Tell the steps that were agreed on."""
    for each in roadmap(material.document, assessment, case.case.key):
        about = f"{each.principle.short}, {PROGRESS[each.step.progress].lower()}: "
        yield strong(about), sentence(each.text)


def _needed(material: Material, case: JudgedCase) -> Iterator[Sequence[Words]]:
    """Tell what stands between the case and its next levels, the lowest principles first."""
    gaps = case_gaps(material.document, case)
    for gap in sorted(gaps, key=lambda each: each.rubric.rank(each.level) if each.level else len(each.rubric.levels)):
        for need in gap.needed or gap.needs:
            about = f"{gap.principle.short}, {need.criterion.name}: "
            yield strong(about), sentence(need.criterion.advice)


def _open(case: JudgedCase) -> list[Flowable]:
    """Name the criteria that are open, and why; say so where none is."""
    named: dict[str, list[str]] = {}
    for judged in case.principles:
        for each in judged.criteria:
            if why := _why_open(each):
                named.setdefault(why, []).append(f"{each.criterion.name} ({judged.principle.short})")
    lines = [
        paragraph(strong(f"{why}: "), f"{listed(names)}.", style=TEXT_SMALL, after=2) for why, names in named.items()
    ]
    return whole(labelled("Not known", *(lines or [paragraph("Every criterion is answered.", style=TEXT_SMALL)])))


def _why_open(judged: JudgedCriterion) -> str:
    if judged.effective.reason is Reason.DIFFER:
        return "Assessors differ"
    words = {None: "Unanswered", Verdict.UNKNOWN: "Unknown", Verdict.WITHHELD: "Withheld"}
    return words.get(judged.verdict, "")
