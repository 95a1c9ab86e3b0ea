"""What the press of a key types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def letter_of(event: QKeyEvent) -> str:
    """Give the letter, figure or sign that a key types; "" where it types none, or space, or is a command."""
    typed = event.text()
    return typed if typed.strip() and typed.isprintable() and not event.modifiers() & _HELD else ""
