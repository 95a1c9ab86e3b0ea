"""Two assessors judge AutoCorp's ML-P2 apart, by keys: they answer unseen, reveal, agree with dissent, and print it."""

import pypdfium2
import pytest
from PySide6.QtCore import Qt

from app.exchange.demo import DEMO_PASSPHRASE, create_demo
from app.scoring.scale import Verdict

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
WHY = "Die Kanarienlogdatei shows it"
REASON = "Both saw the log"
DISSENT = "It covers one plant only"
CASE = "ml-p2"


@pytest.fixture
def window(qtbot, show, tmp_path, quick_keys):
    from ui.application import open_window

    create_demo(tmp_path / "autocorp.fieldquill")
    window = open_window(tmp_path / "autocorp.fieldquill", DEMO_PASSPHRASE)
    yield show(window)
    window.close()


def as_(window, who):
    window.workspace.top.person_chosen.emit(who)
    page = window.workspace.page
    page.view.setFocus()
    return page


def press(qtbot, widget, *keys):
    for key in keys:
        qtbot.keyClick(widget, key)


def answers(document, who):
    return {each.criterion: each for each in document.answers if (each.assessor, each.case) == (who, CASE)}


def printed(content):
    pdf = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_bounded() for page in pdf]
    return " ".join(" ".join(pages).split())


def begin(qtbot, page):
    """Assessor A begins, with B alone beside her, looks at her answers again, and is done."""
    qtbot.keyClick(page.view, Qt.Key.Key_A, CTRL | SHIFT)
    strip = page.ballots.strip
    assert strip.begin_button.hasFocus()
    qtbot.mouseClick(strip.people[2], Qt.MouseButton.LeftButton)
    assert strip.picked == ("a1", "a2")
    press(qtbot, strip.begin_button, Qt.Key.Key_Return)
    assert strip.words.text() == "Independent answers: Assessor B not yet, you not yet"
    press(qtbot, page.view, Qt.Key.Key_1, Qt.Key.Key_J, Qt.Key.Key_2, Qt.Key.Key_J, Qt.Key.Key_1)
    qtbot.keyClick(page.view, Qt.Key.Key_Return, CTRL | SHIFT)
    assert strip.words.text() == "Independent answers: Assessor B not yet, you done"


def answer_otherwise(qtbot, page, criteria):
    """Assessor B sees none of it, answers otherwise, and reveals."""
    assert all(row.own is None and row.counts is None for row in map(page.view.row, criteria))
    page.view.set_current(criteria[0])
    press(qtbot, page.view, Qt.Key.Key_4, Qt.Key.Key_Return)
    qtbot.keyClicks(page.view.editor, WHY)
    press(qtbot, page.view.editor, Qt.Key.Key_Return)
    press(qtbot, page.view, Qt.Key.Key_J, Qt.Key.Key_3, Qt.Key.Key_J, Qt.Key.Key_1)
    mine = answers(page.desk.document, "a2")
    assert [mine[key].verdict for key in criteria] == [Verdict.NOT_ACHIEVED, Verdict.PARTIALLY, Verdict.FULLY]
    qtbot.keyClick(page.view, Qt.Key.Key_Return, CTRL | SHIFT)
    assert page.ballots.strip.reveal_button.isVisible()
    qtbot.keyClick(page.view, Qt.Key.Key_Return, CTRL | SHIFT)
    assert page.ballots.strip.isHidden()
    assert page.view.row(criteria[0]).note == "Assessors differ: counts as unknown"


def agree(qtbot, page, criteria):
    """They go through what they differ on, the worst first, and B dissents."""
    qtbot.keyClick(page.view, Qt.Key.Key_Tab, CTRL | SHIFT)
    part = page.parts.part
    part.list.setFocus()
    assert part.current.criterion.id == criteria[0]
    assert [card.key for card in part.list.cards.cards] == [f"{CASE}/{key}" for key in criteria[:2]]
    press(qtbot, part.list, Qt.Key.Key_2)
    assert part.decide.reason.hasFocus()
    qtbot.keyClicks(part.decide.reason, REASON)
    row = next(each for each in part.decide.dissents if each.assessor == "a2")
    press(qtbot, row.tick, Qt.Key.Key_Space)
    assert row.reason.hasFocus()
    qtbot.keyClicks(row.reason, DISSENT)
    press(qtbot, row.reason, Qt.Key.Key_Return)
    assert part.list.hasFocus()
    assert part.current.criterion.id == criteria[1]  # the next one follows


def test_two_assessors(qtbot, window):
    desk = window.workspace.desk
    window.workspace.show_page("assess", CASE)
    criteria = [each.id for each in desk.assessment.rubric.criteria][:3]
    begin(qtbot, as_(window, "a1"))
    answer_otherwise(qtbot, as_(window, "a2"), criteria)
    said = [answers(desk.document, who) for who in ("a1", "a2")]
    agree(qtbot, window.workspace.page, criteria)
    (agreed,) = (each for each in desk.document.consensus if each.case == CASE)
    assert (agreed.criterion, agreed.verdict, agreed.reason) == (criteria[0], Verdict.LARGELY, REASON)
    assert [(each.assessor, each.reason) for each in agreed.dissents] == [("a2", DISSENT)]
    assert [answers(desk.document, who) for who in ("a1", "a2")] == said

    window.workspace.show_page("report")
    report = window.workspace.page
    qtbot.waitUntil(lambda: report._built is not None and report._built.document is desk.seen, timeout=60_000)
    text = printed(report._built.content)
    told = "Assessor A: fully achieved and Assessor B: not achieved"
    assert f"Agreed largely achieved ({told}): {REASON}." in text
    assert f"Assessor B stands by not achieved: {DISSENT}." in text
    assert "Assessors differ (Assessor A: largely achieved and Assessor B: partially achieved)" in text
