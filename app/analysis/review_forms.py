"""What a filled form says beside what was typed in of the same result; pure.

Taking a form in leaves what the study has wherever the form is empty (see `app.actions.reviews.take_filled`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.analysis.reviews import Said
    from app.model.assessment import ReviewItem


def contradicts(said: Said, item: ReviewItem) -> bool:
    """Whether a form says something else than was typed in: it would take the place of that."""
    comment = said.comment.strip()
    other_verdict = None not in (said.verdict, item.verdict) and said.verdict is not item.verdict
    return other_verdict or ("" not in (comment, item.comment) and comment != item.comment)


def adds_nothing(said: Said, item: ReviewItem) -> bool:
    """Whether all that a form says was typed in already."""
    comment = said.comment.strip()
    return said.verdict in (None, item.verdict) and comment in ("", item.comment)
