"""Whether a text holds what was typed, and where: by the index's own rules, without the index.

Places are code points of the text, the first included and the last not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from app.search.query import Phrase
from app.search.unicode61 import GAP, MARK, folded, folded_letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.search.query import Near, Query, Term

Span = tuple[int, int]
LENGTH: Final = 90  # characters of a snippet, about
_LEAD: Final = 24  # of them before the first hit
_LONE_MARKS = re.compile(f"(?:(?<={GAP})|^){MARK}+")
_WORD = re.compile(f"[^{GAP}]+")
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")  # breaks lines, or turns what follows round


class Snippet(Struct, frozen=True):
    """A piece of a text on one line; `spans` are the hits in it, as places of the snippet."""

    text: str
    spans: tuple[Span, ...] = ()


def matches(query: Query, text: str) -> bool:
    """Whether a text is what was looked for; nothing is where there is nothing to find."""
    flat = _flat(text)
    return (
        bool(query)
        and all(_holds(term, flat) for term in query.terms)
        and not any(_holds(term, flat) for term in query.excluded)
    )


def spans(query: Query, text: str) -> tuple[Span, ...]:
    """Give the places to set off: where what was looked for stands, in order, none over another."""
    flat = _flat(text)
    return _joined(chain.from_iterable(_places(term, flat) for term in query.terms))


def snippet(query: Query, text: str, length: int = LENGTH) -> Snippet:
    """Cut a piece of about `length` characters out of a text, round the first hit, at the edges of words."""
    found = spans(query, text)
    start, end = _window(text, found[0] if found else (0, 0), length)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    words = _UNSHOWN.sub(" ", text[start:end])
    moved = ((max(a, start) - start, min(b, end) - start) for a, b in found if a < end and b > start)
    return Snippet(before + words + after, tuple((a + len(before), b + len(before)) for a, b in moved))


def occurrences(typed: str, text: str) -> tuple[Span, ...]:
    """Find typed letters anywhere in a text, also inside words: as an editor finds, letters folded as by the index."""
    wanted = folded_letters(typed).replace(MARK, "")
    if not wanted.strip():
        return ()
    flat = folded_letters(text)
    return tuple(found.span() for found in _letters(wanted, marked=MARK in flat).finditer(flat))


def _flat(text: str) -> str:
    """Fold a text; accents that no word is before stand between words."""
    flat = folded(text)
    return _LONE_MARKS.sub(lambda found: GAP * len(found[0]), flat) if MARK in flat else flat


# Phrases, by one regular expression each: the words of a text are never listed for them


@lru_cache(maxsize=256)
def _pattern(phrase: Phrase, *, marked: bool) -> re.Pattern[str]:
    """Write a phrase as a regular expression over a folded text.

    It begins with the first word's letters, and looks back for what may not stand before them: so the search can leap.
    """
    words = [_spelt(word, marked=marked) for word in phrase.words]
    if marked:  # what is looked back for must be of one length
        words[0] = f"(?<![^{GAP}]){words[0]}"
    else:
        words[0] += f"(?<![^{GAP}]{words[0]})"
    rest = f"{MARK}*" if marked else ""
    ending = f"[^{GAP}]*" if phrase.prefix else f"{rest}(?![^{GAP}])"
    return re.compile(f"{rest}{GAP}+".join(words) + ending)


@lru_cache(maxsize=64)
def _letters(wanted: str, *, marked: bool) -> re.Pattern[str]:
    return re.compile(_spelt(wanted, marked=marked) + (f"{MARK}*" if marked else ""))


def _spelt(word: str, *, marked: bool) -> str:
    """Spell a word out where accents may stand between its letters."""
    return f"{MARK}*".join(map(re.escape, word)) if marked else re.escape(word)


def _phrase_places(phrase: Phrase, flat: str) -> Iterator[Span]:
    pattern = _pattern(phrase, marked=MARK in flat)
    found = pattern.search(flat)
    while found:  # the next may begin inside this one, as "a a" does twice in "a a a"
        yield found.span()
        found = pattern.search(flat, found.start() + 1)


# NEAR, by the places of words


def _near_places(near: Near, flat: str) -> Iterator[Span]:
    """Give where phrases stand together: each that is within reach of another that is the last of some.

    As FTS5 has it, each phrase begins at or before the last one, and ends at most `distance` words before it.
    """
    words = flat.replace(MARK, "").split()
    where = [(len(phrase.words), _word_places(phrase, words)) for phrase in near.phrases]
    together: set[tuple[int, int]] = set()
    for last in sorted({place for _, places in where for place in places}):
        reach = [
            [(place, count) for place in places if last - count - near.distance <= place <= last]
            for count, places in where
        ]
        if all(reach):
            together.update(chain.from_iterable(reach))
    if together:
        listed = [found.span() for found in _WORD.finditer(flat)]
        yield from ((listed[place][0], listed[place + count - 1][1]) for place, count in together)


def _word_places(phrase: Phrase, words: list[str]) -> list[int]:
    """List which words of a text a phrase begins at."""
    first, count = phrase.words[0], len(phrase.words)
    if count == 1 and phrase.prefix:
        return [place for place, word in enumerate(words) if word.startswith(first)]
    places = [place for place, word in enumerate(words) if word == first]
    return places if count == 1 else [place for place in places if _follows(phrase, words[place : place + count])]


def _follows(phrase: Phrase, words: list[str]) -> bool:
    *others, last = phrase.words
    if len(words) < len(phrase.words) or words[:-1] != others:
        return False
    return words[-1].startswith(last) if phrase.prefix else words[-1] == last


# Either


def _holds(term: Term, flat: str) -> bool:
    return next(_places(term, flat), None) is not None


def _places(term: Term, flat: str) -> Iterator[Span]:
    return _phrase_places(term, flat) if isinstance(term, Phrase) else _near_places(term, flat)


def _joined(found: Iterable[Span]) -> tuple[Span, ...]:
    """Join places that overlap."""
    joined: list[Span] = []
    for start, end in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _window(text: str, first: Span, length: int) -> Span:
    """Choose where to cut: a little before the first hit, as much as fits after it, never inside a word."""
    start = max(first[0] - min(_LEAD, length // 3), 0)
    end = min(max(start + length, min(first[1], first[0] + length)), len(text))
    if end == len(text):
        start = max(min(start, end - length), 0)
    if start:
        space = text.find(" ", start - 1, first[0])
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", max(first[1], start + length // 2), end + 1)
        end = space if space >= 0 else end
    return start, end
