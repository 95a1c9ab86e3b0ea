"""What limits the assessment: what is not known, what rests on little, and what was looked for and not found."""

from __future__ import annotations

import functools
from collections import Counter
from typing import TYPE_CHECKING, Final

from app.analysis.coverage import coverage
from app.analysis.evidence_warnings import warnings
from app.analysis.quality import Matter, figures, quality
from app.model.assessment import Answer
from app.model.source import SourceKind, SourceStatus
from app.report.blocks import Section, captioned, labelled, lead
from app.report.grid import Cell, Grid, Row, shares, table
from app.report.sections.review import unresolved_text
from app.report.style import LINE, RULE, TEXT_NOTE, TEXT_SMALL, TEXT_SMALL_STRONG, WASH, WIDTH
from app.report.text import Run, Words, paragraph
from app.report.wording import WEIGHTS, count, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.analysis.chain import Chain
    from app.analysis.coverage import Coverage
    from app.analysis.quality import Concern, Figures, Quality
    from app.report.material import Material
    from app.report.pdf import Flowable
    from app.report.style import Style

_COUNTED: Final = ("", "Criteria", "Answered", "Unknown", "Withheld", "Unanswered", "Answers on evidence")
_SENTENCES: Final = (Matter.ONE_SOURCE, Matter.ONLY_SAID)
_SOURCES: Final = (Matter.UNFINISHED, Matter.UNCODED)
_ORGANISATION: Final = "Across cases"
_TOGETHER: Final = 4  # rows that a case's principles take at most to stay on one page


def sections(material: Material) -> list[Section]:
    """Make the section, once there are cases to say something of."""
    chain = material.chain
    if chain is None or not chain.assessment.cases:
        return []
    return [Section("limits", "Limits of this assessment", lambda: _flow(material, chain), room=400)]


def _flow(material: Material, chain: Chain) -> list[Flowable]:
    warned = warnings(chain)
    found, covered = quality(chain, warned), coverage(chain, warned)
    return [
        lead(_opening(found)),
        labelled("Interviews", *(paragraph(each) for each in _interviews(material, covered))),
        labelled("Evidence", paragraph(" ".join(_evidence(chain, covered)))),
        *(labelled("Review", paragraph(words)) for words in [unresolved_text(material)] if words),
        *captioned(material, "Answers by case and principle", _counted(chain, found)),
        *_open(material, found),
    ]


def _opening(found: Quality) -> str:
    figures = found.figures
    open_ = [_unknown(figures.unknown, len(found.of(matter=Matter.DIFFER)))] if figures.unknown else []
    open_ += [f"{figures.withheld} withheld"] if figures.withheld else []
    open_ += [f"{figures.unanswered} unanswered"] if figures.unanswered else []
    total = count(figures.criteria, "criterion", "criteria")
    if not open_:
        return f"All {total} of all cases are answered."
    are = "is" if figures.answered == 1 else "are"
    return f"{figures.answered:,} of {total} of all cases {are} answered; {listed(open_)}."


def _unknown(unknown: int, differ: int) -> str:
    """Say how many answers are not known, and for how many of them that is because assessors differ."""
    why = "because assessors differ"
    if not differ:
        return f"{unknown} unknown"
    return f"{unknown} unknown ({why})" if differ == unknown else f"{unknown} unknown ({differ} of them {why})"


# In words


def _interviews(material: Material, covered: Coverage) -> Iterator[str]:
    """Say which interviews were planned and not held, and whether all notes have been coded."""
    interviews = [each for each in material.document.sources if each.kind is SourceKind.INTERVIEW]
    planned = [each for each in interviews if each.status is SourceStatus.PLANNED]
    if planned:
        names = listed([material.citations.source(each.key) for each in planned])
        yield f"{count(len(planned), 'planned interview')} of {len(interviews)} {_were(planned)} not held: {names}."
    else:
        yield "Every interview that was planned was held." if interviews else "No interview was held."
    missing, noted = covered.interviews - covered.coded, count(covered.interviews, "interview")
    if missing:
        yield f"{missing} of {noted} with notes {'has' if missing == 1 else 'have'} no code."
    elif covered.interviews:
        every = "all" if covered.interviews > 1 else "the"
        yield f"The notes of {every} {noted} that have any are coded."


def _were(things: Sequence[object]) -> str:
    return "was" if len(things) == 1 else "were"


def _evidence(chain: Chain, covered: Coverage) -> Iterator[str]:
    """Say how far answers rest on evidence, how strong that is, and how much of it contradicts."""
    if covered.answers:
        on = f"{covered.with_evidence:,}" if covered.with_evidence else "None"
        yield f"{on} of {count(covered.answers, 'answer')} {_rest(covered)} on evidence{_apart(chain, covered)}."
    total = sum(covered.weights.values())
    if not total:
        yield "No judgement rests on a passage yet."
        return
    weights = listed([f"{number:,} {WEIGHTS[weight]}" for weight, number in covered.weights.items()])
    yield f"Judgements rest on passages {count(total, 'time')}: {weights}."
    against = [link for link in chain.all_links if link.against]
    open_ = sum(link.unaddressed for link in against)
    if against:
        told = f"for {open_} of them nobody has said" if open_ else "for each it is said"
        yield f"{count(len(against), 'time')} a passage contradicts; {told} why the judgement stands."
    else:
        yield "No passage was noted that contradicts a judgement."
    carry = "carries" if covered.used == 1 else "carry"
    yield f"Of {count(covered.passages, 'passage')} marked, {covered.used:,} {carry} a judgement."


def _rest(covered: Coverage) -> str:
    return "rests" if covered.with_evidence <= 1 else "rest"


def _apart(chain: Chain, covered: Coverage) -> str:
    """Say how many answers are not counted, since they say nothing of how far and rest on nothing."""
    apart = sum(isinstance(each, Answer) for each in chain.judgements) - covered.answers
    if not apart:
        return ""
    do, need = ("does", "needs") if apart == 1 else ("do", "need")
    return f"; {apart:,} more, which {do} not say how far a criterion is met, {need} none"


# In numbers


def _counted(chain: Chain, found: Quality) -> Grid:
    """Set for each case and principle how its criteria stand."""
    rows = []
    for case, told in zip(chain.assessment.cases, found.cases, strict=True):
        rows.append(_numbers(case.case.name, told.figures, TEXT_SMALL_STRONG, head=True))
        rows += [_numbers(each.principle.short, figures(each.criteria), TEXT_SMALL) for each in case.principles]
        for row in rows[-len(case.principles) : -1] if len(case.principles) <= _TOGETHER else rows[-2:-1]:
            row.keep = True
    rows[-1].keep = True  # the sum would stand on the next page alone
    rows.append(_numbers("All cases", found.figures, TEXT_SMALL_STRONG, last=True))
    return table(shares(WIDTH, 54, 16, 18, 18, 18, 20, 32), _COUNTED, rows, figures=range(1, len(_COUNTED)))


def _numbers(name: str, counted: Figures, style: Style, *, head: bool = False, last: bool = False) -> Row:
    numbers = (counted.criteria, counted.answered, counted.unknown, counted.withheld, counted.unanswered)
    words = [name, *map(str, numbers), f"{counted.with_evidence} of {counted.answers}"]
    cells = [Cell([paragraph(each, style=TEXT_NOTE if each == "0" else style)]) for each in words]
    row = Row(cells, above=2.4, below=3.4, keep=head)
    if head:
        row.tint = WASH
    if last:
        row.rule, row.rule_colour = LINE, RULE
    return row


# What is open, and what rests on little


def _open(material: Material, found: Quality) -> list[Flowable]:
    """Set what was found as a table, and below it what was looked for and not found."""
    rows = _concerns(material, found)
    columns = shares(WIDTH, 44, 16, 110)
    grid = table(columns, ["What", "Number", "Where"], rows, figures=(1,))
    missing = [found.names[matter] for matter in Matter if not found.of(matter=matter)]
    words = paragraph(f"Looked for and not found: {'; '.join(missing)}.", style=TEXT_NOTE, before=4 if rows else 14)
    tabled = captioned(material, "What is open or rests on little", grid) if rows else []
    return [*tabled, *([words] if missing else [])]


def _concerns(material: Material, found: Quality) -> list[Row]:
    rows = []
    for matter in Matter:
        if concerns := found.of(matter=matter):
            name = found.names[matter]
            number = paragraph(str(len(concerns)), style=TEXT_SMALL)
            where = [paragraph(*words, style=TEXT_SMALL, after=1) for words in _where(material, matter, concerns)]
            label = Cell([paragraph(name, style=TEXT_SMALL_STRONG)], again=functools.partial(_again, name))
            rows.append(Row([label, Cell([number]), Cell(where)], flows=True))
    return rows


def _again(name: str) -> list[Flowable]:
    return [paragraph(f"{name}, continued", style=TEXT_NOTE)]


def _where(material: Material, matter: Matter, concerns: Sequence[Concern]) -> Iterator[Sequence[Words]]:
    """Say where: whole sentences of scores, sources as they are cited, all else by case and principle."""
    if matter in _SENTENCES:
        yield from ((each.text,) for each in concerns)
    elif matter in _SOURCES:
        yield (f"{', '.join(material.citations.source(each.thing) for each in concerns)}",)
    else:
        yield from _by_place(material, concerns)


def _by_place(material: Material, concerns: Iterable[Concern]) -> Iterator[Sequence[Words]]:
    assert material.assessment is not None  # noqa: S101 - there are cases
    rubric = material.assessment.rubric
    places: dict[tuple[tuple[str, ...], str], Counter[str]] = {}
    for each in concerns:
        principle = each.principle or (rubric.principle_of(each.criterion).id if each.criterion else "")
        name = rubric.criterion(each.criterion).name if each.criterion else ""
        places.setdefault((each.cases, principle), Counter())[name] += 1
    for (cases, principle), names in places.items():
        where = [listed([material.cases[key].name for key in cases]) or _ORGANISATION]
        where += [rubric.principle(principle).short] if principle else []
        criteria = rubric.principle(principle).criteria if principle else ()
        told = _named(names, [each.name for each in criteria])
        yield Run(", ".join(where)), f": {told}" if told else ""


def _named(names: Counter[str], whole: Sequence[str]) -> str:
    """Name criteria, and count what is about none: "drift detection, threshold alarms (2), 3 others".

    Where it is each of the `whole` principle's, "all 11 criteria"; nothing where it is one thing about none of them.
    """
    if len(whole) > 1 and names == Counter(whole):
        return f"all {len(whole)} criteria"
    if names == Counter([""]):
        return ""
    told = [name if number == 1 else f"{name} ({number})" for name, number in names.items() if name]
    rest = names[""]
    others = count(rest, "other") if told else str(rest)
    return ", ".join([*told, *([others] if rest else [])])
