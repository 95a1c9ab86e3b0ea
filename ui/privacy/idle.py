"""Whether anybody still sits there: notices keys, mouse and touch, and says when there was nothing for a while."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

BEAT: Final = 5_000  # ms; how exactly the time is kept, and how soon after waking the clock is looked at

_TYPES = QEvent.Type
_SIGNS: Final = frozenset(
    {
        _TYPES.KeyPress,
        _TYPES.ShortcutOverride,  # comes before a key that turns out to be a shortcut, and is no KeyPress then
        _TYPES.InputMethod,
        _TYPES.MouseMove,
        _TYPES.MouseButtonPress,
        _TYPES.MouseButtonRelease,
        _TYPES.MouseButtonDblClick,
        _TYPES.Wheel,
        _TYPES.DragMove,
        _TYPES.TouchBegin,
        _TYPES.TouchUpdate,
        _TYPES.TabletMove,
        _TYPES.TabletPress,
        _TYPES.NativeGesture,
    }
)


def seconds_passed() -> float:
    """Read a clock that nobody sets and that goes on while the machine sleeps, where there is one."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    elif sys.platform == "darwin":  # noqa: RET505 - mypy leaves out what is for other systems only in such a chain
        return time.clock_gettime(time.CLOCK_MONOTONIC)  # unlike time.monotonic(), which stops in sleep there
    elif sys.platform == "win32":
        return time.monotonic()
    else:
        return time.time()


class IdleWatch(QObject):
    """Emits `idle` once when there was no sign of anybody for some minutes, time asleep included.

    An event filter in Python on the whole application sees thirteen events per keystroke and makes one cost nearly
    twice as much in a bare editor (0.12 ms for 0.07). So after the first sign it is taken off until the next beat, and
    whatever comes until then counts as if it came at the beat: the time kept is never too short, and too long by a beat
    at most.
    """

    idle = Signal()

    def __init__(
        self, parent: QObject | None = None, clock: Callable[[], float] = seconds_passed, beat: int = BEAT
    ) -> None:
        super().__init__(parent)
        self.clock = clock
        self._beat = beat / 1000
        self._limit = 0.0  # seconds; 0 while it does not watch
        self._last = 0.0
        self._seen = False
        self._filtering = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)

    @property
    def watching(self) -> bool:
        """Whether it counts."""
        return self._limit > 0

    def watch(self, minutes: int) -> None:
        """Count anew, from now; 0 minutes is for ever."""
        self.stop()
        self._limit = minutes * 60.0
        if self.watching:
            self._last = self.clock()
            self._listen(begin=True)
            self.look()

    def stop(self) -> None:
        """Count no more."""
        self._limit = 0.0
        self._seen = False
        self._timer.stop()
        self._listen(begin=False)

    def look(self) -> None:
        """Look at the clock, as each beat does."""
        if not self.watching or self._over():
            return
        wait = self._beat
        if self._seen and self._filtering:
            self._listen(begin=False)
        elif self._seen:
            self._seen = False
            self._last = min(self.clock(), self._last + self._beat)
            self._listen(begin=True)
        if self._filtering:
            wait = min(wait, self._last + self._limit - self.clock())
        self._timer.start(max(round(wait * 1000), 1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of a sign; the one that comes after too long is not passed on to what it would have lit up."""
        if event.type() in _SIGNS and self.watching:
            if event.type() == _TYPES.ShortcutOverride and self._too_long:
                event.accept()  # the key itself comes next, and is to do nothing either
                return True
            if self._over():
                return True
            self._last = self.clock()
            if not self._seen:
                self._seen = True
                self._timer.start(0)  # a filter taken off while an event passes would hide it from the next filter
        return super().eventFilter(watched, event)

    @property
    def _too_long(self) -> bool:
        return self.clock() - self._last >= self._limit

    def _over(self) -> bool:
        over = self._too_long
        if over:
            self.stop()
            self.idle.emit()
        return over

    def _listen(self, *, begin: bool) -> None:
        application = QCoreApplication.instance()
        if application is None or begin == self._filtering:
            return
        self._filtering = begin
        if begin:
            application.installEventFilter(self)
        else:
            application.removeEventFilter(self)
