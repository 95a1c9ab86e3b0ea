"""The appendices: what was released for print, the codebook, how far people agreed, and the audit digest."""

import dataclasses
from datetime import UTC, datetime

import msgspec
import pytest

from app.analysis.agreement import agreement
from app.disclosure.check import LeakKind, check, open_leaks
from app.disclosure.profiles import STANDARD_PROFILES
from app.model.disclosure import Profile, Quotations, ReportSetup
from app.model.evidence import About, Code, Coded, Coding, DoubleCoding, Resolution, Theme
from app.report.build import make_report as make
from app.report.snapshot import AuditDigest, take
from app.report.wording import minus
from app.scoring.scale import Verdict

replace = msgspec.structs.replace
WHEN = datetime(2022, 12, 1, tzinfo=UTC)
NO_QUOTATIONS = Profile(key="silent", name="Silent", quotations=Quotations.NONE)
DIGEST = "0123abcd" * 8


@pytest.fixture
def told(read):
    """Read a report of a study under a setup."""

    def words(document, audit=None, **setup):
        return read(make(take(document, ReportSetup(**setup), version="1", audit=audit)).content)

    return words


def titles(printed):
    return [title.partition(" ")[2] for level, title in printed.bookmarks if not level]


# Statements released for print


@pytest.mark.parametrize("profile", [each.key for each in STANDARD_PROFILES])
@pytest.mark.parametrize("sections", ["", "-evidence"])
def test_every_released_line_is_printed_word_for_word(autocorp, profile, sections):
    snapshot = take(autocorp, ReportSetup(profile=profile, sections=sections), version="1")
    printed = [" ".join(each.text.split()) for each in make(snapshot).printed]
    lines = [each for source in snapshot.document.sources for each in source.entries if each.released]
    assert len(lines) == 12
    for line in lines:
        words = " ".join(line.text.strip("“”\"' ").split())
        assert any(words in each for each in printed), line.key


def test_a_released_line_is_cited_and_stands_once(autocorp, told):
    printed = told(autocorp)
    page = printed.page_of("Statements released for print")
    assert "9 lines from 7 sources" in " ".join(page.split())
    assert "I12 line 15" in page
    whole = told(autocorp, sections="-evidence").page_of("Statements released for print")
    assert "12 lines from" in " ".join(whole.split())


def test_a_profile_that_quotes_nothing_has_no_released_lines(autocorp, told):
    silent = replace(autocorp, profiles=(*autocorp.profiles, NO_QUOTATIONS))
    assert "Statements released for print" not in titles(told(silent, profile="silent"))


def test_who_said_a_released_line_is_told_where_several_were_there(study, told):
    second = study.sources[1]
    entries = tuple(replace(each, released=each.key == "i2-2") for each in second.entries)
    released = replace(study, sources=(study.sources[0], replace(second, entries=entries), study.sources[2]))
    page = told(released, sections="-evidence").page_of("Statements released for print")
    assert "1 line from 1 source was released for print and is cited nowhere else" in " ".join(page.split())
    assert "“We never look at the log” ML engineer" in " ".join(page.split())


# Codebook

CODES = (
    Code(key="k1", name="Tools", theme=Theme.TOOL, definition="What is used"),
    Code(
        key="k2",
        name="Registry",
        parent="k1",
        theme=Theme.NEXT_STEP,
        use_when="Models are kept",
        avoid_when="Data are kept",
        about=About.CASE,
    ),
    *(Code(key=f"d{n}", name=f"Deep {n}", parent=f"d{n - 1}" if n else "k2") for n in range(6)),
)


def coding(number, code, assessor="a1"):
    return Coding(passage=f"i2-{number}", code=code, assessor=assessor)


@pytest.fixture
def coded(study):
    return replace(study, codes=CODES, codings=(coding(1, "k2"), coding(2, "k2"), coding(2, "k1")))


def test_the_codebook_is_printed_as_a_tree_with_what_codes_mean(coded, told):
    page = " ".join(told(coded).page_of("Codes, each with those under it").split())
    assert "8 codes, put on 2 passages." in page
    assert "Tools What is used Tool 2 1" in page
    assert "Registry Use: Models are kept Avoid: Data are kept Next step, about the case 2 1" in page
    assert "Deep 5" in page


def test_numbers_stand_under_each_other_by_their_places(autocorp, read):
    printed = read(make(take(autocorp, ReportSetup(), version="1")).content)
    number = next(n for n, page in enumerate(printed.pages) if "Codes, each with those under it" in page)
    page = printed.pdf[number].get_textpage()
    ends = set()
    for words in ("Passages", "129", "31"):
        at, length = page.search(words, match_case=True, match_whole_word=True).get_next()
        ends.add(round(page.get_charbox(at + length - 1, loose=True)[2]))
    assert len(ends) == 1


def test_a_study_without_codes_has_no_codebook(printed):
    assert "Codebook" not in titles(printed)


# Agreement


def double(coded=(), resolutions=(), **changes):
    done = DoubleCoding(
        key="d",
        first="a1",
        second="a2",
        begun_at=WHEN,
        first_done_at=WHEN,
        second_done_at=WHEN,
        sources=("i2",),
        coded=tuple(Coded(coder=who, entry=f"i2-{line}", code=code) for who, line, code in coded),
        resolutions=tuple(
            Resolution(entry=f"i2-{line}", code=code, applies=applies, reason="Talked")
            for line, code, applies in resolutions
        ),
    )
    return replace(done, **changes)


PUT = (("a1", 1, "k1"), ("a2", 1, "k1"), ("a1", 2, "k2"), ("a2", 3, "k2"), ("a1", 4, "k1"), ("a2", 4, "k2"))


def test_coders_agreement_is_told_by_code_with_what_they_resolved(coded, told):
    resolutions = ((2, "k2", True), (3, "k2", False))
    document = replace(coded, double_codings=(double(PUT, resolutions),))
    printed = told(document)
    assert "Agreement of Assessor One and Assessor Two on each code" in printed.flat
    assert "coded I2 without seeing each other’s codes: 4 lines." in printed.flat  # noqa: RUF001
    assert "Of 4 differences: 1 time the code applies, 1 time it does not and 2 still open." in printed.flat
    tools, registry = (each.measure for each in agreement(document, document.double_codings[0]).codes)
    for name, found in (("Tools", tools), ("Registry", registry)):
        counts = f"{found.both} {found.first} {found.second} {found.neither}"
        assert f"{name} {minus(f'{found.alpha:.2f}')} {found.percent:.0f} % {counts}" in printed.flat
    assert "Two assessors coded I2 independently and agreed on 2 differences since." in printed.flat


def test_coders_who_differ_nowhere(coded, told):
    flat = told(replace(coded, double_codings=(double((("a1", 1, "k1"), ("a2", 1, "k1"))),))).flat
    assert "They differed nowhere." in flat


def test_nothing_is_measured_while_a_coder_is_not_done(coded, told):
    flat = told(replace(coded, double_codings=(double(PUT, second_done_at=None),))).flat
    assert "are not both done yet" in flat
    assert "Agreement of Assessor One" not in flat


def test_assessors_agreement_is_told_by_principle(study, told):
    seconds = tuple(
        replace(each, assessor="a2", verdict=Verdict.LARGELY if n % 4 else each.verdict, evidence=())
        for n, each in enumerate(study.answers)
        if each.case == "c1" and each.assessor == "a1"
    )
    firsts = tuple(each for each in study.answers if each.assessor == "a1")
    printed = told(replace(study, answers=(*firsts, *seconds), consensus=()))
    page = " ".join(printed.page_of("Agreement of assessors on each principle").split())
    assert "2 assessors answered. They differed on" in page
    assert "have agreed on none of them since" in page
    assert "Principle Alpha Compared Pairs Alike" in page
    assert "Overall" in page


def test_it_says_why_where_there_is_nothing_to_measure(study, told, make_empty):
    alone = tuple(each for each in study.answers if each.assessor == "a1")
    page = " ".join(told(replace(study, answers=alone)).page_of("there is nothing to compare").split())
    assert "No source was coded by two assessors independently." in page
    assert "Only one of the team has answered" in page
    assert "alpha is 1" not in page
    unanswered = replace(study, answers=(), consensus=(), overrides=(), findings=(), reviews=(), codes=CODES[:1])
    flat = told(replace(unanswered, codings=(coding(1, "k1"),))).flat
    assert "Nothing has been answered yet." in flat
    unknown = tuple(replace(each, verdict=Verdict.UNKNOWN) for each in study.answers if each.case == "c1")
    assert "No two assessors have said" in told(replace(study, answers=unknown, consensus=())).flat
    assert "Agreement" not in titles(told(make_empty()))


# Audit digest


def audit(**changes):
    made = AuditDigest(1234, "2022-10-03", "2022-12-08", DIGEST, (("cases", 1200), ("taken back", 34)), sound=True)
    return dataclasses.replace(made, **changes)


def test_the_audit_trail_is_summed_up(study, told):
    page = " ".join(told(study, audit()).page_of("Last hash").split())
    assert "It holds 1,234 actions from 3 Oct 2022 to 8 Dec 2022." in page
    assert " ".join(["0123abcd"] * 8) in page
    assert "every entry of it is as the trail says" in page
    assert "Cases 1,200 Taken back 34" in page
    assert "from Oct 2022 to Dec 2022" in told(study, audit(), profile="client").flat


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sound": False}, "it is not as the trail says"),
        ({"sound": None}, "was not checked"),
        ({"first": "2022-12-08"}, "1,234 actions of 8 Dec 2022."),
        ({"first": "", "last": "", "actions": 0, "kinds": ()}, "It holds no action."),
    ],
)
def test_what_the_trail_says_of_itself_is_told_as_it_is(study, told, changes, words):
    assert words in told(study, audit(**changes)).flat


def test_a_report_without_a_trail_says_nothing_of_it(printed):
    assert "Audit digest" not in titles(printed)


@pytest.mark.parametrize("profile", ["client", "anonymised"])
def test_no_word_of_the_reports_own_looks_like_a_name(autocorp, profile):
    snapshot = take(autocorp, ReportSetup(profile=profile, copies=2), version="1", audit=audit())
    found = check(make(snapshot).printed, autocorp, snapshot.profile)
    assert [each for each in open_leaks(found) if each.kind is LeakKind.NEAR] == []
