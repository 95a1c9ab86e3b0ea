"""Ask Debian's package database where a library of the build machine comes from."""

from __future__ import annotations

import platform
import subprocess
from pathlib import Path
from typing import NamedTuple

from bundle.distributions import Unclear

_QUERY = "dpkg-query"


class Package(NamedTuple):
    """An installed Debian package."""

    name: str
    source: str
    version: str

    @property
    def purl(self) -> str:
        """The package's address among all packages."""
        return f"pkg:deb/{platform.freedesktop_os_release()['ID']}/{self.name}@{self.version}"

    @property
    def text(self) -> str:
        """The licences as Debian gives them."""
        return Path("/usr/share/doc", self.name, "copyright").read_text("utf-8", "replace")


def owner(library: str) -> Package:
    """Find the package that a library belongs to, by the library's file name.

    Raises:
        Unclear: none, or several.
    """
    lines = _asked("--search", f"*/{library}").splitlines()
    names = {line.partition(": ")[0] for line in lines if "-linux-gnu/" in line and "diversion" not in line}
    if len(names) != 1:
        raise Unclear(f"{library} belongs to {len(names)} packages of this machine; it cannot be said whose it is")
    return package(names.pop())


def package(name: str) -> Package:
    """Describe an installed package.

    Raises:
        Unclear: it is not installed.
    """
    known = _asked("--show", "--showformat=${Package} ${source:Package} ${Version}", name).split()
    if len(known) != 3:
        raise Unclear(f"the Debian package {name} is not installed")
    return Package(*known)


def _asked(*words: str) -> str:
    """Ask the database; what is not in it gives nothing."""
    return subprocess.run([_QUERY, *words], check=False, capture_output=True, text=True).stdout
