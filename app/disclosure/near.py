"""Find words much like a name: probably the name with a slip of the pen, and for people to look at."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from app.disclosure.common import is_common
from app.disclosure.folding import letters
from app.disclosure.remembering import Remembered
from app.disclosure.replacing import begins_sentence
from app.disclosure.shapes import faint_first_names, initials, telling_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.disclosure.names import Hidden
    from app.disclosure.shapes import Shape

_LEAST: Final = 5
_TWO_SLIPS: Final = 9
_HEAD: Final = 7  # slips are indexed in so many letters of a name; what lies behind is compared
_LEAST_WORD: Final = 4
_ROOM: Final = 24  # as many code points before a word are looked at
_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u00ad\u200b-\u200d])+")
_RUN: Final = re.compile(r"[^\s!-,./:-@]+")  # one or more words, told apart quickly
_ENDS: Final = ("s", "es", "en", "er")
_SIGNED: Final = re.compile(r"(?<![\w.])([^\W\d_])\.(?:[ \xa0]?([^\W\d_])\.){1,2}(?!\w|[ \xa0]?[A-Z]\w)")


class Near(NamedTuple):
    """Words of a text that are much like a name."""

    start: int
    end: int
    hidden: Hidden


class Nearby:
    """Finds words, and pairs and triples of them, that are one slip from a name, or two from a long one.

    A slip is a letter too many, too few or wrong, or two that changed places. Words of every day are passed over, and
    so are words of the report's own, such as those that stand for names. With a capital, a telling word of a longer
    name is much like it, too, and so is a first name that tells little by itself, where none begins a sentence, and so
    are a person's initials.
    """

    def __init__(self, forms: Iterable[tuple[Hidden, Iterable[Shape]]]) -> None:
        self._names: dict[str, Hidden] = {}
        self._slips: dict[str, list[str]] = {}
        self._anchors: set[str] = set()
        self._ours: set[str] = set()
        self._within: dict[str, Hidden] = {}
        self._first_names: dict[str, Hidden] = {}
        self._like: dict[str, Hidden | None] = Remembered(self._looked_up)
        self._folded: dict[str, str] = Remembered(letters)
        self._telling: dict[str, bool] = Remembered(self._tells)
        self._initials: dict[str, Hidden] = {}
        for hidden, shapes in forms:
            self._ours.update(map(letters, _WORD.findall(hidden.instead)))
            if hidden.near:
                for shape in shapes:
                    self._learn(shape, hidden)
                self._within.update((word, hidden) for word in telling_words(hidden))
                self._first_names.update((word, hidden) for word in faint_first_names(hidden))
                self._initials.update((each, hidden) for each in initials(hidden))

    def find(self, text: str) -> Iterator[Near]:
        """Find the words of a text that are much like a name, whether they hold one or not."""
        yield from self._signed(text)
        if not self._names or not any(map(self._telling.__getitem__, _RUN.findall(text))):
            return
        words = list(_WORD.finditer(text))
        folded = [self._folded[word.group()] for word in words]
        for at, word in enumerate(words):
            hidden = self._like[folded[at]] or self._part(text, word, folded[at])
            if hidden is not None:
                yield Near(word.start(), word.end(), hidden)
            if folded[at] in self._anchors:
                yield from self._around(words, folded, at)

    def _signed(self, text: str) -> Iterator[Near]:
        """Find somebody's initials, "J. D.": capitals with their dots, and no surname behind them."""
        for match in _SIGNED.finditer(text) if self._initials and "." in text else ():
            hidden = self._initials.get(letters(match.group()))
            if hidden is not None and match.group().isupper():
                yield Near(match.start(), match.end(), hidden)

    def _tells(self, run: str) -> bool:
        """Whether a run of letters and signs has a word like a name, or part of one."""
        folded = (self._folded[word] for word in _WORD.findall(run))
        return any(
            word in self._anchors
            or word in self._first_names
            or word in self._within
            or word.removesuffix("s") in self._within
            or self._like[word] is not None
            for word in folded
        )

    def _part(self, text: str, word: re.Match[str], folded: str) -> Hidden | None:
        """Say of what name a word is a part that by itself may be another, where it is written as a name would be."""
        if not word.group()[0].isupper():
            return None
        before = text[max(0, word.start() - _ROOM) : word.start()]
        first_name = self._first_names.get(folded)
        within = self._within.get(folded) or self._within.get(folded.removesuffix("s"))
        return within or (None if begins_sentence(before) else first_name)

    def _learn(self, shape: Shape, hidden: Hidden) -> None:
        if len(shape.letters) < _LEAST or not shape.letters.isalpha() or shape.letters in self._names:
            return
        self._names[shape.letters] = hidden
        for key in _shortened(shape.letters[:_HEAD], _slips(shape.letters)):
            self._slips.setdefault(key, []).append(shape.letters)
        cuts = [0, *sorted(shape.cuts), len(shape.letters)]
        pieces = [shape.letters[start:end] for start, end in pairwise(cuts)]
        self._anchors.update(piece for piece in pieces if shape.cuts and len(piece) >= _LEAST_WORD)

    def _around(self, words: list[re.Match[str]], folded: list[str], at: int) -> Iterator[Near]:
        """Look at the words beside one that is part of a name, together with it."""
        for first, last in ((at - 1, at), (at, at + 1), (at - 2, at), (at, at + 2), (at - 1, at + 1)):
            if first >= 0 and last < len(words):
                window = folded[first : last + 1]
                if (hidden := self._like["".join(window)]) and not all(map(is_common, window)):
                    yield Near(words[first].start(), words[last].end(), hidden)

    def _looked_up(self, word: str) -> Hidden | None:
        forms = [word, *(word.removesuffix(end) for end in _ENDS if word.endswith(end))]
        if any(form in self._ours or is_common(form) for form in forms):
            return None
        names = (self._nearest(form) for form in forms if len(form) >= _LEAST - 1)
        found = next((name for name in names if name), None)
        return None if found is None else self._names[found]

    def _nearest(self, word: str) -> str | None:
        from rapidfuzz.distance import OSA

        keys = _shortened(word[:_HEAD], 2 if len(word) >= _TWO_SLIPS - 2 else 1)
        candidates = dict.fromkeys(name for key in keys for name in self._slips.get(key, ()))
        near = ((OSA.distance(word, name, score_cutoff=2), name) for name in candidates)
        return min(((far, name) for far, name in near if far <= _slips(name)), default=(0, None))[1]


def _slips(name: str) -> int:
    return 2 if len(name) >= _TWO_SLIPS else 1


def _shortened(head: str, most: int) -> set[str]:
    """Leave out up to `most` letters in every way: two words that a slip divides have one of these in common.

    Source: Garbe, Symmetric Delete spelling correction, with prefixes.
    """
    found = {head}
    last = {head}
    for _ in range(most):
        last = {word[:at] + word[at + 1 :] for word in last for at in range(len(word))}
        found |= last
    return found
