"""Find in files what tells of the machine that they were made on."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bundle.staging import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def places_of_this_machine() -> list[str]:
    """List the folders of this machine that nothing in a package may name.

    Not root's home by itself: libraries made by others, as root as well, name it.
    """
    folders = {str(ROOT), sys.prefix, sys.base_prefix, str(Path.home()), f"/home/{getpass.getuser()}"}
    return sorted(folders - {"/", "/root", "/usr", "/usr/local"})


def naming_places(files: Iterable[tuple[str, bytes]], places: Iterable[str]) -> list[str]:
    """List which files name one of the places, as Linux or Wine writes it, in either encoding of Windows."""
    looked = [spelt for place in places for spelt in _spelt(place)]
    return [name for name, content in files if any(place in content for place in looked)]


def _spelt(place: str) -> Iterator[bytes]:
    """Walk how a folder is written in files."""
    for words in (place, place.replace("/", "\\")):
        yield from (words.encode("utf-8"), words.encode("utf-16-le"))
