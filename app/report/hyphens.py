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
_LOOKED_AT: Final = 120
_SHORTEST: Final = 7
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
    """List where a word, perhaps with marks around it, may be divided, from its start; empty for short ones."""
    found = _INNER.fullmatch(word)
    if tag not in _DICTIONARIES or found is None or len(found[1]) < _SHORTEST:
        return ()
    start = found.start(1)
    return tuple(start + place for place in _dictionary(tag).positions(found[1]))


@functools.cache
def _dictionary(tag: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - pyphen has no types
    import pyphen  # type: ignore[import-untyped]

    return pyphen.Pyphen(lang=_DICTIONARIES[tag], left=_LEAST, right=_LEAST)
