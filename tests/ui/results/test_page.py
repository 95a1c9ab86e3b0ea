"""The results page as a person uses it: walk the heat map, ask why, follow to where it is answered."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.actions import assess, things
from app.actions import links as links_
from app.analysis.standing import OVERALL
from app.model.assessment import Factor, Influence
from app.model.evidence import Stance, Weight
from app.scoring.scale import Verdict
from ui.results.links import InlineLink, WrappedLink

TRAINING, MONITORING, TRACEABILITY = "training-deployment", "monitoring-feedback", "traceability"


def place(criterion, case="paint"):
    return assess.Place(rubric="mlops-maturity", criterion=criterion, case=case, round="r1", assessor="ada")


def links(page):
    return {link.accessibleName(): link for link in page.why._sheet.findChildren(WrappedLink)}


def said(page):
    return [label.text() for label in page.why._sheet.findChildren(QLabel)]


@pytest.mark.parametrize("width", [1000, 740, 480])
def test_what_the_signs_of_factors_mean_is_read_whole(show, width):
    from ui.results.page import _factors_head

    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(_factors_head(window))
    column.addStretch(1)
    show(window, width, 200)
    words = window.findChildren(QLabel)[-1]
    assert words.height() >= words.heightForWidth(words.width())


def test_the_keyboard_leads_from_a_level_to_its_answer(page, qtbot):
    assert page.heat_map.hasFocus()
    qtbot.keyClick(page.heat_map, Qt.Key.Key_Right)
    assert page.heat_map.place == ("paint", MONITORING)
    with qtbot.waitSignal(page.panel_asked):
        qtbot.keyClick(page.heat_map, Qt.Key.Key_Return)
    assert page.why.place == ("paint", MONITORING)
    first = page.window().focusWidget()
    assert isinstance(first, WrappedLink)
    assert first.accessibleName().startswith("Look at: ")  # warnings stand before the answers
    while page.window().focusWidget().accessibleName() != "Answer drift detection: Not achieved":
        qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)
    first = page.window().focusWidget()
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


def test_warnings_of_a_score_stand_on_top_and_lead_to_where_they_are_settled(page, desk, qtbot):
    page.show_thing(f"paint/{MONITORING}")
    warned = [each for each in desk.warnings if (each.case, each.principle) == ("paint", MONITORING)]
    shown = [name for name in links(page) if name.startswith("Look at: ")]
    assert shown == [f"Look at: {each.sentence}" for each in warned]
    assert [links(page)[name].isVisible() for name in shown] == [True, True, *(False for _ in warned[2:])]
    with qtbot.waitSignal(page.go) as led:
        qtbot.mouseClick(links(page)[shown[0]], Qt.MouseButton.LeftButton)
    assert led.args == [warned[0].page, warned[0].key]
    more = f"{len(warned) - 2} more to look at"
    fold = next(each for each in page.why._sheet.findChildren(QWidget) if each.accessibleName() == f"Show {more}")
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert links(page)[shown[-1]].isVisible()
    page.refresh()
    assert links(page)[shown[-1]].isVisible()


def test_a_score_without_warnings_begins_with_its_reason(page, desk):
    page.show_thing(f"sorting/{MONITORING}")
    for answer in desk.document.answers:
        if answer.case == "sorting":
            desk.study.work_as(answer.assessor)  # who alone may change it
            there = assess.Place("mlops-maturity", answer.criterion, "sorting", "r1", answer.assessor)
            desk.do(assess.answer, there, Verdict.UNKNOWN)
    assert not [name for name in links(page) if name.startswith("Look at: ")]


def test_a_finding_shows_its_passages_and_a_passage_its_weight_and_what_is_the_matter(page, desk, qtbot):
    page.show_thing(f"paint/{TRAINING}")
    opened = [each for each in page.why._sheet.findChildren(WrappedLink) if each.accessibleName() == "Open I1 line 2"]
    assert [each._head for each in opened] == ["I1 line 2 · said"] * 2  # of the finding, and of an answer
    owner = assess.owner(place("automated-deployment"))
    desk.do(links_.change_link, owner, "q2", lambda each: msgspec.structs.replace(
        each, words="by a robot", stance=Stance.CONTRADICTS, note="Seen otherwise", weight=Weight.SHOWN
    ))  # fmt: skip
    answered = [each for each in page.why._sheet.findChildren(WrappedLink) if each.accessibleName() == "Open I1 line 2"]
    assert answered[1]._head == "I1 line 2 · shown · speaks against it · words have changed since"
    assert "Why it stands: Seen otherwise" in said(page)
    desk.do(links_.change_link, owner, "q2", lambda each: msgspec.structs.replace(each, stance=Stance.SUPPORTS))
    assert "Note: Seen otherwise" in said(page)


def test_challenges_and_factors_are_led_to(page, desk, qtbot):
    desk.do(things.add, Factor(key="light", name="Changing light", belongs_to="case", tendency="inhibits"))
    desk.do(things.add, Influence(factor="light", round="r1", case="paint", strength="strongly_inhibits"))
    page.show_thing(f"paint/{TRAINING}")
    with qtbot.waitSignal(page.go) as led:
        qtbot.mouseClick(links(page)["Show Integration tests"], Qt.MouseButton.LeftButton)
    assert led.args == ["results", "challenges:c1"]
    page.show_thing(f"sorting/{TRAINING}")
    assert "Show Integration tests" not in links(page)  # it showed in the other case alone
    page.show_thing("paint")
    assert links(page)["Show Changing light"].words == "Strongly inhibits"
    with qtbot.waitSignal(page.go) as led:
        qtbot.mouseClick(links(page)["Show Changing light"], Qt.MouseButton.LeftButton)
    assert led.args == ["factors", "light/paint"]


def test_others_lead_to_a_challenge_and_the_keyboard_to_what_it_rests_on(page, desk, qtbot):
    challenge = desk.document.challenges[0]
    desk.do(links_.link, challenge, "q4")
    before = page.why.place
    page.show_thing("challenges/c1")
    words = page.sections.challenge("c1")
    assert words.text() == "Integration tests"
    qtbot.waitUntil(lambda: not words.visibleRegion().isEmpty())
    qtbot.waitUntil(lambda: getattr(page.window().focusWidget(), "words", "") == "I2 line 3")
    page.show_thing("challenges/none")
    assert page.why.place == before


def test_a_long_head_takes_the_lines_it_needs(qtbot, show):
    link = WrappedLink("Words", "Open it", head="I1 line 3 · documented · " + "a very long reference " * 8)
    short = WrappedLink("Words", "Open it", head="I1 line 3")
    assert link.heightForWidth(200) > short.heightForWidth(200) + 3 * 15


def test_why_follows_the_arrows(page, qtbot):
    qtbot.keyClick(page.heat_map, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.why.place == ("sorting", TRAINING))
    assert "Low, at most High" in [badge.accessibleName() for badge in page.why._sheet.findChildren(QWidget)]
    assert page.desk.assessment.case("sorting").principle(TRAINING).reason in said(page)


def test_a_click_tells_why_and_what_is_met_is_folded(page, qtbot):
    where = page.heat_map.visualRect(page.heat_map.levels.index_of(("paint", TRAINING))).center()
    qtbot.mouseClick(page.heat_map.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert page.why.place == ("paint", TRAINING)
    assert page.why.team.finding.value() == "Training is automated, deployment is done by hand"
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


def test_levels_follow_when_they_are_seen_again(page, desk, qtbot):
    page.parts.show_part("criteria")
    before = page.heat_map.cell(("paint", TRACEABILITY)).standing
    desk.do(assess.answer, place("findable-artefacts"), Verdict.NOT_ACHIEVED)
    assert page.heat_map.cell(("paint", TRACEABILITY)).standing == before
    page.parts.show_part("levels")
    assert page.heat_map.cell(("paint", TRACEABILITY)).standing.name == "Moderate"
