"""Put two note-takers' lines of one interview side by side, by when they were noted and the words they share."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

FAR: Final = 300.0  # seconds; two people write the same thing down well within five minutes of each other
ALIKE: Final = 0.3  # Dice coefficient of the words
_TIME_COUNTS: Final = 0.25  # how much two lines noted at once have over two far apart, in Dice
_UNKNOWN: Final = 0.5  # what stands for nearness where a time is missing
_WORD = re.compile(r"\w+")


class Noted(Protocol):
    """What is needed of a line: an entry's, or an original's."""

    @property
    def key(self) -> str:
        """What tells it apart."""

    @property
    def text(self) -> str:
        """What was noted."""

    @property
    def at(self) -> datetime | None:
        """When it was noted."""


Line = TypeVar("Line", bound=Noted)


class Pair(Struct, Generic[Line], frozen=True):
    """Two lines that say the same, or one that has no counterpart."""

    left: Line | None
    right: Line | None

    def mirrored(self) -> Pair[Line]:
        """Give the pair with its sides changed."""
        return Pair(self.right, self.left)


def align(left: Sequence[Line], right: Sequence[Line]) -> tuple[Pair[Line], ...]:
    """Pair the lines of two note-takers, each exactly once and in each one's order.

    Of all such pairings the one is taken whose pairs are, together, most alike and nearest in time; lines far apart,
    or with few words in common, stay alone. Which of two equally good ones is taken depends on the lines alone, not
    on who stands left: the other way round the result is the same, mirrored.
    """
    if _rank(left) > _rank(right):
        return tuple(pair.mirrored() for pair in align(right, left))
    scores = _scores(left, right)
    return tuple(_walk(left, right, scores, _best(len(left), len(right), scores)))


def words_of(text: str) -> frozenset[str]:
    """Give a text's words, with case and accents folded."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return frozenset(_WORD.findall(plain.casefold()))


def _rank(lines: Sequence[Noted]) -> list[tuple[str, str, str]]:
    return [(line.key, line.text, line.at.isoformat() if line.at else "") for line in lines]


_Scores = dict[tuple[int, int], float]


def _scores(left: Sequence[Line], right: Sequence[Line]) -> _Scores:
    """Say how well lines pair up, by their places; pairs that are not to be made are left out."""
    words = [words_of(line.text) for line in right]
    where: dict[str, list[int]] = {}
    for place, found in enumerate(words):
        for word in found or {right[place].text.strip()}:  # a line of signs alone is like another of the same ones
            where.setdefault(word, []).append(place)
    scores = {}
    for row, line in enumerate(left):
        own = words_of(line.text) or frozenset({line.text.strip()})
        for column, shared in _shared(own, where).items():
            alike = 2 * shared / (len(own) + max(1, len(words[column])))
            near = _nearness(line.at, right[column].at)
            if alike >= ALIKE and near >= 0:
                scores[row, column] = alike + _TIME_COUNTS * near
    return scores


def _shared(words: frozenset[str], where: dict[str, list[int]]) -> dict[int, int]:
    """Count the words a line shares with each that it shares any with."""
    counts: dict[int, int] = {}
    for word in words:
        for place in where.get(word, ()):
            counts[place] = counts.get(place, 0) + 1
    return counts


def _nearness(one: datetime | None, other: datetime | None) -> float:
    """Say how near two times are: 1 at once, 0 at the limit, below it beyond."""
    if one is None or other is None:
        return _UNKNOWN
    return 1 - abs((one - other).total_seconds()) / FAR


def _best(rows: int, columns: int, scores: _Scores) -> list[list[float]]:
    """Work out the best total from each place on: the longest common subsequence, weighted."""
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    by_row: dict[int, dict[int, float]] = {}
    for (row, column), score in scores.items():
        by_row.setdefault(row, {})[column] = score
    for row in range(rows - 1, -1, -1):
        below, here, own = best[row + 1], best[row], by_row.get(row, {})
        right = 0.0
        for column in range(columns - 1, -1, -1):
            total = max(below[column], right)
            if column in own:
                total = max(total, own[column] + below[column + 1])
            here[column] = right = total
    return best


def _walk(
    left: Sequence[Line], right: Sequence[Line], scores: _Scores, best: list[list[float]]
) -> Iterator[Pair[Line]]:
    """Follow the best total from the beginning; lines that stay alone between two pairs go by their time."""
    row = column = 0
    while row < len(left) and column < len(right):
        total, down, along = best[row][column], best[row + 1][column], best[row][column + 1]
        score = scores.get((row, column))
        if score is not None and total == score + best[row + 1][column + 1]:
            yield Pair(left[row], right[column])
            row, column = row + 1, column + 1
        elif down == total and (along < total or not _later(left[row], right[column])):
            yield Pair(left[row], None)
            row += 1
        else:
            yield Pair(None, right[column])
            column += 1
    yield from (Pair(line, None) for line in left[row:])
    yield from (Pair(None, line) for line in right[column:])


def _later(one: Noted, other: Noted) -> bool:
    return one.at is not None and other.at is not None and one.at > other.at
