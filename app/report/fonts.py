"""The report's typeface: IBM Plex Sans, embedded; nothing else is ever set."""

from __future__ import annotations

import functools
from enum import StrEnum
from typing import Final

from app.paths import RESOURCES

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

CAPITALS: Final = 0.698
"""Height of capitals, as a share of the size; ReportLab sets a first line's baseline a full size below the top."""


class Face(StrEnum):
    """The cuts of the typeface, by the name ReportLab knows them under."""

    REGULAR = "IBMPlexSans-Regular"
    ITALIC = "IBMPlexSans-Italic"
    MEDIUM = "IBMPlexSans-Medium"
    SEMIBOLD = "IBMPlexSans-SemiBold"
    SEMIBOLD_ITALIC = "IBMPlexSans-SemiBoldItalic"


@functools.cache
def register() -> None:
    """Make the cuts known to ReportLab, once in a process."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    for face in Face:
        registerFont(TTFont(face.value, str(RESOURCES / "fonts" / f"{face.value}.ttf")))


@functools.cache
def glyphs() -> frozenset[int]:
    """Code points the typeface has; all cuts have the same."""
    from reportlab.pdfbase.pdfmetrics import getFont

    register()
    return frozenset(getFont(Face.REGULAR.value).face.charToGlyph)


def width_of(text: str, face: Face, size: float) -> float:
    """Measure one line of text."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    register()
    return float(stringWidth(text, face.value, size))


def shortened(text: str, face: Face, size: float, room: float) -> str:
    """Return a line cut at its end with an ellipsis where it is wider than the room."""
    if width_of(text, face, size) <= room:
        return text
    while text and width_of(f"{text}…", face, size) > room:
        text = text[:-1].rstrip()
    return f"{text}…" if text else ""
