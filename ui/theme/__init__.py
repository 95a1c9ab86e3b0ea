"""How the window looks: colours, type, icons and the style sheet made from them."""

from ui.theme.current import Choice, Theme, theme
from ui.theme.tokens import BODY, DISPLAY, LIGHT, MEASURE, ROW, SMALL, SPACE, TITLE, Palette

__all__ = [
    "BODY",
    "DISPLAY",
    "LIGHT",
    "MEASURE",
    "ROW",
    "SMALL",
    "SPACE",
    "TITLE",
    "Choice",
    "Palette",
    "Theme",
    "theme",
]
