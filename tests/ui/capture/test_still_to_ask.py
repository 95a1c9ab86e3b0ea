"""What criteria lack comes up while notes are taken: by need, with what to ask for; what was withheld is told."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt

from app.actions import assess, links
from app.analysis.still_to_ask import ItemState
from app.model.assessment import Ballot, BallotMember, FrozenRubric
from app.rubric import library
from app.scoring.scale import Verdict

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def at(criterion, case="sorting", assessor="ada"):
    return assess.Place("mlops-maturity", criterion, case, "r1", assessor)


@pytest.fixture
def interview():
    """The interview i2, on Part sorting in the round that is assessed."""
    return "i2"


def cards(page):
    return [card for card in page.capture.asking.view.cards.cards if not card.heading]


def card(page, criterion):
    question = page.desk.assessment.rubric.criterion(criterion).question
    return next((each for each in cards(page) if each.text == question), None)


def again(page):
    """Show what is still to ask as the study stands, without waiting for a pause in typing."""
    page.capture.show_source(page.source)


def test_what_would_decide_a_level_first_stands_first_with_what_it_lacks(page, capturing):
    rubric = page.desk.assessment.rubric
    questions = [rubric.criterion(key).question for key in ("repeatable-pipeline", "automated-training")]
    shown = [each for each in cards(capturing) if each.head.startswith("○")]
    assert [each.text for each in shown[:2]] == questions
    assert shown[0].feet == ("unknown for Part sorting",)
    assert card(capturing, "automated-model-testing").feet == ("unanswered for Part sorting",)
    assert card(capturing, "versioned-code").feet == ("no evidence for Part sorting",)
    assert card(capturing, "wrong-output-reports") is None, "there the assessors have to agree"


def test_an_answer_takes_its_question_off_the_list(page, capturing):
    desk = page.desk
    left = len(cards(capturing))
    desk.do(assess.answer, at("repeatable-pipeline"), Verdict.NOT_APPLICABLE, "no pipeline")
    again(page)
    assert card(page, "repeatable-pipeline") is None
    assert len(cards(page)) == left - 1


def test_what_was_withheld_is_told_last_and_cannot_be_put(qtbot, page, capturing):
    desk = page.desk
    desk.do(assess.answer, at("regular-checks"), Verdict.WITHHELD)
    again(page)
    told = cards(page)[-1]
    assert told.text == desk.assessment.rubric.criterion("regular-checks").question
    assert told.head == "\u2013 · withheld · Monitoring & feedback"
    assert told.feet == ("withheld for Part sorting on 25 Nov 2026",)
    before = desk.document
    view = page.capture.asking.view
    view.set_current(told.key)
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    for key in (KEY.Key_Return, KEY.Key_Delete):
        qtbot.keyClick(view, key)
    assert desk.document is before, "neither put nor taken back"
    numbers = [item.state for item in page.capture._items]
    assert numbers[-1] is ItemState.WITHHELD


def test_a_level_on_one_source_alone_asks_for_a_second_one_and_to_be_shown(page, capturing):
    desk, rubric = page.desk, page.desk.assessment.rubric
    traceability = next(each for each in rubric.principles if each.id == "traceability")
    passage = next(each.key for each in desk.document.passages if each.source == "i1")
    for criterion in traceability.criteria:
        desk.do(assess.answer, at(criterion.id), Verdict.FULLY)
        desk.do(links.link, assess.owner(at(criterion.id)), passage)
    again(page)
    weak = card(page, "production-lineage")
    assert weak.feet == ("said by one source alone for Part sorting: ask for a second, or to be shown",)
    assert card(page, "versioned-data") is None, "a level below the top has enough"


def test_all_rubrics_are_asked_for_the_main_one_first(page, capturing):
    points = FrozenRubric(key="ml-test-score", version="1.0", text=library.text("ml-test-score"))
    page.desk.do(lambda unit: unit.add(points) and "Take")
    again(page)
    rubrics = [item.rubric for item in page.capture._items if item.rubric]
    assert rubrics == sorted(rubrics, key=["mlops-maturity", "ml-test-score"].index)
    assert rubrics.count("ml-test-score") == 28


def test_answers_that_are_hidden_take_nothing_off_the_list(page, capturing):
    desk = page.desk
    desk.study.work_as("ben")
    desk.do(assess.answer, at("regular-checks", assessor="ben"), Verdict.WITHHELD)
    desk.study.work_as("ada")
    again(page)
    assert card(page, "regular-checks").feet[0].startswith("withheld")
    secret = Ballot(
        rubric="mlops-maturity", case="sorting", round="r1",
        members=(BallotMember(assessor="ada"), BallotMember(assessor="ben")), begun_at=datetime(2024, 6, 1, tzinfo=UTC),
    )  # fmt: skip
    desk.do(lambda unit: unit.add(secret) and "Begin")
    again(page)
    assert card(page, "regular-checks").feet == ("unanswered for Part sorting",)
