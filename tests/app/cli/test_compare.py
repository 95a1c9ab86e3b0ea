"""What `fieldquill compare` prints of two rounds, as text and as JSON."""

import json

import pytest
from msgspec.structs import replace

from app.cli.compare import NotComparableError, as_json, as_text, compared
from app.cli.known import UnknownKeyError
from app.model.assessment import Answer, Ballot, BallotMember, FrozenRubric, Override
from app.model.evidence import Evidence
from app.rubric import library
from app.scoring.scale import Verdict
from tests.documents import RUBRIC, example

F, N = Verdict.FULLY, Verdict.NOT_ACHIEVED


def everything(verdict, in_round, case="c1", **fields):
    return tuple(
        Answer(rubric="small", round=in_round, criterion=each.id, case=case, assessor="ada", verdict=verdict, **fields)
        for each in RUBRIC.criteria
    )


def study(*groups, **fields):
    given = tuple(answer for group in groups for answer in group)
    return replace(example(), answers=given, **{"consensus": (), "overrides": (), "ballots": (), **fields})


def both(document, then="r1", now="r2", rubric=None):
    found = compared(document, then, now, rubric)
    return as_text(document, *found).splitlines(), json.loads(as_json(*found))


def test_what_rose_with_its_answers():
    link = (Evidence(passage="i1-p1"),)
    lines, told = both(study(everything(N, "r1"), everything(F, "r2", evidence=link), everything(N, "r2", "c2")))
    assert lines[0] == "Round 1 -> Round 2, small 1.0: 2 rose, 1 case new"
    assert lines[2] == "Canary one"
    assert lines[3].split("  ")[1:] == ["First", "", "Low -> Top", "(rose)"]
    assert "  - runs: Not achieved -> Fully achieved [I1 lines 1-2]  (rose)" in lines
    assert lines[-4:-3] == ["Two: new"]  # and none of its answers
    assert told["counts"] == {"rose": 2}
    assert told["through"] is None
    first, second = told["cases"]
    assert (first["change"], second["change"]) == ("rose", "new")
    assert first["overall"]["now"] == {"level": "top", "at_most": "top", "team": "top", "points": None}
    assert second["overall"]["then"] is None
    assert first["answers"][0] == {
        "principle": "first",
        "criterion": "runs",
        "change": "rose",
        "then": {"answer": "not", "evidence": [], "criteria": ["runs"]},
        "now": {"answer": "fully", "evidence": ["i1-p1"], "criteria": ["runs"]},
    }
    assert second["answers"][0]["then"] is None


def test_points_and_the_team_s_level():
    rubric = library.load("ml-test-score")
    given = [
        Answer(rubric=rubric.id, round=key, criterion=each.id, case="c1", assessor="ada", verdict=verdict)
        for key, verdict in (("r1", N), ("r2", F))
        for each in rubric.principles[0].criteria
    ]
    override = Override(
        rubric=rubric.id,
        principle=rubric.principles[0].id,
        case="c1",
        round="r2",
        level=rubric.levels[0].id,
        assessor="ada",
        reason="Not so.",
    )
    frozen = FrozenRubric(key=rubric.id, text=library.text(rubric.id))
    document = study(given, rubrics=(frozen,), overrides=(override,))
    lines, told = both(document)
    name = rubric.levels[0].name
    assert f"{name} [0 of 7 points] -> {name} [7 of 7 points; derived: {rubric.levels[-1].name}]" in lines[3]
    now = told["cases"][0]["principles"][0]["now"]
    assert (now["level"], now["team"], now["points"]["low"]) == (rubric.levels[-1].id, rubric.levels[0].id, 7)


def test_a_rubric_without_overall_level():
    text = example().rubrics[0].text.replace("overall: median", "overall: none")
    document = study(everything(N, "r1"), everything(F, "r2"), rubrics=(FrozenRubric(key="small", text=text),))
    lines, told = both(document)
    assert told["cases"][0]["overall"] is None
    assert not any("Overall" in line for line in lines)


def test_a_round_carried_over_says_so():
    newer = example().rubrics[0].text.replace('version: "1.0"', 'version: "2.0"')
    rubrics = (*example().rubrics, FrozenRubric(key="small-2.0", version="2.0", text=newer))
    later = tuple(replace(each, rubric="small-2.0") for each in everything(F, "r2"))
    lines, told = both(study(everything(N, "r1"), later, rubrics=rubrics))
    assert lines[1].startswith("Round 1 was answered against small 1.0")
    assert told["through"] == lines[1]
    assert (told["rubric"], told["version"]) == ("small-2.0", "2.0")


def test_rounds_that_cant_be_compared():
    with pytest.raises(NotComparableError) as refused:
        compared(study(everything(N, "r1")), "r1", "r2")
    assert refused.value.sentence == "Nothing was compared: Round 2 has no answers yet."
    with pytest.raises(NotComparableError):
        compared(study(rubrics=()), "r1", "r2")


def test_answers_not_revealed_yet_are_none():
    members = (BallotMember(assessor="ada"), BallotMember(assessor="bob"))
    hidden = Ballot(rubric="small", case="c1", round="r2", members=members)
    with pytest.raises(NotComparableError, match="Round 2 has no answers yet"):
        compared(study(everything(N, "r1"), everything(F, "r2"), ballots=(hidden,)), "r1", "r2")


def test_what_is_not_there_is_named_with_what_is():
    for keys in (("x", "r2", None), ("r1", "x", None), ("r1", "r2", "x")):
        with pytest.raises(UnknownKeyError, match="Nothing was compared: the study has no"):
            compared(example(), *keys)


def test_names_take_over_no_terminal():
    cases = tuple(replace(each, name="\x1b[2J\n") for each in example().cases)
    document = study(everything(N, "r1"), everything(F, "r2"), cases=cases)
    assert all(line.isprintable() for line in both(document)[0])


def test_the_command(run, study_path):
    assert run("compare", study_path, "r1", "r2").failed() == "Nothing was compared: Round 2 has no answers yet."
    ran = run("compare", study_path, "r1", "r1")
    assert ran.out.startswith("Round 1 -> Round 1, small 1.0: Nothing changed\n")
    assert json.loads(run("compare", study_path, "r1", "r1", "--json").out)["counts"]
    assert run("compare", study_path, "r1", "r9").failed().endswith("its rounds: r1 and r2.")
    assert json.loads(run("score", study_path, "--assessor", "bob", "--json").out)["assessor"] == "bob"
    assert "Round 2: the team's answers." in run("score", study_path, "--round", "r2", "--consensus").out
