"""A screen that nobody sees, and what somebody in front of it does: look, type, press keys."""

from __future__ import annotations

import os
import subprocess
import time
from typing import TYPE_CHECKING, Final, Self

from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

SIZE: Final = (1320, 860)  # px; a window of 1280x800 and the frame that Wine draws
_CARET: Final = 24  # px; what blinks where one types is no higher
_STEP: Final = 0.3  # s between two looks


class Screen:
    """An X server of its own, without a window manager, for as long as the `with` block lasts."""

    def __init__(self) -> None:
        self.display = ""
        self._last = b""
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        reading, writing = os.pipe()
        size = "{}x{}x24".format(*SIZE)
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp"],
            pass_fds=[writing],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as told:
            self.display = f":{told.readline().strip()}"
        return self

    def __exit__(self, *_problem: object) -> None:
        if self._server is not None:
            self._server.terminate()
            self._server.wait()

    def window(self, title: str, seconds: float = 60) -> str:
        """Wait for a window by a pattern of its title; gives its number, or nothing if none came."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = self._tool("xdotool", "search", "--onlyvisible", "--name", title).split()
            if found:
                return found[-1]
            time.sleep(_STEP)
        return ""

    def focus(self, window: str) -> None:
        """Give a window the keyboard, as a window manager would."""
        self._tool("xdotool", "windowfocus", "--sync", window)

    def type(self, words: str) -> None:
        """Type words and press Enter."""
        self._tool("xdotool", "type", "--delay", "40", words)
        self.press("Return")

    def press(self, key: str) -> None:
        """Press a key, by its name in X; "ctrl+5" presses two."""
        self._tool("xdotool", "key", key)

    def picture(self, path: Path, window: str, still: float = 2, *, new: bool = False, seconds: float = 90) -> int:
        """Keep a picture of a window as PNG once it has drawn nothing for `still` s, or after `seconds` at most.

        Args:
            path: where to.
            window: its number.
            still: how long it may look idle while it works, in s.
            new: wait first until it looks otherwise than in the picture before.
            seconds: how long to wait at most.

        Returns:
            How many of its rows are not of one colour; none if nothing new came.
        """
        spot = dict(line.split("=") for line in self._tool("xdotool", "getwindowgeometry", "--shell", window).split())
        width, height = int(spot["WIDTH"]), int(spot["HEIGHT"])
        area = f"{width}x{height}+{spot['X']}+{spot['Y']}"
        end = time.monotonic() + seconds
        before = self._last if new else b""
        self._last = self._settled(area, width, before, still, end)
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.frombytes("RGB", (width, height), self._last).save(path, "PNG")
        if changed_rows(before, self._last, width) <= _CARET:
            return 0
        return changed_rows(self._last, self._last[:3] * (len(self._last) // 3), width)

    def _settled(self, area: str, width: int, before: bytes, still: float, end: float) -> bytes:
        """Look at an area until it is another than before and stays the same, or until the end; gives what is seen."""
        last, since = self._look(area), time.monotonic()
        while time.monotonic() < min(end, since + still):
            time.sleep(_STEP)
            seen = self._look(area)
            if changed_rows(last, seen, width) > _CARET or changed_rows(before, seen, width) <= _CARET:
                since = time.monotonic()
            last = seen
        return last

    def _look(self, area: str) -> bytes:
        """Take a picture of an area, three bytes for a pixel."""
        tool = ["import", "-silent", "-window", "root", "-crop", area, "+repage", "-depth", "8", "rgb:-"]
        return subprocess.run(tool, check=True, capture_output=True, env=self._around()).stdout

    def _tool(self, *words: str) -> str:
        run = subprocess.run(words, check=False, capture_output=True, text=True, env=self._around())
        return run.stdout

    def _around(self) -> dict[str, str]:
        return {**os.environ, "DISPLAY": self.display}


def changed_rows(then: bytes, now: bytes, width: int) -> int:
    """Count the rows of a picture `width` px wide, three bytes for a pixel, that differ from those of another."""
    step = width * 3
    if len(then) != len(now):
        return max(len(then), len(now)) // step
    return sum(then[at : at + step] != now[at : at + step] for at in range(0, len(now), step))
