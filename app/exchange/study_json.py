"""Study JSON: the whole study as one documented document, both ways, losslessly."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import msgspec

from app.exchange.errors import DocumentError, ExportError
from app.exchange.files import write_whole
from app.model.document import StudyDocument

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 256 * 1024 * 1024  # bytes; far above any study, and below what would exhaust a laptop
_AT = re.compile(r"^(?P<problem>.*?)(?: - at `(?P<place>\$.*)`)?$", re.DOTALL)
_WORDS = (
    (re.compile(r"Expected `str \| null`, got `(\w+)`"), r"expected text, found \1"),
    (re.compile(r"Expected `str`, got `(\w+)`"), r"expected text, found \1"),
    (
        re.compile(r"Expected `(?:array|object)(?: \| null)?`, got `(\w+)`"),
        r"expected another shape, found \1",
    ),
    (re.compile(r"Object missing required field `(\w+)`"), r'"\1" is missing'),
    (re.compile(r"Object contains unknown field `(\w+)`"), r'"\1" is not a field that belongs there'),
    (re.compile(r"Invalid enum value (.*)"), r"\1 is not one of the values allowed there"),
    (re.compile(r"Expected `str` matching regex (.*)"), r"expected text that matches \1"),
    (re.compile(r"Expected `str` of length >= 1"), "it can't be empty"),
    (re.compile(r"Expected `str` of length <= (\d+)"), r"it can't be longer than \1 characters"),
    (re.compile(r"Expected `(\w+)`, got `(\w+)`"), r"expected \1, found \2"),
)


def encode(document: StudyDocument) -> bytes:
    """Write a study as JSON: two spaces of indent, fields in a fixed order, defaults left out, UTF-8."""
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def decode(content: bytes, name: str) -> StudyDocument:
    """Read a study from JSON and check that it hangs together.

    Args:
        content: the document.
        name: what to call it in errors.

    Raises:
        DocumentError: it is no study, or contradicts itself; names the JSON path.
    """
    from app.exchange.references import problems

    if len(content) > LARGEST:
        raise DocumentError(name, "", "it is larger than any study can be (256 MB)")
    try:
        document = msgspec.json.decode(content, type=StudyDocument)
    except msgspec.ValidationError as problem:
        place, text = _explained(str(problem))
        raise DocumentError(name, place, text) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise DocumentError(name, "", f"it is not JSON ({str(problem).rstrip('.')})") from None
    for found in problems(document):
        raise DocumentError(name, found.place, found.text)
    return document


def read_study(path: Path) -> StudyDocument:
    """Read a study JSON file.

    Raises:
        DocumentError: it can't be read, or is no study.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise DocumentError(path.name, "", "it is larger than any study can be (256 MB)")
        content = path.read_bytes()
    except OSError as problem:
        raise DocumentError(path.name, "", f"it can't be read ({problem.strerror})") from None
    return decode(content, path.name)


def write_study(document: StudyDocument, path: Path) -> None:
    """Write a study JSON file, whole or not at all.

    Raises:
        ExportError: it can't be written.
    """
    try:
        write_whole(path, encode(document))
    except OSError as problem:
        raise ExportError(f"{path.name} can't be written ({problem.strerror}); choose another place.") from None


def study_schema() -> str:
    """Give the JSON Schema of study JSON."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Fieldquill study",
        **msgspec.json.schema(StudyDocument),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _explained(message: str) -> tuple[str, str]:
    """Turn what msgspec says into a JSON path and words for people."""
    match = _AT.match(message)
    problem = match["problem"] if match else message
    for pattern, words in _WORDS:
        if pattern.search(problem):
            problem = pattern.sub(words, problem)
            break
    return (match["place"] if match and match["place"] else "$"), problem
