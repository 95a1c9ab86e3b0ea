"""Keep the list of letters that stand for words while notes are typed; and the list a new study begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from msgspec.structs import replace

from app.actions.errors import RefusedError
from app.model.source import Shorthand

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.actions.unit import Unit

LONGEST_SHORT: Final = 16
LONGEST_WORDS: Final = 200

# None of them is a word or a usual abbreviation, in English or in German, small or in capitals: "gt" is a car, "fs" a
# file system, "vers" a verse.
STANDARD_SHORTHANDS: Final = tuple(
    Shorthand(short=short, words=words)
    for short, words in (
        ("cdrf", "concept drift"),
        ("cicd", "CI/CD"),
        ("dd", "data drift"),
        ("depl", "deployment"),
        ("fstr", "feature store"),
        ("gtru", "ground truth"),
        ("lblg", "labelling"),
        ("mntr", "monitoring"),
        ("mreg", "model registry"),
        ("pipl", "pipeline"),
        ("rtr", "retraining"),
        ("vrsg", "versioning"),
    )
)


def problem(shorthands: Iterable[Shorthand], short: str, assessor: str | None, but: Shorthand | None = None) -> str:
    """Say in one sentence why `short` can't stand in a list, "" where it can.

    Args:
        shorthands: those of the study.
        short: the letters.
        assessor: whose list, by key; None for everybody's.
        but: the one that is about to give way to it.
    """
    if not short:
        return "The short form is missing."
    if any(letter.isspace() for letter in short):
        return "A short form has no spaces."
    if len(short) > LONGEST_SHORT:
        return f"A short form has at most {LONGEST_SHORT} characters."
    others = (each for each in shorthands if each.assessor == assessor and each != but)
    same = next((each for each in others if each.short.casefold() == short.casefold()), None)
    return f"“{same.short}” stands for “{same.words}” already." if same else ""


def words_problem(words: str) -> str:
    """Say in one sentence why `words` can't be what letters stand for, "" where they can."""
    if not words:
        return "The words are missing."
    return f"The words have at most {LONGEST_WORDS} characters." if len(words) > LONGEST_WORDS else ""


def add_shorthand(unit: Unit, made: Shorthand) -> str:
    """Write a new shorthand.

    Raises:
        NotFoundError: it is somebody's whom the study does not know.
        RefusedError: its letters have a space, are too long, or stand for something already; or its words can't be
            kept.
    """
    _refuse(unit, made)
    unit.add(made)
    return f"Add shorthand {made.short}"


def change_shorthand(unit: Unit, before: Shorthand, after: Shorthand) -> str:
    """Let one shorthand give way to another: other letters, other words, or in another list.

    Letters and list tell shorthands apart: with others of these it is another one, with an identity of its own.

    Raises:
        NotFoundError: `after` is somebody's whom the study does not know.
        RefusedError: `before` is no longer there, or `after` can't be kept.
    """
    row_id = unit.find(before)
    if row_id is None:
        raise RefusedError("The study no longer has that shorthand.")
    unit.delete("shorthands", row_id)
    _refuse(unit, after)
    same = (after.short, after.assessor) == (before.short, before.assessor)
    unit.add(replace(after, id=UUID(row_id) if same else None))
    return f"Change shorthand {before.short}"


def _refuse(unit: Unit, made: Shorthand) -> None:
    """Refuse what can't stand beside the shorthands there are."""
    owner = made.assessor and unit.id_of("assessors", made.assessor)
    standing = [
        Shorthand(short=row["short"], words=row["words"], assessor=row["assessor_id"])
        for row in unit.rows("shorthands")
    ]
    sentence = problem(standing, made.short, owner) or words_problem(made.words)
    if sentence:
        raise RefusedError(sentence)
