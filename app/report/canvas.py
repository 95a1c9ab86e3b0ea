"""A canvas on which a string drawn by hand comes out right in whatever script it is."""

from __future__ import annotations

from typing import Any

from reportlab.pdfgen.canvas import Canvas

from app.report.scripts import visual


class ReadyCanvas(Canvas):  # type: ignore[misc]
    """ReportLab's canvas, which draws Hebrew and Arabic in their order."""

    def drawString(self, x: float, y: float, text: str, *more: Any, **options: Any) -> None:  # noqa: N802 - its name
        """Draw one line from x on, on a baseline."""
        super().drawString(x, y, visual(text), *more, **options)

    def drawRightString(self, x: float, y: float, text: str, *more: Any, **options: Any) -> None:  # noqa: N802
        """Draw one line that ends at x."""
        super().drawRightString(x, y, visual(text), *more, **options)

    def drawCentredString(self, x: float, y: float, text: str, *more: Any, **options: Any) -> None:  # noqa: N802
        """Draw one line, centred on x."""
        super().drawCentredString(x, y, visual(text), *more, **options)
