"""What the window's looks are made of: two palettes, the steps of space, the sizes of type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ui.theme.colour import contrast, oklch

SPACE: Final = (4, 8, 12, 16, 24, 32)
"""The steps of space, in px: inside a group, between things, between groups, around a page."""

ROW: Final = 28
"""Height of a row in lists, tables and forms, in px."""

SMALL: Final = 12
BODY: Final = 13
TITLE: Final = 16
DISPLAY: Final = 22
"""The four sizes of type, in px; weight tells things apart before size does."""

MEASURE: Final = 540
"""The widest a column of text gets, in px: about 72 characters of BODY."""

LEVEL_HUE: Final = 252.0
READABLE: Final = 4.5


@dataclass(frozen=True)
class Palette:
    """The colours of one theme, as "#rrggbb".

    `window` is behind everything, `surface` what is worked on, `sunken` what stands back (rail, heads of tables).
    `line` parts things, `line_strong` outlines what can be used. `accent` is for what leads on, with
    `accent_text` on it; `accent_soft` is the background of what is chosen. `selection` is the background of
    selected text. `level_from` and `level_to` are lightness and chroma of the lowest and the highest level.
    """

    dark: bool
    window: str
    surface: str
    sunken: str
    hover: str
    line: str
    line_strong: str
    text: str
    text_muted: str
    text_faint: str
    accent: str
    accent_strong: str
    accent_text: str
    accent_soft: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    focus: str
    selection: str
    level_from: tuple[float, float]
    level_to: tuple[float, float]

    def level_fill(self, rank: int, of: int) -> str:
        """Colour of a level: one hue in even steps; `rank` 0 is the lowest of `of` levels."""
        share = rank / (of - 1) if of > 1 else 0.0
        (light, chroma), (light_to, chroma_to) = self.level_from, self.level_to
        return oklch(light + (light_to - light) * share, chroma + (chroma_to - chroma) * share, LEVEL_HUE)

    def level_ink(self, rank: int, of: int) -> str:
        """Colour of words and shapes that stand on `level_fill`."""
        fill = self.level_fill(rank, of)
        best = max(("#10151b", "#ffffff"), key=lambda ink: contrast(ink, fill))
        return best if contrast(best, fill) >= READABLE else "#000000"


LIGHT: Final = Palette(
    dark=False,
    window="#f7f6f3",
    surface="#ffffff",
    sunken="#efede8",
    hover="#eceae4",
    line="#e1ded7",
    line_strong="#b8b3a8",
    text="#1b2026",
    text_muted="#4f565f",
    text_faint="#5e646c",
    accent="#1f5a91",
    accent_strong="#17466f",
    accent_text="#ffffff",
    accent_soft="#dfeaf5",
    warning="#7d5200",
    warning_soft="#fbefd3",
    danger="#9c2f22",
    danger_soft="#fae6e1",
    focus="#2f7dc4",
    selection="#c5dcf2",
    level_from=(0.915, 0.030),
    level_to=(0.430, 0.105),
)

DARK: Final = Palette(
    dark=True,
    window="#16191d",
    surface="#1d2126",
    sunken="#121518",
    hover="#262b31",
    line="#2c3138",
    line_strong="#535b66",
    text="#e6e8eb",
    text_muted="#b0b7c0",
    text_faint="#989faa",
    accent="#86b8ea",
    accent_strong="#a9cdf2",
    accent_text="#0d1722",
    accent_soft="#22364b",
    warning="#eabb62",
    warning_soft="#3a2f17",
    danger="#f0998b",
    danger_soft="#42241f",
    focus="#6da9e4",
    selection="#2d4f73",
    level_from=(0.335, 0.035),
    level_to=(0.800, 0.095),
)

TEXT_PAIRS: Final = (
    *(
        (ink, ground)
        for ground in ("window", "surface", "sunken", "hover", "accent_soft")
        for ink in ("text", "text_muted", "text_faint")
    ),
    *(("accent", ground) for ground in ("window", "surface", "sunken", "hover", "accent_soft")),
    ("accent_text", "accent"),
    ("accent_text", "accent_strong"),
    ("text", "selection"),
    *((ink, "warning_soft") for ink in ("warning", "text", "text_muted")),
    *((ink, "danger_soft") for ink in ("danger", "text")),
    *((ink, ground) for ink in ("warning", "danger") for ground in ("window", "surface", "sunken")),
)
"""Every pair of ink and ground that words stand in; each has a contrast of at least 4.5."""
