"""The frozen view that one report is made from, in whatever format: what may be shown, and how it is set up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.analysis.collection import local_time
from app.disclosure.dates import with_dates
from app.disclosure.disclose import disclose
from app.disclosure.profiles import INTERNAL, find_profile

if TYPE_CHECKING:
    from datetime import date

    from app.model.disclosure import Profile, ReportSetup
    from app.model.document import StudyDocument


@dataclass(frozen=True)
class AuditDigest:
    """What the audit trail says of itself: how many actions it holds, over which days, and its last chained hash.

    `first` and `last` are days, "2022-10-03", empty where nothing was done; `kinds` counts actions by what they
    changed; `sound` is whether the study is as the trail says, None where that was not checked.
    """

    actions: int
    first: str
    last: str
    digest: str
    kinds: tuple[tuple[str, int], ...] = ()
    sound: bool | None = None


@dataclass(frozen=True)
class Snapshot:
    """A study as a report may show it; `version` is the program's, `copy` counts from 1.

    `issued` is the day it is made on, None where that is not told.
    """

    document: StudyDocument
    setup: ReportSetup
    profile: Profile
    version: str
    copy: int = 1
    audit: AuditDigest | None = None
    issued: date | None = None


def today(document: StudyDocument) -> date:
    """Give the day on the study's own clock, which is the day a report is issued on."""
    return local_time(datetime.now(UTC), document.study.zone).date()


def take(
    document: StudyDocument,
    setup: ReportSetup | None = None,
    *,
    version: str,
    copy: int = 1,
    audit: AuditDigest | None = None,
    issued: date | None = None,
) -> Snapshot:
    """Disclose a study to a report, as it is set up or as the study last set it up.

    Raises:
        UnknownProfileError: there is no profile such as the setup names.
    """
    setup = setup or document.report
    profile = find_profile(document, setup.profile or INTERNAL)
    return Snapshot(with_dates(disclose(document, profile), profile), setup, profile, version, copy, audit, issued)
