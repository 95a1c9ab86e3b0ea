"""A Debian of its own in a folder, as small as it is after its installation, for trying a .deb on."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Final, Self

from bundle.staging import BUILD

if TYPE_CHECKING:
    from pathlib import Path

SUITE: Final = "bookworm"
MIRROR: Final = "http://deb.debian.org/debian"
USER: Final = 1000
HOME: Final = "home/jürgen"
_BASE: Final = BUILD / f"{SUITE}.tar"
_SETTINGS: Final = {
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    "LC_ALL": "C.UTF-8",
    "DEBIAN_FRONTEND": "noninteractive",
}
_ENTER: Final = 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"'  # gone with the process
_CHANGING: Final = ("dev", "home", "proc", "tmp", "var/cache", "var/lib/apt", "var/lib/dpkg", "var/log")


class DebianRoot:
    """A Debian in a folder, for as long as the `with` block lasts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Self:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        if not _BASE.exists():
            _make_base(self.folder)
        else:
            subprocess.run(["tar", "-C", self.folder, "-xf", _BASE], check=True)
        home = self.folder / HOME
        home.mkdir()
        os.chown(home, USER, USER)
        return self

    def __exit__(self, *_problem: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command as root."""
        return subprocess.run(
            self._entered(*words), check=False, env=_SETTINGS, capture_output=True, text=True, stdin=subprocess.DEVNULL
        )

    def begin(self, *words: str, **settings: str) -> subprocess.Popen[str]:
        """Start a command as an ordinary user, in the folder of that user."""
        as_user = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "env", "-C", f"/{HOME}"]
        return subprocess.Popen(
            self._entered(*as_user, *words),
            env=_SETTINGS | {"HOME": f"/{HOME}"} | settings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def files(self) -> set[str]:
        """List what is there, without what changes by itself."""
        found: set[str] = set()
        for place, folders, names in os.walk(self.folder):
            inside = os.path.relpath(place, self.folder)
            folders[:] = [name for name in folders if os.path.normpath(f"{inside}/{name}") not in _CHANGING]
            found.update(os.path.normpath(f"{inside}/{name}") for name in [*folders, *names])
        return found

    def _entered(self, *words: str) -> list[str]:
        """Give the command that runs another one in here."""
        return ["unshare", "--mount", "sh", "-c", _ENTER, str(self.folder), *words]


def why_not() -> str:
    """Say why there can be no such Debian here; empty where there can be one."""
    if os.geteuid() != 0:
        return "only root may change into another system's folder"
    if not _BASE.exists() and shutil.which("debootstrap") is None:
        return "debootstrap is not installed"
    entered = subprocess.run(["unshare", "--mount", "true"], check=False, capture_output=True)
    return "this machine lets nobody mount anything" if entered.returncode else ""


def _make_base(folder: Path) -> None:
    """Install Debian into a folder, and keep it for the next time."""
    print(f"installing Debian {SUITE} from {MIRROR}", flush=True)
    subprocess.run(["debootstrap", "--variant=minbase", SUITE, folder, MIRROR], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["tar", "-C", folder, "-cf", _BASE, "."], check=True)
