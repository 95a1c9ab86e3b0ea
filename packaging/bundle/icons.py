"""Draw icons for Windows and macOS from our drawings."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

if TYPE_CHECKING:
    from collections.abc import Iterable
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


def draw_icon(drawing: Path, target: Path) -> None:
    """Draw an SVG in all sizes into one Windows icon."""
    images = drawn(drawing, SIZES)
    images[-1].save(target, "ICO", sizes=[(size, size) for size in SIZES], append_images=images[:-1])


def draw_banner(drawing: Path, target: Path) -> None:
    """Draw an SVG on its own ground, as what stands beside the last page of the installer for Windows."""
    width, height = _BANNER
    side = round(width * 0.6)
    (mark,) = drawn(drawing, [side])
    banner = Image.new("RGB", _BANNER, _GROUND)
    banner.paste(mark, ((width - side) // 2, (height - side) // 2), mark)
    banner.save(target, "BMP")


def draw_icns(drawing: Path, target: Path) -> None:
    """Draw an SVG in all sizes into one icon for macOS: each a PNG behind a name of four letters and its length."""
    entries = b""
    for (name, _), image in zip(MAC_SIZES, drawn(drawing, [size for _, size in MAC_SIZES]), strict=True):
        packed = BytesIO()
        image.save(packed, "PNG")
        entries += name.encode("ascii") + struct.pack(">I", len(packed.getvalue()) + 8) + packed.getvalue()
    target.write_bytes(b"icns" + struct.pack(">I", len(entries) + 8) + entries)


def drawn(drawing: Path, sizes: Iterable[int]) -> list[Image.Image]:
    """Draw an SVG as squares of so many pixels."""
    renderer, images = QSvgRenderer(str(drawing)), []
    for size in sizes:
        image = QImage(size, size, QImage.Format.Format_RGBA8888)
        image.fill(0)
        painter = QPainter(image)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        images.append(Image.frombytes("RGBA", (size, size), bytes(image.constBits())))
    return images
