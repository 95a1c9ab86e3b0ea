"""What the fields of a review pack are called: opaque, so that neither a file nor its fields name a case.

Each name is made of the pack's number and a keyed digest of the result it is about. The key is the study's own id,
which stands in no pack: only the study can tell what a field is of, and whether a form is one of its own.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.analysis.reviews import At, place_of

if TYPE_CHECKING:
    from uuid import UUID

    from app.model.assessment import Review

VERDICT: Final = "verdict"
COMMENT: Final = "comment"
REMARK: Final = "remark"
FORM: Final = "form"
LONGEST: Final = 20_000
"""Characters of a comment or the remark that are taken in."""

_STUDY_DIGITS: Final = 24
_RESULT_DIGITS: Final = 12


@dataclass(frozen=True)
class Names:
    """Names the fields of one pack of a study."""

    study: UUID
    sheet: str

    @property
    def form(self) -> str:
        """The field that says which study the form belongs to, by `seal`."""
        return f"r{self.sheet}-{FORM}"

    @property
    def remark(self) -> str:
        """The field for what is said of the results as a whole."""
        return f"r{self.sheet}-{REMARK}"

    def verdict(self, at: At) -> str:
        """The field for the verdict on a result."""
        return f"{self._stem(at)}-{VERDICT}"

    def comment(self, at: At) -> str:
        """The field for the comment on a result."""
        return f"{self._stem(at)}-{COMMENT}"

    def places(self, review: Review) -> dict[str, At]:
        """Tell for each verdict and comment of a review's form which result it is of."""
        found = (place_of(item) for item in review.items)
        return {name: at for at in found for name in (self.verdict(at), self.comment(at))}

    def _stem(self, at: At) -> str:
        digest = _digest(self.study, "result", self.sheet, at.rubric, at.principle, at.case)
        return f"r{self.sheet}-{digest[:_RESULT_DIGITS]}"


def seal(study: UUID) -> str:
    """Say which study a form belongs to, so that only that study can tell."""
    return _digest(study, "study")[:_STUDY_DIGITS]


def _digest(study: UUID, *words: str) -> str:
    return hmac.new(study.bytes, "\n".join(words).encode(), hashlib.sha256).hexdigest()
