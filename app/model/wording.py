"""What is wrong with a value, from msgspec's words to people's; neither quotes more than a key or a choice."""

from __future__ import annotations

import re

_AT = re.compile(r"^(?P<problem>.*?)(?: - at `(?P<place>(?:key in )?\$.*)`)?$", re.DOTALL)
_WORDS = (
    (re.compile(r"Expected `str(?: \| null)?`, got `(\w+)`"), r"expected text, found \1"),
    (re.compile(r"Expected `(?:array|object)(?: \| null)?`, got `(\w+)`"), r"expected another shape, found \1"),
    (re.compile(r"Object missing required field `(\w+)`"), r'"\1" is missing'),
    (re.compile(r"Object contains unknown field `(.*)`", re.DOTALL), r'"\1" is not a field that belongs there'),
    (re.compile(r"Invalid enum value (.*)", re.DOTALL), r"\1 is not one of the values allowed there"),
    (re.compile(r"Expected `str` matching regex (.*)"), r"expected text that matches \1"),
    (re.compile(r"Expected `str` of length >= 1"), "it can't be empty"),
    (re.compile(r"Expected `str` of length <= (\d+)"), r"it can't be longer than \1 characters"),
    (re.compile(r"Expected `datetime` with a timezone component"), "a time needs its offset from UTC, such as Z"),
    (re.compile(r"Expected `([^`]+)`, got `([^`]+)`"), r"expected \1, found \2"),
)


def explained(message: str) -> tuple[str, str]:
    """Split what msgspec says of a value into a JSON path and words for people."""
    match = _AT.match(message)
    place = (match and match["place"]) or "$"
    problem = match["problem"] if match else message
    for pattern, words in _WORDS:
        if pattern.search(problem):
            return place, pattern.sub(words, problem)
    return place, problem
