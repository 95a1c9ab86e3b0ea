"""One section for each principle: findings, challenges, and for each case its level with reason and evidence."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from app.analysis.consensus import changed_since
from app.analysis.overview import criteria_by_level
from app.model.assessment import Confidence
from app.report.blocks import (
    Section,
    bullets,
    captioned,
    judged_level,
    labelled,
    lapsed_text,
    lead,
    level_name,
    opened,
    strong,
    subhead,
    verdict,
    whole,
)
from app.report.evidence import quoted, references
from app.report.fonts import Face
from app.report.grid import Cell, Grid, Row, beside, table
from app.report.sheet import Anchor
from app.report.style import (
    COLUMN,
    GUTTER,
    HEIGHT,
    INK,
    LINE,
    MM,
    TEXT,
    TEXT_BODY,
    TEXT_GREY,
    TEXT_LABEL,
    TEXT_NOTE,
    TEXT_SMALL,
    TEXT_STRONG,
    WASH,
    Style,
)
from app.report.text import Run, Words, paragraph
from app.report.wording import CONFIDENCES, capital, count, listed, lowered, percent, sentence
from app.scoring.offered import answers
from app.scoring.scale import passes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.analysis.assessment import JudgedCase, JudgedCriterion, JudgedPrinciple
    from app.model.assessment import Answer, Challenge, Dissent
    from app.report.material import Material
    from app.report.pdf import Flowable
    from app.rubric.structure import Level, Principle, Rubric

_ANSWER = 27 * MM
_COLUMNS = (COLUMN, _ANSWER, TEXT - _ANSWER - GUTTER)


def sections(material: Material) -> list[Section]:
    """Make one section for each principle of the rubric."""
    assessment = material.assessment
    if assessment is None or not assessment.cases or not material.answered:
        return []
    return [
        Section(
            f"principle-{each.id}",
            each.name,
            functools.partial(_flow, material, assessment.rubric, each, assessment.cases),
            room=HEIGHT * 0.6,
        )
        for each in assessment.rubric.principles
    ]


def _flow(material: Material, rubric: Rubric, principle: Principle, cases: Sequence[JudgedCase]) -> list[Flowable]:
    blocks = (_case(material, rubric, case, case.principle(principle.id)) for case in cases)
    title = f"Findings on {lowered(principle.name)}"
    return [
        lead(principle.description),
        *captioned(material, title, _findings(material, rubric, principle, cases)),
        *(flowable for block in blocks for flowable in block),
        *_challenges(material, principle),
    ]


def _findings(material: Material, rubric: Rubric, principle: Principle, cases: Sequence[JudgedCase]) -> Grid:
    rows = []
    for case in cases:
        judged = case.principle(principle.id)
        finding = judged.finding.text if judged.finding else "No finding written yet"
        text = paragraph(finding, style=TEXT_BODY if judged.finding else TEXT_NOTE)
        name = paragraph(case.case.name, style=TEXT_STRONG)
        rows.append(Row([Cell([name]), Cell(judged_level(rubric, judged)), Cell([text])]))
    if challenges := material.challenges(principle.id):
        titles = [paragraph(each.title, style=TEXT_BODY) for each in challenges]
        rows.append(Row([Cell([paragraph("Challenges", style=TEXT_STRONG)]), Cell(), Cell(titles)], LINE, INK))
    columns = [COLUMN, COLUMN, TEXT - COLUMN - GUTTER]
    return table(columns, ["Case", "Level", "Finding"], rows, gap=GUTTER)


def _case(material: Material, rubric: Rubric, case: JudgedCase, judged: JudgedPrinciple) -> list[Flowable]:
    """Set one case: its level, the reason and what the finding rests on, then all answers with theirs."""
    title = f"{case.case.name}: {level_name(rubric, judged.score.level)}"
    side = [
        Anchor(f"{judged.principle.id}-{case.case.key}", title, 1),
        paragraph(case.case.name, style=TEXT_STRONG),
        *judged_level(rubric, judged, TEXT_SMALL),
        paragraph(f"{percent(judged.score.coverage)} answered", style=TEXT_NOTE, before=1),
    ]
    body = [paragraph(judged.reason), *override_text(material, rubric, judged), *_grounds(material, judged)]
    block = beside(side, body, rule=LINE, above=8, before=22)
    answers_ = _answers(material, rubric, case, judged)
    return opened([block], answers_) if len(body) == 1 else [*whole(block), answers_]


def override_text(
    material: Material, rubric: Rubric, judged: JudgedPrinciple, style: Style = TEXT_BODY
) -> list[Flowable]:
    """Say which level the team set against which derived one, why, and what made it lapse; nothing for none."""
    override = judged.override
    if override is None:
        return []
    who = material.assessors[override.assessor].name
    words = (
        strong(f"Set to {level_name(rubric, override.level)} by the team"),
        f" (entered by {who}), against the derived {judged.interval}: {sentence(override.reason)}",
    )
    if judged.lapsed is None:
        return [paragraph(*words, style=style, before=4)]
    why = f": {judged.changed}. It was set (entered by {who}) because: {sentence(override.reason)}"
    return [paragraph(strong(lapsed_text(rubric, override)), why, style=style, before=4)]


def _grounds(material: Material, judged: JudgedPrinciple) -> list[Flowable]:
    """Quote what the finding rests on."""
    if judged.finding is None or not judged.finding.evidence:
        return []
    quotes = [quoted(material, link) for link in judged.finding.evidence]
    head = paragraph("The finding rests on", style=TEXT_LABEL, before=6)
    return [head, *bullets(quotes, TEXT_SMALL, before=1)]


def _answers(material: Material, rubric: Rubric, case: JudgedCase, judged: JudgedPrinciple) -> Grid:
    """Set all criteria with their answers, level by level, in the order they are asked."""
    rows: list[Row] = []
    for each, criteria in criteria_by_level(rubric, judged.principle):
        if each is not None:
            rows.append(_level_row(each, judged))
        rows += [_criterion_row(material, judged, judged.criterion(criterion.id)) for criterion in criteria]
    head = [case.case.name, "Answer", "Why, and on what evidence"]
    return table(_COLUMNS, head, rows, gap=GUTTER, before=12)


def _level_row(each: Level, judged: JudgedPrinciple) -> Row:
    tally = next(found for found in judged.score.per_level if found.level == each.id)
    met = f"{tally.passed} of {count(tally.applicable, 'criterion', 'criteria')} met"
    left_out = f", {tally.not_applicable} not applicable" if tally.not_applicable else ""
    following = ", the next level" if each.id == judged.score.next_level else ""
    words = paragraph(strong(each.name), f"{following}: {met}{left_out}", style=TEXT_SMALL)
    return Row([Cell([words], span=3)], tint=WASH, keep=True)


def _criterion_row(material: Material, judged: JudgedPrinciple, found: JudgedCriterion) -> Row:
    blocks = any(each.criterion == found.criterion.id for each in judged.score.next_blocking)
    name = Run(capital(found.criterion.name), Face.SEMIBOLD if blocks else Face.REGULAR)
    why = [
        *_standing(material, judged, found),
        *(paragraph(*words, style=TEXT_SMALL) for words in _rationales(material, found)),
        *_evidence(material, found),
    ]
    answer = verdict(answers(judged.rubric, judged.principle), found.verdict, blocks=blocks)
    cells = [Cell([paragraph(name, style=TEXT_SMALL)]), Cell([answer]), Cell(why)]
    return Row(cells)


def _standing(material: Material, judged: JudgedPrinciple, found: JudgedCriterion) -> list[Flowable]:
    """Say where assessors differ, what they agreed on, and who stands by another answer."""
    if not found.effective.assessors_differ and found.consensus is None:
        return []
    told = answers(judged.rubric, judged.principle)
    given = {each.assessor: lowered(told.label(each.verdict)) for each in found.answers if each.verdict}
    said = listed([f"{material.assessors[who].name}: {words}" for who, words in given.items()])
    agreed = found.consensus
    if agreed is None:
        return [paragraph(strong("Assessors differ"), f" ({said}) and have not agreed yet.", style=TEXT_SMALL)]
    differing = f" ({said})" if found.effective.assessors_differ else ""
    changed = {each.assessor for each in changed_since(agreed, found.answers)}
    words: list[tuple[Words, ...]] = [
        (strong(f"Agreed {lowered(told.label(agreed.verdict))}"), f"{differing}: {sentence(agreed.reason)}")
    ]
    for each in agreed.dissents:
        own = "" if each.assessor in changed else given.get(each.assessor, "")
        words.append(_dissent(material, each, own))
    if changed:
        people = listed([material.assessors[who].name for who in given if who in changed])
        words.append((strong("Answered anew since"), f": {people}."))
    return [paragraph(*each, style=TEXT_SMALL) for each in words]


def _dissent(material: Material, dissent: Dissent, own: str) -> tuple[Words, ...]:
    """Say that somebody stands by their own answer, and why; `own` is "" where it is no longer that one."""
    stands = f"stands by {own}" if own else "dissents"
    return (strong(f"{material.assessors[dissent.assessor].name} {stands}"), f": {sentence(dissent.reason)}")


def _rationales(material: Material, found: JudgedCriterion) -> Iterator[list[Words]]:
    several = len(found.answers) > 1
    for answer in found.answers:
        if words := _rationale(answer):
            who = f"{material.assessors[answer.assessor].name}: "
            yield [Run(who, Face.MEDIUM), *words] if several else words


def _rationale(answer: Answer) -> list[Words]:
    words: list[Words] = [answer.rationale] if answer.rationale.strip() else []
    if answer.confidence in (Confidence.LOW, Confidence.MEDIUM):
        sure = f"{CONFIDENCES[answer.confidence]} confidence"
        words.append(Run(f" ({sure})" if words else sure.capitalize(), Face.ITALIC))
    return words


def _evidence(material: Material, found: JudgedCriterion) -> list[Flowable]:
    """Refer to the evidence; quote it where the criterion is not met, for that is what is asked about."""
    links = found.evidence
    if not links:
        return []
    if passes(found.verdict):
        return [paragraph(*references(material, links), style=TEXT_NOTE, before=1)]
    return [paragraph(*quoted(material, link), style=TEXT_NOTE, before=1) for link in links]


def _challenges(material: Material, principle: Principle) -> list[Flowable]:
    challenges = material.challenges(principle.id)
    if not challenges:
        return [labelled("Challenges", paragraph("No challenge has been named.", style=TEXT_GREY))]
    rows = [_challenge_row(material, each) for each in challenges]
    grid = Grid([COLUMN, TEXT], rows, gap=GUTTER, closed=True)
    return opened(subhead("Challenges", key=f"challenges-{principle.id}"), grid)


def _challenge_row(material: Material, challenge: Challenge) -> Row:
    where = listed([material.cases[key].name for key in challenge.cases]) or "All cases"
    side = [paragraph(challenge.title, style=TEXT_STRONG), paragraph(where, style=TEXT_NOTE, before=1)]
    body = [paragraph(challenge.text)] if challenge.text else []
    body += [paragraph(*quoted(material, link), style=TEXT_NOTE, before=2) for link in challenge.evidence]
    return Row([Cell(side), Cell(body)], above=6, below=7)
