"""What lifts a score to the top of its rubric, whatever the rule."""

import pytest
from hypothesis import given
from msgspec.structs import replace

from app.analysis.assessment import assess
from app.analysis.chain import Chain
from app.analysis.evidence_warnings import WarningKind, warnings
from app.analysis.lifting import is_on_top, lifting
from app.exchange.demo import demo_document
from app.model.assessment import Answer, FrozenRubric, Override
from app.model.evidence import Evidence, Stance
from app.rubric import library
from app.scoring.scale import Verdict
from tests.documents import documents, example

HERE = {"rubric": "small", "round": "r1", "case": "c1"}
FOR, AGAINST = Evidence(passage="m1-p1"), Evidence(passage="i1-p1", stance=Stance.CONTRADICTS)


def answer(criterion, verdict=Verdict.FULLY, links=(FOR,)):
    return Answer(**HERE, criterion=criterion, assessor="ada", verdict=verdict, evidence=links)


def judged(*answers, overrides=()):
    document = replace(example(), answers=answers, consensus=(), overrides=overrides, findings=())
    return assess(document).case("c1").principle("first")


def lifts(*answers, **fields):
    return [answer.criterion for answer, _evidence in lifting(judged(*answers, **fields))]


@given(documents(most=3))
def test_nothing_lifts_that_speaks_against_or_says_nothing(document):
    for case in assess(document).cases:
        for principle in case.principles:
            assert all(each.stance is Stance.SUPPORTS and answer.verdict for answer, each in lifting(principle))


def test_under_the_staged_rule_what_gates_the_top_lifts():
    assert lifts(answer("runs"), answer("is-fast")) == ["is-fast"]
    assert lifts(answer("runs"), answer("is-fast", links=(AGAINST,))) == ["runs"]
    assert lifts(answer("runs", Verdict.NOT_ACHIEVED)) == ["runs"], "the team set the level, on what they had"
    assert lifts(answer("runs", Verdict.UNKNOWN)) == []


def test_the_level_that_holds_is_on_top_or_not():
    top = Override(**HERE, principle="first", level="top", assessor="ada", reason="so", basis="runs:fully")
    assert is_on_top(judged(answer("runs"), overrides=(top,)))
    lapsed = judged(answer("runs"), overrides=(replace(top, basis="runs:partially"),))
    assert not is_on_top(lapsed), "an override that lapsed holds no more"
    assert not is_on_top(judged())


@pytest.mark.parametrize(
    ("rubric", "verdict", "counts"),
    [
        ("ml-test-score", Verdict.PARTIALLY, True),
        ("ml-test-score", Verdict.NOT_ACHIEVED, False),
        ("microsoft-mlops-maturity", Verdict.LEVEL_0, True),
    ],
)
def test_other_rules_count_what_brings_points_or_picks_a_level(rubric, verdict, counts):
    document = demo_document()
    model = library.load(rubric)
    passage = document.passages[0].key
    both = [each.id for each in model.principles[0].criteria[:2]]
    given_ = [
        Answer(
            rubric=rubric, criterion=key, case="ml-p1", round="r2", assessor=document.assessors[0].key,
            verdict=said, evidence=(Evidence(passage=passage),),
        )
        for key, said in zip(both, (verdict, Verdict.FULLY), strict=False)
    ]  # fmt: skip
    frozen = FrozenRubric(key=rubric, text=library.text(rubric))
    document = replace(document, rubrics=(*document.rubrics, frozen), answers=tuple(given_))
    first = assess(document, rubric, "r2").case("ml-p1").principles[0]
    assert (both[0] in [each.criterion for each, _evidence in lifting(first)]) is counts


def test_a_warning_says_the_answer_in_the_words_of_the_rubric():
    document = demo_document()
    key = library.load("ml-test-score").criteria[0].id
    bare = Answer(
        rubric="ml-test-score", criterion=key, case="ml-p1", round="r2", assessor=document.assessors[0].key,
        verdict=Verdict.FULLY,
    )  # fmt: skip
    frozen = FrozenRubric(key="ml-test-score", text=library.text("ml-test-score"))
    document = replace(document, rubrics=(*document.rubrics, frozen), answers=(bare,))
    found = warnings(Chain(document, assess(document, "ml-test-score", "r2")))
    told = [each.sentence for each in found if each.kind is WarningKind.NO_EVIDENCE]
    assert told[0].endswith("answered automated and run repeatedly, without evidence.")
