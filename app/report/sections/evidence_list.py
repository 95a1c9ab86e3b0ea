"""Appendix: all sources, and every passage the report rests on, numbered as it is cited."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from app.analysis.collection import from_paper, minutes_text, source_days
from app.model.evidence import Stance
from app.report.blocks import Section, captioned, lead, nothing, opened
from app.report.evidence import changed, place, words_of
from app.report.fonts import Face
from app.report.grid import Cell, Grid, Row, shares, table
from app.report.sheet import Anchor
from app.report.style import GREY, HEIGHT, INK, LINE, TEXT_NOTE, TEXT_SMALL, TEXT_SMALL_STRONG, TEXT_STRONG, WIDTH
from app.report.text import Run, Words, line, paragraph
from app.report.wording import DASH, SOURCES, WEIGHTS, capital, count, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.model.source import FollowUp, Source
    from app.report.material import Material, Use
    from app.report.pdf import Flowable

_HEAD = ("", "Source", "Round, when", "Minutes", "About", "Lines", "Remark")


def sections(material: Material) -> list[Section]:
    """Make the section, once there are sources."""
    if not material.document.sources:
        return []
    return [Section("evidence", "Evidence", lambda: _flow(material), room=HEIGHT * 0.6, appendix=True)]


def _flow(material: Material) -> list[Flowable]:
    uses = material.uses()
    if not uses:
        return [nothing("No judgement has been tied to a passage yet."), *_lists(material)]
    by_source = groupby(uses, key=lambda key: material.passages[key].source)
    groups = [(key, list(passages)) for key, passages in by_source]
    opening = (
        f"{count(len(uses), 'passage')} from {count(len(groups), 'source')} {'carries' if len(uses) == 1 else 'carry'} "
        "the judgements of this report. "
        "Each is given as it stands in the notes, with what rests on it."
    )
    blocks = (_source(material, key, keys, uses) for key, keys in groups)
    return [lead(opening), *_lists(material), *(each for block in blocks for each in block)]


def _lists(material: Material) -> list[Flowable]:
    return [*_sources(material), *_follow_ups(material)]


def _sources(material: Material) -> list[Flowable]:
    """List all sources, those too that nothing rests on."""
    rounds = {each.key: each.name for each in material.document.rounds}
    rows = [_source_row(material, each, rounds[each.round]) for each in material.document.sources]
    grid = table(shares(WIDTH, 9, 42, 35, 13, 25, 10, 36), _HEAD, rows, figures=(3, 5))
    return captioned(material, "Sources, numbered as they are cited", grid)


def _source_row(material: Material, source: Source, in_round: str) -> Row:
    when = material.days(source_days(source))
    planned = "planned" if source.status == "planned" and not source.remark else ""
    paper = f"from paper: sheet {line(source.sheet)}" if from_paper(source) else ""
    remark = "; ".join(filter(None, [source.remark, planned, paper]))
    about = ", ".join(material.cases[each].name for each in source.cases) or "organisation"
    lines = str(len(source.entries)) if source.entries else ""
    words = (source.title, f"{in_round}, {when}" if when else in_round, minutes_text([source]), about, lines, remark)
    number = paragraph(material.citations.source(source.key), style=TEXT_SMALL_STRONG)
    cells = [Cell([number]), *(Cell([paragraph(each, style=TEXT_SMALL)]) for each in words)]
    return Row(cells, above=1.8, below=3)


def _follow_ups(material: Material) -> list[Flowable]:
    """List the questions that were still to be asked, and what came of them."""
    rows = [_follow_up_row(material, each) for each in material.document.follow_ups]
    if not rows:
        return []
    grid = table(shares(WIDTH, 66, 24, 20, 60), ("Question", "From", "State", "What came of it"), rows)
    return captioned(material, "Questions that were still to be asked", grid)


def _follow_up_row(material: Material, each: FollowUp) -> Row:
    origin = material.citations.entry(each.entry) if each.entry else _asked_of(material, each)
    found = material.citations.entry(each.answer) if each.answer else ""
    found = found or (material.citations.source(each.answered_in) if each.answered_in else "")
    words = (each.question, origin, capital(each.state.value), each.resolution)
    cells = [[paragraph(word, style=TEXT_SMALL)] for word in words]
    if found:
        cells[-1].append(paragraph(found, style=TEXT_NOTE))
    return Row([Cell(cell) for cell in cells], above=1.8, below=3)


def _asked_of(material: Material, each: FollowUp) -> str:
    """Name what a question is about, where no line of notes led to it: a case, and a criterion."""
    case = material.cases[each.case].name if each.case else ""
    criterion = (each.criterion or "").replace("-", " ")
    return ", ".join(filter(None, [case, criterion]))


def _source(material: Material, key: str, passages: Sequence[str], uses: Mapping[str, Sequence[Use]]) -> list[Flowable]:
    source = next(each for each in material.document.sources if each.key == key)
    name = f"{material.citations.source(key)}  {source.title}"
    head = [paragraph(name, style=TEXT_STRONG), paragraph(_about(material, source), style=TEXT_NOTE)]
    opening = Row([Cell(head, span=3)], LINE, INK, above=6, below=6)
    several = len(source.participants) > 1
    rows = [_passage_row(material, each, uses[each], several=several) for each in passages]
    return opened([], Grid(shares(WIDTH, 16, 94, 60), rows, head=[opening], gap=9, before=14))


def _about(material: Material, source: Source) -> str:
    roles = listed([material.people[each].role for each in source.participants])
    cases = ", ".join(material.cases[each].name for each in source.cases) or "the organisation"
    return " · ".join(filter(None, [capital(SOURCES[source.kind]), roles, cases]))


def _passage_row(material: Material, key: str, uses: Sequence[Use], *, several: bool) -> Row:
    number = material.citations.passage(key).partition(" ")[2] or DASH
    quote = material.quote(key)
    remarks = [quote.speaker if several else "", "uncertain, to be asked again" if quote.uncertain else ""]
    remarks.append("as marked; no longer in the notes" if quote.gone else "")
    words: list[Words] = words_of(quote, quote.text)
    if note := ", ".join(filter(None, remarks)):
        words.append(Run(f"  {note}", Face.ITALIC, GREY))
    said = [Anchor(place(key)), paragraph(*words, style=TEXT_SMALL)]
    what = [paragraph(text, style=TEXT_NOTE) for text in _used(material, uses)]
    return Row([Cell([paragraph(number, style=TEXT_NOTE)]), Cell(said), Cell(what)], above=1.8, below=3)


def _used(material: Material, uses: Sequence[Use]) -> list[str]:
    """Say what rests on a passage and how: a line for each case, weight and stance, with its notes."""
    found: dict[str, list[str]] = {}
    for use in uses:
        note = use.link.note.strip()
        what = f"{use.what} ({note})" if note else use.what
        told = found.setdefault(_how(material, use), [])
        if what not in told:
            told.append(what)
    return [f"{how}: {', '.join(what)}" for how, what in found.items()]


def _how(material: Material, use: Use) -> str:
    """Such as "ML-P1, shown (drift dashboard), contradicts"."""
    link = use.link
    against = "contradicts" if link.stance is Stance.CONTRADICTS else ""
    seen_in = f" ({link.reference.strip()})" if link.reference.strip() else ""
    weight = f"{WEIGHTS[link.weight]}{seen_in}"
    return ", ".join(filter(None, (use.about, weight, against, changed(material, link))))
