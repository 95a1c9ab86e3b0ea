"""Levels in words, gates, challenges and the table, on the shipped rubric."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest

from app.actions.create import freeze
from app.analysis.assessment import assess
from app.analysis.overview import (
    answered,
    by_principle,
    gates,
    limiting,
    overall_standing,
    standing,
    still_open,
    table_text,
)
from app.model.assessment import Answer, Challenge, Finding, FrozenRubric, Override
from app.model.document import StudyDocument
from app.model.setting import Case, Organisation, Round, Study
from app.rubric import library
from app.scoring.scale import Verdict

RUBRIC = "mlops-maturity"
TRAINING, MONITORING, TRACEABILITY = "training-deployment", "monitoring-feedback", "traceability"
AT = {"rubric": RUBRIC, "round": "r1"}


def document(verdicts, **more):
    """A study of two cases; `verdicts` gives a case's answers as {level: verdict} per principle, or by criterion."""
    answers = tuple(
        Answer(criterion=criterion.id, case=case, assessor="a", verdict=verdict, rationale="Why.", **AT)
        for case, wanted in verdicts.items()
        for principle in library.load(RUBRIC).principles
        for criterion in principle.criteria
        if (verdict := wanted.get(criterion.id) or wanted.get((principle.id, criterion.level))) is not None
    )
    return StudyDocument(
        format="fieldquill-study",
        version=1,
        study=Study(
            id=UUID(int=1),
            title="Made",
            organisation=Organisation(name="O"),
            created_at=datetime(2024, 1, 1, tzinfo=UTC),
        ),
        rubrics=(FrozenRubric(key=RUBRIC, text=library.text(RUBRIC)),),
        rounds=(Round(key="r1", name="Round 1"),),
        cases=(Case(key="one", name="One"), Case(key="two", name="Two")),
        answers=answers,
        **more,
    )


def every(**levels):
    """All principles answered the same way on each level."""
    return {
        (principle, level): verdict
        for principle in (TRAINING, MONITORING, TRACEABILITY)
        for level, verdict in levels.items()
    }


@pytest.fixture(scope="module")
def mixed():
    """One: Moderate, Moderate at most High, High. Two: unanswered."""
    one = every(moderate=Verdict.FULLY, high=Verdict.PARTIALLY)
    one |= {(MONITORING, "high"): Verdict.UNKNOWN, (TRACEABILITY, "high"): Verdict.LARGELY}
    return assess(document({"one": one}))


def test_a_level_is_put_into_words(mixed):
    rubric, one = mixed.rubric, mixed.case("one")
    assert standing(rubric, one.principle(TRAINING)).words == "Moderate, 100 % known"
    monitoring = standing(rubric, one.principle(MONITORING))
    assert (monitoring.name, monitoring.at_most, monitoring.certain) == ("Moderate", "at most High", False)
    assert monitoring.words == "Moderate, at most High, 45 % known"
    assert (monitoring.rank, monitoring.ceiling) == (1, 2)


def test_an_override_stands_beside_the_derived_level():
    override = Override(principle=TRAINING, case="one", level="high", assessor="a", reason="Piloted since.", **AT)
    made = assess(document({"one": every(moderate=Verdict.FULLY)}, overrides=(override,)))
    shown = standing(made.rubric, made.case("one").principle(TRAINING))
    assert shown.words == "Moderate, at most High, 36 % known, set to High by the team"


def test_an_override_that_lapsed_no_longer_counts_and_says_so():
    answered = every(moderate=Verdict.FULLY, high=Verdict.NOT_ACHIEVED)
    override = Override(
        principle=TRAINING,
        case="one",
        level="high",
        assessor="a",
        reason="Piloted.",
        basis="gone:fully",
        **AT,
    )
    made = assess(document({"one": answered}, overrides=(override,)))
    shown = standing(made.rubric, made.case("one").principle(TRAINING))
    assert shown.words == "Moderate, 100 % known, set to High by the team, but that has lapsed"
    assert (shown.team.brief, shown.team.lapsed) == ("team: High, lapsed", True)
    assert overall_standing(made.rubric, made.case("one")).team is None


def test_the_overall_level_with_what_the_team_set_stands_beside_the_derived_one():
    answered = every(moderate=Verdict.FULLY, high=Verdict.NOT_ACHIEVED)
    set_high = tuple(
        Override(principle=principle, case="one", level="high", assessor="a", reason="Piloted.", **AT)
        for principle in (TRAINING, MONITORING)
    )
    made = assess(document({"one": answered}, overrides=set_high))
    shown = overall_standing(made.rubric, made.case("one"))
    assert (shown.name, shown.team.rank, shown.team.brief) == ("Moderate", 2, "team: High")
    assert shown.words == "Moderate, 100 % known, High with what the team set, all principles hold it back alike"
    open_ = {key: verdict for key, verdict in answered.items() if key[0] != TRACEABILITY}
    made = assess(document({"one": open_}, overrides=set_high[:1]))
    assert (
        overall_standing(made.rubric, made.case("one")).team.words == "Moderate, at most High, with what the team set"
    )


def test_not_rated_is_neither_known_nor_unknown():
    nothing = every(moderate=Verdict.NOT_APPLICABLE, high=Verdict.NOT_APPLICABLE)
    made = assess(document({"one": nothing}))
    shown = standing(made.rubric, made.case("one").principle(TRAINING))
    assert (shown.rank, shown.ceiling, shown.words, shown.certain) == (None, None, "Not rated", True)
    assert overall_standing(made.rubric, made.case("one")).words == "Not rated"


def test_the_overall_level_says_what_holds_it_back(mixed):
    one = overall_standing(mixed.rubric, mixed.case("one"))
    assert one.note == "held back by Training & deployment and Monitoring & feedback"
    two = overall_standing(mixed.rubric, mixed.case("two"))
    assert two.note == "all principles hold it back alike"
    top = assess(document({"one": every(moderate=Verdict.FULLY, high=Verdict.FULLY)}))
    assert overall_standing(top.rubric, top.case("one")).note == ""
    assert limiting(top.rubric, top.case("one")) == ()


@pytest.mark.parametrize(("open_answers", "words"), [(1, "97 % known"), (31, "0 % known"), (0, "100 % known")])
def test_percentages_never_round_to_all_or_nothing(open_answers, words):
    criteria = library.load(RUBRIC).criteria
    verdicts = {criterion.id: Verdict.FULLY for criterion in criteria[open_answers:]}
    made = assess(document({"one": verdicts}))
    assert overall_standing(made.rubric, made.case("one")).known == words


def test_gates_sort_criteria_by_what_they_do(mixed):
    moderate, high = gates(mixed.rubric, mixed.case("one").principle(TRAINING))
    assert (moderate.level.id, moderate.reached, moderate.blocking) == ("moderate", True, ())
    assert moderate.summary == "all 4 criteria met"
    assert not high.reached
    assert high.summary == "7 of 7 criteria stand in the way"
    assert [judged.verdict for judged in high.blocking] == [Verdict.PARTIALLY] * 7


def test_a_gate_may_be_met_while_a_lower_level_is_not():
    upside_down = every(moderate=Verdict.NOT_ACHIEVED, high=Verdict.FULLY)
    made = assess(document({"one": upside_down}))
    moderate, high = gates(made.rubric, made.case("one").principle(TRAINING))
    assert (moderate.reached, high.reached, high.blocking) == (False, False, ())
    assert high.summary == "all 7 criteria met, but a lower level is not reached"


def test_a_gate_leaves_out_what_is_not_applicable():
    made = assess(document({"one": every(moderate=Verdict.FULLY, high=Verdict.NOT_APPLICABLE)}))
    _, high = gates(made.rubric, made.case("one").principle(TRAINING))
    assert (len(high.left_out), high.met, high.blocking) == (7, (), ())
    assert high.summary == "asks for nothing that applies here"


def test_one_criterion_stands_in_the_way():
    verdicts = every(moderate=Verdict.FULLY, high=Verdict.FULLY) | {"drift-detection": Verdict.WITHHELD}
    made = assess(document({"one": verdicts}))
    _, high = gates(made.rubric, made.case("one").principle(MONITORING))
    assert high.summary == "1 of 6 criteria stands in the way"
    assert [judged.criterion.id for judged in high.blocking] == ["drift-detection"]


def test_what_is_open_is_counted(mixed):
    assert still_open(mixed) == "6 criteria unknown, 31 unanswered"
    one = {criterion.id: Verdict.FULLY for criterion in library.load(RUBRIC).criteria}
    both = {"one": one, "two": one | {"drift-detection": Verdict.UNKNOWN}}
    assert still_open(assess(document(both))) == "1 criterion unknown"
    assert still_open(assess(document({"one": one, "two": one}))) == ""


def test_answered_means_that_anything_is(mixed):
    assert answered(mixed)
    assert not answered(assess(document({})))


def test_findings_and_challenges_are_gathered_by_principle():
    findings = (
        Finding(principle=TRAINING, case="two", text="By hand", **AT),
        Finding(principle=TRAINING, case="one", text="Automated", **AT),
    )
    everywhere = Challenge(key="c1", title="Tools", principle=TRAINING, **AT)
    challenges = (
        everywhere,
        msgspec.structs.replace(everywhere, key="c2", cases=("one",)),
        msgspec.structs.replace(everywhere, key="c3", cases=("one", "two")),
        msgspec.structs.replace(everywhere, key="c4", round="r0"),
        msgspec.structs.replace(everywhere, key="c5", principle=MONITORING),
    )
    made = document({}, findings=findings, challenges=challenges)
    training, monitoring, traceability = by_principle(made, assess(made))
    assert [(result.case.name, result.finding.text) for result in training.results] == [
        ("One", "Automated"),
        ("Two", "By hand"),
    ]
    found = [(obstacle.challenge.key, obstacle.where) for obstacle in training.obstacles]
    assert found == [("c1", "across all cases"), ("c2", "One"), ("c3", "across all cases")]
    assert [obstacle.challenge.key for obstacle in monitoring.obstacles] == ["c5"]
    assert (traceability.results, traceability.obstacles) == ((), ())


def test_a_challenge_of_the_only_case_names_it():
    challenge = Challenge(key="c1", title="Tools", principle=TRAINING, cases=("one",), **AT)
    made = document({}, challenges=(challenge,))
    made = msgspec.structs.replace(made, cases=made.cases[:1])
    assert by_principle(made, assess(made))[0].obstacles[0].where == "One"


def test_the_table_is_tab_separated_lines(mixed):
    head, one, two, end = table_text(mixed).split("\n")
    assert head.split("\t") == [
        "Case",
        "Training & deployment",
        "Monitoring & feedback",
        "Traceability",
        "Overall",
    ]
    assert one.split("\t")[2] == "Moderate, at most High, 45 % known"
    assert two.split("\t")[0] == "Two"
    assert end == ""


@pytest.mark.parametrize("rubric", ["ml-test-score", "microsoft-mlops-maturity", "mlops-principles"])
def test_where_no_level_has_criteria_of_its_own_all_stand_under_the_one_to_come(small, rubric):
    from app.model.assessment import FrozenRubric
    from app.rubric.library import load
    from app.scoring.offered import answers_to

    model = load(rubric)
    steps = [answers_to(model, each.id) for each in model.criteria]
    given = [
        msgspec.structs.replace(
            small.answers[0], rubric=rubric, case="paint", round="r1", criterion=each.id, evidence=(),
            verdict=(told.best, told.steps[1].verdict, Verdict.NOT_APPLICABLE)[place % 3],
        )
        for place, (each, told) in enumerate(zip(model.criteria, steps, strict=True))
    ]  # fmt: skip
    shown = assess(
        msgspec.structs.replace(
            small, rubrics=(freeze(FrozenRubric(key=rubric, version="1.0")),), answers=tuple(given), consensus=(),
            overrides=(), findings=(),
        )
    )  # fmt: skip
    for judged in shown.case("paint").principles:
        (gate,) = gates(model, judged)
        assert gate.level.id == (judged.score.next_level or model.levels[-1].id)
        told = [each.criterion.id for each in (*gate.blocking, *gate.met, *gate.left_out)]
        assert sorted(told) == sorted(each.criterion.id for each in judged.criteria)
        best = answers_to(model, judged.criteria[0].criterion.id).best
        assert all(each.verdict is best for each in gate.met)
        assert all(each.verdict is not best for each in gate.blocking)
        assert all(each.verdict is Verdict.NOT_APPLICABLE for each in gate.left_out)
        assert gate.summary.endswith("could bring more") is bool(gate.blocking)
