"""Evidence to look at, from the Overview: counted, listed by kind, and one click from where it is judged."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt

import ui.desk
from app.actions import assess, links
from app.model.evidence import Stance
from app.scoring.scale import Verdict

ENTER = Qt.Key.Key_Return


def at(criterion, case="paint"):
    return assess.Place("mlops-maturity", criterion, case, "r1", "ada")


@pytest.fixture
def desk(window):
    return window.workspace.desk


@pytest.fixture
def facet(page):
    return page.facet("evidence")


def cards(facet):
    return {card.text: card.key for card in facet.cards.cards.cards if not card.heading}


def todo(page):
    model = page.next.model()
    return [model.index(row).data() for row in range(model.rowCount())]


def test_figures_say_how_far_judgements_are_covered(page, facet):
    assert "4 of 26 answers with evidence" in page.strip.accessibleName()
    assert facet.strip.accessibleName() == (
        "4 of 4 passages carry a judgement; 1 of 2 interviews with notes coded; 5 of 5 links, said; "
        "0 of 5 links, shown; 0 of 5 links, documented"
    )


def test_coverage_is_worked_out_once_for_the_figures_above_and_those_of_the_part(page, facet, desk, monkeypatch):
    worked_out = []
    count = ui.desk.coverage
    monkeypatch.setattr(ui.desk, "coverage", lambda *given: worked_out.append(1) or count(*given))
    desk.do(assess.answer, at("direct-access"), Verdict.NOT_ACHIEVED)
    assert worked_out == [1]


def test_warnings_stand_by_kind_with_their_number(page, facet):
    heads = [card.head for card in facet.cards.cards.cards if card.heading]
    assert heads[0].startswith("No evidence ")
    assert page.bar.button("evidence").text() == f"Evidence {len(cards(facet))}"
    assert facet._stack.currentWidget() is facet._listed


def test_a_warning_leads_to_where_it_is_judged_by_click_and_by_key(qtbot, page, facet):
    key = cards(facet)["Direct access of Paint inspection (Ada): answered largely achieved, without evidence."]
    facet.cards.set_current(key)
    where = facet.cards.visualRect(facet.cards.currentIndex()).center()
    with qtbot.waitSignal(page.go) as led:
        qtbot.mouseClick(facet.cards.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert led.args == ["assess", "paint/direct-access"]
    page.show_thing("evidence")
    facet.cards.setFocus()
    with qtbot.waitSignal(page.go) as led:
        qtbot.keyClick(facet.cards, ENTER)
    assert led.args == ["assess", "paint/direct-access"]


def test_led_there_the_list_takes_the_keys(qtbot, page, facet):
    page.show_thing("evidence")
    qtbot.waitUntil(facet.cards.hasFocus)


def test_a_contradiction_is_to_be_addressed_until_a_note_says_why_it_stands(window, page, facet, desk):
    desk.do(links.link, assess.owner(at("drift-detection")), "q4", stance=Stance.CONTRADICTS)
    assert (
        "Drift detection of Paint inspection (Ada): contradicted by I2 line 3, and no note says why it stands."
        in cards(facet)
    )
    desk.do(links.change_link, assess.owner(at("drift-detection")), "q4", lambda each: replace(each, note="other case"))
    assert not any("contradicted" in text for text in cards(facet))


def everything_answered(desk):
    """Answer all criteria, so that only the evidence is left to do."""
    for case in desk.document.cases:
        for criterion in desk.assessment.rubric.criteria:
            desk.study.work_as("ben")
            desk.do(assess.answer, replace(at(criterion.id, case.key), assessor="ben"), None)
            desk.study.work_as("ada")
            desk.do(assess.answer, at(criterion.id, case.key), Verdict.NOT_APPLICABLE, "no need")


def test_what_is_to_be_checked_and_addressed_is_among_the_next_steps(qtbot, window, page, desk):
    everything_answered(desk)
    desk.do(links.link, assess.owner(at("drift-detection")), "q4", stance=Stance.CONTRADICTS)
    assert todo(page)[-1] == "Address 1 contradiction"
    page.next.setCurrentIndex(page.next.model().index(len(todo(page)) - 1))
    page.next.setFocus()
    with qtbot.waitSignal(page.go) as led:
        qtbot.keyClick(page.next, ENTER)
    assert led.args == ["assess", "paint/drift-detection/q4"]


def test_without_warnings_it_says_so_and_leads_on(qtbot, window, page, facet, desk):
    everything_answered(desk)
    assert facet._stack.currentWidget() is facet.nothing
    assert page.bar.button("evidence").text() == "Evidence"
    with qtbot.waitSignal(page.go) as led:
        qtbot.mouseClick(facet.nothing.button, Qt.MouseButton.LeftButton)
    assert led.args == ["assess", ""]
