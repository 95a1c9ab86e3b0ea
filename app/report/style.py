"""How the report looks: page, grid, colours and the four sizes of type."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any, Final

from app.model.disclosure import Paper
from app.report.fonts import Face

MM: Final = 72 / 25.4

# On any paper 170 mm of four columns of 38 mm with 6 mm between them: labels stand in the first, text in the others.
TOP: Final = 26 * MM
BOTTOM: Final = 24 * MM
WIDTH: Final = 170 * MM
GUTTER: Final = 6 * MM
COLUMN: Final = (WIDTH - 3 * GUTTER) / 4
TEXT: Final = WIDTH - COLUMN - GUTTER

SMALL: Final = 8.0
BODY: Final = 9.6
LARGE: Final = 13.0
TITLE: Final = 23.0

HAIR: Final = 0.35
LINE: Final = 0.9


@dataclass(frozen=True)
class Page:
    """A size of paper; in points."""

    width: float
    height: float

    @property
    def margin(self) -> float:
        """Left of what is set, and right of it."""
        return (self.width - WIDTH) / 2

    @property
    def room(self) -> float:
        """The height between what stands at the head of every page and at its foot."""
        return self.height - TOP - BOTTOM


PAGES: Final = {Paper.A4: Page(210 * MM, 297 * MM), Paper.LETTER: Page(612.0, 792.0)}
HEIGHT: Final = min(page.room for page in PAGES.values())
"""The room that a page of any paper has."""


@dataclass(frozen=True)
class Colour:
    """A colour by its red, green and blue, 0..1."""

    red: float
    green: float
    blue: float

    @classmethod
    def of(cls, code: str) -> Colour:
        """Read "#1f5189"."""
        return cls(*(int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)))

    def towards(self, other: Colour, share: float) -> Colour:
        """Mix with another; a share of 0 is this one, 1 the other."""
        pairs = ((self.red, other.red), (self.green, other.green), (self.blue, other.blue))
        return Colour(*(mine + (theirs - mine) * share for mine, theirs in pairs))

    @property
    def luminance(self) -> float:
        """Relative luminance as WCAG 2 defines it, 0 (black) to 1 (white)."""
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (self.red, self.green, self.blue)
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue


WHITE: Final = Colour.of("#ffffff")
BLACK: Final = Colour.of("#000000")
INK: Final = Colour.of("#181b20")
GREY: Final = Colour.of("#565c66")
RULE: Final = Colour.of("#c5c9d0")
PALE: Final = Colour.of("#eef0f3")
WASH: Final = Colour.of("#f3f5f9")
ACCENT: Final = Colour.of("#1f5189")
LOWEST: Final = Colour.of("#dce7f6")


def level_tint(rank: int, count: int) -> Colour:
    """Choose the tint of a level: one hue, from light for the lowest to dark for the highest."""
    return LOWEST.towards(ACCENT, rank / (count - 1) if count > 1 else 1)


def text_on(ground: Colour) -> Colour:
    """Choose black or white, whichever contrasts more with the ground: at least 4.5:1 on any."""
    return WHITE if 1.05 / (ground.luminance + 0.05) > (ground.luminance + 0.05) / 0.05 else BLACK


@dataclass(frozen=True)
class Style:
    """How a paragraph is set; sizes and spaces in points."""

    size: float = BODY
    leading: float = 13.8
    face: Face = Face.REGULAR
    colour: Colour = INK


TEXT_BODY: Final = Style()
TEXT_STRONG: Final = Style(face=Face.SEMIBOLD)
TEXT_GREY: Final = Style(colour=GREY)
TEXT_SMALL: Final = Style(SMALL, 11.2)
TEXT_SMALL_STRONG: Final = Style(SMALL, 11.2, Face.SEMIBOLD)
TEXT_NOTE: Final = Style(SMALL, 11.2, colour=GREY)
TEXT_LABEL: Final = Style(SMALL, 11.2, Face.MEDIUM, GREY)
TEXT_LARGE: Final = Style(LARGE, 17.5)
TEXT_HEAD: Final = Style(LARGE, 17.5, Face.SEMIBOLD)
TEXT_TITLE: Final = Style(TITLE, 28, Face.SEMIBOLD)
TEXT_NUMBER: Final = Style(TITLE, 28, Face.REGULAR, ACCENT)


@functools.cache
def pdf_colour(colour: Colour) -> Any:
    """Make ReportLab's colour of ours."""
    from reportlab.lib.colors import Color

    return Color(colour.red, colour.green, colour.blue)
