"""What every test of the window shares: no screen, a home of its own, a real encrypted study, and no leftovers."""

import os
import shutil
import tempfile
import threading
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
_HOME = Path(tempfile.mkdtemp(prefix="fieldquill-test-home-"))
os.environ["HOME"] = str(_HOME)
for name, folder in {
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_CACHE_HOME": ".cache",
    "XDG_STATE_HOME": ".local/state",
    "XDG_DOCUMENTS_DIR": "Documents",
}.items():
    os.environ[name] = str(_HOME / folder)
    (_HOME / folder).mkdir(parents=True)
for bus in ("DBUS_SYSTEM_BUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS"):
    os.environ[bus] = f"unix:path={_HOME}/no-bus"  # else the screen saver of who runs the tests would lock windows

import pytest  # noqa: E402
from PySide6.QtCore import QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402
from shiboken6 import isValid  # noqa: E402

from tests.keys import QUICK, USUAL, keys_derived_in, make_quickly  # noqa: E402

PASSPHRASE = "correct horse battery"
SMALL = Path(__file__).parents[1] / "data" / "small.json"


def pytest_configure(config):
    # The offscreen platform can't bound a window's size or raise a popup, and says so each time.
    config.addinivalue_line("qt_log_ignore", "This plugin does not support")


def pytest_unconfigure(config):
    shutil.rmtree(_HOME, ignore_errors=True)


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.gui)


@pytest.fixture(scope="session")
def home():
    """The home folder of this run; nothing of the person running it is read or written."""
    return _HOME


@pytest.fixture(scope="session")
def qapp_cls():
    return QApplication


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp):
    """The application as the program makes it: named, with our fonts and theme."""
    from ui.application import dress

    dress(qapp)
    return qapp


@pytest.fixture(autouse=True)
def settings_anew(dressed):
    """Settings as on the first start, and the light theme, whatever a test did."""
    from ui.settings import kept
    from ui.theme import Choice, theme

    kept().clear()
    yield
    kept().clear()
    theme().choose(Choice.SYSTEM)


@pytest.fixture(scope="session")
def small():
    """The document of tests/data/small.json: two cases, two rounds, three interviews, a meeting, answers, passages."""
    from app.exchange.study_json import read_study

    return read_study(SMALL)


@pytest.fixture(scope="module", autouse=True)
def quick_keys_here():
    """Derive keys quickly in this process in all tests of the window; other processes derive them as usual."""
    with keys_derived_in(QUICK):
        yield


@pytest.fixture(scope="session")
def template(tmp_path_factory, small):
    """An encrypted study file with `small` in it, made once; tests get copies."""
    return make_quickly(tmp_path_factory.mktemp("template") / "small.fieldquill", PASSPHRASE, small)


@pytest.fixture(scope="session")
def usual_template(tmp_path_factory, small):
    """The same as the product makes it, for other processes to open."""
    from app.actions.create import import_document

    path = tmp_path_factory.mktemp("usual") / "small.fieldquill"
    with keys_derived_in(USUAL):
        import_document(path, PASSPHRASE, small)
    return path


@pytest.fixture
def passphrase():
    return PASSPHRASE


@pytest.fixture
def study_path(template, tmp_path):
    """A copy of the template, this test's own."""
    return Path(shutil.copy(template, tmp_path / "study.fieldquill"))


@pytest.fixture
def study(study_path):
    """The study, open for writing, with Ada working on it."""
    from app.actions.open_study import OpenStudy

    with OpenStudy.open(study_path, PASSPHRASE) as opened:
        opened.work_as("ada")
        yield opened


@pytest.fixture
def desk(study, dressed):
    """The desk pages are given; a refused action fails the test unless it listens to `failed` itself."""
    from ui.desk import Desk

    return Desk(study)


@pytest.fixture
def reading_desk(study_path, dressed):
    """The desk of a window that may only read."""
    from app.actions.open_study import OpenStudy
    from ui.desk import Desk

    with OpenStudy.open(study_path, PASSPHRASE, read_only=True) as study:
        yield Desk(study)


@pytest.fixture
def show_with_panel(show):
    """Show a page of its own, `width` wide, with its panel beside it, as the window does."""
    hosts = []

    def shown(kind, desk, width, beside):
        host = QWidget()
        hosts.append(host)
        page = kind(desk, host)
        page.resize(width, 760)
        panel = page.context_panel()
        panel.setParent(host)
        panel.setGeometry(width, 0, beside, 760)
        desk.changed.connect(page.refresh)
        page.refresh()
        show(host, width + beside, 760)
        panel.show()
        return page

    yield shown
    hosts.clear()


@pytest.fixture
def show(qtbot):
    """Show a widget in a size, wait until it is on screen, and close it in the end."""

    kept = []

    def shown(widget, width=1280, height=800):
        kept.append(widget)
        qtbot.addWidget(widget)
        widget.resize(width, height)
        with qtbot.waitExposed(widget):
            widget.show()
        widget.activateWindow()
        return widget

    yield shown
    kept.clear()


@pytest.fixture
def bare_window(qtbot, show):
    """The main window on its start page."""
    from ui.application import open_window

    window = open_window()
    yield show(window)
    window.close()


@pytest.fixture
def window(qtbot, show, study_path):
    """The main window on a copy of the small study, with Ada working on it."""
    from ui.application import open_window

    window = open_window(study_path, PASSPHRASE)
    window.workspace.top.person_chosen.emit("ada")
    yield show(window)
    window.close()


@pytest.fixture(autouse=True)
def no_leftovers(dressed, monkeypatch):
    """Fail a test that leaves a window on screen, a running timer or a thread behind."""
    timers = []
    begin = QTimer.start

    def start(self, *args):
        timers.append(self)
        begin(self, *args)

    monkeypatch.setattr(QTimer, "start", start)
    threads = set(threading.enumerate())
    windows = {id(widget) for widget in QApplication.topLevelWidgets() if widget.isVisible()}
    yield
    QApplication.processEvents()
    for thread in set(threading.enumerate()) - threads:
        thread.join(10)
        assert not thread.is_alive(), f"thread {thread.name} is still running"
    visible = [widget for widget in QApplication.topLevelWidgets() if isValid(widget) and widget.isVisible()]
    left = [widget for widget in visible if id(widget) not in windows]
    assert not left, f"still on screen: {left}"
    running = [timer for timer in timers if isValid(timer) and timer.isActive() and timer.parent() is None]
    assert not running, f"still running: {running}"


@pytest.fixture
def gate(monkeypatch):
    """Holds the second page that is printed back until it is set."""
    from ui.printing import job

    made = threading.Event()
    really = job.picture

    def slowly(pdf, number, width):
        assert number == 0 or made.wait(20)
        return really(pdf, number, width)

    monkeypatch.setattr(job, "picture", slowly)
    yield made
    made.set()


@pytest.fixture
def to_file(monkeypatch, tmp_path):
    """A printer that makes a PDF of what it is given, in a resolution that is quick to paint."""
    from PySide6.QtPrintSupport import QPrinter

    from ui.printing import printing

    really = printing.make_printer

    def make(name, paper, title):
        printer = really(name, paper, title)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        printer.setResolution(72)
        return printer

    monkeypatch.setattr(printing, "make_printer", make)
    monkeypatch.setattr(printing, "printer_names", lambda: ["Office", "Hall"])
    return tmp_path / "printed.pdf"


@pytest.fixture
def out_of_reach(monkeypatch, to_file):
    """The same printer where it can't be written to."""
    from ui.printing import printing

    really = printing.make_printer

    def make(*args):
        printer = really(*args)
        printer.setOutputFileName(str(to_file.parent / "no such folder" / "x.pdf"))
        return printer

    monkeypatch.setattr(printing, "make_printer", make)
