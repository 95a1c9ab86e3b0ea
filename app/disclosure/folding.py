"""Text as the eye compares it: letters and digits without case, accents or tricks, and what lies between them.

A name is looked for in this form, so that no way of writing it hides it: accents, full-width letters, ligatures,
letters of other alphabets that look alike, invisible characters and soft hyphens. Where a letter stood is kept.
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Gap(IntEnum):
    """What lies between two letters; the larger, the farther apart they are."""

    NONE = 0
    CAMEL = 1  # a capital behind a small letter, a digit behind a letter
    HYPHEN = 2
    BREAK = 3  # a line end, with or without a hyphen
    APART = 4  # blanks, or one sign such as stands within a name or an identifier
    STOP = 5  # a full stop and a blank
    BRACKET = 6
    FAR = 7


class Folded(NamedTuple):
    """The letters and digits of a text; `starts` and `ends` are code points of the text, `gaps` lie before each."""

    letters: str
    starts: Sequence[int]
    ends: Sequence[int]
    gaps: Sequence[int]


_APART: Final = " "
_ALIKE: Final = str.maketrans(
    dict(
        zip(
            "аеорсухіјѕһԁԛԝкмтвнгαβεηικμνορτυχγøłđħŧıĸŋɑɡ",
            "aeopcyxijshdqwkmtbhrabenikuvoptuxyoldhtiknag",
            strict=True,
        )
    )
    | dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True))
    | {chr(first + at): chr(ord("a") + at) for first in (0x1F130, 0x1F150, 0x1F170, 0x1F1E6) for at in range(26)}
    | {"æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ß": "ss", "\u017f": "s"}
)
_INVISIBLE: Final = frozenset({"Cf", "Mn", "Me"})
_SOUNDS: Final = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ø", "oe"), ("å", "aa"))
_SOUND: Final = re.compile("([äöüøå]|ae|oe|ue|aa)", re.IGNORECASE)
_MOST_SOUNDS: Final = 3

_HYPHEN: Final = re.compile(r"[-\u2010-\u2015\u2212\ufe63\uff0d]")
_BREAK: Final = re.compile(r"\s*[-\u2010-\u2015]?\s*[\n\r\v\f\x85\u2028\u2029]\s*")
_NEAR: Final = re.compile(r"\s*[_./\\*|=~#\u00b7\u2022'\u2019\u2018`\u00b4\u00b7&+@:,\-\u2010-\u2015]?\s*")
_STOP: Final = re.compile(r"\.\s+")
_BRACKETED: Final = re.compile(r"[\s()\[\]/+-]{1,3}")


def _folded(char: str) -> str:
    """Fold one character: to letters, to nothing where it is invisible, to a blank where it is none."""
    if unicodedata.category(char) in _INVISIBLE:
        return ""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    plain = unicodedata.normalize("NFKD", char.translate(_ALIKE)).casefold().translate(_ALIKE)
    plain = unicodedata.normalize("NFKD", plain)
    letters = "".join(each for each in plain if each.isalnum() or unicodedata.category(each) == "Mc")
    return letters.translate(_ALIKE) or _APART


class _Folding(dict[str, str]):
    def __missing__(self, char: str) -> str:
        self[char] = folded = _folded(char)
        return folded


class _Gaps(dict[str, Gap]):
    def __missing__(self, between: str) -> Gap:
        self[between] = gap = _gap(between)
        return gap


_FOLDING: Final = _Folding()
_GAPS: Final = _Gaps()
_LONGEST_GAP: Final = 40


def _gap(between: str) -> Gap:
    if _HYPHEN.fullmatch(between):
        return Gap.HYPHEN
    if _BREAK.fullmatch(between):
        return Gap.BREAK
    if _STOP.fullmatch(between):
        return Gap.STOP
    if _NEAR.fullmatch(between):
        return Gap.APART
    return Gap.BRACKET if _BRACKETED.fullmatch(between) else Gap.FAR


def fold(text: str) -> Folded:
    """Fold a text, keeping where each letter stood; a mark or an invisible sign belongs to the letter before it."""
    if _is_plain(text):
        count = len(text)
        return Folded(text.lower(), range(count), range(1, count + 1), [Gap.FAR, *[Gap.NONE] * (count - 1)])
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    gaps: list[int] = []
    last = 0  # one past the last letter or what belongs to it
    for at, char in enumerate(text):
        folded = _FOLDING[char]
        if not folded:
            if ends and last == at:
                ends[-1] = last = at + 1
            continue
        if folded == _APART:
            continue
        if last < at:
            gaps.append(_between(text[last:at]))
        else:
            gaps.append(_joint(text, at) if not char.islower() or not at or text[at - 1].isdigit() else Gap.NONE)
        last = at + 1
        letters.append(folded[0])
        starts.append(at)
        ends.append(last)
        for letter in folded[1:]:
            letters.append(letter)
            starts.append(at)
            ends.append(last)
            gaps.append(Gap.NONE)
    return Folded("".join(letters), starts, ends, gaps)


def _is_plain(text: str) -> bool:
    """Whether a text is a word as most are: letters of English, none but the first a capital."""
    return text.isascii() and text.isalpha() and (text.islower() or text[1:].islower())


def _between(between: str) -> Gap:
    return Gap.FAR if len(between) > _LONGEST_GAP else _GAPS[between]


def _joint(text: str, at: int) -> Gap:
    """Say whether a word of its own begins within a word: CamelCase, HTMLFile, line12."""
    if not at:
        return Gap.FAR
    before, here = text[at - 1], text[at]
    if here.isupper():
        begins = before.islower() or before.isdigit() or (before.isupper() and text[at + 1 : at + 2].islower())
        return Gap.CAMEL if begins else Gap.NONE
    return Gap.CAMEL if here.isdigit() != before.isdigit() else Gap.NONE


def letters(text: str) -> str:
    """Fold a text to its bare letters and digits."""
    if text.isascii() and text.isalnum():
        return text.lower()
    return "".join(folded for char in text if (folded := _FOLDING[char]) != _APART)


def spellings(name: str) -> tuple[str, ...]:
    """Give a name as it may be spelt where an umlaut is hard to type: "Jörg" also as "Joerg", "Goethe" as "Göthe"."""
    written = unicodedata.normalize("NFC", name)
    parts = [each for each in _SOUND.split(written) if each]
    if sum(map(_is_sound, parts)) > _MOST_SOUNDS:
        together = "".join(_sounds(part)[-1] for part in parts)
        return tuple(dict.fromkeys((written, together)))
    return tuple(dict.fromkeys(map("".join, product(*map(_sounds, parts)))))


def _is_sound(part: str) -> bool:
    return len(_sounds(part)) > 1


def _sounds(part: str) -> tuple[str, ...]:
    for sound, spelt in _SOUNDS:
        if part == sound or part.casefold() == spelt:
            return (part, spelt if part == sound else spelt[0])
        if part == sound.upper():
            return (part, spelt.capitalize())
    return (part,)
