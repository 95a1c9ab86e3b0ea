"""The tabs of the column: what they change is kept in the study, in one step that can be taken back."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from app.actions import things
from app.disclosure.profiles import STANDARD_PROFILES, find_profile
from app.model.disclosure import Dates, NameKind, Pseudonym, Quotations
from app.report.contents import choice
from ui.report.page import ReportPage
from ui.report.parts_view import box_of

ALT = Qt.KeyboardModifier.AltModifier


def shown(desk):
    return [each.part.name for each in choice(desk.document.report.sections) if each.shown]


def order(desk):
    return [each.part.name for each in choice(desk.document.report.sections)]


def pick(view, name):
    view.setFocus()
    view.setCurrentIndex(view.parts.index(view.parts.row_of(name)))


@pytest.fixture
def sections(page):
    page.side.show_tab("sections")
    return page.side.sections


# Sections


def test_space_leaves_a_section_out_and_undo_brings_it_back(sections, desk, qtbot):
    pick(sections.chapters, "method")
    qtbot.keyClick(sections.chapters, Qt.Key.Key_Space)
    assert "method" not in shown(desk)
    assert sections.usual.isVisible()
    assert "left out" in sections.chapters.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    desk.undo()
    assert "method" in shown(desk)
    assert not sections.usual.isVisible()
    assert sections.chapters.current == "method"


def test_a_click_on_the_box_turns_a_section_and_one_beside_it_does_not(sections, desk, qtbot):
    view = sections.chapters
    row = view.visualRect(view.parts.index(view.parts.row_of("factors")))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert "factors" in shown(desk)
    from PySide6.QtCore import QRectF

    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box_of(QRectF(row)).center().toPoint())
    assert "factors" not in shown(desk)


def test_alt_and_arrows_move_a_section_among_its_own_kind(sections, desk, qtbot):
    pick(sections.chapters, "method")
    qtbot.keyClick(sections.chapters, Qt.Key.Key_Up, ALT)
    assert order(desk)[:2] == ["method", "summary"]
    qtbot.keyClick(sections.chapters, Qt.Key.Key_Up, ALT)  # it is the first: nothing
    qtbot.keyClick(sections.chapters, Qt.Key.Key_Down, ALT)
    assert order(desk)[:2] == ["summary", "method"]
    assert desk.document.report.sections == ""
    last = sections.appendices.parts.chosen[-1].part.name
    pick(sections.appendices, last)
    qtbot.keyClick(sections.appendices, Qt.Key.Key_Up, ALT)
    assert order(desk)[-2] == last


def drop(view, name, above):
    """Let go of a section over another, just above its middle."""
    data = view.parts.mimeData([view.parts.index(view.parts.row_of(name))])
    return drop_data(view, data, above)


def drop_data(view, data, above):
    row = view.visualRect(view.parts.index(view.parts.row_of(above)))
    spot = QPointF(row.center().x(), row.center().y() - 4)
    how = (Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter, over = QDragEnterEvent(spot.toPoint(), *how), QDragMoveEvent(spot.toPoint(), *how)
    for event in (enter, over):
        QApplication.sendEvent(view.viewport(), event)
    if not (enter.isAccepted() and over.isAccepted()):
        return False
    event = QDropEvent(spot, *how)
    QApplication.sendEvent(view.viewport(), event)
    return event.isAccepted()


def test_a_section_is_dragged(sections, desk):
    view = sections.chapters
    before = order(desk)
    assert drop(view, "factors", "summary")
    assert order(desk)[0] == "factors"
    assert drop(view, "factors", "principles")
    assert order(desk).index("factors") == order(desk).index("principles") - 1
    desk.undo()
    desk.undo()
    assert order(desk) == before
    assert drop(view, "factors", "factors")  # where it is already
    stranger = QMimeData()
    stranger.setText("factors")
    assert not drop_data(view, stranger, "summary")
    appendix = sections.appendices.parts
    assert not drop_data(view, appendix.mimeData([appendix.index(0)]), "summary")  # appendices stay behind
    assert order(desk) == before


def test_all_go_back_to_the_usual(sections, desk, set_up, qtbot):
    set_up(sections="next-steps summary -method")
    assert order(desk)[0] == "next-steps"
    qtbot.mouseClick(sections.usual, Qt.MouseButton.LeftButton)
    assert desk.document.report.sections == ""


def test_what_each_is_about_is_never_cut(sections):
    view = sections.chapters
    for row in range(view.parts.rowCount()):
        assert view.visualRect(view.parts.index(row)).bottom() <= view.viewport().height()


# Names


@pytest.fixture
def names(page, desk):
    page.side.show_tab("names")
    return page.side.names


def test_a_name_is_added_edited_in_place_and_removed(names, desk, qtbot):
    before = desk.document.pseudonyms
    names.list.view.setFocus()
    qtbot.keyClick(names.list.view, Qt.Key.Key_Insert)
    field = names.form.editor("name")
    assert field.hasFocus()
    qtbot.keyClicks(field, "Eagle Works")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    made = desk.document.pseudonyms[-1]
    assert (made.name, made.kind, made.instead) == ("Eagle Works", NameKind.PERSON, "")
    assert "eagle" not in made.key
    assert names.form.editor("kind").hasFocus()  # a person is but a guess
    instead = names.form.editor("instead")
    instead.setFocus()
    qtbot.keyClicks(instead, "Site A")
    qtbot.keyClick(instead, Qt.Key.Key_Return)
    assert desk.document.pseudonyms[-1].instead == "Site A"
    names.list.view.setFocus()
    qtbot.keyClick(names.list.view, Qt.Key.Key_Delete)
    assert desk.document.pseudonyms == before


def test_it_says_who_else_is_hidden_and_leads_there(names, page, desk, qtbot):
    kept = len(desk.document.identities)
    assert f"{kept} participant" in names.also.text() if kept else "once they are kept" in names.also.text()
    with qtbot.waitSignal(page.go) as led:
        qtbot.mouseClick(names.people, Qt.MouseButton.LeftButton)
    assert led.args == ["overview", "participants"]


def test_a_name_is_shown_by_its_key_and_their_number_on_the_tab(page, desk):
    desk.do(things.add, Pseudonym(key="one", kind=NameKind.SITE, name="Eagle"))
    desk.do(things.add, Pseudonym(key="two", kind=NameKind.SITE, name="Falcon"))
    page.show_thing("names/two")
    assert page.side.names.form.editor("name").text() == "Falcon"
    assert page.side.bar.button("names").text() == f"Names {len(desk.document.pseudonyms)}"


# Profile


@pytest.fixture
def profile(page, set_up):
    set_up(profile="client")
    page.side.show_tab("profile")
    return page.side.made_of


def test_settings_of_a_built_in_profile_are_changed_and_brought_back(profile, desk, qtbot):
    usual = find_profile(desk.document, "client")
    qtbot.mouseClick(profile.names["case_names"], Qt.MouseButton.LeftButton)
    assert find_profile(desk.document, "client").case_names is not usual.case_names
    qtbot.mouseClick(profile.form.editor("dates").button(Dates.YEAR), Qt.MouseButton.LeftButton)
    group = profile.form.editor("smallest_group")
    group.setFocus()
    group.selectAll()
    qtbot.keyClicks(group, "7")
    qtbot.keyClick(group, Qt.Key.Key_Return)
    made = find_profile(desk.document, "client")
    assert (made.dates, made.smallest_group) == (Dates.YEAR, 7)
    assert profile.form.editor("name").isReadOnly()
    qtbot.mouseClick(profile.remove, Qt.MouseButton.LeftButton)
    assert find_profile(desk.document, "client") == STANDARD_PROFILES[1]
    assert not profile.remove.isVisible()


def test_a_group_of_none_is_not_taken(profile, desk, qtbot):
    before = find_profile(desk.document, "client").smallest_group
    group = profile.form.editor("smallest_group")
    group.setFocus()
    group.selectAll()
    qtbot.keyClicks(group, "0")
    profile.leave()
    assert find_profile(desk.document, "client").smallest_group == before
    assert group.text() == str(before)


def test_a_copy_is_the_study_s_own_renamed_and_removed(profile, page, desk, qtbot):
    qtbot.mouseClick(profile.copy, Qt.MouseButton.LeftButton)
    name = profile.form.editor("name")
    assert name.hasFocus()
    assert desk.document.report.profile == "client-own"
    qtbot.keyClicks(name, "Board")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert page.side.profile.currentText() == "Board"
    assert page.setup.profile.quotations is Quotations.RELEASED
    qtbot.mouseClick(profile.remove, Qt.MouseButton.LeftButton)
    assert desk.document.report.profile == "anonymised"
    assert page.side.profile.currentText() == "Anonymised"


def test_another_profile_is_chosen_at_the_top(page, desk, qtbot, settled):
    page.side.profile.setFocus()
    qtbot.keyClick(page.side.profile, Qt.Key.Key_Down)
    assert desk.document.report.profile == "client"
    assert page.setup.for_others
    settled(page)
    assert page._built.setup.profile == "client"


def test_a_profile_that_has_gone_shows_the_least_and_nothing_leaves_until_another_is_chosen(page, desk, set_up):
    set_up(profile="gone")
    page.refresh()
    assert page.setup.value.profile == "anonymised"
    assert page.setup.for_others
    assert page.side.profile.currentText() == ""
    for leave, words in ((page.output.export, "Nothing was written"), (page.output.print, "Nothing was printed")):
        leave()
        assert page.bar.text == f"{words}: the profile of this report is no more; choose another one at the top."
    assert not page.output.export_strip.isVisible()
    page.setup.change(recipient="Board")  # which chooses none
    assert desk.document.report.profile == "gone"
    page.side.profile.committed.emit("anonymised")
    assert desk.document.report.profile == "anonymised"
    page.output.export()
    assert page.output.export_strip.isVisible()


# Cover


def test_the_cover_is_kept_as_it_is_filled_in(page, desk, qtbot):
    page.side.begin("cover")
    form = page.side.cover.form
    qtbot.keyClicks(form.editor("version"), "1.2")
    copies = form.editor("copies")
    copies.setFocus()
    copies.selectAll()
    qtbot.keyClicks(copies, "5")
    page.leave()
    qtbot.mouseClick(form.editor("stage").button("final"), Qt.MouseButton.LeftButton)
    setup = desk.document.report
    assert (setup.version, setup.copies, setup.stage) == ("1.2", 5, "final")


# Reading only


def test_where_it_may_only_be_read_another_setup_holds_for_the_window(reading_desk, show, qtbot):
    page = ReportPage(reading_desk)
    qtbot.addWidget(page)
    show(page)
    page.refresh()
    page.side.profile.setFocus()
    qtbot.keyClick(page.side.profile, Qt.Key.Key_Down)
    assert reading_desk.document.report.profile == ""
    assert page.setup.value.profile == "client"
    qtbot.waitUntil(lambda: page._built is not None and page._built.setup.profile == "client", timeout=20_000)
    page.side.show_tab("profile")
    assert not page.side.made_of.copy.isEnabled()
    page.side.show_tab("sections")
    view = page.side.sections.chapters
    pick(view, "method")
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert page.setup.value.sections == ""
    QApplication.processEvents()


def test_a_low_window_scrolls_the_tab_and_not_the_page(window):
    window.resize(1093, 592)
    window.workspace.show_page("report")
    page = window.workspace.page
    assert page.minimumSizeHint().height() <= 400
    page.side.begin("names")
    assert page.side.names.isVisible()
    assert not window.workspace.splitter.page.verticalScrollBar().isVisible()
