"""The report's typeface: IBM Plex Sans, embedded, with its cuts for other scripts; nothing else is ever set."""

from __future__ import annotations

import functools
from enum import StrEnum
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING, Final

from app.paths import RESOURCES

if TYPE_CHECKING:
    from pathlib import Path

    from app.report.typeface import Typeface

_FOLDER: Final = RESOURCES / "fonts"

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
    from reportlab import rl_config
    from reportlab.pdfbase.pdfmetrics import registerFont

    from app.report.typeface import SCRIPTS, Typeface

    rl_config.useA85 = 0  # text armour on top of compression: a quarter more to write, for mail of the nineties
    for face in Face:
        registerFont(Typeface(face.value, _FOLDER / f"{face.value}.ttf", [_lender(name, face) for name, _ in SCRIPTS]))


@functools.cache
def font_of(name: str) -> Typeface:
    """Give a cut by its name."""
    from reportlab.pdfbase.pdfmetrics import getFont

    register()
    font: Typeface = getFont(name)
    return font


@functools.cache
def glyphs() -> frozenset[int]:
    """Code points the typeface has without its cuts for other scripts; all cuts have the same."""
    return frozenset(font_of(Face.REGULAR.value).face.charToGlyph)


def has_glyph(code: int) -> bool:
    """Whether a code point can be printed, in whatever script."""
    return code in glyphs() or font_of(Face.REGULAR.value).lender(code) > 0


def width_of(text: str, face: Face, size: float) -> float:
    """Measure one line of text."""
    return font_of(face.value).stringWidth(text, size)


def shortened(text: str, face: Face, size: float, room: float) -> str:
    """Return a line cut at its end with an ellipsis where it is wider than the room."""
    if width_of(text, face, size) <= room:
        return text
    ends = accumulate(width_of(letter, face, size) for letter in text)
    fits = sum(1 for _ in takewhile(lambda end: end <= room - width_of("…", face, size), ends))
    kept = text[:fits].rstrip()
    return f"{kept}…" if kept else ""


def _lender(family: str, face: Face) -> Path:
    """Name the file that lends a cut glyphs of another script: for what is bold the semi-bold one, if there is any."""
    strong = _FOLDER / f"IBMPlexSans{family}-SemiBold.woff"
    light = face in {Face.REGULAR, Face.ITALIC} or not strong.exists()
    return _FOLDER / f"IBMPlexSans{family}-Regular.woff" if light else strong
