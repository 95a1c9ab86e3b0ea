"""The forms in which a name may stand in a text: as it is, turned round, with initials, a surname by itself."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from app.disclosure.common import is_common, is_ours
from app.disclosure.folding import Gap, fold, spellings
from app.disclosure.garbled import without_lost

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.disclosure.names import Hidden

SHORT: Final = 4
"""A name of at most so many letters is found as a whole word only."""

_TITLES: Final = frozenset(
    {"dr", "prof", "mr", "mrs", "ms", "miss", "herr", "herrn", "frau", "sir", "ing", "dipl", "jr", "sr"}
)
_PARTICLES: Final = frozenset(
    {
        "von",
        "van",
        "de",
        "der",
        "den",
        "di",
        "da",
        "dos",
        "del",
        "la",
        "le",
        "zu",
        "zur",
        "zum",
        "ter",
        "bin",
        "al",
        "el",
    }
)
_MONTHS: Final = frozenset({"april", "may", "june", "august", "mai"})
_ABBREVIATIONS: Final = """
ac ad ag ai am bc dc dh eg eu eva gb hq hr ie io ip it kg ko la ma ml mr nb nc ni ny od oh ok pc pm po ps qa rip sa ss
to tv ua uk un us usa uu va vs zb zt
"""
_DOTTED: Final = frozenset(_ABBREVIATIONS.split())
_LEAST_FIRST: Final = 3
_LEAST_SURNAME: Final = 2
_LEAST_HALF: Final = 4
_LEAST_NUMBER: Final = 6
_LEAST_MIRRORED: Final = 6
_LOCAL_NUMBERS: Final = (8, 7)


class Shape(NamedTuple):
    """Folded letters that stand for a name; `cuts` are the places where they may stand apart, between words.

    A `cased` one is also a word of every day, and is the name with a capital only. A `part` is not the whole name.
    A `loose` one, a number, may be cut anywhere.
    """

    letters: str
    cuts: frozenset[int]
    cased: bool = False
    part: bool = False
    loose: bool = False


def mirrored(shape: Shape) -> Shape | None:
    """Give the form of a name that is written backwards; None for a short one, a number, or where a word comes out."""
    back, size = shape.letters[::-1], len(shape.letters)
    if size < _LEAST_MIRRORED or shape.loose or back.isdigit() or is_common(back):
        return None
    return shape._replace(letters=back, cuts=frozenset(size - cut for cut in shape.cuts), cased=False)


def shapes(hidden: Hidden) -> Iterable[Shape]:
    """List the forms of a name, of its spellings and of what somebody can be reached by, each once."""
    return dict.fromkeys(shape for shape in _shapes(hidden) if shape.letters)


def _shapes(hidden: Hidden) -> Iterator[Shape]:
    for name in (hidden.name, *hidden.spellings):
        for spelt in filter(None, (*spellings(name), without_lost(name))):
            yield _whole(spelt)
            if hidden.person:
                yield from _of_person(spelt)
    for contact in hidden.contacts:
        yield from _of_contact(contact)


def faint_first_names(hidden: Hidden) -> Iterator[str]:
    """List a person's first names that tell little by themselves: words of every day, and such of two letters."""
    for name in (hidden.name, *hidden.spellings) if hidden.person else ():
        words, _ = _first_and_surname(name)
        if not any(map(is_ours, words)):
            faint = (word for word in words if len(word) == _LEAST_FIRST - 1 or (len(word) > 1 and is_common(word)))
            yield from (word for word in faint if word not in _MONTHS)


def initials(hidden: Hidden) -> Iterator[str]:
    """List what a person signs with, "jd", "jpd"; none where it is an abbreviation of every day, written with dots."""
    for name in (hidden.name, *hidden.spellings) if hidden.person else ():
        first, surname = _first_and_surname(name)
        if first and surname and not any(is_ours(word) or word.isdigit() for word in (*first, *surname)):
            last = surname[-1][0]
            made = ("".join(word[0] for word in before) + last for before in (first, first[:1]))
            yield from (each for each in dict.fromkeys(made) if each not in _DOTTED)


def telling_words(hidden: Hidden) -> Iterator[str]:
    """List the words of a name of several, a person's aside, that are none of every day: mostly it is called by one."""
    for name in () if hidden.person else (hidden.name, *hidden.spellings):
        words = ["".join(_pieces(word)) for word in re.split(r"[\s/-]+", name)]
        if len(words) > 1:
            yield from (word for word in words if len(word) > SHORT and word.isalpha() and not is_common(word))


def _whole(name: str) -> Shape:
    words = _pieces(name)
    cased = len(words) == 1 and name.strip()[:1].isupper() and is_common(words[0])
    return _shape(words, cased=cased)


def _shape(words: Sequence[str], *, cased: bool = False, part: bool = False) -> Shape:
    joined = "".join(words)
    cuts: set[int] = set()
    at = 0
    for word in words[:-1]:
        at += len(word)
        cuts.add(at)
    return Shape(joined, frozenset(cuts), cased, part)


@functools.lru_cache(maxsize=20_000)
def _pieces(name: str) -> tuple[str, ...]:
    """Divide a name into its words, CamelCase too."""
    folded = fold(name)
    begins = [at for at, gap in enumerate(folded.gaps) if gap is not Gap.NONE] or [0]
    ends = [*begins[1:], len(folded.letters)]
    return tuple(folded.letters[start:end] for start, end in zip(begins, ends, strict=True))


def _of_person(name: str) -> Iterator[Shape]:
    first, surname = _first_and_surname(name)
    if len("".join(surname)) < _LEAST_SURNAME or any(word.isdigit() or is_ours(word) for word in first):
        return
    if any(map(str.isdigit, surname)):
        return
    if len(surname) > 1 or not is_ours(surname[0]):
        yield _alone(surname)
    yield from (_alone([half]) for half in surname if len(half) >= _LEAST_HALF and len(surname) > 1)
    if first:
        yield from _with_first(first, surname)


def _with_first(first: list[str], surname: list[str]) -> Iterator[Shape]:
    initials = [word[0] for word in first]
    for before in (first, first[:1], initials, initials[:1], [*first[:1], *initials[1:]]):
        yield _shape([*before, *surname])
        yield _shape([*surname, *before])
    if len(first) == 2 and not all(map(is_common, first)):  # Anna-Lena, who is Annalena as well
        yield _shape(first, part=True)
    for word in first:
        if len(word) >= _LEAST_FIRST and not is_common(word):
            yield _shape([word], part=True)


def _alone(surname: list[str]) -> Shape:
    return _shape(surname, cased=len(surname) == 1 and is_common(surname[0]), part=True)


def _first_and_surname(name: str) -> tuple[list[str], list[str]]:
    """Tell first names from the surname: "Smith, John", "John van der Smith", "Dr. Anna Müller-Lüdenscheidt"."""
    if "," in name:
        surname, _, first = name.partition(",")
        return _words(first), _words(surname)
    words = [word for word in name.split() if _pieces(word) and not _is_title(word)]
    begins = next((at for at, word in enumerate(words) if at and word.casefold() in _PARTICLES), len(words) - 1)
    return _words(" ".join(words[:begins])), _words(" ".join(words[begins:]))


def _words(part: str) -> list[str]:
    return [
        "".join(_pieces(word)) for word in re.split(r"[\s-]+", part) if not _is_title(word) and "".join(_pieces(word))
    ]


def _is_title(word: str) -> bool:
    return "".join(_pieces(word)) in _TITLES


def _of_contact(contact: str) -> Iterator[Shape]:
    if "@" in contact or not any(char.isdigit() for char in contact) or any(char.isalpha() for char in contact):
        yield _shape(_pieces(contact))
        return
    digits = "".join(_pieces(contact))
    local = (digits[-most:] for most in _LOCAL_NUMBERS if len(digits) > _LOCAL_NUMBERS[0])
    for number in dict.fromkeys((digits, *local)):
        if len(number) >= _LEAST_NUMBER:
            yield Shape(number, frozenset(), loose=True)
