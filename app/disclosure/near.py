"""Find words much like a name: probably the name with a slip of the pen, and for people to look at."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from app.disclosure.common import is_common
from app.disclosure.folding import letters
from app.disclosure.shapes import shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.disclosure.names import Hidden

_LEAST: Final = 5
_TWO_SLIPS: Final = 9
_HEAD: Final = 7  # slips are indexed in so many letters of a name; what lies behind is compared
_LEAST_WORD: Final = 4
_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u00ad\u200b-\u200d])+")
_ENDS: Final = ("s", "es", "en", "er")
_MOST_KEPT: Final = 100_000


class Near(NamedTuple):
    """Words of a text that are much like a name."""

    start: int
    end: int
    hidden: Hidden


class Nearby:
    """Finds words, and pairs and triples of them, that are one slip from a name, or two from a long one.

    A slip is a letter too many, too few or wrong, or two that changed places. Words of every day are passed over, and
    so are words of the report's own, such as those that stand for names.
    """

    def __init__(self, names: Iterable[Hidden]) -> None:
        self._names: dict[str, Hidden] = {}
        self._slips: dict[str, list[str]] = {}
        self._anchors: set[str] = set()
        self._ours: set[str] = set()
        self._kept: dict[str, Hidden | None] = {}
        for hidden in names:
            self._ours.update(map(letters, _WORD.findall(hidden.instead)))
            if hidden.near:
                self._learn(hidden)

    def find(self, text: str) -> Iterator[Near]:
        """Find the words of a text that are much like a name, whether they hold one or not."""
        words = list(_WORD.finditer(text))
        folded = [letters(word.group()) for word in words]
        for at, word in enumerate(words):
            if hidden := self._like(folded[at]):
                yield Near(word.start(), word.end(), hidden)
            if folded[at] in self._anchors:
                yield from self._around(words, folded, at)

    def _learn(self, hidden: Hidden) -> None:
        for shape in shapes(hidden):
            if len(shape.letters) < _LEAST or not shape.letters.isalpha() or shape.letters in self._names:
                continue
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
                hidden = self._like("".join(folded[first : last + 1]))
                if hidden:
                    yield Near(words[first].start(), words[last].end(), hidden)

    def _like(self, word: str) -> Hidden | None:
        if word in self._kept:
            return self._kept[word]
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        self._kept[word] = found = self._looked_up(word)
        return found

    def _looked_up(self, word: str) -> Hidden | None:
        forms = [word, *(word.removesuffix(end) for end in _ENDS if word.endswith(end))]
        for form in forms:
            if len(form) >= _LEAST - 1 and (name := self._nearest(form)):
                return None if self._is_passed_over(forms) else self._names[name]
        return None

    def _is_passed_over(self, forms: list[str]) -> bool:
        return any(form in self._ours or is_common(form) for form in forms)

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
