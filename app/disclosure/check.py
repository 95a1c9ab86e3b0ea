"""The leak check: what of the strings that a report would print gives away what it should keep to itself."""

from __future__ import annotations

import functools
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from app.analysis.codebook import same_name
from app.disclosure.folding import letters
from app.disclosure.names import hidden_names
from app.disclosure.near import Nearby
from app.disclosure.patterns import Trace, traces
from app.disclosure.spotting import spotter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.disclosure.names import Hidden
    from app.disclosure.printed import Printed
    from app.model.disclosure import Profile
    from app.model.document import StudyDocument

_CONTEXT: Final = 40  # code points before and behind a leak


class LeakKind(StrEnum):
    """What a leak is: a name, words much like one, or what leads to a person or into a house."""

    NAME = "name"
    NEAR = "near"
    EMAIL = "email"
    TELEPHONE = "telephone"
    ADDRESS = "address"
    HOST = "host"


class Leak(NamedTuple):
    """What a report would give away, where it stands, and why that was let pass.

    `text` is as printed, between `before` and `after`. `name` is the real name that it is or is near to, `pseudonym`
    the key of the entry that name stands under; both are empty where there is none. `allowed` is the reason given for
    it, empty while it is open.
    """

    text: str
    kind: LeakKind
    name: str
    pseudonym: str
    page: int
    place: str
    before: str
    after: str
    allowed: str = ""


class _Hit(NamedTuple):
    """A leak within a string, wherever that is printed."""

    start: int
    end: int
    kind: LeakKind
    name: str = ""
    pseudonym: str = ""


_KINDS: Final = {trace: LeakKind(trace.value) for trace in Trace}


def check(printed: Iterable[Printed], document: StudyDocument, profile: Profile) -> tuple[Leak, ...]:
    """List the leaks among the strings of a report, by page, each once a page.

    What a string gives away is kept, so that checking a report again that has changed little takes little time.

    Args:
        printed: every string that is printed or stands in the file.
        document: the study as it is, not as it was disclosed.
        profile: what the report may show.
    """
    found = dict.fromkeys(_leaks(printed, document, profile))
    return tuple(sorted(found, key=lambda leak: leak.page))


def open_leaks(leaks: Iterable[Leak]) -> tuple[Leak, ...]:
    """List the leaks that nobody let pass."""
    return tuple(leak for leak in leaks if not leak.allowed)


def _leaks(printed: Iterable[Printed], document: StudyDocument, profile: Profile) -> Iterator[Leak]:
    reader = _reader(hidden_names(document, profile))
    reasons = {same_name(each.text): each.reason for each in document.allowances if each.profile == profile.key}
    texts = (*(each.text for each in document.rubrics), *(each.text for each in document.mappings))
    published = _published(texts)
    seen: set[tuple[str, LeakKind, str, int, str]] = set()
    for (text, page, place), hits in reader.read(printed):
        for hit in hits:
            words = text[hit.start : hit.end]
            key = (words, hit.kind, hit.name, page, place)
            if key not in seen and not published.holds(words, hit.kind):
                seen.add(key)
                before, after = text[max(0, hit.start - _CONTEXT) : hit.start], text[hit.end : hit.end + _CONTEXT]
                reason = reasons.get(same_name(words), "")
                yield Leak(words, hit.kind, hit.name, hit.pseudonym, page, place, before, after, reason)


class _Published:
    """What stands in a study's rubrics, which anybody may read."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._text = same_name(" ".join(texts))
        self._words = frozenset(map(letters, self._text.split()))

    def holds(self, words: str, kind: LeakKind) -> bool:
        """Whether what looked like a leak is a word of theirs; a name that stays inside is none, even there."""
        if kind is LeakKind.NEAR:
            return letters(words) in self._words
        return kind is not LeakKind.NAME and same_name(words) in self._text


@functools.lru_cache(maxsize=4)
def _published(texts: tuple[str, ...]) -> _Published:
    return _Published(texts)


@functools.lru_cache(maxsize=4)
def _reader(names: tuple[Hidden, ...]) -> _Reader:
    return _Reader(names)


class _Reader:
    """Reads strings for leaks, and remembers those of the report read last."""

    def __init__(self, names: tuple[Hidden, ...]) -> None:
        self._spotter = spotter(names)
        self._nearby = Nearby(self._spotter.forms)
        self._known: dict[str, tuple[_Hit, ...]] = {}

    def read(self, printed: Iterable[Printed]) -> Iterator[tuple[Printed, tuple[_Hit, ...]]]:
        """Read the strings of a report; give those that hold a leak, with what they hold."""
        before, now = self._known, dict[str, tuple[_Hit, ...]]()
        for each in printed:
            hits = now.get(each.text)
            if hits is None:
                known = before.get(each.text)
                now[each.text] = hits = self._look(each.text) if known is None else known
            if hits:
                yield each, hits
        self._known = now

    def _look(self, text: str) -> tuple[_Hit, ...]:
        names = [
            _Hit(spot.start, spot.end, LeakKind.NAME, spot.hidden.name, spot.hidden.pseudonym)
            for spot in self._spotter.find(text)
        ]
        trails = [_Hit(each.start, each.end, _KINDS[each.trace]) for each in traces(text)]
        near = [
            _Hit(each.start, each.end, LeakKind.NEAR, each.hidden.name, each.hidden.pseudonym)
            for each in self._nearby.find(text)
        ]
        return tuple(sorted(_first_of_each([*names, *trails, *near])))


def _first_of_each(hits: Iterable[_Hit]) -> Iterator[_Hit]:
    """Leave out hits that overlap one before them: a name tells more than the mail address it stands in."""
    taken: list[_Hit] = []
    for hit in hits:
        if all(hit.end <= other.start or other.end <= hit.start for other in taken):
            taken.append(hit)
            yield hit
