"""What `whatif` prints: levels before and after under every rule, and one sentence for a name that is not there."""

import json

import pytest
from click.testing import CliRunner

from app.actions import assess, ballots
from app.actions.open_study import OpenStudy
from app.cli.known import UnknownKeyError
from app.cli.main import cli
from app.cli.whatif import WIDTH, as_json, as_table, look
from app.scoring.scale import PICKS, Verdict
from tests.app.analysis.test_gaps import COUNTED, PICKED, replace, study
from tests.conftest import PASSPHRASE
from tests.documents import RUBRIC, RUBRIC_TEXT, example


def columns(lines):
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in lines]


def test_levels_before_and_after_as_a_table():
    document = study(RUBRIC_TEXT, {"seen": Verdict.FULLY, "runs": Verdict.UNKNOWN})
    about, _, *table, _, exact, second, overall = as_table(look(document, "c1", ["runs=fully", "is-fast=2"])).split(
        "\n"
    )
    assert about == "Canary one, Round 1, as if runs were fully achieved and is fast were largely achieved"
    assert columns(table) == [
        ["Principle", "Now", "Then"],
        ["First", "Low, at most Top", "Top"],
        ["Second", "Middle, at most Top", "Middle, at most Top"],
        ["Overall", "Low, at most Top", "Middle, at most Top"],
    ]
    assert exact.startswith("To the next level from there. Exact: every criterion")
    assert (second, overall) == ("Second, to Top: alarms", "Overall, to Top: alarms")


def test_without_changes_it_says_what_the_next_level_takes():
    document = study(RUBRIC_TEXT, {"runs": Verdict.FULLY, "is-fast": Verdict.FULLY})
    text = as_table(look(document, "c1"))
    assert text.startswith("Canary one, Round 1\n")
    assert "Second, to Middle: seen" in text
    assert "First, to" not in text  # it is on the top


@pytest.mark.parametrize("answer", ["l1", "L2", "level 1 to level 2, alike here", "1", "1\N{EN DASH}2", "level-2"])
def test_a_description_is_named_by_its_level_its_key_or_its_words(answer):
    found = look(study(PICKED, {"working": PICKS[0]}), "c1", [f"working={answer}"])
    assert found.changes == {"working": PICKS[2]}
    assert found.after.overall.level == "l2"
    assert as_table(found).endswith("People, to Level 3: working=l3\nOverall, to Level 3: working=l3")


def test_points_are_counted_and_what_no_answer_reaches_is_said():
    document = study(COUNTED, {"one": Verdict.FULLY})
    found = look(document, "c1", ["two=AUTO", "three=by hand"])
    assert found.changes == {"two": Verdict.FULLY, "three": Verdict.PARTIALLY}
    assert [score.level for score in found.after.principles] == ["l1"]
    assert "Tests, to Good: four" in as_table(found)
    assert "Poor, at most Good: 1 to 4 of 4 points" in as_table(found)
    assert json.loads(as_json(found))["overall"]["points"]["after"]["low"] == 2.5
    best = look(document, "c1", ["two=1", "three=1", "four=1"])
    assert "Tests, to Beyond: not even the best answers reach it" in as_table(best)
    assert json.loads(as_json(best))["principles"][0]["next"] == {"level": "l3", "criteria": None}


def test_a_rubric_without_an_overall_level_has_none():
    text = COUNTED.replace("overall: minimum", "overall: none")
    found = look(study(text, {}), "c1")
    assert "Overall" not in as_table(found)
    nothing = {"level": None, "at_most": None}
    assert json.loads(as_json(found))["overall"] == {
        "before": nothing,
        "after": nothing,
        "next": None,
        "team": None,
        "points": {"before": None, "after": None},
    }


def test_what_does_not_apply_is_not_rated():
    found = look(study(RUBRIC_TEXT, {}), "c1", ["seen=n", "alarms=not_applicable"])
    assert ["Second", "Low, at most Top", "Not rated"] in columns(as_table(found).splitlines())
    nothing = as_table(look(study(RUBRIC_TEXT, {}), "c1", [f"{each.id}=not_applicable" for each in RUBRIC.criteria]))
    assert nothing.endswith("\n\nNothing is rated, so no level is next.")


def test_the_same_as_json():
    found = json.loads(as_json(look(study(RUBRIC_TEXT, {}), "c1", ["runs=largely"], in_round="r1")))
    assert (found["case"], found["rubric"], found["round"], found["set"]) == ("c1", "small", "r1", {"runs": "largely"})
    first, second = found["principles"]
    assert first["before"] == {"level": "low", "at_most": "top"}
    assert first["after"] == {"level": "mid", "at_most": "top"}
    assert first["next"] == {"level": "top", "criteria": [{"criterion": "is-fast", "answer": "fully"}]}
    assert second["next"]["criteria"] == [{"criterion": "seen", "answer": "fully"}]
    assert found["overall"]["after"]["level"] == "low"


def test_a_round_and_a_rubric_can_be_chosen():
    document = study(RUBRIC_TEXT, {"runs": Verdict.FULLY})
    assert look(document, "c1", in_round="r1").after.principle("first").level == "mid"
    assert look(document, "c1", in_round="r2", rubric="small").after.principle("first").level == "low"
    nowhere = replace(document, rounds=(), answers=())
    assert as_table(look(nowhere, "c1")).startswith("Canary one\n")
    assert json.loads(as_json(look(nowhere, "c1")))["round"] is None


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"case": "gone"}, 'the study has no case "gone"; its cases: c1 and c2.'),
        ({"case": "c1", "rubric": "gone"}, 'the study has no rubric "gone"; its rubrics: small.'),
        ({"case": "c1", "in_round": "gone"}, 'the study has no round "gone"; its rounds: r1 and r2.'),
        (
            {"case": "c1", "changes": ["gone=fully"]},
            'rubric "small" has no criterion "gone"; its criteria: runs, is-fast, seen and alarms.',
        ),
        (
            {"case": "c1", "changes": ["runs=great"]},
            'not (4), not_applicable (n), unknown (u) and withheld (w); found "great".',
        ),
        ({"case": "c1", "changes": ["runs"]}, 'and withheld (w); found "".'),
        ({"case": "c1", "changes": ["runs=1", "runs=4"]}, '"runs" is set to two answers; name one.'),
    ],
)
def test_an_unknown_name_gets_one_sentence_with_what_there_is(asked, sentence):
    with pytest.raises(UnknownKeyError) as told:
        look(study(RUBRIC_TEXT, {}), **asked)
    assert told.value.sentence.startswith("Nothing was worked out: ")
    assert told.value.sentence.endswith(sentence)


def test_a_study_without_cases_or_rubrics_says_so():
    document = study(RUBRIC_TEXT, {})
    with pytest.raises(UnknownKeyError, match="its cases: none"):
        look(replace(document, cases=(), answers=()), "c1")
    with pytest.raises(UnknownKeyError, match="has no rubric"):
        look(replace(document, rubrics=(), answers=()), "c1")


def test_levels_that_are_picked_are_offered_by_their_ids():
    with pytest.raises(UnknownKeyError, match=r"can be answered l0 \(0\), l2 \(1\), l3 \(3\), not_applicable"):
        look(study(PICKED, {}), "c1", ["working=l9"])


def test_lists_of_criteria_keep_to_the_width():
    text = COUNTED
    for key in ("one", "two", "three", "four"):
        text = text.replace(f"id: {key},", f"id: {key}-{'very-' * 8}long,")
    lines = as_table(look(study(text, {}), "c1")).splitlines()
    assert max(len(line) for line in lines if "very-long" in line) <= WIDTH


@pytest.mark.parametrize("how", [[], ["--json"]])
def test_the_command_changes_nothing(study_path, monkeypatch, how):
    monkeypatch.setenv("FIELDQUILL_PASSPHRASE", PASSPHRASE)
    before = study_path.read_bytes()
    ran = CliRunner().invoke(cli, ["whatif", str(study_path), "--case", "c2", "--set", "runs=fully", *how])
    assert ran.exit_code == 0, ran.output
    assert ran.output.startswith("{" if how else "Two, Round 1, as if runs were fully achieved")
    assert study_path.read_bytes() == before
    assert example().cases[1].name == "Two"


def test_answers_that_are_not_revealed_count_for_nothing(study_path, monkeypatch):
    monkeypatch.setenv("FIELDQUILL_PASSPHRASE", PASSPHRASE)
    with OpenStudy.open(study_path, PASSPHRASE) as opened:
        opened.do(ballots.begin, "small", ["c2"], "r1", ["ada", "bob"])
        opened.work_as("bob")
        opened.do(assess.answer, assess.Place("small", "runs", "c2", "r1", "bob"), Verdict.FULLY)
    ran = CliRunner().invoke(cli, ["whatif", str(study_path), "--case", "c2", "--round", "r1", "--json"])
    assert json.loads(ran.output)["principles"][0]["before"] == {"level": "low", "at_most": "top"}


def test_on_top_there_is_nothing_above():
    document = study(RUBRIC_TEXT, {each.id: Verdict.FULLY for each in RUBRIC.criteria})
    assert as_table(look(document, "c1")).endswith("\n\nNo level is above these.")


def test_what_the_team_set_stands_beside_what_follows():
    document = replace(example(), overrides=(replace(example().overrides[0], level="top"),))
    assert columns(as_table(look(document, "c1", ["runs=not"])).splitlines()[2:6]) == [
        ["Principle", "Now", "Then"],
        ["First", "Middle, at most Top (team: Top)", "Low"],
        ["Second", "Middle, at most Top", "Middle, at most Top"],
        ["Overall", "Middle, at most Top (team: Middle)", "Low"],
    ]
    found = json.loads(as_json(look(document, "c1", ["runs=not"])))
    first, second = found["principles"]
    assert (first["before"]["level"], first["after"]["level"], first["team"]) == ("mid", "low", "top")
    assert (first["override"]["level"], first["override"]["lapsed"]) == ("top", False)
    assert (second["team"], second["override"], second["points"]) == ("mid", None, None)
    assert found["overall"]["team"] == {"level": "mid", "at_most": "top"}
