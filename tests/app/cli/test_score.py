"""What `fieldquill score` prints for a rubric, a round, the team or one assessor."""

import json

import pytest
from msgspec.structs import replace

from app.cli.known import UnknownKeyError
from app.cli.score import WIDTH, as_table, as_text, scored
from app.model.assessment import Answer, Ballot, BallotMember, FrozenRubric
from app.model.setting import Round
from app.rubric import library
from app.scoring.scale import Verdict
from tests.documents import RUBRIC, RUBRIC_TEXT, example

F, N = Verdict.FULLY, Verdict.NOT_ACHIEVED


def everything(verdict, assessor="ada", in_round="r1"):
    return tuple(
        Answer(rubric="small", round=in_round, criterion=each.id, case="c1", assessor=assessor, verdict=verdict)
        for each in RUBRIC.criteria
    )


def study(*groups, **fields):
    given = tuple(answer for group in groups for answer in group)
    return replace(example(), answers=given, **{"consensus": (), "overrides": (), "ballots": (), **fields})


def level(document, **wanted):
    (case, _) = json.loads(as_text(scored(document, **wanted)))["cases"]
    return case["overall"]["level"], case["overall"]["at_most"]


def test_the_round_asked_for():
    document = study(everything(N), everything(F, in_round="r2"))
    assert level(document) == level(document, in_round="r2") == ("top", "top")
    assert level(document, in_round="r1") == ("low", "low")
    assert "small 1.0, Round 1: the team's answers." in as_table(document, scored(document, in_round="r1"))


def test_one_assessor_or_the_team():
    document = study(everything(N), everything(F, "bob"))
    assert level(document, assessor="ada") == ("low", "low")
    assert level(document, assessor="bob") == ("top", "top")
    assert level(document) == ("low", "top")  # they differ: unknown
    found = scored(document, assessor="bob")
    assert as_table(document, found).endswith("small 1.0, Round 1: the answers of Bob alone.")
    assert json.loads(as_text(found))["assessor"] == "bob"


def test_answers_not_revealed_yet_count_for_their_own_assessor_only():
    members = (BallotMember(assessor="ada"), BallotMember(assessor="bob"))
    hidden = Ballot(rubric="small", case="c1", round="r1", members=members)
    document = study(everything(N), everything(F, "bob"), ballots=(hidden,))
    case = scored(document, in_round="r1").case("c1")
    assert all(each.verdict is None for part in case.principles for each in part.criteria)
    assert level(document, assessor="bob", in_round="r1") == ("top", "top")


def test_points_are_numbers():
    rubric = library.load("ml-test-score")
    given = Answer(rubric=rubric.id, round="r1", criterion=rubric.criteria[0].id, case="c1", assessor="ada", verdict=F)
    frozen = FrozenRubric(key=rubric.id, text=library.text(rubric.id))
    document = study((given,), rubrics=(*example().rubrics, frozen))
    case = json.loads(as_text(scored(document, rubric.id)))["cases"][0]
    assert case["principles"][0]["points"] == {"low": 1.0, "high": 7.0, "most": 7.0}
    assert case["overall"]["points"] == {"low": 0.0, "high": 7.0, "most": 7.0}


def test_an_override_that_lapsed_is_told_and_does_not_count():
    override = replace(example().overrides[0], level="top", basis="runs:fully")
    document = study(everything(N), overrides=(override,))
    part = json.loads(as_text(scored(document)))["cases"][0]["principles"][0]
    assert (part["level"], part["team"], part["override"]["lapsed"]) == ("low", "low", True)
    document = study(everything(N), overrides=(replace(override, basis=""),))
    case = json.loads(as_text(scored(document)))["cases"][0]
    assert (case["principles"][0]["level"], case["principles"][0]["team"]) == ("low", "top")
    assert case["overall"]["team"] == {"level": "low", "at_most": "low"}  # of Top and Low the lower


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"rubric": "x"}, 'Nothing was scored: the study has no rubric "x"; its rubrics: small.'),
        ({"in_round": "x"}, 'Nothing was scored: the study has no round "x"; its rounds: r1 and r2.'),
        ({"assessor": "x"}, 'Nothing was scored: the study has no assessor "x"; its assessors: ada and bob.'),
    ],
)
def test_what_is_not_there_is_named_with_what_is(wanted, sentence):
    with pytest.raises(UnknownKeyError) as refused:
        scored(example(), **wanted)
    assert refused.value.sentence == sentence


def test_a_study_without_rubrics_or_rounds():
    with pytest.raises(UnknownKeyError, match="no rubric to judge its cases by"):
        scored(replace(example(), rubrics=()))
    empty = study(rounds=())
    assert as_table(empty, scored(empty)).endswith("small 1.0: the team's answers.")
    with pytest.raises(UnknownKeyError, match="its rounds: none"):
        scored(empty, in_round="r1")


def test_names_take_over_no_terminal():
    document = study(everything(N), rounds=(Round(key="r1", name="\x1b[2J\n"),))
    assert as_table(document, scored(document)).replace("\n", "").isprintable()


def test_what_is_wider_than_a_terminal_stands_below_one_another():
    rubric = library.load("mlops-principles")
    frozen = FrozenRubric(key=rubric.id, version="1.0", text=library.text(rubric.id))
    document = study((), rubrics=(frozen,))
    text = as_table(document, scored(document))
    levels, *_ = text.split("\n\n")
    name, *lines = levels.split("\n")
    assert name == "Canary one"
    assert [line.split("  ")[1] for line in lines] == [*(each.short for each in rubric.principles), "Overall"]
    assert max(map(len, lines)) <= WIDTH
    assert text.split("\n\n")[1].startswith("Two\n  CI/CD automation ")


def test_a_rubric_without_an_overall_level_has_no_column_for_it():
    text = RUBRIC_TEXT.replace("overall: median", "overall: none")
    document = study(everything(N), rubrics=(FrozenRubric(key="small", version="1.0", text=text),))
    heads, *_, told, _, _ = as_table(document, scored(document, in_round="r1")).split("\n")
    assert heads.split() == ["Case", "First", "Second"]
    assert "No overall level, which this rubric does without" in told
