"""Read a rubric from YAML, or say in one sentence and with the line why that cannot be done."""

from functools import lru_cache
from pathlib import Path

import msgspec

from app.rubric.checks import problems
from app.rubric.document import MAX_BYTES, read_document, too_large
from app.rubric.errors import RubricError
from app.rubric.structure import Rubric
from app.rubric.wording import explain


@lru_cache(maxsize=16)
def decode_rubric(text: str, name: str) -> Rubric:
    """The rubric in a YAML text, decoded once however often it is asked for; `name` is the file's, for the error.

    RubricError names the file, the line and what was expected, for the first thing that is wrong.
    """
    document = read_document(text, name)
    try:
        rubric = msgspec.convert(document.value, Rubric)
    except msgspec.ValidationError as error:
        path, problem = explain(str(error), document)
        raise RubricError(name, document.lines[path], problem) from None
    for path, problem in problems(rubric):
        raise RubricError(name, document.lines[path], problem)
    return rubric


@lru_cache(maxsize=16)
def decode_frozen(text: str, key: str) -> Rubric:
    """The rubric that a study has frozen under a key: its `id` is that key, by which all of the study refers to it."""
    rubric = decode_rubric(text, f"{key}.yaml")
    return rubric if rubric.id == key else msgspec.structs.replace(rubric, id=key)


def further_key(rubric: Rubric) -> str:
    """The key of a rubric frozen beside another version of it: "mlops-maturity-2.0"."""
    return f"{rubric.id}-{rubric.version}"


def read_rubric(path: Path) -> Rubric:
    """The rubric in a file; RubricError where it is none, OSError where the file cannot be read."""
    return decode_rubric(read_text(path), path.name)


def read_text(path: Path) -> str:
    """The text of a rubric file; RubricError where it is too large or not in UTF-8."""
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise too_large(path.name)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RubricError(path.name, line, "expected text in UTF-8, found other bytes") from None
