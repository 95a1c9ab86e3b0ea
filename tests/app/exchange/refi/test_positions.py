"""How programs count is found out from the words they marked."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.refi.positions import NVIVO, STANDARD, Breaks, Counting, Rule, Text, Units, chosen, expected
from app.exchange.xml_text import unbroken

RULES = [Rule(units, breaks, mark) for units in Units for breaks in Breaks for mark in (False, True)]
WORDS = st.sampled_from(
    ["drift", "Alarm", "modèle", "\U0001f424", "\U0001d4d0\U0001d4d1", "ערב", "e\u0301te\u0301", "42"]
)
BREAKS = st.sampled_from(["\n", "\r\n", "\r"])


@st.composite
def texts(draw):
    lines = draw(st.lists(st.lists(WORDS, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=6))
    raw = lines[0]
    for line in lines[1:]:
        raw += draw(BREAKS) + line
    text = unbroken(raw)
    edges = sorted({place for found in re.finditer(r"[^ \n]+", text) for place in found.span()})
    starts = [found.start() for found in re.finditer(r"[^ \n]+", text)]
    ends = [found.end() for found in re.finditer(r"[^ \n]+", text)]
    places = []
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.sampled_from(starts))
        places.append((start, draw(st.sampled_from([end for end in ends if end > start]))))
    assert edges
    return raw, draw(st.booleans()), places


def counted(raw, marked, rule, place):
    """Count a place the slow way: character by character."""
    units, at, left = int(rule.mark and marked), 0, place
    while left:
        found = "\r\n" if raw[at : at + 2] == "\r\n" else raw[at]
        if found[0] in "\r\n":
            units += {Breaks.WRITTEN: len(found), Breaks.ONE: 1, Breaks.TWO: 2}[rule.breaks]
        else:
            units += 2 if rule.units is Units.UTF16 and found > "\uffff" else 1
        at += len(found)
        left -= 1
    return units


def as_counted(raw, marked, rule, places):
    return Text(raw, marked, tuple((counted(raw, marked, rule, a), counted(raw, marked, rule, b)) for a, b in places))


@given(texts(), st.sampled_from(RULES))
def test_a_rule_that_is_known_finds_every_place(made, rule):
    raw, marked, places = made
    text = as_counted(raw, marked, rule, places)
    counting = Counting(text, rule)
    assert [counting.place(*each) for each in text.selections] == places


@given(texts(), st.sampled_from(RULES))
def test_the_rule_expected_stands_where_its_places_fit(made, rule):
    raw, marked, places = made
    text = as_counted(raw, marked, rule, places)
    counting = Counting(text, chosen([text], rule))
    assert [counting.place(*each) for each in text.selections] == places


@given(texts(), st.sampled_from(RULES), st.sampled_from([None, STANDARD, NVIVO]))
def test_what_is_chosen_fits_words_at_least_as_well_as_what_was_expected(made, rule, first):
    raw, marked, places = made
    text = as_counted(raw, marked, rule, places)
    scores = [
        sum(Counting(text, each).score(*place) for place in text.selections)
        for each in (chosen([text], first), first or STANDARD)
    ]
    assert scores[0] >= scores[1]


LONG = "\n".join(f"\U0001f424 line {number} of the notes says nothing of alarms" for number in range(12))


@pytest.mark.parametrize("rule", [Rule(Units.UTF16), NVIVO, Rule(Units.POINTS, Breaks.TWO)], ids=str)
@pytest.mark.parametrize("first", [None, STANDARD], ids=["unknown", "wrongly expected"])
def test_another_way_of_counting_is_found_out(rule, first):
    places = [found.span() for found in re.finditer("notes says", LONG)]
    text = as_counted(LONG, False, rule, places)
    assert chosen([text], first) == rule


def test_a_mark_that_was_counted_is_found_out():
    places = [found.span() for found in re.finditer("notes", LONG)]
    text = as_counted(LONG, True, Rule(mark=True), places)
    assert chosen([text], None) == Rule(mark=True)
    assert chosen([as_counted(LONG, True, STANDARD, places)], None) == STANDARD


def test_a_few_words_cut_in_two_change_nothing():
    text = Text(LONG.replace("\n", "\r\n"), False, ((3, 6), (20, 30), (60, 61)))
    assert chosen([text], STANDARD) == STANDARD
    assert chosen([], None) == STANDARD
    assert chosen([Text("no selections")], NVIVO) == NVIVO


def test_an_end_may_lie_past_the_last_line_break():
    counting = Counting(Text("two words"), STANDARD)
    assert counting.place(4, 9) == counting.place(4, 11) == (4, 9)
    assert counting.place(4, 12) is None
    assert counting.place(10, 11) is None
    assert counting.score(0, 40) == -4
    assert counting.score(3, 3) == 0


def test_within_one_character_the_whole_of_it_is_meant():
    counting = Counting(Text("\U0001f424 sings"), Rule(Units.UTF16))
    assert counting.place(1, 2) == (0, 1)
    assert counting.place(0, 1) == (0, 1)


@pytest.mark.parametrize(
    ("origin", "rule"),
    [
        ("NVivo 12 for Windows", NVIVO),
        ("NVivo R1", NVIVO),
        ("NVivo for Mac 14", STANDARD),
        ("MAXQDA 2022", STANDARD),
        ("ATLAS.ti 23", STANDARD),
        ("QualCoder-3.5", STANDARD),
        ("", None),
        ("Quirkos", None),
    ],
)
def test_programs_are_known_by_their_origin(origin, rule):
    assert expected(origin) == rule
