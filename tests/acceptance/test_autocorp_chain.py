"""On AutoCorp every score reaches its passages, no answer stands without evidence, and the trace keeps its shape."""

import json

import pytest

from app.cli.trace import as_json, as_text, trace
from app.exchange.study_json import read_study
from app.model.evidence import Stance
from app.paths import RESOURCES

CASE = {"case", "name", "level", "at_most", "reason", "team", "principles"}
PRINCIPLE = {"principle", "level", "at_most", "reason", "override", "finding", "criteria"}
CRITERION = {"criterion", "level", "verdict", "because", "answers"}
ANSWER = {"assessor", "verdict", "rationale", "confidence", "evidence"}
LINK = {"passage", "citation", "weight", "stance", "reference", "note", "words", "words_then", "check_again"}
WHOLE = {"study", "rubric", "round", "cases", "challenges", "influences", "warnings", "coverage"}
LEVELS = {
    "ml-p1": ["moderate", "moderate", "high"],
    "ml-p2": ["moderate", "low", "moderate"],
    "ml-p3": ["high", "moderate", "high"],
}


@pytest.fixture(scope="module")
def traced():
    return trace(read_study(RESOURCES / "demo" / "autocorp.json"))


@pytest.fixture(scope="module")
def told(traced):
    return json.loads(as_json(traced))


def scores(told):
    return [(case, principle) for case in told["cases"] for principle in case["principles"]]


def answers(principle):
    return [answer for criterion in principle["criteria"] for answer in criterion["answers"]]


def test_every_one_of_nine_scores_reaches_two_passages(told, traced):
    assert {case["case"]: [each["level"] for each in case["principles"]] for case in told["cases"]} == LEVELS
    for case, principle in scores(told):
        found = {link["passage"] for answer in answers(principle) for link in answer["evidence"]}
        assert len(found) >= 2
        under = {link.passage for link in traced.chain.under(case["case"], principle["principle"])}
        assert under == found | {link["passage"] for link in principle["finding"]["evidence"]}


def test_no_answer_is_without_evidence(told):
    found = [answer for _, principle in scores(told) for answer in answers(principle)]
    assert len(found) == 93
    assert all(answer["evidence"] for answer in found)
    assert told["coverage"]["answers"] == told["coverage"]["answers_with_evidence"] == 93


def test_what_contradicts_says_why_the_judgement_stands(traced, told):
    against = [link for link in traced.chain.all_links if link.evidence.stance is Stance.CONTRADICTS]
    assert len(against) == 6
    assert all(len(link.evidence.note) > 40 for link in against)
    assert told["warnings"] == []


def test_nothing_is_to_be_checked_again(traced):
    assert not [link for link in traced.chain.all_links if link.again]
    assert all(link.now for link in traced.chain.all_links)


def test_everything_judged_is_reached_from_its_passages(traced):
    for link in traced.chain.all_links:
        resting = traced.chain.resting_on(link.passage)
        assert any(each.evidence == link.evidence and each.words for each in resting)


def test_the_shape_of_the_json(told):
    assert told.keys() == WHOLE
    assert {frozenset(case) for case in told["cases"]} == {frozenset(CASE)}
    assert {frozenset(principle) for _, principle in scores(told)} == {frozenset(PRINCIPLE)}
    criteria = [criterion for _, principle in scores(told) for criterion in principle["criteria"]]
    assert {frozenset(criterion) for criterion in criteria} == {frozenset(CRITERION)}
    assert {frozenset(answer) for _, principle in scores(told) for answer in answers(principle)} == {frozenset(ANSWER)}
    links = [link for _, principle in scores(told) for answer in answers(principle) for link in answer["evidence"]]
    assert {frozenset(link) for link in links} == {frozenset(LINK)}
    assert told["challenges"][0].keys() == {"challenge", "title", "principle", "cases", "evidence"}
    assert told["influences"][0].keys() == {"factor", "case", "strength", "memo", "evidence"}
    assert told["coverage"] == {
        "answers": 93,
        "answers_with_evidence": 93,
        "passages": 218,
        "passages_used": 182,
        "interviews_with_notes": 10,
        "interviews_coded": 10,
        "links_by_weight": {"said": 245, "shown": 57, "documented": 21},
        "warnings_by_kind": dict.fromkeys(
            (
                "lapsed",
                "check_again",
                "unaddressed",
                "no_evidence",
                "one_source",
                "only_said",
                "no_reference",
                "uncertain",
            ),
            0,
        ),
    }


def test_the_text_names_every_case_score_and_criterion(traced):
    text = as_text(traced)
    rubric = traced.chain.assessment.rubric
    for case in traced.cases:
        assert f"\n{case.case.name}: " in f"\n{text}"
    assert all(text.count(f"\n    {criterion.name}\n") == 3 for criterion in rubric.criteria)
    assert all(text.count(f"\n  {principle.name}: ") == 3 for principle in rubric.principles)
