"""What became of the levels since the round before: which rose, fell or became known, and the answers behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.analysis.compare import NOT_ASKED, change_since
from app.analysis.standing import OVERALL, Change, short_name
from app.report.blocks import Section, captioned, lead, subhead, verdict
from app.report.fonts import Face
from app.report.grid import Cell, Row, beside, shares, table
from app.report.marks import ChangeMark, Marked, level_mark
from app.report.style import (
    INK,
    LINE,
    SMALL,
    TEXT_NOTE,
    TEXT_SMALL,
    TEXT_SMALL_STRONG,
    WASH,
    WIDTH,
    Style,
)
from app.report.text import paragraph
from app.report.wording import capital, listed
from app.scoring.explain import points_text
from app.scoring.offered import answers_to

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.analysis.compare import AnswerMove, ComparedCase, Comparison, Move
    from app.analysis.rounds import Said
    from app.analysis.standing import Stand
    from app.report.material import Material
    from app.report.pdf import Flowable
    from app.rubric.structure import Rubric

_LEVELS = shares(WIDTH, 44, 46, 46, 34)
_ANSWERS = shares(WIDTH, 50, 50, 50, 26)


def sections(material: Material) -> list[Section]:
    """Make the section, where two rounds have answers that can be compared."""
    found = list(_found(material))
    if not found:
        return []
    since = {each.then.name for each, _ in found}
    title = f"Change since {found[0][0].then.name}" if len(since) == 1 else "Change since the rounds before"
    return [Section("change", title, lambda: _flow(material, found), room=300)]


def _found(material: Material) -> Iterator[tuple[Comparison, Rubric]]:
    """Compare the last two rounds of every rubric, each pair once."""
    known = set()
    for frozen in material.document.rubrics:
        found = change_since(material.document, frozen.key)
        if found is None or found.rubric is None:
            continue
        pair = (found.rubric.id, found.then.key, found.now.key)
        if pair not in known:
            known.add(pair)
            yield found, found.rubric


def _flow(material: Material, found: Sequence[tuple[Comparison, Rubric]]) -> list[Flowable]:
    flow: list[Flowable] = []
    for compared, rubric in found:
        if len(found) > 1:
            flow += subhead(f"{rubric.title}, version {rubric.version}", key=f"change-{rubric.id}")
        flow += _one(material, compared, rubric)
    return flow


def _one(material: Material, found: Comparison, rubric: Rubric) -> Iterator[Flowable]:
    yield lead(f"From {found.then.name} to {found.now.name}, among the levels of the principles: {_counted(found)}.")
    notes = (found.through, _NOTE if _uncertain(found) else "")
    yield from (beside([], [paragraph(each, style=TEXT_NOTE)], before=2) for each in notes if each)
    head = ("Level of", found.then.name, found.now.name, "What became of it")
    rows = [row for case in found.cases for row in _case_rows(rubric, found, case)]
    yield from captioned(material, f"Levels in {found.then.name} and {found.now.name}", table(_LEVELS, head, rows))
    rows = [row for case in found.cases if case.in_both for row in _answer_rows(material, rubric, case)]
    if rows:
        head = ("Answer to", found.then.name, found.now.name, "What became of it")
        title = f"Answers that changed between {found.then.name} and {found.now.name}"
        yield from captioned(material, title, table(_ANSWERS, head, rows))


_NOTE = (
    "A level is an interval while answers are open. It became known where the later interval lies within the earlier "
    "one, and uncertain where it reaches further; neither says that it rose or fell."
)


def _counted(found: Comparison) -> str:
    return found.words[:1].lower() + found.words[1:]


def _uncertain(found: Comparison) -> bool:
    return bool({Change.KNOWN, Change.UNKNOWN} & set(found.counts))


def _case_rows(rubric: Rubric, found: Comparison, case: ComparedCase) -> Iterator[Row]:
    """Set what moved of a case, and in one line what did not."""
    yield _head(case.case.name)
    if not case.in_both:
        yield _remark(_alone(found, case))
        return
    for move in case.moves:
        if not _is_still(move):
            yield _level_row(rubric, move)
    still = [short_name(rubric, move.part) for move in case.moves if move.change is Change.SAME and _is_still(move)]
    if still:
        yield _remark(f"The same: {listed(still)}.")


def _is_still(move: Move) -> bool:
    moved = (move.then.points, move.then.derived_low) != (move.now.points, move.now.derived_low)
    return move.change is Change.NEITHER or (move.change is Change.SAME and not moved)


def _alone(found: Comparison, case: ComparedCase) -> str:
    if case.whole is Change.NEW:
        return f"New: it was not assessed in {found.then.name}."
    return f"It was assessed in {found.then.name} only." if case.whole is Change.GONE else "It was not assessed."


def _head(words: str) -> Row:
    return Row([Cell([paragraph(words, style=TEXT_SMALL_STRONG)], span=4)], LINE, INK, tint=WASH, keep=True)


def _remark(words: str) -> Row:
    return Row([Cell([paragraph(words, style=TEXT_NOTE)], span=4)])


def _level_row(rubric: Rubric, move: Move) -> Row:
    name = paragraph(short_name(rubric, move.part), style=TEXT_SMALL_STRONG if move.part == OVERALL else TEXT_SMALL)
    sides = [Cell(_level(rubric, stand)) for stand in (move.then, move.now)]
    return Row([Cell([name]), *sides, Cell([_changed(move.change)])])


def _level(rubric: Rubric, stand: Stand) -> list[Flowable]:
    """Set a level, its points, and the derived one where the team set another."""
    if not stand.assessed:
        return [paragraph("Not assessed", style=TEXT_NOTE)]
    low, high = (None if rank is None else rubric.levels[rank].id for rank in (stand.low, stand.high))
    words = paragraph(capital(stand.words(rubric)), style=TEXT_SMALL)
    set_level: Flowable = Marked(level_mark(rubric, low, high, size=SMALL * 0.9), words, size=SMALL)
    notes = [points_text(rubric, stand.points)]
    if stand.overridden:
        notes.append(f"set by the team; derived: {stand.derived_words(rubric)}")
    return [set_level, *(paragraph(each, style=TEXT_NOTE) for each in notes if each)]


def _changed(change: Change) -> Flowable:
    quiet = change is Change.SAME
    style = Style(TEXT_SMALL.size, TEXT_SMALL.leading, Face.REGULAR if quiet else Face.SEMIBOLD)
    return Marked(ChangeMark(change), paragraph(capital(str(change)), style=style), size=SMALL)


def _answer_rows(material: Material, rubric: Rubric, case: ComparedCase) -> Iterator[Row]:
    if case.answers:
        yield _head(case.case.name)
    yield from (_answer_row(material, rubric, move) for move in case.answers)


def _answer_row(material: Material, rubric: Rubric, move: AnswerMove) -> Row:
    name = [
        paragraph(capital(rubric.criterion(move.criterion).name), style=TEXT_SMALL),
        paragraph(rubric.principle(move.principle).short, style=TEXT_NOTE),
    ]
    told = zip((move.then, move.now), move.asked, strict=True)
    sides = [Cell(_said(material, rubric, move, said) if asked else _not_asked()) for said, asked in told]
    return Row([Cell(name), *sides, Cell([_changed(move.change)])])


def _not_asked() -> list[Flowable]:
    return [paragraph(NOT_ASKED, style=TEXT_NOTE)]


def _said(material: Material, rubric: Rubric, move: AnswerMove, said: Said | None) -> list[Flowable]:
    """Set what was said in a round, and the passages it rests on."""
    offered = answers_to(rubric, move.criterion)
    answer = verdict(offered, said.verdict if said else None)
    if said is None or not said.evidence:
        return [answer]
    ordered = sorted(said.evidence, key=material.citations.order)
    where = "; ".join(material.citations.passage(key) for key in ordered)
    return [answer, paragraph(where, style=TEXT_NOTE, before=1)]
