"""Signs drawn as shapes, so that they need no glyph, survive black and white, and never stand without a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from app.analysis.factors import WEIGHTS
from app.analysis.standing import Change
from app.model.assessment import Strength
from app.report.fonts import CAPITALS
from app.report.pdf import Canvas, Flowable
from app.report.style import ACCENT, GREY, INK, LINE, WHITE, Colour, pdf_colour, text_on
from app.report.text import divided
from app.scoring.scale import is_open

if TYPE_CHECKING:
    from app.rubric.structure import Rubric
    from app.scoring.offered import Answers
    from app.scoring.scale import Verdict


class Mark(Protocol):
    """A sign that can be drawn around a point."""

    @property
    def width(self) -> float:
        """The room it takes across."""

    def draw(self, canvas: Canvas, x: float, y: float) -> None:
        """Draw with the left edge at x, centred on y."""


@dataclass(frozen=True)
class LevelMark:
    """A circle filled by rank: empty for the lowest level, full for the highest.

    `share` is filled, `maybe` is what open answers could still add; a share of None is a level not rated.
    """

    share: float | None
    maybe: float = 0.0
    size: float = 8.4
    colour: Colour = ACCENT
    ground: Colour = WHITE

    @property
    def width(self) -> float:
        """The diameter."""
        return self.size

    def draw(self, canvas: Canvas, x: float, y: float) -> None:
        """Draw the circle."""
        canvas.setStrokeColor(pdf_colour(self.colour))
        canvas.setLineWidth(LINE)
        box = (x + LINE / 2, y - self.size / 2 + LINE / 2, x + self.size - LINE / 2, y + self.size / 2 - LINE / 2)
        if self.share is None:
            canvas.line(x + 1, y, x + self.size - 1, y)
            return
        self._fill(canvas, box, self.share, self.maybe, self.ground.towards(self.colour, 0.35))
        self._fill(canvas, box, 0.0, self.share, self.colour)
        canvas.ellipse(*box, stroke=1, fill=0)

    @staticmethod
    def _fill(canvas: Canvas, box: tuple[float, ...], start: float, share: float, colour: Colour) -> None:
        if share <= 0:
            return
        canvas.setFillColor(pdf_colour(colour))
        if share >= 1:
            canvas.ellipse(*box, stroke=0, fill=1)
        else:
            canvas.wedge(*box, 90 - 360 * start, -360 * share, stroke=0, fill=1)


@dataclass(frozen=True)
class VerdictMark:
    """A bar filled as far as a criterion is achieved; a line where it does not apply, dots where it is open.

    `share` (0 to 1) is filled; None where the answer is no achievement.
    """

    share: float | None
    is_open: bool = False
    width: float = 15.0
    colour: Colour = ACCENT

    def draw(self, canvas: Canvas, x: float, y: float) -> None:
        """Draw the bar."""
        canvas.setStrokeColor(pdf_colour(self.colour))
        canvas.setFillColor(pdf_colour(self.colour))
        canvas.setLineWidth(0.6)
        if self.is_open:
            canvas.setDash(1, 1.4)
            canvas.rect(x, y - 2.2, self.width, 4.4, stroke=1, fill=0)
            canvas.setDash()
            return
        if self.share is None:
            canvas.line(x, y, x + self.width, y)
            return
        canvas.rect(x, y - 2.2, self.width, 4.4, stroke=1, fill=0)
        if self.share:
            canvas.rect(x, y - 2.2, self.width * self.share, 4.4, stroke=0, fill=1)


@dataclass(frozen=True)
class StrengthMark:
    """Triangles: up facilitates, down inhibits, two are strong; a line is neutral, an empty box unknown."""

    strength: Strength
    width: float = 15.0

    def draw(self, canvas: Canvas, x: float, y: float) -> None:
        """Draw the triangles."""
        pull = WEIGHTS.get(self.strength, 0)
        for number in range(pull):
            _triangle(canvas, x + number * 7.6, y - 2.8, 5.6, ACCENT)
        for number in range(-pull):
            _triangle(canvas, x + number * 7.6, y + 2.8, -5.6, INK)
        canvas.setStrokeColor(pdf_colour(GREY))
        canvas.setLineWidth(LINE)
        if self.strength is Strength.NEUTRAL:
            canvas.line(x, y, x + 7, y)
        if self.strength is Strength.UNKNOWN:
            canvas.setDash(1, 1.4)
            canvas.rect(x, y - 2.8, 6.4, 5.6, stroke=1, fill=0)
            canvas.setDash()


@dataclass(frozen=True)
class ChangeMark:
    """A triangle up or down for what rose or fell, a diamond for what became known, an empty one for uncertain.

    A cross is new, a line gone, two lines are the same.
    """

    change: Change
    width: float = 6.4

    def draw(self, canvas: Canvas, x: float, y: float) -> None:
        """Draw the sign."""
        half = self.width / 2
        canvas.setStrokeColor(pdf_colour(INK))
        canvas.setFillColor(pdf_colour(INK))
        canvas.setLineWidth(LINE)
        if self.change in (Change.ROSE, Change.FELL):
            up = 1 if self.change is Change.ROSE else -1
            _triangle(canvas, x, y - up * half * 0.9, up * half * 1.8, INK)
        elif self.change in (Change.KNOWN, Change.UNKNOWN):
            _diamond(canvas, x, y, half, filled=self.change is Change.KNOWN)
        elif self.change is Change.NEW:
            canvas.line(x, y, x + self.width, y)
            canvas.line(x + half, y - half, x + half, y + half)
        elif self.change is Change.GONE:
            canvas.line(x, y, x + self.width, y)
        else:
            canvas.line(x, y + 1.2, x + self.width, y + 1.2)
            canvas.line(x, y - 1.2, x + self.width, y - 1.2)


@dataclass(frozen=True)
class TargetMark:
    """A bar across an axis: the level to be reached; `turned` is where the axis points."""

    width: float = 9.0
    turned: tuple[float, float] = (1.0, 0.0)

    def draw(self, canvas: Canvas, x: float, y: float) -> None:
        """Draw with the left edge at x, centred on y."""
        self.draw_at(canvas, x + self.width / 2, y)

    def draw_at(self, canvas: Canvas, x: float, y: float) -> None:
        """Draw around a point."""
        across, up = (-self.turned[1] * self.width / 2, self.turned[0] * self.width / 2)
        canvas.setStrokeColor(pdf_colour(INK))
        canvas.setLineWidth(1.8)
        canvas.line(x - across, y - up, x + across, y + up)


@dataclass(frozen=True)
class TeamMark:
    """An empty diamond: the level that the team set."""

    width: float = 6.4

    def draw(self, canvas: Canvas, x: float, y: float) -> None:
        """Draw with the left edge at x, centred on y."""
        canvas.setStrokeColor(pdf_colour(INK))
        canvas.setFillColor(pdf_colour(WHITE))
        canvas.setLineWidth(LINE)
        _diamond(canvas, x, y, self.width / 2, filled=True)

    def draw_at(self, canvas: Canvas, x: float, y: float) -> None:
        """Draw around a point."""
        self.draw(canvas, x - self.width / 2, y)


@dataclass(frozen=True)
class DashMark:
    """The dash before an item of a list; not drawn, it only takes the room."""

    width: float
    drawn: bool = True

    def draw(self, canvas: Canvas, x: float, y: float) -> None:
        """Draw the dash."""
        if not self.drawn:
            return
        canvas.setStrokeColor(pdf_colour(GREY))
        canvas.setLineWidth(0.6)
        canvas.line(x, y - 0.6, x + self.width, y - 0.6)


class Marked(Flowable):
    """A sign before the first line of something, which stands beside it as if in a column of its own."""

    def __init__(self, mark: Mark, item: Flowable, *, size: float, gap: float = 5.0) -> None:
        super().__init__()
        self.mark = mark
        self.item = item
        self.size = size
        self.gap = gap
        self.spaceBefore = 0.0

    def split(self, width: float, height: float) -> list[Flowable]:
        """Split what stands beside the sign; the rest goes on without one, at the same place."""
        parts = divided(self.item, width - self.mark.width - self.gap, height)
        if len(parts) < 2:
            return []
        first, *rest = parts
        blank = DashMark(self.mark.width, drawn=False)
        return [
            Marked(self.mark, first, size=self.size, gap=self.gap),
            *(Marked(blank, each, size=self.size, gap=self.gap) for each in rest),
        ]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Measure what stands beside the sign."""
        used = self.item.wrap(width - self.mark.width - self.gap, height)
        self.width, self.height = width, used[1]
        return self.width, self.height

    def draw(self) -> None:
        """Draw the sign at half the height of the first line's capitals."""
        self.mark.draw(self.canv, 0, self.height - self.size * (1 - CAPITALS / 2))
        self.item.drawOn(self.canv, self.mark.width + self.gap, 0)


def answer_mark(offered: Answers, given: Verdict | None) -> VerdictMark:
    """Make the sign of an answer, by its place among those that a rubric offers."""
    place, best = offered.rank(given), offered.rank(offered.best)
    return VerdictMark(None if place is None else place / (best or 1), is_open(given))


def level_mark(
    rubric: Rubric, level: str | None, at_most: str | None = None, *, ground: Colour | None = None, size: float = 8.4
) -> LevelMark:
    """Make the sign of a level, with what open answers could still add."""
    colour = ACCENT if ground is None else text_on(ground)
    if level is None:
        return LevelMark(None, size=size, colour=colour)
    top = max(len(rubric.levels) - 1, 1)
    share = rubric.rank(level) / top
    maybe = rubric.rank(at_most) / top - share if at_most else 0.0
    return LevelMark(share, maybe, size, colour, ground or WHITE)


def _triangle(canvas: Canvas, x: float, y: float, height: float, colour: Colour) -> None:
    canvas.setFillColor(pdf_colour(colour))
    path = canvas.beginPath()
    path.moveTo(x, y)
    path.lineTo(x + 6.4, y)
    path.lineTo(x + 3.2, y + height)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _diamond(canvas: Canvas, x: float, y: float, half: float, *, filled: bool) -> None:
    path = canvas.beginPath()
    path.moveTo(x, y)
    for across, up in ((half, half), (2 * half, 0), (half, -half)):
        path.lineTo(x + across, y + up)
    path.close()
    canvas.drawPath(path, stroke=1, fill=int(filled))
