"""The rubrics a study is assessed against: freeze another beside the first, put one first, move to a newer version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from app.actions import things
from app.actions.create import freeze_into
from app.actions.errors import RefusedError
from app.actions.keys import next_key
from app.actions.reading import frozen_rubric
from app.analysis.rubric_change import JUDGED, Carrying
from app.analysis.todo import count
from app.model.assessment import FrozenRubric
from app.model.kinds import BY_TABLE
from app.model.read import Reader
from app.rubric.load import decode_rubric, further_key

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.actions.audit import Row
    from app.actions.unit import Unit
    from app.rubric.structure import Rubric

TIED = {
    "codes": ("principle_id",),
    "questions": ("principle_id", "criterion_id"),
    "follow_ups": ("criterion_id",),
}
"""What can be tied to a rubric and stands without one, too, and to which of its parts."""
TIED_TO = {"principle_id": "rubric_principles", "criterion_id": "rubric_criteria"}

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
    _freeze(unit, rubric, text)
    return f"Add rubric {called(rubric)}"


def _freeze(unit: Unit, rubric: Rubric, text: str) -> str:
    """Freeze a rubric that the study does not have yet; returns the key it got."""
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
    rubric = frozen_rubric(unit, key)
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


def move_rubric(unit: Unit, old: str, text: str, in_round: str, keep: Collection[str] = ()) -> str:
    """Move a round to another version of a rubric, which is put first; all that was judged by the old one stays there.

    What goes along are copies: answers with what they rest on, what the team agreed and set against it, findings,
    challenges, targets and next steps, as long as the criterion, principle or level is still there. Nothing that
    stands under the new version already is touched. Codes, questions and follow-ups are tied to the new version.

    Args:
        unit: the work.
        old: key of the rubric that the round is assessed against.
        text: the YAML of the new version; the study may have frozen it already.
        in_round: key of the round.
        keep: ids of reworded criteria whose answers go along all the same.

    Raises:
        NotFoundError: the study has no such rubric or round.
        RubricError: the text is no rubric; says what and in which line.
        RefusedError: the round is assessed against that very version already, another text has its version, or answers
            that are hidden would be copied to where they are revealed.
    """
    before, name = frozen_rubric(unit, old), unit.row("rounds", unit.id_of("rounds", in_round))["name"]
    after = decode_rubric(text, _FILE)
    key = next((row["key"] for row in unit.rows("rubrics") if row["text"] == text), "") or _freeze(unit, after, text)
    if key == old:
        raise RefusedError(f"{things.short(name)} is assessed against {called(after)} already.")
    _refuse_revealing(unit, old, key, in_round)
    carrying = Carrying(before, after, key, in_round, keep)
    for table in JUDGED:
        _copy(unit, table, carrying, key)
    for table in TIED:
        _tie_anew(unit, table, old, key)
    things.move(unit, "rubrics", key, 0)
    return f"Move {things.short(name)} to {called(after)}"


def _refuse_revealing(unit: Unit, old: str, new: str, in_round: str) -> None:
    """Refuse to copy answers that are hidden to a case on which they are revealed under the new version."""
    hidden, shown = (
        [
            row["case_id"]
            for row in unit.rows(
                "ballots", rubric_id=unit.id_of("rubrics", key), round_id=unit.id_of("rounds", in_round)
            )
            if bool(row["revealed_at"]) is revealed
        ]
        for key, revealed in ((old, False), (new, True))
    )
    for case in hidden:
        if case in shown:
            name = things.short(unit.row("cases", case)["name"])
            raise RefusedError(f"The answers for {name} are still hidden from one another: reveal them, then move.")


def _copy(unit: Unit, table: str, carrying: Carrying, key: str) -> None:
    """Copy what goes along of one kind, but nothing that is under the new version already."""
    kind = BY_TABLE[table]
    driver: Any = unit.connection.connection.driver_connection
    standing: tuple[Any, ...] = Reader(driver).read(kind)
    copies = list(carrying.all(standing))
    if not kind.listed:
        unit.add_many(copy for copy in copies if unit.find(copy) is None)
        return
    here = {_meant(thing) for thing in standing if thing.rubric == key}
    for copy in copies:
        if _meant(copy) not in here:
            unit.add(replace(copy, key=next_key(unit, table, copy.key, "-")))  # type: ignore[union-attr]


def _meant(thing: Any) -> tuple[object, ...]:
    """Give what tells a next step or a challenge from others, whatever its key."""
    names = ("criterion", "case", "verdict", "principle", "round", "title")
    return tuple(getattr(thing, name, None) for name in names)


def _tie_anew(unit: Unit, table: str, old: str, new: str) -> None:
    """Tie codes, questions or follow-ups to the new version of what they are tied to, where it is there."""
    new_id = unit.id_of("rubrics", new)
    parts = {column: _by_key(unit, TIED_TO[column], new_id) for column in TIED[table]}
    for row in unit.rows(table, rubric_id=unit.id_of("rubrics", old)):
        tied = {column: unit.row(TIED_TO[column], row[column])["key"] for column in parts if row[column]}
        if all(key in parts[column] for column, key in tied.items()):
            unit.update(table, row["id"], {"rubric_id": new_id, **{c: parts[c][key] for c, key in tied.items()}})


def _by_key(unit: Unit, table: str, rubric_id: str) -> dict[str, str]:
    return {row["key"]: row["id"] for row in unit.rows(table, rubric_id=rubric_id)}


def make_first(unit: Unit, key: str) -> str:
    """Make a rubric the study's main one: shown by default, and printed in the report.

    Raises:
        NotFoundError: the study has no such rubric.
    """
    rubric = frozen_rubric(unit, key)
    things.move(unit, "rubrics", key, 0)
    return f"Put {called(rubric)} first"


def called(rubric: Rubric) -> str:
    """Name a rubric with its version, for labels."""
    return f"{things.short(rubric.title)} {rubric.version}"
