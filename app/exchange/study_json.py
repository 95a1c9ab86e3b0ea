"""Study JSON: the whole study as one documented document, both ways, losslessly."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, TypeVar

import msgspec

from app.actions.create import freeze
from app.exchange.errors import DocumentError
from app.exchange.files import read_at_most, write_export
from app.model.assessment import Answer, Consensus, NextStep
from app.model.disclosure import USUAL_SETUP
from app.model.document import StudyDocument
from app.model.wording import explained
from app.rubric.load import decode_frozen
from app.scoring.offered import answers_to

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from app.rubric.structure import Rubric

Answered = TypeVar("Answered", Answer, Consensus, NextStep)

LARGEST = 256 * 1024 * 1024  # bytes; far above any study, and below what would exhaust a laptop


def encode(document: StudyDocument) -> bytes:
    """Write a study as JSON: two spaces of indent, fields in a fixed order, defaults left out, UTF-8."""
    return msgspec.json.format(msgspec.json.encode(_recognisable(document)), indent=2) + b"\n"


def _recognisable(document: StudyDocument) -> StudyDocument:
    """Make defaults be left out wherever they came from: msgspec knows a default text by being the same object."""
    replace, intern = msgspec.structs.replace, sys.intern
    study = replace(document.study, language=intern(document.study.language), zone=intern(document.study.zone))
    sources = tuple(replace(source, zone=intern(source.zone)) for source in document.sources)
    report = USUAL_SETUP if document.report == USUAL_SETUP else document.report
    return replace(document, study=study, sources=sources, report=report)


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
        place, text = explained(str(problem))
        raise DocumentError(name, place, text) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise DocumentError(name, "", f"it is not JSON ({_reason(problem)})") from None
    for found in problems(document):
        raise DocumentError(name, found.place, found.text)
    return _as_counted(msgspec.structs.replace(document, rubrics=tuple(freeze(rubric) for rubric in document.rubrics)))


def _as_counted(document: StudyDocument) -> StudyDocument:
    """Answer levels that a principle describes alike as the highest of them, as the program itself keeps them."""
    found = (decode_frozen(frozen.text, frozen.key) for frozen in document.rubrics)
    picked = {rubric.id: rubric for rubric in found if rubric.rule == "choice"}
    changed = {
        table: tuple(_counted(each, picked) for each in getattr(document, table))
        for table in ("answers", "consensus", "next_steps")
    }
    return msgspec.structs.replace(document, **changed) if picked else document


def _counted(judged: Answered, picked: Mapping[str, Rubric]) -> Answered:
    if judged.rubric not in picked or judged.verdict is None:
        return judged
    verdict = answers_to(picked[judged.rubric], judged.criterion).step(judged.verdict).verdict
    return msgspec.structs.replace(judged, verdict=verdict)


def read_study(path: Path) -> StudyDocument:
    """Read a study JSON file.

    Raises:
        DocumentError: it can't be read, or is no study.
    """
    return decode(read_at_most(path, LARGEST + 1), path.name)


def write_study(document: StudyDocument, path: Path) -> None:
    """Write a study JSON file, whole or not at all.

    Raises:
        ExportError: it can't be written.
    """
    write_export(path, encode(document))


def study_schema() -> str:
    """Give the JSON Schema of study JSON."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Fieldquill study",
        **msgspec.json.schema(StudyDocument),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _reason(problem: Exception) -> str:
    if isinstance(problem, UnicodeDecodeError):  # its own words are of codecs and bytes
        return "it is not in UTF-8"
    return str(problem).removeprefix("JSON is malformed: ").rstrip(".")
