"""The part Criteria: walk the bars, ask which cases have an answer, follow to the answer and its passages."""

import msgspec
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QLabel, QStyle, QStyleOptionViewItem

from app.actions import assess
from app.scoring.scale import Verdict
from ui.results.criteria import RUBRIC, WEAKEST, CriteriaPart
from ui.results.links import WrappedLink
from ui.results.pictures import Caption, image
from ui.results.spread_delegate import pieces
from ui.results.spread_model import ALL, SPREAD, Spot
from ui.theme import Choice, theme

MONITORING = "monitoring-feedback"


@pytest.fixture
def part(desk, show_beside):
    return show_beside(CriteriaPart, desk, CriteriaPart.panel, 860, 700)


def place(criterion, case="paint", by="ada"):
    return assess.Place(rubric="mlops-maturity", criterion=criterion, case=case, round="r1", assessor=by)


def links(part):
    return {link.accessibleName(): link for link in part.side.widget().findChildren(WrappedLink)}


def said(part):
    return [label.text() for label in part.side.widget().findChildren(QLabel)]


def spoken(part, spot):
    return part.table.counts.index_of(spot).data(Qt.ItemDataRole.AccessibleTextRole)


def test_every_criterion_has_a_row_and_every_answer_a_column(part, desk):
    counts = part.table.counts
    assert counts.rowCount() == len(desk.assessment.rubric.criteria)
    heads = [counts.headerData(column, Qt.Orientation.Horizontal) for column in range(counts.columnCount())]
    assert heads[:5] == ["All cases", "Fully", "Largely", "Partially", "Not"]
    whole = spoken(part, Spot("drift-detection"))
    assert whole == "Drift detection: Not achieved 1, Unanswered 1"
    one = spoken(part, Spot("drift-detection", "not"))
    assert one == "Drift detection, Not achieved: 1 case: Paint inspection"
    assert spoken(part, Spot("drift-detection", "fully")) == "Drift detection, Fully achieved: 0 cases"


def test_the_weakest_come_first_or_the_rubrics_order_is_kept(part, desk, qtbot):
    rubric = [criterion.id for criterion in desk.assessment.rubric.criteria]

    def shown():
        return [each.criterion.id for each in part.table.counts.spreads]

    assert shown() != rubric
    missing = [each.missing for each in part.table.counts.spreads]
    assert missing == sorted(missing, reverse=True)
    qtbot.mouseClick(part.order.button(RUBRIC), Qt.MouseButton.LeftButton)
    assert shown() == rubric
    qtbot.mouseClick(part.order.button(WEAKEST), Qt.MouseButton.LeftButton)
    assert [each.missing for each in part.table.counts.spreads] == missing


def test_one_principle_is_looked_at(part, desk):
    part.principle.setCurrentIndex(2)
    part.principle.activated.emit(2)
    assert {each.principle.id for each in part.table.counts.spreads} == {MONITORING}
    desk.do(assess.answer, place("drift-detection"), Verdict.FULLY)
    assert {each.principle.id for each in part.table.counts.spreads} == {MONITORING}
    part.show_thing("findable-artefacts")
    assert part.table.spot == Spot("findable-artefacts")
    assert part.principle.value() == ""


def test_the_keyboard_leads_from_a_number_to_its_answer_and_passage(part, qtbot):
    part.show_thing("drift-detection")
    assert part.shown_thing() == "drift-detection"
    for _ in range(4):
        qtbot.keyClick(part.table, Qt.Key.Key_Right)
    assert part.table.spot == Spot("drift-detection", "not")
    with qtbot.waitSignal(part.panel_asked):
        qtbot.keyClick(part.table, Qt.Key.Key_Return)
    first = part.window().focusWidget()
    assert first.accessibleName() == "Answer for Paint inspection: Not achieved"
    with qtbot.waitSignal(part.go) as led:
        qtbot.keyClick(first, Qt.Key.Key_Return)
    assert led.args == ["assess", "paint/drift-detection"]
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    passage = part.window().focusWidget()
    assert passage.accessibleName() == "Open I1 line 3"
    with qtbot.waitSignal(part.go) as led:
        qtbot.keyClick(passage, Qt.Key.Key_Return)
    assert led.args == ["interviews", "q3"]
    qtbot.keyClick(passage, Qt.Key.Key_Escape)
    assert part.table.hasFocus()


def test_a_click_on_a_piece_of_a_bar_tells_of_that_answer(part, qtbot):
    part.show_thing("drift-detection")
    index = part.table.counts.index_of(Spot("drift-detection"))
    where = QRectF(part.table.visualRect(index))
    found = part.table.counts.shown
    bar = {offered.verdict: piece for offered, piece, _ in pieces(found.answers, index.data(SPREAD), where)}
    assert list(bar) == [Verdict.NOT_ACHIEVED, None]
    with qtbot.waitSignal(part.panel_asked):
        at = bar[Verdict.NOT_ACHIEVED].center().toPoint()
        qtbot.mouseClick(part.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert part.side.spot == Spot("drift-detection", "not")
    at = bar[None].center().toPoint()
    qtbot.mouseClick(part.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert part.side.spot == Spot("drift-detection", "")
    assert list(links(part)) == ["Answer for Part sorting: Unanswered"]


def test_the_panel_tells_of_all_cases_of_a_criterion(part):
    part.show_thing("drift-detection")
    assert part.side.spot == Spot("drift-detection", ALL)
    assert [name for name in links(part) if name.startswith("Answer")] == [
        "Answer for Paint inspection: Not achieved",
        "Answer for Part sorting: Unanswered",
    ]
    assert "1 of 1 case falls short" in said(part)


def test_the_panel_follows_the_arrows_and_the_study(part, desk, qtbot):
    part.show_thing("drift-detection")
    desk.do(assess.answer, place("drift-detection"), Verdict.FULLY)
    assert part.side.spot == Spot("drift-detection")
    assert "Answer for Paint inspection: Fully achieved" in links(part)
    desk.undo()
    assert "Answer for Paint inspection: Not achieved" in links(part)
    qtbot.keyClick(part.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: part.side.spot == part.table.spot)


def test_assessors_who_differ_are_told_of(part, desk):
    desk.study.work_as("ben")
    desk.do(assess.answer, place("drift-detection", by="ben"), Verdict.FULLY)
    part.show_thing("drift-detection")
    heads = [link._head for link in links(part).values()]
    assert "Paint inspection (assessors differ)" in heads


def test_its_tables_hold_what_is_shown(part):
    spread, answers = part.tables()
    row = next(row for row in spread.rows if row[1] == "drift detection")
    assert dict(zip(spread.head, row, strict=True))["Not achieved"] == 1
    said_ = [row for row in answers.rows if row[2] == "drift detection"]
    assert [(row[0], row[4]) for row in said_] == [
        ("Paint inspection", "Not achieved"),
        ("Part sorting", "Unanswered"),
    ]


def test_its_picture_has_every_row(part):
    picture = part.picture()
    image(picture, Caption("Title", "Words"))
    assert picture.counts.rowCount() == part.table.counts.rowCount()
    assert picture.viewport().height() >= picture.counts.rowCount() * picture.rowHeight(0)
    assert picture.horizontalScrollBar().maximum() == 0
    picture.deleteLater()


def test_nothing_answered_says_what_it_is_for(desk, show, qtbot):
    for each in desk.document.answers:
        desk.study.work_as(each.assessor)  # nobody answers for another
        desk.do(assess.answer, assess.Place(each.rubric, each.criterion, each.case, each.round, each.assessor), None)
    part = show(CriteriaPart(desk), 800, 600)
    part.refresh()
    assert (part.panel(), part.picture(), part.tables()) == (None, None, [])
    with qtbot.waitSignal(part.go) as led:
        part._nothing.asked.emit()
    assert led.args == ["assess", ""]


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK])
def test_bars_and_numbers_are_painted_in_every_state(part, choice):
    theme().choose(choice)
    for spot in (Spot("drift-detection"), Spot("drift-detection", "not"), Spot("drift-detection", "fully")):
        images = []
        for state in (QStyle.StateFlag.State_None, QStyle.StateFlag.State_MouseOver, QStyle.StateFlag.State_Selected):
            image = QImage(200, 46, QImage.Format.Format_RGB32)
            image.fill(0)
            painter = QPainter(image)
            option = QStyleOptionViewItem()
            option.rect, option.state = image.rect(), state
            part.table.itemDelegate().paint(painter, option, part.table.counts.index_of(spot))
            painter.end()
            images.append(image)
        assert images[0] != images[1] != images[2]


def test_what_is_open_differs_from_what_is_answered_without_colour(part):
    index = part.table.counts.index_of(Spot("drift-detection"))
    found, spread = part.table.counts.shown, part.table.counts.index_of(Spot("drift-detection")).data(SPREAD)
    three = msgspec.structs.replace(spread, cases=tuple((spread.cases[3] or spread.cases[-1]) for _ in spread.cases))
    image = QImage(len(three.cases) * 60, 46, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    boxes = [piece.toRect() for _, piece, _ in pieces(found.answers, three, QRectF(image.rect()))]
    from ui.results.spread_delegate import paint_piece

    for offered, piece, number in pieces(found.answers, three, QRectF(image.rect())):
        paint_piece(painter, piece, offered, found.steps, str(number))
    painter.end()
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    smallest = min(box.width() for box in boxes)
    drawn = {bytes(grey.copy(box.x(), box.y(), smallest, box.height()).constBits()) for box in boxes}
    assert len(drawn) == len(found.answers)
    assert index.isValid()


def test_a_panel_that_is_opened_tells_of_what_is_current(part, qtbot):
    part.side.hide()
    part.table.select(Spot("drift-detection", "not"))
    qtbot.waitUntil(lambda: not part._follow.isActive())
    assert part.side.spot != Spot("drift-detection", "not")
    part.side.show()
    qtbot.waitUntil(lambda: part.side.spot == Spot("drift-detection", "not"))
