"""The bundled typeface: loaded once, the same on every machine."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtGui import QFont, QFontDatabase

from app.paths import RESOURCES

FAMILY: Final = "IBM Plex Sans"
Weight = Literal["regular", "medium", "semibold"]
WEIGHTS: Final[dict[str, QFont.Weight]] = {
    "regular": QFont.Weight.Normal,
    "medium": QFont.Weight.Medium,
    "semibold": QFont.Weight.DemiBold,
}


def load_fonts() -> None:
    """Make the bundled faces known to Qt."""
    for file in sorted((RESOURCES / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def make_font(size: int, weight: Weight = "regular", *, italic: bool = False) -> QFont:
    """Make a font of the bundled family; `size` in px."""
    font = QFont(FAMILY)
    font.setPixelSize(size)
    font.setWeight(WEIGHTS[weight])
    font.setItalic(italic)
    return font
