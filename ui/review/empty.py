"""What the page Review says while there is nobody to ask, nothing to ask about, or no review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ui.widgets import EmptyState

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_NOBODY: Final = (
    "Here somebody of the organisation checks what was found: each level and finding is confirmed, corrected or "
    "disputed. The first step is the people you know there."
)
_NOTHING: Final = (
    "Here an insider checks the levels and findings of their cases. There are some once criteria are answered."
)
_NO_REVIEW: Final = (
    "An insider gets a pack with each level and finding of their cases, to confirm, correct or dispute, in a PDF or on "
    "paper. What they say is read back here, and each dispute is resolved with a reason."
)


def empty_states(parent: QWidget) -> tuple[EmptyState, EmptyState, EmptyState]:
    """Make what is said where there are no participants, no answers and no reviews, each with the next step."""
    return (
        EmptyState("users", "Nobody to ask yet", _NOBODY, "Add a participant", parent=parent),
        EmptyState("clipboard-check", "Nothing to review yet", _NOTHING, "Answer criteria", parent=parent),
        EmptyState("user-check", "No review yet", _NO_REVIEW, "New review", "Ins", parent),
    )
