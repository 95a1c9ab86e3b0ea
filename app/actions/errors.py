"""Why an action was refused; nothing of it was kept when one of these is raised."""

from __future__ import annotations

from app.errors import FieldquillError


class ActionError(FieldquillError):
    """An action could not be done."""

    code = "action"


class NotFoundError(ActionError):
    """The action names something the study does not hold."""

    code = "action.not-found"


class RefusedError(ActionError):
    """The study would have come to hold something contradictory."""

    code = "action.refused"


class NothingToUndoError(ActionError):
    """There is no action left to take back, or to do again."""

    code = "action.nothing-to-undo"


# What the database's constraints mean, by name; the rest get the general sentence.
_SENTENCES = {
    "ck_answers_not_applicable_has_reason": "Not applicable needs its reason: write it in the rationale first.",
    "ck_rounds_ends_after_it_starts": "A round can't end before it starts.",
    "ck_sources_ends_after_it_starts": "It can't end before it starts.",
    "ck_sources_no_end_without_start": "It needs a start before it can have an end.",
    "ck_follow_ups_answer_is_told": "An answered follow-up needs its answer, or the interview it was answered in.",
    "ck_double_codings_two_coders": "A second coder is somebody else than the first.",
    "ck_codes_not_its_own_parent": "A code can't stand under itself.",
}
_NOT_EMPTY = "_not_empty"


def refusal(constraint: str) -> str:
    """Say for people why a database constraint refused a change.

    Args:
        constraint: what the database said, e.g. "CHECK constraint failed: ck_rounds_name_not_empty".
    """
    name = constraint.rsplit(": ", 1)[-1].strip()
    if name in _SENTENCES:
        return _SENTENCES[name]
    if name.endswith(_NOT_EMPTY):
        field = name.removesuffix(_NOT_EMPTY).rsplit("_", 1)[-1]
        return f"The {field} can't be empty."
    if "UNIQUE" in constraint:
        return "The study has that already."
    if "FOREIGN KEY" in constraint:
        return "That refers to something the study does not hold."
    return "That would contradict something the study holds already."
