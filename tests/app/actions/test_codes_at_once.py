"""Several codes or codings in one step, which one undo takes back."""

import pytest

from app.actions import codes_at_once as at_once
from app.actions import coding, things
from app.actions.coding import Place
from app.actions.errors import NotFoundError, RefusedError
from app.model.evidence import Code, Span
from tests.app.actions.clocked import check_undo


@pytest.fixture(autouse=True)
def codes(study):
    """Codes a, b, c at the top, after those the study has; a and b on the first line's words."""
    study.work_as("ada")
    for key in "abc":
        study.do(things.add, Code(key=key, name=key.upper()))
    for start in (0, 4):
        span = Span(entry="i1-1", start=start, end=start + 3)
        for key in "ab":
            study.do(coding.put_on, Place("i1", (span,)), key)


def on(study, code):
    return [each.passage for each in study.document.codings if each.code == code and each.assessor == "ada"]


def test_a_code_is_added_at_its_place(study):
    changes = check_undo(study, at_once.add_code_at, Code(key="new", name="New", parent="a"), 0)
    assert changes.label == "Add code “New”"
    check_undo(study, at_once.add_code_at, Code(key="first", name="First", parent="a"), 0)
    assert [code.key for code in study.document.codes if code.parent == "a"] == ["first", "new"]


def test_codes_move_together_in_their_order(study):
    changes = check_undo(study, at_once.move_codes, ["c", "b"], "a", 0)
    assert changes.label == "Move 2 codes"
    assert [code.key for code in study.document.codes if code.parent == "a"] == ["c", "b"]
    assert check_undo(study, at_once.move_codes, ["b"], None, 0).label == "Move code “B”"
    with pytest.raises(RefusedError):
        study.do(at_once.move_codes, [], "a", 0)
    with pytest.raises(RefusedError):
        study.do(at_once.move_codes, ["a"], "c", 0)


@pytest.mark.parametrize("place", range(4))
def test_the_place_counts_those_that_stay(study, place):
    for key in ("d", "e"):
        study.do(things.add, Code(key=key, name=key.upper(), parent="a"))
    study.do(at_once.move_codes, ["b", "c"], "a", 0)
    stay = ["d", "e"]
    study.do(at_once.move_codes, ["b", "c"], "a", place)
    wanted = [*stay[:place], "b", "c", *stay[place:]]
    assert [code.key for code in study.document.codes if code.parent == "a"] == wanted


def test_a_code_is_put_on_passages_at_once(study):
    passages = on(study, "a")
    changes = check_undo(study, at_once.put_on_all, passages, "c")
    assert changes.label == "Code with “C”: 2 passages"
    assert on(study, "c") == passages
    assert check_undo(study, at_once.put_on_all, passages[:1], "c").label == "Code with “C”"


def test_codes_are_taken_off_passages_at_once(study):
    first, second = on(study, "a")
    changes = check_undo(study, at_once.uncode_all, [(first, "a"), (second, "a"), (second, "b")])
    assert changes.label == "Take codes off 2 passages"
    assert (on(study, "a"), on(study, "b")) == ([], [first])
    assert second not in {passage.key for passage in study.document.passages}
    assert check_undo(study, at_once.uncode_all, [(first, "b")]).label == "Take “B” off"


def test_another_code_comes_in_the_place_of_those_on_passages(study):
    first, second = on(study, "a")
    changes = check_undo(study, at_once.recode_all, [(first, "a"), (second, "a")], "c")
    assert changes.label == "Recode 2 passages to “C”"
    assert (on(study, "a"), on(study, "c")) == ([], [first, second])
    assert check_undo(study, at_once.recode_all, [(first, "b")], "c").label == "Recode to “C”"


def test_nobody_else_s_codings_are_touched(study):
    passages = on(study, "a")
    study.work_as("bob")
    for action, more in ((at_once.uncode_all, ()), (at_once.recode_all, ("c",))):
        with pytest.raises(RefusedError):
            study.do(action, [], *more)
        with pytest.raises(NotFoundError):
            study.do(action, [(passages[0], "a")], *more)
    assert on(study, "a") == passages
