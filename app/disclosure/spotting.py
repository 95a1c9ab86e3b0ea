"""Find names in a text however they are written: the rule by which they are replaced, and by which leaks are found."""

from __future__ import annotations

import functools
import re
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from app.disclosure.common import is_common
from app.disclosure.folding import Folded, Gap, fold
from app.disclosure.garbled import mended
from app.disclosure.names import MARK
from app.disclosure.remembering import Remembered
from app.disclosure.shapes import SHORT, Shape, mirrored, shapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.disclosure.names import Hidden

_LONG: Final = 8  # from so many letters on a name is found in the middle of a word too
_LONGEST_WORD: Final = 40  # how far around a name the word is looked at that it stands in
_LEAST_BROKEN: Final = 5
_LEAST_PIECE: Final = 3  # letters a line, where a name is broken into several
_ENDINGS: Final = frozenset({"s", "es", "en", "er", "ern", "in", "innen", "n", "e", "sche", "schen", "scher", "sches"})
_POSSESSIVE: Final = re.compile(r"['\u2019\u02bc`\u00b4](?:s(?![^\W_])|(?!\w)(?<=[sSxXzZ].))")
_TITLE: Final = re.compile(r"(?:\b(?:Mrs?|Ms|Miss|Dr|Prof|Herrn?|Frau|Sir|Madam)\b\.?\s{1,3})+$")
_TITLE_ROOM: Final = 40
_BETWEEN: Final = re.compile(r"[\s.,]*(?:[^\W\d_]\.?)?[\s.,-]*")
_MOST_BETWEEN: Final = 5
_OF_NUMBERS: Final = "+()0123456789/.- \xa0"
_ANY: Final = ""  # under which a node of the tree keeps what ends there
# What a word is made of here: all but blanks and signs; hyphens, invisible signs and marks are within words.
_WORD: Final = re.compile(
    r"[^\s!-,./:-@\[-`{-\xa9\xab\xac\xae-\xb1\xb4\xb6-\xb8\xbb\xbf\u2015-\u2027\u2030-\u205e\u3000-\u303f]+"
)
_SPACED: Final = re.compile(r"(?<![^\W_])[^\W_](?:[ \t\xa0._/*|=~#\xb7\u2022\u2010-\u2015-]{1,3}[^\W_](?![^\W_])){2}")
_DIGITS: Final = re.compile(r"(?:\d[\s()/.+-]{0,3}){6}")
_BROKEN: Final = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")

_Node = dict[str, Any]


class How(StrEnum):
    """In what form a name was found."""

    EXACT = "exact"
    FOLDED = "folded"
    INFLECTED = "inflected"
    COMPOUND = "compound"
    SPLIT = "split"
    SPACED = "spaced"


class Spot(NamedTuple):
    """A name in a text: code points from `start` to before `end`, of which what is behind `root` is its ending.

    `instead` is what the name's own entry has, or a mark where it could be the part of two people's names.
    """

    start: int
    end: int
    root: int
    hidden: Hidden
    instead: str
    how: How
    part: bool = False


@functools.lru_cache(maxsize=6)
def spotter(names: tuple[Hidden, ...]) -> Spotter:
    """Give what finds these names; the same again for the same names, with what it has found so far."""
    return Spotter(names)


class Spotter:
    """Finds names in texts; what it found in a text is kept until very many texts have been looked at."""

    def __init__(self, names: Sequence[Hidden]) -> None:
        self.names = tuple(names)
        self._tree: _Node = {}
        self._written = {spelt for each in names for spelt in (each.name, *each.spellings)}
        self._beginnings: set[str] = set()
        self._endings: set[str] = set()
        self._longest = 0
        self._has_numbers = False
        self.forms = tuple((hidden, tuple(shapes(hidden))) for hidden in names)
        for hidden, forms in self.forms:
            for shape in forms:
                for form in filter(None, (shape, mirrored(shape))):
                    self._plant(form, hidden)
        self._words: dict[str, bool] = Remembered(self.is_of_name)
        self._kept: dict[str, tuple[Spot, ...]] = Remembered(self._found)

    def _plant(self, shape: Shape, hidden: Hidden) -> None:
        node = self._tree
        for letter in shape.letters:
            node = node.setdefault(letter, {})
        node.setdefault(_ANY, []).append((shape, hidden))
        self._note_words(shape)

    def _note_words(self, shape: Shape) -> None:
        """Note the most telling word of a shape: whoever wrote it in several words wrote that one whole."""
        self._longest = max(self._longest, len(shape.letters))
        self._has_numbers |= shape.loose
        if not shape.cuts:
            return
        cuts = [0, *sorted(shape.cuts), len(shape.letters)]
        words = [shape.letters[start:end] for start, end in pairwise(cuts)]
        telling = max(range(len(words)), key=lambda at: (not is_common(words[at]), len(words[at])))
        (self._endings if telling == len(words) - 1 else self._beginnings).add(words[telling])

    def find(self, text: str) -> tuple[Spot, ...]:
        """Find the names in a text, in order; none overlaps another."""
        return self._kept[text]

    def _may_hold(self, text: str) -> bool:
        """Whether a text can hold a name at all: it has a word that is part of one, or is broken or spaced out."""
        if not self._tree:
            return False
        if any(map(self._words.__getitem__, _WORD.findall(text))):
            return True
        return bool(_SPACED.search(text) or _BROKEN.search(text) or (self._has_numbers and _DIGITS.search(text)))

    def is_of_name(self, word: str) -> bool:
        """Whether a word holds a name, or a word that a name is divided into."""
        folded = fold(word)
        if any(True for _ in self._all(word, folded)):
            return True
        letters, count = folded.letters, len(folded.letters)
        begins = [at for at, gap in enumerate(folded.gaps) if gap is not Gap.NONE]
        ends = [*begins[1:], count]
        heads, tails, most = frozenset(begins), frozenset(ends), self._longest
        return any(
            letters[at:end] in self._beginnings
            for end in ends
            for at in range(max(0, end - most), end)
            if at in heads or end - at > SHORT
        ) or any(
            letters[at:end] in self._endings
            for at in begins
            for end in range(at + 1, min(count, at + most) + 1)
            if end in tails or end - at > SHORT
        )

    def _found(self, text: str) -> tuple[Spot, ...]:
        """Find names, those that a wrong encoding has garbled, too: they are looked for where it is put right."""
        right, places = mended(text)
        spots = self._found_in(right)
        if not places:
            return spots
        return tuple(
            spot._replace(start=places[spot.start], end=places[spot.end], root=places[spot.root]) for spot in spots
        )

    def _found_in(self, text: str) -> tuple[Spot, ...]:
        if not self._may_hold(text):
            return ()
        spots = sorted(self._all(text, fold(text)), key=lambda spot: (spot.start, -spot.end))
        return tuple(_titled(text, spot) for spot in _merged(text, _united(spots)))

    def _all(self, text: str, folded: Folded) -> Iterator[Spot]:
        letters, gaps = folded.letters, folded.gaps
        tree, count = self._tree, len(letters)
        for start in range(count):
            node = tree.get(letters[start])
            at = start + 1
            while node is not None:
                if _ANY in node:
                    yield from self._ending(text, folded, start, at, node[_ANY])
                if at == count or gaps[at] is Gap.FAR:
                    break
                node = node.get(letters[at])
                at += 1

    def _ending(
        self, text: str, folded: Folded, start: int, end: int, candidates: list[tuple[Shape, Hidden]]
    ) -> Iterator[Spot]:
        for shape, hidden in candidates:
            how = _how(text, folded, start, end, shape)
            if how:
                yield self._spot(text, folded, (start, end), shape, hidden, how)

    def _spot(self, text: str, folded: Folded, place: tuple[int, int], shape: Shape, hidden: Hidden, how: How) -> Spot:
        start, last = folded.starts[place[0]], place[1] - 1
        root = folded.ends[last]
        end = folded.ends[_tail(folded, place[1]) - 1] if how is How.INFLECTED else root
        if possessive := _POSSESSIVE.match(text, end):
            end = possessive.end()
        if shape.loose:
            start = _number_start(text, start)
        if how is How.FOLDED and text[start:root] in self._written:
            how = How.EXACT if root == end else How.INFLECTED
        return Spot(start, end, root, hidden, hidden.instead, how, shape.part)


def _how(text: str, folded: Folded, start: int, end: int, shape: Shape) -> How | None:
    """Say in what form a name stands at a place, if it does: as a word or within one, divided only where it may be."""
    gaps = folded.gaps
    breaks = [at for at in range(start + 1, end) if gaps[at] >= Gap.HYPHEN]
    how = _divided(text, folded, start, end, breaks, shape)
    if how is None or (shape.cased and not text[folded.starts[start]].isupper()):
        return None
    if how is How.SPACED:
        apart = gaps[start] >= Gap.HYPHEN and (end == len(gaps) or gaps[end] >= Gap.HYPHEN)
        return how if apart else None
    tail = folded.letters[end : _tail(folded, end)]
    if not _initials_stand(text, folded, start, end, shape, is_end=not tail):
        return None
    return _bounded(folded, start, end, shape, how, tail)


def _bounded(folded: Folded, start: int, end: int, shape: Shape, how: How, tail: str) -> How | None:
    """Say whether a name is a word, a word with an ending, or within a word that is none of every day."""
    left, size = folded.gaps[start] is not Gap.NONE, end - start
    if left and not tail:
        return how
    if left and (tail == "s" if size <= SHORT or shape.cased else tail in _ENDINGS):
        return How.INFLECTED
    within = size >= _LONG or left or not tail or tail in _ENDINGS
    if _is_unspaced(shape.letters[0]):
        return how if size > 1 else None
    if size <= SHORT + shape.part or shape.cased or not within:
        return None
    return None if is_common(folded.letters[_head(folded, start) : _tail(folded, end)]) else How.COMPOUND


def _is_unspaced(letter: str) -> bool:
    """Whether a letter is of a script that puts no blanks between words: Thai, Lao, Khmer, Chinese, Japanese."""
    return letter >= "\u2e80" or "\u0e00" <= letter <= "\u0eff" or "\u1780" <= letter <= "\u17ff"


def _initials_stand(text: str, folded: Folded, start: int, end: int, shape: Shape, *, is_end: bool) -> bool:
    """Whether single letters of a name are initials: capitals where but blanks part them, and no word begins so."""
    size = end - start
    if size - 1 in shape.cuts and not is_end:
        return False
    alone = [(start, start + 1)] if 1 in shape.cuts else []
    alone += [(end - 1, end - 1)] if size - 1 in shape.cuts else []
    return all(
        not text[folded.starts[at]].islower() or not text[folded.ends[cut - 1] : folded.starts[cut]].isspace()
        for at, cut in alone
    )


def _divided(text: str, folded: Folded, start: int, end: int, breaks: list[int], shape: Shape) -> How | None:
    """Say how a name is divided, None where it may not be so."""
    gaps = folded.gaps
    if not breaks:
        return How.FOLDED
    kinds = {gaps[at] for at in breaks}
    if shape.loose:
        return How.SPLIT
    if Gap.BRACKET in kinds:
        return None
    size = end - start
    if all(at - start in shape.cuts and _may_stand_apart(gaps, start, at) for at in breaks):
        return How.FOLDED
    if len(breaks) == size - 1 and size >= 3 and Gap.STOP not in kinds:
        capitals = all(text[folded.starts[at]].isupper() for at in range(start, end))
        return How.SPACED if size >= SHORT or capitals else None
    torn = [at for at in breaks if at - start not in shape.cuts]
    at_lines = bool(torn) and all(gaps[at] is Gap.BREAK for at in torn) and len(torn) * _LEAST_PIECE <= size
    return How.SPLIT if at_lines and size >= _LEAST_BROKEN else None


def _may_stand_apart(gaps: Sequence[int], start: int, at: int) -> bool:
    """Whether a name may be divided here: a full stop and a blank stand behind an initial or a short word only."""
    return gaps[at] is not Gap.STOP or at - start <= 2 or any(gaps[at - back] is not Gap.NONE for back in (1, 2))


def _tail(folded: Folded, end: int) -> int:
    """Find where the word ends in which a name ends."""
    gaps = folded.gaps
    last = min(len(gaps), end + _LONGEST_WORD)
    while end < last and gaps[end] is Gap.NONE:
        end += 1
    return end


def _head(folded: Folded, start: int) -> int:
    """Find where the word begins in which a name begins."""
    first = max(0, start - _LONGEST_WORD)
    while start > first and folded.gaps[start] is Gap.NONE:
        start -= 1
    return start


def _number_start(text: str, start: int) -> int:
    """Take in what stands before the last digits of a telephone number: +49 (0)."""
    at = start
    while at and text[at - 1] in _OF_NUMBERS:
        at -= 1
    while at < start and text[at] not in "+(0123456789":
        at += 1
    return at


def _united(spots: list[Spot]) -> list[Spot]:
    """Make one of those that overlap: the longest names it, two people's names of one length nobody."""
    found: list[Spot] = []
    for spot in spots:
        if not found or spot.start >= found[-1].end:
            found.append(spot)
            continue
        last = found[-1]
        longer = max(last, spot, key=lambda each: (each.root - each.start, not each.part))
        alike = (last.start, last.root) == (spot.start, spot.root) and last.part and spot.part
        instead = MARK if alike and last.instead != spot.instead else longer.instead
        end = max(last.end, spot.end)
        root = longer.root if longer.end == end else end
        found[-1] = longer._replace(start=min(last.start, spot.start), end=end, root=root, instead=instead)
    return found


def _merged(text: str, spots: list[Spot]) -> Iterator[Spot]:
    """Make one of a person's names that follow each other, an initial between them or not."""
    pending: Spot | None = None
    for spot in spots:
        if pending and _is_one_person(text, pending, spot):
            pending = spot._replace(start=pending.start, how=How.FOLDED, part=False)
            continue
        if pending:
            yield pending
        pending = spot
    if pending:
        yield pending


def _is_one_person(text: str, first: Spot, then: Spot) -> bool:
    between = text[first.end : then.start]
    same = first.hidden is then.hidden and first.hidden.person and "@" not in text[first.start : then.end]
    return same and len(between) <= _MOST_BETWEEN and bool(_BETWEEN.fullmatch(between))


def _titled(text: str, spot: Spot) -> Spot:
    """Take in the title before a person's name, which tells men from women."""
    if not spot.hidden.person:
        return spot
    title = _TITLE.search(text[max(0, spot.start - _TITLE_ROOM) : spot.start])
    return spot._replace(start=spot.start - len(title.group())) if title else spot
