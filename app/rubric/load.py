"""Read a rubric, or a mapping, from YAML, or say in one sentence and with the line why that cannot be done."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec

from app.rubric.checks import Problem, problems
from app.rubric.document import MAX_BYTES, Document, read_document, too_large
from app.rubric.errors import RubricError
from app.rubric.mapping import RubricMapping
from app.rubric.mapping_checks import mapping_problems, problems_between
from app.rubric.structure import Rubric
from app.rubric.wording import MAPPING, RUBRIC, Format, explain

T = TypeVar("T", Rubric, RubricMapping)


@lru_cache(maxsize=16)
def decode_rubric(text: str, name: str) -> Rubric:
    """The rubric in a YAML text, decoded once however often it is asked for; `name` is the file's, for the error.

    RubricError names the file, the line and what was expected, for the first thing that is wrong.
    """
    document = read_document(text, name)
    rubric = _convert(document, Rubric, RUBRIC, name)
    _refuse(problems(rubric), document, name)
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


def decode_mapping(text: str, name: str, between: tuple[Rubric, Rubric] | None = None) -> RubricMapping:
    """The mapping in a YAML text; `name` is the file's, for the error.

    RubricError names the file, the line and what was expected, for the first thing that is wrong; with `between`, the
    rubrics it leads from and to, also for what does not fit them.
    """
    document = read_document(text, name, MAPPING.name)
    mapping = _convert(document, RubricMapping, MAPPING, name)
    _refuse(mapping_problems(mapping), document, name)
    if between:
        _refuse(problems_between(mapping, *between), document, name)
    return mapping


def read_mapping(path: Path, between: tuple[Rubric, Rubric] | None = None) -> RubricMapping:
    """The mapping in a file; RubricError where it is none, OSError where the file cannot be read."""
    return decode_mapping(read_text(path), path.name, between)


def _convert(document: Document, struct: type[T], kind: Format, name: str) -> T:
    try:
        return msgspec.convert(document.value, struct)
    except msgspec.ValidationError as error:
        path, problem = explain(str(error), document, kind)
        raise RubricError(name, document.lines[path], problem) from None


def _refuse(found: Iterable[Problem], document: Document, name: str) -> None:
    for path, problem in found:
        raise RubricError(name, document.lines[path], problem)


def read_text(path: Path) -> str:
    """The text of a rubric or mapping file; RubricError where it is too large or not in UTF-8."""
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise too_large(path.name)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RubricError(path.name, line, "expected text in UTF-8, found other bytes") from None
