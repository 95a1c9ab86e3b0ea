"""The heat map alone: its model, its words, its keys."""

from dataclasses import replace

import msgspec
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QLabel, QStyle, QStyleOptionViewItem

from app.actions.create import freeze
from app.analysis.assessment import assess
from app.analysis.overview import TeamLevel
from app.analysis.standing import OVERALL
from app.model.assessment import Override
from app.scoring.scale import Verdict
from ui.results.delegate import beside, height_of, paint_team
from ui.results.model import CELL, HeatMapModel
from ui.theme import Choice, theme
from ui.widgets.level import LevelBadge

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


def test_what_the_team_set_has_a_frame_and_room_of_its_own(small):
    here = {"rubric": "mlops-maturity", "case": "paint", "round": "r1", "assessor": "ada", "reason": "Seen."}
    lapsed = Override(**here, principle=TRACEABILITY, level="low", basis="-")
    in_force = Override(**here, principle=MONITORING, level="high")
    rubrics = tuple(freeze(each) for each in small.rubrics)
    judged = assess(msgspec.structs.replace(small, rubrics=rubrics, overrides=(in_force, lapsed)))
    model = HeatMapModel()
    model.show_assessment(judged)
    cells = {place: model.index_of(("paint", place)).data(CELL) for place in (MONITORING, TRACEABILITY, OVERALL)}
    assert cells[MONITORING].standing.team.brief == "team: High"
    assert cells[TRACEABILITY].standing.team.brief == "team: Low, lapsed"
    assert cells[OVERALL].standing.team.brief.startswith("team: ")
    drawn = []
    for lapsed_ in (False, True):
        image = QImage(160, 40, QImage.Format.Format_Mono)
        image.fill(1)
        painter = QPainter(image)
        paint_team(painter, QRectF(2, 10, 150, 18), TeamLevel(2, "High", "", lapsed=lapsed_), 3)
        painter.end()
        drawn.append(image)
    assert drawn[0] != drawn[1]  # also in black and white
    for cell in cells.values():
        bare = replace(cell, standing=msgspec.structs.replace(cell.standing, team=None), limits=True, figure="3 of 7")
        full = replace(bare, standing=msgspec.structs.replace(cell.standing, ceiling=2, ceiling_name="High"))
        assert height_of(full, 120) > height_of(bare, 120)


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


# Everything a level can have beside it


def test_a_level_says_which_way_it_went_in_words_and_with_an_arrow(heat_map, assessment):
    from app.analysis.compare import Direction, Trend

    places = [("paint", TRAINING), ("paint", MONITORING), ("paint", TRACEABILITY)]
    plain = heat_map.grab().toImage()
    trends = dict(zip(places, (Trend(Direction.UP, "was Low in Round 1"), Trend(Direction.DOWN, "was High in Round 1"),
                               Trend(Direction.SAME, "was High in Round 1, too")), strict=True))  # fmt: skip
    heat_map.show_assessment(assessment, trends)
    spoken = [heat_map.levels.index_of(place).data(Qt.ItemDataRole.AccessibleTextRole) for place in places]
    assert spoken[0].endswith("rose: was Low in Round 1")
    assert spoken[1].endswith("fell: was High in Round 1")
    assert spoken[2].endswith("stayed: was High in Round 1, too")
    assert heat_map.grab().toImage() != plain


def test_a_level_the_team_set_is_framed_and_said(small, show):
    from app.model.assessment import Override
    from ui.results.heat_map import HeatMap
    from ui.results.legend import Legend

    place = {"rubric": "mlops-maturity", "case": "paint", "round": "r1", "assessor": "ada", "reason": "Seen"}
    override = Override(principle=TRACEABILITY, level="low", **place)
    lapsed = Override(principle=TRAINING, level="high", basis="drift-detection:fully", **place)
    shown = assess(msgspec.structs.replace(small, overrides=(override, lapsed)))
    heat_map, legend = show(HeatMap(), 760, 300), show(Legend(), 760, 40)
    heat_map.show_assessment(assess(msgspec.structs.replace(small, overrides=())))
    heat_map.explain_in(legend, shown)
    before, plain = heat_map.grab().toImage(), legend.accessibleName()
    heat_map.show_assessment(shown)
    heat_map.explain_in(legend, shown)
    assert heat_map.grab().toImage() != before
    spoken = heat_map.levels.index_of(("paint", TRACEABILITY)).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "set to Low by the team" in spoken
    assert "set by the team" not in plain
    assert "Frame: set by the team" in legend.accessibleName()


def odd(small, rubric, cases=12, verdict=None):
    """A study of cases with long names against another rubric, every criterion answered alike."""
    from app.actions.create import freeze
    from app.model.assessment import Answer, FrozenRubric
    from app.model.setting import Case
    from app.rubric.library import load
    from app.scoring.offered import answers_to

    made = tuple(
        Case(key=f"c{n}", name=f"Visual inspection of painted door panels, line {n}, shift B (old)")
        for n in range(cases)
    )
    answers = tuple(
        Answer(rubric=rubric, criterion=each.id, case=case.key, round="r1", assessor="ada",
               verdict=verdict or answers_to(load(rubric), each.id).steps[place % 2].verdict)
        for case in made
        for place, each in enumerate(load(rubric).criteria)
    )  # fmt: skip
    bare = msgspec.structs.replace(
        small, cases=made, rubrics=(freeze(FrozenRubric(key=rubric, version="1.0")),), answers=answers, consensus=(),
        overrides=(), findings=(), challenges=(), sources=(), passages=(), codings=(), influences=(),
    )  # fmt: skip
    return assess(bare)


def test_points_stand_under_a_level(small, show):
    from ui.results.heat_map import HeatMap

    heat_map = show(HeatMap(), 700, 300)
    heat_map.show_assessment(odd(small, "ml-test-score", cases=1))
    cell = heat_map.cell(("c0", "features-data"))
    assert cell.figure.endswith("of 7 points")
    assert beside(cell)[0] == cell.figure.removesuffix(" points")
    assert cell.figure in heat_map.levels.index_of(cell.place).data(Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize("rubric", ["mlops-principles", "ml-test-score", "microsoft-mlops-maturity"])
def test_nothing_is_clipped_without_a_tooltip_and_cases_stay_in_sight(small, show, rubric):
    from ui.results.delegate import height_of
    from ui.results.heat_map import HeatMap

    heat_map = show(HeatMap(), 640, 400)
    heat_map.show_assessment(odd(small, rubric))
    model = heat_map.levels
    for row in range(model.rowCount()):
        for column, cell in enumerate(model.row(row)):
            assert heat_map.rowHeight(row) >= height_of(cell, heat_map.columnWidth(column))
            assert cell.standing.name in model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
    name = model.headerData(3, Qt.Orientation.Vertical)
    assert len(name) >= 60
    assert name in model.headerData(3, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole)
    full = model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert full == f"<qt>{odd(small, rubric, 1).rubric.principles[0].name}</qt>".replace("&", "&amp;")
    heat_map.horizontalScrollBar().setValue(heat_map.horizontalScrollBar().maximum())
    assert heat_map.verticalHeader().isVisible()
    assert heat_map.verticalHeader().x() == 0
    assert heat_map.verticalScrollBar().maximum() == 0


def test_a_rubric_without_an_overall_level_has_no_such_column(small, show):
    from ui.results.heat_map import HeatMap

    shown = odd(small, "mlops-principles", 2)
    none = msgspec.structs.replace(shown, rubric=msgspec.structs.replace(shown.rubric, overall="none"))
    heat_map = show(HeatMap(), 900, 300)
    heat_map.show_assessment(none)
    assert heat_map.levels.columnCount() == 9
    assert not heat_map.levels.has_overall
    heat_map.select(("c1", OVERALL))
    assert heat_map.place == ("c1", shown.rubric.principles[0].id)


def test_a_card_of_a_rubric_without_an_overall_level_says_what_is_lowest(small, show):
    from app.scoring.score import overall
    from ui.results.radars import RadarCard

    shown = odd(small, "mlops-principles", 1)
    rubric = msgspec.structs.replace(shown.rubric, overall="none")
    score = shown.cases[0].score
    score = msgspec.structs.replace(score, overall=overall(rubric, score.principles))
    card = show(RadarCard(), 320, 340)
    card.show_case(rubric, msgspec.structs.replace(shown.cases[0], rubric=rubric, score=score))
    words = [label.text() for label in card.findChildren(QLabel) if label.isVisible()]
    assert not [each for each in words if "Not rated" in each or "No principle" in each]
    assert [each for each in words if each.startswith(("Lowest: ", "All is on the top"))]
    assert not card.findChild(LevelBadge).isVisible()


def test_up_to_ten_levels_have_shapes_and_colours_of_their_own():
    from ui.widgets.level import level_shape

    drawn = set()
    for rank in range(10):
        image = QImage(30, 30, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFF)
        painter = QPainter(image)
        level_shape(painter, image.rect().toRectF(), rank, 10, theme().colour("text"))
        painter.end()
        drawn.add(bytes(image.constBits()))
    assert len(drawn) == 10
    assert len({theme().palette.level_fill(rank, 10) for rank in range(10)}) == 10
