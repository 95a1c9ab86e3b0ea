"""The figure of factors: a block for each case, on the side it pulls to, told apart without colour."""

import msgspec
import pytest
from reportlab.pdfgen.canvas import Canvas

from app.analysis.factors import factor_table, figure
from app.model.assessment import BelongsTo, Factor, Influence, Strength, Tendency
from app.model.setting import Case, Round
from app.report.fonts import Face, register
from app.report.influences import Block, Sides, figure_grid
from app.report.style import HEIGHT, INK, WIDTH

replace = msgspec.structs.replace
LONG = "Willingness of the works council and of the departments concerned to let notes be used for training"


@pytest.fixture
def canvas(tmp_path):
    register()
    return Canvas(str(tmp_path / "x.pdf"), initialFontName=Face.REGULAR.value)


def drawn(canvas, mark):
    before = len(canvas._code)
    mark.draw(canvas, 10, 10)
    return tuple(canvas._code[before:])


class Pen:
    """Notes what a bar draws: the blocks, from left to right, and the words with their places."""

    def __init__(self):
        self.blocks, self.words = [], []
        self.sheets = None

    def rect(self, x, _y, width, _height, **_more):
        self.blocks.append((x, x + width))

    def drawString(self, x, _y, text):  # noqa: N802 - ReportLab's name
        self.words.append((x, text))

    def drawRightString(self, x, _y, text):  # noqa: N802 - ReportLab's name
        self.words.append((x, text))

    def __getattr__(self, _name):
        return lambda *_arguments, **_more: None


def study(make_empty, strengths, factors=1):
    cases = tuple(Case(key=f"c{n}", name=f"Case {n}") for n in range(len(strengths)))
    kinds = tuple(
        Factor(key=f"f{n}", name=LONG, belongs_to=BelongsTo.CASE, tendency=Tendency.INHIBITS) for n in range(factors)
    )
    judged = tuple(
        Influence(factor=factor.key, round="r2", case=case.key, strength=strength)
        for factor in kinds
        for case, strength in zip(cases, strengths, strict=True)
    )
    rounds = (Round(key="r2", name="Round 2"),)
    made = make_empty(rounds=rounds, cases=cases, factors=kinds, influences=judged)
    return figure(factor_table(made, None, "r2"))


def sides(figured, width=180.0):
    made = Sides(figured.bars[0], figured.most, 17)
    assert made.wrap(width, 500) == (width, 17)
    made.canv = Pen()
    made.draw()
    return made.canv


def test_strong_and_somewhat_look_different_in_one_colour(canvas):
    assert drawn(canvas, Block(strong=True, colour=INK)) != drawn(canvas, Block(strong=False, colour=INK))


@pytest.mark.parametrize("cases", [1, 3, 12, 60])
def test_each_case_is_a_block_on_its_side_and_within_the_room(make_empty, cases):
    strengths = [Strength.SOMEWHAT_INHIBITS] * cases
    pen = sides(study(make_empty, strengths))
    assert len(pen.blocks) == cases
    assert all(0 < left < right <= 90 for left, right in pen.blocks)
    assert [text for _, text in pen.words] == [str(cases)]
    assert 0 < pen.words[0][0] < min(pen.blocks)[0]


def test_both_sides_are_drawn_to_one_scale(make_empty):
    strengths = [Strength.STRONGLY_FACILITATES, Strength.SOMEWHAT_FACILITATES, Strength.STRONGLY_INHIBITS]
    pen = sides(study(make_empty, [*strengths, Strength.NEUTRAL]))
    right = sorted(block for block in pen.blocks if block[0] >= 90)
    (left,) = [block for block in pen.blocks if block[1] <= 90]
    assert len(right) == 2
    assert len({round(end - start, 6) for start, end in [*right, left]}) == 1
    assert {text for _, text in pen.words} == {"1", "2"}


def test_nothing_is_drawn_where_nobody_judged(make_empty):
    assert sides(study(make_empty, [])).blocks == []


def test_many_factors_with_long_names_go_over_pages(make_empty):
    grid = figure_grid(study(make_empty, [Strength.NEUTRAL] * 12, factors=40))
    width, height = grid.wrap(WIDTH, HEIGHT)
    assert width == pytest.approx(WIDTH)
    assert height > HEIGHT
    first, second = grid.split(WIDTH, HEIGHT)
    assert first.wrap(WIDTH, HEIGHT)[1] <= HEIGHT
    assert len(first.rows) + len(second.rows) == 40
