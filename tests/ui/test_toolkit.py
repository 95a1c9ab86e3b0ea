"""What the toolkit must not do to us: drop references, load the network, or slow the start with what is not needed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from app.paths import ROOT

HEAVY = (
    "sqlalchemy",
    "alembic",
    "numpy",
    "pyqtgraph",
    "reportlab",
    "PIL",
    "pypdfium2",
    "pikepdf",
    "lxml",
    "xlsxwriter",
    "zxcvbn",
    "click",
    "PySide6.QtDBus",
    "PySide6.QtNetwork",
    "PySide6.QtOpenGL",
    "PySide6.QtPrintSupport",
    "asyncio",
    "unittest",
    "http",
    "ssl",
)

COLD_START = """
import json, sys
from pathlib import Path
from ui.application import make_application, open_window
application = make_application()
window = open_window(Path(sys.argv[1]), sys.argv[2])
application.processEvents()
assert window.workspace is not None and window.isVisible()
maps = Path("/proc/self/maps")
lines = maps.read_text().splitlines() if maps.exists() else []
mapped = sorted({line.rpartition("/")[2].strip() for line in lines if ".so" in line})
print(json.dumps({"modules": sorted(sys.modules), "libraries": mapped}))
window.close()
"""

START_PAGE = """
import builtins, json, sys
from ui.command import window
import ui.application
from PySide6.QtTest import QTest
application = ui.application.make_application()
window = ui.application.open_window()
application.processEvents()
assert window.workspace is None and window.isVisible()
told = {"modules": sorted(sys.modules), "import": builtins.__import__.__name__}
for _ in range(100):
    QTest.qWait(50)
    if "ui.main_window.workspace" in sys.modules:
        break
print(json.dumps(told | {"later": sorted(sys.modules)}))
window.close()
"""


class Painted(QWidget):
    """A widget whose override returns nothing, as most do."""

    def paintEvent(self, event):  # noqa: N802
        painter = QPainter(self)
        painter.drawPoint(0, 0)
        painter.end()


def test_calls_that_return_nothing_drop_no_reference(qtbot):
    """PySide6 6.12.0 on Python 3.11 dropped one reference to None per void call and override, until Python aborted."""
    widget = Painted()
    qtbot.addWidget(widget)
    widget.resize(4, 4)
    pixmap = QPixmap(4, 4)
    before = sys.getrefcount(None)
    for _ in range(100_000):
        widget.setObjectName("x")
    for _ in range(2_000):
        widget.render(pixmap)
    assert abs(sys.getrefcount(None) - before) < 1_000


@pytest.fixture(scope="module")
def cold(usual_template, tmp_path_factory, home):
    """What a process has loaded once the window is on screen."""
    study = tmp_path_factory.mktemp("cold") / "study.fieldquill"
    study.write_bytes(usual_template.read_bytes())
    done = subprocess.run(
        [sys.executable, "-c", COLD_START, str(study), "correct horse battery"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.replace("This plugin does not support propagateSizeHints()", "").strip() == ""
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", HEAVY)
def test_a_cold_start_does_without(cold, name):
    assert [module for module in cold["modules"] if module == name or module.startswith(f"{name}.")] == []


def test_a_cold_start_imports_the_first_page_alone(cold):
    pages = ("ui.interviews", "ui.assess", "ui.results", "ui.report", "ui.charts", "ui.notebook", "ui.start")
    assert [name for name in cold["modules"] if name.startswith(pages)] == []


@pytest.fixture(scope="module")
def first():
    """What a process has loaded once the start page is on screen, begun as the program begins."""
    done = subprocess.run(
        [sys.executable, "-c", START_PAGE], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", [*HEAVY, "app.cli", "ctypes.wintypes", "decimal", "msgspec", "uuid"])
def test_the_start_page_does_without(first, name):
    assert [module for module in first["modules"] if module == name or module.startswith(f"{name}.")] == []


def test_the_start_page_imports_nothing_that_an_open_study_is_shown_in(first):
    """The page is shown first; then it imports what comes next, while somebody looks for a study."""
    open_study = ("app.analysis", "app.model", "app.rubric", "app.scoring", "app.search", "ui.desk", "ui.find")
    early = (*open_study, "ui.main_window.workspace", "ui.start.new_study", "ui.start.passphrase")
    assert [name for name in first["modules"] if name.startswith(early)] == []
    assert {"app.actions.open_study", "ui.desk", "ui.main_window.workspace"} <= set(first["later"])


def test_modules_are_imported_as_python_does_and_not_read_by_qt(first):
    assert first["import"] != "__feature_import__"


def test_qt_still_lays_a_function_of_its_own_over_pythons():
    """Where it no longer does, `ui.plain_imports` can go."""
    code = "import builtins, PySide6.QtCore; print(builtins.__import__.__name__, hasattr(builtins, '__orig_import__'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["__feature_import__", "True"]


def test_no_page_waits_for_what_the_first_change_needs():
    """SQLAlchemy takes longer to import than any page; a study may be opened on the page that was shown last."""
    code = (
        "import sys; from importlib import import_module; from ui.main_window.pages import PAGES;"
        "[import_module(each.module) for each in PAGES]; print('sqlalchemy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split() == ["False"]


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="looks at what Linux has mapped")
@pytest.mark.parametrize("library", ["libQt6Network", "libssl", "libQt6Qml", "libQt6Quick", "libQt6Multimedia"])
def test_no_network_library_is_in_the_process(cold, library):
    assert [name for name in cold["libraries"] if name.startswith(library)] == []


def test_the_start_is_told_with_the_cost_of_the_key(usual_template, tmp_path, passphrase):
    study = tmp_path / "study.fieldquill"
    study.write_bytes(usual_template.read_bytes())
    code = (
        "import sys; from pathlib import Path; from ui.application import main;"
        "sys.exit(main(['--measure-start'], Path(sys.argv[1]), sys.argv[2]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(study), passphrase],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    shown, key = done.stdout.split()
    assert shown == "shown"
    assert float(key.removeprefix("key_ms=")) > 20
