"""A first draft of a mapping between two rubrics: what has the same id, and what comes closest by its words.

A draft saves searching, not thinking: only entries for the same ids are entries, all others are comments, and every
note is still to be written.
"""

import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import log, sqrt
from typing import Final

from msgspec import Struct

from app.rubric.mapping import steps
from app.rubric.structure import Rubric
from app.rubric.write import id_text

_WIDTH: Final = 110
_CLOSE: Final = 0.15  # of 1, below which two sentences have nothing to do with each other
_STEM: Final = 5  # letters by which "deployed" and "deployment" are one word
_WORD: Final = re.compile(r"[^\W\d_]{4,}")

Words = frozenset[str]


class Draft(Struct, frozen=True):
    """The YAML of a drafted mapping, with the number of its entries and of those it only suggests in comments."""

    text: str
    entries: int
    suggested: int


class _Part(Struct, frozen=True):
    """A criterion, or one of the levels that are picked there, with the sentence that says what it is.

    `words` are the beginnings of the longer words it is told in.
    """

    criterion: str
    level: str
    sentence: str
    words: Words


def draft_mapping(source: Rubric, target: Rubric) -> Draft:
    """Draft the mapping from one rubric to another, in the target's order."""
    offers, wanted = tuple(_parts(source)), tuple(_parts(target))
    rarity = _rarity([part.words for part in (*offers, *wanted)])
    alike = {(offer.criterion, offer.level): offer for offer in offers}
    lines, entries, suggested = _head(source, target), 0, 0
    for part in wanted:
        if same := alike.get((part.criterion, part.level)):
            lines += ["", *_entry(part, same)]
            entries += 1
        else:
            closest = _closest(part, offers, rarity)
            lines += ["", *_suggestion(part, closest)]
            suggested += closest is not None
    return Draft("\n".join(lines) + "\n", entries, suggested)


def _parts(rubric: Rubric) -> Iterator[_Part]:
    for principle in rubric.principles:
        for each in principle.criteria:
            if rubric.rule != "choice":
                words = _words(each.id, each.statement, each.evidence, each.question)
                yield _Part(each.id, "", each.statement, words)
                continue
            for level in steps(rubric, each.id):
                yield _Part(each.id, level, principle.levels[level], _words(each.id, principle.levels[level]))


def _words(*texts: str) -> Words:
    return frozenset(word[:_STEM] for word in _WORD.findall(" ".join(texts).lower()))


def _rarity(texts: Sequence[Words]) -> Mapping[str, float]:
    """What a word weighs: the less, the more texts have it."""
    counts = Counter(word for words in texts for word in words)
    return {word: log(1 + len(texts) / count) for word, count in counts.items()}


def _closest(part: _Part, offers: Sequence[_Part], rarity: Mapping[str, float]) -> _Part | None:
    """The first of those whose words are closest; None where nothing comes close."""
    near = max(offers, key=lambda offer: _likeness(part.words, offer.words, rarity), default=None)
    return near if near and _likeness(part.words, near.words, rarity) >= _CLOSE else None


def _likeness(one: Words, other: Words, rarity: Mapping[str, float]) -> float:
    """The cosine of two sets of words, each word by its rarity: 0 for nothing in common, 1 for the same."""
    common = sum(rarity[word] for word in one & other)
    return common / sqrt(sum(map(rarity.__getitem__, one)) * sum(map(rarity.__getitem__, other))) if common else 0.0


def _head(source: Rubric, target: Rubric) -> list[str]:
    name = f"{source.id}-to-{target.id}"
    return [
        *_comment(
            "A draft. Write into each note why the meaning carries, and delete the entry where it does not. Comments "
            "suggest what comes closest by its words, which may have nothing to do with it.",
            "",
        ),
        f"id: {name[:64].rstrip('-')}",
        f"from: {id_text(source.id)}",
        f"to: {id_text(target.id)}",
        f'from_version: "{source.version}"',
        f'to_version: "{target.version}"',
        "licence: CC0-1.0",
        "note: What carries over, what does not, and why.",
        "entries:",
    ]


def _entry(part: _Part, offer: _Part) -> list[str]:
    levels = [("level", part.level), ("at_least", offer.level)]
    return [
        f"  - to: {id_text(part.criterion)}",
        f"    from: [{id_text(offer.criterion)}]",
        *(f"    {field}: {id_text(level)}" for field, level in levels if level),
        "    note: Why the meaning carries.",
    ]


def _suggestion(part: _Part, offer: _Part | None) -> list[str]:
    """An entry as a comment, with the two sentences to compare."""
    name = f"{part.criterion}, {part.level}" if part.level else part.criterion
    told = _comment(f"{name}: {part.sentence}", "  ")
    if offer is None:
        return [*told, *_comment("Nothing comes close.", "  ")]
    entry = [f"  # {line.removeprefix('  ')}" for line in _entry(part, offer)]
    return [*told, *_comment(f"Closest: {offer.sentence}", "  "), *entry]


def _comment(text: str, indent: str) -> list[str]:
    lines = textwrap.wrap(" ".join(text.split()), _WIDTH - len(indent), break_long_words=False)
    return [f"{indent}# {line}" for line in lines]
