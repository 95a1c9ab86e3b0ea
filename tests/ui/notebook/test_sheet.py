"""What has to be written for the notes on screen: pure, without a window."""

import random

import pytest
from msgspec.structs import replace

from app.actions.notes import AddEntry, RemoveEntry, SetEntry
from app.model.shifting import edit_between, shift
from app.model.source import Entry, EntryKind, Source
from ui.notebook.lines import LONGEST, Mark, line_of, pasted_lines
from ui.notebook.offsets import storable, to_points, to_units
from ui.notebook.sheet import Sheet


def made(*texts, marks=None):
    entries = tuple(Entry(key=f"i1-{number}", text=text) for number, text in enumerate(texts, 1))
    sheet = Sheet()
    sheet.load(Source(key="i1", title="I1", round="r1", entries=entries), marks or {})
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
    assert sheet.pending() == [SetEntry(Entry(key="i1-2", text="two and a half"))]


def test_a_new_line_goes_behind_the_one_above_it_and_has_a_key_of_its_own():
    sheet = made("one", "two")
    sheet.replace(0, 1, [(sheet.rows[0].number, "one"), fresh(sheet, "one and a half")])
    assert sheet.pending() == [AddEntry(Entry(key="i1-3", text="one and a half"), after="i1-1")]


def test_a_line_at_the_top_has_nothing_above_it():
    sheet = made("one")
    sheet.replace(0, 1, [fresh(sheet, "zero"), (sheet.rows[0].number, "one")])
    assert sheet.pending() == [AddEntry(Entry(key="i1-2", text="zero"), after=None)]


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
    sheet.saved([Entry(key="i1-1", text="one")], {})
    sheet.replace(1, 0, [(number, "two")])
    assert sheet.pending() == [AddEntry(Entry(key="i1-2", text="two"), after="i1-1")]


def test_kind_is_a_change_like_words():
    sheet = made("one")
    quoted = replace(sheet.line(0), kind=EntryKind.QUOTATION)
    sheet.replace(0, 1, [(sheet.number_for(quoted), "one")])
    assert sheet.pending() == [SetEntry(Entry(key="i1-1", text="one", kind=EntryKind.QUOTATION))]


def test_passages_move_with_their_words_while_they_are_typed():
    sheet = made("a drift alarm", marks={"i1-1": (Mark("p", 2, 7),)})
    typed(sheet, 0, "a 🚨 drift alarm")
    assert [(mark.start, mark.end) for mark in sheet.marks_of(0)] == [(4, 9)]
    typed(sheet, 0, "a 🚨  alarm")
    assert sheet.marks_of(0) == ()
    typed(sheet, 0, "a drift alarm")
    assert sheet.marks_of(0) == (Mark("p", 2, 7),)


def written(sheet, entry, spans):
    """Play what is pending on an entry's spans, as the study does."""
    for edit in sheet.pending():
        change = edit_between(entry.text, edit.entry.text)
        spans = [place for span in spans if (place := shift(*span, change))]
        entry = edit.entry
    return entry.text, spans


def test_words_changed_on_both_sides_of_a_passage_leave_it_alone():
    sheet = made("the drift alarm rings", marks={"i1-1": (Mark("p", 4, 9),)})
    typed(sheet, 0, "Each drift alarm rings")
    typed(sheet, 0, "Each drift alarm rings often")
    text, spans = written(sheet, Entry(key="i1-1", text="the drift alarm rings"), [(4, 9)])
    assert text == "Each drift alarm rings often"
    assert [text[start:end] for start, end in spans] == ["drift"]


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
        typed(sheet, 0, now)
    final, spans = written(sheet, Entry(key="i1-1", text=text), [(5, 8)])
    assert final == now
    assert [final[a:b] for a, b in spans] == [words]
    assert [final[mark.start : mark.end] for mark in sheet.marks_of(0)] == [words]


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
