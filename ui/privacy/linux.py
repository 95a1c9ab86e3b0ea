"""What Linux tells over D-Bus: logind of sleep, shutdown and locking, the desktops of their screen savers."""

from __future__ import annotations

import os
from typing import Final

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor

from ui.privacy.session import SystemWatch

LOGIND: Final = "org.freedesktop.login1"
LOGIND_PATH: Final = "/org/freedesktop/login1"
MANAGER: Final = f"{LOGIND}.Manager"
SESSION: Final = f"{LOGIND}.Session"
SCREEN_SAVERS: Final = tuple(
    f"org.{desktop}.ScreenSaver" for desktop in ("freedesktop", "gnome", "kde", "cinnamon", "mate", "xfce")
)


class BusWatch(SystemWatch):
    """Listens on the system's and the session's bus, and asks logind to wait with the sleep until it was told.

    Whoever may send on a bus can make a study lock, and nothing else. A connection, once made, is kept until the
    program ends: Qt closes it in a thread of its own, which asks for Python's lock to let go of us, and would wait for
    ever if Python were just making the next connection.

    Args:
        system: address of the system's bus, empty for none.
        session: address of the session's bus, empty for none.
        parent: what it belongs to.
    """

    def __init__(self, system: str, session: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._addresses = (system, session)
        self._system: QDBusConnection | None = None
        self._heard: list[tuple[QDBusConnection, tuple[str, str, str, str], bytes]] = []
        self._holding = -1  # the file that, while it is open, makes logind wait

    def begin(self) -> None:
        """Connect to the buses that answer, and listen."""
        self._system, session = (_connection(address) for address in self._addresses)
        if self._system is not None:
            for signal in ("PrepareForSleep", "PrepareForShutdown"):
                self._listen(self._system, (LOGIND, LOGIND_PATH, MANAGER, signal), _slot("prepare"))
            self._listen(self._system, (LOGIND, "", SESSION, "Lock"), _slot("session_locks"))
            self._ask_to_wait()
        if session is not None:
            for saver in SCREEN_SAVERS:
                self._listen(session, ("", "", saver, "ActiveChanged"), _slot("saver_changed"))

    def end(self) -> None:
        """Hear nothing more, and let the machine sleep."""
        self._system = None
        self._let_sleep()
        while self._heard:
            bus, signal, slot = self._heard.pop()
            bus.disconnect(*signal, self, slot)

    @Slot(QDBusMessage)
    def prepare(self, message: QDBusMessage) -> None:
        """Tell that the machine goes to sleep or off, then let it; back from sleep, ask it to wait the next time."""
        if message.arguments() == [True]:
            self.sleeping.emit()
            self._let_sleep()
        else:
            self._ask_to_wait()

    @Slot(QDBusMessage)
    def session_locks(self, _message: QDBusMessage) -> None:
        """Tell that logind locks a session; that it may be another one on this machine does no harm."""
        self.screen_locked.emit()

    @Slot(QDBusMessage)
    def saver_changed(self, message: QDBusMessage) -> None:
        """Tell that the screen is covered, not that it is free again."""
        if message.arguments() == [True]:
            self.screen_locked.emit()

    @Slot(QDBusMessage)
    def may_wait(self, message: QDBusMessage) -> None:
        """Keep the file that makes logind wait; left alone, it would be closed with the message."""
        handed = message.arguments()
        if self._system is None or not handed or not isinstance(handed[0], QDBusUnixFileDescriptor):
            return
        self._let_sleep()
        self._holding = handed[0].takeFileDescriptor()

    def _listen(self, bus: QDBusConnection, signal: tuple[str, str, str, str], slot: bytes) -> None:
        if bus.connect(*signal, self, slot):
            self._heard.append((bus, signal, slot))

    def _ask_to_wait(self) -> None:
        """Ask for a "delay" lock; where it is refused, the study locks all the same, maybe only after the sleep."""
        if self._system is None or self._holding >= 0:
            return
        call = QDBusMessage.createMethodCall(LOGIND, LOGIND_PATH, MANAGER, "Inhibit")
        call.setArguments(["sleep:shutdown", "Fieldquill", "Writes notes and hides them", "delay"])
        call.setAutoStartService(False)
        self._system.callWithCallback(call, self, _slot("may_wait"))

    def _let_sleep(self) -> None:
        holding, self._holding = self._holding, -1
        if holding >= 0:
            os.close(holding)


def _connection(address: str) -> QDBusConnection | None:
    """Give our connection to a bus, made when it is first wanted; None where there is no bus or it does not answer."""
    if not address:
        return None
    name = f"fieldquill {address}"
    known = QDBusConnection(name)
    bus = known if known.isConnected() else QDBusConnection.connectToBus(address, name)
    return bus if bus.isConnected() else None


def _slot(name: str) -> bytes:
    return SLOT(f"{name}(QDBusMessage)")  # type: ignore[return-value] # the stubs ask for bytes, the calls refuse them
