"""The Factors page as a person uses it: by keyboard, and by mouse."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.actions import factors, links, things
from app.model.assessment import Factor, Influence, Strength
from app.model.evidence import DoubleCoding, Stance, Weight
from app.store.errors import NotWritten
from ui.assess.evidence_panel import LINKED, OFFERED
from ui.factors.delegate import HEIGHT
from ui.factors.model import spot_of
from ui.factors.signs import KEYS

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
ORDER = ["experience", "tool-fit", "criticality", "model-complexity", "data-quality", "environment", "idiosyncrasy"]


def influence(desk, factor, case=None, in_round="r1"):
    found = (
        each for each in desk.document.influences if (each.factor, each.case, each.round) == (factor, case, in_round)
    )
    return next(found, None)


def order(desk):
    return [each.key for each in desk.document.factors]


@pytest.fixture
def press(qtbot, page):
    return lambda key, held=NONE: qtbot.keyClick(page.grid, key, held)


@pytest.fixture
def settle(qtbot, page):
    """Wait until the panel follows."""
    return lambda: qtbot.waitUntil(lambda: not page._follow.isActive())


@pytest.fixture
def go(page, settle):
    def to(factor, case=""):
        page.grid.select((factor, case))
        settle()

    return to


def spot(page):
    return spot_of(page.grid.place)


def click_cell(qtbot, page, factor, case):
    where = page.grid.visualRect(page.grid.factors.index_of((factor, case))).center()
    qtbot.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=where)


def click_spot(qtbot, page, key, name):
    view = page.side.influence.cards
    view.scrollTo(view.cards.index(view.cards.place(key)))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.spot_point(key, name).toPoint())


def cards(page):
    return [each.key for each in page.side.influence.cards.cards.cards if not each.heading]


# Walking and judging


def test_arrows_walk_and_the_panel_follows(page, press, settle):
    assert spot(page) == ("experience", "")
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Down)
    settle()
    assert spot(page) == ("tool-fit", "paint")
    assert page.side.influence.head._where.text() == "Paint inspection, Round 1"
    press(Qt.Key.Key_Up)
    settle()
    assert page.side.influence.head.memo.toPlainText() == "Ran it by hand first"
    assert page.side.influence.head.strengths.button(Strength.STRONGLY_FACILITATES).isChecked()
    assert page.side.influence.head._definition.text() == page.desk.document.factors[0].definition


@pytest.mark.parametrize(("strength", "key"), KEYS.items(), ids=str)
def test_each_key_judges_the_place_in_focus(qtbot, desk, page, go, strength, key):
    go("criticality", "paint")
    qtbot.keyClicks(page.grid, key)
    assert influence(desk, "criticality", "paint").strength is strength
    assert page.grid.place.strength is strength
    desk.undo()
    assert influence(desk, "criticality", "paint") is None


def test_the_organisation_is_judged_apart(qtbot, desk, page, go):
    go("environment")
    qtbot.keyClicks(page.grid, "1")
    assert influence(desk, "environment").strength is Strength.STRONGLY_INHIBITS
    bar = next(each for each in page.sheet.figure.figure.bars if each.factor.key == "environment")
    assert bar.organisation is Strength.STRONGLY_INHIBITS
    assert bar.inhibiting == ()


@pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, Qt.Key.Key_Delete])
def test_a_place_is_cleared_with_its_evidence_and_comes_back(qtbot, desk, page, press, go, key):
    go("experience", "paint")
    before = influence(desk, "experience", "paint")
    with qtbot.waitSignal(desk.told) as told:
        press(key)
    assert told.args == ["Clear Organisational experience with MLOps for Paint inspection"]
    assert influence(desk, "experience", "paint") is None
    desk.undo()
    assert influence(desk, "experience", "paint") == before
    go("environment", "paint")
    press(key)
    assert desk.study.undo_label == ""


def test_a_click_selects_and_the_panel_s_choice_judges(qtbot, desk, page, settle):
    with qtbot.waitSignal(page.panel_asked):
        click_cell(qtbot, page, "idiosyncrasy", "sorting")
    settle()
    button = page.side.influence.head.strengths.button(Strength.SOMEWHAT_INHIBITS)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert influence(desk, "idiosyncrasy", "sorting").strength is Strength.SOMEWHAT_INHIBITS
    settle()
    assert button.isChecked()
    qtbot.keyClick(button, Qt.Key.Key_Escape)
    assert page.grid.hasFocus()


def test_a_cell_says_all_of_it(page):
    model = page.grid.factors
    told = model.index_of(("experience", "paint")).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == (
        "Organisational experience with MLOps, Paint inspection: strongly facilitates. 1 passage. Ran it by hand first"
    )
    assert model.index_of(("data-quality", "paint")).data() == "somewhat inhibits"
    assert "no evidence" in model.index_of(("data-quality", "paint")).data(Qt.ItemDataRole.ToolTipRole)
    assert model.index_of(("criticality", "paint")).data() == "not judged"
    heads = [model.headerData(place, Qt.Orientation.Horizontal) for place in range(3)]
    assert heads == ["Organisation", "Paint inspection", "Part sorting"]
    level = page.desk.assessment.case("paint")
    tip = model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert page.desk.assessment.rubric.level(level.score.overall.level).name in tip


def test_markup_in_a_memo_is_not_read(qtbot, desk, page):
    desk.do(factors.write_memo, "experience", "r1", "paint", "<b>R&D</b>")
    tip = page.grid.factors.index_of(("experience", "paint")).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;R&amp;D" in tip


# The memo


def test_a_memo_is_written_in_place_and_kept_when_left(qtbot, desk, page, press, go):
    go("criticality", "sorting")
    press(Qt.Key.Key_Return)
    memo = page.side.influence.head.memo
    qtbot.waitUntil(memo.hasFocus)
    qtbot.keyClicks(memo, "Nobody waits for it")
    assert influence(desk, "criticality", "sorting") is None
    qtbot.keyClick(memo, Qt.Key.Key_Escape)
    assert influence(desk, "criticality", "sorting").memo == "Nobody waits for it"
    assert influence(desk, "criticality", "sorting").strength is Strength.UNKNOWN
    assert page.grid.hasFocus()


def test_a_memo_is_kept_when_typing_pauses_and_the_cursor_stays(qtbot, desk, page, press, go):
    go("experience", "paint")
    press(Qt.Key.Key_Return)
    memo = page.side.influence.head.memo
    qtbot.keyClicks(memo, ", then by script ")
    qtbot.waitUntil(lambda: influence(desk, "experience", "paint").memo.endswith("by script"), timeout=5000)
    assert memo.toPlainText().endswith("script ")
    assert memo.textCursor().atEnd()
    qtbot.keyClicks(memo, "and now never")
    qtbot.keyClick(memo, Qt.Key.Key_Return, CTRL)
    assert influence(desk, "experience", "paint").memo == "Ran it by hand first, then by script and now never"
    desk.undo()
    assert influence(desk, "experience", "paint").memo == "Ran it by hand first"


def test_what_is_typed_goes_where_it_was_typed_although_another_cell_is_clicked(qtbot, desk, page, press, go, settle):
    go("criticality", "sorting")
    press(Qt.Key.Key_Return)
    qtbot.keyClicks(page.side.influence.head.memo, "Here")
    click_cell(qtbot, page, "idiosyncrasy", "paint")
    settle()
    assert influence(desk, "criticality", "sorting").memo == "Here"
    assert influence(desk, "idiosyncrasy", "paint") is None
    assert page.side.influence.head.memo.toPlainText() == ""


def test_leaving_the_page_keeps_the_memo(qtbot, desk, page, press, go):
    go("criticality", "sorting")
    press(Qt.Key.Key_Return)
    qtbot.keyClicks(page.side.influence.head.memo, "Half a")
    page.leave()
    assert influence(desk, "criticality", "sorting").memo == "Half a"


def test_a_memo_that_can_t_be_written_stays_and_goes_along(qtbot, desk, page, press, go, monkeypatch):
    go("criticality", "sorting")
    press(Qt.Key.Key_Return)
    memo = page.side.influence.head.memo
    qtbot.keyClicks(memo, "Not lost")

    def refuse(*_arguments, **_more):
        raise NotWritten("The medium is full.")

    with monkeypatch.context() as patch:
        patch.setattr(desk.study, "do", refuse)
        with qtbot.waitSignal(desk.failed):
            memo.commit()
    assert memo.toPlainText() == "Not lost"
    (deed,) = page.unsaved()
    assert (deed.action, deed.args) == (factors.write_memo, ("criticality", "r1", "sorting", "Not lost"))
    page.leave()
    assert influence(desk, "criticality", "sorting").memo == "Not lost"
    assert page.unsaved() == []


# Evidence


def test_passages_are_offered_the_likeliest_first(page, go):
    go("data-quality", "sorting")
    assert cards(page)[0] == f"{OFFERED}q5"
    go("data-quality", "paint")
    assert f"{OFFERED}q5" not in cards(page)
    assert f"{OFFERED}q1" in cards(page)


def test_the_keyboard_links_weighs_turns_and_unlinks(qtbot, desk, page, press, go, settle):
    go("data-quality", "sorting")
    press(Qt.Key.Key_E, CTRL)
    view = page.side.influence.cards
    qtbot.waitUntil(view.hasFocus)
    assert view.current_key() == f"{OFFERED}q5"
    qtbot.keyClick(view, Qt.Key.Key_E, CTRL)
    settle()
    assert [link.passage for link in influence(desk, "data-quality", "sorting").evidence] == ["q5"]
    view.set_current(f"{LINKED}q5")
    qtbot.keyClick(view, Qt.Key.Key_W)
    qtbot.keyClick(view, Qt.Key.Key_S)
    (link,) = influence(desk, "data-quality", "sorting").evidence
    assert (link.weight, link.stance) == (Weight.SHOWN, Stance.CONTRADICTS)
    settle()
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert influence(desk, "data-quality", "sorting").evidence == ()
    assert influence(desk, "data-quality", "sorting").strength is Strength.STRONGLY_INHIBITS
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert page.grid.hasFocus()


def test_spots_of_a_card_lead_to_the_passage_and_unlink(qtbot, desk, page, go, settle):
    go("experience", "paint")
    with qtbot.waitSignal(page.go) as led:
        click_spot(qtbot, page, f"{LINKED}q1", "jump")
    assert led.args == ["interviews", "q1"]
    click_spot(qtbot, page, f"{LINKED}q1", "weight")
    assert influence(desk, "experience", "paint").evidence[0].weight is Weight.SHOWN
    settle()
    click_spot(qtbot, page, f"{LINKED}q1", "unlink")
    assert influence(desk, "experience", "paint").evidence == ()


def test_reference_and_note_are_written_in_place(qtbot, desk, page, go, settle):
    go("experience", "paint")
    view = page.side.influence.cards
    view.set_current(f"{LINKED}q1")
    view.setFocus()
    for key, text in ((Qt.Key.Key_R, "Run log of May"), (Qt.Key.Key_N, "The one of line 2")):
        qtbot.keyClick(view, key)
        qtbot.waitUntil(view.editor.hasFocus)
        qtbot.keyClicks(view.editor, text)
        qtbot.keyClick(view.editor, Qt.Key.Key_Return)
        settle()
    (link,) = influence(desk, "experience", "paint").evidence
    assert (link.reference, link.note, link.weight) == ("Run log of May", "The one of line 2", Weight.SAID)
    assert view.card(f"{LINKED}q1").feet == ("Reference: Run log of May", "Note: The one of line 2")


def test_documented_asks_for_its_reference_which_goes_to_the_place_it_was_asked_for(qtbot, desk, page, go, settle):
    go("experience", "paint")
    view = page.side.influence.cards
    view.set_current(f"{LINKED}q1")
    view.setFocus()
    for _ in range(2):
        qtbot.keyClick(view, Qt.Key.Key_W)
        settle()
    qtbot.waitUntil(lambda: view.editor is not None and view.editor.hasFocus())
    qtbot.keyClicks(view.editor, "Wiki")
    go("experience", "sorting")
    settle()
    (link,) = influence(desk, "experience", "paint").evidence
    assert (link.reference, link.weight) == ("Wiki", Weight.DOCUMENTED)
    assert view.editor is None


def test_what_could_not_be_written_is_still_there(qtbot, desk, page, go, settle, monkeypatch):
    go("experience", "paint")
    page.side.influence.write("q1", "note")
    view = page.side.influence.cards
    qtbot.keyClicks(view.editor, "Precious")
    failures = []
    desk.failed.connect(failures.append)

    def full(*_args, **_kwargs):
        raise NotWritten("The medium is full: the change was not saved.")

    with monkeypatch.context() as patch:
        patch.setattr(type(desk.study), "do", full)
        qtbot.keyClick(view.editor, Qt.Key.Key_Return)
    assert len(failures) == 1
    assert view.editor.toPlainText() == "Precious"
    qtbot.keyClick(view.editor, Qt.Key.Key_Return)
    assert influence(desk, "experience", "paint").evidence[0].note == "Precious"


def test_changed_words_under_an_influence_are_checked_again(qtbot, desk, page, go, settle):
    desk.do(
        links.change_link,
        Influence(factor="experience", round="r1", case="paint"),
        "q1",
        lambda link: msgspec.structs.replace(link, words="By hand"),
    )
    go("experience", "paint")
    view = page.side.influence.cards
    view.set_current(f"{LINKED}q1")
    view.setFocus()
    assert view.card(f"{LINKED}q1").warns == 1
    qtbot.keyClick(view, Qt.Key.Key_K)
    settle()
    assert view.card(f"{LINKED}q1").warns == 0
    assert influence(desk, "experience", "paint").evidence[0].words == ""


def test_typing_narrows_what_is_offered(qtbot, page, go, settle):
    go("data-quality", "paint")
    panel = page.side.influence
    panel.filter.setFocus()
    qtbot.keyClicks(panel.filter, "alarm")
    settle()
    assert cards(page) == [f"{OFFERED}q3"]


def test_what_a_blind_coder_marked_is_not_offered(qtbot, desk, page, go):
    desk.do(things.add, DoubleCoding(key="d1", first="ada", second="ben", sources=("i2",)))
    desk.study.work_as("ben")
    page.refresh()
    go("experience", "sorting")
    go("data-quality", "sorting")
    assert f"{OFFERED}q5" not in cards(page)
    desk.study.work_as("ada")
    page.refresh()
    go("experience", "sorting")
    go("data-quality", "sorting")
    assert f"{OFFERED}q5" in cards(page)


# The figure


def test_a_block_of_the_figure_leads_to_its_place(qtbot, page, settle):
    figure = page.sheet.figure
    page.sheet.ensureWidgetVisible(figure)
    block = next(each for each in figure.blocks() if (each.factor, each.case) == ("data-quality", "sorting"))
    assert block.strong
    with qtbot.waitSignal(page.panel_asked):
        qtbot.mouseClick(figure, Qt.MouseButton.LeftButton, pos=block.where.center().toPoint())
    assert spot(page) == ("data-quality", "sorting")


def test_a_row_of_the_figure_leads_to_its_factor_and_keeps_the_case(qtbot, page, go):
    go("experience", "paint")
    figure = page.sheet.figure
    row = [bar.factor.key for bar in figure.figure.bars].index("data-quality")
    from ui.factors.figure import HEAD, ROW

    at = figure.rect().topLeft()
    at.setX(8)
    at.setY(HEAD + ROW * row + ROW // 2)
    qtbot.mouseClick(figure, Qt.MouseButton.LeftButton, pos=at)
    assert spot(page) == ("data-quality", "paint")
    at.setY(4)
    qtbot.mouseClick(figure, Qt.MouseButton.LeftButton, pos=at)
    assert spot(page) == ("data-quality", "paint")


def test_the_figure_has_a_name_says_all_of_it_and_changes_with_what_is_judged(qtbot, page, go):
    figure = page.sheet.figure
    assert figure.accessibleName() == "How many cases show each factor"
    assert "Insufficient quality of new data: strongly inhibits 1 (Part sorting)" in figure.accessibleDescription()
    before = figure.grab().toImage()
    go("environment", "paint")
    qtbot.keyClicks(page.grid, "5")
    assert figure.grab().toImage() != before
    assert figure.figure.bars[1].factor.key in {"experience", "environment"}


def test_the_figure_tells_which_case_is_pointed_at(qtbot, page, monkeypatch):
    from PySide6.QtGui import QHelpEvent
    from PySide6.QtWidgets import QToolTip

    told = []
    monkeypatch.setattr(QToolTip, "showText", lambda _where, words, _widget: told.append(words))
    figure = page.sheet.figure
    block = next(each for each in figure.blocks() if each.case == "sorting")
    for point in (block.where.center().toPoint(), figure.rect().topLeft()):
        figure.event(QHelpEvent(QHelpEvent.Type.ToolTip, point, figure.mapToGlobal(point)))
    QTest.mouseMove(figure, block.where.center().toPoint())
    assert told == ["<qt>Insufficient quality of new data: strongly inhibits, Part sorting</qt>", ""]


# Rounds


def test_another_round_shows_what_was_judged_in_it_and_what_came_before(qtbot, desk, page, press, go, settle):
    go("experience", "paint")
    press(Qt.Key.Key_Right, CTRL)
    settle()
    assert page._table.round.key == "r2"
    assert page.sheet.rounds.value() == "r2"
    assert page.grid.place.influence is None
    assert page.side.influence.head._before.text() == "Round 1: strongly facilitates"
    assert "was strongly facilitates" in page.grid.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    qtbot.keyClicks(page.grid, "3")
    assert influence(desk, "experience", "paint", "r2").strength is Strength.NEUTRAL
    assert influence(desk, "experience", "paint").strength is Strength.STRONGLY_FACILITATES
    press(Qt.Key.Key_Right, CTRL)
    press(Qt.Key.Key_Left, CTRL)
    assert page._table.round.key == "r1"
    page.sheet.rounds.committed.emit("r2")
    assert page._table.round.key == "r2"
    desk.do(things.remove, "rounds", "r2")
    assert page._table.round.key == "r1"
    assert not page.sheet.rounds.isVisible()


def test_levels_in_the_head_are_of_the_round_shown(page, press):
    before = page.grid.factors.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    press(Qt.Key.Key_Right, CTRL)
    assert page.grid.factors.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) != before


# Being led here, and coming back


@pytest.mark.parametrize(
    ("key", "there"),
    [
        ("data-quality/sorting", ("data-quality", "sorting")),
        ("experience", ("experience", "paint")),
        ("experience/", ("experience", "")),
        ("data-quality/nobody", ("data-quality", "")),
        ("nothing", ("tool-fit", "paint")),
    ],
)
def test_things_are_shown_by_their_keys(page, go, key, there):
    go("tool-fit", "paint")
    page.show_thing(key)
    assert spot(page) == there
    assert page.shown_thing() == "/".join(there)
    assert page.case == (there[1] or None)


def test_one_is_led_to_the_round_in_which_it_was_judged(page):
    page.show_thing("environment/sorting")
    assert page._table.round.key == "r2"
    page.show_thing("experience/sorting")
    assert page._table.round.key == "r2"


def test_the_window_remembers_where_one_was(qtbot, window):
    window.workspace.show_page("factors", "data-quality/sorting")
    window.workspace.show_page("results")
    window.workspace.show_page("factors")
    assert window.workspace.page.shown_thing() == "data-quality/sorting"
    assert window.workspace.page.place.strength is Strength.STRONGLY_INHIBITS


# Factors


def test_a_factor_of_one_s_own_is_added_in_place(qtbot, desk, page, press):
    press(Qt.Key.Key_Insert)
    form = page.side.form
    name = form.form.editor("name")
    qtbot.waitUntil(name.hasFocus)
    assert form.key == ""
    qtbot.keyClicks(name, "Works council")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    made = desk.document.factors[-1]
    assert (made.key, made.name) == ("works-council", "Works council")
    assert spot(page)[0] == "works-council"
    definition = form.form.editor("definition")
    qtbot.waitUntil(definition.hasFocus)
    qtbot.keyClicks(definition, "What it lets pass")
    qtbot.keyClick(definition, Qt.Key.Key_Return, CTRL)
    qtbot.mouseClick(form.form.editor("tendency").button("facilitates"), Qt.MouseButton.LeftButton)
    made = desk.document.factors[-1]
    assert (made.definition, made.tendency.value, made.belongs_to.value) == ("What it lets pass", "facilitates", "case")
    qtbot.keyClick(form.form.editor("tendency").button("facilitates"), Qt.Key.Key_Escape)
    assert page.grid.hasFocus()
    assert not page.side.editing


def test_a_new_factor_without_a_name_is_none(qtbot, desk, page, press, settle):
    press(Qt.Key.Key_Insert)
    qtbot.waitUntil(page.side.form.form.editor("name").hasFocus)
    click_cell(qtbot, page, "criticality", "paint")
    settle()
    assert not page.side.editing
    assert order(desk) == ORDER


def test_a_name_that_is_taken_is_refused_and_stays_on_screen(qtbot, desk, page, press, go):
    go("criticality", "paint")
    press(Qt.Key.Key_F2)
    name = page.side.form.form.editor("name")
    qtbot.waitUntil(name.hasFocus)
    name.selectAll()
    qtbot.keyClicks(name, "Environmental complexity")
    with qtbot.waitSignal(desk.failed) as failed:
        qtbot.keyClick(name, Qt.Key.Key_Return)
    assert failed.args == ["The study has a factor of that name already."]
    assert name.text() == "Business criticality of the use case"
    page.grid.setFocus()
    press(Qt.Key.Key_Insert)
    qtbot.keyClicks(name, "Environmental complexity")
    with qtbot.waitSignal(desk.failed):
        qtbot.keyClick(name, Qt.Key.Key_Return)
    assert name.text() == "Environmental complexity"
    assert order(desk) == ORDER


def test_a_factor_is_renamed_from_its_head(qtbot, desk, page):
    header = page.grid.verticalHeader()
    at = header.viewport().rect().topLeft()
    at.setX(20)
    at.setY(HEIGHT * 2 + 10)
    with qtbot.waitSignal(page.panel_asked):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert page.side.form.key == "criticality"
    name = page.side.form.form.editor("name")
    name.selectAll()
    qtbot.keyClicks(name, "Criticality")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert desk.document.factors[2].name == "Criticality"
    assert page.grid.factors.headerData(2, Qt.Orientation.Vertical) == "Criticality"


def test_the_study_s_order_is_changed_by_key_and_by_button(qtbot, desk, page, press, go):
    go("criticality", "paint")
    press(Qt.Key.Key_Up, ALT)
    assert order(desk)[:3] == ["experience", "criticality", "tool-fit"]
    assert spot(page) == ("criticality", "paint")
    press(Qt.Key.Key_F2)
    qtbot.mouseClick(page.side.form.up, Qt.MouseButton.LeftButton)
    assert order(desk)[:2] == ["criticality", "experience"]
    assert not page.side.form.up.isEnabled()
    page.grid.setFocus()
    press(Qt.Key.Key_Up, ALT)
    assert order(desk)[0] == "criticality"
    qtbot.mouseClick(page.side.form.down, Qt.MouseButton.LeftButton)
    press(Qt.Key.Key_Down, ALT)
    assert order(desk) == ORDER


def test_what_goes_with_a_factor_is_said_before_it_is_removed(qtbot, desk, page, press, go):
    go("data-quality", "paint")
    press(Qt.Key.Key_Delete, CTRL)
    form = page.side.form
    qtbot.waitUntil(form.remove.hasFocus)
    assert form._goes.text() == "If it is removed, 2 influences go with it; 1 code is no longer tied to it."
    with qtbot.waitSignal(desk.told) as told:
        qtbot.keyClick(form.remove, Qt.Key.Key_Space)
    assert told.args == ["Remove factor Insufficient quality of new data and 2 influences"]
    assert "data-quality" not in order(desk)
    assert page.grid.hasFocus()
    desk.undo()
    assert order(desk) == ORDER
    assert influence(desk, "data-quality", "sorting").strength is Strength.STRONGLY_INHIBITS


# Before there is anything, and reading only


def test_without_factors_one_starts_from_the_seven_or_from_one_s_own(qtbot, desk, page):
    for key in ORDER:
        desk.do(factors.remove_factor, key)
    assert page.no_factors.isVisible()
    assert page.context_panel() is page.side
    qtbot.waitUntil(page.side.form.isVisible)
    qtbot.mouseClick(page.no_factors.button, Qt.MouseButton.LeftButton)
    assert order(desk) == ORDER
    assert page.sheet.isVisible()
    assert not page.side.editing
    desk.undo()
    qtbot.waitUntil(page.side.form.isVisible)
    name = page.side.form.form.editor("name")
    name.setFocus()
    qtbot.keyClicks(name, "Works council")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert order(desk) == ["works-council"]
    assert page.sheet.isVisible()


@pytest.mark.parametrize(("gone", "part"), [("cases", "cases"), ("rounds", "rounds")])
def test_without_cases_or_rounds_it_leads_to_where_they_are_added(qtbot, desk, page, gone, part):
    for each in getattr(desk.document, gone):
        desk.do(things.remove, gone, each.key)
    state = page.no_cases if gone == "cases" else page.no_rounds
    assert state.isVisible()
    assert page.context_panel() is None
    with qtbot.waitSignal(page.go) as led:
        qtbot.mouseClick(state.button, Qt.MouseButton.LeftButton)
    assert led.args == ["overview", part]
    page.show_thing("experience/paint")
    assert page.place is None


def test_a_window_that_may_only_read_shows_all_and_changes_nothing(qtbot, reading_desk, show_page):
    page = show_page(reading_desk)
    before = reading_desk.document
    page.show_thing("experience/paint")
    with qtbot.waitSignal(reading_desk.told):
        qtbot.keyClicks(page.grid, "1")
    for key, held in (
        (Qt.Key.Key_Backspace, NONE),
        (Qt.Key.Key_Insert, NONE),
        (Qt.Key.Key_F2, NONE),
        (Qt.Key.Key_Up, ALT),
        (Qt.Key.Key_Return, NONE),
    ):
        qtbot.keyClick(page.grid, key, held)
    assert reading_desk.document == before
    assert not page.side.editing
    assert page.side.influence.head.memo.isReadOnly()
    assert not page.side.influence.head.strengths.button(Strength.NEUTRAL).isEnabled()
    assert cards(page) == [f"{LINKED}q1"]


def test_twelve_cases_with_long_names_fit(qtbot, desk, page):
    from app.model.setting import Case

    for number in range(12):
        desk.do(things.add, Case(key=f"c{number}", name=f"Predictive maintenance of pressing line {number} <b>&"))
    desk.do(factors.add_factor, Factor(key="own", name="W" * 200, belongs_to="case", tendency="inhibits"))
    assert page.grid.factors.columnCount() == 15
    assert page.grid.horizontalScrollBar().maximum() > 0
    page.show_thing("own/c11")
    assert page.grid.visualRect(page.grid.currentIndex()).right() <= page.grid.viewport().width()
    assert not page.grab().isNull()


def test_a_deleted_case_lets_its_neighbours_stand(qtbot, desk, page, go):
    go("experience", "sorting")
    desk.do(things.remove, "cases", "sorting")
    assert spot(page) == ("experience", "")
    assert msgspec.structs.asdict(page.grid.place)["influence"].memo == "Two years of it"


def test_nothing_is_painted_beside_the_current_cell(page):
    grid = page.grid
    page.grid.select((grid.factors.place(grid.factors.index(0, 0)).factor.key, ""))
    picture = grid.viewport().grab().toImage()
    here, below = (grid.visualRect(grid.factors.index(row, 0)) for row in (0, 1))
    gap = picture.pixelColor(here.right() - 3, here.center().y())
    assert gap == picture.pixelColor(below.right() - 3, below.center().y())


def test_a_study_without_factors_begins_by_enter(qtbot, page, desk):
    page.grid.setFocus()
    for each in desk.document.factors:
        desk.do(factors.remove_factor, each.key)
    page.setFocus()
    assert page.no_factors.button.hasFocus()
    qtbot.keyClick(page.no_factors.button, Qt.Key.Key_Return)
    assert len(desk.document.factors) == 7
    assert page.grid.hasFocus()
