"""The window on an open study, used by keyboard and mouse."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.actions.create import create_study
from app.actions.setting import change_study
from app.actions.things import change, remove
from ui import settings
from ui.application import open_window
from ui.main_window.pages import PAGES
from ui.widgets import SegmentedControl
from ui.widgets.things import ROW_ROLE

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def rename(window, title):
    desk = window.workspace.desk
    return desk.do(change_study, replace(desk.document.study, title=title))


def focused():
    return QApplication.focusWidget()


def test_the_title_bar_tells_the_file_name_and_nothing_typed(window):
    rename(window, "Canary title")
    assert window.windowTitle() == "study.fieldquill - Fieldquill"
    assert window.workspace.top.title.text() == "Canary title"


@pytest.mark.parametrize("place", range(len(PAGES)))
def test_ctrl_and_a_number_show_a_page(qtbot, window, place):
    qtbot.keyClick(window, Qt.Key(Qt.Key.Key_1 + place), CTRL)
    assert window.workspace.page.name == PAGES[place].name
    assert window.workspace.rail.button(PAGES[place].name).isChecked()
    assert window.workspace.page.title == PAGES[place].title
    assert window.workspace.page.icon == PAGES[place].icon


@pytest.mark.parametrize("place", range(1, len(PAGES)))
def test_a_page_first_shown_has_the_keyboard_on_its_work(qtbot, window, place):
    window.workspace.page.next.setFocus()
    qtbot.keyClick(focused(), Qt.Key(Qt.Key.Key_1 + place), CTRL)
    at_work = {
        "interviews": "Interviews and other sources",
        "codes": "Codes",
        "assess": "Criteria",
        "results": "Levels by case and principle",
    }
    name = PAGES[place].name
    assert window.workspace.page.isAncestorOf(focused())
    assert focused().isVisible()
    assert at_work.get(name, focused().accessibleName()) == focused().accessibleName()


def test_a_click_on_the_rail_shows_a_page(qtbot, window):
    qtbot.mouseClick(window.workspace.rail.button("results"), Qt.MouseButton.LeftButton)
    assert window.workspace.page.name == "results"


def test_pages_are_built_when_first_shown(window):
    assert list(window.workspace._pages) == ["overview"]


def test_the_page_shown_last_is_shown_again(qtbot, window, study_path, passphrase):
    window.workspace.show_page("results")
    window.close_study()
    window.open_path(study_path, passphrase)
    assert window.workspace.page.name == "results"


def test_an_unknown_page_in_the_settings_does_no_harm(window):
    window.workspace.show_page("gone")
    assert window.workspace.page.name == "overview"


def test_the_rail_leaves_its_words_out_where_it_is_narrow(qtbot, window):
    wide = window.workspace.rail.width()
    window.resize(1000, 700)
    qtbot.waitUntil(lambda: window.workspace.rail.width() < wide)
    assert window.workspace.rail.button("assess").toolTip() == "Assess (Ctrl+4)"
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: window.workspace.rail.width() == wide)


def test_undo_and_redo_say_what_they_would_do(qtbot, window):
    top = window.workspace.top
    assert not top.undo.isEnabled()
    rename(window, "Other")
    assert top.undo.toolTip() == "Undo: Change the study's particulars (Ctrl+Z)"
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert window.workspace.desk.document.study.title == "Nordwerk, spring review"
    assert top.redo.toolTip() == "Do again: Change the study's particulars (Ctrl+Shift+Z)"
    qtbot.mouseClick(top.redo, Qt.MouseButton.LeftButton)
    assert window.workspace.desk.document.study.title == "Other"


def test_undo_in_a_field_takes_back_typing_first_then_the_last_change(qtbot, window):
    rename(window, "Other")
    title = window.workspace.page.facet("study").names.editor("title")
    title.setFocus()
    qtbot.keyClicks(title, "xyz")
    qtbot.keyClick(title, Qt.Key.Key_Z, CTRL)
    assert title.text() == "Other"
    assert window.workspace.desk.document.study.title == "Other"
    qtbot.keyClick(title, Qt.Key.Key_Z, CTRL)
    assert window.workspace.desk.document.study.title == "Nordwerk, spring review"
    assert title.text() == "Nordwerk, spring review"


def test_saved_is_said_with_the_time(window):
    assert window.workspace.top.saved.text == "Saved"
    rename(window, "Other")
    assert window.workspace.top.saved.text.startswith("Saved ")


def test_what_went_wrong_stays_in_a_bar_until_something_went_well(qtbot, window):
    rename(window, "")
    bar = window.workspace.trouble
    assert bar.isVisible()
    assert bar.text
    assert window.workspace.top.saved.text == "Not saved"
    rename(window, "Fine")
    assert not bar.isVisible()


def test_a_second_window_reads_only_and_says_who_writes(qtbot, window, show, study_path, passphrase):
    from ui.application import open_window

    rename(window, "Something to undo")
    second = show(open_window(study_path, passphrase))
    assert second.workspace.desk.read_only
    assert not second.workspace.top.undo.isEnabled()  # what another window did is not for this one to take back
    qtbot.keyClick(second, Qt.Key.Key_Z, CTRL)
    assert not second.workspace.trouble.isVisible()
    assert "Ada has had it open" in second.workspace.reading.text
    assert second.workspace.top.saved.text == "Reading only"
    title = second.workspace.page.facet("study").names.editor("title")
    qtbot.keyClicks(title, "x")
    assert title.text() == "Something to undo"
    second.close()


def test_who_is_working_is_chosen_from_the_assessors(qtbot, window):
    top = window.workspace.top
    assert top.person.text() == "Ada"
    ben = next(action for action in top.person.menu().actions() if action.text() == "Ben")
    ben.trigger()
    assert window.workspace.desk.study.who == "ben"
    assert top.person.text() == "Ben"


def test_nobody_works_until_chosen_where_there_are_several(show, study_path, passphrase):
    from ui.application import open_window

    window = show(open_window(study_path, passphrase))
    assert window.workspace.top.person.text() == "Who is working?"
    assert window.workspace.desk.study.who == ""
    window.close()


def test_the_theme_is_chosen_and_remembered(qtbot, window):
    from ui.theme import Choice, theme

    dark = next(action for action in window.workspace.top.menu.actions() if action.text() == "Theme: dark")
    dark.trigger()
    assert theme().dark
    assert settings.THEME.read() == Choice.DARK


def test_f9_closes_and_opens_the_panel(qtbot, window):
    workspace = window.workspace
    workspace.show_page("results")
    assert workspace.panel.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert not workspace.panel.isVisible()
    workspace.show_page("overview")
    workspace.show_page("results")
    assert not workspace.panel.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert workspace.panel.isVisible()


def test_the_palette_runs_what_was_typed(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    line = window.workspace._palette.line
    assert line.hasFocus()
    qtbot.keyClicks(line, "go res")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workspace.page.name == "results")
    assert not window.workspace._palette.isVisible()


def test_the_palette_goes_by_arrows_and_closes_on_escape(qtbot, window):
    title = window.workspace.page.facet("study").names.editor("title")
    title.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = window.workspace._palette
    qtbot.keyClick(palette.line, Qt.Key.Key_Up)
    assert palette.view.currentIndex().row() == palette.view.model().rowCount() - 1
    qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    assert palette.view.currentIndex().row() == 0
    qtbot.keyClick(palette.line, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert title.hasFocus()


def test_the_palette_finds_the_themes_and_every_setting_by_its_name(qtbot, window):
    from ui import settings
    from ui.main_window.settings_overlay import SettingsOverlay
    from ui.theme import theme

    before = theme().choice
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = window.workspace._palette
    qtbot.keyClicks(palette.line, "theme dark")
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: theme().dark)
    assert settings.THEME.read() == "dark"
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(window.workspace._palette.line, "idle")
    qtbot.keyClick(window.workspace._palette.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.workspace._palette, SettingsOverlay))
    assert window.workspace._palette.editor(settings.IDLE_MINUTES).hasFocus()
    settings.choose_theme(str(before))


def palette_rows(window):
    model = window.workspace._palette.view.model()
    rows = [model.index(place).data(ROW_ROLE) for place in range(model.rowCount())]
    return [(row.text, row.detail) for row in rows]


def test_the_palette_without_words_lists_every_command_with_its_key_and_nothing_else(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    commands = [command for command in window.workspace.commands() if command.action.isEnabled()]
    assert palette_rows(window) == [(command.text, command.key) for command in commands]
    qtbot.keyClicks(window.workspace._palette.line, "p2")
    qtbot.keyClick(window.workspace._palette.line, Qt.Key.Key_Backspace)
    qtbot.keyClick(window.workspace._palette.line, Qt.Key.Key_Backspace)
    assert palette_rows(window) == [(command.text, command.key) for command in commands]


@pytest.mark.parametrize(
    ("typed", "row", "page"),
    [
        ("bought sort", ("Bought-in sorting model", "Interview I2"), "interviews"),
        ("I2", ("Bought-in sorting model", "Interview I2"), "interviews"),
        ("PAINT", ("Paint inspection", "Case"), "assess"),
        ("results of paint", ("Results of Paint inspection", "Case"), "results"),
        ("model rollback", ("Model rollback", "Training & deployment"), "assess"),
        ("production engineer", ("P2", "Production engineer"), "overview"),
    ],
)
def test_the_palette_goes_to_what_was_typed(qtbot, window, typed, row, page):
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = window.workspace._palette
    qtbot.keyClicks(palette.line, typed)
    assert palette_rows(window)[0] == row
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workspace.page.name == page)
    assert not palette.isVisible()


def test_the_palette_shows_the_very_thing(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(window.workspace._palette.line, "production engineer")
    qtbot.keyClick(window.workspace._palette.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workspace.page.facet("participants").list.current == "p2")
    window.workspace.show_page("assess", "sorting")
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(window.workspace._palette.line, "model rollb")
    qtbot.keyClick(window.workspace._palette.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workspace.page.view.current == "model-rollback")
    assert window.workspace.page.case == "sorting"


def test_commands_that_begin_as_typed_come_first_and_those_with_the_letters_somewhere_last(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(window.workspace._palette.line, "p")
    named = window.workspace._palette._named
    commands = {(command.text, command.key) for command in (*window.workspace.commands(), *named)}
    kinds = ["command" if row in commands else "target" for row in palette_rows(window)]
    first = kinds.index("target")
    last = len(kinds) - kinds[::-1].index("target")
    assert first > 0
    assert set(kinds[first:last]) == {"target"}
    assert set(kinds[last:]) == {"command"}
    assert all(any(word.lower().startswith("p") for word in text.split()) for text, _ in palette_rows(window)[:first])
    assert len(kinds) == len(set(palette_rows(window)))


def test_a_click_on_a_row_of_the_palette_goes_there(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = window.workspace._palette
    qtbot.keyClicks(palette.line, "weekly project")
    spot = palette.view.visualRect(palette.view.model().index(0)).center()
    qtbot.mouseClick(palette.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.waitUntil(lambda: window.workspace.page.name == "interviews")
    assert window.workspace.page.source.key == "m1"


def test_a_click_beside_the_palette_closes_it(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = window.workspace._palette
    qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.rect().bottomRight())
    assert not palette.isVisible()


def test_f1_lists_the_keys_of_window_and_page(qtbot, window):
    from PySide6.QtWidgets import QLabel

    window.workspace.page.show_facet("cases")
    qtbot.keyClick(window, Qt.Key.Key_F1)
    told = {label.text() for label in window.workspace._palette.findChildren(QLabel)}
    assert {"Ctrl+K", "Go to Assess", "Add a case", "Ins", "Next part"} <= told
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert not window.workspace._palette.isVisible()


def test_every_command_has_a_key(window):
    assert [command.text for command in window.workspace.commands() if not command.key] == []


def test_no_key_is_given_twice_on_a_page(window):
    for entry in PAGES:
        window.workspace.show_page(entry.name)
        wide = [
            command
            for command in window.workspace.commands()
            if command.action.shortcutContext() != Qt.ShortcutContext.WidgetShortcut
        ]
        keys = [key for command in wide for key in command.key.split(", ")]
        assert len(keys) == len(set(keys)), f"{entry.name}: {sorted(keys)}"


def test_the_window_s_place_is_remembered(qtbot, window, show):
    from ui.application import open_window

    window.resize(790, 600)  # the offscreen screen is 800 wide
    window.close()
    again = open_window()
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (790, 600)
    again.close()


def test_settings_keep_only_what_is_declared(qtbot, window, home):
    rename(window, "Canary title")
    for entry in PAGES:
        window.workspace.show_page(entry.name)
    window.workspace.toggle_panel()
    window.close()
    kept = settings.kept()
    kept.sync()
    declared = {setting.key for setting in settings.ALL}
    assert set(kept.allKeys()) <= declared
    assert b"Canary" not in b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_ctrl_w_goes_back_to_the_start_page(qtbot, window, study_path, passphrase):
    qtbot.keyClick(window, Qt.Key.Key_W, CTRL)
    assert window.workspace is None
    assert window.stack.currentWidget() is window.start
    assert window.windowTitle() == "Fieldquill"
    rows = window.start.list.view.model()
    assert [rows.index(row).data() for row in range(rows.rowCount())] == ["study.fieldquill"]
    from app.actions.open_study import OpenStudy

    with OpenStudy.open(study_path, passphrase) as free:
        assert not free.read_only


def test_closing_writes_what_was_still_being_typed(qtbot, window, study_path, passphrase):
    title = window.workspace.page.facet("study").names.editor("title")
    title.setFocus()
    title.selectAll()
    qtbot.keyClicks(title, "Typed last")
    window.close()
    from app.actions.open_study import OpenStudy

    with OpenStudy.open(study_path, passphrase, read_only=True) as again:
        assert again.document.study.title == "Typed last"


def test_the_lock_hides_everything_and_the_passphrase_brings_it_back(qtbot, window, passphrase):
    workspace = window.workspace
    title = workspace.page.facet("study").names.editor("title")
    title.setFocus()
    title.selectAll()
    qtbot.keyClicks(title, "Typed before the lock")
    QGuiApplication.clipboard().setText("copied from the notes")
    qtbot.keyClick(window, Qt.Key.Key_L, CTRL)
    assert window.locked
    assert not workspace.isVisible()
    assert workspace.desk.document.study.title == "Typed before the lock"
    assert QGuiApplication.clipboard().text() == ""
    form = window.lock_page.form
    assert form.line.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    assert workspace.page.name == "overview"
    qtbot.keyClicks(form.line, "wrong passphrase")
    qtbot.keyClick(form.line, Qt.Key.Key_Return)
    assert window.locked
    assert form.problem.text() == "That is not the passphrase of the open study."
    form.line.clear()
    qtbot.keyClicks(form.line, passphrase)
    qtbot.keyClick(form.line, Qt.Key.Key_Return)
    assert not window.locked
    assert workspace.isVisible()
    assert form.line.text() == ""


def test_only_pages_that_show_what_changed_are_refreshed(qtbot, window, monkeypatch):
    workspace = window.workspace
    workspace.show_page("results")
    workspace.show_page("overview")
    refreshed = []
    for page in workspace._pages.values():
        monkeypatch.setattr(page, "refresh", lambda changes=None, name=page.name: refreshed.append(name))
    rename(window, "Other")
    assert refreshed == ["overview"]
    refreshed.clear()
    workspace.show_page("results")
    expected = (
        ["results"] if not workspace._pages["results"].shows or "study" in workspace._pages["results"].shows else []
    )
    assert refreshed == expected


def test_quitting_by_key(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_Q, CTRL)
    assert not window.isVisible()


def test_closing_waits_while_what_was_typed_can_t_be_written(qtbot, window, monkeypatch):
    from app.store.errors import NotWritten

    def full(*_args, **_kwargs):
        raise NotWritten("The medium is full: the change was not saved.")

    title = window.workspace.page.facet("study").names.editor("title")
    title.setFocus()
    qtbot.keyClicks(title, "x")
    monkeypatch.setattr(window.workspace.desk.study, "do", full)
    assert not window.close()
    assert window.isVisible()
    assert window.workspace.trouble.text.endswith("close again to leave without it.")
    qtbot.keyClicks(title, "y")
    assert window.close()


def test_a_warning_that_is_gone_has_to_be_given_again(qtbot, window, monkeypatch):
    from app.store.errors import NotWritten

    def full(*_args, **_kwargs):
        raise NotWritten("The medium is full: the change was not saved.")

    title = window.workspace.page.facet("study").names.editor("title")
    title.setFocus()
    qtbot.keyClicks(title, "x")
    with monkeypatch.context() as patched:
        patched.setattr(window.workspace.desk.study, "do", full)
        assert not window.close()
        assert window.workspace.trouble._button.text() == "Save the study elsewhere…"
    qtbot.keyClicks(title, "y")
    assert window.workspace.leave()
    assert not window.workspace.trouble.isVisible()
    qtbot.keyClicks(title, "z")
    monkeypatch.setattr(window.workspace.desk.study, "do", full)
    assert not window.close(), "what was typed after all was saved is not left without a word"
    window.workspace.trouble._close.click()
    title.setFocus()
    qtbot.keyClicks(title, "!")
    assert not window.close(), "nor once the warning was closed"


def test_the_only_assessor_is_who_works(qtbot, window):
    window.workspace.desk.do(remove, "assessors", "ada")
    assert window.workspace.desk.study.who == "ben"
    assert window.workspace.top.person.text() == "Ben"


def test_a_bug_is_told_without_what_was_typed(qtbot, window, monkeypatch, capsys):
    import sys

    from ui import last_resort

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    last_resort.install(window.tell_bug)
    try:
        {"note": 1}["Canary: what somebody wrote"]
    except KeyError:
        sys.excepthook(*sys.exc_info())
    bar = window.workspace.trouble
    assert "Something went wrong inside Fieldquill" in bar.text
    qtbot.mouseClick(bar._button, Qt.MouseButton.LeftButton)
    report = QGuiApplication.clipboard().text()
    assert "KeyError" in report
    assert "tests/ui/main_window/test_workspace.py" in report
    assert "Canary" not in report + capsys.readouterr().err


def test_asking_why_on_results_opens_the_closed_panel(qtbot, window):
    workspace = window.workspace
    workspace.show_page("results")
    if workspace.panel.isVisible():
        qtbot.keyClick(window, Qt.Key.Key_F9)
    assert not workspace.panel.isVisible()
    workspace.page.setFocus()
    qtbot.keyClick(workspace.page.focusWidget() or workspace.page, Qt.Key.Key_Return)
    qtbot.waitUntil(workspace.panel.isVisible)


def test_a_window_made_small_and_large_again_leaves_the_panel_as_wide_as_it_was(qtbot, window, study_path, passphrase):
    window.workspace.show_page("interviews")
    window.resize(1280, 800)
    QApplication.processEvents()
    panel = window.workspace.panel
    assert panel.width() == settings.PANEL_WIDTH.default
    window.resize(900, 800)
    QApplication.processEvents()
    assert panel.width() < settings.PANEL_WIDTH.default
    tabs = panel.findChild(SegmentedControl)
    assert tabs.width() >= tabs.sizeHint().width()  # no word in it is cut
    window.resize(1280, 800)
    QApplication.processEvents()
    assert panel.width() == settings.PANEL_WIDTH.default
    window.workspace.splitter.moveSplitter(window.workspace.splitter.width() - 400, 1)
    window.close_study()
    window.open_path(study_path, passphrase)
    assert window.workspace.panel.width() == pytest.approx(400, abs=2)


def test_a_long_name_of_who_is_working_leaves_room_for_the_study_s(window):
    desk, top = window.workspace.desk, window.workspace.top
    ada = next(each for each in desk.document.assessors if each.key == "ada")
    name = "Ada " + "of the many names " * 8
    assert desk.do(change, replace(ada, name=name.strip())) is not None
    assert top.person.width() < 260
    assert top.title.width() > 300
    assert top.person.text().endswith("…")
    assert name.strip() in top.person.toolTip()
    assert name.strip() in top.person.accessibleName()


def test_whoever_finds_nobody_working_is_led_to_add_the_first(window):
    desk, top = window.workspace.desk, window.workspace.top
    top.show_people((), "")
    assert top.person.isEnabled()
    window.workspace.show_page("results")
    (adding,) = top.person.menu().actions()
    adding.trigger()
    assert window.workspace.page.name == "overview"
    assert window.workspace.page.facet("assessors").isVisible()
    assert desk.document.assessors


@pytest.mark.parametrize("name", ["codes", "assess", "results"])
def test_the_panel_comes_and_goes_with_what_the_page_shown_has(window, name):
    workspace = window.workspace
    workspace.show_page(name)
    workspace.open_panel()
    beside, page, desk = workspace.panel, workspace.page, workspace.desk
    assert page.context_panel() is not None
    assert beside.isVisible()
    table = "codes" if name == "codes" else "cases"
    went = [each.key for each in getattr(desk.document, table)]
    for key in went:
        assert desk.do(remove, table, key) is not None
    assert page.context_panel() is None
    assert not beside.isVisible()
    for _ in went:
        desk.undo()
    assert page.context_panel() is not None
    assert beside.isVisible()


@pytest.mark.parametrize(("name", "has"), [("interviews", "sources"), ("codes", "codes"), ("assess", "cases")])
def test_no_panel_stands_beside_a_page_that_has_nothing_yet(qtbot, show, tmp_path, passphrase, name, has):
    path = tmp_path / "new.fieldquill"
    create_study(path, passphrase, title="New", rubric="mlops-maturity")
    window = show(open_window(path, passphrase))
    window.workspace.show_page(name)
    assert not getattr(window.workspace.desk.document, has)
    assert not window.workspace.panel.isVisible()
    if name == "interviews":
        qtbot.keyClick(focused(), Qt.Key.Key_N, CTRL)
        assert window.workspace.panel.isVisible()
    window.close()
