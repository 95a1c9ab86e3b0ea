"""Results over time as a person uses them: choose rounds, walk the levels, follow an answer into its round."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.actions import assess, things
from app.actions import links as links_
from app.actions.create import import_document
from app.actions.open_study import OpenStudy
from app.model.assessment import Answer, Ballot, BallotMember, FrozenRubric, Override
from app.model.setting import Round
from app.rubric import library
from app.scoring.scale import Verdict
from tests.ui.main_window.test_keys_apart import shared
from ui.desk import Desk
from ui.results.links import InlineLink
from ui.results.over_time import OverTimePart

TRAINING, MONITORING, TRACEABILITY = "training-deployment", "monitoring-feedback", "traceability"
ROUND_2 = {"drift-detection": Verdict.FULLY, "model-rollback": Verdict.FULLY, "direct-access": Verdict.NOT_ACHIEVED}
RIGHT = "\N{RIGHTWARDS ARROW}"


def place(criterion, case="paint", in_round="r2"):
    return assess.Place(rubric="mlops-maturity", criterion=criterion, case=case, round=in_round, assessor="ada")


def answer_again(desk, in_round="r2"):
    """Answer in a round what the first has, and three criteria otherwise."""
    for each in [each for each in desk.document.answers if (each.case, each.round) == ("paint", "r1")]:
        desk.do(assess.answer, place(each.criterion, in_round=in_round), ROUND_2.get(each.criterion, each.verdict))
    desk.do(links_.link, assess.owner(place("drift-detection", in_round=in_round)), "q3")


@pytest.fixture
def page(desk, show):
    """The results page on its part over time, nothing answered but the first round."""
    from ui.results.page import ResultsPage

    made = ResultsPage(desk)
    desk.changed.connect(made.refresh)
    made.refresh()
    show(made, 1000, 900)
    return made


@pytest.fixture
def part(page, desk):
    """The part, with answers in two rounds."""
    answer_again(desk)
    page.show_thing("time:")
    return page.parts.part


def cell(part, case, principle):
    return part.table.changes.data(part.table.changes.index_of((case, principle)))


def links(part):
    return [link for link in part.changes.findChildren(InlineLink) if link.isVisible()]


def walk(part, qtbot, *keys):
    """Press keys in the table, and wait until what is below has followed."""
    for key in keys:
        qtbot.keyClick(part.table, key)
    qtbot.waitUntil(lambda: not part._follow.isActive())


# Nothing to compare


def test_one_round_with_answers_leads_to_the_next(page, desk, qtbot):
    page.show_thing("time:")
    part = page.parts.part
    assert part._stack.currentWidget() is part.empty
    words = [label.text() for label in part.empty.findChildren(QLabel)]
    assert any(text.startswith("Only Round 1 has answers.") for text in words)
    assert (part.tables(), part.picture(), part.shown_thing()) == ([], None, "")
    assert part.empty.button.text() == "Answer criteria in Round 2"
    part.empty.button.setFocus()
    with qtbot.waitSignal(page.go) as led:
        qtbot.keyClick(part.empty.button, Qt.Key.Key_Return)
    assert led.args == ["assess", ""]
    assert desk.assessment.round.key == "r2"


def test_without_another_round_one_is_added(page, desk, qtbot):
    desk.do(things.remove, "rounds", "r2")
    page.show_thing("time:")
    button = page.parts.part.empty.button
    assert button.text() == "Add the next round"
    assert not page.parts.part.earlier.isVisible()
    with qtbot.waitSignal(page.go) as led:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert led.args == ["overview", "rounds"]


def test_a_round_without_answers_before_the_one_that_has_them_can_be_answered_too(page, desk, qtbot):
    desk.do(things.remove, "rounds", "r2")
    desk.do(things.add, Round(key="r0", name="Round 0"))
    desk.do(things.move, "rounds", "r0", 0)
    page.show_thing("time:")
    part = page.parts.part
    assert part.empty.button.text() == "Add the next round"
    assert part.earlier.text() == "Answer criteria in Round 0"
    part.earlier.setFocus()
    with qtbot.waitSignal(page.go) as led:
        qtbot.keyClick(part.earlier, Qt.Key.Key_Return)
    assert led.args == ["assess", ""]
    assert desk.assessment.round.key == "r0"


def test_the_comparison_appears_with_the_first_answers_of_a_second_round(page, desk):
    page.show_thing("time:")
    desk.do(assess.answer, place("drift-detection"), Verdict.FULLY)
    part = page.parts.part
    assert part._stack.currentWidget() is part._area
    assert part.about.text().startswith(f"Round 1 {RIGHT} Round 2: ")


# Two rounds


def test_levels_then_and_now_in_words(part):
    assert cell(part, "paint", TRAINING).endswith("the same")
    assert cell(part, "paint", TRACEABILITY) == f"High {RIGHT} Moderate, fell"
    assert cell(part, "sorting", "overall").endswith("not assessed any more")
    assert part.about.text().endswith("1 fell, 1 became uncertain, 1 case not assessed any more")
    index = part.table.changes.index_of(("paint", TRACEABILITY))
    assert part.table.changes.data(index, Qt.ItemDataRole.AccessibleTextRole).startswith("Paint inspection, Trace")


def test_the_keyboard_leads_from_a_level_to_an_answer_in_its_round(part, page, desk, qtbot):
    part.table.select(("paint", TRAINING))
    part.table.setFocus()
    walk(part, qtbot, Qt.Key.Key_Right)
    assert part.table.place == ("paint", MONITORING)
    assert part._changes_head.text().endswith("Monitoring & feedback: 1 answer changed")
    qtbot.keyClick(part.table, Qt.Key.Key_Return)
    first = page.window().focusWidget()
    assert first.accessibleName() == "Not achieved: open this answer in Round 1"
    with qtbot.waitSignal(page.go) as led:
        qtbot.keyClick(first, Qt.Key.Key_Return)
    assert led.args == ["assess", "paint/drift-detection"]
    assert desk.assessment.round.key == "r1"
    assert (part.then.value(), part.now.value()) == ("r1", "r2")  # the page shows another round, this part the same
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Escape)
    assert part.table.hasFocus()


def test_an_answer_of_the_later_round_and_a_passage_are_led_to(part, page, desk, qtbot):
    part.show_thing(f"paint/{MONITORING}")
    qtbot.waitUntil(lambda: len(links(part)) == 4)
    then, passage_then, now, passage_now = links(part)
    assert [each.words for each in (then, now)] == ["Not achieved", "Fully achieved"]
    with qtbot.waitSignal(page.go) as led:
        qtbot.mouseClick(now, Qt.MouseButton.LeftButton)
    assert led.args == ["assess", "paint/drift-detection"]
    assert desk.assessment.round.key == "r2"
    for passage in (passage_then, passage_now):
        with qtbot.waitSignal(page.go) as led:
            qtbot.mouseClick(passage, Qt.MouseButton.LeftButton)
        assert led.args == ["interviews", "q3"]


def test_overall_lists_all_that_changed_of_a_case(part, qtbot):
    part.show_thing("paint")
    qtbot.waitUntil(lambda: part._changes_head.text().endswith(": 3 answers changed"))
    assert part.shown_thing() == "paint/overall"
    part.show_thing("sorting")
    qtbot.waitUntil(lambda: part._note.text() == "It has no answers in Round 2 to compare with.")
    assert links(part) == []
    part.show_thing(f"paint/{TRAINING}")
    qtbot.waitUntil(lambda: part._changes_head.text().endswith("Training & deployment: 1 answer changed"))


def test_what_is_listed_stays_while_nothing_of_it_changes(part, desk, qtbot):
    part.show_thing(f"paint/{MONITORING}")
    qtbot.waitUntil(lambda: len(links(part)) == 4)
    focused = links(part)[0]
    focused.setFocus()
    desk.do(assess.explain, place("versioned-code"), "Seen in the repository")
    assert links(part)[0] is focused
    assert focused.hasFocus()
    desk.do(assess.answer, place("drift-detection"), Verdict.LARGELY)
    qtbot.waitUntil(lambda: [each.words for each in links(part)][2:3] == ["Largely achieved"])


def test_rounds_are_chosen_by_keys_and_by_the_fields(part, desk, qtbot):
    desk.do(things.add, Round(key="r3", name="Round 3"))
    answer_again(desk, "r3")
    part.table.setFocus()
    qtbot.keyClick(part.table, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(part.table, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
    assert (part.then.value(), part.now.value()) == ("r2", "r3")
    assert part.about.text() == f"Round 2 {RIGHT} Round 3: Nothing changed"
    qtbot.keyClick(part.table, Qt.Key.Key_PageUp, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(part.table, Qt.Key.Key_PageUp, Qt.KeyboardModifier.AltModifier)  # there is none before
    assert part.then.value() == "r1"
    qtbot.keyClick(part.table, Qt.Key.Key_PageUp, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
    assert part.now.value() == "r2"
    part.now.setFocus()
    qtbot.keyClick(part.now, Qt.Key.Key_Down)
    assert part.now.value() == "r3"
    assert part.about.text().startswith(f"Round 1 {RIGHT} Round 3: ")


def test_a_round_without_answers_says_why_there_is_nothing(part, page, desk, qtbot):
    desk.do(things.add, Round(key="r3", name="Round 3"))
    part.table.setFocus()
    qtbot.keyClick(part.table, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
    assert part.reason.text() == "Round 3 has no answers yet."
    assert part.reason.isVisible()
    assert not part.table.isVisible()
    assert (part.tables(), part.picture()) == ([], None)
    assert part.now.hasFocus()  # the keys still count
    assert part.answer.text() == "Answer criteria in Round 3"
    with qtbot.waitSignal(page.go) as led:
        qtbot.mouseClick(part.answer, Qt.MouseButton.LeftButton)
    assert led.args == ["assess", ""]
    assert desk.assessment.round.key == "r3"
    part.now.setFocus()
    qtbot.keyClick(part.now, Qt.Key.Key_PageUp, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
    assert part.table.isVisible()
    assert not part.reason.isVisible()


def test_a_round_that_is_taken_away_is_compared_no_more(part, desk):
    desk.do(things.add, Round(key="r3", name="Round 3"))
    answer_again(desk, "r3")
    part._choose(1, "r3")
    for each in [each for each in desk.document.answers if each.round == "r3"]:
        desk.do(things.remove_thing, each)
    desk.do(things.remove, "rounds", "r3")
    assert (part.then.value(), part.now.value()) == ("r1", "r2")


# Charts and tables


def test_the_trend_of_a_case_is_drawn_and_told(part, qtbot):
    part.show_thing("paint")
    qtbot.waitUntil(lambda: part.trends.is_drawn)
    charts = [card.chart for card in part.trends.cards]
    assert [chart.accessibleName() for chart in charts] == [
        "Trend of Paint inspection, Training & deployment",
        "Trend of Paint inspection, Monitoring & feedback",
        "Trend of Paint inspection, Traceability",
        "Trend of Paint inspection, Overall",
    ]
    assert charts[2].accessibleDescription() == "Round 1: High; Round 2: Moderate"
    part.show_thing("sorting")
    qtbot.waitUntil(lambda: "Part sorting" in charts[0].accessibleName())
    assert charts[2].accessibleDescription().endswith("Round 2: no level")


def test_tables_for_a_workbook_and_a_picture(part):
    levels, answers = part.tables()
    name = library.load("mlops-maturity").principle(TRACEABILITY).name
    assert levels.head == (
        "Case", "Principle", "Round 1", "Round 2", "Change", "Round 1, derived", "Round 2, derived",
    )  # fmt: skip
    assert ("Paint inspection", name, "High", "Moderate", "fell", "High", "Moderate") in levels.rows
    row = next(row for row in answers.rows if row[2] == "drift detection")
    assert row[3:] == ("rose", "Not achieved", "Fully achieved", "I1 line 3", "I1 line 3")
    assert part.picture() is part.table


@pytest.mark.parametrize("rubric", ["ml-test-score", "microsoft-mlops-maturity", "mlops-principles"])
def test_rubrics_of_other_rules_are_compared_too(small, tmp_path, show, rubric):
    model = library.load(rubric)
    best = (Verdict.LEVEL_0, Verdict.LEVEL_2) if model.rule == "choice" else (Verdict.NOT_ACHIEVED, Verdict.FULLY)
    answers = tuple(
        Answer(rubric=rubric, criterion=each.id, case="paint", round=in_round, assessor="ada", verdict=verdict)
        for in_round, verdict in zip(("r1", "r2"), best, strict=True)
        for each in model.principles[0].criteria
    )
    rubrics = (*small.rubrics, FrozenRubric(key=rubric, version=model.version, text=library.text(rubric)))
    path = tmp_path / "many.fieldquill"
    import_document(path, "a passphrase", replace(small, rubrics=rubrics, answers=(*small.answers, *answers)))
    with OpenStudy.open(path, "a passphrase") as study:
        desk = Desk(study)
        desk.show(rubric=rubric)
        part = OverTimePart(desk)
        part.refresh()
        show(part, 1000, 800)
        assert cell(part, "paint", model.principles[0].id).endswith("rose")
        assert ("points" in cell(part, "paint", model.principles[0].id)) == (model.rule == "points")
        levels, _ = part.tables()
        assert len(levels.head) == (9 if model.counts_points else 7)


def test_it_is_painted_in_every_state(part, page, desk):
    override = Override(
        rubric="mlops-maturity",
        principle=TRACEABILITY,
        case="paint",
        round="r2",
        level="low",
        assessor="ada",
        reason="We saw it.",
    )
    desk.do(things.add, override)
    assert cell(part, "paint", TRACEABILITY) == f"High {RIGHT} Low (set by the team, derived: Moderate), fell"
    for width in (700, 1400):
        page.resize(width, 900)
        assert not page.grab().isNull()


def test_what_only_others_may_see_is_compared_for_nobody(page, desk):
    answer_again(desk)
    members = (BallotMember(assessor="ada"), BallotMember(assessor="ben"))
    desk.do(things.add, Ballot(rubric="mlops-maturity", case="paint", round="r2", members=members))
    desk.study.work_as("ben")
    page.show_thing("time:")
    part = page.parts.part
    assert part._stack.currentWidget() is part.empty


def test_no_key_is_claimed_twice(window):
    window.workspace.show_page("results", "time:")
    answer_again(window.workspace.desk)
    assert window.workspace.page.parts.part.table.isVisible()
    assert shared(window) == []
