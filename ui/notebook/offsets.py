"""The border between Qt, which counts UTF-16 units, and the study, which counts Unicode code points."""

from __future__ import annotations

import re

_LONE = re.compile("[\ud800-\udfff\x00]")


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
    """Replace what no file can hold (halves of characters, NUL) by U+FFFD, one for one."""
    return _LONE.sub("\ufffd", text)
