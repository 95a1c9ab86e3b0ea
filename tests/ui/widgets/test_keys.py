"""What the press of a key types."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from ui.widgets.keys import letter_of

MODIFIERS, KEYS = Qt.KeyboardModifier, Qt.Key


@pytest.mark.parametrize(
    ("key", "held", "text", "typed"),
    [
        (KEYS.Key_M, MODIFIERS.NoModifier, "m", "m"),
        (KEYS.Key_M, MODIFIERS.ShiftModifier, "M", "M"),
        (KEYS.Key_7, MODIFIERS.KeypadModifier, "7", "7"),
        (KEYS.Key_At, MODIFIERS.GroupSwitchModifier, "@", "@"),
        (KEYS.Key_M, MODIFIERS.AltModifier, "m", ""),
        (KEYS.Key_M, MODIFIERS.MetaModifier, "m", ""),
        (KEYS.Key_M, MODIFIERS.ControlModifier, "\r", ""),
        (KEYS.Key_Space, MODIFIERS.NoModifier, " ", ""),
        (KEYS.Key_Escape, MODIFIERS.NoModifier, "\x1b", ""),
        (KEYS.Key_Down, MODIFIERS.NoModifier, "", ""),
    ],
)
def test_a_letter_is_what_stands_on_the_key_unless_it_is_a_command(key, held, text, typed):
    assert letter_of(QKeyEvent(QEvent.Type.KeyPress, key, held, text)) == typed
