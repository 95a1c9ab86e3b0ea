"""The very first start, and starts that go wrong: what is offered, what is said, and that all of it can be reached."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.exchange.demo import DEMO_PASSPHRASE
from app.paths import ROOT
from ui import settings
from ui.application import Asked, asked_by, main, open_window
from ui.places import studies_folder
from ui.theme import theme

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTER = Qt.Key.Key_Return
SIZES = ((640, 360), (640, 400), (760, 520), (887, 600), (1024, 640), (1280, 800), (1920, 1080))


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


@pytest.fixture
def no_studies():
    """The studies' folder of this run, empty."""
    folder = studies_folder()
    for path in folder.glob("*"):
        path.unlink()
    yield folder
    for path in folder.glob("*"):
        path.unlink()


@pytest.fixture
def opened(qtbot, show):
    """Start the window as the program does, with words of a command line."""
    windows = []

    def started(*words, size=(1280, 800), passphrase=None):
        window = open_window(asked_by([str(word) for word in words]).study, passphrase)
        windows.append(window)
        window.setMinimumSize(1, 1)
        return show(window, *size)

    yield started
    for window in windows:
        window.close()


# What is offered


def test_each_way_to_begin_says_what_it_does_and_its_key(opened, no_studies):
    start = opened().start
    for button, key in ((start.new, "Ctrl+N"), (start.open, "Ctrl+O"), (start.demonstration, "Ctrl+D")):
        assert button.isVisible()
        assert key in button.toolTip()
        assert button.accessibleDescription().endswith(".")


def test_without_a_study_the_next_step_has_the_focus(opened, no_studies):
    start = opened().start
    assert start.list.empty.isVisible()
    assert start.list.empty.button.hasFocus()
    assert not start.list.view.isVisible()


def test_enter_alone_leads_to_the_demonstration(qtbot, opened, no_studies):
    window = opened()
    press(qtbot, ENTER)
    assert window.start.said.text == "Making the demonstration…"
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)
    assert window.workspace.desk.document.study.title == "MLOps maturity at AutoCorp"


def test_the_passphrase_of_the_demonstration_is_said_where_it_is_asked_for(qtbot, opened, no_studies, study_path):
    from app.exchange.demo import create_demo

    create_demo(no_studies / "autocorp.fieldquill")
    window = opened()
    press(qtbot, ENTER)
    assert DEMO_PASSPHRASE in window.start.passphrase.note.text()
    window.start.passphrase.given.emit(DEMO_PASSPHRASE)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)
    window.lock()
    assert DEMO_PASSPHRASE in window.lock_page.form.note.text()
    window.lock_page.form.given.emit(DEMO_PASSPHRASE)
    window.close_study()
    window.start.ask_passphrase(study_path)
    assert window.start.passphrase.note.text() == ""


def test_settings_keys_commands_and_about_are_there_before_any_study(qtbot, opened, no_studies):
    window = opened()
    for key, modifier, name in (
        (Qt.Key.Key_Comma, CTRL, "Settings"),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier, "Keys"),
        (Qt.Key.Key_K, CTRL, "Commands"),
        (Qt.Key.Key_F1, SHIFT, "About Fieldquill"),
    ):
        qtbot.keyClick(window, key, modifier)
        overlay = window.start._overlay
        assert overlay.isVisible()
        assert overlay.card.accessibleName() == name
        press(qtbot, Qt.Key.Key_Escape)
        assert not overlay.isVisible()
        assert window.start.list.isVisible()


def test_a_theme_chosen_before_any_study_counts_at_once(qtbot, opened):
    window = opened()
    qtbot.keyClick(window, Qt.Key.Key_Comma, CTRL)
    for _ in range(2):
        press(qtbot, Qt.Key.Key_Right)
    assert theme().dark
    assert settings.THEME.read() == "dark"


def test_one_thing_lies_over_the_page_at_a_time(qtbot, opened, no_studies):
    window = opened()
    qtbot.keyClick(window, Qt.Key.Key_F1, SHIFT)
    first = window.start._overlay
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    assert not first.isVisible()
    assert window.start._overlay.isVisible()
    window.start.start_demonstration()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)
    assert not window.start._overlay.isVisible()


def test_a_bug_before_any_study_is_told_too(opened, monkeypatch, capsys):
    from ui import last_resort

    window = opened()
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    last_resort.install(window.tell_bug)
    monkeypatch.setattr(sys, "stderr", None)  # as of a program without a terminal
    with pytest.raises(ValueError, match="Canary") as caught:
        int("Canary")
    sys.excepthook(caught.type, caught.value, caught.tb)
    assert window.start.said.text.startswith("Something went wrong inside Fieldquill.")
    window.start.said._use()
    assert "test_first_start.py" in QApplication.clipboard().text()
    assert "Canary" not in QApplication.clipboard().text()


# At any size


def stops(page):
    return [each for each in page.findChildren(QWidget) if each.isVisible() and each.focusPolicy() & Qt.TabFocus]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("part", ["start", "new", "open", "passphrase"])
def test_all_that_can_be_used_comes_into_view_with_tab(qtbot, opened, study_path, no_studies, size, part):
    window = opened(*([study_path] if part == "passphrase" else []), size=size)
    begin = {"new": Qt.Key.Key_N, "open": Qt.Key.Key_O}.get(part)
    if begin is not None:
        qtbot.keyClick(window, begin, CTRL)
    area, seen = window.start.area, set()
    QApplication.processEvents()  # keys of people come after the layout, too
    qtbot.waitUntil(lambda: in_view(area, QApplication.focusWidget()))
    while QApplication.focusWidget() not in seen:
        seen.add(QApplication.focusWidget())
        press(qtbot, Qt.Key.Key_Tab)
        assert in_view(area, QApplication.focusWidget()), QApplication.focusWidget().accessibleName()
    assert area.horizontalScrollBar().maximum() == 0, "nothing is cut off at the side"


def in_view(area, widget):
    """Whether a widget, or for a list a row of it, is in view; what stands outside the area always is."""
    if not area.widget().isAncestorOf(widget):
        return True
    where = widget.mapTo(area.viewport(), widget.rect().topLeft())
    shown = area.viewport().rect().intersected(widget.rect().translated(where))
    return shown.width() == widget.width() and shown.height() >= min(widget.height(), 28)


@pytest.mark.parametrize("size", SIZES)
def test_no_word_of_it_is_cut_off(opened, no_studies, size):
    from PySide6.QtWidgets import QLabel

    start = opened(size=size).start
    for label in start.findChildren(QLabel):
        if label.isVisible() and label.text():
            high = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
            assert label.height() >= high, label.text()
            assert label.wordWrap() or label.width() >= label.sizeHint().width(), label.text()


def test_a_window_is_no_larger_than_the_screen(opened):
    window = open_window()
    room = window.screen().availableSize()
    assert window.width() <= room.width()
    assert window.height() <= room.height()
    window.close()


# A file named by whoever started it


@pytest.mark.parametrize(("study", "picture"), [("a.dat", "a.dat"), ("a.dat", "b.FIELDQUILL")])
def test_a_picture_is_never_written_over_a_study(tmp_path, capsys, study, picture):
    for name in {study, picture}:
        (tmp_path / name).write_bytes(b"study")
    assert main(None, tmp_path / study, "passphrase", tmp_path / picture) == 2
    assert "is a study's name" in capsys.readouterr().err
    assert (tmp_path / picture).read_bytes() == b"study"


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ([], Asked()),
        (["a b.fieldquill"], Asked(Path("a b.fieldquill"))),
        (["--picture", "p.png"], Asked(None, Path("p.png"))),
        (["--picture"], Asked()),
        (["x.fieldquill", "--picture", "p.png", "y"], Asked(Path("x.fieldquill"), Path("p.png"))),
        (["--measure-start", "-platform", "ü.fieldquill", ""], Asked(Path("ü.fieldquill"), None, measure=True)),
    ],
)
def test_a_command_line_is_read(words, asked):
    assert asked_by(words) == asked


@pytest.mark.parametrize("name", ["study.fieldquill", "Größe und Maß.fieldquill", "x y/用户.fieldquill"])
@pytest.mark.parametrize("relative", [False, True])
def test_a_study_named_is_asked_about_at_once(
    qtbot, opened, template, passphrase, tmp_path, monkeypatch, name, relative
):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(template.read_bytes())
    monkeypatch.chdir(tmp_path)
    window = opened(name if relative else path)
    assert window.start.passphrase.line.hasFocus()
    assert window.start.passphrase.title.text() == path.name
    qtbot.keyClicks(QApplication.focusWidget(), passphrase)
    press(qtbot, ENTER)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)


def test_a_file_double_clicked_while_the_program_runs_is_asked_about(opened, study_path, passphrase):
    window = opened()
    window.open_another(study_path)
    assert window.start.passphrase.title.text() == study_path.name
    window.open_path(study_path, passphrase)
    window.open_another(study_path.with_name("other.fieldquill"))
    assert window.workspace.desk.study.path == study_path
    assert window.workspace.news.text == "Another file was double-clicked: close this study to open it."
    window.workspace.news.hide()
    window.lock()
    window.open_another(study_path)
    assert window.locked
    assert not window.workspace.news.isVisibleTo(window.workspace)


OPEN = """
import sys
from PySide6.QtGui import QFileOpenEvent
from ui.application import make_application
application = make_application()
application.file_asked.connect(print)
application.sendEvent(application, QFileOpenEvent("/some/where.fieldquill"))
"""


@pytest.mark.slow
def test_the_application_passes_on_what_macos_tells_it(tmp_path):
    known = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, "-c", OPEN], env=known, capture_output=True, text=True, check=True)
    assert ran.stdout == "/some/where.fieldquill\n"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("none.fieldquill", "There is no file none.fieldquill in folder."),
        ("gone/none.fieldquill", "There is no file none.fieldquill in gone."),
        ("text.fieldquill", "text.fieldquill is not a study: it is another kind of file, and not encrypted."),
        ("empty.fieldquill", "empty.fieldquill is empty, so it is not a study."),
        ("cut.fieldquill", "cut.fieldquill breaks off before its end; restore it from a backup or copy it again."),
        (".", "folder is a folder, not a study."),
    ],
)
def test_what_is_no_study_is_said_in_one_sentence(opened, tmp_path, template, no_studies, name, sentence):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "text.fieldquill").write_text("Not a study. " * 400, encoding="utf-8")
    (folder / "empty.fieldquill").touch()
    (folder / "cut.fieldquill").write_bytes(template.read_bytes()[:-100])
    window = opened(folder / name)
    assert window.start.said.text == sentence
    assert window.start.list.isVisible(), "one can go on from there"
    assert not window.start.passphrase.isVisible()
    window.start.show_start()
    assert not window.start.said.isVisible()


def test_what_was_chosen_and_is_no_study_is_said_where_it_was_chosen(qtbot, opened, tmp_path):
    (tmp_path / "text.fieldquill").write_text("Not a study. " * 400, encoding="utf-8")
    window = opened()
    qtbot.keyClick(window, Qt.Key.Key_O, CTRL)
    chooser = window.start.chooser
    chooser.path.setText(str(tmp_path / "text.fieldquill"))
    qtbot.keyClick(chooser.path, ENTER)
    assert chooser.problem.text().startswith("text.fieldquill is not a study")
    assert chooser.isVisible()


# Where nothing can be written


@pytest.fixture
def barred(tmp_path, monkeypatch):
    """A place under a file, where nobody can make a folder."""
    (tmp_path / "file").touch()
    place = tmp_path / "file" / "Documents"
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(place))
    return place / "Fieldquill"


def test_the_demonstration_is_made_elsewhere_where_the_usual_folder_is_barred(qtbot, opened, barred, tmp_path):
    window = opened()
    qtbot.keyClick(window, Qt.Key.Key_D, CTRL)
    place = window.start.place
    qtbot.waitUntil(place.isVisible, timeout=20_000)
    words = (
        "The demonstration can't be written in the folder Fieldquill of your documents; choose another folder for it."
    )
    assert place.problem.text() == words
    place.show_folder(tmp_path)
    place.take.click()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)
    assert (tmp_path / "autocorp.fieldquill").is_file()


def test_a_new_study_is_refused_in_its_form_where_its_folder_is_barred(qtbot, opened, barred):
    window = opened()
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    form = window.start.form
    form.title.setText("Review")
    for line in (form.passphrase.line, form.passphrase.repeat):
        line.setText("four quiet herons wade")
    form.make.click()
    qtbot.waitUntil(lambda: bool(form.problem.text()))
    assert form.problem.text() == "The folder Fieldquill can't be made here (Not a directory); choose another."
    assert form.title.text() == "Review"


def test_settings_that_can_t_be_kept_are_said_in_a_sentence(qtbot, opened, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setattr("ui.settings.settings_file", lambda: tmp_path / "file" / "settings.ini")
    window = opened()
    bar = window.start.forgotten
    assert bar.text == settings.forgotten()
    assert bar.text.count(".") == 1
    qtbot.keyClick(window, Qt.Key.Key_Comma, CTRL)
    told = [label.text() for label in window.start._overlay.findChildren(type(window.start.form.problem))]
    assert settings.forgotten() in told
    settings.THEME.write("dark")  # is lost, and harms nothing


# Two windows on one file

HOLD = """
import sys
from pathlib import Path
from app.actions.open_study import OpenStudy
with OpenStudy.open(Path(sys.argv[1]), sys.argv[2]) as study:
    study.work_as("ben")
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.mark.slow
def test_a_study_that_another_window_has_open_is_opened_for_reading(
    qtbot, opened, usual_template, tmp_path, passphrase
):
    path = tmp_path / "shared.fieldquill"
    path.write_bytes(usual_template.read_bytes())
    known = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", HOLD, str(path), passphrase]
    from tests.keys import USUAL, keys_derived_in

    with subprocess.Popen(command, env=known, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "open\n"
        with keys_derived_in(USUAL):
            window = opened(path)
            qtbot.keyClicks(QApplication.focusWidget(), passphrase)
            press(qtbot, ENTER)
            qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)
        other.stdin.close()
        assert other.wait(30) == 0
    assert window.workspace.desk.read_only
    assert "shared.fieldquill" in window.workspace.reading.text
    assert "Ben" in window.workspace.reading.text
