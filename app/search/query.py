"""What a person types to find something, read into a `Query`; whatever is typed is one, and FTS5 understands it.

Words that all must be there, "exact phrases", beginnings with a star (dri*), NEAR(drift alarm, 5) for words that
stand at most so many others apart, and -word for what must not be there. Everything else is a word or stands between
words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from app.search.unicode61 import GAP, folded, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

APART: Final = 10  # words between those of NEAR(…) where nobody says how many; as FTS5 has it
FARTHEST: Final = 1_000
_QUOTES = '"“”„«»'
_PART = re.compile(
    rf"""
    (?P<minus>(?<!\S)-)?
    (?:
        NEAR\((?P<near>(?:[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]?|[^{_QUOTES})])*)(?P<near_end>\))?
      | [{_QUOTES}](?P<phrase>[^{_QUOTES}]*)(?P<phrase_end>[{_QUOTES}]\*?)?
      | (?P<word>[^\s{_QUOTES}]+)
    )
    """,
    re.VERBOSE,
)
_DISTANCE = re.compile(r",\s*([0-9]{1,9})\s*$")


class Phrase(Struct, frozen=True):
    """Words that follow each other, folded as the index has them; with `prefix` the last may go on."""

    words: tuple[str, ...]
    prefix: bool = False

    def expression(self) -> str:
        """Write it for FTS5; words hold no quotation marks, for those stand between words."""
        return f'"{" ".join(self.words)}"' + ("*" if self.prefix else "")


class Near(Struct, frozen=True):
    """Phrases that stand together, with at most `distance` words between the first and the last of them."""

    phrases: tuple[Phrase, ...]
    distance: int = APART

    def expression(self) -> str:
        """Write it for FTS5."""
        return f"NEAR({' '.join(phrase.expression() for phrase in self.phrases)}, {self.distance})"


Term = Phrase | Near


class Query(Struct, frozen=True):
    """What must be there, all of it, and what must not."""

    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is something to find; leaving out alone finds nothing."""
        return bool(self.terms)

    def expression(self) -> str:
        """Write it as what FTS5 takes after MATCH; empty where there is nothing to find."""
        wanted = " AND ".join(term.expression() for term in self.terms)
        if not self.terms or not self.excluded:
            return wanted
        return f"({wanted}) NOT ({' OR '.join(term.expression() for term in self.excluded)})"


def parse(text: str, *, typing: bool = False) -> Query:
    """Read what was typed.

    Args:
        text: as typed.
        typing: somebody is still at it: the word at the very end may go on.
    """
    terms: dict[Term, None] = {}  # each once, in the order typed
    excluded: dict[Term, None] = {}
    for part in _PART.finditer(text):
        minus = part["minus"] is not None
        term = _term(part, open_end=typing and not minus and part.end() == len(text))
        if term is not None:
            (excluded if minus else terms)[term] = None
    return Query(tuple(terms), tuple(excluded))


def _term(part: re.Match[str], *, open_end: bool) -> Term | None:
    if part["near"] is not None:
        return _near(part["near"], open_end=open_end and part["near_end"] is None)
    return _phrase(part, open_end=open_end)


def _near(inside: str, *, open_end: bool) -> Term | None:
    told = _DISTANCE.search(inside)
    body = inside[: told.start()] if told else inside
    phrases = tuple(_phrases(body, open_end=open_end and not told))
    if len(phrases) < 2:
        return phrases[0] if phrases else None
    return Near(phrases, min(int(told[1]), FARTHEST) if told else APART)


def _phrases(body: str, *, open_end: bool) -> Iterator[Phrase]:
    """Read the words and phrases inside NEAR(…), where nothing else has a meaning."""
    for part in _PART.finditer(body):
        if part["near"] is not None:
            yield from _phrases(part["near"], open_end=open_end)
        elif phrase := _phrase(part, open_end=open_end and part.end() == len(body)):
            yield phrase


def _phrase(part: re.Match[str], *, open_end: bool) -> Phrase | None:
    """Read a word or a phrase in quotation marks; a word of several ("drift-alarm") is a phrase."""
    text, ending = (part["word"], "") if part["phrase"] is None else (part["phrase"], part["phrase_end"] or "")
    words = tuple(token.word for token in tokens(text))
    if not words:
        return None
    starred = ending.endswith("*") or (part["phrase"] is None and text.endswith("*"))
    goes_on = open_end and not ending and folded(text)[-1] != GAP and _tells_something(words[-1])
    return Phrase(words, prefix=starred or goes_on)


def _tells_something(word: str) -> bool:
    """Whether to find what begins with a word that is being typed: with one Latin letter, a tenth of all words does."""
    return len(word) > 1 or not word.isascii()
