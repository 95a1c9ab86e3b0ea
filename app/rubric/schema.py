"""The JSON schemas of rubric and mapping files, for editors and for people who write their own."""

import msgspec
from msgspec import Struct

from app.rubric.mapping import RubricMapping
from app.rubric.structure import Rubric


def rubric_schema() -> str:
    """The schema of rubrics as indented JSON text with a final line break, the same on every run."""
    return _schema("Fieldquill rubric", Rubric)


def mapping_schema() -> str:
    """The schema of mappings as indented JSON text with a final line break, the same on every run."""
    return _schema("Fieldquill mapping between rubrics", RubricMapping)


def _schema(title: str, kind: type[Struct]) -> str:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **msgspec.json.schema(kind),
    }
    return msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=2).decode() + "\n"
