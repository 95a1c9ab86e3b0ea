"""What the team says of a level, in place: a level set, confirmed and taken back, a finding written, its evidence."""

import pytest
from PySide6.QtCore import Qt

from app.actions import assess
from app.analysis.standing import OVERALL
from app.scoring.scale import Verdict
from ui.widgets.panel import ContextPanel

TRAINING, MONITORING, TRACEABILITY = "training-deployment", "monitoring-feedback", "traceability"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize(("key", "part"), [(Qt.Key.Key_O, "override"), (Qt.Key.Key_F, "finding")])
def test_what_is_written_comes_into_view_wherever_the_panel_was_scrolled_to(page, qtbot, key, part):
    why = page.why
    page.window().resize(1240, 420)
    why.window().findChild(ContextPanel).setGeometry(900, 0, 340, 420)
    qtbot.keyClick(page.heat_map, Qt.Key.Key_Return)
    page.heat_map.setFocus()
    bar = why.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > why.height())
    bar.setValue(bar.maximum())
    qtbot.keyClick(page.heat_map, key)
    written, seen = getattr(why.team, part), why.viewport().rect()
    corners = written.rect().topLeft, written.rect().bottomLeft
    qtbot.waitUntil(lambda: all(seen.contains(written.mapTo(why.viewport(), corner())) for corner in corners))


def override(desk, case="paint", principle=TRAINING):
    found = desk.document.overrides
    return next((each for each in found if (each.case, each.principle) == (case, principle)), None)


def finding(desk, case="paint", principle=TRAINING):
    found = desk.document.findings
    return next((each for each in found if (each.case, each.principle) == (case, principle)), None)


def focus(page):
    return page.window().focusWidget()


def set_high(page, qtbot, reason="It runs in the pilot."):
    """Set the current level to High by keys."""
    qtbot.keyClick(page.heat_map, Qt.Key.Key_O)
    qtbot.keyClick(focus(page), Qt.Key.Key_3)
    qtbot.keyClicks(focus(page), reason)
    qtbot.keyClick(focus(page), Qt.Key.Key_Return)


def test_a_level_is_set_by_keys_alone_and_shown_beside_the_derived_one(page, desk, qtbot):
    block = page.why.team.override
    assert page.heat_map.place == ("paint", TRAINING)
    qtbot.keyClick(page.heat_map, Qt.Key.Key_O)
    assert block.editing == "set"
    assert not block.choice.button("moderate").isEnabled()  # what the answers give
    assert focus(page) is block.choice.button("high")
    qtbot.keyClick(focus(page), Qt.Key.Key_2)
    assert block.choice.value() == ""
    qtbot.keyClick(focus(page), Qt.Key.Key_3)
    assert (block.choice.value(), focus(page)) == ("high", block.reason)
    qtbot.keyClicks(block.reason, "It runs in the pilot.")
    qtbot.keyClick(block.reason, Qt.Key.Key_Return)
    assert (override(desk).level, override(desk).reason, override(desk).assessor) == (
        "high", "It runs in the pilot.", "ada"
    )  # fmt: skip
    assert block.editing == ""
    assert block.take_back.isVisible()
    assert block.set_level.text() == "Change"
    cell = page.heat_map.cell(("paint", TRAINING))
    assert (cell.standing.name, cell.standing.team.brief) == ("Moderate", "team: High")
    desk.undo()
    assert override(desk) is None
    assert not block.take_back.isVisible()


def test_without_a_reason_nothing_is_set_and_the_editor_stays(page, desk, qtbot):
    qtbot.keyClick(page.heat_map, Qt.Key.Key_O)
    block = page.why.team.override
    qtbot.keyClick(focus(page), Qt.Key.Key_3)
    with qtbot.waitSignal(desk.failed) as said:
        qtbot.keyClick(block.reason, Qt.Key.Key_Return)
    assert said.args[0].startswith("Say why")
    assert (block.editing, block.choice.value()) == ("set", "high")
    qtbot.keyClick(block.reason, Qt.Key.Key_Escape)
    assert (block.editing, focus(page)) == ("", block.set_level)
    assert override(desk) is None


def test_enter_without_a_level_asks_for_one(page, desk, qtbot):
    qtbot.keyClick(page.heat_map, Qt.Key.Key_O)
    block = page.why.team.override
    block.reason.setFocus()
    qtbot.keyClicks(block.reason, "Because.")
    qtbot.keyClick(block.reason, Qt.Key.Key_Return)
    assert focus(page) is block.choice.button("high")
    assert override(desk) is None
    qtbot.keyClick(focus(page), Qt.Key.Key_Down)
    assert block.choice.value() == "high"
    qtbot.keyClick(focus(page), Qt.Key.Key_Down)
    assert block.choice.value() == "low"
    qtbot.keyClick(focus(page), Qt.Key.Key_Up)
    assert block.choice.value() == "high"
    qtbot.keyClick(focus(page), Qt.Key.Key_9)  # no such level
    assert block.choice.value() == "high"
    qtbot.keyClick(focus(page), Qt.Key.Key_Escape)
    assert block.editing == ""


def test_what_lapsed_says_so_and_is_confirmed_for_a_new_reason(page, desk, qtbot):
    set_high(page, qtbot)
    answer = next(each for each in desk.document.answers if each.case == "paint" and each.verdict is Verdict.FULLY)
    place = assess.Place("mlops-maturity", answer.criterion, "paint", "r1", answer.assessor)
    principle = desk.assessment.rubric.principle_of(answer.criterion).id
    assert principle == TRAINING
    desk.do(assess.answer, place, Verdict.LARGELY)
    block = page.why.team.override
    assert desk.assessment.case("paint").principle(TRAINING).lapsed
    assert block.confirm.isVisible()
    assert block._lapsed.text().startswith("Lapsed: ")
    assert block._lapsed.isVisible()
    assert page.heat_map.cell(("paint", TRAINING)).standing.team.brief == "team: High, lapsed"
    page.heat_map.setFocus()
    qtbot.keyClick(page.heat_map, Qt.Key.Key_K)
    assert (block.editing, focus(page), block.reason.value()) == ("confirm", block.reason, "")
    qtbot.keyClicks(block.reason, "Still in the pilot.")
    qtbot.keyClick(block.reason, Qt.Key.Key_Return)
    assert override(desk).reason == "Still in the pilot."
    assert desk.assessment.case("paint").principle(TRAINING).in_force
    assert not block.confirm.isVisible()
    block.begin("confirm")  # nothing is left to confirm
    assert block.editing == ""


def test_what_lapsed_into_what_the_answers_give_can_only_be_taken_back(page, desk, qtbot):
    qtbot.keyClick(page.heat_map, Qt.Key.Key_O)
    qtbot.keyClick(focus(page), Qt.Key.Key_1)
    qtbot.keyClicks(focus(page), "A demo.")
    qtbot.keyClick(focus(page), Qt.Key.Key_Return)
    assert override(desk).level == "low"
    for answer in desk.document.answers:
        if answer.case == "paint" and desk.assessment.rubric.principle_of(answer.criterion).id == TRAINING:
            place = assess.Place("mlops-maturity", answer.criterion, "paint", "r1", answer.assessor)
            desk.do(assess.answer, place, Verdict.NOT_ACHIEVED)
    block = page.why.team.override
    assert block._lapsed.text().endswith("The answers give Low by themselves now")
    assert (block.confirm.isVisible(), block.take_back.isVisible()) == (False, True)
    qtbot.keyClick(page.why, Qt.Key.Key_K)
    assert block.editing == ""


def test_a_level_is_changed_and_taken_back(page, desk, qtbot):
    set_high(page, qtbot)
    block = page.why.team.override
    qtbot.mouseClick(block.set_level, Qt.MouseButton.LeftButton)
    assert (block.choice.value(), block.reason.value()) == ("high", "It runs in the pilot.")
    qtbot.mouseClick(block.choice.button("low"), Qt.MouseButton.LeftButton)
    qtbot.keyClick(block.reason, Qt.Key.Key_Return)
    assert (override(desk).level, override(desk).reason) == ("low", "It runs in the pilot.")
    with qtbot.waitSignal(desk.told) as said:
        qtbot.keyClick(block.set_level, Qt.Key.Key_Delete, CTRL)
    assert said.args[0] == "Take back Low for Training & deployment of Paint inspection"
    assert override(desk) is None


def test_what_is_written_stays_while_the_study_changes_and_goes_with_its_level(page, desk, qtbot):
    qtbot.keyClick(page.heat_map, Qt.Key.Key_O)
    block = page.why.team.override
    qtbot.keyClick(focus(page), Qt.Key.Key_3)
    qtbot.keyClicks(block.reason, "Half a rea")
    page.refresh()
    assert (block.editing, block.reason.value(), focus(page)) == ("set", "Half a rea", block.reason)
    page.show_thing(f"sorting/{TRAINING}")
    assert block.editing == ""


def test_nothing_is_set_on_the_overall_level(page, desk, qtbot):
    page.show_thing("paint")
    assert page.heat_map.place == ("paint", OVERALL)
    page.heat_map.setFocus()
    qtbot.keyClick(page.heat_map, Qt.Key.Key_O)
    assert not page.why.team.isVisible()
    page.why.setFocus()
    qtbot.keyClick(page.why, Qt.Key.Key_F)
    assert page.why.team.override.editing == ""


def test_the_overall_level_says_what_follows_from_what_the_team_set(page, desk, qtbot):
    set_high(page, qtbot)
    page.show_thing("paint")
    from PySide6.QtWidgets import QLabel

    words = page.heat_map.cell(("paint", OVERALL)).standing.team.words
    assert f"{words}." in [label.text() for label in page.why._sheet.findChildren(QLabel)]


def test_radars_show_what_the_team_set(page, desk, qtbot):
    set_high(page, qtbot)
    qtbot.waitUntil(lambda: page.radars.is_drawn)
    values = page.radars.cards[0].radar.values
    assert values.team == (2, None, None)
    assert "team: High" in values.description


def test_a_finding_is_written_in_place(page, desk, qtbot):
    qtbot.keyClick(page.heat_map, Qt.Key.Key_F)
    field = page.why.team.finding
    assert focus(page) is field
    qtbot.keyClicks(field, ", and tested")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert finding(desk).text == "Training is automated, deployment is done by hand, and tested"
    assert len(finding(desk).evidence) == 1
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert focus(page) is page.heat_map


def test_a_finding_typed_is_kept_when_another_level_is_looked_at(page, desk, qtbot):
    page.show_thing(f"sorting/{TRACEABILITY}")
    page.heat_map.setFocus()
    qtbot.keyClick(page.heat_map, Qt.Key.Key_F)
    qtbot.keyClicks(focus(page), "Nobody knows")
    page.show_thing(f"paint/{TRAINING}")
    assert finding(desk, "sorting", TRACEABILITY).text == "Nobody knows"
    assert page.why.team.finding.value() == finding(desk).text


def test_an_emptied_finding_is_removed_and_said_so(page, desk, qtbot):
    field = page.why.team.finding
    qtbot.keyClick(page.heat_map, Qt.Key.Key_F)
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    with qtbot.waitSignal(desk.told) as said:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert said.args[0].endswith("and 1 link")
    assert finding(desk) is None
    desk.undo()
    assert field.value() == finding(desk).text


def test_a_finding_that_is_too_long_stays_on_screen(page, desk, qtbot):
    field = page.why.team.finding
    qtbot.keyClick(page.heat_map, Qt.Key.Key_F)
    field.setPlainText("x" * 201)
    field.document().setModified(True)
    with qtbot.waitSignal(desk.failed):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == "x" * 201
    assert field.pending
    (deed,) = page.unsaved()
    assert deed.args[1] == "x" * 201
    page.refresh()
    assert field.value() == "x" * 201
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.value() == finding(desk).text
    assert page.unsaved() == []


def test_evidence_is_linked_weighed_noted_and_unlinked_by_keys(page, desk, qtbot):
    qtbot.keyClick(page.heat_map, Qt.Key.Key_E, CTRL)
    panel = page.side.finding
    assert page.side.currentWidget() is panel
    assert panel.isVisible()
    cards = panel.cards
    assert cards.hasFocus()
    assert cards.current_key().startswith("offered:")
    passage = cards.current_key().removeprefix("offered:")
    qtbot.keyClick(cards, Qt.Key.Key_Return)
    assert [each.passage for each in finding(desk).evidence] == ["q2", passage]
    assert cards.current_key() == f"linked:{passage}"
    qtbot.keyClick(cards, Qt.Key.Key_W)
    assert finding(desk).evidence[1].weight == "shown"
    qtbot.keyClick(cards, Qt.Key.Key_W)  # documented: in what?
    qtbot.keyClicks(cards.editor, "The log")
    qtbot.keyClick(cards.editor, Qt.Key.Key_Return)
    assert (finding(desk).evidence[1].weight, finding(desk).evidence[1].reference) == ("documented", "The log")
    qtbot.keyClick(cards, Qt.Key.Key_S)
    assert finding(desk).evidence[1].stance == "contradicts"
    qtbot.keyClick(cards, Qt.Key.Key_Delete)
    assert [each.passage for each in finding(desk).evidence] == ["q2"]
    with qtbot.waitSignal(page.go) as led:
        qtbot.keyClick(cards, Qt.Key.Key_J)
    assert led.args[0] == "interviews"
    qtbot.keyClick(cards, Qt.Key.Key_Escape)
    assert page.side.currentWidget() is page.why
    assert focus(page) is page.why.team.evidence


def test_evidence_shows_the_finding_it_is_of_and_goes_with_its_level(page, desk, qtbot):
    qtbot.keyClick(page.heat_map, Qt.Key.Key_E, CTRL)
    panel = page.side.finding
    assert panel._where.text() == "Paint inspection, Continuous training, integration and deployment"
    panel.filter.setText("nothing has these words")
    assert not [card for card in panel.cards.cards.cards if card.key.startswith("offered:")]
    page.show_thing(f"sorting/{TRAINING}")
    assert page.side.currentWidget() is page.why


def test_without_a_finding_evidence_asks_for_one(page, desk, qtbot):
    page.show_thing(f"sorting/{TRACEABILITY}")
    page.heat_map.setFocus()
    qtbot.keyClick(page.heat_map, Qt.Key.Key_E, CTRL)
    assert focus(page) is page.why.team.finding


def test_in_a_study_open_for_reading_nothing_is_written(reading_desk, show_page, qtbot):
    page = show_page(reading_desk)
    page.show_thing(f"paint/{TRAINING}")
    page.heat_map.setFocus()
    for key in (Qt.Key.Key_O, Qt.Key.Key_K, Qt.Key.Key_F):
        qtbot.keyClick(page.heat_map, key)
    team = page.why.team
    assert (team.override.editing, team.override.set_level.isVisible(), team.finding.isReadOnly()) == ("", False, True)
    assert page.heat_map.hasFocus()
    qtbot.keyClick(page.heat_map, Qt.Key.Key_E, CTRL)
    assert not [card for card in page.side.finding.cards.cards.cards if card.key.startswith("offered:")]
