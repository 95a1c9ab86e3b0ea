"""A few numbers in a row: large enough to be read at a glance, with a thin bar where they are a share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.analysis.collection import collect
from app.analysis.todo import count
from app.model.source import FollowUpState
from ui.theme import DISPLAY, SMALL, SPACE, theme

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QPaintEvent

    from app.analysis.assessment import Assessment
    from app.analysis.coverage import Coverage
    from app.analysis.quality import Figures
    from app.model.document import StudyDocument

HEIGHT = 62
_MOST_ROUNDS = 4


@dataclass(frozen=True)
class Figure:
    """A number, what it is out of, what it counts; `share` (0..1) draws a bar, None draws none."""

    number: str
    of: str
    label: str
    share: float | None = None

    @property
    def words(self) -> str:
        """The figure as a sentence would say it."""
        return " ".join(filter(None, (self.number, self.of, self.label)))


def figures(document: StudyDocument, assessment: Assessment, covered: Coverage) -> list[Figure]:
    """Count what there is of a study: answers and their evidence, interviews by round, notes, questions."""
    return [_answered(assessment), _evidenced(covered), *_rounds(document), *_notes(document)]


def evidence_figures(covered: Coverage) -> list[Figure]:
    """Count how far notes are used, and how strong what is used is."""
    return [
        _share(covered.used, covered.passages, "passages carry a judgement"),
        _share(covered.coded, covered.interviews, "interviews with notes coded"),
        *_weights(covered),
    ]


def quality_figures(found: Figures, covered: Coverage) -> list[Figure]:
    """Count how criteria stand, how many answers rest on evidence, and how strong that is."""
    return [
        _share(found.answered, found.criteria, "known"),
        *(
            Figure(str(number), "", word, number / found.criteria if found.criteria else 0.0)
            for word, number in (
                ("unknown", found.unknown),
                ("withheld", found.withheld),
                ("unanswered", found.unanswered),
            )
        ),
        _share(covered.with_evidence, covered.answers, "with evidence"),
        *_weights(covered),
    ]


class FigureStrip(QWidget):
    """Figures side by side, in columns of one width while that is enough for all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: Sequence[Figure] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def show_figures(self, shown: Sequence[Figure]) -> None:
        """Show other figures."""
        self._figures = shown
        self.setAccessibleName("; ".join(figure.words for figure in shown))
        self.update()

    def sizeHint(self) -> QSize:
        """One line of figures."""
        return QSize(600, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint each figure in its column."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 0.0
        for figure, wide in zip(self._figures, self.widths(), strict=True):
            _paint(painter, figure, QRectF(left, 0, wide - SPACE[4], self.height()))
            left += wide
        painter.end()

    def widths(self) -> list[float]:
        """Give the width of each column, in px: all the same, or as their words need where some would be cut short."""
        needs = [_needed(figure) + SPACE[4] for figure in self._figures]
        even = self.width() / max(len(needs), 1)
        if max(needs, default=0.0) <= even:
            return [even] * len(needs)
        return [self.width() * need / sum(needs) for need in needs]


def _needed(figure: Figure) -> float:
    """How wide a figure is with its words in full."""
    small = QFontMetricsF(theme().font(SMALL))
    number = QFontMetricsF(theme().font(DISPLAY, "semibold")).horizontalAdvance(figure.number)
    return max(number + SPACE[0] + 2 + small.horizontalAdvance(figure.of), small.horizontalAdvance(figure.label)) + 1


def _paint(painter: QPainter, figure: Figure, where: QRectF) -> None:
    left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
    painter.setFont(theme().font(DISPLAY, "semibold"))
    painter.setPen(theme().colour("text"))
    line = QRectF(where.left(), where.top(), where.width(), 30)
    painter.drawText(line, left, figure.number)
    wide = QFontMetricsF(painter.font()).horizontalAdvance(figure.number)
    painter.setFont(theme().font(SMALL))
    painter.setPen(theme().colour("text_muted"))
    beside = line.adjusted(wide + SPACE[0] + 2, 0, 0, -4)
    of = QFontMetricsF(painter.font()).elidedText(figure.of, Qt.TextElideMode.ElideRight, beside.width())
    painter.drawText(beside, left, of)
    label = QFontMetricsF(painter.font()).elidedText(figure.label, Qt.TextElideMode.ElideRight, where.width())
    painter.drawText(QRectF(where.left(), 32, where.width(), 16), left, label)
    bar = QRectF(where.left(), where.bottom() - 5, where.width(), 3)
    painter.fillRect(bar, theme().colour("line"))
    if figure.share:
        painter.fillRect(QRectF(bar.left(), bar.top(), bar.width() * figure.share, 3), theme().colour("accent"))


def _answered(assessment: Assessment) -> Figure:
    criteria = [each for case in assessment.cases for principle in case.principles for each in principle.criteria]
    done = sum(each.verdict is not None for each in criteria)
    label = f"criteria answered, {assessment.round.name}" if assessment.round else "criteria answered"
    return _share(done, len(criteria), label)


def _evidenced(covered: Coverage) -> Figure:
    return _share(covered.with_evidence, covered.answers, "answers with evidence")


def _weights(covered: Coverage) -> Iterator[Figure]:
    links = sum(covered.weights.values())
    return (_share(number, links, f"links, {weight}") for weight, number in covered.weights.items())


def _share(number: int, of: int, label: str) -> Figure:
    return Figure(str(number), f"of {of}", label, number / of if of else 0.0)


def _rounds(document: StudyDocument) -> Iterator[Figure]:
    for data in collect(document).rounds[-_MOST_ROUNDS:]:
        every = data.interviews + data.planned
        label = ", ".join(filter(None, (data.round.name, data.timeline)))
        of = f"of {count(every, 'interview', 'interviews')} held" if every else "interviews"
        yield Figure(str(data.interviews), of, label, data.interviews / every if every else 0.0)


def _notes(document: StudyDocument) -> Iterator[Figure]:
    whole = collect(document)
    passages = count(whole.passages, "passage", "passages")
    yield Figure(str(whole.lines), "lines", f"of notes, {passages}")
    asking = sum(each.state is FollowUpState.OPEN for each in document.follow_ups)
    yield Figure(
        str(asking), "open" if asking else "", "questions still to ask" if asking != 1 else "question still to ask"
    )
