"""Gaps: foundations first, never a leap, under every rule; and what the roadmap has of them."""

from functools import cache

import msgspec
import pytest

from app.analysis.assessment import assess
from app.analysis.gaps import case_gaps, gap, next_level, verdicts_of
from app.model.assessment import Answer, FrozenRubric, NextStep, Target
from app.model.kinds import KINDS
from app.rubric.load import decode_rubric
from app.scoring.scale import PICKS, Verdict
from app.scoring.whatif import what_if
from tests.documents import RUBRIC_TEXT, example

replace = msgspec.structs.replace

PICKED = """\
id: picked
version: "1"
title: Picked
summary: Levels are picked.
licence: CC0-1.0
rule: choice
overall: minimum
levels:
  - {id: l0, name: Level 0, summary: S.}
  - {id: l1, name: Level 1, summary: S.}
  - {id: l2, name: Level 2, summary: S.}
  - {id: l3, name: Level 3, summary: S.}
principles:
  - id: people
    name: People
    short: People
    description: D.
    levels: {l0: Alone., l1: Together., l3: As one.}
    criteria:
      - {id: working, statement: S., evidence: E., question: Q?, advice: Meet.}
"""
COUNTED = """\
id: counted
version: "1"
title: Counted
summary: Points are counted.
licence: CC0-1.0
rule: points
overall: minimum
answers:
  - {verdict: fully, short: Auto, label: Automated, points: 1}
  - {verdict: partially, short: Manual, label: By hand, points: 0.5}
  - {verdict: not, short: None, label: Not at all, points: 0}
levels:
  - {id: l0, name: Poor, summary: S.}
  - {id: l1, name: Fair, summary: S., at_least: 2}
  - {id: l2, name: Good, summary: S., at_least: 3}
  - {id: l3, name: Beyond, summary: S., above: 4}
principles:
  - id: tests
    name: Tests
    short: Tests
    description: D.
    criteria:
      - {id: one, statement: S., evidence: E., question: Q?, advice: A.}
      - {id: two, statement: S., evidence: E., question: Q?, advice: A.}
      - {id: three, statement: S., evidence: E., question: Q?, advice: A.}
      - {id: four, statement: S., evidence: E., question: Q?, advice: A.}
"""


@cache
def empty():
    kept = {"rounds", "cases", "assessors"}
    return replace(example(), **{kind.table: () for kind in KINDS if kind.table not in kept})


def study(text, answers, targets=None, steps=()):
    """A study against one rubric with the answers on its case c1, and the targets there."""
    rubric = decode_rubric(text, "made.yaml")
    at = {"rubric": rubric.id, "case": "c1"}
    given = tuple(
        Answer(**at, round="r1", assessor="ada", criterion=key, verdict=verdict) for key, verdict in answers.items()
    )
    aims = tuple(Target(**at, principle=principle, level=level) for principle, level in (targets or {}).items())
    kept = tuple(NextStep(**at, key=f"s{place}", **each) for place, each in enumerate(steps))
    frozen = (FrozenRubric(key=rubric.id, version=rubric.version, text=text),)
    return replace(empty(), rubrics=frozen, answers=given, targets=aims, next_steps=kept)


def gaps(*arguments, **named):
    document = study(*arguments, **named)
    return case_gaps(document, assess(document).case("c1"))


def needs(found):
    return [(need.criterion.id, need.becomes, need.level, need.needed) for need in found.needs]


def test_without_a_target_it_is_the_next_level_in_order():
    first, second = gaps(RUBRIC_TEXT, {"runs": Verdict.FULLY, "is-fast": Verdict.PARTIALLY})
    assert (first.level, first.aim, first.target) == ("mid", "top", None)
    assert needs(first) == [("is-fast", Verdict.FULLY, "top", True)]
    assert first.needs[0].verdict is Verdict.PARTIALLY
    assert needs(second) == [("seen", Verdict.FULLY, "mid", True)]
    assert second.needs[0].verdict is None


def test_a_target_above_the_next_asks_for_the_foundations_first():
    _, second = gaps(RUBRIC_TEXT, {"alarms": Verdict.NOT_ACHIEVED}, {"second": "top"})
    assert needs(second) == [("seen", Verdict.FULLY, "mid", True), ("alarms", Verdict.FULLY, "top", True)]
    assert (second.aim, second.reached, second.reachable) == ("top", False, True)
    assert second.needed == second.needs


def test_a_target_that_is_reached_asks_for_nothing():
    first, _ = gaps(RUBRIC_TEXT, {"runs": Verdict.LARGELY}, {"first": "mid"})
    assert first.reached
    assert first.needs == ()
    assert not gaps(RUBRIC_TEXT, {})[0].reached


def test_the_top_and_what_does_not_apply_have_no_next_level():
    first, second = gaps(
        RUBRIC_TEXT,
        {"runs": Verdict.FULLY, "is-fast": Verdict.FULLY, "seen": Verdict.NOT_APPLICABLE}
        | {"alarms": Verdict.NOT_APPLICABLE},
        {"second": "top"},
    )
    assert (first.aim, first.needs) == (None, ())
    assert (second.level, second.needs, second.reached) == (None, (), False)


def test_descriptions_come_one_after_the_other_and_alike_ones_are_one():
    (people,) = gaps(PICKED, {"working": PICKS[0]}, {"people": "l3"})
    assert needs(people) == [("working", PICKS[2], "l2", False), ("working", PICKS[3], "l3", True)]
    (people,) = gaps(PICKED, {"working": PICKS[0]}, {"people": "l1"})
    assert needs(people) == [("working", PICKS[2], "l2", True)]
    (people,) = gaps(PICKED, {"working": PICKS[0]})
    assert (people.aim, needs(people)) == ("l2", [("working", PICKS[2], "l2", True)])
    (people,) = gaps(PICKED, {})
    assert needs(people) == [("working", PICKS[2], "l2", True)]


def test_points_name_what_brings_most_first_and_mark_the_fewest():
    answers = {"one": Verdict.FULLY, "two": Verdict.PARTIALLY, "three": Verdict.NOT_ACHIEVED}
    (tests,) = gaps(COUNTED, answers)
    assert (tests.level, tests.aim) == ("l0", "l1")
    assert needs(tests) == [
        ("three", Verdict.FULLY, "", True),
        ("four", Verdict.FULLY, "", False),
        ("two", Verdict.FULLY, "", False),
    ]
    assert [float(need.gain) for need in tests.needs] == [1, 1, 0.5]
    (tests,) = gaps(COUNTED, answers, {"tests": "l2"})
    assert [need.criterion.id for need in tests.needed] == ["three", "four"]


def test_everything_goes_on_to_the_top_and_still_marks_what_the_aim_needs():
    document = study(RUBRIC_TEXT, {"runs": Verdict.FULLY}, {"first": "mid"})
    first, second = case_gaps(document, assess(document).case("c1"), everything=True)
    assert needs(first) == [("is-fast", Verdict.FULLY, "top", False)]
    assert needs(second) == [("seen", Verdict.FULLY, "mid", True), ("alarms", Verdict.FULLY, "top", False)]
    document = study(PICKED, {"working": PICKS[0]})
    (people,) = case_gaps(document, assess(document).case("c1"), everything=True)
    assert needs(people) == [("working", PICKS[2], "l2", True), ("working", PICKS[3], "l3", False)]


def test_what_no_answer_reaches_is_said():
    (tests,) = gaps(COUNTED, {}, {"tests": "l3"})
    assert not tests.reachable
    assert tests.needed == ()
    assert len(tests.needs) == 4


def test_a_need_knows_the_step_that_the_roadmap_has_for_it():
    steps = [{"criterion": "seen"}, {"criterion": "alarms", "verdict": Verdict.LARGELY}]
    _, second = gaps(RUBRIC_TEXT, {}, {"second": "top"}, steps)
    assert [need.step.key if need.step else None for need in second.needs] == ["s0", None]


@pytest.mark.parametrize(("text", "answers"), [(RUBRIC_TEXT, {"runs": Verdict.FULLY}), (PICKED, {}), (COUNTED, {})])
def test_doing_what_is_needed_reaches_the_aim(text, answers):
    document = study(text, answers)
    judged = assess(document).case("c1")
    for each in judged.principles:
        found = gap(each)
        changes = {need.criterion.id: need.becomes for need in found.needed}
        after = what_if(judged.rubric, verdicts_of(judged.principles), changes).principle(each.principle.id)
        assert after.level == found.aim == next_level(judged.rubric, each)
