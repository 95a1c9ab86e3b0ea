"""The history panel on notes that were really changed after their interview."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QImage
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from app.actions.notes import AddEntry, RemoveEntry, SetEntry, write
from app.actions.open_study import OpenStudy
from app.actions.session import finish
from app.actions.things import change
from app.analysis.differences import Change, Piece
from app.model.source import Entry, EntryKind, SourceKind, SourceStatus
from tests.clock import Clock
from tests.ui.test_accessibility import nameless
from ui.history import HistoryPanel
from ui.history.changes import LINE
from ui.history.pieces import Layouts
from ui.theme import Choice, theme

CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key
WHY = "Checked with the interviewee"


@pytest.fixture
def clock():
    """The day of the first interview, 12:20 in Berlin, until somebody sets it."""
    return Clock(datetime(2024, 5, 14, 10, 20, tzinfo=UTC))


@pytest.fixture
def study(study_path, passphrase, clock):
    """The study with its first interview's notes not finished yet."""
    with OpenStudy.open(study_path, passphrase, clock=clock) as opened:
        opened.work_as("ada")
        opened.do(change, replace(opened.document.sources[0], status=SourceStatus.OPEN))
        yield opened


def line(study, key):
    return next(entry for source in study.document.sources for entry in source.entries if entry.key == key)


@pytest.fixture
def changed(study, clock):
    """The interview completed by Ada an hour after it, and corrected by Ben on the next day."""
    words = "Data scientist starts deployment by hand, clicks through a web form."
    added = Entry(key="i1-7", text="The form has eleven fields.", at=clock.now, author="ada", speaker="p1")
    study.do(write, "i1", [SetEntry(replace(line(study, "i1-2"), text=words)), AddEntry(added, "i1-2")])
    clock.now += timedelta(minutes=45)
    study.do(finish, "i1")
    clock.now += timedelta(days=1)
    study.work_as("ben")
    again = replace(line(study, "i1-2"), text=words.replace("by hand", "alone"), kind=EntryKind.QUOTATION)
    study.do(write, "i1", [SetEntry(again), RemoveEntry("i1-4")], reason=WHY)
    return study


@pytest.fixture
def show_panel(show, desk):
    hosts = []

    def shown(key="i1", width=320, height=700):
        host = QWidget()
        hosts.append(host)
        panel = HistoryPanel(desk, host)
        desk.changed.connect(lambda _changes: panel.show_source(key))
        panel.resize(width, height)
        panel.show_source(key)
        show(host, width, height)
        return panel

    yield shown
    hosts.clear()


@pytest.fixture
def panel(changed, show_panel):
    return show_panel()


def told(panel):
    """Read the list of changes as a person does."""
    model = panel.changes.model()
    return [model.index(place, 0).data(LINE) for place in range(model.rowCount())]


def click_tab(qtbot, panel, key):
    qtbot.mouseClick(panel.tabs.button(key), Qt.MouseButton.LeftButton)


# Particulars


def test_it_says_when_it_was_held_finished_by_whom_and_how_long_after(panel):
    assert panel._particulars.text().splitlines() == [
        "Held 14 May 2024, 11:00\u201311:45",
        "Notes finished 14 May 2024, 13:05 by Ada",
        "Completed 1 h 20 min after the end",
        "2 lines changed or removed, 2 after finishing",
    ]


# Changes


def test_every_line_changed_is_told_with_every_step(panel):
    first, added, removed = told(panel)
    assert [(each.name, each.mark) for each in (first, added, removed)] == [
        ("Line 2", ""),
        ("Line 3", "Added later"),
        ("After line 4", "Removed"),
    ]
    assert [(step.head, step.reason) for step in first.steps] == [
        ("Ada \u00b7 14 May 2024, 12:20", ""),
        ("Ben \u00b7 15 May 2024, 13:05", WHY),
    ]
    assert first.steps[1].also == ("Was a paraphrase, now a quotation",)
    changed = [(piece.text, piece.change) for piece in first.steps[1].pieces if piece.change is not Change.SAME]
    assert changed == [("by hand", Change.REMOVED), ("alone", Change.ADDED)]
    assert panel.tabs.button("changes").text() == "Changes 3"


def test_enter_and_a_click_choose_a_line_that_still_stands(qtbot, panel):
    panel.changes.setFocus()
    with qtbot.waitSignal(panel.line_chosen) as chosen:
        qtbot.keyClick(panel.changes, Key.Key_Down)
        qtbot.keyClick(panel.changes, Key.Key_Return)
    assert chosen.args == ["i1-2"]
    model = panel.changes.model()
    with qtbot.waitSignal(panel.line_chosen) as chosen:
        middle = panel.changes.visualRect(model.index(1, 0)).center()
        qtbot.mouseClick(panel.changes.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert chosen.args == ["i1-7"]
    with qtbot.assertNotEmitted(panel.line_chosen):  # a line that was removed is nowhere to be shown
        middle = panel.changes.visualRect(model.index(2, 0)).center()
        qtbot.mouseClick(panel.changes.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert panel.changes.current_key() == "i1-4"


def test_what_became_of_a_line_is_copied_as_plain_text(qtbot, panel):
    panel.show_line("i1-4")
    panel.changes.setFocus()
    qtbot.keyClick(panel.changes, Key.Key_C, CTRL)
    assert QApplication.clipboard().text().splitlines() == [
        "After line 4. Removed.",
        "Ben \u00b7 15 May 2024, 13:05",
        "Removed: Every model is registered with the data it was trained on.",
        f"Why: {WHY}",
    ]


def test_a_line_is_marked_and_scrolled_to(changed, show_panel):
    panel = show_panel(height=260)
    panel.show_line("i1-4")
    where = panel.changes.visualRect(panel.changes.currentIndex())
    assert panel.changes.current_key() == "i1-4"
    assert panel.changes.viewport().rect().intersects(where)
    panel.show_line("i1-1")  # was not changed
    assert panel.changes.current_key() == ""


def test_a_change_appears_at_once_and_undo_takes_it_away(desk, panel, clock):
    clock.now += timedelta(minutes=5)
    panel.show_line("i1-7")
    desk.do(write, "i1", [SetEntry(replace(line(desk.study, "i1-6"), text="No wishes."))], reason="Misheard")
    assert [each.line for each in told(panel)] == ["i1-2", "i1-7", "i1-4", "i1-6"]
    assert panel.changes.current_key() == "i1-7"
    desk.undo()
    assert [each.line for each in told(panel)] == ["i1-2", "i1-7", "i1-4"]


def test_nothing_changed_is_said(qtbot, show_panel):
    panel = show_panel()
    assert panel._stack.currentWidget().isVisible()
    assert "Nothing was changed after the interview." in panel._blanks
    assert panel._stack.currentWidget() is panel._blanks["Nothing was changed after the interview."]
    assert panel.tabs.button("changes").text() == "Changes"


def test_while_it_is_not_over_it_says_from_when_on_changes_are_kept(qtbot, show_panel):
    panel = show_panel("m1")
    assert (
        panel._stack.currentWidget()
        is panel._blanks["What is changed after the end of the meeting is kept here, word by word."]
    )
    assert panel.tabs.button("typed").text() == "As typed in the meeting"
    click_tab(qtbot, panel, "typed")
    assert panel._stack.currentWidget() is panel._blanks["Nothing was typed in the meeting."]


@pytest.mark.parametrize("kind", list(SourceKind))
def test_every_kind_of_source_has_words(desk, show_panel, kind):
    desk.do(change, replace(desk.document.sources[0], kind=kind))
    assert show_panel().tabs.button("typed").text().startswith("As typed in the ")


def test_a_source_that_is_gone_shows_nothing(panel):
    panel.show_source("i9")
    assert told(panel) == []
    assert panel._particulars.text() == ""
    assert not panel.isEnabled()
    panel.show_source("i1")
    assert len(told(panel)) == 3
    assert panel.isEnabled()


# As typed


def test_the_notes_are_read_as_they_were_typed(qtbot, panel):
    click_tab(qtbot, panel, "typed")
    text = panel.typed.toPlainText()
    assert text.startswith(
        "11:03 \u00b7 P1 \u00b7 quotation\nRetraining runs by itself every Monday night.\n\n11:06 \u00b7 P1\n"
    )
    assert "starts deployment by hand, clicks through a form." in text
    assert "Every model is registered with the data it was trained on." in text
    assert "eleven" not in text
    assert "web form" not in text


def test_they_are_copied_but_not_changed(qtbot, panel):
    click_tab(qtbot, panel, "typed")
    before = panel.typed.toPlainText()
    panel.typed.setFocus()
    qtbot.keyClicks(panel.typed, "x")
    qtbot.keyClick(panel.typed, Key.Key_Delete)
    assert panel.typed.toPlainText() == before
    qtbot.keyClick(panel.typed, Key.Key_A, CTRL)
    qtbot.keyClick(panel.typed, Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == before


def test_enter_chooses_the_line_the_cursor_is_in(qtbot, panel):
    click_tab(qtbot, panel, "typed")
    panel.show_line("i1-3")
    panel.typed.setFocus()
    with qtbot.waitSignal(panel.line_chosen) as chosen:
        qtbot.keyClick(panel.typed, Key.Key_Return)
    assert chosen.args == ["i1-3"]
    panel.show_line("i1-4")
    with qtbot.assertNotEmitted(panel.line_chosen):
        qtbot.keyClick(panel.typed, Key.Key_Return)


def test_a_line_is_marked_where_it_was_typed(qtbot, changed, show_panel):
    panel = show_panel(height=260)
    click_tab(qtbot, panel, "typed")
    before = panel.typed.verticalScrollBar().value()
    panel.show_line("i1-6")
    assert panel.typed.verticalScrollBar().value() > before
    ground = theme().colour("accent_soft")
    picture = panel.typed.viewport().grab().toImage()
    assert any(picture.pixelColor(picture.width() - 2, y) == ground for y in range(picture.height()))


def test_reading_on_stays_where_it_was_when_something_else_changes(qtbot, desk, changed, show_panel):
    panel = show_panel(height=260)
    click_tab(qtbot, panel, "typed")
    bar = panel.typed.verticalScrollBar()
    bar.setValue(5)
    place = bar.value()
    assert place > 0
    desk.do(write, "i1", [SetEntry(replace(line(desk.study, "i1-6"), text="Other."))], reason="Misheard")
    assert bar.value() == place
    theme().choose(Choice.DARK)
    assert bar.value() == place


# Menus


def open_menu(panel, area, point):
    """Ask for the menu at a point; give it, open."""
    QApplication.sendEvent(
        area.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, area.viewport().mapToGlobal(point))
    )
    return next(menu for menu in area.findChildren(QMenu) if menu.isVisible())


def trigger(menu, words):
    action = next(action for action in menu.actions() if action.text().replace("&", "").startswith(words))
    action.trigger()
    menu.close()


def test_a_menu_leads_to_the_line_and_copies_what_became_of_it(qtbot, panel):
    point = panel.changes.visualRect(panel.changes.model().index(0, 0)).center()
    with qtbot.waitSignal(panel.line_chosen) as chosen:
        qtbot.mousePress(panel.changes.viewport(), Qt.MouseButton.RightButton, pos=point)
        trigger(open_menu(panel, panel.changes, point), "Show the line")
    assert chosen.args == ["i1-2"]
    trigger(open_menu(panel, panel.changes, point), "Copy")
    assert QApplication.clipboard().text().startswith("Line 2.")


def test_a_menu_leads_from_the_notes_as_typed_to_the_line(qtbot, panel):
    click_tab(qtbot, panel, "typed")
    panel.show_line("i1-3")
    point = panel.typed.cursorRect().center()
    panel.typed.moveCursor(panel.typed.textCursor().MoveOperation.Start)
    with qtbot.waitSignal(panel.line_chosen) as chosen:
        trigger(open_menu(panel, panel.typed, point), "Show the line")
    assert chosen.args == ["i1-3"]


# Looks


def inked(pieces, width=300):
    """Paint some words on white; give the picture."""
    from PySide6.QtGui import QPainter

    picture = QImage(width, 60, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    Layouts().paint(painter, pieces, 0, 0, width)
    painter.end()
    return picture


def test_removed_and_added_are_told_apart_without_colour(dressed):
    layout = Layouts().of((Piece("old", Change.REMOVED), Piece("new", Change.ADDED), Piece(" same", Change.SAME)), 300)
    removed, added = layout.formats()
    assert (removed.format.fontStrikeOut(), removed.format.fontUnderline()) == (True, False)
    assert (added.format.fontStrikeOut(), added.format.fontUnderline()) == (False, True)
    grey = [inked((Piece("word", change),)).convertToFormat(QImage.Format.Format_Mono) for change in Change]
    assert grey[0] != grey[1] != grey[2] != grey[0]


def test_formats_are_counted_as_qt_counts(dressed):
    """An emoji is one code point and two UTF-16 units."""
    bird = "\U0001f424"
    pieces = (Piece(f"a{bird} ", Change.SAME), Piece(bird, Change.REMOVED), Piece(f"{bird}{bird}", Change.ADDED))
    formats = Layouts().of(pieces, 300).formats()
    assert [(each.start, each.length) for each in formats] == [(4, 2), (7, 4)]  # a thin space between the two


def test_markup_breaks_and_other_scripts_are_shown_as_typed(dressed):
    pieces = (Piece("<b>x</b>\n\u05e9\u05dc\u05d5\u05dd", Change.ADDED),)
    layouts = Layouts()
    assert layouts.of(pieces, 300).text() == "<b>x</b>\u2028\u05e9\u05dc\u05d5\u05dd"
    assert layouts.of(pieces, 300).lineCount() == 2
    assert layouts.height(pieces, 20) > layouts.height(pieces, 300)
    assert layouts.height((), 300) == 0


def test_many_layouts_are_not_kept_for_ever(dressed):
    layouts = Layouts()
    first = layouts.of((Piece("0", Change.SAME),), 100)
    assert layouts.of((Piece("0", Change.SAME),), 100) is first
    for number in range(1, 450):
        layouts.of((Piece(str(number), Change.SAME),), 100)
    assert len(layouts._kept) < 450
    assert layouts.of((Piece("0", Change.SAME),), 100) is not first


@pytest.mark.parametrize("width", [240, 320])
def test_nothing_is_cut_off_in_a_panel(qtbot, changed, show_panel, width):
    panel = show_panel(width=width)
    last = panel.tabs.button("typed")
    assert last.mapTo(panel, last.rect().topRight()).x() < width
    assert last.text() == ("As typed in the interview" if width == 320 else "As typed")
    assert panel._particulars.height() >= panel._particulars.heightForWidth(panel._particulars.width())
    changes = panel.changes
    rects = [changes.visualRect(changes.model().index(place, 0)) for place in range(3)]
    assert all(rect.width() <= changes.viewport().width() for rect in rects)
    panel.resize(200, 700)
    qtbot.waitUntil(lambda: changes.visualRect(changes.model().index(2, 0)).bottom() > rects[2].bottom())


def test_everything_has_a_name(qtbot, panel):
    assert nameless(panel) == []
    click_tab(qtbot, panel, "typed")
    assert nameless(panel) == []
    assert panel.changes.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Line 3. Added later.")


def test_it_changes_with_the_theme(qtbot, panel):
    for tab in ("changes", "typed"):
        click_tab(qtbot, panel, tab)
        panel.show_line("i1-2")
        theme().choose(Choice.LIGHT)
        light = panel.grab().toImage()
        theme().choose(Choice.DARK)
        dark = panel.grab().toImage()
        assert light.pixelColor(1, 1).lightness() > 200 > dark.pixelColor(1, 1).lightness()
        inks = {dark.pixelColor(x, y).lightness() for x in range(0, 320, 2) for y in range(150, 300, 2)}
        assert max(inks) > 180  # words are light on dark


def test_a_reader_sees_it_too(changed, reading_desk, show):
    host = QWidget()
    panel = HistoryPanel(reading_desk, host)
    panel.resize(320, 600)
    panel.show_source("i1")
    show(host, 320, 600)
    assert len(told(panel)) == 3
