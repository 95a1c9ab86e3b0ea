"""The rubrics a study is assessed against: freeze another beside the first, put one first, take one out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.actions import things
from app.actions.create import freeze_into
from app.actions.errors import RefusedError
from app.analysis.todo import count
from app.model.assessment import FrozenRubric
from app.rubric.load import decode_frozen, decode_rubric, further_key

if TYPE_CHECKING:
    from app.actions.audit import Row
    from app.actions.unit import Unit
    from app.rubric.structure import Rubric

TIED = {
    "codes": ("principle_id",),
    "questions": ("principle_id", "criterion_id"),
    "follow_ups": ("criterion_id",),
}
"""What can be tied to a rubric and stands without one, too, and to which of its parts."""

_FILE = "the rubric"  # what a sentence about its YAML calls it


def add_rubric(unit: Unit, text: str) -> str:
    """Freeze another rubric into the study, behind the others, or a further version of one it has.

    Its key is its id, or its id and version where another version has that already (`further_key`).

    Args:
        unit: the work.
        text: the YAML in full.

    Raises:
        RubricError: the text is no rubric; says what and in which line.
        RefusedError: the study has this version of it already.
    """
    rubric = decode_rubric(text, _FILE)
    freeze_new(unit, rubric, text)
    return f"Add rubric {called(rubric)}"


def freeze_new(unit: Unit, rubric: Rubric, text: str) -> str:
    """Freeze a rubric that the study does not have yet; returns the key it got.

    Raises:
        RefusedError: the study has this version of it.
    """
    standing = {row["key"]: row["version"] for row in unit.rows("rubrics")}
    if standing.get(rubric.id) == rubric.version or further_key(rubric) in standing:
        raise RefusedError(
            f"The study has {called(rubric)} already: give what differs a version of its own to have it beside that."
        )
    key = further_key(rubric) if rubric.id in standing else rubric.id
    freeze_into(unit, FrozenRubric(key=key, version=rubric.version, text=text))
    return key


def remove_rubric(unit: Unit, key: str) -> str:
    """Remove a rubric with all that was judged by it; codes, questions and follow-ups tied to it stay, untied.

    Raises:
        NotFoundError: the study has no such rubric.
        RefusedError: it is the only one.
    """
    row_id = unit.id_of("rubrics", key)
    if len(unit.rows("rubrics")) == 1:
        raise RefusedError("A study keeps one rubric at least: add the other one first.")
    row = unit.row("rubrics", row_id)
    rubric = decode_frozen(row["text"], key)
    answers = len(unit.rows("answers", rubric_id=row_id))
    _untie(unit, row_id)
    for table in ("rubric_criteria", "rubric_principles", "rubric_levels"):
        for part in unit.rows(table, rubric_id=row_id):
            unit.delete(table, part["id"])
    unit.delete("rubrics", row_id)
    gone = f" and {count(answers, 'answer', 'answers')}" if answers else ""
    return f"Remove {called(rubric)}{gone}"


def _untie(unit: Unit, rubric_id: str) -> None:
    """Let what may stand without a rubric let go of it and of its parts at once: one without the other is refused."""
    for table, parts in TIED.items():
        free: Row = dict.fromkeys(("rubric_id", *parts))
        unit.update_all(table, unit.rows(table, rubric_id=rubric_id), free)


def make_first(unit: Unit, key: str) -> str:
    """Make a rubric the study's main one: shown by default, and printed in the report.

    Raises:
        NotFoundError: the study has no such rubric.
    """
    row = unit.row("rubrics", unit.id_of("rubrics", key))
    things.move(unit, "rubrics", key, 0)
    return f"Put {called(decode_frozen(row['text'], key))} first"


def called(rubric: Rubric) -> str:
    """Name a rubric with its version, for labels."""
    return f"{things.short(rubric.title)} {rubric.version}"
