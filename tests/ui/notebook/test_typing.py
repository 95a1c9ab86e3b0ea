"""Markers, names and shorthand: what is typed becomes what a line is, and no typed character is ever eaten."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from app.actions.shorthands import add_shorthand
from app.model.source import EntryKind, Flag, Shorthand
from app.report.paper import words as printed
from ui import settings
from ui.notebook import commands
from ui.notebook.completion import Choice, folded, matching
from ui.notebook.typing import MARKERS

CTRL = Qt.KeyboardModifier.ControlModifier
KEY = Qt.Key


def lines(desk, key="i3"):
    return next(source for source in desk.document.sources if source.key == key).entries


def first(desk, notebook):
    notebook.leave()
    return lines(desk)[0]


@pytest.mark.parametrize(
    ("marker", "field", "value"),
    [
        ('"', "kind", EntryKind.QUOTATION),
        ("*", "kind", EntryKind.REFLECTION),
        ("?", "uncertain", True),
        ("!", "flag", Flag.CHALLENGE),
        (">", "flag", Flag.NEXT_STEP),
    ],
)
def test_a_marker_and_a_space_say_what_a_line_is(desk, notebook, type_, marker, field, value):
    type_(f"{marker} words")
    entry = first(desk, notebook)
    assert entry.text == "words"
    assert getattr(entry, field) == value


def test_markers_add_up(desk, notebook, type_):
    type_('? " ! words')
    entry = first(desk, notebook)
    assert (entry.text, entry.uncertain, entry.kind, entry.flag) == ("words", True, EntryKind.QUOTATION, Flag.CHALLENGE)


@pytest.mark.parametrize("undo", [(KEY.Key_Z, CTRL), (KEY.Key_Backspace, Qt.KeyboardModifier.NoModifier)])
@pytest.mark.parametrize("marker", ["!", '"', "?", "*", ">"])
def test_one_key_gives_back_what_was_typed_for_a_marker(desk, notebook, type_, press, marker, undo):
    type_(f"{marker} ")
    assert notebook.editor.toPlainText() == ""
    press(*undo)
    assert notebook.editor.toPlainText() == f"{marker} "
    type_("5 percent")
    entry = first(desk, notebook)
    assert (entry.text, entry.kind, entry.flag, entry.uncertain) == (
        f"{marker} 5 percent",
        EntryKind.PARAPHRASE,
        None,
        False,
    )


def test_a_marker_is_one_at_the_start_of_a_line_alone(desk, notebook, type_):
    type_("really ? yes ! a > b * c")
    assert first(desk, notebook).text == "really ? yes ! a > b * c"


def test_backspace_later_is_but_backspace(desk, notebook, type_, press):
    type_("! ab")
    press(KEY.Key_Backspace)
    entry = first(desk, notebook)
    assert (entry.text, entry.flag) == ("a", Flag.CHALLENGE)


# Names


def told_of(notebook, place):
    """What the margin tells of a row: the case it is about, and the codes on all of it."""
    coded, marks = notebook.editor.coded, notebook.editor.sheet.marks_of(place)
    return coded.case(place), [sign.name for mark in marks if mark.whole for sign in coded.on(mark.passage)]


def test_a_name_is_offered_and_taken_by_enter(desk, notebook, type_, press):
    offered = notebook.editor.typist.completion
    type_("@")
    assert offered.isVisible()
    type_("pai")
    assert [choice.name for choice in offered._choices] == ["Paint inspection"]
    press(KEY.Key_Return)
    assert not offered.isVisible()
    type_("works")
    entry = first(desk, notebook)
    assert (entry.text, entry.case) == ("works", "paint")
    assert told_of(notebook, 0) == ("Paint inspection", [])


def test_a_name_typed_out_is_taken_by_a_space_and_given_back_by_undo(desk, notebook, type_, press):
    type_("@p3 says so")
    assert first(desk, notebook).speaker == "p3"
    assert first(desk, notebook).text == "says so"
    press(KEY.Key_Return)
    type_("@sorting ")
    assert notebook.editor.current_line.case == "sorting"
    press(KEY.Key_Z, CTRL)
    assert notebook.editor.toPlainText() == "says so\n@sorting "
    assert notebook.editor.current_line.case is None


def test_the_arrows_choose_and_escape_leaves_the_words(desk, notebook, type_, press):
    offered = notebook.editor.typist.completion
    type_("@")
    before = offered.current
    press(KEY.Key_Down)
    assert offered.current != before
    press(KEY.Key_Up)
    assert offered.current == before
    press(KEY.Key_Escape)
    assert not offered.isVisible()
    type_(" home by five")
    press(KEY.Key_Return)
    assert first(desk, notebook).text == "@ home by five"


def test_what_is_no_name_stays_as_it_is_typed(desk, notebook, type_, press):
    type_("@nobody here")
    press(KEY.Key_Return)
    type_("#3 is broken")
    press(KEY.Key_Return)
    notebook.leave()
    assert [entry.text for entry in lines(desk)] == ["@nobody here", "#3 is broken"]


def test_a_code_is_put_on_the_whole_line_however_it_grows(desk, notebook, type_, press):
    type_("#moni")
    press(KEY.Key_Tab)
    type_("somebody looks")
    notebook.leave()
    type_(" at a chart")
    notebook.leave()
    entry = first(desk, notebook)
    passage = desk.document.passages[-1]
    assert [(span.entry, span.start, span.end, span.whole) for span in passage.spans] == [
        (entry.key, 0, len("somebody looks at a chart"), True)
    ]
    assert [(coding.code, coding.assessor) for coding in desk.document.codings if coding.passage == passage.key] == [
        ("monitoring", "ada")
    ]
    assert told_of(notebook, 0) == ("", ["Monitoring"])


def test_what_was_saved_on_the_way_to_a_name_goes_unseen(qtbot, desk, notebook, type_, press):
    told = []
    desk.told.connect(told.append)
    type_("#moni")
    notebook.leave()
    assert lines(desk)[0].text == "#moni"
    press(KEY.Key_Return)
    notebook.leave()
    assert lines(desk) == ()
    type_("a chart")
    assert first(desk, notebook).text == "a chart"
    assert told == []


def test_two_codes_on_a_line(desk, notebook, type_, press):
    type_("#training ")
    type_("#monitoring ")
    type_("both")
    notebook.leave()
    passage = desk.document.passages[-1]
    assert {coding.code for coding in desk.document.codings if coding.passage == passage.key} == {
        "training",
        "monitoring",
    }


def test_nobody_can_code_who_has_not_said_who_they_are(qtbot, desk, show_notebook):
    desk.study.work_as("")
    told = []
    desk.told.connect(told.append)
    notebook = show_notebook(desk, "i3")
    qtbot.keyClicks(notebook.editor, "#moni")
    qtbot.keyClick(notebook.editor, KEY.Key_Return)
    assert "say who is working" in told[0]
    qtbot.keyClicks(notebook.editor, " stays")
    notebook.leave()
    assert lines(desk)[0].text == "#moni stays"


def test_a_name_is_taken_by_a_click(qtbot, desk, notebook, type_):
    type_("@")
    offered = notebook.editor.typist.completion
    row = next(place for place, choice in enumerate(offered._choices) if choice.key == "sorting")
    qtbot.mouseClick(
        offered.viewport(), Qt.MouseButton.LeftButton, pos=offered.visualRect(offered.model().index(row)).center()
    )
    assert notebook.editor.current_line.case == "sorting"
    assert notebook.editor.toPlainText() == ""


@given(st.lists(st.text(min_size=1, max_size=12), max_size=6), st.text(max_size=4))
def test_names_offered_begin_with_what_was_typed(names, typed):
    choices = [Choice("code", f"k{place}", name) for place, name in enumerate(names)]
    found = matching(choices, typed)
    assert len(found) == len(set(found))
    wanted = folded(typed)
    starts = [folded(choice.name).startswith(wanted) for choice in found]
    assert starts == sorted(starts, reverse=True)
    assert {choice for choice in choices if folded(choice.name).startswith(wanted)} <= set(found)


# Shorthand


@pytest.fixture
def shorthand(desk, notebook):
    desk.do(add_shorthand, Shorthand(short="dd", words="data drift"))
    desk.do(add_shorthand, Shorthand(short="né", words="nearly \U0001f6a8"))


def test_shorthand_is_written_out(desk, notebook, shorthand, type_):
    type_("the dd is né, né \U0001f6a8 Dd.")
    assert first(desk, notebook).text == "the data drift is nearly \U0001f6a8, nearly \U0001f6a8 \U0001f6a8 Data drift."


@pytest.mark.parametrize("undo", [(KEY.Key_Z, CTRL), (KEY.Key_Backspace, Qt.KeyboardModifier.NoModifier)])
def test_one_key_takes_shorthand_back(desk, notebook, shorthand, type_, press, undo):
    type_("so dd ")
    assert notebook.editor.toPlainText() == "so data drift "
    press(*undo)
    assert notebook.editor.toPlainText() == "so dd "
    type_("cup ")
    assert first(desk, notebook).text == "so dd cup "


def test_shorthand_is_written_out_in_the_middle_of_a_line_with_emoji(desk, notebook, shorthand, type_, press):
    type_("\U0001f6a8\U0001f6a8\U0001f6a8 so cup")
    for _ in "cup":
        press(KEY.Key_Left)
    type_("dd ")
    assert first(desk, notebook).text == "\U0001f6a8\U0001f6a8\U0001f6a8 so data drift cup"


def test_words_that_only_contain_it_stay(desk, notebook, shorthand, type_):
    type_("add ddd Ddx ")
    assert first(desk, notebook).text == "add ddd Ddx "


def test_shorthand_can_be_switched_off(desk, notebook, shorthand, type_):
    settings.EXPAND_SHORTHAND.write(False)
    type_("dd ")
    assert notebook.editor.toPlainText() == "dd "


# What is told of it


def test_the_markers_are_told_where_notes_are_empty_and_on_paper():
    hints = " ".join(key for key, _words in commands.HINTS)
    told = {sign for sign in MARKERS if sign in hints}
    assert told >= {'"', "?", "!", ">", "*"}
    assert {marker.sign for marker in printed.MARKERS} == {'"', "?", "!", ">", "*", "@", "#"}


# Zoom


def test_notes_are_zoomed_by_key_and_remembered(qtbot, desk, notebook, press):
    usual = notebook.editor.font().pixelSize()
    press(KEY.Key_Plus, CTRL)
    press(KEY.Key_Plus, CTRL)
    assert notebook.editor.font().pixelSize() > usual
    assert settings.NOTES_ZOOM.read() == 125
    press(KEY.Key_Minus, CTRL)
    press(KEY.Key_0, CTRL)
    assert notebook.editor.font().pixelSize() == usual
    assert settings.NOTES_ZOOM.read() == 100


# Right to left, emoji, line breaks of old


def test_any_script_is_kept(desk, notebook, type_, press):
    type_("النموذج ينحرف")
    press(KEY.Key_Return)
    type_("\U0001f469\u200d\U0001f52c e\u0301 ok")
    notebook.leave()
    assert [entry.text for entry in lines(desk)] == ["النموذج ينحرف", "\U0001f469\u200d\U0001f52c e\u0301 ok"]
