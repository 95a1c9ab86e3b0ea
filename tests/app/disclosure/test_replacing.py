"""What is printed instead of a name fits its place, no name is left, and all else stays where and as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.disclosure.names import MARK, Hidden
from app.disclosure.replacing import moved, replaced
from app.disclosure.spotting import spotter

AUTOCORP = Hidden("AutoCorp", "the carmaker")
SMITH = Hidden("John Smith", "ML engineer", contacts=("jsmith9@autocorp.de",), person=True)
WORKS = Hidden("Canary Works", "mines")
CUT = Hidden("Zeppelin", MARK)
NAMES = (AUTOCORP, SMITH, WORKS, CUT)


def written(text, names=NAMES):
    return replaced(text, spotter(names)).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nothing", "nothing"),
        ("AutoCorp is big. AutoCorp's plan", "The carmaker is big. The carmaker's plan"),
        ("at AutoCorp, AutoCorps Plan", "at the carmaker, the carmaker Plan"),
        ("what?\n- AutoCorp", "what?\n- The carmaker"),
        ("tools, e.g. AutoCorp and Dr. AutoCorp", "tools, e.g. the carmaker and Dr. the carmaker"),
        ("\u201cAutoCorp\u201d", "\u201cThe carmaker\u201d"),
        ("the AutoCorp line; an AutoCorp car", "the carmaker line; a carmaker car"),
        ("The AutoCorp line", "The carmaker line"),
        ("ex-AutoCorp and an Autocorpwerk", "ex-carmaker and a carmaker-werk"),
        ("so exautocorpians", "so ex-carmaker-ians"),
        ("by Mr. J. Smith", "by ML engineer"),
        ("ask a Smith, an Autocorp man", "ask an ML engineer, a carmaker man"),
        ("Canary Works' shaft, Canary Works\u2019s", "Mines' shaft, mines\u2019s"),
        ("the Zeppelin's hull, Zeppelinhalle", "the […]'s hull, […]halle"),
        ("write jsmith9@autocorp.de or x@autocorp.de.", "write […] or […]."),
        ("see autocorp_plan.docx, https://autocorp.de/x", "see […]_plan.docx, https://[…].de/x"),
        ("/data/autocorp/x and AutoCorp/Rival", "/data/[…]/x and the carmaker/Rival"),
        ("login=jsmith", "login=[…]"),
        ("to x@y.example,jsmith9@autocorp.de", "to x@y.example,[…]"),
        ("AutoCorp. AutoCorp.", "The carmaker. The carmaker."),
        ("a u t o c o r p", "The carmaker"),
    ],
)
def test_what_is_printed_fits_its_place(text, expected):
    assert written(text) == expected


def test_words_that_stand_for_a_name_and_hold_another_are_cut_out():
    names = (Hidden("Ann Tyrell", "head of Rivalcorp", person=True), Hidden("Rivalcorp", "a rival"))
    assert written("so Tyrell said", names) == "so […] said"


def test_words_put_in_that_make_a_name_with_their_neighbours_are_cut_out():
    names = (Hidden("Tyrell", "Green"), Hidden("Big Green Motors", "a firm"))
    assert written("we saw big Tyrell motors there", names) == "we saw […] there"


def test_a_stretch_takes_in_what_was_put_where_it_was_cut_into():
    text = "We saw AutoCorp there"
    edits = replaced(text, spotter(NAMES)).edits
    new = written(text)
    stretches = {
        "We": "We",
        "saw AutoCorp": "saw the carmaker",
        "Auto": "the carmaker",
        "Corp there": "the carmaker there",
    }
    for before, after in stretches.items():
        start = text.index(before)
        first, last = moved(start, start + len(before), edits)
        assert new[first:last] == after


WORDS = ("AutoCorp", "auto", "corp", "John", "J.", "Smith", "Zeppelin", "Canary", "Works", "the", "x", "Case", "\u00e4")
PIECES = st.sampled_from([*WORDS, *"@_-/\u00ad", ".de", "'s", " ", " ", "\n", ". "])
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@given(TEXTS)
def test_no_name_is_left_and_what_passed_once_passes_again(text):
    once = written(text)
    assert spotter(NAMES).find(once) == ()
    assert written(once) == once


@given(TEXTS)
def test_all_that_is_no_name_stays_byte_for_byte(text):
    made, edits = replaced(text, spotter(NAMES))
    at = start = 0
    for edit in edits:
        kept = text[at : edit.start]
        assert made[start : start + len(kept)] == kept
        start += len(kept)
        assert edit.new
        assert made[start : start + len(edit.new)] == edit.new
        at, start = edit.end, start + len(edit.new)
    assert made[start:] == text[at:]
    assert bool(edits) == bool(spotter(NAMES).find(text))


@given(TEXTS, st.data())
def test_stretches_stay_within_the_text_and_are_never_empty(text, data):
    if text:
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        made, edits = replaced(text, spotter(NAMES))
        first, last = moved(start, end, edits)
        assert 0 <= first < last <= len(made)
