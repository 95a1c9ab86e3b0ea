"""Where the parts of a criterion's row are: the scale, confidence, evidence, statement and rationale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF

from app.scoring.scale import SCALE, is_achievement
from ui.notebook.wrapping import line_height, wrapped
from ui.theme import BODY, SMALL, SPACE

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF

    from app.scoring.scale import Verdict
    from ui.assess.rows import CriterionRow

SEGMENT: Final = 27.0
SEGMENT_HIGH: Final = 22.0
_BETWEEN: Final = 6.0  # between the achievements and the answers that are none
_CONFIDENCE: Final = 30.0
_EVIDENCE: Final = 38.0
_WIDEST: Final = 540.0  # of the statement
_LEAST_BESIDE: Final = 200.0  # of a column for the rationale
PAD: Final = 9.0

LETTERS: Final = {"fully": "F", "largely": "L", "partially": "P", "not": "N", "not_applicable": "n/a"} | {
    "unknown": "?",
    "withheld": "W",
}


@dataclass(frozen=True)
class Parts:
    """The places of a row's parts, in the viewport."""

    statement: QRectF
    verdict: QRectF
    rationale: QRectF
    scale: tuple[tuple[Verdict, QRectF], ...]
    confidence: QRectF
    evidence: QRectF

    @property
    def beside(self) -> bool:
        """Whether there is room for the rationale in a column of its own."""
        return self.rationale.left() > self.evidence.left()

    def at(self, point: QPointF) -> str:
        """Name the part under a point: a verdict, "confidence", "evidence", "rationale", or ""."""
        for verdict, where in self.scale:
            if where.adjusted(0, -8, 0, 8).contains(point):
                return str(verdict)
        for name in ("confidence", "evidence"):
            if getattr(self, name).adjusted(-4, -8, 4, 8).contains(point):
                return name
        return "rationale" if self.rationale.contains(point) or self.verdict.contains(point) else ""


def parts_of(row: CriterionRow, where: QRectF, editor: float = 0.0) -> Parts:
    """Lay out a row; `editor` is the height of the rationale's editor, 0 where it is closed."""
    left, top = where.left() + SPACE[3], where.top() + PAD
    width = statement_width(where.width())
    statement = QRectF(left, top, width, _statement_height(row, width))
    verdict = QRectF(left, statement.bottom() + 2, width, line_height(SMALL))
    scale, tools = _scale(left + width + SPACE[4], top)
    confidence = QRectF(tools + SPACE[2], top, _CONFIDENCE, SEGMENT_HIGH)
    evidence = QRectF(confidence.right() + SPACE[0], top, _EVIDENCE, SEGMENT_HIGH)
    spare = _spare(where.width())
    if spare:
        high = editor or where.height() - 2 * PAD
        rationale = QRectF(evidence.right() + SPACE[3], top, spare, high)
    else:
        below = verdict.bottom() + 2 if editor else verdict.top()
        rationale = QRectF(left, below, width, editor or verdict.height())
    return Parts(statement, verdict, rationale, scale, confidence, evidence)


def row_height(row: CriterionRow, width: float, editor: float = 0.0) -> int:
    """Measure a row at the width of the list."""
    under = line_height(SMALL) + (0.0 if _spare(width) or not editor else editor + 2)
    high = _statement_height(row, statement_width(width)) + 2 + under
    return round(max(high, SEGMENT_HIGH, editor if _spare(width) else 0) + 2 * PAD)


def _spare(width: float) -> float:
    """How wide a column beside the scale can be; 0 where there is no room for one."""
    spare = width - 2 * SPACE[3] - statement_width(width) - SPACE[4] - _tools_width() - SPACE[3]
    return min(spare, _WIDEST) if spare >= _LEAST_BESIDE else 0.0


def statement_width(width: float) -> float:
    """How wide a statement is at the width of the list: what the scale leaves, and never beyond the measure."""
    return max(120.0, min(_WIDEST, width - 2 * SPACE[3] - SPACE[4] - _tools_width()))


def _statement_height(row: CriterionRow, width: float) -> float:
    return len(wrapped(row.statement, BODY, "regular", round(width), 4)) * line_height(BODY)


def _tools_width() -> float:
    return len(SCALE) * SEGMENT + _BETWEEN + SPACE[2] + _CONFIDENCE + SPACE[0] + _EVIDENCE


def _scale(left: float, top: float) -> tuple[tuple[tuple[Verdict, QRectF], ...], float]:
    found: list[tuple[Verdict, QRectF]] = []
    for step in SCALE:
        if found and not is_achievement(step.verdict) and is_achievement(found[-1][0]):
            left += _BETWEEN
        found.append((step.verdict, QRectF(left, top, SEGMENT, SEGMENT_HIGH)))
        left += SEGMENT
    return tuple(found), left
