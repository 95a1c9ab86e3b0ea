"""The theme of the running window: light or dark, by the system or by choice, and what hangs on it."""

from __future__ import annotations

import functools
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from ui.theme.fonts import Weight, load_fonts, make_font
from ui.theme.icons import make_icon
from ui.theme.stylesheet import style_sheet
from ui.theme.tokens import BODY, DARK, LIGHT, Palette

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QScreen

_WITH_FONTS_OF_THEIR_OWN: Final = (
    *("QAbstractItemView", "QDockWidgetTitle", "QMdiSubWindowTitleBar", "QMenu", "QMenuBar", "QMessageBox"),
    *("QStatusBar", "QTipLabel"),
)
"""Kinds of widgets that a desktop may have other fonts for, as Windows has; Qt lays them on when a style is set."""


class Choice(StrEnum):
    """Which theme was asked for."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """What widgets ask for colours, fonts and icons; `changed` says that they must be asked for again."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice = Choice.SYSTEM
        self.palette: Palette = LIGHT
        self._icons: dict[tuple[str, str, int, int], QIcon] = {}

    @property
    def dark(self) -> bool:
        """Whether the dark theme is shown."""
        return self.palette.dark

    def install(self, application: QApplication) -> None:
        """Dress an application: Fusion, our fonts and colours; follows the system from now on."""
        load_fonts()
        application.setStyle("Fusion")
        application.setFont(make_font(BODY))
        application.styleHints().colorSchemeChanged.connect(self._system_changed)
        application.screenAdded.connect(self._screens_changed)
        self.palette = self._wanted()
        self._dress(application)

    def choose(self, choice: Choice) -> None:
        """Follow the system, or stay light or dark."""
        self.choice = choice
        schemes = {Choice.LIGHT: Qt.ColorScheme.Light, Choice.DARK: Qt.ColorScheme.Dark}
        QGuiApplication.styleHints().setColorScheme(schemes.get(choice, Qt.ColorScheme.Unknown))
        self._follow()

    @contextmanager
    def shown_as(self, palette: Palette) -> Iterator[None]:
        """Have another palette for a while, for a picture: widgets made or painted meanwhile are in it.

        Nobody is told, and nothing on screen is painted anew.
        """
        before, self.palette = self.palette, palette
        try:
            yield
        finally:
            self.palette = before

    def font(self, size: int = BODY, weight: Weight = "regular", *, italic: bool = False) -> QFont:
        """Make a font of the bundled family; `size` in px, one of the four."""
        return make_font(size, weight, italic=italic)

    def icon(self, name: str, colour: str | None = None, size: int = 16, gap: int = 0) -> QIcon:
        """Make an icon by its file name without ending, in muted ink unless a colour is given, `gap` px beside it."""
        wanted = (name, colour or self.palette.text_muted, size, gap)
        if wanted not in self._icons:
            self._icons[wanted] = make_icon(name, wanted[1], self.palette.text_faint, size, gap)
        return self._icons[wanted]

    def colour(self, name: str) -> QColor:
        """Give a colour of the palette by its name, ready for a painter."""
        return QColor(getattr(self.palette, name))

    def _wanted(self) -> Palette:
        if self.choice is Choice.SYSTEM:
            scheme = QGuiApplication.styleHints().colorScheme()
            return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
        return DARK if self.choice is Choice.DARK else LIGHT

    def _system_changed(self, _scheme: Qt.ColorScheme) -> None:
        self._follow()

    def _screens_changed(self, _screen: QScreen) -> None:
        self._icons.clear()

    def _follow(self) -> None:
        if self._wanted() is self.palette:
            return
        self.palette = self._wanted()
        self._icons.clear()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self._dress(application)
        self.changed.emit()

    def _dress(self, application: QApplication) -> None:
        application.setPalette(qt_palette(self.palette))
        application.setStyleSheet(style_sheet(self.palette))
        for kind in _WITH_FONTS_OF_THEIR_OWN:
            # The stubs say bytes where names alone are taken.
            if application.font(kind).family() != application.font().family():  # type: ignore[call-overload]
                application.setFont(make_font(BODY), kind)  # type: ignore[arg-type]


def qt_palette(palette: Palette) -> QPalette:
    """Translate a palette into Qt's roles."""
    roles = QPalette.ColorRole
    pairs = {
        roles.Window: palette.window,
        roles.WindowText: palette.text,
        roles.Base: palette.surface,
        roles.AlternateBase: palette.sunken,
        roles.Text: palette.text,
        roles.PlaceholderText: palette.text_faint,
        roles.Button: palette.surface,
        roles.ButtonText: palette.text,
        roles.BrightText: palette.accent_text,
        roles.Highlight: palette.selection,
        roles.HighlightedText: palette.text,
        roles.Accent: palette.accent,
        roles.ToolTipBase: palette.text,
        roles.ToolTipText: palette.surface,
        roles.Link: palette.accent,
        roles.LinkVisited: palette.accent,
        roles.Light: palette.surface,
        roles.Midlight: palette.line,
        roles.Mid: palette.line_strong,
        roles.Dark: palette.line_strong,
        roles.Shadow: palette.line_strong,
    }
    made = QPalette()
    for role, colour in pairs.items():
        made.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(palette.text_faint))
    return made


@functools.cache
def theme() -> Theme:
    """Give the one theme of this process."""
    return Theme()
