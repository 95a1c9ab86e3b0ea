"""Finding in the whole study, as a person does: Ctrl+Shift+F, words, arrows, Enter."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.actions.notes import AddEntry, write
from app.model.source import Entry, EntryKind
from app.search import index
from app.search.matching import Snippet
from app.store.errors import NotWritten, Unreadable
from ui.find.hits import HIT, paint_snippet
from ui.find.overlay import FindOverlay
from ui.theme import theme

CTRL, SHIFT, NONE = (getattr(Qt.KeyboardModifier, f"{name}Modifier") for name in ("Control", "Shift", "No"))


@pytest.fixture
def open_finding(qtbot, window):
    """Press Ctrl+Shift+F, and type; the index is built meanwhile."""

    def opened(words="", built=True):
        qtbot.keyClick(window, Qt.Key.Key_F, CTRL | SHIFT)
        overlay = window.workspace._finding
        assert overlay.line.hasFocus()
        qtbot.keyClicks(overlay.line, words)
        if built:
            qtbot.waitUntil(lambda: overlay.finder.ready and not overlay._search_soon.isActive())
        return overlay

    return opened


def shown(overlay):
    model = overlay.view.model()
    hits = [model.index(row).data(HIT) for row in range(model.rowCount())]
    return [(hit.place.word, hit.place.words) for hit in hits]


def says(qtbot, overlay, words):
    qtbot.waitUntil(lambda: overlay.status.text() == words)


def choose(qtbot, overlay, name, steps):
    """Go to a choice by Tab, and down it by arrow keys."""
    field = overlay.filters.fields[name]
    while not field.hasFocus():
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    for _ in range(steps):
        qtbot.keyClick(field, Qt.Key.Key_Down)
    return field


def test_words_are_found_and_enter_goes_there(qtbot, window, open_finding):
    overlay = open_finding("input drifts")
    says(qtbot, overlay, "1 hit")
    assert shown(overlay) == [("Note", "I1 line 3")]
    qtbot.keyClick(overlay.line, Qt.Key.Key_Return)
    assert not overlay.isVisible()
    page = window.workspace.page
    assert page.name == "interviews"
    assert page.notebook.editor.current_line.key == "i1-3"


def test_enter_does_not_wait_for_the_search(qtbot, window, open_finding):
    overlay = open_finding()
    qtbot.keyClicks(overlay.line, "form somebody")
    qtbot.keyClick(overlay.line, Qt.Key.Key_Return)
    assert window.workspace.page.name == "assess"
    assert window.workspace.page.view.current == "automated-deployment"


def test_arrows_go_through_the_hits_and_round(qtbot, open_finding):
    overlay = open_finding("deployment")
    qtbot.waitUntil(lambda: overlay.view.model().rowCount() > 2)
    many = overlay.view.model().rowCount()
    assert overlay.view.currentIndex().row() == 0
    qtbot.keyClick(overlay.line, Qt.Key.Key_Down)
    assert overlay.view.currentIndex().row() == 1
    qtbot.keyClick(overlay.line, Qt.Key.Key_Up)
    qtbot.keyClick(overlay.line, Qt.Key.Key_Up)
    assert overlay.view.currentIndex().row() == many - 1
    assert overlay.line.hasFocus()


def test_a_click_on_a_hit_goes_there(qtbot, window, open_finding):
    overlay = open_finding("done hand automated")
    says(qtbot, overlay, "1 hit")
    spot = overlay.view.visualRect(overlay.view.model().index(0)).center()
    qtbot.mouseClick(overlay.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert window.workspace.page.name == "results"
    assert not overlay.isVisible()


def test_the_beginning_of_the_last_word_is_enough_while_it_is_typed(qtbot, open_finding):
    overlay = open_finding("retrai")
    qtbot.waitUntil(lambda: ("Note", "I1 line 1") in shown(overlay))


def test_nothing_found_is_said_and_what_can_be_typed_shown(qtbot, open_finding):
    from PySide6.QtWidgets import QLabel

    overlay = open_finding("zebra")
    says(qtbot, overlay, "Nothing found")
    told = [label.text() for label in overlay.card.findChildren(QLabel) if label.isVisible()]
    assert '"data drift"' in told
    overlay.line.selectAll()
    qtbot.keyClick(overlay.line, Qt.Key.Key_Delete)
    says(qtbot, overlay, "")


def test_words_and_choices_stay_for_the_next_time(qtbot, window, open_finding):
    overlay = open_finding("deployment")
    choose(qtbot, overlay, "kind", 1)
    says(qtbot, overlay, "1 hit")
    qtbot.keyClick(overlay.filters.fields["kind"], Qt.Key.Key_Escape)
    assert not overlay.isVisible()
    desk = window.workspace.desk
    desk.do(write, "i3", [AddEntry(Entry(key="new", text="Deployment again"))])
    again = open_finding()
    assert again is overlay
    assert overlay.line.text() == "deployment"
    assert overlay.line.selectedText() == "deployment"
    says(qtbot, overlay, "2 hits")
    assert {place for _, place in shown(overlay)} == {"I1 line 2", "I3 line 1"}


def test_the_focus_goes_back_where_it_was(qtbot, window, open_finding):
    title = window.workspace.page.facet("study").names.editor("title")
    title.setFocus()
    overlay = open_finding("x")
    open_finding()
    qtbot.keyClick(overlay.line, Qt.Key.Key_Escape)
    assert title.hasFocus()


@pytest.mark.parametrize(
    ("name", "steps", "value", "found"),
    [
        ("case", 1, "paint", {"I1 line 3"}),
        ("case", 2, "sorting", set()),
        ("role", 1, "ML engineer", {"I1 line 3"}),
        ("role", 2, "Production engineer", set()),
        ("principle", 2, "monitoring-feedback", {"I1 line 3"}),
        ("code", 2, "monitoring", {"I1 line 3"}),
        ("code", 1, "training", set()),
    ],
)
def test_hits_are_narrowed_by_keyboard(qtbot, open_finding, name, steps, value, found):
    overlay = open_finding("alarm")
    field = choose(qtbot, overlay, name, steps)
    assert field.value() == value
    qtbot.waitUntil(lambda: {place for _, place in shown(overlay)} == found)
    assert getattr(overlay.filters.filters, name) == value


def test_notes_can_be_narrowed_to_one_kind_of_line(qtbot, window, open_finding):
    window.workspace.desk.do(
        write, "i3", [AddEntry(Entry(key="own", text="Deployment is a farce", kind=EntryKind.REFLECTION))]
    )
    overlay = open_finding("deployment")
    field = choose(qtbot, overlay, "kind", 5)
    assert field.currentText().strip() == "Reflections"
    qtbot.waitUntil(lambda: shown(overlay) == [("Note", "I3 line 1")])
    assert overlay.filters.filters.sort is None


def test_tab_goes_round_the_words_and_the_choices(qtbot, open_finding):
    overlay = open_finding()
    stops = [overlay.line, *overlay.filters.fields.values()]
    for each in [*stops[1:], stops[0]]:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert each.hasFocus()
    qtbot.keyClick(overlay.line, Qt.Key.Key_Backtab, SHIFT)
    assert stops[-1].hasFocus()


def test_a_choice_that_is_gone_is_any_again(qtbot, window, open_finding):
    from app.actions.things import remove

    overlay = open_finding("alarm")
    choose(qtbot, overlay, "code", 2)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    window.workspace.desk.do(remove, "codes", "monitoring")
    open_finding()
    assert overlay.filters.filters.code == ""
    assert overlay.filters.fields["code"].currentText() == "Any code"


# The index


def test_building_the_index_shows_how_far_it_is(qtbot, window, open_finding, monkeypatch):
    monkeypatch.setattr(index, "_ROWS", 1)
    overlay = open_finding("alarm", built=False)
    told = set()
    overlay.indexing.progressed.connect(lambda _percent: told.add(overlay.status.text()))
    assert overlay.status.text().startswith("Indexing ")
    assert overlay.stop.isVisible()
    says(qtbot, overlay, f"{overlay.view.model().rowCount() or 1} hit")
    assert len(told) > 5
    assert all(each.startswith("Indexing ") and each.endswith(" %") for each in told)
    assert not overlay.stop.isVisible()


def test_closing_stops_the_build_and_opening_goes_on_with_it(qtbot, window, open_finding, monkeypatch):
    monkeypatch.setattr(index, "_ROWS", 1)
    overlay = open_finding("alarm", built=False)
    with qtbot.waitSignal(overlay.indexing.progressed):
        pass
    qtbot.keyClick(overlay.line, Qt.Key.Key_Escape)
    assert not overlay.indexing.busy
    assert not overlay.finder.ready
    open_finding()
    assert overlay.finder.ready
    qtbot.waitUntil(lambda: shown(overlay) == [("Note", "I1 line 3")])


def test_a_build_that_was_stopped_is_done_without(qtbot, open_finding, monkeypatch):
    monkeypatch.setattr(index, "_ROWS", 1)
    overlay = open_finding("alarm", built=False)
    qtbot.mouseClick(overlay.stop, Qt.MouseButton.LeftButton)
    assert not overlay.finder.ready
    says(qtbot, overlay, "1 hit")
    assert overlay.line.hasFocus()
    assert not overlay.stop.isVisible()


def test_a_build_that_fails_is_told_and_done_without(qtbot, open_finding, monkeypatch):
    def full(_file):
        raise NotWritten("The medium is full: the index for searching was not saved.")
        yield

    monkeypatch.setattr(index, "build", full)
    overlay = open_finding("alarm", built=False)
    says(qtbot, overlay, "The medium is full: the index for searching was not saved.")
    qtbot.keyClicks(overlay.line, " ")
    says(qtbot, overlay, "1 hit")


def test_a_file_that_can_t_be_read_is_told(qtbot, open_finding, monkeypatch):
    overlay = open_finding("alarm")

    def gone(*_args):
        raise Unreadable("study.fieldquill can't be read just now.")

    monkeypatch.setattr(overlay.finder, "find", gone)
    qtbot.keyClicks(overlay.line, " input")
    says(qtbot, overlay, "study.fieldquill can't be read just now.")


def test_a_study_open_for_reading_is_searched_without_an_index(qtbot, show, reading_desk):
    from PySide6.QtWidgets import QWidget

    host = show(QWidget(), 1000, 700)
    overlay = FindOverlay(reading_desk, host)
    overlay.ask()
    qtbot.keyClicks(overlay.line, "alarm")
    says(qtbot, overlay, "1 hit")
    assert not overlay.finder.ready


def test_the_lock_stops_the_build_and_after_it_all_goes_on(qtbot, window, open_finding, monkeypatch, passphrase):
    monkeypatch.setattr(index, "_ROWS", 1)
    overlay = open_finding("alarm", built=False)
    window.lock()
    assert not overlay.indexing.busy
    form = window.lock_page.form
    qtbot.keyClicks(form.line, passphrase)
    qtbot.keyClick(form.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.locked)
    if overlay.isVisible():
        qtbot.waitUntil(lambda: overlay.finder.ready)


# Others on the window


def test_another_overlay_takes_its_place(qtbot, window, open_finding):
    overlay = open_finding("alarm")
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    assert not overlay.isVisible()
    assert window.workspace._palette.isVisible()
    open_finding()
    assert not window.workspace._palette.isVisible()
    assert overlay.isVisible()


def test_what_is_still_being_typed_is_found(qtbot, window, open_finding):
    window.workspace.show_page("interviews", "i3")
    editor = window.workspace.page.notebook.editor
    editor.setFocus()
    qtbot.keyClicks(editor, "A zebra in the hall")
    overlay = open_finding("zebra")
    says(qtbot, overlay, "1 hit")


def test_it_fits_into_a_small_window(qtbot, window, open_finding):
    overlay = open_finding("a* ")
    qtbot.waitUntil(lambda: overlay.view.model().rowCount() > 4)
    window.resize(900, 560)
    qtbot.waitUntil(lambda: overlay.height() == window.workspace.height())
    assert overlay.card.geometry().bottom() < overlay.height()


# How it looks


def test_hits_are_set_off_and_nothing_is_taken_for_markup(qtbot):
    picture = QImage(400, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor(theme().palette.surface))
    painter = QPainter(picture)
    paint_snippet(painter, Snippet("<b>bold</b> \U0001f4c9 drift", ((14, 19),)), picture.rect())
    painter.end()
    ground = QColor(theme().palette.warning_soft).rgb()
    columns = [x for x in range(400) if any(picture.pixel(QPoint(x, y)) == ground for y in range(30))]
    assert columns
    assert min(columns) > 60
    assert max(columns) < 200


def test_a_hit_beyond_the_edge_is_not_painted(qtbot):
    picture = QImage(100, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor(theme().palette.surface))
    painter = QPainter(picture)
    paint_snippet(painter, Snippet("word " * 30 + "drift", ((150, 155),)), picture.rect())
    painter.end()
    ground = QColor(theme().palette.warning_soft).rgb()
    assert all(picture.pixel(QPoint(x, y)) != ground for x in range(100) for y in range(30))


def test_screen_readers_are_told_what_a_hit_is(qtbot, open_finding):
    overlay = open_finding("alarm")
    says(qtbot, overlay, "1 hit")
    told = overlay.view.model().index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("Note, I1 line 3: No alarm")


def test_every_control_has_a_name(open_finding):
    from PySide6.QtWidgets import QWidget

    overlay = open_finding()
    controls = [each for each in overlay.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [each for each in controls if each.isVisible() and not each.accessibleName()] == []
