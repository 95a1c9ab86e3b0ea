"""The report page as a person uses it: it appears, follows the study, is leafed through, and saved."""

import threading
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QImage, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete

from app.actions import setting, things
from app.report.save import ReportNotSavedError
from tests.ui.pdfs import texts
from tests.ui.tabbing import missed
from ui.report import builder
from ui.report.page import ReportPage
from ui.report.renderer import Painted, Preview
from ui.report.tools import Tools

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def gone(desk, qtbot):
    """A page on screen that the test itself takes away."""
    from ui.report.page import ReportPage

    made = ReportPage(desk)
    with qtbot.waitExposed(made):
        made.show()
    made.builder.cancel()
    return made


def report_threads():
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("report")]


def settled(page):
    return not page.builder.busy and page.view.has_picture(page.view.page)


def text_of(content):
    return "\n".join(texts(content))


def retitle(desk, title):
    return desk.do(setting.change_study, msgspec.structs.replace(desk.document.study, title=title))


# Seeing it


def test_it_appears_and_is_what_the_report_is(page, desk):
    assert "Nordwerk, spring review" in text_of(page._built.content)
    assert page.view.page_count == len(texts(page._built.content))
    assert page.tools.text == f"1 of {page.view.page_count}"
    assert page.side.about.text().startswith(f"{page.view.page_count} pages, ")
    assert not page.tools.working


def test_what_is_painted_is_the_page(page):
    seen = page.view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    sheet = page.view._where(0)
    shown = sheet.intersected(seen.rect())
    picture = page.view._pictures[0][1]
    assert seen.copy(shown) == picture.copy(shown.translated(-sheet.topLeft()))
    assert picture.width() == sheet.width()


def test_only_pages_near_the_view_are_painted(page, qtbot):
    qtbot.waitUntil(lambda: page.view.has_picture(1))
    assert not page.view.has_picture(page.view.page_count - 1)
    page.view.go_to(page.view.page_count - 1)
    qtbot.waitUntil(lambda: page.view.has_picture(page.view.page_count - 1))


def test_it_is_not_built_before_somebody_looks(unshown, show, qtbot, held):
    unshown.refresh()
    assert held.begun == []
    show(unshown)
    qtbot.waitUntil(lambda: len(held.begun) == 1)
    held.set()
    qtbot.waitUntil(lambda: unshown.view.page_count > 0, timeout=20_000)
    unshown.hide()
    unshown.show()
    assert len(held.begun) == 1  # nothing has changed


def test_it_says_working_and_can_be_cancelled(unshown, show, qtbot, held):
    show(unshown)
    qtbot.waitUntil(lambda: len(held.begun) == 1)
    assert unshown.tools.working
    qtbot.mouseClick(unshown.tools.cancel, Qt.MouseButton.LeftButton)
    assert not unshown.tools.working
    assert unshown.bar.text == "No report was made."
    held.set()
    qtbot.waitUntil(lambda: not unshown.builder.lane.busy)
    assert unshown.view.page_count == 0
    qtbot.mouseClick(unshown.bar._button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: unshown.view.page_count > 0, timeout=20_000)


def test_without_cases_it_leads_to_the_overview(unshown, desk, show, qtbot):
    desk.study.document = msgspec.structs.replace(desk.document, cases=(), answers=(), sources=())
    show(unshown)
    unshown.refresh()
    unshown.save()
    with qtbot.waitSignal(unshown.go) as led:
        qtbot.mouseClick(unshown._empty.button, Qt.MouseButton.LeftButton)
    assert led.args == ["overview", "cases"]


def test_where_there_is_little_room_only_what_has_no_key_is_left(show):
    tools = show(Tools())
    tools.show_page(119, 120)
    tools.resize(300, tools.height())
    assert (tools.fit.isVisible(), tools.zoom_in.isVisible()) == (False, True)
    assert tools.layout().minimumSize().width() <= 300
    tools.show_working(working=True)
    assert not tools.zoom_in.isVisible()
    assert tools.layout().minimumSize().width() <= 300
    tools.resize(480, tools.height())
    assert (tools.fit.isVisible(), tools.zoom_in.isVisible()) == (True, True)
    assert tools.layout().minimumSize().width() <= 480


# Following the study


def test_a_change_is_shown_where_one_was_reading(page, desk, qtbot):
    page.view.go_to(3, 0.4)
    qtbot.waitUntil(lambda: settled(page))
    before = page.view.place
    retitle(desk, "Nordwerk, autumn review")
    assert page.tools.working
    qtbot.waitUntil(lambda: "autumn review" in text_of(page._built.content), timeout=20_000)
    qtbot.waitUntil(lambda: settled(page))
    assert page.view.place == pytest.approx(before, abs=0.01)


def test_changes_in_quick_succession_are_built_once_and_the_last_one_counts(page, desk, qtbot, held):
    held.set()
    for number in range(4):
        retitle(desk, f"Review {number}")
    qtbot.waitUntil(lambda: settled(page), timeout=20_000)
    assert held.begun == [desk.document]
    assert "Review 3" in text_of(page._built.content)


def test_a_newer_change_supersedes_a_build_on_its_way(page, desk, qtbot, held):
    retitle(desk, "Old")
    qtbot.waitUntil(lambda: len(held.begun) == 1)
    retitle(desk, "New")
    held.set()
    qtbot.waitUntil(lambda: settled(page), timeout=20_000)
    assert page._built.document is desk.document
    assert "New" in text_of(page._built.content)


def test_undoing_the_change_needs_no_new_report(page, desk, qtbot, held):
    standing = desk.document
    retitle(desk, "Old")
    desk.study.document = standing
    page.refresh()
    assert not page.builder.busy
    assert held.begun == []


def test_a_report_that_cannot_be_built_says_so_and_keeps_the_old_one(page, desk, qtbot, monkeypatch):
    def refuse(document, setup, audit):
        raise ReportNotSavedError("It can't be set.")

    monkeypatch.setattr(builder, "build", refuse)
    retitle(desk, "Another")
    qtbot.waitUntil(page.bar.isVisible)
    assert page.bar.text == "It can't be set."
    assert page.view.page_count > 0
    monkeypatch.undo()
    qtbot.mouseClick(page.bar._button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Another" in text_of(page._built.content), timeout=20_000)


# Leafing through it


def test_keys_leaf_through_the_pages(page, qtbot):
    view = page.view
    assert view.hasFocus()
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert (view.page, page.tools.text) == (2, f"3 of {view.page_count}")
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert view.page == 1
    at = view.verticalScrollBar().value()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert view.verticalScrollBar().value() > at + 300
    qtbot.keyClick(view, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.verticalScrollBar().value() == at
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.page == view.page_count - 1
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.page == 0
    assert view.accessibleName() == f"Preview of the report, page 1 of {view.page_count}"


def test_a_page_number_typed_leads_there(page, qtbot):
    qtbot.keyClick(page.view, Qt.Key.Key_G, CTRL)
    field = page.tools.page
    assert field.hasFocus()
    qtbot.keyClicks(field, "4")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "1"
    assert not field.event(undo := QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, CTRL))
    assert not undo.isAccepted()  # it is the window's
    field.selectAll()
    qtbot.keyClicks(field, "4")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert page.view.page == 3
    assert page.view.hasFocus()


def test_zoom_keeps_the_place_and_sharpens(page, qtbot):
    view = page.view
    view.go_to(2, 0.3)
    before, zoom = view.page, view.zoom
    qtbot.keyClick(view, Qt.Key.Key_Plus, CTRL)
    assert view.zoom > zoom
    assert view.page == before
    assert not view.fits
    assert not view.has_picture(before)
    qtbot.waitUntil(lambda: view.has_picture(before))
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Minus, CTRL)
    assert view.zoom < zoom
    qtbot.keyClick(view, Qt.Key.Key_0, CTRL)
    assert view.zoom == zoom
    assert page.tools._zoom.text() == f"{zoom * 100:.0f} %"
    qtbot.waitUntil(lambda: settled(page))


def test_ctrl_and_the_wheel_zoom(page, qtbot):
    zoom = page.view.zoom
    spot = QPointF(200, 200)
    event = QWheelEvent(
        spot,
        page.view.mapToGlobal(spot),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        CTRL,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(page.view.viewport(), event)
    assert page.view.zoom > zoom


def test_the_outline_leads_and_follows(page, qtbot):
    outline = page.side.outline
    rows = [outline.bookmarks.index(row) for row in range(outline.bookmarks.rowCount())]
    titles = [index.data() for index in rows]
    summary, method = (next(i for i, title in enumerate(titles) if word in title) for word in ("Summary", "Method"))
    qtbot.mouseClick(outline.viewport(), Qt.MouseButton.LeftButton, pos=outline.visualRect(rows[method]).center())
    assert page.view.page == outline.bookmarks.items[method].page
    assert outline.currentIndex().row() == method
    page.view.go_to(outline.bookmarks.items[summary].page)
    assert outline.currentIndex().row() == summary
    outline.setFocus()
    outline.setCurrentIndex(rows[method])
    qtbot.keyClick(outline, Qt.Key.Key_Return)
    assert page.view.page == outline.bookmarks.items[method].page
    spoken = rows[method].data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"{titles[method]}, page {outline.bookmarks.items[method].page + 1}"


def test_pictures_far_away_are_let_go(page, qtbot, monkeypatch):
    monkeypatch.setattr("ui.report.pages_view.KEPT", 0)
    for number in range(page.view.page_count):
        page.view.go_to(number)
        qtbot.waitUntil(lambda number=number: page.view.has_picture(number))
    assert len(page.view._pictures) <= 4


# Going away


def test_taking_the_page_away_while_it_is_built_leaves_no_thread(gone):
    gone.refresh()
    assert gone.builder.lane.busy
    delete(gone)
    assert report_threads() == []


def test_closing_the_window_while_it_is_built_leaves_no_thread(window, qtbot):
    window.workspace.show_page("report")
    assert window.workspace.page.builder.lane.busy
    window.close()
    qtbot.waitUntil(lambda: report_threads() == [], timeout=20_000)


# All of it


@pytest.mark.parametrize("tab", ["contents", "sections", "names", "profile", "cover"])
def test_everything_that_takes_the_focus_has_a_name(page, tab):
    page.side.show_tab(tab)
    page.save()
    page.output.print_strip.open(["Office"])
    stops = [
        part for part in page.findChildren(QWidget) if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible()
    ]
    assert len(stops) > 5
    nameless = [part for part in stops if not QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name)]
    assert nameless == []


def test_heavy_parts_are_imported_when_first_used():
    import subprocess
    import sys

    code = "import sys, ui.report.page; print(sorted({'reportlab', 'pypdfium2', 'pikepdf'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_file_is_written_by_looking(page, tmp_path, home):
    page.view.go_to(2)
    assert [*Path(home).rglob("*.pdf"), *tmp_path.rglob("*.pdf")] == []


# Painting it


def test_after_an_edit_only_pages_that_changed_are_painted_anew(page, desk, settled, monkeypatch):
    monkeypatch.setattr("ui.report.pages_view.KEPT", 1 << 30)
    for number in range(page.view.page_count):
        page.view.go_to(number)
        settled(page)
    page.view.go_to(0)
    before = page._built.pages
    place, zoom = page.view.place, page.view.zoom
    painted = []
    page.renderer.painted.connect(lambda picture: painted.append(picture.page))
    answer = desk.document.answers[0]
    desk.do(things.change, msgspec.structs.replace(answer, rationale="Seen on the screen of the operator."))
    settled(page)
    for number in range(page.view.page_count):
        page.view.go_to(number)
        settled(page)
    after = page._built.pages
    changed = [number for number, digest in enumerate(after) if digest not in before]
    assert 0 < len(changed) < len(after)
    assert sorted(painted) == changed
    page.view.go_to(0)
    assert (page.view.place, page.view.zoom) == (place, zoom)


def test_a_page_keeps_its_picture_under_another_number(page):
    view, sizes = page.view, page.view._sizes
    view.show_preview(Preview(sizes, ()), ["one", "two", *map(str, range(len(sizes) - 2))])
    view.take(Painted(1, view._target_width(1), QImage(view._target_width(1), 10, QImage.Format.Format_RGB32)))
    view.show_preview(Preview(sizes, ()), ["new", "one", "two", *map(str, range(len(sizes) - 3))])
    assert view.has_picture(2)
    assert not view.has_picture(1)


def test_a_letter_that_stands_for_another_makes_another_page():
    from types import SimpleNamespace

    from app.disclosure.printed import Printed

    reports = [
        SimpleNamespace(pages=("same", "same"), printed=(Printed(text, 1, "Cover"), Printed("b", 2, "Cover")))
        for text in ("é", "è")
    ]
    one, other = map(builder._digests, reports)
    assert one[0] != other[0]
    assert one[1] == other[1]


def test_tab_comes_to_everything_of_every_tab(page, qtbot):
    for name in ("contents", "sections", "names", "profile", "cover"):
        page.side.show_tab(name)
        assert missed(qtbot, page, page.side.profile) == []


def test_tab_comes_to_everything_of_the_strips(page, qtbot):
    page.save()
    qtbot.mouseClick(page.output.export_strip.protect, Qt.MouseButton.LeftButton)
    assert missed(qtbot, page, page.side.profile) == []
    page.output.print_strip.open(["Office"])
    assert missed(qtbot, page, page.side.profile) == []


def test_it_comes_back_to_the_tab_it_was_left_on(page):
    page.show_thing("cover")
    assert page.side.tab == "cover"
    assert page.side.cover.form.editor("version").hasFocus()
    page.show_thing("no such tab")
    assert page.side.tab == "cover"


def test_in_another_file_tab_page_and_zoom_are_as_they_were(page, desk, show, qtbot):
    page.side.show_tab("cover")
    page.view.set_zoom(0.8)
    page.view.go_to(3)
    left = page.shown_thing()
    assert left == "cover@4@80"
    again = ReportPage(desk)
    qtbot.addWidget(again)
    show(again)
    again.refresh()
    again.show_thing(left)
    qtbot.waitUntil(lambda: again.view.page_count > 0 and again.view.page == 3, timeout=20_000)
    assert again.shown_thing() == left
    again.view.go_to(0)
    again.show_thing("names@6@0")
    assert (again.side.tab, again.view.page) == ("names", 5)
