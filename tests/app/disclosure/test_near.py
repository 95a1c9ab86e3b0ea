"""A slip of the pen does not hide a name: words much like one are reported, words of every day are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.disclosure import remembering
from app.disclosure.names import Hidden
from app.disclosure.near import Nearby
from app.disclosure.shapes import shapes

NAMES = (
    Hidden("AutoCorp", "the carmaker"),
    Hidden("Canary Works", "the mine"),
    Hidden("Jane Dunkelfeld", "Architect", person=True),
    Hidden("BMW", "another carmaker"),
    Hidden("Head of Brakes A", "Participant 1", near=False),
)


def nearby(names=NAMES):
    return Nearby((hidden, tuple(shapes(hidden))) for hidden in names)


def found(text, names=NAMES):
    return [(text[each.start : each.end], each.hidden.name) for each in nearby(names).find(text)]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("at AutoCrop", "AutoCrop", "AutoCorp"),
        ("J.D. says no", "J.D.", "Jane Dunkelfeld"),
        ("so J. D.: no", "J. D.", "Jane Dunkelfeld"),
        ("at Autcorp", "Autcorp", "AutoCorp"),
        ("at Autoocorp", "Autoocorp", "AutoCorp"),
        ("at Autokorps", "Autokorps", "AutoCorp"),
        ("Dunkelfled", "Dunkelfled", "Jane Dunkelfeld"),
        ("Dunklefedl", "Dunklefedl", "Jane Dunkelfeld"),
        ("Dünkelfelt", "Dünkelfelt", "Jane Dunkelfeld"),
        ("the Cannary Works", "Cannary Works", "Canary Works"),
        ("Canary Worsk", "Canary Worsk", "Canary Works"),
        ("the Canaryworkz", "Canaryworkz", "Canary Works"),
    ],
)
def test_slips_are_found(text, words, name):
    assert (words, name) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "BWM",
        "the autumn corps",
        "works of every day",
        "a carmaker",
        "Dunkel",
        "jade",
        "Head of Breaks",
        "a canary release",
        "JD and j.d.",
        "J.D. Salinger",
        "v.J.D.",
        "J.D.x",
    ],
)
def test_what_is_not_near_enough_is_not_found(text):
    assert found(text) == []


def test_initials_that_are_an_abbreviation_of_every_day_are_nobodys():
    people = (Hidden("Ute Seltzsam", "an engineer", person=True), Hidden("Kai Uwe Prysz", "a welder", person=True))
    assert found("in the U.S. they", people) == []
    assert [each for each, _ in found("K.U.P. and K. P. said", people)] == ["K.U.P.", "K. P."]


def test_without_names_nothing_is_near():
    assert found("AutoCrop", ()) == []


def test_what_is_known_of_words_is_kept_for_so_many(monkeypatch):
    monkeypatch.setattr(remembering, "_MOST_KEPT", 1)
    finder = nearby()
    for _ in range(2):
        assert [len(list(finder.find(text))) for text in ("AutoCrop here", "nobody")] == [1, 0]


@given(st.integers(0, 14), st.sampled_from("abxz"), st.sampled_from(["add", "drop", "change", "swap"]))
def test_one_slip_anywhere_in_a_long_name_is_found(at, letter, slip):
    name = "dunkelfeldkirch"
    made = {
        "add": name[:at] + letter + name[at:],
        "drop": name[:at] + name[at + 1 :],
        "change": name[:at] + letter + name[at + 1 :],
        "swap": name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
    }[slip]
    assert found(f"at {made} they", (Hidden("Dunkelfeldkirch", "there"),))[0][0] == made


OTHERS = (
    Hidden("Quastenreuth Hydraulics", "the plant", ("Zorblax 3000",)),
    Hidden("James Li Dunkelfeld", "Architect", person=True),
    Hidden("May Assessor", "Assessor 1", person=True),
    Hidden("Assessor Two", "Assessor 2", person=True),
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Quastenreuth said", "Quastenreuth"),
        ("a ZORBLAX", "ZORBLAX"),
        ("two Zorblaxs", "Zorblaxs"),
        ("then James said", "James"),
        ("ask Li", "Li"),
    ],
)
def test_the_part_by_which_a_name_is_mostly_called_is_like_it(text, words):
    assert [each for each, _ in found(text, OTHERS)] == [words]


@pytest.mark.parametrize(
    "text",
    ["the zorblax way", "James said", "li", "so james", "in May", "an Assessor", "Two of us", "3000", "the Plant"],
)
def test_a_part_of_a_name_that_is_as_well_another_word_is_not(text):
    assert found(text, OTHERS) == []
