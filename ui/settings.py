"""Settings of the window, declared once; they are kept in the clear, so they hold no path and nothing typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar, cast

from PySide6.QtCore import QByteArray, QSettings

from ui.places import settings_file
from ui.theme import Choice, theme

_FORGOTTEN: Final = (
    "Settings can't be written here: theme, sizes and the window's place are forgotten when the program ends."
)
T = TypeVar("T", str, int, bool, QByteArray)


def kept() -> QSettings:
    """Give what is kept: a file of its own on every system, so that nothing is left in a registry."""
    return QSettings(str(settings_file()), QSettings.Format.IniFormat)


def forgotten() -> str:
    """Say in a sentence that settings can't be kept; empty where they can."""
    return "" if kept().isWritable() else _FORGOTTEN


def choose_theme(choice: str) -> None:
    """Follow the system, or stay light or dark; remembered."""
    THEME.write(choice)
    theme().choose(Choice(choice))


def apply(key: str) -> None:
    """Have a setting that was changed count at once, where it is the whole window's."""
    if key == THEME.key:
        theme().choose(Choice(THEME.read()))


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One setting: where it is kept, what it is at first, what it is for; `allowed` lists its values if few.

    People are shown those with a `label`, under the heading `group`; `words` name the allowed values, in their order.
    """

    key: str
    default: T
    about: str
    allowed: tuple[T, ...] = ()
    label: str = ""
    group: str = ""
    words: tuple[str, ...] = ()

    @property
    def choices(self) -> tuple[tuple[T, str], ...]:
        """Give each allowed value with its words."""
        return tuple(zip(self.allowed, self.words, strict=True))

    def read(self) -> T:
        """Give its value; the default where none is kept, or one that makes no sense."""
        store = kept()
        found = store.value(self.key, self.default, type(self.default))
        if type(found) is int and str(store.value(self.key, found)) != str(found):
            return self.default  # Qt reads 0 from what is no number, and 0 may be a value
        return cast("T", found) if not self.allowed or found in self.allowed else self.default

    def write(self, value: T) -> None:
        """Keep a value."""
        kept().setValue(self.key, value)


THEME: Final = Setting(
    "theme",
    str(Choice.SYSTEM),
    "Light, dark, or as the system says.",
    (str(Choice.SYSTEM), str(Choice.LIGHT), str(Choice.DARK)),
    "Theme",
    "Window",
    ("As the system", "Light", "Dark"),
)
IDLE_MINUTES: Final = Setting(
    "privacy/idle-minutes",
    5,
    "How long nothing was typed, pointed at or touched before the study is locked.",
    (0, 1, 2, 5, 10, 15, 30),
    "Lock when idle",
    "Privacy",
    ("Never", "1 minute", "2 minutes", "5 minutes", "10 minutes", "15 minutes", "30 minutes"),
)
_ZOOMS: Final = (80, 90, 100, 110, 125, 150, 175, 200)
NOTES_ZOOM: Final = Setting(
    "notes/zoom",
    100,
    "How large notes are shown where they are written.",
    _ZOOMS,
    "Size of notes",
    "Notes",
    tuple(f"{percent} %" for percent in _ZOOMS),
)
EXPAND_SHORTHAND: Final = Setting(
    "notes/expand-shorthand",
    True,  # noqa: FBT003
    "Whether your abbreviations are written out while you type.",
    (True, False),
    "Expand shorthand",
    "Notes",
    ("On", "Off"),
)
GEOMETRY: Final = Setting("window/geometry", QByteArray(), "Where the window was, and how large.")
PAGE: Final = Setting("window/page", "overview", "The page shown last.")
PANEL_OPEN: Final = Setting("window/panel-open", True, "Whether the panel at the right is open.")  # noqa: FBT003
PANEL_WIDTH: Final = Setting("window/panel-width", 320, "How wide the panel at the right is, in px.")

ALL: Final[tuple[Setting[Any], ...]] = (
    THEME,
    IDLE_MINUTES,
    NOTES_ZOOM,
    EXPAND_SHORTHAND,
    GEOMETRY,
    PAGE,
    PANEL_OPEN,
    PANEL_WIDTH,
)
SHOWN: Final = tuple(setting for setting in ALL if setting.label)
