"""Writing that does not run letter by letter from left to right: Arabic joined, Hebrew and Arabic put in order.

Sources: Unicode Standard Annex 9 (bidirectional algorithm, by python-bidi), Unicode Standard 9.2 (Arabic joining), JIS
X 4051 for where a line of Chinese or Japanese may end.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_ARABIC: Final = re.compile("[\u0620-\u06d3]")
_IDEOGRAPHS: Final = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]")
_STARTS: Final = frozenset("([{〈《「『【〔〖（［｛｟“‘")  # noqa: RUF001 - what opens
_CLOSERS: Final = ")]}〉》」』】〕〗）］｝｠”’、。，．・：；？！!?,.:;%…‥"  # noqa: RUF001
_SMALL: Final = "ー々ゝゞ〜ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
_ENDS: Final = frozenset(_CLOSERS + _SMALL)
_FORMS: Final = ("isolated", "final", "initial", "medial")
_LAM: Final = "\u0644"
_TATWEEL: Final = "\u0640"
_ALONE: Final[dict[str, str]] = {}
_STRETCH: Final = dict.fromkeys(_FORMS, _TATWEEL)


def is_reordered(text: str) -> bool:
    """Whether some of a text runs from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def runs_left(text: str) -> bool:
    """Whether a text as a whole runs from right to left: its first letter does (UAX 9, P2 and P3)."""
    if text.isascii():
        return False
    kinds = (unicodedata.bidirectional(character) for character in text)
    return next((kind for kind in kinds if kind in {"L", "R", "AL"}), "L") != "L"


def pieces(word: str) -> list[str]:
    """Split a word wherever a line of Chinese or Japanese may end within it."""
    if word.isascii() or not _IDEOGRAPHS.search(word):
        return [word]
    found = [word[0]]
    for before, character in pairwise(word):
        if _may_part(before, character):
            found.append(character)
        else:
            found[-1] += character
    return found


def _may_part(before: str, character: str) -> bool:
    if before in _STARTS or character in _ENDS:
        return False
    return bool(_IDEOGRAPHS.match(before) or _IDEOGRAPHS.match(character))


@functools.cache
def _letters() -> dict[str, dict[str, str]]:
    """Read the forms of all Arabic letters from Unicode's own decompositions; ligatures under both their letters.

    A letter without an initial form does not join the one after it.
    """
    found: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD)):
        kind, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        name = "".join(chr(int(letter, 16)) for letter in letters.split())
        if kind.strip("<>") in _FORMS:
            found.setdefault(name, {})[kind.strip("<>")] = chr(code)
    return found


def shaped(text: str) -> str:
    """Put Arabic letters into the forms they take beside their neighbours, lam and alef into one."""
    if text.isascii() or not _ARABIC.search(text):
        return text
    units = list(_units(text))
    bases = [place for place, unit in enumerate(units) if not unicodedata.combining(unit[0])]
    known = [_letters().get(units[place], _STRETCH if units[place] == _TATWEEL else _ALONE) for place in bases]
    for before, letter, after, place in zip([_ALONE, *known], known, [*known[1:], _ALONE], bases, strict=False):
        joined = ("initial" in before and "final" in letter) + 2 * ("initial" in letter and "final" in after)
        form = letter.get(_FORMS[joined]) or letter.get("isolated")
        units[place] = form or units[place]
    return "".join(units)


def _units(text: str) -> Iterator[str]:
    """Give letters one by one, lam and an alef after it as one."""
    place = 0
    while place < len(text):
        both = text[place : place + 2]
        step = 2 if both[0] == _LAM and both in _letters() else 1
        yield text[place : place + step]
        place += step


def visual(text: str) -> str:
    """Put one line into the order it is drawn in, from left to right."""
    if not is_reordered(text):
        return text
    text = shaped(text)
    return "".join(character for _, character in ordered(text, leftward=runs_left(text)))


def ordered(text: str, *, leftward: bool) -> list[tuple[int, str]]:
    """Order the characters of a line from left to right, each with its place in the text; brackets are mirrored."""
    from bidi import algorithm  # type: ignore[import-untyped]

    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = int(leftward), "LR"[leftward]
    algorithm.get_embedding_levels(text, storage)
    for place, character in enumerate(storage["chars"]):
        character["place"], character["type"] = place, character["type"] or "ON"  # what Unicode has not assigned
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    algorithm.reorder_resolved_levels(storage, debug=False)
    algorithm.apply_mirroring(storage, debug=False)
    return [(character["place"], character["ch"]) for character in storage["chars"]]


def stretches(line: Sequence[tuple[int, str]], owners: Sequence[int]) -> list[tuple[int, str]]:
    """Join ordered characters that belong to the same owner and stand side by side."""
    groups = groupby(line, key=lambda each: owners[each[0]])
    return [(owner, "".join(character for _, character in group)) for owner, group in groups]
