"""The JSON schema of rubric files, for editors and for people who write their own."""

import msgspec

from app.rubric.structure import Rubric


def rubric_schema() -> str:
    """The schema as indented JSON text with a final line break, the same on every run."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Fieldquill rubric",
        **msgspec.json.schema(Rubric),
    }
    return msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=2).decode() + "\n"
