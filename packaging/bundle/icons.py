"""Draw icons from our drawings, for Linux, Windows and macOS."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

if TYPE_CHECKING:
    from pathlib import Path

SIZES: Final = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""In pixels: those Windows shows at 100 to 200 %."""

MAC_SIZES: Final = (
    ("icp4", 16), ("ic11", 32), ("icp5", 32), ("ic12", 64), ("ic07", 128), ("ic13", 256), ("ic08", 256), ("ic14", 512),
    ("ic09", 512), ("ic10", 1024),
)  # fmt: skip
"""What macOS calls its sizes, and the pixels of each; ic10 to ic14 are for screens with two where others have one.

Source: https://en.wikipedia.org/wiki/Apple_Icon_Image_format
"""

_BANNER: Final = (328, 628)  # px; twice what the installer for Windows shows at 100 %
_GROUND: Final = (0x1F, 0x3D, 0x5C)  # the mark's own, so that its nib stands in the open


def draw_png(drawing: Path, size: int, target: Path) -> None:
    """Draw an SVG into a PNG of `size` pixels."""
    target.parent.mkdir(parents=True, exist_ok=True)
    drawn_in(drawing, size).save(target, "PNG", optimize=True)


def drawn_in(drawing: Path, size: int) -> Image.Image:
    """Draw an SVG in a square of `size` pixels."""
    image = QImage(size, size, QImage.Format.Format_RGBA8888)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return Image.frombytes("RGBA", (size, size), bytes(image.constBits()))


def draw_icon(drawing: Path, target: Path) -> None:
    """Draw an SVG in all sizes into one Windows icon."""
    drawn = [drawn_in(drawing, size) for size in SIZES]
    drawn[-1].save(target, "ICO", sizes=[(size, size) for size in SIZES], append_images=drawn[:-1])


def draw_banner(drawing: Path, target: Path) -> None:
    """Draw an SVG on its own ground, as what stands beside the last page of the installer for Windows."""
    width, height = _BANNER
    side = round(width * 0.6)
    mark = drawn_in(drawing, side)
    banner = Image.new("RGB", _BANNER, _GROUND)
    banner.paste(mark, ((width - side) // 2, (height - side) // 2), mark)
    banner.save(target, "BMP")


def draw_icns(drawing: Path, target: Path) -> None:
    """Draw an SVG in all sizes into one icon for macOS: each a PNG behind a name of four letters and its length."""
    entries = b""
    for name, size in MAC_SIZES:
        packed = BytesIO()
        drawn_in(drawing, size).save(packed, "PNG")
        entries += name.encode("ascii") + struct.pack(">I", len(packed.getvalue()) + 8) + packed.getvalue()
    target.write_bytes(b"icns" + struct.pack(">I", len(entries) + 8) + entries)
