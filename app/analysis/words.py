"""What passages say as the notes stand, and whether that is still what they said when something was rested on them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.model.document import StudyDocument
    from app.model.evidence import Evidence, Passage
    from app.model.source import Entry, Source

JOIN: Final = " … "
"""Stands between the stretches of a passage where they are written on one line."""

_MOST: Final = 8  # stretches whose every order is tried


class Words:
    """The words of a study's passages; a source's lines are looked at once one of its passages is asked for."""

    def __init__(self, document: StudyDocument) -> None:
        self._passages: Mapping[str, Passage] = {each.key: each for each in document.passages}
        self._sources: Mapping[str, Source] = {each.key: each for each in document.sources}
        self._lines: dict[str, dict[str, tuple[int, Entry]]] = {}

    def lines(self, source: str) -> Mapping[str, tuple[int, Entry]]:
        """Give the lines of a source with their numbers from 0, by their keys."""
        if source not in self._lines:
            entries = self._sources[source].entries
            self._lines[source] = {entry.key: (number, entry) for number, entry in enumerate(entries)}
        return self._lines[source]

    def entries(self, passage: str) -> tuple[Entry, ...]:
        """List the lines that a passage lies in, each once."""
        found = self._passages[passage]
        lines = self.lines(found.source)
        return tuple(lines[key][1] for key in dict.fromkeys(span.entry for span in found.spans) if key in lines)

    def source(self, passage: str) -> str:
        """Give the key of the source that a passage is of."""
        return self._passages[passage].source

    def stretches(self, passage: str) -> tuple[str, ...]:
        """List what a passage's stretches say, in the order in which they stand in the notes; empty for none."""
        found = self._passages[passage]
        lines = self.lines(found.source)
        spans = [span for span in found.spans if span.entry in lines]
        spans.sort(key=lambda span: (lines[span.entry][0], span.start))
        return tuple(lines[span.entry][1].text[span.start : span.end] for span in spans)

    def now(self, passage: str) -> str:
        """Give what a passage says as the notes stand; empty where its words are gone."""
        return JOIN.join(self.stretches(passage))

    def shown(self, passage: str) -> str:
        """Give what a passage says as the notes stand, or what it said when it was marked where that is gone."""
        return self.now(passage) or self._passages[passage].words

    def then(self, link: Evidence) -> str:
        """Give what a passage said when something was rested on it."""
        return link.words or self._passages[link.passage].words

    def changed(self, link: Evidence) -> bool:
        """Whether a passage no longer says what it said when something was rested on it: it is to be checked again."""
        return differs(self.then(link), self.stretches(link.passage))


def differs(then: str, stretches: Sequence[str]) -> bool:
    """Whether stretches of notes say anything else than a text did: a word more, less, or another.

    Blanks do not count, nor the sign between stretches, nor in which order they stand: lines that are split, joined
    or moved change nothing. Without any stretch left it differs.
    """
    if stretches and JOIN.join(stretches) == then:
        return False  # as nearly always
    before = _words(then)
    blocks = [words for text in stretches if (words := _words(text))]
    now = [word for block in blocks for word in block]
    if not stretches or Counter(before) != Counter(now):
        return True
    return list(before) != now and not _spelled(before, blocks)


def on_one_line(text: str) -> str:
    """Write a text with single blanks and no sign between stretches: what `differs` looks at."""
    return " ".join(_words(text))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split() if word != JOIN.strip())


def _spelled(words: tuple[str, ...], blocks: list[tuple[str, ...]]) -> bool:
    """Whether blocks of words, put in some order, make a text; of many only the order given is tried."""
    if not blocks:
        return True
    for block in dict.fromkeys(blocks) if len(blocks) <= _MOST else blocks[:1]:
        if words[: len(block)] == block:
            rest = blocks.copy()
            rest.remove(block)
            if _spelled(words[len(block) :], rest):
                return True
    return False
