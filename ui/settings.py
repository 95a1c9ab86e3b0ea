"""Settings of the window, declared once; they are kept in the clear, so they hold no path and nothing typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Generic, TypeVar, cast

from PySide6.QtCore import QByteArray, QSettings

from ui.theme import Choice

T = TypeVar("T", str, int, bool, QByteArray)


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One setting: where it is kept, what it is at first, what it is for; `allowed` lists its values if few."""

    key: str
    default: T
    about: str
    allowed: tuple[T, ...] = ()

    def read(self) -> T:
        """Give its value; the default where none is kept, or one that makes no sense."""
        kept = QSettings().value(self.key, self.default, type(self.default))
        return cast("T", kept) if not self.allowed or kept in self.allowed else self.default

    def write(self, value: T) -> None:
        """Keep a value."""
        QSettings().setValue(self.key, value)


THEME: Final = Setting(
    "theme", str(Choice.SYSTEM), "Light, dark, or as the system says.", tuple(str(choice) for choice in Choice)
)
GEOMETRY: Final = Setting("window/geometry", QByteArray(), "Where the window was, and how large.")
PAGE: Final = Setting("window/page", "overview", "The page shown last.")
PANEL_OPEN: Final = Setting("window/panel-open", True, "Whether the panel at the right is open.")  # noqa: FBT003
PANEL_WIDTH: Final = Setting("window/panel-width", 320, "How wide the panel at the right is, in px.")

ALL: Final = (THEME, GEOMETRY, PAGE, PANEL_OPEN, PANEL_WIDTH)
