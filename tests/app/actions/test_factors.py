"""Factors: added, changed, moved and removed, and how they work judged, each in one step that can be taken back."""

from pathlib import Path

import msgspec
import pytest

from app.actions import factors, links, things
from app.actions.create import create_study
from app.actions.errors import NotFoundError, RefusedError
from app.actions.factors import STANDARD_FACTORS, factor_problem
from app.actions.open_study import OpenStudy
from app.model.assessment import BelongsTo, Factor, Influence, Strength, Tendency
from app.model.evidence import Stance, Weight
from tests.app.actions.clocked import check_undo

DEMO = Path(__file__).parents[3] / "resources" / "demo" / "autocorp.json"
replace = msgspec.structs.replace
OWN = Factor(key="budget", name="Budget", belongs_to=BelongsTo.ORGANISATION, tendency=Tendency.INHIBITS)


def names(study):
    return [each.name for each in study.document.factors]


def influence(study, case, factor="experience"):
    found = (each for each in study.document.influences if (each.factor, each.case) == (factor, case))
    return next(found, None)


def test_the_standard_factors_are_those_of_the_demonstration():
    told = msgspec.json.decode(DEMO.read_bytes())["factors"]
    assert [msgspec.to_builtins(each) for each in STANDARD_FACTORS] == told
    assert [each.tendency for each in STANDARD_FACTORS] == [Tendency.FACILITATES] * 3 + [Tendency.INHIBITS] * 4


def test_a_new_study_has_them_from_the_start(quick_keys, tmp_path):
    path = tmp_path / "new.fieldquill"
    create_study(path, "correct horse battery", title="T", rubric="mlops-maturity")
    with OpenStudy.open(path, "correct horse battery") as study:
        assert [replace(each, id=None) for each in study.document.factors] == list(STANDARD_FACTORS)
        with pytest.raises(RefusedError, match="has the method's seven factors already"):
            study.do(factors.start_factors)


def test_the_seven_are_added_where_there_are_none(study):
    study.do(factors.remove_factor, "experience")
    changes = check_undo(study, factors.start_factors)
    assert changes.label == "Add the method's seven factors"
    assert [replace(each, id=None) for each in study.document.factors] == list(STANDARD_FACTORS)


def test_only_missing_ones_are_added_by_key_or_by_name(study):
    standing = replace(OWN, key="other", name="environmental COMPLEXITY")
    study.do(factors.add_factor, standing)
    changes = check_undo(study, factors.start_factors)
    assert changes.label == "Add 5 of the method's seven factors"
    added = [each for each in STANDARD_FACTORS if each.key not in {"experience", "environment"}]
    assert names(study) == ["Experience", standing.name, *(each.name for each in added)]


def test_one_s_own_factor_is_added_changed_and_moved(study):
    check_undo(study, factors.add_factor, OWN)
    assert study.undo_label == "Add factor Budget"
    defined = replace(OWN, name="Money", definition="What there is to spend.", tendency=Tendency.FACILITATES)
    assert check_undo(study, factors.change_factor, defined).label == "Change factor Money"
    assert replace(study.document.factors[1], id=None) == defined
    assert check_undo(study, factors.move_factor, "budget", 0).label == "Move factor Money"
    assert names(study) == ["Money", "Experience"]


def test_a_taken_key_gets_a_number(study):
    study.do(factors.add_factor, OWN)
    study.do(factors.add_factor, replace(OWN, name="Budget of the year after"))
    assert [each.key for each in study.document.factors] == ["experience", "budget", "budget-2"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("  ", "A factor needs its name"),
        ("n" * 201, "at most 200 characters; this one has 201"),
        ("eXPERIENCE", "has a factor of that name already"),
        (" Experience\n", "has a factor of that name already"),
    ],
)
def test_a_name_that_can_t_stand_is_refused(study, name, why):
    before = study.document
    with pytest.raises(RefusedError, match=why):
        study.do(factors.add_factor, replace(OWN, name=name))
    assert study.document == before
    study.do(factors.add_factor, OWN)
    with pytest.raises(RefusedError, match=why):
        study.do(factors.change_factor, replace(OWN, name=name))


def test_a_factor_may_keep_its_own_name():
    assert factor_problem([OWN], "BUDGET", but="budget") == ""
    assert factor_problem([OWN], "Money") == ""


def test_a_factor_that_is_not_there_is_told(study):
    with pytest.raises(NotFoundError):
        study.do(factors.change_factor, OWN)
    for action, more in ((factors.remove_factor, ()), (factors.move_factor, (0,))):
        with pytest.raises(NotFoundError, match='no factor "budget"'):
            study.do(action, "budget", *more)


def test_what_was_judged_goes_with_a_factor_and_codes_stay(study):
    changes = check_undo(study, factors.remove_factor, "experience")
    assert changes.label == "Remove factor Experience and 2 influences"
    assert study.document.influences == ()
    assert next(each for each in study.document.codes if each.key == "tools").factor is None
    study.undo()
    assert influence(study, "c1").evidence[0].weight is Weight.DOCUMENTED


@pytest.mark.parametrize(("judged", "went"), [(0, ""), (1, " and 1 influence")])
def test_it_is_told_how_many_influences_went(study, judged, went):
    study.do(factors.add_factor, OWN)
    for case in ("c1", "c2")[:judged]:
        study.do(factors.judge, "budget", "r1", case, Strength.NEUTRAL)
    assert study.do(factors.remove_factor, "budget").label == f"Remove factor Budget{went}"


@pytest.mark.parametrize("strength", Strength)
@pytest.mark.parametrize("case", ["c2", None])
def test_judging_adds_or_changes_an_influence(study, strength, case):
    changes = check_undo(study, factors.judge, "experience", "r2", case, strength)
    where = "Two" if case else "the organisation"
    assert changes.label == f"Judge Experience for {where}: {strength.value.replace('_', ' ')}"
    made = [each for each in study.document.influences if each.round == "r2"]
    assert [(each.case, each.strength, each.memo) for each in made] == [(case, strength, "")]


def test_judging_again_keeps_memo_and_evidence(study):
    study.do(factors.write_memo, "experience", "r1", "c1", "Two people left")
    check_undo(study, factors.judge, "experience", "r1", "c1", Strength.STRONGLY_INHIBITS)
    now = influence(study, "c1")
    assert (now.strength, now.memo, len(now.evidence)) == (Strength.STRONGLY_INHIBITS, "Two people left", 1)
    assert study.do(factors.judge, "experience", "r1", "c1", Strength.STRONGLY_INHIBITS).tables == frozenset()


def test_a_memo_begins_an_influence_and_typing_is_one_step(study):
    before = study.document
    for text in ("W", "Wh", "Why not"):
        changes = study.do(factors.write_memo, "experience", "r1", "c2", text)
    assert changes.label == "Write the memo on Experience for Two"
    assert influence(study, "c2").memo == "Why not"
    assert influence(study, "c2").strength is Strength.UNKNOWN
    study.undo()
    assert study.document == before


def test_an_empty_memo_begins_nothing_and_empties_one_that_is_there(study):
    assert study.do(factors.write_memo, "experience", "r1", "c2", "  ").tables == frozenset()
    study.do(factors.write_memo, "experience", "r1", None, "Said by all")
    check_undo(study, factors.write_memo, "experience", "r1", None, "")
    assert influence(study, None).memo == ""
    assert influence(study, None).strength is Strength.NEUTRAL


@pytest.mark.parametrize("case", ["c1", "c2"])
def test_a_memo_that_can_t_be_kept_is_refused(study, case):
    with pytest.raises(RefusedError, match="memo holds a character that can't be kept"):
        study.do(factors.write_memo, "experience", "r1", case, "half \ud800")


def test_clearing_takes_all_of_it_and_undo_brings_it_back(study):
    before = influence(study, "c1")
    changes = check_undo(study, factors.clear_influence, "experience", "r1", "c1")
    assert changes.label == "Clear Experience for Canary one"
    assert influence(study, "c1") is None
    study.undo()
    assert influence(study, "c1") == before
    with pytest.raises(NotFoundError, match="Nothing was judged there"):
        study.do(factors.clear_influence, "experience", "r2", "c1")


def test_passages_are_linked_to_an_influence_that_is_not_judged_yet(study):
    at = Influence(factor="experience", round="r2", case="c2")
    study.do(links.link, at, "i1-p1", Weight.SHOWN, Stance.CONTRADICTS, "the board")
    made = next(each for each in study.document.influences if each.round == "r2")
    assert (made.strength, [(link.passage, link.weight) for link in made.evidence]) == (
        Strength.UNKNOWN,
        [("i1-p1", Weight.SHOWN)],
    )
    study.do(factors.judge, "experience", "r2", "c2", Strength.SOMEWHAT_INHIBITS)
    study.do(links.unlink, at, "i1-p1")
    study.do(things.remove, "rounds", "r2")
    assert not [each for each in study.document.influences if each.round == "r2"]


@pytest.mark.parametrize("at", [("x", "r1", "c1"), ("experience", "x", "c1"), ("experience", "r1", "x")])
def test_only_what_is_there_can_be_judged(study, at):
    for action, more in (
        (factors.judge, (Strength.NEUTRAL,)),
        (factors.write_memo, ("because",)),
        (factors.clear_influence, ()),
    ):
        with pytest.raises(NotFoundError):
            study.do(action, *at, *more)
