"""Ends the program in order when the system asks for it by a signal: what was typed is written first."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSocketNotifier

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

_SIGNALS: Final = ("SIGTERM", "SIGHUP", "SIGINT")  # a session that ends, a terminal that closes, Ctrl+C in it


def install(parent: QObject, stop: Callable[[], object]) -> None:
    """Call `stop` from the event loop when the system asks the program to end, as a Wayland session does at logout.

    Python runs a signal's handler only between two of its own instructions, of which there are none while the event
    loop waits; so the signal's number goes through a pipe that the loop watches, as Python's documentation of
    `signal.set_wakeup_fd` proposes. Windows sends no signals: there the session's end reaches the window itself.
    """
    if os.name == "nt":
        return
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)
    for name in _SIGNALS:
        signal.signal(getattr(signal, name), lambda _number, _frame: None)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)

    def woken() -> None:
        os.read(reading, 64)
        stop()

    QSocketNotifier(reading, QSocketNotifier.Type.Read, parent).activated.connect(woken)
