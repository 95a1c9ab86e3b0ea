"""A study's scores for one round, with what each rests on."""

import msgspec
import pytest

from app.analysis.assessment import assess, current_round, rubric_of
from app.model.assessment import Answer, Consensus, FrozenRubric
from app.model.evidence import Evidence
from app.model.setting import Round
from app.scoring.effective import Reason
from app.scoring.scale import Verdict
from tests.documents import RUBRIC, example

replace = msgspec.structs.replace
HERE = {"rubric": "small", "round": "r1"}


def study(*, answers=(), consensus=(), **fields):
    return replace(example(), answers=answers, consensus=consensus, findings=(), overrides=(), **fields)


def answer(criterion, verdict, case="c1", assessor="ada", **fields):
    return Answer(**{**HERE, **fields}, criterion=criterion, case=case, assessor=assessor, verdict=verdict)


def everything(verdict, **fields):
    return tuple(answer(criterion.id, verdict, **fields) for criterion in RUBRIC.criteria)


def test_every_case_is_scored_in_the_study_s_order():
    judged = assess(example())
    assert [case.case.key for case in judged.cases] == ["c1", "c2"]
    assert [principle.principle.id for principle in judged.case("c1").principles] == ["first", "second"]
    assert judged.rubric == RUBRIC
    assert judged.round.key == "r1"


def test_a_case_scores_what_its_answers_say():
    document = study(answers=(*everything(Verdict.FULLY), *everything(Verdict.NOT_ACHIEVED, case="c2")))
    judged = assess(document)
    assert [p.score.level for p in judged.case("c1").principles] == ["top", "top"]
    assert [p.score.level for p in judged.case("c2").principles] == ["low", "low"]
    assert (judged.case("c1").score.overall.level, judged.case("c2").score.overall.level) == ("top", "low")
    assert "Top" in judged.case("c1").principle("first").interval
    assert judged.case("c2").principle("first").reason
    assert judged.case("c2").overall_reason


def test_another_rubric_round_or_case_is_another_matter():
    document = study(answers=everything(Verdict.FULLY, case="c2"))
    assert assess(document).case("c1").score.overall.level == "low"
    document = study(answers=(*everything(Verdict.FULLY), answer("runs", Verdict.NOT_ACHIEVED, round="r2")))
    assert assess(document, round_key="r1").case("c1").score.overall.level == "top"
    assert assess(document, round_key="r2").case("c1").score.overall.level == "low"
    assert assess(document).round.key == "r2"


def test_assessors_who_differ_and_what_they_agree_on():
    differing = (answer("runs", Verdict.FULLY), answer("runs", Verdict.PARTIALLY, assessor="bob"))
    (runs, *_) = assess(study(answers=differing)).case("c1").principle("first").criteria
    assert runs.effective.reason is Reason.DIFFER
    assert runs.answers == differing
    agreed = Consensus(**HERE, criterion="runs", case="c1", verdict=Verdict.LARGELY, reason="It does.")
    (runs, *_) = assess(study(answers=differing, consensus=(agreed,))).case("c1").principle("first").criteria
    assert (runs.verdict, runs.effective.reason) == (Verdict.LARGELY, Reason.CONSENSUS)


def test_an_answer_taken_back_is_none():
    judged = assess(study(answers=(answer("runs", None),)))
    assert judged.case("c1").principle("first").criteria[0].verdict is None


def test_evidence_is_told_once():
    links = (Evidence(passage="i1-p1"), Evidence(passage="m1-p1"))
    both = (
        replace(answer("runs", Verdict.FULLY), evidence=links),
        replace(answer("runs", Verdict.FULLY, assessor="bob"), evidence=links[:1]),
        replace(answer("is-fast", Verdict.FULLY), evidence=links[::-1]),
    )
    principle = assess(study(answers=both)).case("c1").principle("first")
    assert [link.passage for link in principle.criteria[0].evidence] == ["i1-p1", "m1-p1"]
    assert principle.evidence == ("i1-p1", "m1-p1")


def test_findings_and_overrides_stand_beside_their_score():
    judged = assess(example()).case("c1")
    assert judged.principle("first").finding.text == "It runs."
    assert judged.principle("first").override.level == "mid"
    assert judged.principle("first").evidence == ("m1-p1", "i1-p1")
    assert judged.principle("second").finding is None
    assert judged.principle("second").override is None


def test_the_round_shown():
    document = study()
    assert current_round(document, "small").key == "r2"  # nothing is answered: the last
    document = study(answers=everything(Verdict.FULLY))
    assert current_round(document, "small").key == "r1"
    assert current_round(document, "another").key == "r2"
    assert current_round(replace(document, rounds=()), "small") is None
    assert assess(study(rounds=())).round is None
    later = Round(key="r3", name="Round 3")
    assert current_round(replace(document, rounds=(*document.rounds, later)), "small").key == "r1"


def test_a_study_without_cases():
    assert assess(study(cases=())).cases == ()


def test_the_rubric_asked_for():
    document = example()
    second = FrozenRubric(key="again", text=document.rubrics[0].text.replace("id: small", "id: again"))
    document = replace(document, rubrics=(*document.rubrics, second))
    assert rubric_of(document).id == "small"
    assert rubric_of(document, "again").id == "again"
    assert assess(document, "again").case("c1").score.overall.level == "low"
    with pytest.raises(KeyError):
        rubric_of(document, "none")


@pytest.mark.parametrize("find", [lambda a: a.case("none"), lambda a: a.case("c1").principle("none")])
def test_asking_for_what_is_not_there_is_a_bug(find):
    with pytest.raises(StopIteration):
        find(assess(example()))
