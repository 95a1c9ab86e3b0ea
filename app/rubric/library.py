"""The rubrics that come with the product."""

from functools import cache

from app.paths import RUBRICS
from app.rubric.errors import UnknownRubricError
from app.rubric.load import decode_rubric, read_text
from app.rubric.structure import Rubric


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
