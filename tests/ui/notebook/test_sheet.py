"""What has to be written for the notes on screen: pure, without a window."""

import random

import pytest
from msgspec.structs import replace

from app.actions.notes import AddEntry, MoveEntry, RemoveEntry, SetEntry
from app.model.shifting import Mark
from app.model.source import Entry, EntryKind
from ui.notebook.lines import LONGEST, line_of, pasted_lines
from ui.notebook.offsets import showable, storable, to_points, to_units
from ui.notebook.sheet import Sheet


def made(*texts, marks=None):
    entries = tuple(Entry(key=f"i1-{number}", text=text) for number, text in enumerate(texts, 1))
    sheet = Sheet()
    sheet.load("i1", entries, marks or {}, tail="-", taken=[entry.key for entry in entries])
    return sheet


def typed(sheet, place, text):
    sheet.replace(place, 1, [(sheet.rows[place].number, text)])


def fresh(sheet, text=""):
    return sheet.number_for(replace(line_of(Entry(key=sheet.fresh_key(), text="")))), text


def test_nothing_is_written_for_notes_as_they_were_saved():
    sheet = made("one", "two")
    assert sheet.pending() == []
    typed(sheet, 0, "one!")
    typed(sheet, 0, "one")
    assert sheet.pending() == []


def test_only_the_changed_line_is_written():
    sheet = made("one", "two", "three")
    typed(sheet, 1, "two and a half")
    assert sheet.pending() == [SetEntry(Entry(key="i1-2", text="two and a half"), ())]


def test_a_new_line_goes_behind_the_one_above_it_and_has_a_key_of_its_own():
    sheet = made("one", "two")
    sheet.replace(0, 1, [(sheet.rows[0].number, "one"), fresh(sheet, "one and a half")])
    assert sheet.pending() == [AddEntry(Entry(key="i1-3", text="one and a half"), "i1-1", ())]


def test_a_line_at_the_top_has_nothing_above_it():
    sheet = made("one")
    sheet.replace(0, 1, [fresh(sheet, "zero"), (sheet.rows[0].number, "one")])
    assert sheet.pending() == [AddEntry(Entry(key="i1-2", text="zero"), None, ())]


def test_lines_without_words_are_no_entries_and_have_no_number():
    sheet = made("one", "two")
    sheet.replace(0, 1, [(sheet.rows[0].number, "one"), fresh(sheet, "  ")])
    assert sheet.pending() == []
    assert sheet.shown_numbers() == [1, 0, 2]
    assert sheet.entries == 2
    typed(sheet, 0, "")
    assert sheet.pending() == [RemoveEntry("i1-1")]


def test_an_entry_saved_without_words_stays_until_it_is_touched():
    sheet = made("one", "", "two")
    assert sheet.pending() == []
    assert sheet.shown_numbers() == [1, 2, 3]


def test_a_removed_line_that_comes_back_is_the_same_entry():
    sheet = made("one", "two")
    number = sheet.rows[1].number
    sheet.replace(1, 1, [])
    assert sheet.pending() == [RemoveEntry("i1-2")]
    sheet.wrote(sheet.pending(), [Entry(key="i1-1", text="one")], {})
    assert sheet.pending() == []
    sheet.replace(1, 0, [(number, "two")])
    assert sheet.pending() == [AddEntry(Entry(key="i1-2", text="two"), "i1-1", ())]


def test_kind_is_a_change_like_words():
    sheet = made("one")
    quoted = replace(sheet.line(0), kind=EntryKind.QUOTATION)
    sheet.replace(0, 1, [(sheet.number_for(quoted), "one")])
    assert sheet.pending() == [SetEntry(Entry(key="i1-1", text="one", kind=EntryKind.QUOTATION), ())]


def lying(sheet, place=0):
    return [(mark.passage, mark.start, mark.end) for mark in sheet.marks_of(place)]


def test_passages_move_with_their_words_while_they_are_typed():
    sheet = made("a drift alarm", marks={"i1-1": (Mark("p", 2, 7),)})
    typed(sheet, 0, "a 🚨 drift alarm")
    assert lying(sheet) == [("p", 4, 9)]
    typed(sheet, 0, "a 🚨  alarm")
    assert lying(sheet) == []
    assert sheet.pending() == [SetEntry(Entry(key="i1-1", text="a 🚨  alarm"), ())]


def test_undone_words_bring_their_passage_back_and_retyped_ones_do_not():
    sheet = made("a drift alarm", marks={"i1-1": (Mark("p", 2, 7),)})
    number = sheet.rows[0].number
    typed(sheet, 0, "a  alarm")
    typed(sheet, 0, "a drift alarm")
    assert lying(sheet) == []
    typed(sheet, 0, "a  alarm")
    sheet.replace(0, 1, [(number, "a drift alarm")], again=True)
    assert lying(sheet) == []  # as it was when the words had been retyped
    sheet = made("a drift alarm", marks={"i1-1": (Mark("p", 2, 7),)})
    typed(sheet, 0, "a  alarm")
    sheet.replace(0, 1, [(sheet.rows[0].number, "a drift alarm")], again=True)
    assert lying(sheet) == [("p", 2, 7)]
    assert sheet.pending() == []


def test_a_line_broken_within_a_passage_leaves_it_on_both_lines():
    sheet = made("the drift alarm", marks={"i1-1": (Mark("p", 4, 15),)})
    sheet.replace(0, 1, [(sheet.rows[0].number, "the drift"), fresh(sheet, " alarm")])
    assert lying(sheet, 0) == [("p", 4, 9)]
    assert lying(sheet, 1) == [("p", 0, 6)]
    assert [edit.marks for edit in sheet.pending()] == [(Mark("p", 4, 9),), (Mark("p", 0, 6),)]
    sheet.replace(0, 2, [(sheet.rows[0].number, "the drift alarm")])
    assert lying(sheet) == [("p", 4, 15)]
    assert sheet.pending() == []


def test_two_lines_that_change_places_are_moved_once():
    sheet = made("one", "two", "three", marks={"i1-2": (Mark("p", 0, 3),)})
    one, two = sheet.rows[0].number, sheet.rows[1].number
    sheet.replace(0, 2, [(two, "two"), (one, "one")])
    assert sheet.pending() == [MoveEntry("i1-2", None)]
    assert lying(sheet, 0) == [("p", 0, 3)]
    sheet.wrote(sheet.pending(), [], {})
    assert sheet.pending() == []
    sheet.replace(0, 2, [(one, "one"), (two, "two")])
    assert sheet.pending() == [MoveEntry("i1-1", None)]


def test_a_long_paste_is_written_in_goes_from_the_top():
    sheet = made("one")
    lines = [fresh(sheet, f"line {number}") for number in range(100)]
    sheet.replace(0, 1, [(sheet.rows[0].number, "one"), *lines])
    first = sheet.pending(30)
    assert len(first) == 30
    sheet.wrote(first, [replace(edit.entry) for edit in first], {})
    rest = sheet.pending()
    assert [edit.entry.text for edit in (*first, *rest)] == [f"line {number}" for number in range(100)]
    assert rest[0].after == first[-1].entry.key


def test_codes_are_put_on_once():
    sheet = made("one")
    coded = replace(sheet.line(0), codes=("tools",))
    sheet.replace(0, 1, [(sheet.number_for(coded), "one")])
    (edit,) = sheet.pending()
    assert edit.codes == ("tools",)
    whole = Mark("p", 0, 3, whole=True)
    sheet.wrote([edit], [edit.entry], {"i1-1": (whole,)})
    assert sheet.pending() == []
    assert sheet.marks_of(0) == (whole,)
    typed(sheet, 0, "one and more")
    assert sheet.marks_of(0) == (Mark("p", 0, 12, whole=True),)


@pytest.mark.parametrize("seed", range(300))
def test_whatever_is_typed_around_a_passage_it_keeps_its_words(seed):
    dice = random.Random(seed)
    words = "P😀Q"
    text = "".join(dice.choices("ab 🚨", k=5)) + words + "".join(dice.choices("ab 🚨", k=5))
    start, end = 5, 8
    sheet = made(text, marks={"i1-1": (Mark("p", start, end),)})
    now = text
    for _ in range(dice.randrange(1, 7)):
        if dice.random() < 0.5:
            at, removed = dice.randrange(start + 1), dice.randrange(2)
            removed = min(removed, start - at)
        else:
            at, removed = dice.randrange(end, len(now) + 1), dice.randrange(2)
        more = "".join(dice.choices("ab 🚨", k=dice.randrange(3)))
        now = now[:at] + more + now[at + removed :]
        if at <= start:
            start, end = start + len(more) - removed, end + len(more) - removed
        sheet.replace(0, 1, [(sheet.rows[0].number, now)], near=at)
    assert [now[mark.start : mark.end] for mark in sheet.marks_of(0)] == [words]
    for edit in sheet.pending():
        assert [edit.entry.text[mark.start : mark.end] for mark in edit.marks] == [words]


# Offsets


@pytest.mark.parametrize("text", ["plain", "é\u0301🚨a👩‍🔬b", "🚨🚨🚨", "", "اختبار 😀"])
def test_places_survive_the_way_through_qt(text):
    for point in range(len(text) + 1):
        assert to_points(text, to_units(text, point)) == point
    assert to_units(text, len(text)) == len(text.encode("utf-16-le")) // 2


def test_a_place_inside_a_character_is_before_it():
    assert to_points("a🚨b", 2) == 1


def test_what_no_file_can_hold_is_replaced_one_for_one():
    assert storable("a\ud83db\x00c") == "a\ufffdb\ufffdc"


def test_breaks_within_a_line_are_shown_as_such_and_come_back():
    assert showable("one\ntwo\r\n\ufdd0") == "one\u2028two\u2028\u2028\ufffd"
    assert storable("one\u2028two") == "one\ntwo"


# Pasting


def test_pasted_text_is_split_at_line_breaks_of_every_kind():
    assert pasted_lines("one\r\ntwo\u2029three\u2028four\n") == ["one", "two", "three", "four"]
    assert pasted_lines("") == [""]


def test_overlong_paragraphs_are_broken_after_sentences_and_lose_nothing():
    text = "All of it is kept, word for word, and in order. " * 400
    lines = pasted_lines(text)
    assert " ".join(line.strip() for line in lines).split() == text.split()
    assert all(len(line) <= LONGEST for line in lines)
    assert all(line.endswith("order.") for line in lines[:-1])
    assert "".join(pasted_lines("x" * 5000)) == "x" * 5000
