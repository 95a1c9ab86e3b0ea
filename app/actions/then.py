"""What an answer was before it was changed, as the audit trail has it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from app.actions.trail import stamp
from app.scoring.scale import Verdict

if TYPE_CHECKING:
    from datetime import datetime

    from app.actions.open_study import OpenStudy
    from app.model.assessment import Answer

_FIRST_LATER = (
    "SELECT audit_changes.row_before FROM audit_changes JOIN audit ON audit.seq = audit_changes.seq "
    'WHERE audit_changes."table" = \'answers\' AND audit_changes."row" = ? AND audit.at > ? '
    "ORDER BY audit.seq LIMIT 1"
)


def verdict_then(study: OpenStudy, answer: Answer, when: datetime) -> Verdict | None:
    """Tell what an answer was at a time; None where it was none yet, or the trail does not reach back so far.

    The trail begins with the file: of what was imported it knows only what came after.
    """
    with study.file.reading():
        found = study.file.connection.execute(_FIRST_LATER, (str(answer.id), stamp(when))).fetchone()
    before = json.loads(found[0]) if found and found[0] else {}
    verdict = before.get("verdict")
    return Verdict(verdict) if verdict else None
