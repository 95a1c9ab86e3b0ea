"""The strip above the criteria: who answers independently is asked, told, and ended there."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt

from app.actions import assess, ballots
from app.actions.things import add
from app.model.setting import Assessor
from app.scoring.scale import Verdict
from tests.ui.test_accessibility import nameless
from ui.assess.rows import Filter

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
HERE = ("mlops-maturity", "paint", "r1")


def as_(page, who):
    page._work_as(who)


@pytest.fixture
def strip(desk, page):
    desk.do(add, Assessor(key="carl", name="Carl"))
    return page.ballots.strip


@pytest.fixture
def begun(desk, page, strip):
    desk.do(ballots.begin, HERE[0], [HERE[1]], HERE[2], ["ada", "ben", "carl"])
    return strip


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def ask(qtbot, page):
    qtbot.keyClick(page.view, Qt.Key.Key_A, CTRL | SHIFT)


def test_it_is_asked_who(qtbot, desk, page, strip):
    assert strip.isHidden()
    ask(qtbot, page)
    assert strip.isVisible()
    assert strip.words.text().startswith("Who answers for ")
    assert strip.picked == ("ada", "ben", "carl")
    for part in (strip.all_cases, *reversed(strip.people)):
        qtbot.keyClick(strip.focusWidget(), Qt.Key.Key_Backtab, SHIFT)
        assert part.hasFocus()
    for person in strip.people[1:]:
        click(qtbot, person)
    assert not strip.begin_button.isEnabled()
    click(qtbot, strip.people[1])
    click(qtbot, strip.begin_button)
    (ballot,) = desk.document.ballots
    assert [each.assessor for each in ballot.members] == ["ada", "ben"]
    assert page.view.hasFocus()
    assert page.ballots.button.isHidden()
    assert strip.done_button.isVisible()  # Ada can be done at once


def test_long_names_are_cut_short_nowhere(qtbot, desk, page, strip):
    desk.do(add, Assessor(key="fritzi", name="Friederike von Hohenlohe-Langenburg"))
    as_(page, "fritzi")
    ask(qtbot, page)
    last = strip.people[-1]
    qtbot.waitUntil(lambda: last.width() >= last.sizeHint().width())
    assert last.mapTo(strip, last.rect().bottomRight()).x() <= strip.width()
    assert strip.words.height() < 2 * strip.words.fontMetrics().lineSpacing()
    buttons = [page.filters.button(str(only)) for only in Filter]
    qtbot.waitUntil(lambda: all(button.width() >= button.sizeHint().width() for button in buttons))


def test_for_all_cases(qtbot, desk, page, strip):
    click(qtbot, page.ballots.button)
    click(qtbot, strip.all_cases)
    click(qtbot, strip.begin_button)
    assert {each.case for each in desk.document.ballots} == {"paint", "sorting"}


def test_it_can_be_left(qtbot, desk, page, strip):
    ask(qtbot, page)
    qtbot.keyClick(strip.people[0], Qt.Key.Key_Escape)
    assert strip.isHidden()
    assert page.view.hasFocus()
    ask(qtbot, page)
    page.tabs.step(1)
    assert strip.isHidden()
    ask(qtbot, page)
    click(qtbot, strip.cancel_button)
    assert desk.document.ballots == ()
    qtbot.keyClick(strip, Qt.Key.Key_Escape)  # there is nothing left to leave


def test_alone_there_is_nothing_to_ask(qtbot, desk, page):
    document = desk.study.document
    desk.study.document = replace(document, assessors=document.assessors[:1], answers=document.answers[:3])
    page.refresh()
    assert page.ballots.button.isHidden()
    page.ballots.ask()
    assert page.ballots.strip.isHidden()


def test_done_going_on_and_revealing_by_one_key(qtbot, desk, page, begun):
    assert begun.words.text() == "Independent answers: Ben not yet, Carl not yet, you not yet"
    press = lambda: qtbot.keyClick(page.view, Qt.Key.Key_Return, CTRL | SHIFT)  # noqa: E731
    press()
    assert begun.words.text() == "Independent answers: Ben not yet, Carl not yet, you done"
    assert begun.go_on_button.isVisible()
    press()
    assert begun.words.text().endswith("you not yet")
    press()
    for who in ("ben", "carl"):
        as_(page, who)
        click(qtbot, begun.done_button)
    assert begun.reveal_button.isVisible()
    assert not begun.open_button.isVisible()
    press()
    assert begun.isHidden()
    assert desk.document.ballots[0].revealed_at
    press()  # nothing is left to do


def test_somebody_is_not_waited_for(qtbot, desk, page, begun):
    assert begun.out_button.isHidden()
    as_(page, "ben")
    desk.do(ballots.done, *HERE)
    as_(page, "ada")
    desk.do(ballots.done, *HERE)
    assert begun.out_button.text() == "No longer wait for Carl"
    click(qtbot, begun.out_button)
    assert [each.assessor for each in desk.document.ballots[0].members] == ["ada", "ben"]
    assert begun.reveal_button.isVisible()


def test_openly_after_all(qtbot, desk, page, strip):
    page.tabs.step(1)  # on the other case nobody but Ada has answered in this round
    desk.do(ballots.begin, HERE[0], [page.case], HERE[2], ["ada", "carl"])
    refused = []
    desk.failed.connect(refused.append)
    click(qtbot, strip.open_button)
    (sentence,) = refused
    assert sentence.startswith("Somebody else has answered already, and calling it off would show how: ")
    page.tabs.step(-1)
    desk.do(ballots.begin, HERE[0], [page.case], HERE[2], ["ada", "carl"])
    click(qtbot, strip.open_button)
    assert [each.case for each in desk.document.ballots] == ["sorting"]
    assert strip.isHidden()


def test_who_takes_no_part_can_only_look(desk, page, begun):
    desk.do(ballots.take_out, *HERE, "carl")
    as_(page, "carl")
    assert begun.isVisible()
    assert not any(b.isVisible() for b in (begun.done_button, begun.go_on_button, begun.reveal_button))


def test_nobody_answers_for_somebody_else(desk, page, begun):
    refused = []
    desk.failed.connect(refused.append)
    desk.do(assess.answer, assess.Place(*HERE[:1], "drift-detection", "paint", "r1", "ben"), Verdict.FULLY)
    assert refused == ["That answer is another assessor's: each writes only their own."]


def test_its_keys_do_nothing_unseen(qtbot, desk, page, begun):
    """On another part of the page nobody says by a slip of the hand that they are done."""
    page.parts.show_part("differences")
    part = page.parts.part
    part.setFocus()
    qtbot.keyClick(part, Qt.Key.Key_Return, CTRL | SHIFT)
    qtbot.keyClick(part, Qt.Key.Key_F)
    assert all(each.done_at is None for each in desk.document.ballots[0].members)
    assert page.filters.value() == "all"


def test_beginning_brings_the_case_to_the_front(qtbot, page, strip):
    page.parts.show_part("differences")
    qtbot.keyClick(page.parts.part, Qt.Key.Key_A, CTRL | SHIFT)
    assert page.parts.part is None
    assert strip.asks


def test_it_is_led_to_by_name(page, strip):
    page.show_thing("independently")
    assert strip.asks
    assert nameless(strip) == []


def test_reading_only_there_is_nothing_to_do(study_path, desk, begun, show_page):
    from app.actions.open_study import OpenStudy
    from tests.ui.conftest import PASSPHRASE
    from ui.desk import Desk

    desk.study.close()
    with OpenStudy.open(study_path, PASSPHRASE, read_only=True) as study:
        page = show_page(Desk(study))
        strip = page.ballots.strip
        assert strip.isVisible()
        assert not any(b.isVisible() for b in (strip.done_button, strip.reveal_button, strip.open_button))
