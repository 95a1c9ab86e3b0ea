"""By which mapping a study carries answers from one of its rubrics to another: one it keeps, else a shipped one."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from app.rubric.errors import RubricError
from app.rubric.library import mapping_between
from app.rubric.load import decode_mapping
from app.rubric.mapping_checks import problems_between

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.model.document import StudyDocument
    from app.rubric.mapping import RubricMapping
    from app.rubric.structure import Rubric


def mapping_in(document: StudyDocument, source: Rubric, target: Rubric) -> RubricMapping | None:
    """Find the mapping from one rubric to another; None where none leads there.

    Args:
        document: the study; of its own mappings one that can't be read, or does not fit both, leads nowhere.
        source: the rubric that was answered.
        target: the one to propose answers in.
    """
    fitting = (each for each in _kept(document) if not any(problems_between(each, source, target)))
    return next(fitting, None) or mapping_between(source, target)


def _kept(document: StudyDocument) -> Iterator[RubricMapping]:
    read = (_read(frozen.text, frozen.key) for frozen in document.mappings)
    return (each for each in read if each is not None)


@lru_cache(maxsize=16)
def _read(text: str, key: str) -> RubricMapping | None:
    try:
        return decode_mapping(text, f"{key}.yaml")
    except RubricError:
        return None
