"""Draw icons for Windows from our drawings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PIL import Image
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

if TYPE_CHECKING:
    from pathlib import Path

SIZES: Final = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""In pixels: those Windows shows at 100 to 200 %."""


def draw_icon(drawing: Path, target: Path) -> None:
    """Draw an SVG in all sizes into one Windows icon."""
    renderer, drawn = QSvgRenderer(str(drawing)), []
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_RGBA8888)
        image.fill(0)
        painter = QPainter(image)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        drawn.append(Image.frombytes("RGBA", (size, size), bytes(image.constBits())))
    drawn[-1].save(target, "ICO", sizes=[(size, size) for size in SIZES], append_images=drawn[:-1])
