"""Dates in people's words, told by the month or by the year: whatever way they are written."""

import calendar
import re
from datetime import UTC, date, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.disclosure.dates import CUT, coarser, with_dates
from app.disclosure.profiles import STANDARD_PROFILES
from app.model.disclosure import Dates
from app.model.evidence import Evidence
from tests.documents import documents

INTERNAL, CLIENT, ANONYMISED = STANDARD_PROFILES
LONG = list(calendar.month_name)[1:]
GERMAN = ["Januar", "Februar", "März", "April", "Mai", "Juni", *LONG[6:9], "Oktober", "November", "Dezember"]
GERMAN[6] = "Juli"
ORDINAL = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


def ways(day):
    """One day as people write it, month and year with it."""
    long, german = LONG[day.month - 1], GERMAN[day.month - 1]
    ordinal = f"{day.day}{ORDINAL.get(day.day, 'th')}"
    return [
        f"{day.day} {long} {day.year}",
        f"{day:%a} {day.day} {long[:3]} {day.year}",
        f"{day:%A}, {day.day} {long} {day.year}",
        f"the {ordinal} of {long} {day.year}",
        f"{long} {day.day}, {day.year}",
        f"{long[:3]} {ordinal}, {day.year}",
        f"{day.day}. {german} {day.year}",
        f"{day.day:02}.{day.month:02}.{day.year}",
        f"{day.day}/{day.month}/{day.year}",
        day.isoformat(),
    ]


days = st.dates(date(1990, 1, 1), date(2050, 1, 1))
around = st.text(st.characters(categories=["Ll", "Zs"]), max_size=12)
MONTHS = re.compile("|".join({*LONG, *GERMAN} - {"May"}))


@given(days, st.integers(0, 9), around, around)
def test_no_way_of_writing_a_day_keeps_it(day, way, before, after):
    text = f"{before} on {ways(day)[way]} {after}"
    monthly, yearly = coarser(text, Dates.MONTH), coarser(text, Dates.YEAR)
    assert str(day.year) in monthly
    assert str(day.year) in yearly
    numbers = [int(each) for each in re.findall(r"\d+", monthly)]
    assert numbers in ([day.year], [day.year, day.month])
    assert re.findall(r"\d+", yearly) == [str(day.year)]
    assert not MONTHS.search(yearly)
    assert before.strip() in monthly
    assert after.strip() in yearly


@given(st.text(st.characters(exclude_categories=["Nd"]), max_size=60), st.sampled_from(Dates))
def test_a_text_without_figures_loses_months_at_most(text, dates):
    if not re.search("Jan|Feb|M[aä]r|Apr|Ma[iy]|Ju[nl]|Jän|Aug|Sep|O[ck]t|Nov|De[cz]|Mrz", text):
        assert coarser(text, dates) == text


@given(st.lists(st.one_of(days.map(ways).flatmap(st.sampled_from), around), max_size=4), st.sampled_from(Dates))
def test_telling_it_again_changes_nothing(parts, dates):
    told = coarser(" and ".join(parts), dates)
    assert coarser(told, dates) == told


@pytest.mark.parametrize(
    ("text", "monthly", "yearly"),
    [
        ("deployed by hand: 11 Feb", "deployed by hand: Feb", f"deployed by hand: {CUT}"),
        ("February to October 2022", "February to October 2022", "2022"),
        ("Benchmark, April - October 2022", "Benchmark, April - October 2022", "Benchmark, 2022"),
        ("On Monday, 8 November 2022 it", "In November 2022 it", "In 2022 it"),
        ("Am 9. Oktober 2022 lief es, am 9. Oktober", "Im Oktober 2022 lief es, im Oktober", f"2022 lief es, am {CUT}"),
        ("twice, Apr and Aug 2022", "twice, Apr and Aug 2022", f"twice, {CUT} and 2022"),
        ("on 8 November. Agreed", "in November. Agreed", f"on {CUT}. Agreed"),
        ("3-5 October 2022", "October 2022", "2022"),
        ("the March model", "the March model", f"the {CUT} model"),
        ("since May", "since May", f"since {CUT}"),
        ("2022-10 and 10/2022", "2022-10 and 10/2022", "2022 and 2022"),
        ("09.10.22, vom 9.10.22", "2022-10, vom 2022-10", "2022, vom 2022"),
        ("am 9.10. frei", f"am {CUT} frei", f"am {CUT} frei"),
        ("9.-12.10.2022", "2022-10", "2022"),
        ("2022/10/09, 2022.10.09", "2022-10, 2022-10", "2022, 2022"),
        ("log-20221009.txt", "log-2022-10.txt", "log-2022.txt"),
        ("9/10/22, 10-09-2022", "2022, 2022", "2022, 2022"),
        ("9-Oct-2022, Oct-2022", "Oct 2022, Oct-2022", "2022, 2022"),
        ("9 OCTOBER 2022", "OCTOBER 2022", "2022"),
        ("october 9, 9  october", "october, october", f"{CUT}, {CUT}"),
        ("October the 9th, 9ten Oktober", "October, Oktober", f"{CUT}, {CUT}"),
        ("Q3 2022, Oct '22", "Q3 2022, Oct '22", "2022, 2022"),
        ("KW 41/2022, CW 41, week 41 of 2022", f"2022, {CUT}, 2022", f"2022, {CUT}, 2022"),
    ],
)
def test_parts_of_dates(text, monthly, yearly):
    assert coarser(text, Dates.DAY) == text
    assert coarser(text, Dates.MONTH) == monthly
    assert coarser(text, Dates.YEAR) == yearly


@pytest.mark.parametrize(
    "text",
    [
        "level 2. May be higher",
        "May we look?",
        "version 2.10.14",
        "2.10 of 4",
        "Sun night, 13 h 50",
        "> 50 % in 2022",
        "week 3",
        "9/10",
        "IP 10.9.20.22",
        "2 may march on",
        "run 20229999",
        "Q3",
    ],
)
def test_what_is_no_date_stays(text):
    assert coarser(text, Dates.YEAR) == text


@given(documents())
def test_a_document_keeps_its_keys_and_what_passages_count_letters_of(document):
    assert with_dates(document, INTERNAL) is document
    told = with_dates(document, ANONYMISED)
    lines = [[each.text for each in source.entries] for source in document.sources]
    assert [[each.text for each in source.entries] for source in told.sources] == lines
    assert told.passages == document.passages
    assert [each.key for each in told.cases] == [each.key for each in document.cases]
    assert [(each.rubric, each.criterion) for each in told.answers] == [
        (each.rubric, each.criterion) for each in document.answers
    ]


def test_words_of_the_team_are_told_by_the_month(dated):
    told = with_dates(dated, CLIENT)
    assert told.study.title == "Maturity in October 2022"
    assert told.findings[0].text == "By hand in October 2022"
    assert told.findings[0].evidence[0].note == "Seen in Oct 2022"
    assert told.findings[0].evidence[0].words == "9 Oct 2022"
    assert with_dates(dated, ANONYMISED).findings[0].text == "By hand in 2022"


@pytest.fixture
def dated():
    from tests.documents import example

    study = example()
    link = Evidence(passage=study.passages[0].key, note="Seen in 9 Oct 2022", words="9 Oct 2022")
    finding = msgspec.structs.replace(study.findings[0], text="By hand on 9 October 2022", evidence=(link,))
    title = msgspec.structs.replace(
        study.study, title="Maturity in October 2022", created_at=datetime(2022, 10, 9, tzinfo=UTC)
    )
    return msgspec.structs.replace(study, study=title, findings=(finding, *study.findings[1:]))
