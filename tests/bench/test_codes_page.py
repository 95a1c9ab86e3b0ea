"""What opening the page Codes costs on 10,000 codings, and a code's passages; printed, and never failed on."""

import os
import statistics
import time
from pathlib import Path
from types import SimpleNamespace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.bench.coded import coded_document

TIMES = 5


def milliseconds(do):
    begun = time.perf_counter()
    do()
    return (time.perf_counter() - begun) * 1000


def told(name, times, most):
    wanted = f"; wanted {most}" if most else ""
    print(f"  {name:48} {statistics.median(times):6.1f} ms (at most {max(times):.1f}){wanted}")


def opened(desk, qtbot, host):
    """Open the page as the window does: made, filled, and on screen."""
    from ui.codes.page import CodesPage

    page = CodesPage(desk, host)
    page.resize(1000, 760)
    page.refresh()
    page.show()
    page.grab()
    return page


def test_opening_the_page_and_the_passages_of_a_code(qtbot):
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtWidgets import QApplication, QWidget

    from ui.application import dress
    from ui.desk import Desk

    dress(QApplication.instance())
    document = coded_document()
    study = SimpleNamespace(document=document, seen=document, who="", read_only=True, path=Path("bench.fieldquill"))
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1000, 760)
    host.show()
    desk = Desk(study)
    pages = []
    print(f"\n{len(document.sources):,} sources, {len(document.codings):,} codings, {len(document.codes)} codes")
    told("the page, opened", [milliseconds(lambda: pages.append(opened(desk, qtbot, host))) for _ in range(TIMES)], 300)
    page = pages[-1]
    for code in ("proc-training", "tools", "challenges"):
        choose = lambda key: page.tree.view.setCurrentIndex(page.tree.model.index_of(key))  # noqa: E731
        times = []
        for _ in range(TIMES):
            choose("context")
            page.grab()
            times.append(milliseconds(lambda code=code, choose=choose: (choose(code), page.grab())))
        told(f"the passages of {code} ({len(page.middle.passages.list.rows.keys):,})", times, 50)
    for part in ("case", "principle", "together", "memos"):
        told(
            f"the part {part}, first shown",
            [milliseconds(lambda part=part: (page.middle.show_part(part), page.grab()))],
            0,
        )
    for each in pages:
        each.deleteLater()
    QCoreApplication.sendPostedEvents()
