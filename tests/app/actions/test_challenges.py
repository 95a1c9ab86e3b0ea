"""Challenges are named, ticked in cases, ordered, merged and removed, each in one step that can be taken back."""

import pytest
from msgspec.structs import replace

from app.actions import challenges, links, things
from app.actions.errors import NotFoundError, RefusedError
from app.model.assessment import Challenge
from app.model.setting import Round
from tests.app.actions.clocked import check_undo, of

MADE = Challenge(key="ch1", title=" Data\nquality ", rubric="small", principle="first", round="r1", cases=("c2",))


def keys(study):
    return [each.key for each in study.document.challenges]


def challenge(study, key):
    return of(study, "challenges", key)


@pytest.fixture
def three(study):
    """`ch1` and two more beside it on the first principle, `ch2` of the second between them."""
    study.do(challenges.add_challenge, MADE)
    study.do(challenges.add_challenge, replace(MADE, title="People", cases=()))
    return study


def test_one_is_added_at_the_end_with_a_free_key(study):
    changes = check_undo(study, challenges.add_challenge, MADE)
    assert changes.label == "Add challenge Data quality"
    assert changes.key_of("challenges") == "ch1-2"
    assert keys(study) == ["ch1", "ch2", "ch1-2"]
    assert (challenge(study, "ch1-2").title, challenge(study, "ch1-2").cases) == ("Data quality", ("c2",))


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (replace(MADE, title=" \n"), "needs its name"),
        (replace(MADE, title="x" * 201), "at most 200 characters"),
        (replace(MADE, title="STABILITY "), "stands on that principle already"),
    ],
)
def test_names_that_are_refused(study, made, says):
    with pytest.raises(RefusedError, match=says):
        study.do(challenges.add_challenge, made)


def test_another_principle_or_round_may_have_one_of_that_name(study):
    study.do(challenges.add_challenge, replace(MADE, title="Stability", principle="second"))
    study.do(challenges.add_challenge, replace(MADE, title="Stability", round="r2"))
    with pytest.raises(NotFoundError, match='no principle "none"'):
        study.do(challenges.add_challenge, replace(MADE, principle="none"))


def test_it_is_renamed_and_described(three):
    before = challenge(three, "ch1")
    assert check_undo(three, challenges.rename_challenge, "ch1", "Steadiness").label == (
        "Rename challenge Stability: Steadiness"
    )
    assert challenge(three, "ch1") == replace(before, title="Steadiness")
    three.do(challenges.rename_challenge, "ch1", "steadiness")  # its own name does not stand in its way
    with pytest.raises(RefusedError, match="stands on that principle already"):
        three.do(challenges.rename_challenge, "ch1", "people")
    assert check_undo(three, challenges.describe_challenge, "ch1", " It falls.\n").label == (
        "Describe challenge steadiness"
    )
    assert challenge(three, "ch1") == replace(before, title="steadiness", text="It falls.")


def test_it_is_put_on_another_principle(three):
    before = challenge(three, "ch1")
    check_undo(three, challenges.put_on_principle, "ch1", "second")
    assert challenge(three, "ch1") == replace(before, principle="second")
    three.do(challenges.add_challenge, replace(MADE, title="Stability"))
    with pytest.raises(RefusedError, match="stands on that principle already"):
        three.do(challenges.put_on_principle, "ch1", "first")


def test_it_showed_in_the_cases_ticked_in_the_order_of_the_study(study):
    changes = check_undo(study, challenges.show_in_cases, "ch1", ["c2", "c1"])
    assert changes.label == "Challenge Stability showed in 2 cases"
    assert challenge(study, "ch1").cases == ("c1", "c2")
    assert study.do(challenges.show_in_cases, "ch1", ["c1", "c2"]).seq is None
    assert check_undo(study, challenges.show_in_cases, "ch1", ["c2"]).label == "Challenge Stability showed in Two"
    assert challenge(study, "ch1").cases == ("c2",)
    with pytest.raises(NotFoundError, match='no case "c9"'):
        study.do(challenges.show_in_cases, "ch1", ["c9"])


def test_with_none_ticked_it_is_across_all(study):
    before = challenge(study, "ch1")
    assert check_undo(study, challenges.show_in_cases, "ch1", []).label == "Challenge Stability is across all cases"
    assert challenge(study, "ch1") == replace(before, cases=())  # and not gone with its last case


def test_it_moves_among_those_on_its_principle(three):
    assert keys(three) == ["ch1", "ch2", "ch1-2", "ch1-3"]
    assert check_undo(three, challenges.move_challenge, "ch1", 1).label == "Move challenge Stability"
    assert [key for key in keys(three) if key != "ch2"] == ["ch1-2", "ch1", "ch1-3"]
    three.do(challenges.move_challenge, "ch1", 5)
    assert [key for key in keys(three) if key != "ch2"] == ["ch1-2", "ch1-3", "ch1"]
    assert three.do(challenges.move_challenge, "ch1", 1).seq is None
    assert three.do(challenges.move_challenge, "ch2", -1).seq is None


def test_merged_ones_are_one(three):
    three.do(challenges.describe_challenge, "ch1", "It falls.")
    three.do(challenges.describe_challenge, "ch1-2", "It is dirty.")
    three.do(links.link, challenge(three, "ch1-2"), "i1-p1", note="mine")
    three.do(links.link, challenge(three, "ch1-2"), "m1-p1")
    changes = check_undo(three, challenges.merge_challenges, "ch1", ["ch1-2", "ch1", "ch1-2"])
    assert changes.label == "Merge Data quality into Stability"
    assert keys(three) == ["ch1", "ch2", "ch1-3"]
    whole = challenge(three, "ch1")
    assert (whole.text, whole.cases) == ("It falls.\n\nIt is dirty.", ("c1", "c2"))
    assert [(each.passage, each.note) for each in whole.evidence] == [("i1-p1", ""), ("m1-p1", "")]


def test_merged_with_one_across_all_it_is_across_all(three):
    changes = check_undo(three, challenges.merge_challenges, "ch1", ["ch1-2", "ch1-3"])
    assert changes.label == "Merge 2 challenges into Stability"
    assert challenge(three, "ch1").cases == ()


def test_what_is_not_merged(three):
    with pytest.raises(RefusedError, match="two challenges or more"):
        three.do(challenges.merge_challenges, "ch1", ["ch1"])
    three.do(things.add, Round(key="r9", name="Round 9"))
    three.do(challenges.add_challenge, replace(MADE, key="later", round="r9"))
    with pytest.raises(RefusedError, match="different rounds or rubrics stay apart"):
        three.do(challenges.merge_challenges, "ch1", ["later"])


def test_it_is_removed_with_its_links(study):
    assert check_undo(study, challenges.remove_challenge, "ch1").label == "Remove challenge Stability and 1 link"
    assert check_undo(study, challenges.remove_challenge, "ch2").label == "Remove challenge Tools"
    with pytest.raises(NotFoundError, match='no challenge "ch2"'):
        study.do(challenges.remove_challenge, "ch2")
