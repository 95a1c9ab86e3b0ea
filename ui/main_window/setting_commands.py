"""Settings as commands: found in the palette by their names, as what has a key of its own is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from ui import settings
from ui.main_window.commands import Command

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


def setting_commands(owner: QWidget, show: Callable[[str], None]) -> list[Command]:
    """List the themes, each to be chosen at once, and the other settings, which `show` goes to by key.

    Their one key is that of all settings.
    """
    others = [setting for setting in settings.SHOWN if setting is not settings.THEME]
    themes = settings.THEME.choices
    return [
        *(_command(owner, f"Theme: {words.lower()}", settings.choose_theme, key) for key, words in themes),
        *(_command(owner, f"Setting: {setting.label}…", show, setting.key) for setting in others),
    ]


def _command(owner: QWidget, words: str, then: Callable[[str], None], value: str) -> Command:
    action = QAction(words, owner)
    action.triggered.connect(lambda _checked=False: then(value))
    return Command("Settings", words, "", action)
