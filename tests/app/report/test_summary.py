"""The summary keeps to one page, whatever the study."""

import msgspec
import pytest

from app.model.assessment import Progress
from app.model.disclosure import Paper, ReportSetup
from app.report.build import make_report as make
from app.report.snapshot import take
from tests.documents import example

replace = msgspec.structs.replace
NAME = "Inspection of welded seams with images of each, in shop {}"


def many(study, number):
    """A study of so many cases with names of 60 characters, answered as its first three are in turn."""
    pairs = [(f"k{n}", study.cases[n % 3].key) for n in range(number)]
    cases = tuple(
        replace(study.cases[n % 3], key=key, name=NAME.format(n)[:60].strip()) for n, (key, _) in enumerate(pairs)
    )
    told = {
        kind: tuple(replace(each, case=key) for key, old in pairs for each in getattr(study, kind) if each.case == old)
        for kind in ("answers", "findings", "overrides", "consensus")
    }
    bare = {"reviews": (), "sources": (), "passages": (), "influences": (), "challenges": (), "follow_ups": ()}
    unlinked = {kind: tuple(replace(each, evidence=()) for each in told[kind]) for kind in ("answers", "findings")}
    return replace(study, cases=cases, **{**told, **unlinked, **bare})


def begins(printed):
    """The pages on which the summary and what is behind it begin."""
    places = {each.get_title(): each.get_dest().get_index() for each in printed.pdf.get_toc()}
    return places["1 Summary"], places["2 Method"]


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("number", [1, 3, 12, 30, 60])
def test_it_is_one_page_on_any_paper(study, read, paper, number):
    setup = ReportSetup(paper=paper, sections="-rubric -principles -next-steps")
    printed = read(make(take(many(study, number), setup, version="1")).content)
    first, second = begins(printed)
    assert second == first + 1
    page = " ".join(printed.pages[first].split())
    assert f"{number} case" in page
    if number == 12:
        assert page.count("Inspection of") >= 12
    if number == 30:
        assert all(f"shop {place} " in page for place in range(30))
        assert "High (Low" in page
        assert "In brackets: the level derived" in page
    if number == 60:
        assert "Number of cases by level" in page


def test_the_next_step_of_each_case_is_told_unless_steps_are_left_out(autocorp, read):
    def page(document, **setup):
        made = make(take(document, ReportSetup(**setup), version="1"))
        return " ".join(read(made.content).page_of("What limits each case").split())

    first = {step.case: step.text for step in reversed(autocorp.next_steps)}
    told = page(autocorp)
    assert len(first) == 3
    assert all(f"Next step: {text}" in told for text in first.values())
    gone = tuple(replace(step, progress=Progress.DROPPED) for step in autocorp.next_steps)
    assert "Next step:" not in page(replace(autocorp, next_steps=gone))
    assert "Next step:" not in page(autocorp, sections="-next-steps")


@pytest.mark.parametrize("paper", Paper)
def test_what_limits_each_case_is_said_where_the_page_has_room(study, read, paper):
    """Where findings are long the reasons alone stand there."""
    about = replace(study.study, about="From many places. " * 20)
    findings = tuple(
        replace(study.findings[0], principle=principle, case=case.key, text="Nobody watches it, as was seen. " * 12)
        for case in study.cases
        for principle in ("training-deployment", "monitoring-feedback", "traceability")
    )
    document = replace(study, study=about, findings=findings)
    printed = read(make(take(document, ReportSetup(paper=paper), version="1")).content)
    page = printed.pages[begins(printed)[0]]
    assert "What limits each case" in page
    assert "From many places." in page


def test_a_long_word_on_where_the_study_comes_from_goes_to_the_method(study, make_report):
    long = replace(study, study=replace(study.study, about="From many places. " * 100))
    printed = make_report(long)
    first, second = begins(printed)
    assert second == first + 1
    assert "From many places." not in printed.pages[first]
    assert "About this study" in printed.pages[second]


def test_what_stands_for_the_organisation_is_small_within_a_sentence(autocorp, read):
    report = read(make(take(autocorp, ReportSetup(profile="anonymised"), version="1")).content)
    assert "3 cases at the carmaker were assessed" in report.flat
    assert report.pdf.get_metadata_dict()["Subject"].startswith("Assessment of the carmaker")
    named = replace(autocorp.study, organisation=replace(autocorp.study.organisation, name="The Works"))
    assert (
        "3 cases at The Works were assessed"
        in read(make(take(replace(autocorp, study=named), version="1")).content).flat
    )


def test_what_is_disputed_is_said(study, make_report):
    first, *others = study.reviews[0].items
    review = replace(study.reviews[0], items=(replace(first, resolution=""), *others))
    printed = make_report(replace(study, reviews=(review,)))
    assert "1 disputed result is not resolved yet." in printed.body[0]
    assert "Review 1 disputed result is not resolved yet." in " ".join(printed.page_of("answered;").split())
    assert "disputed" not in make_report(study).body[0]


def test_what_holds_back_two_cases_holds_back_both(make_report):
    assert "holds back both cases." in make_report(example()).flat


def test_where_nobody_was_interviewed_no_interview_is_counted(make_report):
    assert "Data comes from 2 sources in 2 rounds. Their notes run to 5 lines, in which 2 passages" in (
        make_report(example()).flat
    )
