"""How data was gathered, counted from the study."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from app.analysis.collection import (
    RoleCount,
    collect,
    day_text,
    from_paper,
    minutes_text,
    period,
    period_text,
    source_days,
)
from app.model.document import StudyDocument
from app.model.setting import Organisation, Participant, Round, Study
from app.model.source import Attendance, Entry, Part, Source, SourceKind, SourceStatus

FIRST = Round(key="r1", name="Round 1", starts=date(2021, 9, 1), ends=date(2021, 11, 30))
SECOND = Round(key="r2", name="Round 2")


def source(key, *people, **fields):
    given = {"round": "r1", "status": SourceStatus.FINISHED, **fields}
    return Source(key=key, title=key.title(), participants=people, **given)


def study(*sources, rounds=(FIRST, SECOND)):
    roles = {"a": "ML engineer", "b": "IT manager", "c": "ML engineer"}
    return StudyDocument(
        format="fieldquill-study",
        version=1,
        study=Study(
            id=UUID(int=1), title="S", organisation=Organisation(name="O"), created_at=datetime(2023, 1, 1, tzinfo=UTC)
        ),
        rounds=rounds,
        participants=tuple(Participant(key=key, pseudonym=key, role=role) for key, role in roles.items()),
        sources=sources,
    )


def test_a_study_without_anything_has_gathered_nothing():
    found = collect(study(rounds=()))
    assert (found.interviews, found.other, found.two_assessors, found.lines, found.passages) == (0, 0, 0, 0, 0)


def test_roles_are_counted_by_person_in_the_order_met():
    found = collect(study(source("i1", "b"), source("i2", "a"), source("i3", "c"), source("i4", "a")))
    assert found.rounds[0].roles == (RoleCount("IT manager", 1), RoleCount("ML engineer", 2))
    assert found.rounds[0].interviews == found.interviews == 4
    assert found.rounds[1].interviews == 0


def test_interviews_still_to_come_do_not_count_as_held():
    planned = source("i2", "a", status=SourceStatus.PLANNED, minutes="90")
    found = collect(study(source("i1", "b", minutes="30"), planned)).rounds[0]
    assert (found.interviews, found.planned, found.minutes) == (1, 1, "30")
    assert found.roles == (RoleCount("IT manager", 1),)


def test_other_sources_of_one_title_are_put_together():
    calls = [source(f"m{n}", kind=SourceKind.MEETING) for n in range(2)]
    same = [source("m", kind=SourceKind.MEETING, remark="questions") for _ in range(3)]
    found = collect(study(*calls, *same))
    assert [(each.title, each.remark, each.count) for each in found.rounds[0].other] == [
        ("M0", "", 1),
        ("M1", "", 1),
        ("M", "questions", 3),
    ]
    assert found.other == 5


def test_two_assessors_are_two_people():
    one = Attendance(assessor="x", part=Part.INTERVIEWER)
    again = Attendance(assessor="x", part=Part.OBSERVER)
    other = Attendance(assessor="y", part=Part.OBSERVER)
    found = collect(study(source("i1", assessors=(one, again)), source("i2", assessors=(one, other))))
    assert found.two_assessors == 1


def test_interviews_from_paper_are_those_held_that_name_their_sheet():
    on_paper = source("i1", sheet="7")
    others = (
        source("i2", sheet=" "),
        source("i3", sheet="8", status=SourceStatus.PLANNED),
        source("m1", sheet="9", kind=SourceKind.MEETING),
    )
    assert [from_paper(each) for each in (on_paper, *others)] == [True, False, True, True]
    assert collect(study(on_paper, *others)).on_paper == 1
    assert collect(study()).on_paper == 0


def test_a_day_is_named():
    assert day_text(date(2022, 10, 3)) == "3 Oct 2022"


def test_lines_are_counted():
    entries = (Entry(key="e1", text="x"), Entry(key="e2", text="y"))
    assert collect(study(source("i1", entries=entries))).lines == 2


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ([], ""),
        ([{}], ""),
        ([{"minutes": "45"}], "45"),
        ([{"minutes": "30-45"}], "30–45"),  # noqa: RUF001
        ([{"minutes": "40"}, {"minutes": "25"}, {"minutes": "30-35"}], "25–40"),  # noqa: RUF001
        (
            [
                {
                    "started_at": datetime(2022, 1, 1, 9, tzinfo=UTC),
                    "ended_at": datetime(2022, 1, 1, 9, 44, 40, tzinfo=UTC),
                }
            ],
            "45",
        ),
        ([{"started_at": datetime(2022, 1, 1, 9, tzinfo=UTC)}], ""),
    ],
)
def test_minutes_are_as_stated_else_from_start_to_end(given, text):
    assert minutes_text([source(f"i{n}", **fields) for n, fields in enumerate(given)]) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2021, 9, 1), date(2021, 11, 30), "Sep – Nov 2021"),  # noqa: RUF001
        (date(2022, 10, 3), date(2022, 10, 30), "Oct 2022"),
        (date(2009, 1, 3), date(2010, 1, 3), "Jan 2009 – Jan 2010"),  # noqa: RUF001
    ],
)
def test_a_period_is_given_by_its_months(first, last, text):
    assert period_text((first, last)) == text


def test_no_period_has_no_text():
    assert not period_text(None)


def test_a_rounds_period_is_as_set_else_that_of_its_sources():
    late = datetime(2022, 10, 31, 23, 30, tzinfo=UTC)
    document = study(
        source("i1", round="r2", started_at=late, zone="Europe/Berlin"),
        source("i2", round="r2", status=SourceStatus.PLANNED, started_at=datetime(2030, 1, 1, tzinfo=UTC)),
    )
    assert period(document, FIRST) == (date(2021, 9, 1), date(2021, 11, 30))
    assert period(document, SECOND) == (date(2022, 11, 1), date(2022, 11, 1)), "as the clock stood on site"
    assert period(document, None) == (date(2022, 11, 1), date(2022, 11, 1))
    assert period(study(), SECOND) is None


def test_an_unknown_zone_is_read_as_utc():
    at = datetime(2022, 10, 31, 23, 30, tzinfo=UTC)
    assert source_days(source("i1", started_at=at, zone="Nowhere/Atlantis")) == (date(2022, 10, 31), date(2022, 10, 31))
    assert source_days(source("i1", started_at=at.replace(tzinfo=None), zone="../etc")) is not None
    assert source_days(source("i1")) is None
