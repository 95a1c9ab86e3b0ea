"""Keep a mapping between two of a study's rubrics in the study: answers in one then propose answers in the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.actions.errors import RefusedError
from app.model.assessment import FrozenMapping
from app.rubric.load import decode_frozen, decode_mapping
from app.rubric.mapping import known_as

if TYPE_CHECKING:
    from app.actions.unit import Unit
    from app.rubric.structure import Rubric


def keep_mapping(unit: Unit, text: str, name: str = "the mapping") -> str:
    """Keep a mapping, in the place of one of the same id; a kept one goes before a shipped one.

    Args:
        unit: the work.
        text: the YAML in full.
        name: what an error calls it: its file.

    Raises:
        RubricError: the text is no mapping, or does not fit the two rubrics; says what and in which line.
        RefusedError: the study lacks one of the rubrics, in the version it was made for.
    """
    found = decode_mapping(text, name)
    ends = ((found.source, found.source_version), (found.target, found.target_version))
    source, target = (_rubric(unit, *end) for end in ends)
    decode_mapping(text, name, (source, target))
    kept = FrozenMapping(key=found.id, text=text)
    known = unit.find(kept)
    if known is None:
        unit.add(kept)
    else:
        unit.update("mappings", known, {"text": text})
    return f"Keep the mapping from {source.title} to {target.title}"


def _rubric(unit: Unit, key: str, version: str) -> Rubric:
    for row in unit.rows("rubrics"):
        rubric = decode_frozen(row["text"], row["key"])
        if key in known_as(rubric) and rubric.version == version:
            return rubric
    raise RefusedError(f'The study has no rubric "{key}" in version {version}: take that one into it first.')
