"""A case's levels as a drawing: a radar, or steps where there are too few principles for one; as on screen."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from app.analysis import radar as shape
from app.report.fonts import CAPITALS, Face, register, width_of
from app.report.grid import Cell, Grid, Row
from app.report.label import CENTRE, LEFT, RIGHT, Label, Said
from app.report.marks import LevelMark, Marked, TargetMark, TeamMark
from app.report.pdf import Canvas, Flowable
from app.report.style import (
    ACCENT,
    GREY,
    LOWEST,
    RULE,
    SMALL,
    TEXT_NOTE,
    WHITE,
    Colour,
    Style,
    pdf_colour,
)
from app.report.text import line, note, of_drawing, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.analysis.radar import Point, RadarValues

LABEL: Final = Style(6.6, 8.2)
_NAMES: Final = 5.4  # size of the names of rings
_APART: Final = 7.0  # the least between two rings that are named
_NARROW: Final = 0.8  # of the radius: wider names of rings would reach into the next words
_MARK: Final = 6.4
_ASIDE: Final = 5.4  # of a ring's name from its axis, beside a sign
_CLOSE: Final = 2.4  # where no sign stands: the farther in, the less it touches what is drawn
_GAP: Final = 5.0  # between the outer ring and the words on an axis
_LEAST: Final = 16.0  # the smallest radius drawn
_TURNS: Final = 10  # towards the radius that fits: words move with the rings, so that each halves what is left
_STEP: Final = 7.0  # height of a ladder's step
_ROW: Final = 5.0  # below a row of a ladder
_ABOVE: Final = 4.0
_DASH: Final = (2.6, 1.8)


class Told(Enum):
    """What stands on an axis: a number with a key elsewhere, its name, or its name and level."""

    NUMBERS = "numbers"
    NAMES = "names"
    LEVELS = "levels"


class Levels(Flowable):
    """A case's levels, drawn `high`; `table()` gives the same in words."""

    def __init__(self, values: RadarValues, high: float) -> None:
        super().__init__()
        self.values = values
        self.high = high
        self.spaceBefore, self.spaceAfter = _ABOVE, 0.0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take all the width."""
        self.width, self.height = width, self.high
        return width, self.high

    def table(self) -> tuple[tuple[str, ...], ...]:
        """Lay the same out as rows of words, the first being the head."""
        values = self.values
        aims = any(each is not None for each in values.targets)
        rows = [[name, values.words(axis)] for axis, name in enumerate(values.axes)]
        if aims:
            for axis, row in enumerate(rows):
                rank = values.target(axis)
                row.append("" if rank is None else values.levels[rank])
        return (("Principle", values.title, *(["Target"] if aims else [])), *map(tuple, rows))

    def _mark(self, rank: int | None) -> LevelMark:
        top = max(len(self.values.levels) - 1, 1)
        return LevelMark(None if rank is None else rank / top, size=_MARK)


class Radar(Levels):
    """Principles as axes, levels as rings: what is reached drawn through, what open answers leave open dashed.

    An axis bears its name, and with `told` its level; where it bears a number, a key stands elsewhere.
    """

    def __init__(self, values: RadarValues, high: float, told: Told = Told.LEVELS, style: Style = LABEL) -> None:
        super().__init__(values, high)
        self.told = told
        self.style = style

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Take all the width, and find the largest radius at which the words still fit."""
        super().wrap(width, height)
        count = len(self.values.axes)
        self.labels = [self._label(axis, width) for axis in range(count)]
        self.unit = max(min(self._across(width)), _LEAST)
        for _ in range(_TURNS):
            low, top = self._extent()
            self.unit = max(self.unit - max(top - low - self.high, 0.0) / 2, _LEAST)
        low, top = self._extent()
        self.height = top - low
        self.middle = (width / 2, -low)
        return self.width, self.height

    def _extent(self) -> Point:
        """How far down and up rings and words reach from the middle."""
        bottom, top = shape.height(len(self.labels))
        lows = [self._low(axis) for axis in range(len(self.labels))]
        highs = [low + label.height for low, label in zip(lows, self.labels, strict=True)]
        return min(bottom * self.unit, *lows), max(top * self.unit, *highs)

    def _low(self, axis: int) -> float:
        """Where the words on an axis begin, up from the middle."""
        label, (_, y) = self.labels[axis], shape.direction(axis, len(self.labels))
        if self._is_triangle:
            return y * self.unit + (_GAP if y > 0 else -_GAP - label.height)
        return y * (self.unit + _GAP) - label.height * (0.5 - y / 2)

    def draw(self) -> None:
        """Draw rings, areas, marks and words."""
        values, levels = self.values, len(self.values.levels)
        self._draw_area(shape.area(values.reached, levels), LOWEST)
        self._draw_rings()
        if not values.certain:
            self.canv.setDash(*_DASH)
            self._draw_outline(shape.area(values.at_most, levels), ACCENT, 0.9)
            self.canv.setDash()
        self._draw_outline(shape.area(values.reached, levels), ACCENT, 1.5)
        self._draw_names()
        for axis in range(len(values.axes)):
            self._draw_marks(axis)
            self.labels[axis].draw(self.canv, *self.place(axis))

    # Words

    def _label(self, axis: int, width: float) -> Label:
        """Make the words on an axis."""
        words = [Said(self.values.axes[axis], Face.REGULAR)]
        if self.told is Told.NUMBERS:
            words = [Said(str(axis + 1), Face.MEDIUM)]
        elif self.told is Told.LEVELS:
            words += [Said(each, Face.SEMIBOLD) for each in self.values.words(axis).split(", ")]
        return Label(words, self.style, self._room(axis, width), self._alignment(axis))

    def _alignment(self, axis: int) -> float:
        x, _ = shape.direction(axis, len(self.values.axes))
        return CENTRE if abs(x) < 0.1 or self._is_triangle else LEFT if x > 0 else RIGHT

    def _room(self, axis: int, width: float) -> float:
        """How wide the words on an axis may be: the lower two of a triangle share the width."""
        x, _ = shape.direction(axis, len(self.values.axes))
        if abs(x) < 0.1:
            return width
        return width / 2 - _GAP / 2 if self._is_triangle else width * 0.27

    def _across(self, width: float) -> list[float]:
        """The largest radii at which no word leaves the drawing at its sides."""
        found = [width / 2]
        for axis, label in enumerate(self.labels):
            x, _ = shape.direction(axis, len(self.labels))
            if abs(x) > 0.1:
                found.append((width / 2 - (_MARK if self._is_triangle else label.width + _GAP)) / abs(x))
        return found

    @property
    def _is_triangle(self) -> bool:
        return len(self.values.axes) == 3

    def place(self, axis: int) -> Point:
        """Where the words on an axis begin: their left and lower edges."""
        wide, (x, y) = self.labels[axis].width, shape.direction(axis, len(self.labels))
        across, low = self._at((x, y))[0], self.middle[1] + self._low(axis)
        if not self._is_triangle:
            return across + x * _GAP - wide * (0.5 - x / 2), low
        apart = max(abs(across - self.width / 2), wide / 2 + _GAP / 2 if y < 0 else 0.0)
        middle = self.width / 2 + min(apart, self.width / 2 - wide / 2) * (1 if x > 0 else -1)
        return middle - wide / 2, low

    # Drawing

    def _at(self, place: Point) -> Point:
        return self.middle[0] + place[0] * self.unit, self.middle[1] + place[1] * self.unit

    def _draw_rings(self) -> None:
        values = self.values
        count, levels = len(values.axes), len(values.levels)
        for rank in range(levels):
            last = rank == levels - 1
            self._draw_outline(shape.ring(rank, count, levels), GREY if last else RULE, 0.6 if last else 0.4)
        for axis in range(count):
            self._draw_outline([(0.0, 0.0), shape.direction(axis, count)], RULE, 0.4)

    def _draw_outline(self, corners: Sequence[Point], colour: Colour, weight: float) -> None:
        self.canv.setStrokeColor(pdf_colour(colour))
        self.canv.setLineWidth(weight)
        self.canv.setLineJoin(1)
        self.canv.drawPath(self._path(corners), stroke=1, fill=0)

    def _draw_area(self, corners: Sequence[Point], colour: Colour) -> None:
        self.canv.setFillColor(pdf_colour(colour))
        self.canv.drawPath(self._path(corners), stroke=0, fill=1)

    def _path(self, corners: Sequence[Point]) -> Any:
        path = self.canv.beginPath()
        path.moveTo(*self._at(corners[0]))
        for corner in corners[1:]:
            path.lineTo(*self._at(corner))
        path.close()
        return path

    def _draw_names(self) -> None:
        """Name the rings beside the first axis; where they lie too close, the outermost alone."""
        names = list(enumerate(self.values.levels))
        signs = (self.values.reached[0], self.values.target(0), self.values.set_by_team(0))
        for rank, name in names if self.names_all else names[-1:]:
            x, y = self._at((0.0, shape.radius(rank, len(names))))
            self._draw_name(x + (_ASIDE if rank in signs else _CLOSE), y - _NAMES * CAPITALS / 2, line(name))

    @property
    def names_all(self) -> bool:
        """Whether there is room for the names of all rings."""
        levels = self.values.levels
        widest = max(width_of(name, Face.REGULAR, _NAMES) for name in levels)
        return self.unit / len(levels) >= _APART and widest < self.unit * _NARROW

    def _draw_name(self, x: float, y: float, name: str) -> None:
        """Write with a white edge, so that lines below do not strike it through."""
        register()
        canvas = self.canv
        for mode, colour, weight in ((1, WHITE, 1.6), (0, GREY, 0.0)):
            canvas.saveState()
            text = canvas.beginText(x, y)
            text.setFont(Face.REGULAR.value, _NAMES)
            text.setTextRenderMode(mode)
            canvas.setStrokeColor(pdf_colour(colour))
            canvas.setFillColor(pdf_colour(colour))
            canvas.setLineWidth(weight)
            text.textOut(name)
            canvas.drawText(text)
            canvas.restoreState()
        note(canvas, name)

    def _draw_marks(self, axis: int) -> None:
        """Put the level's shape on an axis, and signs for its target and for what the team set."""
        values = self.values
        pointing = shape.direction(axis, len(values.axes))
        if (aim := values.target(axis)) is not None:
            TargetMark(turned=pointing).draw_at(self.canv, *self._on(pointing, aim))
        reached = values.reached[axis]
        x, y = self._on(pointing, reached)
        if reached is not None:
            _blank(self.canv, x, y, _MARK / 2)
        self._mark(reached).draw(self.canv, x - _MARK / 2, y)
        if (team := values.set_by_team(axis)) is not None:
            TeamMark().draw_at(self.canv, *self._on(pointing, team))

    def _on(self, pointing: Point, rank: int | None) -> Point:
        far = shape.radius(rank, len(self.values.levels))
        return self._at((pointing[0] * far, pointing[1] * far))


class Ladder(Levels):
    """A row of steps for each principle, filled up to the level; dashed up to what open answers leave open."""

    def __init__(self, values: RadarValues) -> None:
        super().__init__(values, 0.0)

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take all the width, and a row for each principle."""
        words = self.values.words
        told = ((Said(name, Face.REGULAR), Said(words(at), Face.SEMIBOLD)) for at, name in enumerate(self.values.axes))
        self.labels = [Label(each, LABEL, width) for each in told]
        self.width = width
        self.height = self.high = sum(each.height + 2 + _STEP + _ROW for each in self.labels)
        return width, self.height

    def draw(self) -> None:
        """Draw the rows."""
        top = self.height
        for axis, label in enumerate(self.labels):
            label.draw(self.canv, 0, top - label.height)
            top -= label.height + 2 + _STEP
            self._draw_steps(axis, top)
            top -= _ROW

    def _draw_steps(self, axis: int, low: float) -> None:
        values = self.values
        unit = self.width / len(values.levels)
        reached, most = ((-1 if rank is None else rank) for rank in (values.reached[axis], values.at_most[axis]))
        self.canv.setStrokeColor(pdf_colour(ACCENT))
        self.canv.setFillColor(pdf_colour(ACCENT))
        self.canv.setLineWidth(0.6)
        for rank in range(len(values.levels)):
            if reached < rank <= most:
                self.canv.setDash(*_DASH)
            self.canv.rect(rank * unit, low, unit - 2, _STEP, stroke=1, fill=int(rank <= reached))
            self.canv.setDash()
        for marked, mark in ((values.target(axis), TargetMark()), (values.set_by_team(axis), TeamMark())):
            if marked is not None:
                mark.draw_at(self.canv, (marked + 1) * unit - 6, low + _STEP / 2)


def levels_of(values: RadarValues, high: float, told: Told = Told.LEVELS, style: Style = LABEL) -> Levels:
    """Make what shows a case's levels: a radar, or where that would have no area a ladder."""
    return Ladder(values) if values.is_ladder else Radar(values, high, told, style)


def legend(values: Sequence[RadarValues], told: Told = Told.LEVELS, *, across: int = 4) -> list[Flowable]:
    """Say what the signs of drawings mean, those that occur in any; then what the rings and the numbers are."""
    drawn = values[0]
    marks: list[Flowable] = []
    if not drawn.is_ladder:
        marks.append(Marked(_Stroke(), paragraph("reached", style=TEXT_NOTE), size=SMALL))
    if any(not each.certain for each in values):
        marks.append(Marked(_Stroke(dashed=True), paragraph("at most reached", style=TEXT_NOTE), size=SMALL))
    if any(each.target(axis) is not None for each in values for axis in range(len(each.axes))):
        marks.append(Marked(TargetMark(), paragraph("target", style=TEXT_NOTE), size=SMALL))
    if any(each.set_by_team(axis) is not None for each in values for axis in range(len(each.axes))):
        marks.append(Marked(TeamMark(), paragraph("set by the team", style=TEXT_NOTE), size=SMALL))
    what = "Steps, from the left" if drawn.is_ladder else "Rings, from the inside"
    words = [f"{what}: {', '.join(drawn.levels)}."]
    if told is Told.NUMBERS:
        words.append(f"Axes: {', '.join(f'{number} {name}' for number, name in enumerate(drawn.axes, 1))}.")
    lines = [marks[at : at + across] for at in range(0, len(marks), across)]
    rows = [Row([Cell([each]) for each in line], rule=0, above=2, below=0) for line in lines]
    signs = [Grid([84.0] * across, rows)] if rows else []
    return [*map(of_drawing, signs), of_drawing(paragraph(" ".join(words), style=TEXT_NOTE, before=2))]


class _Stroke:
    """The line of an area, for a legend."""

    width = 14.0

    def __init__(self, *, dashed: bool = False) -> None:
        self.dashed = dashed

    def draw(self, canvas: Canvas, x: float, y: float) -> None:
        """Draw the line."""
        canvas.setStrokeColor(pdf_colour(ACCENT))
        canvas.setLineWidth(0.9 if self.dashed else 1.5)
        if self.dashed:
            canvas.setDash(*_DASH)
        canvas.line(x, y, x + self.width, y)
        canvas.setDash()


def _blank(canvas: Canvas, x: float, y: float, half: float) -> None:
    canvas.setFillColor(pdf_colour(WHITE))
    canvas.circle(x, y, half, stroke=0, fill=1)
