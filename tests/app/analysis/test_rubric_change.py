"""What moving a round to another version changes: criteria, answers one by one, and levels."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.assessment import assess
from app.analysis.rubric_change import Carrying, Fate, What, changes, levels
from app.model.assessment import Answer, Consensus, FrozenRubric, NextStep, Override
from app.rubric import library
from app.rubric.load import decode_rubric
from app.rubric.write import write_rubric
from app.scoring.offered import answers
from app.scoring.scale import Verdict
from tests.app.rubric.made_up import rubrics
from tests.documents import RUBRIC, example

replace = msgspec.structs.replace


def changed(which, **fields):
    """The small rubric with one criterion changed."""
    principles = tuple(
        replace(each, criteria=tuple(replace(c, **fields) if c.id == which else c for c in each.criteria))
        for each in RUBRIC.principles
    )
    return replace(RUBRIC, version="1.1", principles=principles)


def answered(rubric, verdicts, key="r"):
    """A study of one case with these answers under a rubric."""
    document = example()
    given_ = tuple(
        Answer(rubric=key, criterion=criterion, case="c1", round="r1", assessor="ada", verdict=verdict, rationale="why")
        for criterion, verdict in verdicts.items()
    )
    empty = dict.fromkeys(("consensus", "overrides", "findings", "targets", "next_steps", "challenges", "ballots"), ())
    frozen = (FrozenRubric(key=key, version=rubric.version, text=write_rubric(rubric)),)
    return replace(document, rubrics=frozen, answers=given_, **empty)


@given(rubrics(), st.data())
def test_the_same_rubric_under_another_version_changes_nothing(rubric, data):
    verdicts = {}
    for principle in rubric.principles:
        offered = [step.verdict for step in answers(rubric, principle).steps]
        for criterion in principle.criteria:
            if data.draw(st.booleans()):
                verdicts[criterion.id] = data.draw(st.sampled_from(offered))
    document = answered(rubric, verdicts)
    change = changes(document, "r", replace(rubric, version="99"), "r1")
    assert {each.what for each in change.criteria} == {What.UNCHANGED}
    assert [each.fate for each in change.answers] == [Fate.KEPT] * len(verdicts)
    assert all(each.is_same and each.step == 0 for each in change.levels)
    assert len(change.levels) == len(document.cases) * (len(rubric.principles) + 1)


@given(rubrics(), rubrics(), st.data())
def test_answers_that_go_along_are_answers_of_the_other_rubric(old, new, data):
    offered = {c.id: [s.verdict for s in answers(old, p).steps] for p in old.principles for c in p.criteria}
    verdicts = {criterion: data.draw(st.sampled_from(steps)) for criterion, steps in offered.items()}
    document = answered(old, verdicts)
    change = changes(document, "r", new, "r1", keep={c.id for c in new.criteria})
    known = {criterion.id for criterion in new.criteria}
    for each in change.answers:
        assert each.fate is Fate.LEFT or each.answer.criterion in known
    carrying = Carrying(replace(old, id="r"), new, "n", "r1")
    carried = list(carrying.all(document.answers))
    assert len(carried) == sum(each.fate is not Fate.LEFT for each in change.answers)
    for answer in carried:
        assert answers(new, new.principle_of(answer.criterion)).offers(answer.verdict)
        assert (answer.rubric, answer.rationale) == ("n", "why")
    assert change.levels == levels(document, "r", new, "r1")


def test_criteria_added_removed_reworded_and_moved():
    first, second = RUBRIC.principles
    runs, fast = first.criteria
    seen, alarms = second.criteria
    two = {"low": "By hand.", "mid": "In part."}
    new = replace(
        RUBRIC,
        principles=(
            replace(first, levels=two, criteria=(replace(runs, id="walks"), replace(seen, statement="It is  seen."))),
            replace(
                second,
                levels=two,
                criteria=(replace(fast, level="mid"), replace(alarms, statement="It rings.", level="mid")),
            ),
        ),
    )
    change = changes(example(), "small", new, "r1")
    assert [(each.id, each.what.value, each.where) for each in change.criteria] == [
        ("walks", "added", ""),
        ("seen", "moved", "from Second to First"),
        ("is-fast", "moved", "from First to Second, from Top to Middle"),
        ("alarms", "reworded", "from Top to Middle"),
        ("runs", "removed", ""),
    ]
    assert [each.id for each in change.of(What.ADDED)] == ["walks"]
    assert change.of(What.REWORDED)[0].before.statement == "It alarms."


def test_each_answer_is_told_its_fate():
    change = changes(example(), "small", changed("runs", statement="It runs well."), "r1")
    assert [(each.answer.criterion, each.answer.assessor, each.fate.value) for each in change.answers] == [
        ("runs", "ada", "reworded"),
        ("runs", "bob", "reworded"),
        ("seen", "ada", "kept"),
    ]
    change = changes(example(), "small", changed("runs", id="walks"), "r1")
    assert [each.reason for each in change.answers] == ["the criterion was removed", "the criterion was removed", ""]
    assert changes(example(), "small", RUBRIC, "r2").answers == ()


def test_levels_follow_what_goes_along():
    new = changed("runs", statement="It runs well.")
    document = replace(example(), overrides=())
    left = {(each.case, each.principle): each for each in changes(document, "small", new, "r1").levels}
    kept = {(each.case, each.principle): each for each in changes(document, "small", new, "r1", ["runs"]).levels}
    assert left["c1", "first"].step == -1
    assert left["c1", "first"].after == "Low, at most Top: 2 criteria unanswered"
    assert kept["c1", "first"].is_same
    assert left["c1", ""].name == "Overall"


def test_levels_are_compared_only_where_both_are_there():
    best = replace(RUBRIC.levels[1], id="half")
    renamed = [replace(p, levels={"half" if k == "mid" else k: v for k, v in p.levels.items()},
                       criteria=tuple(replace(c, level="half") if c.level == "mid" else c for c in p.criteria))
               for p in RUBRIC.principles]  # fmt: skip
    new = replace(RUBRIC, levels=(RUBRIC.levels[0], best, RUBRIC.levels[2]), principles=tuple(renamed))
    document = replace(example(), overrides=())
    first = next(each for each in changes(document, "small", new, "r1").levels if each.principle == "first")
    assert (first.before, first.after, first.step) == (
        "Middle, at most Top: 1 criterion unanswered",
        "Middle, at most Top: 1 criterion unanswered",
        0,
    )


def test_a_principle_that_is_new_or_gone_has_a_level_on_one_side_only():
    first, second = RUBRIC.principles
    new = replace(RUBRIC, principles=(first, replace(second, id="third", short="Third")))
    found = {each.principle: (each.before, each.after) for each in changes(example(), "small", new, "r1").levels}
    assert found["third"][0] == ""
    assert found["second"][1] == ""


def test_picked_levels_are_matched_by_their_ids():
    old = library.load("microsoft-mlops-maturity")
    picked = old.criteria[0].id
    fewer = replace(old, levels=old.levels[1:], principles=tuple(
        replace(p, levels={old.levels[1].id: "x", **{k: v for k, v in p.levels.items() if k != "level-0"}})
        for p in old.principles))  # fmt: skip
    carrying = Carrying(replace(old, id="r"), fewer, "n", "r1")
    for verdict, becomes in [(Verdict.LEVEL_4, Verdict.LEVEL_3), (Verdict.LEVEL_0, None), (Verdict.LEVEL_9, None)]:
        document = answered(old, {picked: verdict})
        assert [a.verdict for a in carrying.all(document.answers)] == ([becomes] if becomes else [])
    change = changes(answered(old, {picked: Verdict.LEVEL_0}), "r", fewer, "r1")
    assert change.answers[0].reason == "the answer is not offered any more"
    assert {each.what for each in change.criteria} == {What.REWORDED}
    other = Override(rubric="r", principle=old.principles[0].id, case="c1", round="r1", level="level-2",
                     assessor="ada", reason="x", basis=f"{picked}:level-4 gone:fully odd")  # fmt: skip
    assert next(iter(carrying.all([other]))).basis == f"{picked}:level-3 gone:fully odd"
    for odd in (f"{picked}:level-0", f"{picked}:great", picked, "-", ""):
        assert next(iter(carrying.all([replace(other, basis=odd)]))).basis == odd
    step = NextStep(key="n", rubric="r", criterion=picked, case="c1", verdict=Verdict.LEVEL_0)
    assert list(carrying.all([step])) == []


def test_an_override_that_holds_is_the_level():
    document = example()
    agreed = Consensus(rubric="small", criterion="runs", case="c1", round="r1", verdict=Verdict.LARGELY, reason="so")
    document = replace(document, consensus=(agreed,))
    assert assess(document, "small", "r1").case("c1").principle("first").in_force is not None
    first = next(each for each in levels(document, "small", RUBRIC, "r1") if each.principle == "first")
    assert (first.before, first.after) == ("Middle", "Middle")


@pytest.mark.parametrize("rubric_id", library.shipped())
def test_shipped_rubrics_can_be_moved_to(rubric_id):
    change = changes(example(), "small", library.load(rubric_id), "r1")
    assert {each.fate for each in change.answers} == {Fate.LEFT}
    assert decode_rubric(write_rubric(change.new), "x") == change.new


def test_levels_that_are_alike_in_the_new_version_are_answered_as_the_highest_of_them():
    old = library.load("microsoft-mlops-maturity")
    first = old.principles[0]
    fewer = replace(first, levels={key: text for key, text in first.levels.items() if key in ("level-0", "level-4")})
    carrying = Carrying(replace(old, id="r"), replace(old, principles=(fewer, *old.principles[1:])), "n", "r1")
    for verdict, becomes in [(Verdict.LEVEL_1, Verdict.LEVEL_3), (Verdict.LEVEL_3, Verdict.LEVEL_3)]:
        document = answered(old, {first.criteria[0].id: verdict})
        assert [each.verdict for each in carrying.all(document.answers)] == [becomes]
