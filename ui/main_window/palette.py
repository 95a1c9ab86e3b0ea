"""The command palette: type what you want to do or where to go, Enter does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from app.search.jump import means, ranked
from ui.main_window.commands import Command, matches
from ui.main_window.list_overlay import ListOverlay
from ui.widgets.things import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from app.search.jump import Target


class CommandPalette(ListOverlay):
    """Every command by name, narrowed as you type; and with words typed, everything `targets` says can be gone to."""

    chosen = Signal(str, str)  # page, and the key to show there

    def __init__(self, parent: QWidget, targets: Callable[[], Sequence[Target]] = tuple) -> None:
        super().__init__("Commands", "What do you want to do?", "Commands found", parent)
        self._commands: Sequence[Command] = ()
        self._named: Sequence[Command] = ()
        self._look_up = targets
        self._targets: Sequence[Target] | None = None  # found when first asked for
        self._deeds: list[Command | Target] = []  # as they are listed

    def ask(self, commands: Sequence[Command], named: Sequence[Command] = ()) -> None:
        """Offer commands, and with words typed those that are found by name alone."""
        self._commands = [each for each in commands if each.action.isEnabled() and not each.which]
        self._named = named
        self.begin()

    def rows(self, words: str) -> Sequence[Row]:
        """What the words can mean, by the places in the list."""
        self._deeds = self._meant(words)
        return [_row(str(place), deed) for place, deed in enumerate(self._deeds)]

    def take(self, key: str) -> None:
        """Run a command, or go to a place."""
        deed = self._deeds[int(key)]
        if isinstance(deed, Command):
            QTimer.singleShot(0, deed.action, deed.action.trigger)
        else:
            self.chosen.emit(deed.page, deed.key)

    def _meant(self, words: str) -> list[Command | Target]:
        """List commands whose words begin as typed, where to go, then what is found by name alone or by letters."""
        if not words.strip():
            return [*self._commands]
        if self._targets is None:
            self._targets = self._look_up()
        (first, loose), (named, faint) = _parted(self._commands, words), _parted(self._named, words)
        return [*first, *ranked(self._targets, words), *named, *loose, *faint]


def _parted(commands: Sequence[Command], words: str) -> tuple[list[Command], list[Command]]:
    """Part the commands that are found: those whose words begin as typed, and those that have the letters somewhere."""
    begun: list[Command] = []
    others: list[Command] = []
    for each in commands:
        if matches(words, f"{each.text} {each.heading}"):
            (begun if means(each.text, words) else others).append(each)
    return begun, others


def _row(key: str, deed: Command | Target) -> Row:
    return Row(key, deed.text, deed.key if isinstance(deed, Command) else deed.detail)
