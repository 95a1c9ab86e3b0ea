"""Where the team did not simply follow the answers: levels it set, dissents, and what is not agreed on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from app.analysis.consensus import Differing, differences
from app.report.blocks import Section, captioned, lead, level, subhead
from app.report.fonts import Face
from app.report.grid import Cell, Row, shares, table
from app.report.sections.other_rubrics import others
from app.report.style import TEXT_NOTE, TEXT_SMALL, TEXT_SMALL_STRONG, WIDTH
from app.report.text import Run, paragraph
from app.report.wording import capital, count, listed, lowered, sentence
from app.scoring.offered import answers_to

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.analysis.assessment import Assessment, JudgedCase, JudgedPrinciple
    from app.model.assessment import Dissent, Override
    from app.report.material import Material
    from app.report.pdf import Flowable

_SET: Final = ("Case and principle", "Set by the team", "Derived", "Why")
_DISSENT: Final = ("Case and criterion", "Agreed", "Dissent")
_OPEN: Final = ("Case and criterion", "Answers")


class _Found(NamedTuple):
    """What was found against one rubric; overrides with their case and principle."""

    assessment: Assessment
    overrides: list[tuple[JudgedCase, JudgedPrinciple]]
    dissents: list[Differing]
    open: list[Differing]

    @property
    def any(self) -> bool:
        """Whether there is anything."""
        return bool(self.overrides or self.dissents or self.open)


def sections(material: Material) -> list[Section]:
    """Make the section, where there is any, against whichever of the study's rubrics."""
    if material.assessment is None:
        return []
    each = (_found(material, assessment) for assessment in (material.assessment, *others(material)))
    found = [one for one in each if one.any]
    return [Section("dissent", "Dissent and overrides", lambda: _flow(material, found), room=300)] if found else []


def _found(material: Material, assessment: Assessment) -> _Found:
    differing = differences(material.document, assessment)
    return _Found(
        assessment,
        [(case, each) for case in assessment.cases for each in case.principles if each.override is not None],
        [each for each in differing if each.consensus is not None and each.consensus.dissents],
        [each for each in differing if each.is_open and each.differs],
    )


def _flow(material: Material, found: Sequence[_Found]) -> list[Flowable]:
    flow: list[Flowable] = []
    several = len(material.document.rubrics) > 1
    for each in found:
        rubric = each.assessment.rubric
        flow += subhead(f"{rubric.title}, version {rubric.version}", key=f"dissent-{rubric.id}") if several else []
        flow += [lead(_opening(each)), *_tables(material, each)]
    return flow


def _tables(material: Material, found: _Found) -> Iterator[Flowable]:
    assessment = found.assessment
    if found.overrides:
        rows = [_override_row(material, *each) for each in found.overrides]
        title = "Levels that the team set against the derived ones"
        yield from captioned(material, title, table(shares(WIDTH, 38, 32, 32, 68), _SET, rows))
    if found.dissents:
        rows = [_dissent_row(material, assessment, each) for each in found.dissents]
        title = "Agreed answers from which somebody dissents"
        yield from captioned(material, title, table(shares(WIDTH, 46, 58, 66), _DISSENT, rows))
    if found.open:
        rows = [_open_row(material, assessment, each) for each in found.open]
        title = "Criteria on which assessors differ and have not agreed"
        yield from captioned(material, title, table(shares(WIDTH, 60, 110), _OPEN, rows))


def _opening(found: _Found) -> str:
    """Count what there is, and what there is none of."""
    dissents = sum(len(each.consensus.dissents) for each in found.dissents if each.consensus)
    lapsed = sum(each.lapsed is not None for _, each in found.overrides)
    past = f", {lapsed} of {'it' if len(found.overrides) == 1 else 'them'} lapsed" if lapsed else ""
    levels, differing = len(found.overrides), len(found.open)
    told = [
        f"{count(levels, 'level')} set by the team{past}" if levels else "no level set by the team",
        count(dissents, "dissent") if dissents else "no dissent",
        f"{count(differing, 'criterion', 'criteria') if differing else 'no criterion'} without agreement",
    ]
    return f"{capital(listed(told))}."


# Levels the team set


def _override_row(material: Material, case: JudgedCase, judged: JudgedPrinciple) -> Row:
    override = judged.override
    assert override is not None  # noqa: S101 - only such are listed
    rubric, score = judged.rubric, judged.score
    state = "has lapsed" if judged.lapsed else "in force"
    place = _place(case.case.name, judged.principle.short)
    team = [level(rubric, override.level, override.level, TEXT_SMALL), paragraph(state, style=TEXT_NOTE)]
    derived = [level(rubric, score.level, score.at_most, TEXT_SMALL)]
    return Row([Cell(place), Cell(team), Cell(derived), Cell(list(_why(material, override, judged)))])


def _why(material: Material, override: Override, judged: JudgedPrinciple) -> Iterator[Flowable]:
    yield paragraph(sentence(override.reason), style=TEXT_SMALL)
    if judged.lapsed is not None:
        yield paragraph(Run("Lapsed: ", Face.SEMIBOLD), f"{judged.changed}.", style=TEXT_SMALL)
    yield paragraph(f"Entered by {material.assessors[override.assessor].name}", style=TEXT_NOTE)


def _place(case: str, about: str) -> list[Flowable]:
    return [paragraph(case, style=TEXT_SMALL_STRONG), paragraph(about, style=TEXT_SMALL)]


# Dissents, and what is not agreed on


def _dissent_row(material: Material, assessment: Assessment, differing: Differing) -> Row:
    consensus = differing.consensus
    assert consensus is not None  # noqa: S101 - only such are listed
    offered = answers_to(assessment.rubric, differing.criterion.id)
    agreed = [
        paragraph(offered.label(consensus.verdict), style=TEXT_SMALL_STRONG),
        paragraph(sentence(consensus.reason), style=TEXT_SMALL),
    ]
    given = _given(assessment, differing)
    dissents = [_dissent(material, each, given.get(each.assessor, "")) for each in consensus.dissents]
    return Row([Cell(_criterion(material, differing)), Cell(agreed), Cell(dissents)])


def _dissent(material: Material, dissent: Dissent, given: str) -> Flowable:
    who = material.assessors[dissent.assessor].name
    own = f" ({given})" if given else ""
    return paragraph(Run(f"{who}{own}: ", Face.SEMIBOLD), sentence(dissent.reason), style=TEXT_SMALL, after=2)


def _open_row(material: Material, assessment: Assessment, differing: Differing) -> Row:
    said = []
    for who, words in _given(assessment, differing).items():
        name = Run(f"{material.assessors[who].name}: ", Face.SEMIBOLD)
        said.append(paragraph(name, words, style=TEXT_SMALL))
    return Row([Cell(_criterion(material, differing)), Cell(said)])


def _given(assessment: Assessment, differing: Differing) -> dict[str, str]:
    """Say what each assessor answered, by their key."""
    offered = answers_to(assessment.rubric, differing.criterion.id)
    return {each.assessor: lowered(offered.label(each.verdict)) for each in differing.answers}


def _criterion(material: Material, differing: Differing) -> Sequence[Flowable]:
    case, principle = material.cases[differing.case].name, differing.principle.short
    return [
        *_place(case, capital(differing.criterion.name)),
        paragraph(principle, style=TEXT_NOTE),
    ]
