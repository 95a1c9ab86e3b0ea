"""A case on its pages: every figure is the analysis', whatever the rule, and AutoCorp's cases take two pages each."""

import re

import msgspec
import pytest

from app.analysis.assessment import assess
from app.analysis.factors import STRENGTHS
from app.analysis.weighing import under, weigh
from app.model.assessment import Consensus
from app.report.text import clean
from app.report.wording import WEIGHTS, capital, sentence
from app.rubric import library
from app.scoring.scale import Verdict
from tests.app.report.test_rubrics import assessed

replace = msgspec.structs.replace


@pytest.fixture(scope="module")
def demo(autocorp, make_only):
    return make_only(autocorp, "cases", "next-steps")


def pages_of(printed, name):
    """The pages of a case, by what runs at their heads, which is drawn last."""
    return [page for page in printed.pages[1:] if name in page.splitlines()[-6:]]


def text_of(printed, name):
    return " ".join(" ".join(pages_of(printed, name)).split())


def test_each_case_of_the_demonstration_takes_two_pages(autocorp, demo):
    for case in autocorp.cases:
        assert len(pages_of(demo, case.name)) == 2


def test_a_case_is_told_with_its_levels_findings_and_reasons(autocorp, demo):
    for case in assess(autocorp).cases:
        text = text_of(demo, case.case.name)
        for words in (case.case.summary, case.case.data_source, case.case.status, case.overall_reason):
            assert clean(words) in text
        for judged in case.principles:
            assert judged.reason in text
            assert clean(sentence(judged.finding.text)) in text


def test_evidence_is_counted_as_the_analysis_counts_it(autocorp, demo):
    for case in assess(autocorp).cases:
        text = text_of(demo, case.case.name)
        for judged in case.principles:
            weighed = weigh(under(judged))
            told = ", ".join(f"{number} {WEIGHTS[weight]}" for weight, number in weighed.supports.items() if number)
            assert re.search(rf"{re.escape(judged.principle.short)} {told}\b", text)


def test_influences_are_told_with_their_strength(autocorp, demo):
    factors = {each.key: each.name for each in autocorp.factors}
    names = {each.key: each.name for each in autocorp.cases}
    for each in autocorp.influences:
        if each.case:
            assert f"{factors[each.factor]} {STRENGTHS[each.strength]}" in text_of(demo, names[each.case])


def test_next_steps_are_the_first_of_the_roadmap(autocorp, demo):
    names = {each.key: each.name for each in autocorp.cases}
    for step in autocorp.next_steps:
        assert clean(step.text) in text_of(demo, names[step.case])


def test_more_steps_are_counted_and_where_they_are_is_said_only_where_they_are(autocorp, make_only):
    bare = replace(autocorp, next_steps=())
    assert re.search(r"And \d+ more steps, in the section on next steps\.", make_only(bare, "cases", "next-steps").flat)
    assert re.search(r"And \d+ more steps\.", make_only(bare, "cases").flat)


def test_what_is_not_known_is_named(autocorp, demo):
    assert "Every criterion is answered." in text_of(demo, "ML-P1")
    text = text_of(demo, "ML-P2")
    case = assess(autocorp).case("ml-p2")
    for judged in case.principles:
        for each in judged.criteria:
            if each.verdict is Verdict.UNKNOWN:
                assert f"{each.criterion.name} ({judged.principle.short})" in text[text.index("Not known") :]


def test_open_answers_withheld_ones_and_differing_assessors_are_told_apart(study, make_only):
    printed = make_only(study, "cases")
    cracks, scratches = (text_of(printed, name) for name in ("Cracks", "Scratches"))
    assert "Assessors differ: " in cracks
    assert "Unknown: " in scratches
    assert "Withheld: " in scratches


def test_a_level_that_the_team_set_stands_beside_the_derived_one(study, make_only):
    text = text_of(make_only(study, "cases"), "Cracks")
    assert "set by the team; derived:" in text
    assert "Set to High by the team (entered by Assessor One), against the derived Low: Seen on site" in text
    assert "with what the team set:" in text


@pytest.mark.parametrize("key", library.shipped())
def test_cases_are_told_under_every_rule(key, make_only):
    document = assessed(key)
    printed = make_only(document, "cases")
    for case in assess(document).cases:
        text = text_of(printed, case.case.name)
        assert len(pages_of(printed, case.case.name)) <= 2
        assert case.overall_reason in text
        for judged in case.principles:
            assert judged.reason in text
        assert "No judgement of this case has been tied to a passage yet." in text
        assert not re.search(r"\bNone\b", text)


def test_a_case_nobody_has_answered_says_so(study, make_only):
    rest = tuple(answer for answer in study.answers if answer.case != "c3")
    document = replace(study, answers=rest, influences=(), cases=(*study.cases[:2], replace(study.cases[2], **EMPTY)))
    text = text_of(make_only(document, "cases"), "Welds")
    assert "Nothing has been noted of what this case is." in text
    assert "Nothing has been answered for this case yet, so that no level is known." in text
    assert "No influence on this case has been judged." in text
    assert "Levels and what limits them" not in text


EMPTY = dict.fromkeys(("summary", "ml_type", "data_source", "deployment", "status", "developed_by"), "")


def test_a_principle_that_is_not_rated_is_told_as_that(study, make_only):
    principle = library.load("mlops-maturity").principles[0]
    apart = {criterion.id for criterion in principle.criteria}
    given = tuple(
        replace(each, verdict=Verdict.NOT_APPLICABLE) if each.criterion in apart else each for each in study.answers
    )
    text = text_of(make_only(replace(study, answers=given, consensus=()), "cases"), "Welds")
    assert "Not rated: every criterion is not applicable." in text


def test_an_agreed_answer_alone_is_an_answer(study, make_only):
    agreed = Consensus(
        rubric="mlops-maturity",
        criterion="versioned-code",
        case="c3",
        round="r2",
        verdict=Verdict.FULLY,
        reason="All said so",
    )
    rest = tuple(answer for answer in study.answers if answer.case != "c3")
    text = text_of(make_only(replace(study, answers=rest, consensus=(*study.consensus, agreed)), "cases"), "Welds")
    assert "Levels and what limits them" in text
    assert "Unanswered: " in text


def test_endless_words_of_a_case_run_on(autocorp, make_only):
    long = replace(autocorp.cases[0], summary="word " * 3_000, status="x" * 3_000, name="N" * 100)
    printed = make_only(replace(autocorp, cases=(long, *autocorp.cases[1:])), "cases")
    assert printed.flat.count("word word") > 100
    for page, left, _, right, _ in printed.boxes():
        assert left > 56, page
        assert right < 595.3 - 56, page


def test_no_factors_no_influences(autocorp, make_only):
    bare = replace(
        autocorp, factors=(), influences=(), codes=tuple(replace(each, factor=None) for each in autocorp.codes)
    )
    assert "Influences of factors" not in make_only(bare, "cases").flat


def test_factors_that_nobody_has_judged_are_named(study, make_only):
    text = text_of(make_only(study, "cases"), "Scratches")
    assert "Not judged for this case: Experience." in text
    assert capital("on the organisation")[1:] in text


def test_nothing_answered_has_no_cases(autocorp, make_only, make_empty):
    assert "Cases" not in make_only(replace(autocorp, answers=()), "cases").text.split("Contents")[1]
    assert len(make_only(make_empty(), "cases").pages) == 1


def test_a_rubric_without_an_overall_level_has_none(autocorp, make_only):
    text = autocorp.rubrics[0].text.replace("overall: median", "overall: none")
    document = replace(autocorp, rubrics=(replace(autocorp.rubrics[0], text=text),))
    assessment = assess(document)
    assert assessment.rubric.overall == "none"
    printed = make_only(document, "profiles", "cases", "challenges", "weak-spots", "limits")
    for case in assessment.cases:
        assert case.overall_reason in text_of(printed, case.case.name)
        assert "Not rated" not in text_of(printed, case.case.name)
    assert "No overall level, which this rubric does without" in printed.flat
    assert "Overall Moderate" not in printed.flat
    assert "limits the case" not in printed.flat
    assert "Training & deployment among the lowest" in printed.flat
