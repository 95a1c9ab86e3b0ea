"""The rubrics that come with the product, and the mappings between them."""

from functools import cache
from typing import Final

from app.paths import RUBRICS
from app.rubric.errors import UnknownRubricError
from app.rubric.load import decode_mapping, decode_rubric, read_text
from app.rubric.mapping import RubricMapping, identity_mapping, known_as
from app.rubric.mapping_checks import problems_between
from app.rubric.structure import Rubric

_MAPPINGS: Final = RUBRICS / "mappings"


def shipped() -> list[str]:
    """The ids of the shipped rubrics, in alphabetical order."""
    return sorted(path.stem for path in RUBRICS.glob("*.yaml"))


def text(rubric_id: str) -> str:
    """The YAML of a shipped rubric, as the file has it; UnknownRubricError where there is none."""
    if rubric_id not in shipped():
        names = ", ".join(shipped())
        raise UnknownRubricError(f'There is no rubric "{rubric_id}" here; there is {names}.')
    return read_text(RUBRICS / f"{rubric_id}.yaml")


@cache
def load(rubric_id: str) -> Rubric:
    """A shipped rubric, read once; UnknownRubricError where there is none."""
    return decode_rubric(text(rubric_id), f"{rubric_id}.yaml")


def mappings() -> list[str]:
    """The ids of the shipped mappings, in alphabetical order."""
    return sorted(path.stem for path in _MAPPINGS.glob("*.yaml"))


@cache
def mapping(mapping_id: str) -> RubricMapping:
    """A shipped mapping, read once; UnknownRubricError where there is none."""
    if mapping_id not in mappings():
        names = ", ".join(mappings())
        raise UnknownRubricError(f'There is no mapping "{mapping_id}" here; there is {names}.')
    return decode_mapping(read_text(_MAPPINGS / f"{mapping_id}.yaml"), f"{mapping_id}.yaml")


def mapping_between(source: Rubric, target: Rubric) -> RubricMapping | None:
    """How answers in one rubric propose answers in another; None where nothing says so.

    Between two versions of one rubric it is what both ask alike, between others a shipped mapping that fits both.
    """
    if set(known_as(source)) & set(known_as(target)):
        same = identity_mapping(source, target)
        return same if same.entries else None
    fitting = (each for each in map(mapping, mappings()) if not any(problems_between(each, source, target)))
    return next(fitting, None)
