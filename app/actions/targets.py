"""Set which level a case is meant to reach on a principle, say why, and clear it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from app.actions.errors import NotFoundError, RefusedError
from app.actions.values import checked
from app.model.assessment import Target
from app.model.clusters import cut_at_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.actions.unit import Unit
    from app.analysis.assessment import JudgedCase, JudgedPrinciple
    from app.rubric.structure import Principle

_LABEL = 40


def aim(unit: Unit, judged: JudgedCase, principles: Sequence[str], level: str) -> str:
    """Aim for a level on some principles of a case; of several, those that stand above it already are left alone.

    Args:
        unit: the work.
        judged: the case as it stands, so that no target is set below what is reached.
        principles: ids; one, or as many as are to have the same target.
        level: id of the rubric's level.

    Raises:
        NotFoundError: the study has no such case, principle or level.
        RefusedError: the level lies below what is reached, or nothing applies there.
    """
    chosen = [judged.principle(each) for each in principles]
    problems = {each.principle.id: aim_problem(judged, each, level) for each in chosen}
    if all(problems.values()):
        raise RefusedError(next(iter(problems.values()), "Nothing was named to aim for."))
    aiming = [each for each in chosen if not problems[each.principle.id]]
    for each in aiming:
        _write(unit, judged, each.principle.id, level)
    return f"Aim for {judged.rubric.level(level).name} in {_words(judged, [each.principle for each in aiming])}"


def clear(unit: Unit, judged: JudgedCase, principles: Sequence[str]) -> str:
    """Take away the targets that some principles of a case have.

    Raises:
        NotFoundError: none of them has one.
    """
    standing = {each: row_id for each in principles if (row_id := unit.find(_target(judged, each))) is not None}
    if not standing:
        raise NotFoundError("There is no target to clear.")
    for row_id in standing.values():
        unit.delete("targets", row_id)
    noun = "target" if len(standing) == 1 else "targets"
    return f"Clear the {noun} of {_words(judged, [judged.rubric.principle(each) for each in standing])}"


def say_why(unit: Unit, judged: JudgedCase, principle: str, reason: str) -> str:
    """Say why a case is meant to reach a level; empty for nothing said.

    Raises:
        NotFoundError: the target is gone.
        RefusedError: the reason can't be kept.
    """
    target = replace(_target(judged, principle), reason=reason)
    row_id = unit.find(target)
    if row_id is None:
        raise NotFoundError("There is no target to give a reason for.")
    unit.update("targets", row_id, {"reason": checked(target).reason})
    unit.merge_key = f"targets/{target.rubric}/{target.case}/{principle}"
    return f"Say why there is a target for {_words(judged, [judged.rubric.principle(principle)])}"


def aim_problem(judged: JudgedCase, principle: JudgedPrinciple, level: str) -> str:
    """Say in one sentence why a principle can't have a level as its target; "" where it can."""
    where = f"{principle.principle.short} of {cut_at_word(judged.case.name, _LABEL)}"
    if principle.level is None:
        return f"No target was set: nothing that {where} is asked applies, so it has no level."
    rubric = judged.rubric
    if rubric.rank(level) < rubric.rank(principle.level):
        return f"No target was set: {where} is at {rubric.level(principle.level).name} already, which is above it."
    return ""


def _write(unit: Unit, judged: JudgedCase, principle: str, level: str) -> None:
    """Set one target; the reason given for the one before stays."""
    target = replace(_target(judged, principle), level=level)
    row_id = unit.find(target)
    if row_id is None:
        unit.add(target)
    else:
        unit.update("targets", row_id, {"level_id": unit.id_of("rubric_levels", level, target.rubric)})


def _target(judged: JudgedCase, principle: str) -> Target:
    """Give what a target is told apart by; its level is the lowest until one is chosen."""
    level = judged.rubric.levels[0].id
    return Target(rubric=judged.rubric.id, principle=principle, case=judged.case.key, level=level)


def _words(judged: JudgedCase, principles: Sequence[Principle]) -> str:
    case = cut_at_word(judged.case.name, _LABEL)
    if len(principles) == 1:
        return f"{principles[0].short} of {case}"
    every = len(principles) == len(judged.principles)
    return f"{'all' if every else len(principles)} principles of {case}"
