"""The results page as a person uses it: walk the heat map, ask why, follow to where it is answered."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from app.actions import assess, things
from app.scoring.scale import Verdict
from ui.results.links import InlineLink, WrappedLink
from ui.results.model import OVERALL
from ui.widgets.panel import ContextPanel

TRAINING, MONITORING, TRACEABILITY = "training-deployment", "monitoring-feedback", "traceability"


def place(criterion, case="paint"):
    return assess.Place(rubric="mlops-maturity", criterion=criterion, case=case, round="r1", assessor="ada")


@pytest.fixture
def page(desk, show):
    """The page with its panel beside it, as the window has them."""
    from ui.results.page import ResultsPage

    window = QWidget()
    made = ResultsPage(desk, window)
    made.refresh()
    made.setGeometry(0, 0, 900, 800)
    panel = ContextPanel("Why", parent=window)
    panel.setGeometry(900, 0, 340, 800)
    panel.set_content(made.context_panel())
    desk.changed.connect(made.refresh)
    show(window, 1240, 800)
    made.setFocus()
    yield made
    window.close()


def links(page):
    return {link.accessibleName(): link for link in page.why._sheet.findChildren(WrappedLink)}


def said(page):
    return [label.text() for label in page.why._sheet.findChildren(QLabel)]


def test_the_keyboard_leads_from_a_level_to_its_answer(page, qtbot):
    assert page.heat_map.hasFocus()
    qtbot.keyClick(page.heat_map, Qt.Key.Key_Right)
    assert page.heat_map.place == ("paint", MONITORING)
    with qtbot.waitSignal(page.panel_asked):
        qtbot.keyClick(page.heat_map, Qt.Key.Key_Return)
    assert page.why.place == ("paint", MONITORING)
    first = page.window().focusWidget()
    assert isinstance(first, WrappedLink)
    assert first.accessibleName() == "Answer drift detection: Not achieved"
    with qtbot.waitSignal(page.go) as led:
        qtbot.keyClick(first, Qt.Key.Key_Return)
    assert led.args == ["assess", "paint/drift-detection"]
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    passage = page.window().focusWidget()
    assert passage.accessibleName() == "Open I1 line 3"
    assert passage.words == "No alarm when the input drifts"
    with qtbot.waitSignal(page.go) as led:
        qtbot.keyClick(passage, Qt.Key.Key_Return)
    assert led.args == ["interviews", "q3"]
    qtbot.keyClick(passage, Qt.Key.Key_Escape)
    assert page.heat_map.hasFocus()


def test_why_follows_the_arrows(page, qtbot):
    qtbot.keyClick(page.heat_map, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.why.place == ("sorting", TRAINING))
    assert "Low, at most High" in [badge.accessibleName() for badge in page.why._sheet.findChildren(QWidget)]
    assert page.desk.assessment.case("sorting").principle(TRAINING).reason in said(page)


def test_a_click_tells_why_and_what_is_met_is_folded(page, qtbot):
    where = page.heat_map.visualRect(page.heat_map.levels.index_of(("paint", TRAINING))).center()
    qtbot.mouseClick(page.heat_map.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert page.why.place == ("paint", TRAINING)
    assert "Training is automated, deployment is done by hand" in said(page)
    met = links(page)["Answer automated training: Fully achieved"]
    assert not met.isVisible()
    fold = next(button for button in page.why._sheet.findChildren(QWidget) if button.accessibleName() == FOLD)
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert met.isVisible()
    page.refresh()  # something else in the study changed
    assert links(page)["Answer automated training: Fully achieved"].isVisible()


FOLD = "Show 4 criteria that are met"


def test_an_answer_changed_changes_the_cell_the_radar_and_why(page, desk, qtbot):
    qtbot.waitUntil(lambda: page.radars.is_drawn)
    page.show_thing(f"paint/{TRACEABILITY}")
    before = page.heat_map.cell(("paint", TRACEABILITY)).standing
    picture = page.heat_map.grab().toImage()
    assert before.name == "High"
    desk.do(assess.answer, place("findable-artefacts"), Verdict.NOT_ACHIEVED)
    after = page.heat_map.cell(("paint", TRACEABILITY)).standing
    assert after.name == "Moderate"
    assert page.radars.cards[0].radar.values.reached[2] == 1
    assert "Answer findable artefacts: Not achieved" in links(page)
    assert page.heat_map.grab().toImage() != picture
    desk.undo()
    assert page.heat_map.cell(("paint", TRACEABILITY)).standing == before


def test_radars_show_what_the_assessment_says(page, desk, qtbot):
    qtbot.waitUntil(lambda: page.radars.is_drawn)
    rubric = desk.assessment.rubric
    assert len(page.radars.cards) == len(desk.assessment.cases)
    for card, case in zip(page.radars.cards, desk.assessment.cases, strict=True):
        values = card.radar.values
        assert values.title == case.case.name
        assert values.axes == tuple(judged.principle.short for judged in case.principles)
        assert values.reached == tuple(rubric.rank(judged.score.level) for judged in case.principles)
        assert values.at_most == tuple(rubric.rank(judged.score.at_most) for judged in case.principles)


def test_a_click_in_a_radar_tells_why(page, qtbot):
    qtbot.waitUntil(lambda: page.radars.is_drawn)
    page.radars.cards[1].radar.picked.emit(2)
    assert page.heat_map.place == ("sorting", TRACEABILITY)
    assert page.why.place == ("sorting", TRACEABILITY)


def test_the_overall_level_leads_to_its_principles(page, qtbot):
    page.show_thing("paint")
    assert page.why.place == ("paint", OVERALL)
    assert page.desk.assessment.case("paint").overall_reason in said(page)
    qtbot.mouseClick(links(page)["Why Traceability"], Qt.MouseButton.LeftButton)
    assert page.heat_map.place == ("paint", TRACEABILITY)


def test_findings_and_challenges_lead_on(page, qtbot):
    found = {link.words: link for link in page.sections.findChildren(InlineLink)}
    with qtbot.waitSignal(page.go) as led:
        qtbot.mouseClick(found["I1 line 2"], Qt.MouseButton.LeftButton)
    assert led.args == ["interviews", "q2"]
    qtbot.keyClick(found["Paint inspection"], Qt.Key.Key_Return)
    assert page.why.place == ("paint", TRAINING)
    texts = [label.text() for label in page.sections.findChildren(QLabel)]
    assert "Integration tests" in texts
    assert "No challenge has been named for this principle yet." in texts


def test_a_new_finding_appears(page, desk):
    from app.model.assessment import Finding

    words = "Versions of everything, found by everybody"
    desk.do(
        things.add,
        Finding(rubric="mlops-maturity", principle=TRACEABILITY, case="paint", round="r1", text=words),
    )
    assert words in [label.text() for label in page.sections.findChildren(QLabel)]


def test_ctrl_c_copies_the_table(page, qtbot):
    with qtbot.waitSignal(page.desk.told):
        qtbot.keyClick(page.heat_map, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == [
        "Case",
        "Training & deployment",
        "Monitoring & feedback",
        "Traceability",
        "Overall",
    ]
    assert lines[2].startswith("Part sorting\tLow, at most High")


def test_everything_that_takes_the_focus_has_a_name(page, qtbot):
    qtbot.waitUntil(lambda: page.radars.is_drawn)
    page.show_thing(f"paint/{MONITORING}")
    parts = [*page.findChildren(QWidget), *page.why.findChildren(QWidget)]
    stops = [part for part in parts if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible()]
    assert len(stops) > 5
    nameless = [part for part in stops if not _name(part)]
    assert nameless == []


def _name(widget):
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name)


def test_before_the_first_answer_it_leads_to_assess(desk, show, qtbot, monkeypatch):
    from ui.results.page import ResultsPage

    desk.study.document = msgspec.structs.replace(desk.document, answers=())
    page = show(ResultsPage(desk))
    page.refresh()
    assert page._nothing.isVisible()
    with qtbot.waitSignal(page.go) as led:
        qtbot.mouseClick(page._nothing.button, Qt.MouseButton.LeftButton)
    assert led.args == ["assess", ""]
    page.copy_table()
    page.show_thing("nobody")
    assert page.context_panel() is None


def test_without_cases_it_leads_to_the_overview(desk, show, qtbot):
    from ui.results.page import ResultsPage

    desk.study.document = msgspec.structs.replace(desk.document, cases=(), answers=())
    page = show(ResultsPage(desk))
    page.refresh()
    with qtbot.waitSignal(page.go) as led:
        qtbot.mouseClick(page._no_cases.button, Qt.MouseButton.LeftButton)
    assert led.args == ["overview", ""]


def test_pyqtgraph_is_imported_with_the_first_radar_only():
    """In a process of its own: importing the page imports neither numpy nor pyqtgraph."""
    import subprocess
    import sys

    code = "import sys, ui.results.page; print(sorted({'numpy', 'pyqtgraph'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_ampersand_makes_no_shortcut_and_no_markup_is_read(page, desk, qtbot):
    from app.model.setting import Case

    desk.do(things.add, Case(key="rnd", name="R&D <b>line</b>", ml_type="<img src=x>"))
    index = page.heat_map.levels.index_of(("rnd", TRAINING))
    assert "&lt;b&gt;" in index.data(Qt.ItemDataRole.ToolTipRole)
    page.show_thing("rnd")
    assert "R&D <b>line</b>" in said(page)
    texts = [link.text() for kind in (WrappedLink, InlineLink) for link in page.window().findChildren(kind)]
    assert set(texts) == {""}
