"""While Ben codes blind, Ada finds nothing of his anywhere in the window: a canary that nobody may hear sing."""

import pytest
from PySide6.QtCore import Qt

from app.actions.double_coding import begin, say_done
from app.actions.evidence import mark_passage, put_code
from app.actions.notes import SetEntry, write
from app.actions.things import add
from app.model.evidence import Code
from app.search.jump import targets
from tests.ui.seen import everywhere, find, on_page

CTRL = Qt.KeyboardModifier.ControlModifier
CANARY = "kanarienmemo"
CODE = "Kanariencode"


@pytest.fixture
def watched(window):
    """The window with a blind double coding in it, in which Ben has coded; Ada works. Gives the passages of his own."""
    study = window.workspace.desk.study
    study.do(add, Code(key="canary", name=CODE))
    study.do(begin, "ada", "ben", ["i1", "i2"])
    study.work_as("ben")
    hidden = []
    for line, start, end in (("i1-4", 0, 24), ("i1-5", 0, 8), ("i2-1", 0, 8)):
        hidden.append(study.do(mark_passage, line[:2], line, start, end).key_of("passages"))
        study.do(put_code, hidden[-1], "canary", "ben", memo=CANARY)
    line = next(each for each in study.document.sources[1].entries if each.key == "i2-2")
    study.do(write, "i2", [SetEntry(line, codes=("canary",))])  # on all of a line
    study.do(put_code, "q1", "canary", "ben", memo=CANARY)  # on a passage that Ada has coded, too
    window.workspace.top.person_chosen.emit("ada")
    window.hidden = hidden
    return window


def as_(window, who):
    window.workspace.top.person_chosen.emit(who)


def interviews(window, source="i1"):
    window.workspace.show_page("interviews", source)
    return window.workspace.page


def test_no_page_tells(qtbot, watched):
    as_(watched, "ben")
    for page in ("interviews", "assess"):
        assert CODE in on_page(qtbot, watched, page)  # else the test could not fail
    as_(watched, "ada")
    assert CODE not in everywhere(qtbot, watched, "codes")  # the codebook itself is everybody's
    assert CANARY not in everywhere(qtbot, watched)


def test_nobody_in_particular_is_told_nothing(qtbot, watched):
    as_(watched, "")
    assert CODE not in everywhere(qtbot, watched, "codes")
    assert CANARY not in everywhere(qtbot, watched)


def test_no_search_finds_it(qtbot, watched):
    as_(watched, "ben")
    assert len(find(qtbot, watched, CANARY)) == 4
    as_(watched, "ada")
    assert find(qtbot, watched, CANARY) == []
    assert len(find(qtbot, watched, "Weekly")) == 1  # her own memo


def test_the_palette_does_not_lead_there(watched):
    """Where no page shows a code, it leads to a passage that has it."""
    desk = watched.workspace.desk
    as_(watched, "ben")
    assert watched.hidden[0] in {target.key for target in targets(desk.seen, [])}
    as_(watched, "ada")
    assert watched.hidden[0] not in {target.key for target in targets(desk.seen, [])}
    assert set(watched.hidden).isdisjoint(target.key for target in watched.workspace._targets())


def test_going_there_by_key_leads_nowhere(watched):
    page = interviews(watched)
    watched.workspace.show_page("interviews", "i2")
    watched.workspace.show_page("interviews", watched.hidden[0])
    assert page.shown_thing() != watched.hidden[0]
    assert page.source.key == "i2"


def test_passages_are_not_painted_listed_or_come_to_but_stay_in_the_sheet(watched):
    page = interviews(watched)
    sheet, editor = page.notebook.editor.sheet, page.notebook.editor
    in_sheet = {mark.passage for place in range(len(sheet.rows)) for mark in sheet.marks_of(place)}
    painted = {mark.passage for place in range(len(sheet.rows)) for mark in editor.marks_of(place)}
    assert set(watched.hidden[:2]) <= in_sheet
    assert set(watched.hidden).isdisjoint(painted)
    page.notebook.show_entry("i1-4", 3)
    assert editor.passage_at_cursor() == ""
    listed = {card.key for card in page.beside.views["passages"].cards.cards}
    assert set(watched.hidden).isdisjoint(listed)
    as_(watched, "ben")
    assert editor.passage_at_cursor() == watched.hidden[0]


def test_writing_a_line_keeps_the_passages_that_are_not_seen(qtbot, watched):
    page = interviews(watched)
    watched.workspace.show_page("interviews", "i2-1")
    page.notebook.editor.setFocus()
    qtbot.keyClicks(page.notebook.editor, "Now: ")
    assert page.notebook.keeper.flush()
    document = watched.workspace.desk.document
    kept = next(each for each in document.passages if each.key == watched.hidden[2])
    assert [(span.entry, span.start, span.end) for span in kept.spans] == [("i2-1", 5, 13)]
    assert sum(each.passage == watched.hidden[2] for each in document.codings) == 1


def test_removing_a_passage_leaves_the_other_s_code(qtbot, watched):
    page = interviews(watched)
    view = page.beside.views["passages"]
    view.setFocus()
    view.set_current("q1")
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    document = watched.workspace.desk.document
    assert [each.assessor for each in document.codings if each.passage == "q1"] == ["ben"]


def test_undo_neither_tells_nor_takes_it_away(qtbot, watched):
    before = watched.workspace.desk.document
    assert not watched.workspace._undo.isEnabled()
    interviews(watched)
    qtbot.keyClick(watched, Qt.Key.Key_Z, CTRL)
    assert watched.workspace.desk.document is before
    as_(watched, "ben")
    assert watched.workspace._undo.isEnabled()
    assert "canary" in watched.workspace.desk.study.undo_label


def test_counts_do_not_tell(qtbot, watched):
    assert "4 passages" in on_page(qtbot, watched, "overview")
    as_(watched, "ben")
    assert "8 passages" in on_page(qtbot, watched, "overview")


def test_whole_lines_are_not_tagged(watched):
    editor = interviews(watched, "i2").notebook.editor
    place = editor.sheet.place("i2-2")

    def tags():
        marks = [mark for mark in editor.sheet.marks_of(place) if mark.whole]
        return [sign.name for mark in marks for sign in editor.coded.on(mark.passage)]

    assert tags() == []
    as_(watched, "ben")
    assert CODE in tags()


def test_all_is_seen_once_both_are_done(qtbot, watched):
    study = watched.workspace.desk.study
    for who in ("ben", "ada"):
        as_(watched, who)
        watched.workspace.desk.do(say_done, "dc-1", who)
    assert CODE in everywhere(qtbot, watched, "codes")
    assert len(find(qtbot, watched, CANARY)) == 4
    assert study.who == "ada"


def test_the_report_is_made_of_what_is_seen(qtbot, watched):
    watched.workspace.show_page("report")
    page = watched.workspace.page
    qtbot.waitUntil(lambda: page._built is not None, timeout=20_000)
    assert {each.key for each in page._built.document.passages}.isdisjoint(watched.hidden)
    as_(watched, "ben")
    qtbot.waitUntil(lambda: page._built.document is watched.workspace.desk.seen, timeout=20_000)
    assert {each.key for each in page._built.document.passages} >= set(watched.hidden)
