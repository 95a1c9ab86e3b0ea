"""The border between Qt, which counts UTF-16 units, and the study, which counts Unicode code points."""

from __future__ import annotations

import re

_LONE = re.compile("[\ud800-\udfff\x00]")
_BREAKS = re.compile("[\n\r\u2029]")  # would begin a paragraph of their own in the editor
_BREAK = "\u2028"  # what the editor shows as a line break within a paragraph
_FRAMES = re.compile("[\ufdd0\ufdd1]")  # what Qt parts frames with


def to_units(text: str, point: int) -> int:
    """Count the UTF-16 units before the code point at `point`."""
    return point if text.isascii() else len(text[:point].encode("utf-16-le", "surrogatepass")) // 2


def to_points(text: str, unit: int) -> int:
    """Count the code points before the UTF-16 unit at `unit`; a place inside a character counts as before it."""
    if text.isascii():
        return min(unit, len(text))
    head = text.encode("utf-16-le", "surrogatepass")[: 2 * unit]
    return len(head.decode("utf-16-le", "ignore"))


def storable(text: str) -> str:
    """Give what the study is to hold of a paragraph, code point for code point.

    What no file can hold (halves of characters, NUL) becomes U+FFFD, a break within the paragraph a line feed.
    """
    return text if text.isascii() and "\0" not in text else _LONE.sub("\ufffd", text).replace(_BREAK, "\n")


def showable(text: str) -> str:
    """Give a line as one paragraph of the editor, code point for code point."""
    return _FRAMES.sub("\ufffd", _BREAKS.sub(_BREAK, text))
