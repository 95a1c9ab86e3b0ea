"""The part on differences: gone through by keys, agreed on with reason and dissent, and opened again."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication

from app.actions import assess, ballots, consensus
from app.actions.open_study import OpenStudy
from app.actions.things import change, remove_thing
from app.model.assessment import Dissent
from app.scoring.scale import Verdict
from tests.clock import Clock
from tests.ui.conftest import PASSPHRASE
from tests.ui.test_accessibility import nameless
from ui.assess.differences.levels import AGREEMENT
from ui.assess.differences.part import DifferencesPart
from ui.desk import Desk
from ui.results import exports

START = datetime(2024, 6, 3, 9, tzinfo=UTC)
RUBRIC, CASE = "mlops-maturity", "sorting"
FAR, NEAR, OPEN = "versioned-models", "wrong-output-reports", "several-measures"  # as Ben differs below
NOBODY = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def clock():
    return Clock(START)


@pytest.fixture
def desk(study_path, clock, dressed):
    """A desk on which Ben differs from Ada three times on sorting: by two steps, by one, and not able to say."""
    with OpenStudy.open(study_path, PASSPHRASE, clock=clock) as study:
        desk = Desk(study)
        study.work_as("ben")
        say(desk, FAR, Verdict.NOT_ACHIEVED)
        say(desk, OPEN, Verdict.UNKNOWN)
        study.work_as("ada")
        clock.forward(hours=1)
        yield desk


def say(desk, criterion, verdict, case=CASE):
    desk.study.do(assess.answer, assess.Place(RUBRIC, criterion, case, "r1", desk.study.who), verdict, "so it is")


@pytest.fixture
def shown(show):
    def shown(desk, width=1200, height=780):
        part = DifferencesPart(desk)
        desk.changed.connect(part.refresh)
        part.refresh()
        show(part, width, height)
        part.list.setFocus()
        return part

    return shown


@pytest.fixture
def part(desk, shown):
    return shown(desk)


def keys(part):
    return [card.key for card in part.list.cards.cards]


def agreed(desk, criterion):
    return next((each for each in desk.document.consensus if each.criterion == criterion), None)


def agree(qtbot, part, key, reason):
    qtbot.keyClick(part.list, key)
    part.decide.reason.clear()
    qtbot.keyClicks(part.decide.reason, reason)
    qtbot.keyClick(part.decide.reason, Qt.Key.Key_Return)


def pick(part, criterion):
    part.list.set_current(f"{CASE}/{criterion}")
    part._show_current()


def test_the_worst_come_first(part):
    assert keys(part) == [f"{CASE}/{FAR}", f"{CASE}/{NEAR}", f"{CASE}/{OPEN}"]
    feet = [card.feet[0] for card in part.list.cards.cards]
    assert feet == ["2 steps apart", "1 step apart", "1 cannot say how far"]
    assert part.list.cards.cards[0].text == "Ada largely, Ben not"
    assert part.filter.button("open").text() == "Open 3"


def test_each_shows_what_everybody_says(part):
    said = [card.words for card in part.decide.answers.cards.cards]
    assert "Ada · Largely achieved" in said[0]
    assert any(words.startswith("Ben · Not achieved") for words in said)
    assert "so it is" in said
    assert part.decide._name.text() == "Versioned models"


def test_a_statement_is_never_cut_off(desk, shown):
    part = shown(desk, width=1900)
    label = part.decide._statement
    assert label.width() <= label.maximumWidth() < part.decide.width()
    assert label.height() >= label.heightForWidth(label.width())


def test_agreeing_by_keys_goes_on_to_the_next(qtbot, desk, part):
    agree(qtbot, part, Qt.Key.Key_3, "half of them")
    found = agreed(desk, FAR)
    assert (found.verdict, found.reason, found.dissents) == (Verdict.PARTIALLY, "half of them", ())
    assert part.current.criterion.id == NEAR
    assert part.list.hasFocus()
    agree(qtbot, part, Qt.Key.Key_1, "all")
    agree(qtbot, part, Qt.Key.Key_U, "nobody saw it")
    assert agreed(desk, OPEN).verdict is Verdict.UNKNOWN
    assert part.filter.button("open").text() == "Open 0"
    assert part._stack.currentWidget() is part._empty["open"]


def test_dissent_needs_its_reason(qtbot, desk, part):
    qtbot.keyClick(part.list, Qt.Key.Key_1)
    decide = part.decide
    assert [row.tick.text() for row in decide.dissents] == [
        "Ada stands by largely achieved",
        "Ben stands by not achieved",
    ]
    qtbot.keyClicks(decide.reason, "we saw all")
    ben = decide.dissents[1]
    qtbot.keyClick(decide.reason, Qt.Key.Key_Tab)
    assert decide.dissents[0].tick.hasFocus()
    qtbot.mouseClick(ben.tick, Qt.MouseButton.LeftButton)
    assert not decide.agree_button.isEnabled()
    qtbot.keyClick(decide.reason, Qt.Key.Key_Return)
    assert ben.reason.hasFocus()  # it is led to what is lacking
    assert agreed(desk, FAR) is None
    qtbot.keyClicks(ben.reason, "not all of them")
    qtbot.keyClick(ben.reason, Qt.Key.Key_Return)
    assert [(each.assessor, each.reason) for each in agreed(desk, FAR).dissents] == [("ben", "not all of them")]


def test_a_tick_taken_back_is_no_dissent(qtbot, desk, part):
    qtbot.keyClick(part.list, Qt.Key.Key_2)
    (ben,) = part.decide.dissents
    qtbot.mouseClick(ben.tick, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(ben.tick, Qt.MouseButton.LeftButton)
    assert ben.reason.isHidden()
    qtbot.keyClicks(part.decide.reason, "so")
    qtbot.mouseClick(part.decide.agree_button, Qt.MouseButton.LeftButton)
    assert agreed(desk, FAR).dissents == ()


def test_what_is_typed_stays_when_one_goes_elsewhere(qtbot, part):
    qtbot.keyClick(part.list, Qt.Key.Key_1)
    qtbot.keyClicks(part.decide.reason, "half a thought")
    qtbot.mouseClick(part.decide.dissents[1].tick, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(part.decide.dissents[1].reason, "but")
    qtbot.keyClick(part.decide.dissents[1].reason, Qt.Key.Key_Escape)
    assert part.list.hasFocus()
    assert not part.decide.asks
    qtbot.keyClick(part.list, Qt.Key.Key_Down)
    part.leave()
    qtbot.keyClick(part.list, Qt.Key.Key_Up)
    qtbot.keyClick(part.list, Qt.Key.Key_4)
    assert part.decide.reason.toPlainText() == "half a thought"
    assert [row.tick.isChecked() for row in part.decide.dissents] == [False]  # Ben's is what is to be agreed now
    qtbot.keyClick(part.decide, Qt.Key.Key_Escape)
    qtbot.keyClick(part.list, Qt.Key.Key_1)
    part.decide.keep_draft()


def test_a_reason_being_typed_outlives_other_changes(qtbot, desk, part):
    qtbot.keyClick(part.list, Qt.Key.Key_1)
    qtbot.keyClicks(part.decide.reason, "half a thought")
    desk.do(consensus.agree, consensus.Point(RUBRIC, NEAR, CASE, "r1"), Verdict.FULLY, "so")
    assert part.decide.asks
    assert part.decide.reason.toPlainText() == "half a thought"


def test_buttons_do_what_keys_do(qtbot, desk, part):
    texts = [button.text() for button in part.decide.choices]
    assert texts == ["1 Fully", "2 Largely", "3 Partially", "4 Not", "N n/a", "U Unknown", "W Withheld"]
    qtbot.mouseClick(part.decide.choices[3], Qt.MouseButton.LeftButton)
    assert part.decide.verdict.text() == "Not achieved counts, because"
    qtbot.mouseClick(part.decide.cancel_button, Qt.MouseButton.LeftButton)
    assert part.decide.verdict.isHidden()
    assert agreed(desk, FAR) is None


def test_open_again(qtbot, desk, part):
    agree(qtbot, part, Qt.Key.Key_3, "half of them")
    part.filter.button("agreed").click()
    assert keys(part) == [f"{CASE}/{FAR}"]
    assert part.decide.settled.text() == "Agreed partially achieved: half of them"
    before = desk.document.answers
    qtbot.keyClick(part.list, Qt.Key.Key_O)
    assert agreed(desk, FAR) is None
    assert desk.document.answers == before
    qtbot.keyClick(part.list, Qt.Key.Key_O)  # nothing is agreed: nothing happens
    part.filter.button("open").click()
    qtbot.keyClick(part.list, Qt.Key.Key_O)
    assert agreed(desk, FAR) is None


def test_agree_again_from_what_was_agreed(qtbot, desk, part):
    qtbot.keyClick(part.list, Qt.Key.Key_1)
    qtbot.keyClicks(part.decide.reason, "all")
    qtbot.mouseClick(part.decide.dissents[1].tick, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(part.decide.dissents[1].reason, "no")
    qtbot.keyClick(part.decide.dissents[1].reason, Qt.Key.Key_Return)
    part.filter.button("agreed").click()
    assert part.decide.settled.text() == "Agreed fully achieved: all\nBen stands by not achieved: no"
    assert part.list.cards.cards[0].feet == ("Agreed fully achieved: all", "Ben dissents")
    qtbot.keyClick(part.list, Qt.Key.Key_2)
    assert part.decide.reason.toPlainText() == "all"
    assert part.decide.dissents[0].words == "no"


def test_answers_changed_since(qtbot, desk, part, clock):
    agree(qtbot, part, Qt.Key.Key_3, "half of them")
    clock.forward(days=2)
    desk.study.work_as("ben")
    say(desk, FAR, Verdict.LARGELY)
    part.refresh()
    assert part.filter.button("changed").text() == "Changed since 1"
    part.filter.button("changed").click()
    assert "Answers have changed since: Ben" in part.list.cards.cards[0].feet
    assert part.decide.changed.isVisible()
    assert part.decide.changed.text() == (
        "Answers have changed since (3 Jun 2024). Ben then: not achieved, now: largely achieved."
    )
    assert part.decide.settled.text().startswith("Agreed partially achieved: half of them")
    part.filter.button("open").click()
    assert part.decide.changed.isHidden()


def test_who_dissented_for_another_answer_no_longer_stands_by_it(desk, part, clock):
    dissent = Dissent(assessor="ben", reason="not one")
    desk.do(consensus.agree, consensus.Point(RUBRIC, FAR, CASE, "r1"), Verdict.FULLY, "so", (dissent,))
    part.filter.button("agreed").click()
    assert part.decide.settled.text().endswith("Ben stands by not achieved: not one")
    clock.forward(days=2)
    desk.study.work_as("ben")
    say(desk, FAR, Verdict.LARGELY)
    part.refresh()
    assert part.decide.settled.text().endswith("Ben dissents: not one")


def test_an_answer_given_only_later(qtbot, desk, part, clock):
    agree(qtbot, part, Qt.Key.Key_3, "half of them")
    clock.forward(days=2)
    desk.study.do(consensus.agree, consensus.Point(RUBRIC, NEAR, CASE, "r1"), Verdict.FULLY, "so")
    desk.study.work_as("ben")
    clock.forward(days=2)
    say(desk, FAR, None)
    say(desk, FAR, Verdict.FULLY)
    part.refresh()
    part.filter.button("changed").click()
    assert "Ben then: not achieved, now: fully achieved." in part.decide.changed.text()


def test_an_assessor_who_looks_like_markup_is_told_as_they_are_called(part, desk):
    ada = next(each for each in desk.document.assessors if each.key == "ada")
    assert desk.do(change, replace(ada, name="<b>Ada</b>")) is not None
    part.refresh()
    names = [part.levels.table.levels.index(row, 0) for row in range(part.levels.table.levels.rowCount())]
    row = next(each for each in names if each.data() == "<b>Ada</b>")
    assert row.data(Qt.ItemDataRole.ToolTipRole) == "<qt>&lt;b&gt;Ada&lt;/b&gt;</qt>"
    assert row.data(Qt.ItemDataRole.DecorationRole) is None


def test_levels_by_assessor(part):
    rows = part.levels.table.levels
    names = [rows.index(row, 0).data() for row in range(rows.rowCount())]
    assert names == ["Ada", "Ben", "Team", "Alpha, all cases"]
    assert rows.index(0, rows.columnCount() - 1).data()
    assert rows.index(3, 0).data(Qt.ItemDataRole.UserRole) == AGREEMENT
    assert rows.index(3, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert part.levels.of.text() == "Levels of Part sorting by assessor"
    assert "pairs of answers" in part.levels.agreement.text()
    assert "not compared" in part.levels.details.text()


def test_of_one_case_agreement_is_that_case_s(part):
    part.case.set_value(CASE)
    part._show()
    assert part.levels.table.levels.index(3, 0).data() == "Agreement (alpha)"


def test_where_nothing_is_left_the_case_stays_and_so_do_the_keys(qtbot, part):
    for key in (Qt.Key.Key_3, Qt.Key.Key_1, Qt.Key.Key_U):
        agree(qtbot, part, key, "so it is")
    assert part.levels.of.text() == "Levels of Part sorting by assessor"
    assert part.filter.button("open").hasFocus()
    qtbot.keyClick(part.filter.button("open"), Qt.Key.Key_F)
    assert part.filter.value() == "agreed"
    assert part.list.hasFocus()
    for only in ("changed", "all", "open"):
        qtbot.keyClick(part.focusWidget(), Qt.Key.Key_F)
        assert part.filter.value() == only
    assert part.filter.button("open").hasFocus()


def test_another_filter_keeps_what_is_typed(qtbot, part):
    qtbot.keyClick(part.list, Qt.Key.Key_1)
    qtbot.keyClicks(part.decide.reason, "half of it")
    assert part.filter.value() == "open"
    part.filter.button("agreed").click()
    part.filter.button("open").click()
    qtbot.keyClick(part.list, Qt.Key.Key_1)
    assert part.decide.reason.toPlainText() == "half of it"


def test_one_case(desk, part):
    part.case.set_value("paint")
    part._show()
    assert keys(part) == []
    assert part._stack.currentWidget() is part._empty["all"]
    part.show_thing(f"{CASE}/{NEAR}")
    assert part.shown_thing() == f"{CASE}/{NEAR}"
    assert part.case.value() == CASE
    part.show_thing("nothing")
    assert part.shown_thing() == f"{CASE}/{NEAR}"
    part.show_thing(CASE)
    assert part.case.value() == CASE


def test_leading_elsewhere(qtbot, part):
    went = []
    part.go.connect(lambda *where: went.append(where))
    qtbot.keyClick(part.list, Qt.Key.Key_J)
    part.list.used.emit(f"{CASE}/{FAR}", "open")
    part.list.used.emit(f"{CASE}/{FAR}", "")
    qtbot.mouseClick(part.decide.jump, Qt.MouseButton.LeftButton)
    assert went == [("assess", f"{CASE}/{FAR}")] * 3
    part.decide.answers.used.emit("ada/i1-p1", "jump")
    part.decide.answers.used.emit("/ada", "")
    assert went[3:] == [("interviews", "i1-p1")]


def test_what_is_not_revealed_is_said(desk, part):
    desk.do(ballots.begin, RUBRIC, [CASE], "r1", ["ada", "ben"])
    assert keys(part) == []
    assert part.hidden.text().startswith("Not revealed yet: ")
    assert part.hidden.isVisible()
    assert part._stack.currentWidget() is part._empty["hidden"]


def test_nobody_to_differ_with(qtbot, desk, shown):
    for each in [each for each in desk.document.answers if each.assessor == "ben"]:
        desk.study.work_as("ben")
        desk.study.do(remove_thing, each)
    part = shown(desk)
    assert part._middle.currentWidget() is part._nobody
    went = []
    part.go.connect(lambda *where: went.append(where))
    qtbot.mouseClick(part._nobody.button, Qt.MouseButton.LeftButton)
    assert went == [("assess", "independently")]


def test_without_a_round(desk, shown):
    part = shown(desk)
    desk.study.document = replace(desk.study.document, rounds=(), answers=(), sources=())
    part.refresh()
    assert part._middle.currentWidget() is part._nobody
    assert part.tables() == []


def test_changes_elsewhere_are_passed_over(desk, part):
    before = part._found
    part._found = ()
    part.refresh(desk.study.do(assess.rate_confidence, assess.Place(RUBRIC, FAR, CASE, "r1", "ada"), None))
    assert part._found == ()
    part.refresh()
    assert part._found == before


def test_tables_and_picture(part):
    assert [table.name for table in part.tables()] == ["Agreement", "Differences", "Levels by assessor"]
    assert part.picture() is part.levels


def test_the_tables_are_exported(qtbot, desk, part, tmp_path, monkeypatch):
    asked = []
    path = tmp_path / "told.xlsx"
    monkeypatch.setattr(exports, "ask_file_to_save", lambda *words: asked.append(words[2]) or path)
    with qtbot.waitSignal(desk.told, timeout=20_000) as told:
        qtbot.keyClick(part.list, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert told.args[0].startswith("Saved told.xlsx: ")
    assert "3 tables" in told.args[0]
    assert path.stat().st_size
    assert asked == ["study-differences.xlsx"]


def test_the_levels_are_copied_as_a_picture(qtbot, desk, part):
    with qtbot.waitSignal(desk.told):
        qtbot.mouseClick(part.exports.copy, Qt.MouseButton.LeftButton)
    assert not QGuiApplication.clipboard().image().isNull()
    assert part.levels.isVisible()


def test_in_a_narrow_window_a_difference_is_under_the_list(part):
    part.resize(QSize(700, 780))
    assert part._splitter.orientation() == Qt.Orientation.Vertical
    part._splitter.splitterMoved.emit(100, 1)
    part.resize(QSize(720, 780))
    part.resize(QSize(1200, 780))
    assert part._splitter.orientation() == Qt.Orientation.Horizontal


def test_reading_only(study_path, desk, shown, qtbot):
    desk.study.close()
    with OpenStudy.open(study_path, PASSPHRASE, read_only=True) as study:
        part = shown(Desk(study))
        assert len(keys(part)) == 3
        qtbot.keyClick(part.list, Qt.Key.Key_1)
        part.decide.ask(Verdict.FULLY)
        assert not part.decide.asks
        assert not any(button.isVisible() for button in part.decide.choices)


def test_every_control_has_a_name(qtbot, part):
    assert nameless(part) == []
    qtbot.keyClick(part.list, Qt.Key.Key_1)
    part.decide.dissents[0].tick.click()
    assert nameless(part) == []


def test_times_are_told_as_the_study_s_clock_had_them(qtbot, desk, part, clock):
    clock.forward(hours=14)
    agree(qtbot, part, Qt.Key.Key_3, "half of them")
    clock.forward(hours=1)
    desk.study.work_as("ben")
    say(desk, FAR, Verdict.LARGELY)
    part.refresh()
    part.filter.button("changed").click()
    part.decide.show_changes("Europe/Berlin", {})
    assert part.decide.changed.text().startswith("Answers have changed since (4 Jun 2024).")
