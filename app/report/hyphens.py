"""Where words may be divided at a line's end, in German and English, the languages notes are mostly taken in."""

from __future__ import annotations

import functools
import re
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

SOFT: Final = "\N{SOFT HYPHEN}"
"""What stands at the line's end: drawn as a hyphen, and left out by readers that copy or read aloud."""

_DICTIONARIES: Final = {"en": "en_US", "de": "de_DE"}
_ENGLISH: Final = """the of and to in is that it for was on are with as be by this at from or an not but we they have
has which their there been were if no can would what when all so our by how"""
_GERMAN: Final = """der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden
aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum haben nur oder aber vor zur wir wenn
kein keine man"""
_COMMON: Final = {"en": frozenset(_ENGLISH.split()), "de": frozenset(_GERMAN.split())}
_WORD: Final = re.compile(r"[^\W\d_]+")
_INNER: Final = re.compile(r"\W*([^\W\d_]+)\W*")
_PATTERN: Final = re.compile(r"(\d?)(\D?)")
_LOOKED_AT: Final = 120
_SHORTEST: Final = 7
_LONGEST: Final = 80
_LEAST: Final = 3

_usual: ContextVar[str] = ContextVar("usual", default="")


@contextmanager
def usually(tag: str) -> Iterator[None]:
    """Take a language, such as "de-AT", for what has no word that tells; nothing but German and English is divided."""
    token = _usual.set(tag.partition("-")[0])
    try:
        yield
    finally:
        _usual.reset(token)


def usual() -> str:
    """Give the language in force for what has no word that tells."""
    return _usual.get()


def language(text: str, otherwise: str = "") -> str:
    """Tell German from English by their commonest words, "de" or "en"; `otherwise` where neither has more of them."""
    words = [word.lower() for word in _WORD.findall(text[: _LOOKED_AT * 12])[:_LOOKED_AT]]
    english, german = (sum(word in _COMMON[tag] for word in words) for tag in ("en", "de"))
    if english == german:
        return otherwise if otherwise in _DICTIONARIES else ""
    return "en" if english > german else "de"


def is_name_like(word: str, tag: str) -> bool:
    """Whether a word may be a name: it has capitals, which in German alone means nothing at its start."""
    letters = word[1:] if tag == "de" and len(word) > _SHORTEST + 2 else word
    return letters != letters.lower()


@functools.lru_cache(maxsize=20_000)
def places(word: str, tag: str) -> tuple[int, ...]:
    """List where a word, perhaps with marks around it, may be divided, from its start; none in a short one."""
    found = _INNER.fullmatch(word)
    if tag not in _DICTIONARIES or found is None or not _SHORTEST <= len(found[1]) <= _LONGEST:
        return ()
    start, last = found.start(1), len(found[1]) - _LEAST
    return tuple(start + place for place in _patterns(tag).places(found[1]) if _LEAST <= place <= last)


class _Patterns:
    """Pyphen's patterns of a language, each read when a word has its letters: all German ones take half a second.

    A pattern is letters with digits between them; where the greatest digit of all that match is odd, a word may be
    divided (F. M. Liang, Word Hy-phen-a-tion by Com-put-er, 1983).
    """

    def __init__(self, content: bytes) -> None:
        encoding, _, rest = content.partition(b"\n")
        letters, patterns = (
            text.decode(encoding.decode().strip()).split("\n") for text in (rest.translate(None, b"0123456789"), rest)
        )
        self._patterns = dict(zip(letters, patterns, strict=True))
        self._longest = max(map(len, letters))

    def places(self, word: str) -> list[int]:
        """List where a word may be divided."""
        text = f".{word.lower()}."
        points = [0] * (len(text) + 1)
        for start in range(len(text)):
            for end in range(start + 1, min(start + self._longest, len(text)) + 1):
                pattern = self._patterns.get(text[start:end])
                if pattern is not None:
                    for place, digit in enumerate(_digits(pattern), start):
                        points[place] = max(points[place], digit)
        return [place - 1 for place, digit in enumerate(points) if digit % 2]


def _digits(pattern: str) -> list[int]:
    """Read the digit before each letter of a pattern, and that behind the last."""
    return [int(digit or 0) for digit, letter in _PATTERN.findall(pattern) if digit or letter]


@functools.cache
def _patterns(tag: str) -> _Patterns:
    from pyphen import LANGUAGES  # type: ignore[import-untyped]

    return _Patterns(LANGUAGES[_DICTIONARIES[tag]].read_bytes())
