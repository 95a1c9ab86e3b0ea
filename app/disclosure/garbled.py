"""Words that a wrong encoding has garbled, put right: "MÃ¼ller", "M?ller"; pure.

Notes that went through another program bear such, and a name in them is still read at a glance.
"""

from __future__ import annotations

import re
from typing import Final

_LEADS: Final = "\u00c2-\u00df"
_OTHERWISE: Final = {bytes([byte]).decode("cp1252", "ignore"): byte for byte in range(0x80, 0xA0)}
_FOLLOWS: Final = "".join(filter(None, _OTHERWISE)) + "\u0080-\u00bf"
_TWICE: Final = re.compile(f"[{_LEADS}][{_FOLLOWS}]")
_LOST: Final = re.compile(r"(?<=[^\W\d_])[?\ufffd]{1,2}(?=[^\W\d_])")
_GREEK: Final = str.maketrans(
    {0x391: "A", 0x392: "B", 0x395: "E", 0x396: "Z", 0x397: "H", 0x399: "I", 0x39A: "K"}
    | {0x39C: "M", 0x39D: "N", 0x39F: "O", 0x3A1: "P", 0x3A4: "T", 0x3A5: "Y", 0x3A7: "X"}
)
_CAPITALS: Final = "".join(map(chr, _GREEK))
_MIXED: Final = re.compile(f"[{_CAPITALS}]+(?=[A-Za-z])|(?<=[A-Za-z])[{_CAPITALS}]+")
_EITHER: Final = re.compile(f"{_TWICE.pattern}|{_LOST.pattern}|{_MIXED.pattern}")
_LEAST: Final = 4
_MOST_LOST: Final = 2


def mended(text: str) -> tuple[str, list[int]]:
    """Put a text right: UTF-8 that was read as Latin letters is decoded, and signs for lost letters are left out.

    Capitals of Greek beside English letters become those that they look like: Eta is an H there.

    The second value tells where each code point of the mended text, and its end, stood in the text given; it is empty
    where there is nothing to mend.
    """
    if not _EITHER.search(text):
        return text, []
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for match in _EITHER.finditer(text):
        parts += [text[at : match.start()], right := _right(match.group())]
        own = [match.start()] * len(right) if len(right) != len(match.group()) else range(*match.span())
        places += [*range(at, match.start()), *own]
        at = match.end()
    parts.append(text[at:])
    return "".join(parts), [*places, *range(at, len(text) + 1)]


def without_lost(name: str) -> str:
    """Give a name as it stands where letters that are not English were lost; empty where too little would be left."""
    words = [("".join(filter(str.isascii, word)), word) for word in name.split()]
    if all(left == word for left, word in words):
        return ""
    told = all(left == word or _is_left(left, word) for left, word in words)
    return " ".join(left for left, _ in words) if told else ""


def _is_left(left: str, word: str) -> bool:
    return len(left) >= _LEAST and len(word) - len(left) <= _MOST_LOST


def _right(garbled: str) -> str:
    if not _TWICE.fullmatch(garbled):
        return "" if garbled.strip("?\ufffd") == "" else garbled.translate(_GREEK)
    return bytes(_OTHERWISE.get(char, ord(char)) for char in garbled).decode("utf-8")
