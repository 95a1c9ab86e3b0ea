"""A Windows to try packages on: Debian's Wine in a folder of its own, with nothing of this machine's settings."""

from __future__ import annotations

import contextlib
import os
import subprocess
from typing import TYPE_CHECKING, Final, Self

from bundle.check.outcome import Ran
from bundle.staging import emptied

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OVERRIDES: Final = {
    "mscoree": "",
    "mshtml": "",
    "ucrtbase": "n,b",  # the one of bundle.check.stubs
    "wbemprox": "",  # Wine 8 breaks off where it is asked for versions through it
    "winedbg.exe": "",
    "winemenubuilder.exe": "",  # writes menus into the home of whoever builds
}
"""Libraries of Wine's own that are not used, or from elsewhere (Wine's WINEDLLOVERRIDES)."""

USER: Final = "Jürgen Groß"
"""Who uses it."""

PLATFORM: Final = "windows:nowmpointer"
"""Has Qt read the mouse in the way that Wine 8 knows."""


class Wine:
    """A Windows 10 of one user, on a screen, for as long as the `with` block lasts."""

    def __init__(self, folder: Path, display: str) -> None:
        self.prefix = folder / "prefix"
        self.home = folder / "home"
        self.drive = self.prefix / "drive_c"
        self._display = display

    def __enter__(self) -> Self:
        emptied(self.prefix)
        emptied(self.home)
        self.run("wineboot", "--init")
        self.run("winecfg", "-v", "win10")
        self.rest()
        for path in self.user.iterdir():
            if path.is_symlink():  # to the home of whoever builds
                path.unlink()
                path.mkdir()
        return self

    def __exit__(self, *_problem: object) -> None:
        self._server("--kill")
        self._server("--wait")

    @property
    def user(self) -> Path:
        """The folder of the one user."""
        return self.drive / "users" / USER

    @property
    def system(self) -> Path:
        """The folder of the system's libraries."""
        return self.drive / "windows" / "system32"

    def run(
        self,
        *words: str | Path,
        folder: Path | None = None,
        seconds: float = 240,
        more: Mapping[str, str] | None = None,
    ) -> Ran:
        """Run a program to its end, in a folder, with more in its environment; one that takes too long is ended.

        Paths are handed over by their names in Windows. Code -1: it took too long.
        """
        program = self._begin(words, folder, more or {})
        try:
            said, _ = program.communicate(input=b"", timeout=seconds)
        except subprocess.TimeoutExpired:
            program.kill()
            self._server("--kill")
            return Ran(-1, f"not done after {seconds:g} s")
        return Ran(program.returncode, without_wines(said.decode("utf-8", "replace")))

    def begin(self, *words: str | Path) -> subprocess.Popen[bytes]:
        """Start a program that goes on by itself, like one with a window, or that starts one."""
        return self._begin(words, None, {})

    def rest(self, seconds: float = 120) -> bool:
        """Wait until no program runs any more and the registry is written; gives whether that came to be."""
        return self._server("--wait", seconds)

    def name(self, path: Path) -> str:
        """Give a path as Windows has it."""
        return windows_name(path.absolute(), self.drive)

    def _begin(
        self, words: tuple[str | Path, ...], folder: Path | None, more: Mapping[str, str]
    ) -> subprocess.Popen[bytes]:
        """Start a program; Wine 8 gives Python no streams but pipes."""
        return subprocess.Popen(
            ["wine", words[0], *(word if isinstance(word, str) else self.name(word) for word in words[1:])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder or self.prefix,
            env={**self._around(), **more},
        )

    def _around(self) -> dict[str, str]:
        """Give the whole environment, so that nothing of this machine's is in it."""
        return {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(self.home),
            "USER": USER,
            "DISPLAY": self._display,
            "WINEPREFIX": str(self.prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": ";".join(f"{name}={order}" for name, order in OVERRIDES.items()),
            "QT_QPA_PLATFORM": PLATFORM,
        }

    def _server(self, word: str, seconds: float = 120) -> bool:
        """Have Wine's server end programs or wait for them; gives whether it did in time."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(["wineserver", word], check=False, env=self._around(), timeout=seconds)
            return True
        return False


def without_wines(said: str) -> str:
    """Give what a program printed without what Wine says beside it, of its own services too."""
    return "\n".join(line for line in said.splitlines() if not line.startswith("wine: ")).strip()


def windows_name(path: Path, drive: Path) -> str:
    """Give an absolute path as Windows has it: on C: below `drive`, else on Z:, which is all of this machine."""
    if path.is_relative_to(drive):
        return "\\".join(("C:", *path.relative_to(drive).parts))
    return "\\".join(("Z:", *path.parts[1:]))
