"""Icons: the drawings of resources/icons in a colour of the theme, sharp on every screen."""

from __future__ import annotations

import functools

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.paths import RESOURCES


@functools.cache
def drawing(name: str, colour: str) -> QSvgRenderer:
    """Read one icon, its lines in `colour`."""
    text = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8")
    return QSvgRenderer(QByteArray(text.replace("currentColor", colour).encode()))


def paint_icon(painter: QPainter, name: str, colour: str, where: QRectF) -> None:
    """Paint an icon where a widget or delegate wants it."""
    drawing(name, colour).render(painter, where)


def make_icon(name: str, colour: str, faint: str, size: int, gap: int = 0) -> QIcon:
    """Make an icon for a button or menu, with every screen's pixel ratio in it.

    Args:
        name: the file's, without ending.
        colour: of its lines.
        faint: of its lines when it is disabled.
        size: of its side, in px.
        gap: empty px at its right, between it and the words of a button.
    """
    icon = QIcon()
    for ratio in ratios():
        icon.addPixmap(_pixmap(name, colour, (size, gap), ratio), QIcon.Mode.Normal)
        icon.addPixmap(_pixmap(name, faint, (size, gap), ratio, 0.55), QIcon.Mode.Disabled)
    return icon


def ratios() -> list[float]:
    """List the pixel ratios of the screens there are."""
    return sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()} or {1.0})


def _pixmap(name: str, colour: str, size: tuple[int, int], ratio: float, opacity: float = 1.0) -> QPixmap:
    side, gap = (round(part * ratio) for part in size)
    image = QImage(QSize(side + gap, side), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(image)
    painter.setOpacity(opacity)
    paint_icon(painter, name, colour, QRectF(0, 0, side, side))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(image)
