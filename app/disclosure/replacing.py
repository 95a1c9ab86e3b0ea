"""Put what is printed instead in the place of names, and say where everything else went."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from app.disclosure.names import MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.disclosure.spotting import Spot, Spotter

_THE: Final = "the "
_ARTICLE: Final = re.compile(r"\b(?:the|an?)\s+$", re.IGNORECASE)
_A: Final = re.compile(r"\b([aA])n?(\s+)$")
_POSSESSIVE: Final = re.compile(r"['\u2019\u02bc`\u00b4]s?$")
_SENTENCE: Final = re.compile(r"(?:^|[.!?\u2026]|\n)[\s\"'\u201c\u201d\u201e\u2018\u2019\u00bb\u00ab(\[\u2022*-]*$")
_SHORTENED: Final = re.compile(
    r"(?:\b(?:e\.\s?g|i\.\s?e|z\.\s?b|d\.\s?h|u\.\s?a|etc|bzw|ca|approx|vs|dr|mr|mrs|ms|prof|no|nr|cf|vgl|incl|inkl|\w))\.\s+$",
    re.IGNORECASE,
)
_VOWELS: Final = "aeioAEIO"
_SPELT_VOWELS: Final = "AEFHILMNORSX"  # of letters that are read one by one
_ROOM: Final = 24  # as many code points before a name are looked at
_FAR: Final = 200  # and as many of what stands beside it without a blank
_EMAIL: Final = re.compile(r"[^\s@<>(),;:\"\[\]]+@[^\s@<>(),;:\"\[\]]+\w")
_IN_IDENTIFIER: Final = re.compile(r"[@_\\=~#]|:/|\w\.$|/\S*/$|^/")
_GOES_ON: Final = re.compile(r"[@_\\=~]|\.\w|:\d|/\S*[/.]\w")


class Edit(NamedTuple):
    """That code points from `start` to before `end` of a text gave way to other words."""

    start: int
    end: int
    new: str


class Replaced(NamedTuple):
    """A text with names replaced, and the edits that made it, in order and apart from one another."""

    text: str
    edits: tuple[Edit, ...] = ()


def replaced(text: str, spotter: Spotter) -> Replaced:
    """Replace all names in a text; what is printed instead of one makes no new one: such words are cut out."""
    spots = spotter.find(text)
    if not spots:
        return Replaced(text)
    edits = _apart(_edit(text, spot) for spot in spots)
    made = _made(text, edits)
    while spots := spotter.find(made):
        edits = _apart((*edits, *_cuts(edits, spots)))
        made = _made(text, edits)
    return Replaced(made, tuple(edits))


def moved(start: int, end: int, edits: Iterable[Edit]) -> tuple[int, int]:
    """Say where a stretch of a text is after edits: it takes in the whole of what was put in where it was cut into."""
    edits = tuple(edits)
    return _place(start, edits, behind=False), _place(end, edits, behind=True)


def _place(at: int, edits: tuple[Edit, ...], *, behind: bool) -> int:
    grown = 0
    for edit in edits:
        if at <= edit.start:
            break
        if at < edit.end:
            return edit.start + grown + (len(edit.new) if behind else 0)
        grown += len(edit.new) - (edit.end - edit.start)
    return at + grown


def _made(text: str, edits: Sequence[Edit]) -> str:
    pieces = []
    at = 0
    for edit in edits:
        pieces += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join((*pieces, text[at:]))


def _apart(edits: Iterable[Edit]) -> list[Edit]:
    """Make one cut of edits that overlap."""
    found: list[Edit] = []
    for edit in sorted(edits):
        if found and edit.start < found[-1].end:
            found[-1] = Edit(found[-1].start, max(found[-1].end, edit.end), MARK)
        else:
            found.append(edit)
    return found


def _cuts(edits: Sequence[Edit], spots: Iterable[Spot]) -> list[Edit]:
    """Say what of the first text to cut out for names that only stand in what was made of it."""
    back: list[Edit] = []
    grown = 0
    for edit in edits:
        start = edit.start + grown
        back.append(Edit(start, start + len(edit.new), " " * (edit.end - edit.start)))
        grown += len(edit.new) - (edit.end - edit.start)
    return [Edit(*moved(spot.start, spot.end, back), MARK) for spot in spots]


def _edit(text: str, spot: Spot) -> Edit:
    left, right = _blank_before(text, spot.start), _blank_behind(text, spot.end)
    before, behind = text[left : spot.start], text[spot.end : right]
    addresses = _EMAIL.finditer(text, left, right) if "@" in text[left:right] else ()
    for address in addresses:
        if address.start() < spot.end and spot.start < address.end():
            return Edit(min(address.start(), spot.start), max(address.end(), spot.end), MARK)
    if _IN_IDENTIFIER.search(before) or _GOES_ON.match(behind):
        return Edit(spot.start, spot.end, MARK)
    return _with_article(text, Edit(spot.start, spot.end, _words(text, spot)))


def _with_article(text: str, edit: Edit) -> Edit:
    """Have an article fit the words behind it: "an IT manager", but "a participant"."""
    found = _A.search(text[max(0, edit.start - _ROOM) : edit.start])
    if not found or not edit.new[:1].isalpha():
        return edit
    vowels = _SPELT_VOWELS if len(edit.new) > 1 and edit.new[:2].isupper() else _VOWELS
    article = f"{found[1]}{'n' if edit.new[0] in vowels else ''}{found[2]}"
    if article == found.group():
        return edit
    return Edit(edit.start - len(found.group()), edit.end, f"{article}{edit.new}")


def _blank_before(text: str, at: int) -> int:
    first = max(0, at - _FAR)
    while at > first and not text[at - 1].isspace():
        at -= 1
    return at


def _blank_behind(text: str, at: int) -> int:
    last = min(len(text), at + _FAR)
    while at < last and not text[at].isspace():
        at += 1
    return at


def _words(text: str, spot: Spot) -> str:
    """Word what is printed instead so that it fits its place: article, capital, possessive, parts of a compound."""
    words = spot.instead
    before = text[max(0, spot.start - _ROOM) : spot.start]
    joined = before[-1:].isalnum()
    if words.casefold().startswith(_THE) and (joined or before.endswith("-") or _ARTICLE.search(before)):
        words = words[len(_THE) :]
    elif begins_sentence(before):
        words = words[:1].upper() + words[1:]
    words += _ending(words, text[spot.root : spot.end])
    if words.startswith(MARK):
        return words
    return f"{'-' if joined else ''}{words}{'-' if text[spot.end : spot.end + 1].isalnum() else ''}"


def begins_sentence(before: str) -> bool:
    """Whether a word that stands behind some text begins a sentence."""
    return bool(_SENTENCE.search(before)) and not _SHORTENED.search(before)


def _ending(words: str, ending: str) -> str:
    """Keep a possessive; other endings were the name's."""
    found = _POSSESSIVE.search(ending)
    if not found:
        return ""
    apostrophe = found.group()[0]
    return apostrophe if words.endswith("s") and len(found.group()) == 1 else f"{apostrophe}s"
