"""Whether other programs can take pictures of the window, asked of a made-up Windows."""

import sys

import pytest
from PySide6.QtWidgets import QWidget

from ui.privacy.capture import capture_sentence, exclude_from_capture


class User32:
    """What stands for user32: knows some wishes, and keeps the last it took."""

    def __init__(self, *knows):
        self.knows = knows
        self.asked = []
        self.kept = {}

    def SetWindowDisplayAffinity(self, window, wish):  # noqa: N802
        self.asked.append(wish.value)
        if wish.value in self.knows:
            self.kept[window.value] = wish.value
        return int(wish.value in self.knows)

    def GetWindowDisplayAffinity(self, window, wish):  # noqa: N802
        wish._obj.value = self.kept.get(window.value, 0)
        return 1


@pytest.fixture
def shown(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.mark.parametrize(
    ("knows", "asked", "taken"), [((0x11, 0x1), [0x11], True), ((0x1,), [0x11, 0x1], True), ((), [0x11, 0x1], False)]
)
def test_windows_is_asked_to_leave_the_window_out_then_to_make_it_black(shown, knows, asked, taken):
    system = User32(*knows)
    assert exclude_from_capture(shown, system) is taken
    assert system.asked == asked
    assert ("leave this window out" in capture_sentence(shown, system)) is taken
    assert ("can't prevent it" in capture_sentence(shown, system)) is not taken


@pytest.mark.skipif(sys.platform == "win32", reason="says what is true elsewhere")
def test_elsewhere_it_says_that_it_can_t(shown):
    assert not exclude_from_capture(shown)
    assert capture_sentence(shown) == (
        "On this system other programs can take pictures of this window; Fieldquill can't prevent it."
    )
