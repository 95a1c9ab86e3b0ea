"""Rubrics being written: any place changed, anything wrong found, just as reading the file does."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rubric import draft, library
from app.rubric.errors import RubricError
from app.rubric.load import decode_rubric
from app.rubric.write import write_plain, write_rubric
from tests.app.rubric.made_up import rubrics
from tests.documents import RUBRIC, RUBRIC_TEXT

replace = msgspec.structs.replace
C = "$.principles[0].criteria[0]"


def small():
    return draft.read_draft(RUBRIC_TEXT, "small.yaml")


def places(plain):
    return [path for path, value in draft._walked(plain, "$") if not isinstance(value, dict | list)]


@given(rubrics())
def test_a_sound_rubric_is_a_sound_draft(rubric):
    plain = draft.read_draft(write_rubric(rubric), "x.yaml")
    checked = draft.check(plain)
    assert (checked.problems, checked.rubric) == ({}, rubric)
    assert draft.read_draft(write_plain(plain), "x.yaml") == plain


@given(rubrics(), st.data())
def test_a_spoilt_draft_is_wrong_just_where_its_file_is(rubric, data):
    plain = draft.read_draft(write_rubric(rubric), "x.yaml")
    spoilt = data.draw(st.lists(st.sampled_from(places(plain)), min_size=1, max_size=3))
    for path in spoilt:
        value = data.draw(st.sampled_from(["", " ", "No", "low", "x", "12", 7, -1, 0.125, True, None, "x" * 200]))
        plain = draft.with_value(plain, path, value if value is not None or not path.endswith("]") else "")
    for kind in data.draw(st.lists(st.sampled_from(["levels", "principles", "sources"]), max_size=2)):
        plain = draft.with_thing(plain, f"$.{kind}", 0, draft.new_thing(plain, kind))
    checked = draft.check(plain)
    text = write_plain(plain)
    read = draft.read_draft(text, "x.yaml")
    assert (checked.rubric is None) == bool(checked.problems)
    assert draft.check(read).problems.keys() == checked.problems.keys()
    if checked.rubric is not None:
        assert decode_rubric(text, "x.yaml") == checked.rubric
    else:
        with pytest.raises(RubricError):
            decode_rubric(text, "x.yaml")


@pytest.mark.parametrize("rubric_id", library.shipped())
def test_the_shipped_ones(rubric_id):
    assert draft.check(draft.read_draft(library.text(rubric_id), "x")).rubric == library.load(rubric_id)


def test_everything_wrong_is_said_at_once():
    plain = small()
    plain = draft.with_value(plain, "$.title", "")
    plain = draft.with_value(plain, "$.levels[0].above", "much")
    plain = draft.with_value(plain, f"{C}.level", "low")
    plain = draft.with_value(plain, f"{C}.statement", " ")
    plain = draft.with_value(plain, "$.principles[1].levels.mid", "")
    assert draft.check(plain).problems.keys() == {
        "$.title",
        "$.levels[0].above",
        "$.principles[0].criteria",
        "$.principles[1].levels.mid",
        f"{C}.statement",
        f"{C}.level",
    }


def test_what_follows_from_a_wrong_frame_is_not_said():
    plain = draft.with_value(small(), "$.rule", "stages")
    assert list(draft.check(plain).problems) == ["$.rule"]
    plain = draft.with_value(small(), "$.levels[1].id", "Not one")
    assert list(draft.check(plain).problems) == ["$.levels[1].id"]


def test_an_empty_one_lacks_nearly_everything():
    plain = draft.read_draft("id: own\n", "own.yaml")
    checked = draft.check(plain)
    assert checked.rubric is None
    assert {"$.title", "$.levels", "$.principles", "$.rule"} <= checked.problems.keys()
    for kind in ("levels", "levels", "sources", "principles", "answers"):
        plain = draft.with_thing(plain, f"$.{kind}", 0, draft.new_thing(plain, kind))
    plain = draft.with_thing(plain, "$.principles[0].criteria", 0, draft.new_thing(plain, "criteria"))
    assert [level["id"] for level in plain["levels"]] == ["level-2", "level-1"]
    assert plain["principles"][0]["criteria"][0]["id"] == "criterion-1"
    assert "$.answers[0].verdict" in draft.check(plain).problems


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("- a list\n", "expected a rubric with its fields"),
        (RUBRIC_TEXT.replace("licence:", "licens:"), "line 5: expected one of id"),
        (RUBRIC_TEXT.replace("levels: {low: By hand., mid: In part., top: By machine.}", "levels: []", 1), "levels"),
        (RUBRIC_TEXT.replace("levels: {low: By hand.,", "levels: {low: [By hand.],", 1), "text as low"),
        (RUBRIC_TEXT.replace("levels:\n", "levels: {a: b}\nx:\n", 1), "line 9"),
        (RUBRIC_TEXT.replace("statement: It runs.", "statement: It runs., sources: none", 1), "list of ids of sources"),
        (RUBRIC_TEXT.replace("statement: It runs.", "statement: [It runs.]", 1), "text as statement"),
        ("id: [", "its parser says"),
    ],
)
def test_what_no_form_could_show(text, sentence):
    with pytest.raises(RubricError, match=sentence):
        draft.read_draft(text, "own.yaml")


def test_a_level_renamed_is_renamed_wherever_it_stands():
    plain = draft.with_value(small(), "$.levels[1].id", "middle")
    assert list(plain["principles"][0]["levels"]) == ["low", "middle", "top"]
    assert plain["principles"][0]["criteria"][0]["level"] == "middle"
    assert draft.check(plain).problems == {}
    twice = draft.with_value(small(), "$.levels[1].id", "top")
    back = draft.with_value(twice, "$.levels[1].id", "mid")
    assert back["principles"][0]["criteria"][1]["level"] == "top"


def test_a_source_renamed_is_renamed_wherever_it_is_cited():
    plain = small()
    for _ in range(2):
        plain = draft.with_thing(plain, "$.sources", 0, draft.new_thing(plain, "sources"))
    plain = draft.with_value(plain, f"{C}.sources", ["source-1", "source-2"])
    plain = draft.with_value(plain, "$.sources[1].id", "book")
    assert plain["principles"][0]["criteria"][0]["sources"] == ["book", "source-2"]


def test_places_are_read_changed_moved_and_taken_away():
    plain = small()
    assert draft.value_at(plain, f"{C}.id") == "runs"
    assert draft.value_at(plain, "$.principles[0].levels.mid") == "In part."
    assert draft.value_at(plain, "$.principles[9].id") is None
    assert draft.value_at(plain, "$.nothing") is None
    assert draft.steps_of("$.principles[0].levels.'a b'") == ("principles", 0, "levels", "a b")
    moved = draft.with_moved(plain, "$.levels[0]", 2)
    assert [level["id"] for level in moved["levels"]] == ["mid", "top", "low"]
    assert draft.without_thing(moved, "$.levels[2]")["levels"] == moved["levels"][:2]
    assert draft.value_at(draft.with_value(plain, f"{C}.level", None), f"{C}.level") is None
    assert plain == small()
    assert draft.check(plain).rubric == RUBRIC


def test_it_looks_at_no_more_places_than_it_has_time_for(monkeypatch):
    monkeypatch.setattr(draft, "_MOST", 1)
    plain = draft.with_value(draft.with_value(small(), "$.title", ""), "$.summary", "")
    checked = draft.check(plain)
    assert list(checked.problems) == ["$.title"]
    assert checked.rubric is None
