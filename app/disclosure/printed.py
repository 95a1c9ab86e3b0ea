"""What a report would print, string by string, for the leak check to read."""

from __future__ import annotations

from typing import Final, NamedTuple

FILE_NAME: Final = "File name"
"""The place of what a file is called."""


class Printed(NamedTuple):
    """A string that stands in a report: on a page, counted from 1, or on none (0), such as in the file's metadata.

    `place` says where in words: the section it stands in, "Bookmark", "Title of the file", FILE_NAME.
    """

    text: str
    page: int
    place: str
