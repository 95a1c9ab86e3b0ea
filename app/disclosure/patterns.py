"""Find what leads to a person or into a house without naming it: mail addresses, telephones, streets, hosts, paths."""

from __future__ import annotations

import ipaddress
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Trace(StrEnum):
    """What was found."""

    EMAIL = "email"
    TELEPHONE = "telephone"
    ADDRESS = "address"
    HOST = "host"


class Found(NamedTuple):
    """A trace in a text, in code points."""

    start: int
    end: int
    trace: Trace


class Rule(NamedTuple):
    """How one kind of trace is written; only a text that has its `hint` is looked through for the `pattern`."""

    trace: Trace
    hint: re.Pattern[str]
    pattern: re.Pattern[str]


_ENDS: Final = (
    "com|org|net|edu|gov|mil|biz|io|ai|dev|de|ch|li|uk|ie|fr|es|nl|lu|dk|se|fi|cz|sk|hu|ro|bg|gr|tr|ru|ua|eu"
    "|ca|mx|br|jp|cn|kr|au|nz|za|il|local|lan|corp|intern|intra|intranet|localdomain"
)
_WORDS: Final = "app|at|be|cloud|example|home|in|info|int|internal|it|no|online|pl|pt|site|tech|test|us"
"""Ends of host names that also end a file name, or begin a sentence whose blank was forgotten."""

_STREET_END: Final = r"(?:stra(?:ß|ss)e|str\.|weg|allee|gasse|platz|ring|damm|ufer|chaussee|steig)"
_STREET: Final = r"(?:Stra(?:ß|ss)e|Str\.|Weg|Allee|Gasse|Markt|Platz|Ring|Damm|Ufer)"
_ROAD: Final = r"(?:Street|St\.|Road|Rd\.?|Avenue|Ave\.?|Lane|Boulevard|Blvd\.?|Drive|Square|Way|Court|Close|Terrace)"
_TOWN: Final = r"[A-ZÄÖÜ][a-zäöüß-]{2,}(?:\s(?:am|an|im|in|bei|ob)\s(?:der\s)?[A-ZÄÖÜ][a-zäöüß]+)?"
_MACHINE: Final = r"(?:srv|server|host|db|vm|node|gpu|plc|ipc|ws|pc|nb|lap)"
_PATH: Final = r"[^\s\\<>\"|?*]+"


def _rule(trace: Trace, hint: str, *patterns: str) -> Rule:
    return Rule(trace, re.compile(hint), re.compile("|".join(patterns)))


_RULES: Final = (
    _rule(
        Trace.EMAIL,
        r"[@\uff20]|[\[(]\s?(?:at|AT|At)\s?[\])]",
        r"(?:mailto:)?[\w.+%-]+\s?(?:[@\uff20]|[\[(]\s?(?i:at)\s?[\])])\s?[\w-]+(?:(?:\.|\s?[\[(]\s?(?i:dot)\s?[\])]\s?)[\w-]+)+",
    ),
    _rule(Trace.HOST, r"://", r"\b[A-Za-z][A-Za-z0-9+]{1,9}://[^\s<>\"'\u201c\u201d]+[^\s<>\"'\u201c\u201d.,;:!?)\]]"),
    _rule(
        Trace.HOST,
        r"\w\.[A-Za-z]{2}",
        r"(?<![\w@.-])(?i:www\.[\w-]+(?:\.[\w-]+)+"
        rf"|(?:[a-z0-9](?:[\w-]*[a-z0-9])?\.)+(?:{_ENDS})|(?:[a-z0-9][\w-]*\.){{2,}}(?:{_WORDS}))"
        r"(?![\w-]|\.\w)(?::\d+)?(?:/[^\s<>\"']*)?",
    ),
    _rule(
        Trace.HOST, r"\\", rf"\\\\[\w.$-]+(?:\\{_PATH})*", rf"\b[A-Za-z]:\\(?i:Users|Benutzer)\\{_PATH}(?:\\{_PATH})*"
    ),
    _rule(
        Trace.HOST,
        r"/home/|/[Uu]sers/|/root/|~[a-z]",
        r"(?<![\w/])(?:/home|/[Uu]sers|/root)/[\w.-]+(?:/[\w.-]+)*",
        r"(?<![\w/])~[a-z][\w-]+/[\w./-]*",
    ),
    _rule(Trace.HOST, r"\d\.\d+\.\d+\.\d", r"(?<![\w.:/-])(?:\d{1,3}\.){3}\d{1,3}(?::\d+|/\d{1,2})?(?![\w]|\.\d)"),
    _rule(
        Trace.HOST,
        r":[0-9a-fA-F]{0,4}:",
        r"(?<![\w.:])(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}(?:%\w+)?(?![\w:])",
    ),
    _rule(
        Trace.HOST,
        r"[A-Za-z_-]\d\d",
        rf"\b(?i:{_MACHINE}[a-z]{{0,3}}[-_]?[a-z]{{0,6}}\d{{2,5}}[a-z]?)\b",
    ),
    _rule(
        Trace.TELEPHONE,
        r"\d\W{0,4}\d\W{0,4}\d\W{0,4}\d\W{0,4}\d\W{0,4}\d",
        r"(?<![\w.,:/+-])(?:(?:\+|00)\s?[1-9]\d{0,2}(?:[\s().\u2010-\u2013/\xa0-]{0,3}\d){6,12}"  # +49 (0)89 1234-567
        r"|\(0?\d{2,5}\)[\s/-]{0,3}\d(?:[\s-]?\d){4,9}"  # (089) 123 456
        r"|0[1-9]\d{1,4}(?:\s?[/\u2010-\u2013-]\s?|\s)\d(?:[\s-]?\d){3,9}"  # 089/123456, 0171 123 45 67
        r"|0[1-9]\d{6,12}"  # 01711234567
        r"|(?:[2-9]\d\d[.-]){2}\d{4})(?![\w%]|[.,:]\d)",  # 212-555-0123
    ),
    _rule(
        Trace.TELEPHONE,
        r"(?i:tel|phone|telefon|mobil|handy|fax|ext|durchwahl|dw)[a-z]*\b\W{0,4}(?i:n|\d)",
        r"\b(?i:tel|phone|telephone|telefon|mobile|mobil|handy|fax|ext|extension|durchwahl|dw)\b\.?:?\s*"
        r"(?P<number>(?i:(?:no|nr)\.?\s|number\s|nummer\s)?[+(]?\d[\d\s()/.-]{1,16}\d)",
    ),
    _rule(
        Trace.ADDRESS,
        r"\s\d(?<=(?i:sse|aße|tr\.|weg|lee|rkt|atz|ing|amm|fer|eig)\s\d)",
        rf"\b[A-ZÄÖÜ][\w-]*{_STREET_END}\s\d{{1,4}}\s?[a-h]?\b",  # Lindenstraße 12a
        rf"\b(?:[A-ZÄÖÜ][\w-]*\.?[ -]){{1,3}}{_STREET}\s\d{{1,4}}\s?[a-h]?\b",
    ),
    _rule(
        Trace.ADDRESS,
        rf"\s{_ROAD}(?!\w)",
        rf"\b\d{{1,5}}[a-z]?\s(?:[A-Z][\w'\u2019]*\.?\s){{1,3}}{_ROAD}(?!\w)",
    ),
    _rule(
        Trace.ADDRESS,
        r"\d{4}(?:\s[A-ZÄÖÜ]|\d)",
        r"\b(?:D|DE|A|AT|CH)-\d{4,5}\s[A-ZÄÖÜ][\w-]+",  # D-80331 München
        rf"(?<![\d.,/:-])(?!\d\d000)\d{{5}}\s{_TOWN}\b",
        r"\b[A-Z][a-z]+,?\s[A-Z]{2}\s\d{5}(?:-\d{4})?\b",  # Dearborn, MI 48126
    ),
    _rule(
        Trace.ADDRESS,
        r"\d[A-Z]{2}\b|0AA|[Bb]ox|fach",
        r"\b(?:GIR\s?0AA|[A-PR-UWYZ][A-HK-Y]?\d[\dA-Z]?\s\d[ABD-HJLNP-UW-Z]{2})\b",  # SW1A 1AA
        r"\b(?:P\.?\s?O\.?\s?Box|Postfach)\s\d[\d\s]{1,8}\d",
    ),
)
_HINT: Final = re.compile(r"[@\uff20\\\d~]|\w\.\w|//|/home|/[Uu]sers|/root|::|[\[(]\s?(?i:at)\s?[\])]")
_LEAST_IPV6: Final = 6
_NUMBERS: Final = re.compile(r"[\d.]+(?:[:/]\d+)?|[0-9a-fA-F:]+(?:%\w+)?")
_HASH: Final = re.compile(r"\b[0-9a-f]{8}(?:\s[0-9a-f]{8}){3,}\b")  # as the audit digest is printed
_DATE: Final = re.compile(
    r"(?:\d{1,2}[./-]){2}(?:\d{2}|\d{4})|\d{4}(?:[./-]\d{1,2}){1,2}|(?:19|20)\d\d\s?[-\u2013/]\s?(?:19|20)?\d\d"
)


def traces(text: str) -> list[Found]:
    """Find all that leads to a person or into a house, in order; none overlaps another."""
    if not _HINT.search(text):
        return []
    found: list[Found] = []
    for candidate in sorted(_candidates(text), key=lambda each: (each.start, -each.end)):
        if not found or candidate.start >= found[-1].end:
            found.append(candidate)
    return found


def _candidates(text: str) -> Iterator[Found]:
    for trace, hint, pattern in _RULES:
        if hint.search(text):
            for match in pattern.finditer(text):
                start, end = match.span("number" if "number" in pattern.groupindex else 0)
                if _is_one(trace, text[start:end]) and not _in_hash(trace, text, start):
                    yield Found(start, end, trace)


def _is_one(trace: Trace, text: str) -> bool:
    """Whether what looks like a trace is one: no date is a telephone, and no number between points a host."""
    if trace is Trace.TELEPHONE:
        return not _DATE.fullmatch(text)
    return trace is not Trace.HOST or not _NUMBERS.fullmatch(text) or _is_address(text)


def _in_hash(trace: Trace, text: str, at: int) -> bool:
    """Whether digits that look like a telephone are of a hash: every fiftieth hash has such a group."""
    return trace is Trace.TELEPHONE and any(each.start() <= at < each.end() for each in _HASH.finditer(text))


def _is_address(text: str) -> bool:
    bare = re.split("[:/]" if "." in text else "%", text, maxsplit=1)[0]
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        return False
    return address.version == 4 or len(bare) >= _LEAST_IPV6
