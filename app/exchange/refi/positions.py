"""Where a selection begins and ends: programs count a text differently, and only the words tell how.

The standard counts Unicode code points. NVivo for Windows counts the units of UTF-16, so that an emoji is two, and a
line break as two. What a text is exchanged in may have lost its carriage returns since it was counted.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from app.exchange.xml_text import unbroken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SPECIAL = re.compile("\r\n|\r|\n|[\U00010000-\U0010ffff]")
_ENOUGH = 2_000  # selections looked at to find out how a project counts
_BEYOND = 2  # units by which an end may lie past a text: the break after its last line


class Units(StrEnum):
    """What is counted."""

    POINTS = "code points"
    UTF16 = "units of UTF-16"


class Breaks(StrEnum):
    """What a line break counts."""

    WRITTEN = "as it is written"
    ONE = "one"
    TWO = "two"


class Rule(Struct, frozen=True):
    """A way of counting; `mark`: the mark of byte order at the beginning counts as one."""

    units: Units = Units.POINTS
    breaks: Breaks = Breaks.WRITTEN
    mark: bool = False


class Text(Struct, frozen=True):
    """A text as it was exchanged, without its mark of byte order; `marked` says whether it had one."""

    raw: str
    marked: bool = False
    selections: tuple[tuple[int, int], ...] = ()


STANDARD: Final = Rule()
NVIVO: Final = Rule(Units.UTF16, Breaks.TWO)


def expected(origin: str) -> Rule | None:
    """Tell from the program that wrote a project how it counts; None where that is not known."""
    name = origin.casefold()
    if "nvivo" in name and "mac" not in name:
        return NVIVO
    known = ("nvivo", "maxqda", "atlas.ti", "qualcoder", "fieldquill")
    return STANDARD if any(each in name for each in known) else None


def chosen(texts: Sequence[Text], first: Rule | None) -> Rule:
    """Choose how a project counts: the rule by which its selections begin and end at words' edges best.

    Args:
        texts: with the positions of their selections.
        first: what its program is known to do; another rule must be clearly better, by a quarter of what can be
            scored wherever the two differ. None: the standard's, if no other is better.
    """
    start = first or STANDARD
    some = list(_some(texts))
    scores = {rule: _scores(some, rule) for rule in (start, *_candidates(some))}
    usual = scores[start]
    best, most = start, 0.0
    for rule, found in scores.items():
        gained = sum(new - old for new, old in zip(found, usual, strict=True))
        differing = sum(new != old for new, old in zip(found, usual, strict=True))
        if gained > most and (first is None or gained >= differing):
            best, most = rule, gained
    return best


def _some(texts: Iterable[Text]) -> Iterator[Text]:
    left = _ENOUGH
    for text in texts:
        if left > 0 and text.selections:
            yield text
            left -= len(text.selections)


def _candidates(texts: Sequence[Text]) -> Iterator[Rule]:
    """Give the rules that could make a difference to these texts."""
    wide = any(char > "\uffff" for text in texts for char in (max(text.raw, default=""),))
    returns = any("\r\n" in text.raw for text in texts)
    breaks = any(re.search(r"\r|\n", text.raw) for text in texts)
    for units in (Units.POINTS, Units.UTF16) if wide else (Units.POINTS,):
        for kind in [Breaks.WRITTEN, *[Breaks.ONE] * returns, *[Breaks.TWO] * breaks]:
            for mark in (False, True) if any(text.marked for text in texts) else (False,):
                yield Rule(units, kind, mark)


def _scores(texts: Iterable[Text], rule: Rule) -> list[int]:
    """Score each selection, 4 for whole words, 0 for one cut out of the middle of words, less for one outside."""
    found = []
    for text in texts:
        counting = Counting(text, rule)
        found += [counting.score(start, end) for start, end in text.selections]
    return found


class Counting:
    """A text with its line breaks as line feeds (`text`), and where in it the counted positions are."""

    def __init__(self, text: Text, rule: Rule) -> None:
        self.text = unbroken(text.raw)
        self._mark = int(rule.mark and text.marked)
        self._starts: list[int] = []  # of what does not count as one, by its counted place
        self._ends: list[int] = []
        self._extra: list[int] = []  # units more than characters, up to and with each
        extra = gone = 0
        usual = rule.units is Units.POINTS and rule.breaks is not Breaks.TWO and "\r" not in text.raw
        for found in () if usual else _SPECIAL.finditer(text.raw):
            width = _width(found[0], rule)
            if width != 1:
                at = found.start() - gone + extra
                extra += width - 1
                self._starts.append(at)
                self._ends.append(at + width)
                self._extra.append(extra)
            gone += len(found[0]) - 1

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Give start and end in code points of `text`; None where they do not lie in it."""
        first, last = self._index(start, after=False), self._index(end, after=True)
        if last - _BEYOND <= len(self.text):
            last = min(last, len(self.text))
        return (first, last) if 0 <= first <= last <= len(self.text) else None

    def _index(self, position: int, *, after: bool) -> int:
        position -= self._mark
        number = bisect_right(self._ends, position)
        extra = self._extra[number - 1] if number else 0
        if number < len(self._starts) and position > self._starts[number]:  # within one character
            return self._starts[number] - extra + after
        return position - extra

    def score(self, start: int, end: int) -> int:
        """Say how well a selection fits words: 4 at best; -4 where it lies outside."""
        place = self.place(start, end)
        if place is None:
            return -4
        first, last = place
        if first == last:
            return 0
        return _edge(self.text, first, self.text[first]) + _edge(self.text, last, self.text[last - 1])


def _width(special: str, rule: Rule) -> int:
    if special[0] > "\uffff":
        return 2 if rule.units is Units.UTF16 else 1
    return {Breaks.WRITTEN: len(special), Breaks.ONE: 1, Breaks.TWO: 2}[rule.breaks]


def _edge(text: str, at: int, within: str) -> int:
    """Score one end of a selection: 2 at a word's edge, 1 if it takes a blank along, 0 inside a word."""
    if 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum():
        return 0
    return 1 if within.isspace() else 2
