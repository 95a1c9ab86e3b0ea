"""What Windows tells a window: that the machine goes to sleep, that the session was locked."""

from __future__ import annotations

import contextlib
import ctypes
import sys
from ctypes import wintypes
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

from ui.privacy.session import SystemWatch

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

# Numbers of the Windows headers: winuser.h, wtsapi32.h.
WM_POWERBROADCAST: Final = 0x0218
PBT_APMSUSPEND: Final = 0x0004
WM_WTSSESSION_CHANGE: Final = 0x02B1
WTS_SESSION_LOCK: Final = 0x7
NOTIFY_FOR_THIS_SESSION: Final = 0


def library(name: str) -> Any:
    """Load one of the system's libraries.

    Raises:
        OSError: there is none; this is not Windows.
    """
    if sys.platform == "win32":
        return ctypes.WinDLL(name)
    raise OSError(name)


class WindowsWatch(SystemWatch):
    """Reads the messages of the window for the two that count.

    Args:
        window: who Windows tells.
        wtsapi: the library that has to be asked for messages about the session; loaded where none is given.
    """

    def __init__(self, window: QWidget, wtsapi: Any = None) -> None:
        super().__init__(window)
        self._window = window
        self._wtsapi = wtsapi
        self._filter = _Messages({"sleep": self.sleeping.emit, "lock": self.screen_locked.emit})
        self._registered = False

    def begin(self) -> None:
        """Ask for messages about the session, and read them."""
        application = QCoreApplication.instance()
        if application is None:
            return
        application.installNativeEventFilter(self._filter)
        with contextlib.suppress(OSError):
            self._wtsapi = self._wtsapi or library("wtsapi32")
            handle = wintypes.HWND(int(self._window.winId()))
            answer = self._wtsapi.WTSRegisterSessionNotification(handle, wintypes.DWORD(NOTIFY_FOR_THIS_SESSION))
            self._registered = bool(answer)

    def end(self) -> None:
        """Read no more."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self._filter)
        if self._registered:
            self._registered = False
            self._wtsapi.WTSUnRegisterSessionNotification(wintypes.HWND(int(self._window.winId())))


class _Messages(QAbstractNativeEventFilter):
    def __init__(self, told: dict[str, Callable[[], None]]) -> None:
        super().__init__()
        self._told = told

    def nativeEventFilter(self, _kind: QByteArray | bytes | bytearray | memoryview, message: int) -> tuple[bool, int]:
        """Read a message, and leave it to whom it was for."""
        read = wintypes.MSG.from_address(int(message))
        news = meaning_of(read.message, read.wParam)
        if news:
            self._told[news]()
        return False, 0


def meaning_of(message: int, detail: int) -> str:
    """Tell what a message means to us: "sleep", "lock", or nothing."""
    meanings = {(WM_POWERBROADCAST, PBT_APMSUSPEND): "sleep", (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK): "lock"}
    return meanings.get((message, detail), "")
