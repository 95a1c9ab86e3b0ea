"""Pictures of what is shown, for the clipboard and for files: light whatever the theme, under a title of their own."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter, QPalette, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from ui.notebook.wrapping import line_height, paint_lines, wrapped
from ui.theme import BODY, LIGHT, SPACE, TITLE, theme
from ui.theme.current import qt_palette
from ui.theme.stylesheet import style_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCALE: Final = 2  # pixels for each px, so that it is sharp in print
_AROUND: Final = SPACE[4]
_LINES: Final = 3  # of title and of words, at most


@dataclass(frozen=True)
class Caption:
    """What stands above a picture: what it shows, and of which round and rubric."""

    title: str
    words: str


def image(widget: QWidget, caption: Caption) -> QImage:
    """Draw a widget as an image, twice as fine as on screen."""
    with _dressed(widget):
        size = _size(widget, caption)
        made = QImage(size * _SCALE, QImage.Format.Format_ARGB32)
        made.setDevicePixelRatio(_SCALE)
        made.fill(QColor(LIGHT.surface))
        painter = QPainter(made)
        _draw(painter, widget, caption)
        painter.end()
    return made


def png(widget: QWidget, caption: Caption) -> bytes:
    """Draw a widget as the content of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image(widget, caption))
    return bytes(buffer.data().data())


def svg(widget: QWidget, caption: Caption) -> bytes:
    """Draw a widget as the content of an SVG file; words stay words."""
    from PySide6.QtSvg import QSvgGenerator

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    with _dressed(widget):
        size = _size(widget, caption)
        made = QSvgGenerator()
        made.setOutputDevice(buffer)
        made.setSize(size)
        made.setViewBox(QRectF(0, 0, size.width(), size.height()))
        made.setResolution(96)
        made.setTitle(caption.title)
        made.setDescription(caption.words)
        painter = QPainter(made)
        painter.fillRect(QRectF(0, 0, size.width(), size.height()), QColor(LIGHT.surface))
        _draw(painter, widget, caption)
        painter.end()
    return bytes(buffer.data().data())


@contextmanager
def light() -> Iterator[None]:
    """Have what is made for a picture meanwhile in light colours, as it is drawn in."""
    with theme().shown_as(LIGHT):
        yield


@contextmanager
def _dressed(widget: QWidget) -> Iterator[None]:
    """Have a widget laid out and light for as long as it is drawn; nothing of that is seen."""
    alone, dark = widget.parentWidget() is None and not widget.isVisible(), theme().dark
    with light():
        if dark:
            _redraw(widget)
        sheet = widget.styleSheet()
        widget.setStyleSheet(f"QLabel {{ color: {LIGHT.text}; }}{style_sheet(LIGHT)}{sheet}")
        widget.setPalette(qt_palette(LIGHT))
        if alone:
            widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            widget.show()
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        try:
            with _unrolled(widget):
                yield
        finally:
            if alone:
                widget.hide()
            widget.setStyleSheet(sheet)
            widget.setPalette(QPalette())
    if dark:
        _redraw(widget)


@contextmanager
def _unrolled(widget: QWidget) -> Iterator[None]:
    """Have what scrolls, or the area it scrolls in, as large as what is in it, and put it back as it was."""
    outer = widget.parentWidget()
    area = outer if isinstance(outer, QAbstractScrollArea) and outer.viewport() is widget else widget
    if not isinstance(area, QAbstractScrollArea):
        yield
        return
    size, bars = area.size(), (area.horizontalScrollBar(), area.verticalScrollBar())
    at = [bar.value() for bar in bars]
    try:
        area.resize(size + QSize(bars[0].maximum(), bars[1].maximum()))
        yield
    finally:
        area.resize(size)
        for bar, value in zip(bars, at, strict=True):
            bar.setValue(value)


def _redraw(widget: QWidget) -> None:
    """Let charts that keep their colours draw themselves anew: they are the only ones that do."""
    for each in (widget, *widget.findChildren(QWidget)):
        draw = getattr(each, "redraw", None)
        if callable(draw):
            draw()


def _size(widget: QWidget, caption: Caption) -> QSize:
    return QSize(widget.width() + 2 * _AROUND, _head(caption, widget.width()) + widget.height() + 2 * _AROUND)


def _head(caption: Caption, width: int) -> int:
    """How high the caption is, with the room below it."""
    title, words = _lines(caption, width)
    return round(len(title) * line_height(TITLE, "semibold") + len(words) * line_height(BODY)) + SPACE[3]


def _lines(caption: Caption, width: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (
        wrapped(caption.title, TITLE, "semibold", width, _LINES),
        wrapped(caption.words, BODY, "regular", width, _LINES),
    )


def _draw(painter: QPainter, widget: QWidget, caption: Caption) -> None:
    title, words = _lines(caption, widget.width())
    painter.setPen(QColor(LIGHT.text))
    top = paint_lines(painter, title, _AROUND, _AROUND, TITLE, "semibold")
    painter.setPen(QColor(LIGHT.text_muted))
    paint_lines(painter, words, _AROUND, top, BODY, "regular")
    painter.save()
    painter.translate(_AROUND, _AROUND + _head(caption, widget.width()))
    widget.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    painter.restore()
