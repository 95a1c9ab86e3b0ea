"""What the system tells that should lock a study: the machine goes to sleep or off, the screen was locked."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

_SYSTEM_BUS: Final = "/run/dbus/system_bus_socket"


class SystemWatch(QObject):
    """Tells of sleep and of the locked screen; this one of neither.

    It is what macOS gets: the notifications there go to Objective-C objects, which we can neither build from here
    soundly nor test. Only idle locking works there, and it notices at the next beat that the machine slept.
    """

    sleeping = Signal()  # what slots do at once is done before the sleep, where the system waits for us
    screen_locked = Signal()

    def begin(self) -> None:
        """Listen."""

    def end(self) -> None:
        """Listen no more, and hold nothing up any more."""


def make_system_watch(window: QWidget) -> SystemWatch:
    """Make the watch for this system; `window` is who Windows tells."""
    if sys.platform == "win32":
        from ui.privacy.windows import WindowsWatch

        return WindowsWatch(window)
    if sys.platform == "darwin":
        return SystemWatch(window)
    system, session = system_bus(os.environ), session_bus(os.environ)
    if not system and not session:
        return SystemWatch(window)
    from ui.privacy.linux import BusWatch

    return BusWatch(system, session, window)


def system_bus(environment: Mapping[str, str]) -> str:
    """Give the address of the system's D-Bus; empty where there is none on a unix socket."""
    return _unix(environment.get("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={_SYSTEM_BUS}"))


def session_bus(environment: Mapping[str, str]) -> str:
    """Give the address of this session's D-Bus; empty where there is none on a unix socket.

    D-Bus itself would look further than these two, and start a bus of its own.
    """
    runtime = environment.get("XDG_RUNTIME_DIR", "")
    return _unix(environment.get("DBUS_SESSION_BUS_ADDRESS", f"unix:path={runtime}/bus" if runtime else ""))


def _unix(addresses: str) -> str:
    """Find the first unix socket among addresses; a bus on the network (tcp) or in a program is not for us."""
    return next((each for each in addresses.split(";") if each.startswith("unix:") and _is_there(each)), "")


def _is_there(address: str) -> bool:
    options = dict(option.split("=", 1) for option in address.removeprefix("unix:").split(",") if "=" in option)
    return "path" not in options or Path(options["path"]).is_socket()
