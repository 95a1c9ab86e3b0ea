"""What a study of 1,000 interviews and 10,000 codings costs in the window; printed, and never failed on."""

import gc
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from app.actions import codebook
from app.actions.open_study import OpenStudy
from app.analysis.coding import CodingIndex
from app.model.evidence import Code
from tests.bench.big import PASSPHRASE
from tests.bench.test_codes_page import milliseconds, told
from tests.bench.test_core import seconds
from tests.bench.test_notebook import application, open_page  # noqa: F401 - a fixture
from tests.bench.whole import TWINS, WIDE, whole_study

TIMES = 5


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return whole_study(tmp_path_factory.mktemp("whole") / "whole.fieldquill")


def memory():
    """Megabytes this process has in memory; 0 where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def test_codes_merged_split_and_deleted(path):
    one, other = TWINS
    with OpenStudy.open(path, PASSPHRASE) as study:
        passages = CodingIndex(study.document).passages(WIDE, below=False)
        split = lambda: study.do(codebook.split_code, WIDE, Code(key="new", name="New"), passages)  # noqa: E731
        print(f"\n{len(study.document.codings):,} codings, {len(passages):,} with one code (at most 1 s each)")
        for what, work in (
            ("merging two codes", lambda: study.do(codebook.merge_codes, one, [other])),
            ("splitting a code", split),
            ("deleting a code", lambda: study.do(codebook.delete_code, WIDE)),
        ):
            done, undone, again, gone = (seconds(each, 1) for each in (work, study.undo, study.redo, study.undo))
            print(f"  {what:24} {done:5.2f} s, taken back {max(undone, gone):5.2f} s, done again {again:5.2f} s")


def test_in_the_window(application, path):  # noqa: F811 - the fixture
    opened = []
    took = seconds(lambda: opened.append(open_page(application, path)), 1)
    window = opened[0]
    print(f"\nopened on its first page: {took:.2f} s, {memory():.0f} MB")
    workspace = window.workspace
    workspace.top.person_chosen.emit(workspace.desk.document.assessors[0].key)
    workspace.open_panel()
    for page, most in {"overview": 0, "codes": 300, "assess": 0, "results": 0, "factors": 0, "interviews": 0}.items():
        _told_page(application, workspace, page, most)
    _told_coding(application, workspace)
    _told_panel(application, workspace)
    print(f"  a full look for reference cycles {seconds(gc.collect, 3) * 1000:.0f} ms, {memory():.0f} MB at the end")
    window.close()


def _told_page(application, workspace, name, most):  # noqa: F811 - the fixture's value
    times = []
    for _ in range(TIMES):
        workspace.show_page("overview" if name == "factors" else "factors")
        application.processEvents()
        times.append(milliseconds(lambda: (workspace.show_page(name), application.processEvents())))
        QTest.qWait(50)
    told(f"the page {name}, first {times[0]:.0f} ms", times[1:], most)
    QTest.qWait(800)  # what stands is put aside


def _told_coding(application, workspace):  # noqa: F811 - the fixture's value
    workspace.show_page("interviews", "b500")
    editor, keeper = workspace.page.notebook.editor, workspace.page.notebook.keeper
    coding, undoing, typing, saving = [], [], [], []
    for line in range(2, 22):
        cursor = QTextCursor(editor.document().findBlockByNumber(line))
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, n=30)
        editor.setTextCursor(cursor)
        editor.setFocus()
        application.processEvents()
        coding.append(milliseconds(lambda: (QTest.keyClick(editor, Qt.Key.Key_F7), application.processEvents())))
        if line % 4 == 0:
            undoing.append(milliseconds(lambda: (workspace._take_back(), application.processEvents())))
        typing.append(milliseconds(lambda: (QTest.keyClicks(editor, "x"), application.processEvents())))
        saving.append(milliseconds(keeper.flush))
    told("a code put on, from the key to the paint", coding[1:], 50)
    told("a code put on taken back", undoing, 50)
    told("a key typed", typing, 8)
    told("what was typed saved", saving, 15)


def _told_panel(application, workspace):  # noqa: F811 - the fixture's value
    workspace.show_page("assess")
    page, times = workspace.page, []
    page.view.setFocus()
    for _ in range(8):
        QTest.keyClick(page.view, Qt.Key.Key_Down)
        page._follow.stop()
        begun = time.perf_counter()
        page._side.show_all()
        application.processEvents()
        times.append((time.perf_counter() - begun) * 1000)
    told("the evidence of another criterion", times, 50)
