"""The cover: what the report says of itself before anything else, and where everything is."""

from datetime import date

import msgspec
import pytest

from app.disclosure.profiles import STANDARD_PROFILES
from app.model.disclosure import Paper, Profile, ReportSetup, Stage
from app.report.build import make_report as make
from app.report.reader import left_out, reader_text
from app.report.snapshot import take
from app.report.tables import report_tables
from app.report.told import tell

replace = msgspec.structs.replace
INTERNAL, CLIENT, ANONYMISED = STANDARD_PROFILES


@pytest.fixture
def cover(study, read):
    """Read the cover of a study under a setup, as one line."""

    def told(document=study, copy=1, **setup):
        report = make(take(document, ReportSetup(**setup), version="1", copy=copy))
        return " ".join(read(report.content).pages[0].split())

    return told


def test_it_says_which_copy_of_which_report_this_is_and_for_whom(cover):
    told = cover(copy=2, stage=Stage.FINAL, version="1.2", recipient="Head of data science", copies=5)
    for words in ("Status", "Final", "Version", "1.2", "Copy number", "Copy 2 of 5", "For Head of data science"):
        assert words in told
    assert "Draft" not in told


def test_an_organisation_that_the_title_names_is_not_named_again_under_it(study, cover):
    assert study.study.organisation.name in study.study.title
    named = cover(study).split("This report")[0]
    other = cover(replace(study, study=replace(study.study, title="A title of its own"))).split("This report")[0]
    assert (named.count(study.study.organisation.name), other.count(study.study.organisation.name)) == (2, 2)


def test_what_is_not_known_is_not_told(cover, make_empty):
    told = cover(make_empty())
    assert "Draft" in told
    for words in ("Version", "Copy", "For ", "Cases", "Assessors", "Round", "Data collected", "None "):
        assert words not in told.replace("None chosen yet", "")


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        ("", "Internal: for the assessing team, not cleared for others"),
        ("client", "Client: for Example Works; names of people, products and suppliers are left out"),
        (
            "anonymised",
            "Anonymised: names of the organisation, sites, cases, people, products and suppliers are left out",
        ),
    ],
)
def test_the_profile_is_told_in_words(study, cover, profile, words):
    assert words.replace(" ", "") in cover(profile=profile).replace(" ", "").replace("-", "")


def test_a_profile_of_the_studys_own_goes_by_its_name():
    board = Profile(key="board", name="The board", assessor_names=True, vendor_names=False)
    assert reader_text(board, "Example Works") == "The board: names of people and suppliers are left out"


def test_assessors_are_named_or_counted_as_the_profile_has_it(cover):
    assert "Assessors Assessor One, Assessor Two" in cover()
    told = cover(profile="client")
    assert "Assessors 2 assessors" in told
    assert "Assessor One" not in told


def test_what_is_left_out_is_said_for_every_profile_but_the_internal_one():
    assert left_out(INTERNAL) == []
    client, anonymised = (" ".join(left_out(each)) for each in (CLIENT, ANONYMISED))
    assert "Names of people, products and suppliers are left out" in client
    assert "fewer than 2 people hold" in client
    assert "only what was released for print is quoted" in client
    assert "Dates are given by the month." in client
    assert "Assessors are not named." in client
    assert "fewer than 3 people hold" in anonymised
    assert "Dates are given by the year." in anonymised
    open_one = Profile(key="all", name="All", quotations="all", dates="day", assessor_names=True)
    assert left_out(open_one) == [
        "Names of people are left out; other words stand for them where the sense needs them."
    ]


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("title", ["MLOps", "A title that goes on and on " * 7, "W" * 200])
def test_a_title_of_any_length_leaves_the_cover_one_page(study, read, paper, title):
    marked = replace(study, study=replace(study.study, title=title[:200].strip()))
    report = read(make(take(marked, ReportSetup(paper=paper, copies=3), version="1")).content)
    assert "Made with Fieldquill 1" in report.pages[0]
    assert "1 Summary" in report.body[0]


def test_few_sections_are_listed_on_the_cover(make_empty, make_report):
    printed = make_report(make_empty())
    assert "Contents" in printed.pages[0]
    assert printed.contents is printed.pages[0]


def test_many_cases_are_counted(study, cover):
    cases = tuple(replace(study.cases[0], key=f"k{n}", name=f"Case {n}") for n in range(9))
    assert "Cases 9 cases" in cover(
        replace(
            study,
            cases=cases,
            answers=(),
            findings=(),
            overrides=(),
            consensus=(),
            challenges=(),
            influences=(),
            reviews=(),
            sources=(),
            passages=(),
            follow_ups=(),
        )
    )


@pytest.mark.parametrize(
    ("profile", "told"),
    [("", "Date of issue 9 Dec 2022"), ("client", "Date of issue Dec 2022"), ("anonymised", "Date of issue 2022")],
)
def test_the_day_of_issue_is_told_as_exactly_as_the_profile_has_it(study, read, profile, told):
    snapshot = take(study, ReportSetup(profile=profile), version="1", issued=date(2022, 12, 9))
    report = make(snapshot)
    assert told in " ".join(read(report.content).pages[0].split())
    assert report.content == make(snapshot).content
    about = {row[0]: row[1] for row in report_tables(tell(snapshot))[0].rows}
    assert f"Date of issue {about['Date of issue']}" == told


def test_no_day_is_told_where_none_is_given(cover):
    assert "Date of issue" not in cover()
