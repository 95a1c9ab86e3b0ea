"""Which way levels went since they were last assessed, as the heat map shows it."""

import msgspec

from app.analysis.assessment import assess
from app.analysis.compare import Direction, Trend, Trends, trends
from app.analysis.standing import OVERALL
from app.model.assessment import Answer, Override
from app.model.setting import Round
from app.scoring.scale import Verdict
from tests.documents import RUBRIC, example

replace = msgspec.structs.replace
NONE = Trend()
ROUNDS = tuple(Round(key=f"r{number}", name=f"Round {number}") for number in (1, 2, 3))


def answers(in_round, verdict, *criteria, case="c1", assessor="ada"):
    ids = criteria or [criterion.id for criterion in RUBRIC.criteria]
    return tuple(
        Answer(rubric="small", round=in_round, criterion=each, case=case, assessor=assessor, verdict=verdict)
        for each in ids
    )


def study(*groups, **fields):
    given = tuple(answer for group in groups for answer in group)
    rest = {"rounds": ROUNDS, "consensus": (), "findings": (), "overrides": (), **fields}
    return replace(example(), answers=given, **rest)


def found(document, in_round, case="c1", part=OVERALL):
    return trends(document, assess(document, round_key=in_round))[case, part]


def test_levels_that_rose_fell_and_stayed():
    document = study(
        answers("r1", Verdict.NOT_ACHIEVED, "runs", "is-fast"),
        answers("r1", Verdict.FULLY, "seen", "alarms"),
        answers("r2", Verdict.FULLY, "runs", "is-fast"),
        answers("r2", Verdict.NOT_ACHIEVED, "seen", "alarms"),
    )
    assert found(document, "r2", part="first") == Trend(Direction.UP, "was Low in Round 1")
    assert found(document, "r2", part="second") == Trend(Direction.DOWN, "was Top in Round 1")
    assert found(document, "r2") == Trend(Direction.SAME, "was Low in Round 1, too")


def test_open_answers_leave_the_direction_open():
    document = study(answers("r1", Verdict.UNKNOWN, "runs"), answers("r2", Verdict.FULLY))
    assert found(document, "r2", part="first") == Trend(Direction.NONE, "was Low, at most Top, in Round 1")


def test_the_first_round_and_a_case_added_later_have_none():
    document = study(
        answers("r1", Verdict.FULLY), answers("r2", Verdict.FULLY), answers("r2", Verdict.FULLY, case="c2")
    )
    assert set(trends(document, assess(document, round_key="r1")).values()) == {NONE}
    assert found(document, "r2", case="c2") == NONE
    assert found(document, "r2").direction is Direction.SAME
    assert found(document, "r3") == NONE  # nothing is assessed now


def test_a_round_in_which_it_was_not_assessed_is_passed_over():
    document = study(
        answers("r1", Verdict.NOT_ACHIEVED), answers("r2", Verdict.FULLY, case="c2"), answers("r3", Verdict.FULLY)
    )
    assert found(document, "r3") == Trend(Direction.UP, "was Low in Round 1")


def test_what_the_team_stands_by_counts():
    override = Override(
        rubric="small", principle="first", case="c1", round="r1", level="top", assessor="ada", reason="We saw it."
    )
    document = study(answers("r1", Verdict.NOT_ACHIEVED), answers("r2", Verdict.NOT_ACHIEVED), overrides=(override,))
    assert found(document, "r2", part="first") == Trend(Direction.DOWN, "was Top in Round 1")


def test_one_assessor_is_compared_with_themselves():
    document = study(
        answers("r1", Verdict.FULLY, assessor="bob"),
        answers("r2", Verdict.FULLY, assessor="ada"),
    )
    assert set(trends(document, assess(document, round_key="r2", by="ada")).values()) == {NONE}
    assert found(document, "r2").direction is Direction.SAME


def test_a_study_without_rounds():
    document = study(rounds=())
    assert set(trends(document, assess(document)).values()) == {NONE}


def test_it_can_be_asked_again_and_again():
    kept = Trends()
    first = study(answers("r1", Verdict.NOT_ACHIEVED), answers("r2", Verdict.FULLY))
    second = study(answers("r1", Verdict.FULLY), answers("r2", Verdict.FULLY))
    for document in (first, second, first):
        judged = assess(document, round_key="r2")
        assert kept.of(document, judged) == trends(document, judged)
