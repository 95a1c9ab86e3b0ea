"""Runs of text into lines: where each ends so that it fits, looks even, and leaves no short word alone at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from app.report.fonts import font_of
from app.report.hyphens import SOFT, is_name_like, places
from app.report.scripts import is_reordered, ordered, pieces, runs_left, shaped, stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PARTS: Final = re.compile(r"(?<=[^\W\d_]{2}[/+_#&=])(?=[^\W\d_]{2})")
_MARKS: Final = re.compile(r"[/+_#&=]")
_BLANKS: Final = re.compile(r" (?!(?<=\d )%)")
_REFERENCE: Final = 16
_FUZZ: Final = 1e-6
_UNEVEN: Final = 3.2
"""A word is divided where more than this many sizes would stay empty, and a fair part of the line."""
_UNEVEN_SHARE: Final = 0.12
_RUNT: Final = 0.2


@dataclass(frozen=True, slots=True)
class Frag:
    """A stretch set in one way, under ReportLab's names; `to` is a place in this document, and text "" a line end."""

    text: str
    fontName: str  # noqa: N815
    fontSize: float  # noqa: N815
    textColor: Any  # noqa: N815
    to: str = ""


class Piece(NamedTuple):
    """Letters of one stretch, and their width."""

    frag: Frag
    text: str
    width: float

    @classmethod
    def of(cls, frag: Frag, text: str) -> Piece:
        """Measure letters."""
        return cls(frag, text, _width(frag, text))


class Word(NamedTuple):
    """What is not parted but in need: its pieces, its width, and the width of the space before it."""

    pieces: tuple[Piece, ...]
    width: float
    space: float


class Line(NamedTuple):
    """A line: its words and its width; `divided` where its last word goes on in the next one after a hyphen."""

    words: tuple[Word, ...]
    width: float
    divided: bool = False
    last: bool = False
    """Whether the writer ended it."""
    leftward: bool = False
    """Whether the text it is of is read from right to left."""


class Rules(NamedTuple):
    """How lines are made: the language words are divided in, "" for not at all, and whether also to be even."""

    language: str = ""
    even: bool = False


def words_of(frags: Iterable[Frag]) -> list[list[Word]]:
    """Take stretches apart into words, a list for each line the writer ended."""
    lines: list[list[Word]] = [[]]
    glued: list[Piece] = []
    space = 0.0

    def close(after: float) -> None:
        nonlocal space
        if glued:
            wide = glued[0].width if len(glued) == 1 else sum(piece.width for piece in glued)
            lines[-1].append(Word(tuple(glued), wide, space))
            glued.clear()
        space = after if lines[-1] else 0.0

    for frag in frags:
        if not frag.text:
            close(0.0)
            lines.append([])
        blank, plain = _width(frag, " "), frag.text.isascii()
        for number, token in enumerate(_tokens(frag)):
            if number:
                close(blank)
            for place, part in enumerate(_parts(token)):
                if place:
                    close(0.0)
                glued.append(Piece.of(frag, part if plain else shaped(part)))
    close(0.0)
    return lines


def _tokens(frag: Frag) -> list[str]:
    """Split a stretch at its blanks, but a number from its "%" and a short reference, "I7 line 12", nowhere."""
    if frag.to and len(frag.text) <= _REFERENCE:
        return [frag.text]
    return _BLANKS.split(frag.text) if "%" in frag.text else frag.text.split(" ")


def _parts(token: str) -> list[str]:
    """Split a token where a line may end within it: after a mark between words, and between ideographs.

    A typed hyphen is no such mark: readers take one at a line's end for ours, and drop it when they copy.
    """
    if token.isascii() and not _MARKS.search(token):
        return [token] if token else []
    return [part for half in _PARTS.split(token) for part in pieces(half)]


def broken(lines: Iterable[Sequence[Word]], room: float, rules: Rules) -> list[Line]:
    """Break words into lines that fit into a room."""
    return [line for words in lines for line in _turned(words, _Breaker(room, rules).lines(words))]


def _turned(words: Iterable[Word], lines: list[Line]) -> list[Line]:
    """Mark lines as read from right to left where the text does, whatever letter a line happens to begin with."""
    text = "".join([piece.text for word in words for piece in word.pieces])
    if is_reordered(text) and runs_left(text):
        return [line._replace(leftward=True) for line in lines]
    return lines


class _Breaker:
    """Fills lines one after another."""

    def __init__(self, room: float, rules: Rules) -> None:
        self.room = room + _FUZZ
        self.rules = rules

    def lines(self, words: Sequence[Word]) -> list[Line]:
        found: list[Line] = []
        rest = list(reversed(words))
        while rest:
            found.append(self._line(rest))
        if not found:
            return [Line((), 0.0, last=True)]
        found[-1] = found[-1]._replace(last=True)
        return self._without_runt(found)

    def _line(self, rest: list[Word]) -> Line:
        """Take as many words as fit off the end of the rest."""
        words: list[Word] = []
        used = 0.0
        while rest:
            word = rest[-1]
            start = used + word.space if words else 0.0
            if start + word.width > self.room:
                halves = self._halves(word, self.room - start, first=not words, last=len(rest) == 1)
                if halves is None:
                    break
                rest[-1] = halves[1]
                words.append(halves[0])
                hyphen = halves[0].pieces[-1].text.endswith(SOFT)
                return Line(tuple(words), start + halves[0].width, hyphen)
            words.append(word)
            used = start + word.width
            rest.pop()
        return Line(tuple(words), used)

    def _halves(self, word: Word, room: float, *, first: bool, last: bool) -> tuple[Word, Word] | None:
        """Divide a word that does not fit, where that helps or cannot be helped; half of one is no last line."""
        forced = word.width > self.room
        if self.rules.language and (forced or (not last and self._helps(word, room))):
            found = self._divided(word, room, forced=forced)
            if found is not None:
                return found
        return _cut(word, room) if forced and first else None

    def _helps(self, word: Word, room: float) -> bool:
        return self.rules.even and room > max(_UNEVEN * word.pieces[0].frag.fontSize, _UNEVEN_SHARE * self.room)

    def _divided(self, word: Word, room: float, *, forced: bool) -> tuple[Word, Word] | None:
        *before, last = word.pieces
        if before or not (forced or self._is_plain(word, last.text)):
            return None
        for place in reversed(places(last.text, self.rules.language)):
            head = Piece.of(last.frag, last.text[:place] + SOFT)
            if head.width <= room:
                tail = Piece.of(last.frag, last.text[place:])
                return Word((head,), head.width, word.space), Word((tail,), tail.width, 0.0)
        return None

    def _is_plain(self, word: Word, text: str) -> bool:
        """Whether a word is neither a name nor a part of an address or of a word with hyphens."""
        return bool(word.space) and text[-1] not in "-/" and not is_name_like(text, self.rules.language)

    def _without_runt(self, lines: list[Line]) -> list[Line]:
        """Give the last line a second word where it would be one short word alone."""
        if len(lines) < 2:
            return lines
        *others, above, last = lines
        moved = above.words[-1]
        wide = moved.width + last.words[0].space + last.words[0].width
        if len(last.words) > 1 or len(above.words) < 4 or above.divided or last.width > _RUNT * self.room:
            return lines
        if not (moved.space and last.words[0].space) or wide > self.room or moved.width > 2 * _RUNT * self.room:
            return lines
        upper = above.words[:-1]
        return [
            *others,
            Line(upper, above.width - moved.width - moved.space),
            Line((moved, last.words[0]), wide, last=True),
        ]


def _cut(word: Word, room: float) -> tuple[Word, Word]:
    """Cut a word that no line has room for, after a hyphen where there is one, and at least after one letter."""
    total, wide, place = sum(len(piece.text) for piece in word.pieces), 0.0, 0
    for frag, letter in ((piece.frag, letter) for piece in word.pieces for letter in piece.text):
        wide += _width(frag, letter)
        if wide > room:
            break
        place += 1
    place = min(max(place, 1), total - 1) or total
    hyphen = "".join([piece.text for piece in word.pieces])[:place].rfind("-") + 1
    head, tail = _parted(word.pieces, hyphen if hyphen > place / 2 else place)
    wide = sum(piece.width for piece in head)
    return Word(head, wide, word.space), Word(tail, word.width - wide, 0.0)


def _parted(row: Sequence[Piece], place: int) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Part pieces after a number of letters."""
    head: list[Piece] = []
    for number, piece in enumerate(row):
        if place < len(piece.text):
            first = Piece.of(piece.frag, piece.text[:place])
            second = Piece(piece.frag, piece.text[place:], piece.width - first.width)
            begun = [first] if place else []
            return (*head, *begun), (second, *row[number + 1 :])
        head.append(piece)
        place -= len(piece.text)
    return tuple(head), ()


def rejoined(lines: Iterable[Line]) -> list[list[Word]]:
    """Make words of lines again, to break them anew; a word that was divided becomes whole."""
    found: list[list[Word]] = [[]]
    half: Word | None = None
    for line in lines:
        words = list(line.words)
        if half is not None:
            words[0] = _whole(half, words[0])
        half = words.pop() if line.divided else None
        found[-1] += words
        if line.last:
            found.append([])
    return found if found[-1] else found[:-1]


def _whole(head: Word, tail: Word) -> Word:
    first, second = head.pieces[-1], tail.pieces[0]
    piece = Piece.of(first.frag, first.text.removesuffix(SOFT) + second.text)
    return Word((piece,), piece.width, head.space)


def line_said(line: Line) -> str:
    """Give the words of a line, without what divides the last of them."""
    words = (f"{' ' if word.space else ''}{''.join(piece.text for piece in word.pieces)}" for word in line.words)
    return "".join(words).replace(SOFT, "").strip()


def drawn(line: Line) -> list[Piece]:
    """Give the stretches of a line as they stand from left to right."""
    found = _spaced(line)
    text = "".join([piece.text for piece in found])
    if not is_reordered(text):
        return found
    owners = [number for number, piece in enumerate(found) for _ in piece.text]
    text = text.replace(SOFT, "-")  # the order is one of letters, and has no place for it
    parts = stretches(ordered(text, leftward=line.leftward), owners)
    return [Piece.of(found[owner].frag, part) for owner, part in parts]


def _spaced(line: Line) -> list[Piece]:
    """Give the stretches of a line with the spaces between its words, neighbours that are set alike as one."""
    found: list[Piece] = []
    held: list[str] = []
    frag: Frag | None = None
    for word in line.words:
        if word.space and held:
            held.append(" ")
        for piece in word.pieces:
            if piece.frag is not frag:
                if frag is not None:
                    found.append(Piece.of(frag, "".join(held)))
                frag, held = piece.frag, []
            held.append(piece.text)
    if frag is not None:
        found.append(Piece.of(frag, "".join(held)))
    return found


def _width(frag: Frag, text: str) -> float:
    return font_of(frag.fontName).stringWidth(text, frag.fontSize)
