"""What the audit trail of an open study says of itself, for the report to print: counts and a hash, never a word."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Final

from app.actions.audit import START
from app.actions.verify import problems
from app.analysis.collection import local_time
from app.model.kinds import PART_OWNER

if TYPE_CHECKING:
    from app.actions.open_study import OpenStudy
    from app.report.snapshot import AuditDigest

_READ: Final = "SELECT at, action, subject, hash FROM audit ORDER BY seq"
_BY_ACTION: Final = {"undo": "taken back", "redo": "done again", "store.upgrade": "study file upgraded"}
_BY_TABLE: Final = {
    "study": "the study itself",
    "site_policy": "the site's rules",
    "report_setup": "set-up of the report",
    "entries": "lines of notes",
    "sources": "interviews and other sources",
    "codes": "codebook",
    "evidence": "evidence",
    "drafts": "drafts of rubrics",
}


def audit_digest(study: OpenStudy, *, check: bool = True) -> AuditDigest:
    """Sum up a study's audit trail: how many actions, when, of what, and the hash they are all chained in.

    Args:
        study: open.
        check: read the whole study against its trail, as `verify` does; else it is not said whether it is sound.
    """
    from app.report.snapshot import AuditDigest

    with study.file.reading():
        rows = list(study.file.connection.execute(_READ))
        sound = not any(True for _ in problems(study.file.connection)) if check else None
    days = [_day(at, study.document.study.zone) for at, *_ in rows]
    kinds = Counter(_kind(action, subject) for _, action, subject, _ in rows)
    last = rows[-1][3] if rows else START  # a study without a trail is not sound, and can be opened
    return AuditDigest(len(rows), min(days, default=""), max(days, default=""), last, tuple(kinds.most_common()), sound)


def _day(stamp: str, zone: str) -> str:
    """Give the day of a time of the trail, as the study's own clock showed it."""
    return local_time(datetime.fromisoformat(stamp), zone).date().isoformat()


def _kind(action: str, subject: str) -> str:
    """Say in words what an action changed: the kind of the first thing it touched."""
    if action in _BY_ACTION:
        return _BY_ACTION[action]
    table = subject.partition("/")[0]
    owner = table if table in _BY_TABLE else PART_OWNER.get(table, table)
    return _BY_TABLE.get(owner, owner.replace("_", " "))
