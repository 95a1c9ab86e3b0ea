"""Every date of the report is as exact as its profile has it, whatever wrote it."""

import re

import msgspec
import pytest

from app.analysis.collection import local_time
from app.disclosure.profiles import STANDARD_PROFILES
from app.model.disclosure import Dates, ReportSetup
from app.report.build import make_report as make
from app.report.snapshot import AuditDigest, take

replace = msgspec.structs.replace
AUDIT = AuditDigest(12, "2021-09-06", "2022-12-08", "ab" * 32, (("cases", 12),), sound=True)
MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"


@pytest.fixture(scope="module")
def told(autocorp):
    """What a report of the demonstration study says under each profile, string by string, so that none runs on."""

    def words(profile):
        report = make(take(autocorp, ReportSetup(profile=profile), version="1", audit=AUDIT))
        return " | ".join(" ".join(each.text.split()) for each in report.printed)

    return {profile.key: words(profile.key) for profile in STANDARD_PROFILES}


@pytest.fixture(scope="module")
def days(autocorp):
    """The days of the study: of its rounds, interviews, reviews and its audit trail."""
    found = {day for each in autocorp.rounds for day in (each.starts, each.ends)}
    for source in autocorp.sources:
        found |= {local_time(at, source.zone).date() for at in (source.started_at, source.ended_at) if at}
    return found | {each.held_at.date() for each in autocorp.reviews}


def test_the_internal_report_tells_days(told):
    for day in ("14 Sep 2021", "17 Nov 2022", "8 Dec 2022", "from 6 Sep 2021 to 8 Dec 2022", "Oct – Nov 2022"):  # noqa: RUF001
        assert day in told["internal"]


def test_no_day_of_a_month_leaves_the_house(told, days):
    assert not re.search(rf"\b\d{{1,2}}(?:st|nd|rd|th|\.)?\s{MONTHS}\b", told["client"])
    assert not re.search(rf"\b{MONTHS}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}", told["client"])
    assert "Sep – Nov 2021" in told["client"]  # noqa: RUF001
    assert "from Sep 2021 to Dec 2022" in told["client"]
    for day in days:
        assert f"{day.day} {day:%b} {day.year}" not in told["client"]
        assert day.isoformat() not in told["client"]


def test_no_month_is_told_where_years_may_be(told):
    month = r"(?:January|February|March|April|June|July|August|September|October|November|December)"
    assert not re.search(month, told["anonymised"])
    assert not re.search(rf"\b{MONTHS}\.?\s\d\d", told["anonymised"])
    assert not re.search(r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)\b", told["anonymised"])
    assert "from 2021 to 2022" in told["anonymised"]
    assert "Round 1, 2021" in told["anonymised"]


def test_words_that_are_no_longer_in_the_notes_are_dated_as_the_profile_has_it(study, read):
    gone = replace(study.passages[-1], words="By hand on 9 October 2022")
    dated = replace(study, passages=(*study.passages[:-1], gone))
    profile = replace(STANDARD_PROFILES[0], dates=Dates.MONTH)
    flat = read(make(take(replace(dated, profiles=(profile,)), version="1")).content).flat
    assert "By hand in October 2022" in flat
