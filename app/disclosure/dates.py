"""Dates in what people wrote, told no more exactly than a profile has it: days become months, months years; pure.

It knows the dates of English and German notes: "9 October 2022", "Oct 9th", "2022-10-09", "9. Oktober", "09.10.2022".
Where a day or a month stands without its year, and years alone may be told, a mark says that a date was cut.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from app.disclosure.walking import inner_fields, text_fields
from app.model.disclosure import Dates
from app.model.evidence import Evidence, Passage
from app.model.source import Entry, Original, Version

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.model.base import Value
    from app.model.disclosure import Profile
    from app.model.document import StudyDocument

CUT: Final = "[date]"
_SURE: Final = (
    "January|February|March|April|June|July|August|September|Sept|October|November|December|"
    "Januar|Jänner|Februar|März|Mai|Juni|Juli|Oktober|Dezember"
)
_OTHERS: Final = "Jan|Feb|Mar|Mrz|Apr|May|Jun|Jul|Aug|Sep|Oct|Okt|Nov|Dec|Dez"
_DOT: Final = r"(?:\.(?=\s?[\d,;:)a-z\u2013-]))?"  # of an abbreviation, and none that ends a sentence
_MONTH: Final = rf"(?P<month>(?:{_SURE}|{_OTHERS})\b){_DOT}"
_WEEKDAY: Final = (
    r"(?:(?:[A-Z][a-z]{1,6}day|[A-Z][a-z]{3,8}tag|Mittwoch|Mon|Tue|Wed|Thu|Fri|Sat|Sun),?\s(?:the\s|den\s)?)?"
)
_DAY: Final = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|\.)?"
_DAYS: Final = rf"{_DAY}(?:\s?[-\u2013/]\s?{_DAY}|\s(?:and|to|und|bis)\s{_DAY})?"
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)"
_IN: Final = (
    r"\b(?i:in|since|from|until|till|by|of|during|after|before|to|between|early|late|mid|next|last|this|and|or|"
    r"im|seit|ab|bis|vor|nach|ende|anfang|mitte|und)[\s-]"
)
_UNTIL: Final = r"(?=\s?(?:to|and|bis|und|[-\u2013+/])\s?(?:\[date\]|(?:19|20)\d\d))"

_EXACT: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\d.,:]){_WEEKDAY}(?:the\s)?{_DAYS}\s(?!(?<=\.\s)(?:May|March)\b)(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?",
        rf"{_WEEKDAY}\b{_MONTH}\s{_DAYS}(?![\d:%])(?:,?\s{_YEAR})?",
        rf"(?<![\d.-]){_YEAR}-(?P<number>0[1-9]|1[0-2])-(?:[0-2]\d|3[01])(?!\d)",
        rf"(?<![\d.])(?:[12]\d|3[01]|0?[1-9])\.\s?(?P<number>1[0-2]|0?[1-9])\.\s?{_YEAR}(?!\d)",
        rf"(?<![\d/])\d{{1,2}}/\d{{1,2}}/{_YEAR}(?!\d)",
    )
)
_MONTHLY: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_MONTH},?\s{_YEAR}",
        rf"(?<![\d.-]){_YEAR}-(?:0[1-9]|1[0-2])(?![\d-])",
        rf"(?<![\d./])(?:0?[1-9]|1[0-2])[./]{_YEAR}(?!\d)",
        rf"\b(?:{_SURE})\b",
        rf"(?P<before>{_IN})(?:{_OTHERS})\b{_DOT}",
        rf"\b(?:{_OTHERS})\b{_DOT}{_UNTIL}",
    )
)
_HINT: Final = re.compile(rf"\d|{_SURE}|{_OTHERS}")


def coarser(text: str, dates: Dates) -> str:
    """Return a text whose dates are told no more exactly than by the month, or by the year."""
    if dates is Dates.DAY or not _HINT.search(text):
        return text
    for pattern in _EXACT:
        text = pattern.sub(_month if dates is Dates.MONTH else _year, text)
    if dates is Dates.YEAR:
        for pattern in _MONTHLY:
            text = pattern.sub(_year, text)
    return text


def with_dates(document: StudyDocument, profile: Profile) -> StudyDocument:
    """Tell the dates in a study's texts no more exactly than a profile has it.

    Lines of notes and what passages said stay as they are, since passages count their letters: who prints those calls
    `coarser` on what is printed.
    """
    if profile.dates is Dates.DAY:
        return document
    changed: StudyDocument = _through(document, functools.partial(coarser, dates=profile.dates))
    return changed


def _month(match: re.Match[str]) -> str:
    found = match.groupdict()
    if found.get("month"):
        return " ".join(filter(None, (found["month"], found["year"])))
    return f"{found['year']}-{found['number']:0>2}" if found.get("number") else found["year"]


def _year(match: re.Match[str]) -> str:
    found = match.groupdict()
    return f"{found.get('before') or ''}{found.get('year') or CUT}"


_COUNTED: Final = {Entry: "text", Original: "text", Version: "text", Passage: "words", Evidence: "words"}


@functools.cache
def _texts(of: type[Value]) -> tuple[str, ...]:
    """Name the fields in which people's words stand, and those of further values."""
    counted, told = _COUNTED.get(of), frozenset(text_fields(of))
    names = (each.name for each in msgspec.structs.fields(of))
    return tuple(name for name in names if name != counted and (name in told or name in inner_fields(of)))


def _through(value: Any, change: Callable[[str], str]) -> Any:
    """Change all texts of a value, and of those in it; what holds none to be changed is handed on as it is."""
    if type(value) is str:
        return change(value)
    if isinstance(value, tuple):
        parts = tuple(_through(each, change) for each in value)
        return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
    of: type[Value] = type(value)
    told = {name: _through(getattr(value, name), change) for name in _texts(of)}
    others = {name: new for name, new in told.items() if new is not getattr(value, name)}
    return msgspec.structs.replace(value, **others) if others else value
