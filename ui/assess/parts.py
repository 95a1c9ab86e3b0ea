"""Where the parts of a criterion's row are: the answers, confidence, evidence, statement and rationale."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QRectF

from app.scoring.explain import figure_text
from app.scoring.scale import is_achievement
from ui.notebook.wrapping import line_height, text_width, wrapped
from ui.theme import BODY, SMALL, SPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QPointF

    from app.scoring.offered import Answers
    from app.scoring.scale import Step, Verdict
    from ui.assess.rows import CriterionRow, Option

SEGMENT: Final = 27.0
SEGMENT_HIGH: Final = 22.0
_BETWEEN: Final = 6.0  # between the achievements and the answers that are none
_CONFIDENCE: Final = 30.0
_EVIDENCE: Final = 38.0
_WIDEST: Final = 540.0  # of the statement
_LEAST_BESIDE: Final = 200.0  # of a column for the rationale
_LEAST_STATEMENT: Final = 280.0  # where answers are spelled out
_MOST_LINES: Final = 8  # of a description that can be picked
PAD: Final = 9.0
OPTION_PAD: Final = 5.0

LETTERS: Final = {"fully": "F", "largely": "L", "partially": "P", "not": "N", "not_applicable": "n/a"} | {
    "unknown": "?",
    "withheld": "W",
}


class Segment(NamedTuple):
    """A button of one answer: what it says in short, and where it is."""

    verdict: Verdict
    letters: str
    where: QRectF


@dataclass(frozen=True)
class Parts:
    """The places of a row's parts, in the viewport."""

    statement: QRectF
    verdict: QRectF
    rationale: QRectF
    scale: tuple[Segment, ...]
    confidence: QRectF
    evidence: QRectF
    options: tuple[QRectF, ...] = ()

    @property
    def beside(self) -> bool:
        """Whether there is room for the rationale in a column of its own."""
        return self.rationale.left() > self.evidence.left()

    def at(self, point: QPointF, row: CriterionRow) -> str:
        """Name the part under a point: a verdict, "confidence", "evidence", "rationale", or ""."""
        for verdict, _letters, where in self.scale:
            if where.adjusted(0, -8, 0, 8).contains(point):
                return str(verdict)
        for option, where in zip(row.options, self.options, strict=True):
            if where.contains(point):
                return str(option.verdict)
        for name in ("confidence", "evidence"):
            if getattr(self, name).adjusted(-4, -8, 4, 8).contains(point):
                return name
        return "rationale" if self.rationale.contains(point) or self.verdict.contains(point) else ""


def parts_of(row: CriterionRow, where: QRectF, editor: float = 0.0) -> Parts:
    """Lay out a row; `editor` is the height of the rationale's editor, 0 where it is closed."""
    left, top = where.left() + SPACE[3], where.top() + PAD
    width = statement_width(row, where.width())
    statement = QRectF(left, top, width, _statement_height(row, width))
    verdict = QRectF(left, statement.bottom() + 2, width, line_height(SMALL))
    scale, tools = _scale(row, where.width(), left + width + SPACE[4], top)
    confidence = QRectF(tools + SPACE[2], top, _CONFIDENCE, SEGMENT_HIGH)
    evidence = QRectF(confidence.right() + SPACE[0], top, _EVIDENCE, SEGMENT_HIGH)
    spare = _spare(row, where.width())
    if spare:
        high = editor or where.height() - 2 * PAD
        rationale = QRectF(evidence.right() + SPACE[3], top, spare, high)
    else:
        below = verdict.bottom() + 2 if editor else verdict.top()
        rationale = QRectF(left, below, width, editor or verdict.height())
    down = verdict.bottom() if spare else rationale.bottom()
    options = tuple(_options(row, left, down + OPTION_PAD, evidence.right() - left))
    return Parts(statement, verdict, rationale, scale, confidence, evidence, options)


def row_height(row: CriterionRow, width: float, editor: float = 0.0) -> int:
    """Measure a row at the width of the list."""
    spare = _spare(row, width)
    under = line_height(SMALL) + (0.0 if spare or not editor else editor + 2)
    high = _statement_height(row, statement_width(row, width)) + 2 + under + _options_height(row, width)
    return round(max(high, SEGMENT_HIGH, editor if spare else 0) + 2 * PAD)


def _spare(row: CriterionRow, width: float) -> float:
    """How wide a column beside the scale can be; 0 where there is no room for one."""
    spare = width - 2 * SPACE[3] - statement_width(row, width) - SPACE[4] - _tools_width(row, width) - SPACE[3]
    return min(spare, _WIDEST) if spare >= _LEAST_BESIDE else 0.0


def statement_width(row: CriterionRow, width: float) -> float:
    """How wide a statement is at the width of the list: what the scale leaves, and never beyond the measure."""
    return max(120.0, min(_WIDEST, width - 2 * SPACE[3] - SPACE[4] - _tools_width(row, width)))


def _statement_height(row: CriterionRow, width: float) -> float:
    return len(wrapped(row.statement, BODY, "regular", round(width), 4)) * line_height(BODY)


# The answers


def _tools_width(row: CriterionRow, width: float) -> float:
    return _scale_width(row, spelled=_spelled(row, width)) + SPACE[2] + _CONFIDENCE + SPACE[0] + _EVIDENCE


def _scale_width(row: CriterionRow, *, spelled: bool) -> float:
    return _answers_width(row.answers, bool(row.options), spelled)


@functools.lru_cache(maxsize=64)
def _answers_width(offered: Answers, picks: bool, spelled: bool) -> float:  # noqa: FBT001 - keys of the cache
    steps = _steps(offered, picks=picks)
    return sum(_segment_width(_letters(step, spelled=spelled)) for step in steps) + _BETWEEN


def _spelled(row: CriterionRow, width: float) -> bool:
    """Whether there is room for a rubric's own words on the buttons; else its points stand there."""
    others = 2 * SPACE[3] + SPACE[4] + SPACE[2] + _CONFIDENCE + SPACE[0] + _EVIDENCE
    return width - others - _scale_width(row, spelled=True) >= _LEAST_STATEMENT


def _steps(offered: Answers, *, picks: bool) -> list[Step]:
    """List the answers that have a button; where levels are picked, their descriptions are the buttons."""
    return [step for step in offered.steps if not picks or not is_achievement(step.verdict)]


def _letters(step: Step, *, spelled: bool) -> str:
    if step.points is None:
        return LETTERS[step.verdict]
    return step.short if spelled else figure_text(step.points)


def _segment_width(letters: str) -> float:
    return max(SEGMENT, round(text_width(letters, SMALL, "semibold")) + SPACE[1])


def _scale(row: CriterionRow, width: float, left: float, top: float) -> tuple[tuple[Segment, ...], float]:
    found: list[Segment] = []
    spelled = _spelled(row, width)
    for step in _steps(row.answers, picks=bool(row.options)):
        if not is_achievement(step.verdict) and (not found or is_achievement(found[-1].verdict)):
            left += _BETWEEN
        letters = _letters(step, spelled=spelled)
        found.append(Segment(step.verdict, letters, QRectF(left, top, _segment_width(letters), SEGMENT_HIGH)))
        left = found[-1].where.right()
    return tuple(found), left


# What can be picked


def option_lines(option: Option, width: float) -> tuple[str, ...]:
    """Break what an option says into lines."""
    return wrapped(option.text, SMALL, "regular", round(_option_text_width(width)), _MOST_LINES)


def option_height(option: Option, width: float) -> float:
    """Measure an option: the levels it holds for, and what it says."""
    return (1 + len(option_lines(option, width))) * line_height(SMALL) + 2 * OPTION_PAD


def _option_text_width(width: float) -> float:
    return min(width - SEGMENT - SPACE[3] - SPACE[1], _WIDEST)


def _options(row: CriterionRow, left: float, top: float, width: float) -> Iterator[QRectF]:
    for option in row.options:
        high = option_height(option, width)
        yield QRectF(left, top, width, high)
        top += high + 2


def _options_height(row: CriterionRow, width: float) -> float:
    if not row.options:
        return 0.0
    wide = statement_width(row, width) + SPACE[4] + _tools_width(row, width)
    return OPTION_PAD + sum((option_height(option, wide) + 2 for option in row.options), 0.0)
