"""ReportLab as the report sees it: it has no types, so they are given here once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

Canvas: TypeAlias = Any

if TYPE_CHECKING:

    class Flowable:
        """Something that takes up room on a page: it is measured, perhaps split, and drawn."""

        width: float
        height: float
        spaceBefore: float  # noqa: N815 - ReportLab's name
        spaceAfter: float  # noqa: N815 - ReportLab's name
        canv: Canvas
        of_drawing: bool  # ours: see `text.of_drawing`

        def wrap(self, width: float, height: float, /) -> tuple[float, float]:
            """Measure for a width, and say what is taken up."""

        def split(self, width: float, height: float, /) -> list[Flowable]:
            """Split so that the first part fits into a height; empty where that cannot be."""

        def draw(self) -> None:
            """Draw on `self.canv`, the origin at the lower left."""

        def drawOn(self, canvas: Canvas, x: float, y: float) -> None:  # noqa: N802 - ReportLab's name
            """Draw with the lower left corner at a place of the page."""

        def getSpaceBefore(self) -> float:  # noqa: N802 - ReportLab's name
            """Return the room wanted above."""

        def _doctemplateAttr(self, name: str) -> Any:  # noqa: N802 - ReportLab's name
            """Return what the document being built has under a name; None outside one."""

        def getSpaceAfter(self) -> float:  # noqa: N802 - ReportLab's name
            """Return the room wanted below."""

else:
    from reportlab.platypus import Flowable

__all__ = ["Canvas", "Flowable"]
