"""Signs: drawn as shapes, each telling its rank without colour."""

import pytest
from reportlab.pdfgen.canvas import Canvas

from app.analysis.standing import Change
from app.model.assessment import Strength
from app.report.fonts import Face, register
from app.report.marks import ChangeMark, DashMark, LevelMark, Marked, StrengthMark, answer_mark, level_mark
from app.report.text import paragraph
from app.rubric import library
from app.scoring.offered import answers
from app.scoring.scale import SCALE


@pytest.fixture
def canvas(tmp_path):
    register()
    return Canvas(str(tmp_path / "x.pdf"), initialFontName=Face.REGULAR.value)


def drawn(canvas, mark):
    before = len(canvas._code)
    mark.draw(canvas, 10, 10)
    return tuple(canvas._code[before:])


def test_every_answer_has_a_sign_of_its_own_shape(canvas):
    rubric = library.load("mlops-maturity")
    offered = answers(rubric, rubric.principles[0])
    signs = {drawn(canvas, answer_mark(offered, each.verdict)) for each in SCALE}
    assert len(signs) == 6, "unknown and withheld look alike: both are open"
    assert drawn(canvas, answer_mark(offered, None)) in signs


def test_every_strength_has_a_sign(canvas):
    signs = {strength: drawn(canvas, StrengthMark(strength)) for strength in Strength}
    assert len(set(signs.values())) == len(Strength)


def test_every_change_has_a_sign(canvas):
    signs = {change: drawn(canvas, ChangeMark(change)) for change in Change}
    alike = (Change.OTHER, Change.SAME, Change.NEITHER)  # neither better nor worse
    assert len(set(signs.values())) == len(Change) - len(alike) + 1
    assert len({signs[each] for each in alike}) == 1


def test_a_level_fills_its_circle_by_rank():
    rubric = library.load("mlops-maturity")
    assert [level_mark(rubric, each.id).share for each in rubric.levels] == [0.0, 0.5, 1.0]
    open_end = level_mark(rubric, "low", "high")
    assert (open_end.share, open_end.maybe) == (0.0, 1.0)
    assert level_mark(rubric, None).share is None


def test_levels_look_different_without_colour(canvas):
    marks = [LevelMark(share) for share in (None, 0.0, 0.25, 0.5, 0.75, 1.0)] + [
        LevelMark(0.0, 0.5),
        LevelMark(0.5, 0.5),
    ]
    assert len({drawn(canvas, mark) for mark in marks}) == len(marks)


def test_what_stands_beside_a_sign_may_be_split():
    made = Marked(DashMark(5), paragraph("\n".join(["word"] * 20)), size=9.6)
    made.wrap(200, 1000)
    first, second = made.split(200, 140)
    assert first.wrap(200, 1000)[1] + second.wrap(200, 1000)[1] == pytest.approx(made.height)
    assert not second.mark.drawn
    assert made.split(200, 5) == []


def test_a_blank_sign_draws_nothing(canvas):
    assert drawn(canvas, DashMark(5, drawn=False)) == ()
