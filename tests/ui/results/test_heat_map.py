"""The heat map alone: its model, its words, its keys."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.actions.create import freeze
from app.analysis.assessment import assess
from app.model.assessment import Override
from app.scoring.scale import Verdict
from ui.results.delegate import beside
from ui.results.model import CELL, OVERALL, HeatMapModel
from ui.theme import Choice, theme

TRAINING, MONITORING, TRACEABILITY = "training-deployment", "monitoring-feedback", "traceability"


@pytest.fixture
def assessment(small):
    return assess(msgspec.structs.replace(small, rubrics=tuple(freeze(each) for each in small.rubrics)))


@pytest.fixture
def heat_map(show, assessment):
    from ui.results.heat_map import HeatMap

    made = show(HeatMap(), 760, 300)
    made.show_assessment(assessment)
    made.setFocus()
    return made


def answered(small, criterion, verdict):
    """The small study with the paint inspection's answer to a criterion changed."""
    answers = tuple(
        msgspec.structs.replace(answer, verdict=verdict)
        if (answer.case, answer.criterion) == ("paint", criterion)
        else answer
        for answer in small.answers
    )
    return assess(msgspec.structs.replace(small, answers=answers))


def test_cells_are_words_for_eyes_and_ears(assessment):
    model = HeatMapModel()
    model.show_assessment(assessment)
    assert (model.rowCount(), model.columnCount()) == (2, 4)
    index = model.index_of(("sorting", TRAINING))
    assert index.data() == "Low, at most High, 0 % known"
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Part sorting, Training & deployment: Low, at most High, 0 % known"
    overall = model.index_of(("paint", OVERALL))
    assert "held back by Training & deployment and Monitoring & feedback" in overall.data()
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(4)]
    assert heads == ["Training & deployment", "Monitoring & feedback", "Traceability", "Overall"]
    assert model.headerData(0, Qt.Orientation.Vertical) == "Paint inspection"


def test_what_holds_a_case_back_is_said_on_the_principle(assessment):
    model = HeatMapModel()
    model.show_assessment(assessment)
    cells = {place: model.index_of(("paint", place)).data(CELL) for place in (MONITORING, TRACEABILITY, OVERALL)}
    assert "limits the case" in beside(cells[MONITORING])
    assert beside(cells[TRACEABILITY]) == []
    assert beside(cells[OVERALL]) == []
    alike = model.index_of(("sorting", MONITORING)).data(CELL)
    assert beside(alike) == []  # all three do alike: said once, of the whole


def test_what_the_team_set_stands_first_and_there_is_room_for_two_lines(small):
    here = {"rubric": "mlops-maturity", "case": "paint", "round": "r1", "assessor": "ada", "reason": "Seen."}
    lapsed = Override(**here, principle=TRACEABILITY, level="low", basis="-")
    in_force = Override(**here, principle=MONITORING, level="high")
    rubrics = tuple(freeze(each) for each in small.rubrics)
    judged = assess(msgspec.structs.replace(small, rubrics=rubrics, overrides=(in_force, lapsed)))
    model = HeatMapModel()
    model.show_assessment(judged)
    cells = {place: model.index_of(("paint", place)).data(CELL) for place in (MONITORING, TRACEABILITY, OVERALL)}
    assert beside(cells[MONITORING])[0] == "team: High"
    assert len(beside(cells[MONITORING])) == 2
    assert beside(cells[TRACEABILITY])[0] == "team: Low, lapsed"
    assert beside(cells[OVERALL])[0].startswith("team: ")


def test_only_changed_cells_are_told(small, assessment, qtbot):
    model = HeatMapModel()
    model.show_assessment(assessment)
    told = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), first.column(), last.column())))
    model.modelReset.connect(lambda: told.append("reset"))
    model.show_assessment(assessment)
    assert told == []
    model.show_assessment(answered(small, "drift-detection", Verdict.WITHHELD))
    assert told == [(0, 1, 1), (0, 3, 3)]


def test_arrows_walk_the_cells(heat_map, qtbot):
    assert heat_map.place == ("paint", TRAINING)
    with qtbot.waitSignal(heat_map.moved):
        qtbot.keyClick(heat_map, Qt.Key.Key_Right)
    qtbot.keyClick(heat_map, Qt.Key.Key_Down)
    assert heat_map.place == ("sorting", MONITORING)
    qtbot.keyClick(heat_map, Qt.Key.Key_End)
    assert heat_map.place == ("sorting", OVERALL)


def test_the_place_is_kept_when_cases_change(heat_map, small):
    heat_map.select(("paint", TRACEABILITY))
    heat_map.show_assessment(assess(msgspec.structs.replace(small, cases=small.cases[::-1])))
    assert heat_map.place == ("paint", TRACEABILITY)
    heat_map.show_assessment(assess(msgspec.structs.replace(small, cases=small.cases[1:])))
    assert heat_map.place == ("sorting", TRAINING)


def test_it_is_as_high_as_its_rows_and_shares_its_width(heat_map):
    assert heat_map.height() == heat_map.sizeHint().height()
    assert not heat_map.verticalScrollBar().isVisible()
    assert heat_map.horizontalScrollBar().maximum() == 0
    widths = {heat_map.columnWidth(column) for column in range(3)}
    assert len(widths) == 1


def test_levels_differ_without_colour(heat_map):
    """In shades of grey, each level is still told by shape and word: no two cells of unlike levels look alike."""

    def grey(place):
        rect = heat_map.visualRect(heat_map.levels.index_of(place))
        corner = rect.adjusted(14, 4, -rect.width() + 36, -rect.height() + 30)
        image = heat_map.viewport().grab(corner).toImage()
        return image.convertToFormat(QImage.Format.Format_Mono)

    assert grey(("paint", TRACEABILITY)) != grey(("sorting", MONITORING))


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK])
@pytest.mark.parametrize("state", [QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_MouseOver])
def test_cells_are_painted_in_every_state(heat_map, choice, state):
    theme().choose(choice)
    images = []
    for flags in (QStyle.StateFlag.State_None, state, state | QStyle.StateFlag.State_HasFocus):
        image = QImage(160, 84, QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        option = QStyleOptionViewItem()
        option.rect = image.rect()
        option.state = flags
        heat_map.itemDelegate().paint(painter, option, heat_map.levels.index_of(("sorting", TRAINING)))
        painter.end()
        images.append(image)
    assert images[0] != images[1]
