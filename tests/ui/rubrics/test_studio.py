"""The rubric studio as somebody who reads, writes and changes rubrics uses it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from app.actions.drafts import change_draft
from app.actions.rubrics import add_rubric
from app.actions.things import add, remove
from app.model.assessment import RubricDraft
from app.rubric import library
from app.rubric.draft import read_draft, with_value
from app.rubric.load import decode_rubric
from ui.rubrics import facet as module
from ui.rubrics.facet import RubricsFacet
from ui.widgets.things import ROW_ROLE

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
ENTER, SPACE, DELETE, INSERT = (Qt.Key[f"Key_{name}"] for name in ("Return", "Space", "Delete", "Insert"))
UP, DOWN, LEFT = (Qt.Key[f"Key_{name}"] for name in ("Up", "Down", "Left"))
OURS = library.text("mlops-maturity")
FIRST = "$.principles[0].criteria[0]"


@pytest.fixture
def studio(desk, show):
    made = RubricsFacet(desk)
    made.refresh()
    desk.changed.connect(lambda _changes: made.refresh())
    return show(made, 1100, 640)


@pytest.fixture
def told(desk):
    words = []
    desk.told.connect(words.append)
    return words


@pytest.fixture
def editing(studio, qtbot):
    """The studio with a copy of the study's rubric being edited."""
    click(qtbot, studio.buttons["copy"])
    return studio.editor


def click(qtbot, button):
    assert button.isVisible(), button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def rows(view):
    model = view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def choose(studio, place):
    studio._choose(place)
    assert studio.entry.place == place


def shown(studio):
    return [name for name, button in studio.buttons.items() if button.isVisible()]


def draft(desk):
    return desk.document.drafts[0]


def plain(desk):
    return read_draft(draft(desk).text, "x")


# Reading


def test_the_studys_rubric_and_all_shipped_ones_are_listed(studio):
    titles = [library.load(key).title for key in library.shipped()]
    assert rows(studio.view) == [library.load("mlops-maturity").title, *titles]
    assert studio.title.text() == f"{library.load('mlops-maturity').title} 1.0"
    assert shown(studio) == ["copy", "save"]
    assert studio.view.model().index(0, 0).data(ROW_ROLE).detail == "1.0 · this study"


def test_a_rubric_is_read_as_a_sheet_or_as_its_file(studio, qtbot):
    studio.begin()
    qtbot.keyClick(studio.view, DOWN)
    rubric = library.load(library.shipped()[0])
    assert studio.title.text() == f"{rubric.title} {rubric.version}"
    sheet = studio.sheet.toPlainText()
    for text in (rubric.summary, rubric.criteria[0].statement, rubric.sources[0].title, rubric.licence_note):
        assert " ".join(text.split()) in sheet
    qtbot.mouseClick(studio.look.button("yaml"), Qt.MouseButton.LeftButton)
    assert studio.yaml.isVisible()
    assert studio.yaml.toPlainText() == library.text(rubric.id)
    qtbot.keyClick(studio.view, ENTER)
    assert studio.yaml.hasFocus()


def test_points_and_where_levels_begin_are_told(studio):
    choose(studio, "shipped:ml-test-score")
    sheet = studio.sheet.toPlainText()
    assert "Answers: Automated and run repeatedly (1); " in sheet
    assert "above 0" in sheet


def test_the_sheet_follows_the_theme(studio):
    from ui.theme import Choice, theme

    before = studio.sheet.toPlainText()
    theme().choose(Choice.DARK)
    assert studio.sheet.toPlainText() == before


# Using


def test_a_shipped_rubric_is_used_put_first_and_removed(studio, desk, qtbot, told):
    choose(studio, "shipped:ml-test-score")
    click(qtbot, studio.buttons["use"])
    assert [each.key for each in desk.document.rubrics] == ["mlops-maturity", "ml-test-score"]
    assert studio.entry.place == "study:ml-test-score"
    assert shown(studio) == ["first", "copy", "save", "remove"]
    studio.begin()
    qtbot.keyClick(studio.view, UP, ALT)
    assert desk.document.rubrics[0].key == "ml-test-score"
    choose(studio, "study:mlops-maturity")
    studio.begin()
    qtbot.keyClick(studio.view, DELETE)
    assert [each.key for each in desk.document.rubrics] == ["ml-test-score"]
    assert told[-1].startswith("Remove MLOps maturity of a machine-learning project 1.0 and ")
    desk.undo()
    assert len(desk.document.rubrics) == 2


def test_who_only_reads_sees_no_way_to_change(reading_desk, show):
    studio = RubricsFacet(reading_desk)
    studio.refresh()
    show(studio, 1100, 640)
    assert shown(studio) == ["save"]
    assert not studio.open.isVisible()
    assert not studio.new.isVisible()
    studio._do("copy")
    studio._new()
    assert reading_desk.document.drafts == ()


# Checking a file


def test_a_file_is_checked_and_the_line_named(studio, desk, qtbot, tmp_path, monkeypatch):
    path = tmp_path / "own.yaml"
    path.write_text(OURS.replace("rule: staged", "rule: stages"), encoding="utf-8")
    monkeypatch.setattr(module, "ask_file_to_open", lambda *_: path)
    click(qtbot, studio.open)
    assert studio.entry.place == "file:own.yaml"
    assert 'own.yaml, line 10: expected one of "staged"' in studio.state.text() or "rule" in studio.state.text()
    assert shown(studio) == ["copy", "save"]
    assert studio.yaml.isVisible()
    changed = OURS.replace("id: mlops-maturity", "id: own").replace("are defined in code", "are not defined in code")
    path.write_text(changed, encoding="utf-8")
    studio.check_file(path)
    assert studio.state.text().startswith("It is sound.\nLine ")
    assert "it says what is bad" in studio.state.text()
    assert "use" in shown(studio)
    path.write_bytes(b"\xff\xfe")
    studio.check_file(path)
    assert "UTF-8" in studio.state.text()
    monkeypatch.setattr(module, "ask_file_to_open", lambda *_: None)
    studio._ask_file()
    failed = []
    desk.failed.connect(failed.append)
    studio.check_file(tmp_path / "none.yaml")
    assert failed == ["none.yaml can't be read: No such file or directory."]


def test_a_mapping_is_taken_from_a_file_and_removed(studio, desk, qtbot, told, tmp_path):
    desk.do(add_rubric, library.text("google-mlops-levels"))
    path = tmp_path / "ours.yaml"
    text = (library.RUBRICS / "mappings" / "mlops-maturity-to-google-mlops-levels.yaml").read_text("utf-8")
    path.write_text(text.replace("id: mlops-maturity-to-google-mlops-levels", "id: ours"), encoding="utf-8")
    studio.check_file(path)
    assert "answers in mlops-maturity 1.0 propose answers in google-mlops-levels 1.0" in studio.state.text()
    assert studio.yaml.isVisible()
    assert shown(studio) == ["use", "save"]
    click(qtbot, studio.buttons["use"])
    assert [each.key for each in desk.document.mappings] == ["ours"]
    assert studio.entry.place == "mapping:ours"
    assert shown(studio) == ["save", "remove"]
    studio.view.setFocus()
    qtbot.keyClick(studio.view, DELETE)
    assert desk.document.mappings == ()


def test_a_mapping_to_a_rubric_that_is_not_there_is_refused(studio, desk, qtbot, tmp_path):
    failed = []
    desk.failed.connect(failed.append)
    studio.check_file(library.RUBRICS / "mappings" / "mlops-maturity-to-google-mlops-levels.yaml")
    click(qtbot, studio.buttons["use"])
    assert "take that one into it first" in failed[0]
    assert studio.entry.place == "file:mlops-maturity-to-google-mlops-levels.yaml"


# Drafts


def test_a_copy_is_edited_field_by_field_and_taken_back(editing, desk, qtbot):
    assert editing.isVisible()
    assert draft(desk).based_on == "mlops-maturity 1.0"
    assert editing.form.editor("version").value() == "1.1"
    title = editing.form.editor("title")
    assert title.hasFocus()
    title.selectAll()
    qtbot.keyClicks(title, "Our own model")
    qtbot.keyClick(title, ENTER)
    assert draft(desk).title == "Our own model"
    assert editing.title.text() == "Our own model"
    desk.undo()
    assert title.value() == "MLOps maturity of a machine-learning project"
    qtbot.keyClick(editing, LEFT, ALT)
    assert not editing.isVisible()


def test_a_rubric_is_begun_from_nothing_by_key_and_by_mouse(studio, desk, qtbot):
    studio.begin()
    qtbot.keyClick(studio.view, Qt.Key.Key_Insert, Qt.KeyboardModifier.ShiftModifier)
    title = studio.editor.form.editor("title")
    assert (studio.editor.isVisible(), title.hasFocus(), title.value()) == (True, True, "")
    qtbot.keyClicks(title, "Our own model")
    qtbot.keyClick(title, ENTER)
    assert draft(desk).title == "Our own model"
    assert "wrong" in studio.editor.state.text()
    qtbot.keyClick(studio.editor, LEFT, ALT)
    click(qtbot, studio.new)
    assert [each.title for each in desk.document.drafts] == ["Our own model", "Untitled rubric"]


def test_tab_goes_on_from_the_last_field_to_what_adds_parts(editing, qtbot):
    editing._go("$.principles[0].criteria[1]")
    last = editing.form.editors()[-1]
    qtbot.waitUntil(last.isVisible)
    assert last is editing.form.editor("id")
    last.setFocus()
    qtbot.keyClick(last, Qt.Key.Key_Tab)
    assert editing.adders["levels"].hasFocus()
    qtbot.keyClick(editing.adders["levels"], Qt.Key.Key_Backtab)
    assert last.hasFocus()


def test_what_is_wrong_stands_beside_the_field_while_typing_and_is_kept(editing, desk, qtbot):
    version = editing.form.editor("version")
    version.setFocus()
    version.selectAll()
    qtbot.keyClicks(version, "newer")
    qtbot.waitUntil(lambda: "numbers joined by dots" in editing.form.note("version"))
    assert draft(desk).title == "MLOps maturity of a machine-learning project"
    assert "1 thing is wrong: mend it to see the scores." in editing.preview.summary.text()
    assert not editing.use.isEnabled()
    editing.leave()
    assert plain(desk)["version"] == "newer"
    assert rows(editing.parts.view)[0] == "The rubric itself"
    assert editing.parts.view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("1 wrong")


def test_lint_stands_beside_the_field(editing, qtbot):
    editing.parts.set_current(FIRST)
    statement = editing.form.editor("statement")
    statement.setFocus()
    statement.selectAll()
    qtbot.keyClicks(statement, "Nobody tests anything.")
    qtbot.keyClick(statement, ENTER, CTRL)
    assert editing.form.note("statement").startswith("It says what is bad")
    assert editing.state.text().startswith("Sound, ")
    assert editing.rubric is not None


def test_parts_are_added_moved_and_removed_by_key(editing, desk, qtbot):
    view = editing.parts.view
    editing.parts.set_current(FIRST)
    view.setFocus()
    qtbot.keyClick(view, INSERT)
    assert editing.parts.current == "$.principles[0].criteria[1]"
    assert plain(desk)["principles"][0]["criteria"][1]["id"] == "criterion-1"
    assert editing.form.note("statement") == "Expected text as statement, found nothing."
    view.setFocus()
    qtbot.keyClick(view, UP, ALT)
    assert editing.parts.current == FIRST
    qtbot.keyClick(view, UP, ALT)
    assert editing.parts.current == FIRST
    qtbot.keyClick(view, DOWN, ALT)
    assert editing.parts.current == "$.principles[0].criteria[1]"
    qtbot.keyClick(view, DELETE)
    assert read_draft(OURS, "x")["principles"] == plain(desk)["principles"]
    editing.parts.set_current("$")
    qtbot.keyClick(view, DELETE)
    qtbot.keyClick(view, DOWN, ALT)
    assert editing.rubric is not None


@pytest.mark.parametrize(
    ("kind", "at"),
    [("levels", "$.levels[3]"), ("answers", "$.answers[0]"), ("sources", None), ("principles", "$.principles[3]")],
)
def test_each_kind_of_part_is_added_at_the_end(editing, desk, qtbot, kind, at):
    before = len(plain(desk)[kind])
    click(qtbot, editing.adders[kind])
    assert len(plain(desk)[kind]) == before + 1
    assert editing.parts.current == (at or f"$.{kind}[{before}]")
    assert editing.form.isAncestorOf(QApplication.focusWidget())


def test_a_criterion_is_added_to_the_principle_or_to_the_last(editing, desk, qtbot):
    click(qtbot, editing.adders["criteria"])
    last = len(plain(desk)["principles"][2]["criteria"]) - 1
    assert editing.parts.current == f"$.principles[2].criteria[{last}]"
    editing.parts.set_current("$.principles[0]")
    click(qtbot, editing.adders["criteria"])
    assert editing.parts.current.startswith("$.principles[0].criteria[")
    for _ in range(3):
        editing._remove("$.principles[0]")
    editing.parts.set_current("$")
    click(qtbot, editing.adders["criteria"])
    assert plain(desk)["principles"] == []
    assert "at least one principle" in editing.form.top.text()


def test_levels_described_and_where_they_begin_follow_the_rule(editing, desk):
    editing.parts.set_current("$.principles[0]")
    described = editing.form.editor("levels/low")
    assert described.value() == read_draft(OURS, "x")["principles"][0]["levels"]["low"]
    desk.do(change_draft, draft(desk).key, with_value(plain(desk), "$.rule", "points"))
    editing.parts.set_current("$.levels[1]")
    assert editing.form.editor("above").value() == ""
    assert 'one of "above" and "at_least"' in editing.form.top.text()
    editing.parts.set_current(FIRST)
    assert "level" not in editing.form._editors


def test_the_preview_shows_what_changes(editing, desk, small):
    before = {judged.case.key: judged.principles[0].level for judged in desk.assessment.cases}
    assert "no level changes" in editing.preview.summary.text()
    changed = plain(desk)
    for place in range(len(changed["principles"][0]["criteria"])):
        changed = with_value(changed, f"$.principles[0].criteria[{place}].level", "high")
    changed = with_value(changed, "$.principles[0].levels.moderate", None)
    desk.do(change_draft, draft(desk).key, changed)
    assert editing.rubric is not None
    after = {row.split(",")[0] for row in rows(editing.preview.view) if "Training" in row}
    low = {case.name for case in small.cases if before[case.key] == "low"}
    assert after == low  # a level that asks for no more is given with the one below it
    assert "levels change" in editing.preview.summary.text() or "level changes" in editing.preview.summary.text()
    index = editing.preview.view.model().index(0, 0)
    assert "Low" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "▲ Moderate" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_draft_is_saved_as_the_yaml_it_is(studio, editing, desk, qtbot, tmp_path, monkeypatch, told):
    path = tmp_path / "own.yaml"
    monkeypatch.setattr(module, "ask_file_to_save", lambda *_: path)
    click(qtbot, editing.save)
    assert decode_rubric(path.read_text(encoding="utf-8"), "own.yaml").version == "1.1"
    assert told[-1] == "Saved own.yaml. It is not encrypted."
    failed = []
    desk.failed.connect(failed.append)
    monkeypatch.setattr(module, "ask_file_to_save", lambda *_: tmp_path / "none" / "own.yaml")
    click(qtbot, editing.save)
    assert failed[-1].startswith("own.yaml can't be written")
    monkeypatch.setattr(module, "ask_file_to_save", lambda *_: None)
    click(qtbot, editing.save)
    assert studio.isVisible()


def test_a_draft_that_goes_leads_back_to_the_list(studio, editing, desk):
    desk.undo()
    assert desk.document.drafts == ()
    assert studio.view.isVisible()
    assert not editing.isVisible()


def test_a_draft_is_opened_by_enter_and_removed_by_del(studio, editing, desk, qtbot):
    editing.back.click()
    choose(studio, f"draft:{draft(desk).key}")
    assert shown(studio) == ["edit", "use", "move", "save", "remove"]
    qtbot.keyClick(studio.view, ENTER)
    assert editing.isVisible()
    editing.back.click()
    qtbot.keyClick(studio.view, DELETE)
    assert desk.document.drafts == ()


def test_a_draft_that_no_form_can_show_says_why(studio, desk):
    desk.do(add, RubricDraft(key="odd", title="Odd", text="licens: x\n"))
    studio.show_thing("odd")
    assert "line 1: expected one of" in studio.editor.state.text()
    assert not studio.editor.form.isEnabled()
    studio.editor._look()
    studio.editor._add("levels")
    assert desk.document.drafts[0].text == "licens: x\n"


# Moving a round


@pytest.fixture
def moving(studio, editing, desk, qtbot):
    """The sheet for moving the round shown to a draft: one statement reworded, one criterion gone."""
    answered = desk.document.answers[0].criterion
    place = next(
        f"$.principles[{p}].criteria[{c}]"
        for p, principle in enumerate(plain(desk)["principles"])
        for c, criterion in enumerate(principle["criteria"])
        if criterion["id"] == answered
    )
    desk.do(change_draft, draft(desk).key, with_value(plain(desk), f"{place}.statement", "It is worded otherwise."))
    click(qtbot, editing.use)
    return studio.move_sheet


def texts(sheet):
    return [sheet.criteria.item(row).text() for row in range(sheet.criteria.count())]


def test_a_round_moves_with_what_was_ticked(moving, desk, qtbot, told, studio):
    answered = desk.document.answers[0].criterion
    assert moving.move_it.text().startswith("Move Round ")
    assert texts(moving)[0] == "Reworded: tick it where the answers still hold (1)"
    assert texts(moving)[1].splitlines()[2] == "Now: It is worded otherwise."
    assert moving.kept == frozenset()
    before = moving.summary.text()
    qtbot.keyClick(moving.criteria, SPACE)
    assert moving.kept == {answered}
    assert moving.summary.text() != before
    answers = desk.document.answers
    qtbot.keyClick(moving, ENTER, CTRL)
    assert [each.version for each in desk.document.rubrics] == ["1.1", "1.0"]
    assert set(answers) <= set(desk.document.answers)
    assert any(each.rubric == "mlops-maturity-1.1" and each.criterion == answered for each in desk.document.answers)
    assert told[-1].startswith("Move Round ")
    assert studio.view.isVisible()
    desk.undo()
    assert desk.document.answers == answers


def test_a_tick_is_turned_by_a_click_and_back(moving, qtbot):
    place = moving.criteria.visualItemRect(moving.criteria.item(1)).center()
    for kept in (1, 0):
        qtbot.mouseClick(moving.criteria.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert len(moving.kept) == kept
    qtbot.mouseClick(moving.criteria.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    qtbot.keyClick(moving.criteria, Qt.Key.Key_Home)
    assert moving.kept == frozenset()


def test_every_answer_is_listed_with_what_becomes_of_it(moving, desk, qtbot):
    qtbot.mouseClick(moving.shown.button("answers"), Qt.MouseButton.LeftButton)
    assert moving.answers.isVisible()
    in_round = desk.assessment.round.key
    assert len(rows(moving.answers)) == sum(each.round == in_round for each in desk.document.answers)
    qtbot.mouseClick(moving.shown.button("levels"), Qt.MouseButton.LeftButton)
    assert moving.levels.isVisible()
    assert len(rows(moving.levels)) == len(desk.document.cases) * 4


def test_another_round_can_be_chosen(moving, desk):
    other = next(each for each in desk.document.rounds if each.key != desk.assessment.round.key)
    moving.round.setCurrentIndex(moving.round._keys.index(other.key))
    moving.round.commit()
    assert other.name in moving.title.text()
    assert other.name in moving.move_it.text()


def test_what_was_to_be_moved_can_go(moving, desk, studio, qtbot):
    desk.do(add_rubric, library.text("ml-test-score"))
    assert moving.isVisible()
    desk.do(remove, "cases", desk.document.cases[0].key)
    assert moving.isVisible()
    from app.actions.rubrics import remove_rubric

    desk.do(remove_rubric, "mlops-maturity")
    assert studio.view.isVisible()


def test_a_draft_of_another_rubric_is_simply_used(studio, desk, qtbot):
    choose(studio, "shipped:ml-test-score")
    click(qtbot, studio.buttons["copy"])
    click(qtbot, studio.editor.use)
    assert [each.key for each in desk.document.rubrics] == ["mlops-maturity", "ml-test-score"]
    assert studio.view.isVisible()


def test_the_overview_has_the_studio_and_leads_to_a_draft(window):
    page = window.workspace.page
    studio = page.facet("rubrics")
    assert isinstance(studio, RubricsFacet)
    window.workspace.desk.do(add, RubricDraft(key="own", title="Own", text=OURS))
    page.show_thing("rubrics/own")
    assert studio.editor.isVisible()
    page.show_thing("rubrics/mlops-maturity")
    assert studio.view.isVisible()
    page.leave()
