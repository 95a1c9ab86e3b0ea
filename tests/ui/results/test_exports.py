"""Out of the program: pictures on the clipboard and in files, tables in a workbook; and nothing anywhere else."""

import io
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLabel, QListView, QWidget

from app.actions import assess
from app.actions.open_study import OpenStudy
from ui.results import exports, pictures
from ui.results.page import ResultsPage
from ui.results.pictures import Caption
from ui.theme import LIGHT, Choice, theme


@pytest.fixture
def page(desk, show):
    made = ResultsPage(desk)
    made.refresh()
    show(made, 1000, 800)
    yield made
    made.exports.lane.stop()
    made.close()


@pytest.fixture
def told(desk):
    said = []
    desk.told.connect(said.append)
    return said


@pytest.fixture
def chosen(monkeypatch):
    """Have a path chosen wherever one is asked for; gives what was asked with."""
    asked = []

    def choose(path):
        monkeypatch.setattr(exports, "ask_file_to_save", lambda *words: asked.append(words) or path)
        return asked

    return choose


def files(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def ground(image):
    """The colours of a picture's corners."""
    right, bottom = image.width() - 1, image.height() - 1
    return {image.pixelColor(x, y).name() for x in (0, right) for y in (0, bottom)}


def test_a_picture_of_the_levels_is_on_the_clipboard(page, qtbot, told):
    page.setFocus()
    qtbot.keyClick(page.heat_map, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert told == ["The picture is on the clipboard."]
    image = QGuiApplication.clipboard().image()
    assert image.width() >= 2 * 1000
    assert ground(image) == {LIGHT.surface}


@pytest.mark.parametrize("part", ["levels", "criteria"])
def test_a_picture_is_light_and_the_same_whatever_the_theme(page, part, qtbot):
    page.parts.show_part(part)
    drawn = []
    for choice in (Choice.LIGHT, Choice.DARK):
        theme().choose(choice)
        qtbot.waitUntil(lambda: part == "criteria" or page.radars.is_drawn)
        QApplication.processEvents()  # a part that was just shown is laid out first
        before = page.grab().toImage()
        drawn.append(page.exports._drawn(pictures.image))
        assert page.grab().toImage() == before  # nothing is left of it on screen
        assert theme().dark is (choice is Choice.DARK)
    assert ground(drawn[1]) == {LIGHT.surface}
    assert drawn[0] == drawn[1]


def test_what_is_on_screen_can_be_drawn_light_and_stays_as_it_was(show):
    theme().choose(Choice.DARK)
    outer = show(QLabel(), 300, 100)
    inner = QLabel("Words", outer)
    inner.setGeometry(0, 0, 200, 40)
    inner.show()
    before = outer.grab().toImage()
    drawn = pictures.image(inner, Caption("A title", "Words of it"))
    assert ground(drawn) == {LIGHT.surface}
    assert outer.grab().toImage() == before


@pytest.mark.parametrize("inner", [False, True])
def test_what_scrolls_is_drawn_whole_and_put_back(show, inner):
    model = QStringListModel([f"Line {number}" for number in range(60)])
    outer = show(QWidget(), 300, 200)
    view = QListView(outer)
    view.setModel(model)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setGeometry(0, 0, 200, 150)
    view.show()
    QApplication.processEvents()
    view.verticalScrollBar().setValue(77)
    before = outer.grab().toImage()
    text = pictures.svg(view.viewport() if inner else view, Caption("A title", "Words")).decode()
    assert "Line 0<" in text
    assert "Line 59<" in text
    assert view.verticalScrollBar().value() == 77
    assert outer.grab().toImage() == before


def test_a_part_that_names_no_picture_gives_its_own_name(page, desk):
    page.parts.show_part("challenges")
    with pictures.light():
        assert page.exports._caption(page._picture()).title == "Challenges"


def test_a_picture_has_title_round_and_rubric(page, desk):
    with pictures.light():
        widget = page._picture()
        caption = page.exports._caption(widget)
        text = pictures.svg(widget, caption).decode()
    widget.deleteLater()
    assert caption == Caption(
        "Levels by case and principle", "Round 1 · MLOps maturity of a machine-learning project 1.0"
    )
    for words in (*caption.words.split(" · "), "Paint inspection", "Moderate", "could still rise, by what is open"):
        assert words in text, words


@pytest.mark.parametrize("ending", [".png", ".svg"])
def test_a_picture_is_saved_and_nothing_else_is_written(page, qtbot, told, chosen, tmp_path, home, ending):
    path = tmp_path / f"levels{ending}"
    asked = chosen(path)
    before = files(tmp_path) | files(home)
    page.exports.save.click()
    qtbot.waitUntil(lambda: bool(told))
    assert told == [f"Saved levels{ending}. It is not encrypted."]
    assert "not encrypted" in asked[0][1]
    assert asked[0][2:4] == ("study-levels.png", (".png", ".svg"))
    after = files(tmp_path) | files(home)
    assert set(after) - set(before) == {path}
    study = {name for name in before if ".fieldquill" in name.name}
    assert {name: after[name] for name in before if name not in study} == {
        name: content for name, content in before.items() if name not in study
    }
    if ending == ".png":
        assert not QImage(str(path)).isNull()
    else:
        assert path.read_text(encoding="utf-8").startswith("<?xml")


def test_the_levels_are_written_as_a_workbook(page, qtbot, told, chosen, tmp_path, desk):
    path = tmp_path / "levels.xlsx"
    chosen(path)
    page.exports.workbook.click()
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["Saved levels.xlsx: 8 rows in 1 table. It is not encrypted."]
    head, *rows = load_workbook(io.BytesIO(path.read_bytes())).active.iter_rows(values_only=True)
    assert head[:3] == ("Case", "Principle", "Level")
    case = desk.assessment.case("paint")
    assert [row[2] for row in rows[:3]] == [
        desk.assessment.rubric.level(judged.score.level).name for judged in case.principles
    ]
    assert rows[3][:2] == ("Paint inspection", "Overall")
    assert rows[3][7] == case.overall_reason


def test_the_criteria_are_written_as_two_sheets(page, qtbot, told, chosen, tmp_path):
    page.show_thing("criteria:drift-detection")
    path = tmp_path / "criteria.xlsx"
    chosen(path)
    page.exports.workbook.click()
    qtbot.waitUntil(lambda: bool(told))
    assert load_workbook(path).sheetnames == ["Criteria", "Answers"]


def test_a_study_is_never_written_over(page, qtbot, chosen, desk, study_path):
    failed = []
    desk.failed.connect(failed.append)
    chosen(study_path)
    before = study_path.read_bytes()
    for button in (page.exports.save, page.exports.workbook):
        failed.clear()
        button.click()
        qtbot.waitUntil(lambda: bool(failed))
        assert failed == ["study.fieldquill was not written: a study stands there and still does; choose another name."]
    assert study_path.read_bytes() == before


def test_what_was_written_before_is_written_over(page, qtbot, told, chosen, tmp_path):
    path = tmp_path / "levels.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n old")
    chosen(path)
    page.exports.save.click()
    qtbot.waitUntil(lambda: bool(told))
    assert not QImage(str(path)).isNull()


def test_cancelled_is_nothing_written(page, told, chosen):
    chosen(None)
    page.exports.save.click()
    page.exports.workbook.click()
    assert told == []


def test_nothing_to_show_is_said(tmp_path, desk, show, told):
    for each in desk.document.answers:
        desk.study.work_as(each.assessor)  # nobody answers for another
        desk.do(assess.answer, assess.Place(each.rubric, each.criterion, each.case, each.round, each.assessor), None)
    page = show(ResultsPage(desk), 900, 700)
    page.refresh()
    for button in (page.exports.copy, page.exports.workbook):
        told.clear()
        button.click()
        assert told == [exports.NOTHING]
    page.exports.lane.stop()


def test_a_workbook_of_odd_names_opens(study_path, tmp_path):
    from app.analysis import assessment
    from app.exchange.result_tables import answers_table, levels_table
    from app.exchange.tables import write_xlsx

    with OpenStudy.open(study_path, "correct horse battery", read_only=True) as study:
        shown = assessment.assess(study.document)
    path = Path(tmp_path / "x.xlsx")
    write_xlsx(path, [replace(levels_table(shown), name="A/B"), replace(answers_table(shown), name="a:b")])
    assert zipfile.is_zipfile(path)
