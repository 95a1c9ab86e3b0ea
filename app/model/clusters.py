"""Where a text may be cut: between what people see as characters, never inside one; on the safe side of Unicode's rule.

Source: Unicode Standard Annex 29, extended grapheme clusters. Where the rule needs to look further back than one
character (flags, conjuncts), nothing is cut at all.
"""

from __future__ import annotations

import unicodedata

_MARKS = frozenset({"Mn", "Mc", "Me", "Cf"})
_EXTENDING = frozenset("\u0e33\u0eb3\uff9e\uff9f")  # letters by category that belong to the one before
_PREPENDED = frozenset("\u0d4e\U000111c2\U000111c3\U0001193f\U00011941\U00011a3a")
_VIRAMA = 9  # the combining class of what joins two consonants


def together(left: str, right: str) -> bool:
    """Whether two neighbouring characters must stay together."""
    if left < "\x80" and right < "\x80":
        return (left, right) == ("\r", "\n")
    return _belongs_to_the_one_before(right) or _holds_the_next(left, right)


def cut_at_word(text: str, room: int) -> str:
    """Write a text on one line of at most `room` (20 or more) code points, cut at a word's end with an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= room:
        return text
    head = text[: _place(text, room - 1)]
    at_word = head.rsplit(" ", 1)[0] if " " in head[room // 2 :] and not text[len(head)].isspace() else head
    return f"{at_word.rstrip()}…"


def _place(text: str, room: int) -> int:
    """Find the last place to cut within `room` code points; the room's end where nothing in it may be cut."""
    return next((at for at in range(room, 0, -1) if not together(text[at - 1], text[at])), room)


def _belongs_to_the_one_before(char: str) -> bool:
    return (
        unicodedata.category(char) in _MARKS
        or "\U0001f3fb" <= char <= "\U0001f3ff"  # skin tones
        or "\u1160" <= char <= "\u11ff"  # vowels and ends of a Korean syllable
        or "\ud7b0" <= char <= "\ud7fb"
        or char in _EXTENDING
    )


def _holds_the_next(left: str, right: str) -> bool:
    return (
        unicodedata.category(left) == "Cf"  # a joiner, or a sign that stands before its number
        or unicodedata.combining(left) == _VIRAMA
        or left in _PREPENDED
        or (_is_flag_letter(left) and _is_flag_letter(right))
    )


def _is_flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
