"""Whether other programs can take pictures of a window: Windows can leave it out, the other systems can't."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

# Numbers of winuser.h: the window is left out of pictures (Windows 10 2004 and later), or is black in them.
WDA_MONITOR: Final = 0x01
WDA_EXCLUDEFROMCAPTURE: Final = 0x11

_LEFT_OUT: Final = (
    "Pictures and recordings that other programs take of the screen leave this window out, shared screens too. "
    "A camera still sees it."
)
_OPEN: Final = "On this system other programs can take pictures of this window; Fieldquill can't prevent it."


def exclude_from_capture(window: QWidget, user32: Any = None) -> bool:
    """Have the system leave a window out of pictures of the screen; tells whether it will."""
    system = user32 or _user32()
    if system is None:
        return False
    from ctypes import wintypes

    handle = wintypes.HWND(int(window.winId()))
    wishes = (WDA_EXCLUDEFROMCAPTURE, WDA_MONITOR)
    return any(system.SetWindowDisplayAffinity(handle, wintypes.DWORD(wish)) for wish in wishes)


def capture_sentence(window: QWidget, user32: Any = None) -> str:
    """Say what is true of pictures of this window, by asking the system."""
    system = user32 or _user32()
    if system is None:
        return _OPEN
    import ctypes
    from ctypes import wintypes

    wish = wintypes.DWORD(0)
    known = system.GetWindowDisplayAffinity(wintypes.HWND(int(window.winId())), ctypes.byref(wish))
    return _LEFT_OUT if known and wish.value else _OPEN


def _user32() -> Any:
    if sys.platform == "win32":
        from ui.privacy.windows import library

        return library("user32")
    return None
