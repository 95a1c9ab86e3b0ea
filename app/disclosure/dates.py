"""Dates in what people wrote, told no more exactly than a profile has it: days become months, months years; pure.

It knows the dates of English and German notes: "9 October 2022", "Oct 9th", "2022-10-09", "9. Oktober", "09.10.2022".
Where a day or a month stands without its year, and years alone may be told, a mark says that a date was cut.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

from app.disclosure.walking import rewritten
from app.model.disclosure import Dates
from app.model.evidence import Evidence, Passage
from app.model.source import Entry, Original, Version

if TYPE_CHECKING:
    from collections.abc import Mapping

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
_OTHERWISE: Final = "|".join(
    {
        *(each.lower() for each in _SURE.split("|") if each not in {"March", "Mai", "May"}),
        *(each.upper() for each in f"{_SURE}|{_OTHERS}".split("|") if each not in {"Mai", "May"}),
    }
)
_BESIDE: Final = rf"(?P<month>(?:{_SURE}|{_OTHERS}|{_OTHERWISE})\b){_DOT}"  # a day, however it is written
_NO_VERB: Final = r"(?!(?<=\.\s)(?:May|March)\b)"
_APART: Final = r"(?:\s{1,3}|-)"
_AT: Final = r"(?P<at>\b(?:[Oo]n|[Aa]m)\x20)?"
_WEEKDAY: Final = (
    r"(?:(?:[A-Z][a-z]{1,6}day|[A-Z][a-z]{3,8}tag|Mittwoch|Mon|Tue|Wed|Thu|Fri|Sat|Sun),?\s(?:the\s|den\s)?)?"
)
_DAY: Final = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|te[nrs]?|\.)?"
_DAYS: Final = rf"{_DAY}(?:\s?[-\u2013/]\s?{_DAY}|\s(?:and|to|und|bis)\s{_DAY})?"
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)"
_ANY_YEAR: Final = rf"(?:{_YEAR}|['\u2019]?(?P<short>\d\d))"
_ON: Final = r"(?P<before>\b(?i:am|vom|bis|zum|den|dem|seit|ab|on|since|until|by)\s)"
_NUMBER: Final = r"(?P<number>1[0-2]|0?[1-9])"
_PLAIN: Final = r"(?:[12]\d|3[01]|0?[1-9])"
_IN: Final = (
    r"\b(?i:in|since|from|until|till|by|of|during|after|before|to|between|early|late|mid|next|last|this|and|or|"
    r"im|seit|ab|bis|vor|nach|ende|anfang|mitte|und)[\s-]"
)
_UNTIL: Final = r"(?=\s?(?:to|and|bis|und|[-\u2013+/])\s?(?:\[date\]|(?:19|20)\d\d))"
_TO_YEAR: Final = re.compile(r"\[date\]\s?(?:to|bis|[-\u2013])\s?(?=(?:19|20)\d\d\b)")
_IN_MONTH: Final = {"on ": "in ", "On ": "In ", "am ": "im ", "Am ": "Im "}  # on a day, but in a month
_IN_YEAR: Final = {"on ": "in ", "On ": "In "}

_EXACT: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\d.,:])(?<!\d-){_AT}{_WEEKDAY}(?:the\s)?{_DAYS}{_APART}{_NO_VERB}(?:of\s)?{_BESIDE}(?:,?{_APART}{_YEAR})?",
        rf"{_AT}{_WEEKDAY}\b{_BESIDE}\s{{1,3}}(?:the\s)?{_DAYS}(?![\d:%])(?:,?\s{_YEAR})?",
        rf"(?<![\d.-]){_YEAR}(?P<sign>[-/.])(?P<number>0[1-9]|1[0-2])(?P=sign)(?:[0-2]\d|3[01])(?!\d)",
        rf"(?<!\d){_YEAR}(?P<number>0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)",
        rf"(?<![\d.])(?:{_PLAIN}\.\s?[-\u2013/]\s?)?{_PLAIN}\.\s?{_NUMBER}\.\s?{_YEAR}(?!\d)",
        rf"(?<![\d.]){_ON}{_PLAIN}\.\s?{_NUMBER}\.\s?(?P<short>\d\d)(?![\d.])",
        r"(?<![\d.])0[1-9]\.(?P<number>0[1-9]|1[0-2])\.(?P<short>\d\d)(?![\d.])",
        rf"(?<![\d.]){_ON}{_PLAIN}\.\s?(?:1[0-2]|0?[1-9])\.(?!\d)",
        rf"(?<![\d-]){_PLAIN}-{_PLAIN}-{_YEAR}(?![\d-])",
        rf"(?<![\d/])\d{{1,2}}/\d{{1,2}}/{_ANY_YEAR}(?![\d/])",
        rf"\b(?:KW|CW|(?i:calendar\sweek|kalenderwoche))\s?\d{{1,2}}(?:(?:\s?/\s?|,?\s(?:of\s)?){_YEAR})?(?!\d)",
        rf"\b(?i:week)\s\d{{1,2}}(?:\s?/\s?|,?\s(?:of\s)?){_YEAR}(?!\d)",
    )
)
_MONTHLY: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_BESIDE}(?:,?\s{{1,3}}|-){_YEAR}",
        rf"\b{_MONTH}\s['\u2019](?P<short>\d\d)(?!\d)",
        rf"\bQ[1-4]\s?[/-]?\s?{_YEAR}(?!\d)",
        rf"(?<![\d.-]){_YEAR}-(?:0[1-9]|1[0-2])(?![\d-])",
        rf"(?<![\d./])(?:0?[1-9]|1[0-2])[./]{_YEAR}(?!\d)",
        rf"\b(?:{_SURE})\b",
        rf"(?P<before>{_IN})(?:{_OTHERS})\b{_DOT}",
        rf"\b(?:{_OTHERS})\b{_DOT}{_UNTIL}",
    )
)
_COUNTED: Final[Mapping[type[Value], str]] = {
    Entry: "text",
    Original: "text",
    Version: "text",
    Passage: "words",
    Evidence: "words",
}
"""Lines of notes, as they are and as they were, and what passages said: by type, the field."""
_HINT: Final = re.compile(rf"\d|{_SURE}|{_OTHERS}|{_OTHERWISE}")


def coarser(text: str, dates: Dates) -> str:
    """Return a text whose dates are told no more exactly than by the month, or by the year."""
    if dates is Dates.DAY or not _HINT.search(text):
        return text
    for pattern in _EXACT:
        text = pattern.sub(_month if dates is Dates.MONTH else _year, text)
    if dates is Dates.YEAR:
        for pattern in _MONTHLY:
            text = pattern.sub(_year, text)
        text = _TO_YEAR.sub("", text)
    return text


def with_dates(document: StudyDocument, profile: Profile) -> StudyDocument:
    """Tell the dates in a study's texts no more exactly than a profile has it.

    Lines of notes and what passages said stay as they are, since passages count their letters: who prints those calls
    `coarser` on what is printed.
    """
    if profile.dates is Dates.DAY:
        return document
    return rewritten(document, functools.partial(coarser, dates=profile.dates), _COUNTED)


def _month(match: re.Match[str]) -> str:
    found = match.groupdict()
    before, year = found.get("before") or "", _year_of(match)
    if found.get("month"):
        return f"{_IN_MONTH.get(found.get('at') or '', '')}{' '.join(filter(None, (found['month'], year)))}"
    if found.get("number") and year:
        return f"{before}{year}-{found['number']:0>2}"
    return f"{before}{year or CUT}"


def _year(match: re.Match[str]) -> str:
    found, year = match.groupdict(), _year_of(match)
    at = found.get("at") or ""
    return f"{_IN_YEAR.get(at, '') if year else at}{found.get('before') or ''}{year or CUT}"


def _year_of(match: re.Match[str]) -> str:
    """Give the year of a date, "" where it has none."""
    found = match.groupdict()
    return found.get("year") or (f"20{found['short']}" if found.get("short") else "")
