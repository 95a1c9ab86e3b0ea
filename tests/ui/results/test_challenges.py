"""The challenges part as a person uses it: how often each was met, named and ticked, its passages, all by keys."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from app.actions import challenges
from app.model.assessment import Challenge
from ui.results.challenge_list import ChallengeCard
from ui.results.challenges import ChallengesPart

TRAINING, MONITORING = "training-deployment", "monitoring-feedback"
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
MADE = Challenge(key="data", title="New data", rubric="mlops-maturity", principle=MONITORING, round="r1")


@pytest.fixture
def show_part(show):
    windows = []

    def shown(desk):
        window = QWidget()
        windows.append(window)
        part = ChallengesPart(desk, window)
        part.setGeometry(0, 0, 900, 800)
        panel = part.panel()
        panel.setParent(window)
        panel.setGeometry(900, 0, 340, 800)
        desk.changed.connect(part.refresh)
        part.refresh()
        show(window, 1240, 800)
        panel.show()
        part.setFocus()
        return part

    yield shown
    windows.clear()


@pytest.fixture
def several(desk):
    """`c1` of one case; `data` of the whole organisation and `people` of both cases, on another principle."""
    desk.do(challenges.add_challenge, MADE)
    both = msgspec.structs.replace(MADE, key="people", title="People", cases=("paint", "sorting"))
    desk.do(challenges.add_challenge, both)
    return desk


@pytest.fixture
def part(several, show_part):
    return show_part(several)


def keys(part):
    return [card.key for card in part.list.cards.cards]


def standing(desk, key):
    return next((each for each in desk.document.challenges if each.key == key), None)


def focus(part):
    return part.window().focusWidget()


def test_they_stand_under_their_principles_with_how_often_they_were_met(part):
    assert keys(part) == [f"principle:{TRAINING}", "c1", f"principle:{MONITORING}", "data", "people"]
    assert part.list.current_key() == "c1"
    cards = [card for card in part.list.cards.cards if isinstance(card, ChallengeCard)]
    assert [(card.head, card.frequency, card.share) for card in cards] == [
        ("Paint inspection", "1 of 2 cases", 0.5),
        ("across all cases", "2 of 2 cases", 1.0),
        ("across all cases", "2 of 2 cases", 1.0),
    ]
    assert part._about.text() == "3 challenges · 2 met in more than one case"
    index = part.list.cards.index(1)
    told = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("1 of 2 cases. Paint inspection. Integration tests")
    assert "No evidence yet" in told


def test_the_most_frequent_come_first_where_that_is_chosen(part, qtbot):
    qtbot.mouseClick(part.order.button("frequency"), Qt.MouseButton.LeftButton)
    assert keys(part) == ["data", "people", "c1"]
    assert part.list.cards.cards[0].head == "Monitoring & feedback · across all cases"
    assert part.list.current_key() == "c1"
    (table,) = part.tables()
    assert [row[0] for row in table.rows] == ["New data", "People", "Integration tests"]
    assert part.picture() is part.list.viewport()


def test_the_bar_is_as_long_as_its_share(part, qtbot):
    from ui.theme import theme

    part.list.set_current("people")  # the current one has an accent of its own
    accent = theme().colour("accent").rgb()
    picture = part.list.viewport().grab().toImage()

    def inked(key):
        where = part.list.visualRect(part.list.cards.index(part.list.cards.place(key)))
        return max(
            sum(picture.pixel(x, y) == accent for x in range(where.left(), where.right()))
            for y in range(where.top() + 8, where.top() + 24)
        )

    assert inked("data") == 96
    assert inked("c1") == 48


def test_one_is_added_by_keys_alone(part, several, qtbot):
    qtbot.keyClick(part.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: part.side.subject == "data")
    with qtbot.waitSignal(part.panel_asked):
        qtbot.keyClick(part.list, Qt.Key.Key_Insert)
    qtbot.keyClicks(focus(part), "Nobody is on call")
    qtbot.keyClick(focus(part), Qt.Key.Key_Return)
    made = standing(several, "nobody-is-on-call")
    assert (made.title, made.principle, made.round, made.cases) == ("Nobody is on call", MONITORING, "r1", ())
    assert part.list.current_key() == made.key
    assert focus(part) is part.side.form.editor("text")
    qtbot.keyClicks(focus(part), "At night.")
    qtbot.keyClick(focus(part), Qt.Key.Key_Escape)
    assert standing(several, made.key).text == ""  # Escape in a field goes back to what stood there
    qtbot.keyClicks(focus(part), "At night.")
    qtbot.keyClick(focus(part), Qt.Key.Key_Return, CTRL)
    assert standing(several, made.key).text == "At night."
    qtbot.keyClick(focus(part), Qt.Key.Key_Escape)
    assert part.list.hasFocus()
    several.undo()
    several.undo()
    assert standing(several, made.key) is None


def test_a_name_that_is_taken_is_refused_and_what_stood_there_stands(part, several, qtbot):
    part.show_thing("people")
    qtbot.keyClick(part.list, Qt.Key.Key_F2)
    field = focus(part)
    field.selectAll()
    qtbot.keyClicks(field, "new data")
    with qtbot.waitSignal(several.failed) as said:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "stands on that principle already" in said.args[0]
    assert standing(several, "people").title == "People"
    field.selectAll()
    qtbot.keyClicks(field, "Staff")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert standing(several, "people").title == "Staff"


def test_it_is_put_on_another_principle_and_shown_in_cases(part, several, qtbot):
    part.show_thing("data")
    choice = part.side.form.editor("principle")
    choice.setCurrentIndex(0)
    choice.activated.emit(0)
    assert standing(several, "data").principle == TRAINING
    assert keys(part) == [f"principle:{TRAINING}", "c1", "data", f"principle:{MONITORING}", "people"]
    qtbot.mouseClick(part.side.cases, Qt.MouseButton.LeftButton)
    popup = part.side.cases.popup
    qtbot.keyClick(popup.view, Qt.Key.Key_Space)
    qtbot.keyClick(popup.view, Qt.Key.Key_Escape)
    assert standing(several, "data").cases == ("paint",)
    qtbot.mouseClick(part.side.cases, Qt.MouseButton.LeftButton)
    popup = part.side.cases.popup
    qtbot.keyClick(popup.view, Qt.Key.Key_Space)
    qtbot.keyClick(popup.view, Qt.Key.Key_Escape)
    assert standing(several, "data").cases == ()


def test_it_moves_among_those_on_its_principle(part, several, qtbot):
    part.show_thing("people")
    part.list.setFocus()
    qtbot.keyClick(part.list, Qt.Key.Key_Up, ALT)
    assert keys(part)[-2:] == ["people", "data"]
    assert part.list.current_key() == "people"
    qtbot.keyClick(part.list, Qt.Key.Key_Down, ALT)
    assert keys(part)[-2:] == ["data", "people"]


def test_it_becomes_a_part_of_another(part, several, qtbot):
    part.show_thing("people")
    merge = part.side.merge
    assert [merge.itemText(n) for n in range(merge.count())] == [
        "Nothing: it stands alone",
        "Integration tests",
        "New data",
    ]
    merge.setCurrentIndex(1)
    with qtbot.waitSignal(several.told):
        merge.activated.emit(1)
    assert standing(several, "people") is None
    assert standing(several, "c1").cases == ("paint", "sorting")
    assert part.list.current_key() == "c1"
    assert part.side.subject == "c1"
    several.undo()
    assert standing(several, "people") is not None


def test_one_is_removed_by_key_and_button(part, several, qtbot):
    part.show_thing("data")
    part.list.setFocus()
    with qtbot.waitSignal(several.told) as said:
        qtbot.keyClick(part.list, Qt.Key.Key_Delete, CTRL)
    assert said.args[0] == "Remove challenge New data"
    assert part.list.current_key() == "people"
    qtbot.mouseClick(part.side.remove, Qt.MouseButton.LeftButton)
    assert keys(part) == [f"principle:{TRAINING}", "c1"]
    assert part.list.current_key() == "c1"


def test_its_passages_are_linked_weighed_and_let_go_by_keys(part, several, qtbot):
    qtbot.keyClick(part.list, Qt.Key.Key_E, CTRL)
    cards = part.side.cards
    assert cards.hasFocus()
    passage = cards.current_key().removeprefix("offered:")
    qtbot.keyClick(cards, Qt.Key.Key_Return)
    assert [each.passage for each in standing(several, "c1").evidence] == [passage]
    assert "1 passage from 1 source" in part.list.cards.cards[1].feet
    qtbot.keyClick(cards, Qt.Key.Key_W)
    assert standing(several, "c1").evidence[0].weight == "shown"
    qtbot.keyClick(cards, Qt.Key.Key_N)
    qtbot.keyClicks(cards.editor, "On the wall")
    qtbot.keyClick(cards.editor, Qt.Key.Key_Return, CTRL)
    assert standing(several, "c1").evidence[0].note == "On the wall"
    with qtbot.waitSignal(part.go) as led:
        qtbot.keyClick(cards, Qt.Key.Key_Return)
    assert led.args == ["interviews", passage]
    qtbot.keyClick(cards, Qt.Key.Key_Delete)
    assert standing(several, "c1").evidence == ()
    qtbot.keyClick(cards, Qt.Key.Key_Escape)
    assert part.list.hasFocus()


def test_a_note_is_kept_for_the_challenge_it_was_written_on(part, several, qtbot):
    qtbot.keyClick(part.list, Qt.Key.Key_E, CTRL)
    cards = part.side.cards
    qtbot.keyClick(cards, Qt.Key.Key_Return)
    qtbot.keyClick(cards, Qt.Key.Key_N)
    qtbot.keyClicks(cards.editor, "Half a no")
    part.show_thing("data")
    assert standing(several, "c1").evidence[0].note == "Half a no"


def test_changed_words_are_checked_and_reading_turned(part, several, qtbot):
    owner = standing(several, "c1")
    from app.actions import links

    several.do(links.link, owner, "q2")
    how = lambda each: msgspec.structs.replace(each, words="by a robot")  # noqa: E731
    several.do(links.change_link, owner, "q2", how)
    qtbot.keyClick(part.list, Qt.Key.Key_E, CTRL)
    part.side.show_passage("q2")
    qtbot.keyClick(part.side.cards, Qt.Key.Key_S)
    assert standing(several, "c1").evidence[0].stance == "contradicts"
    qtbot.keyClick(part.side.cards, Qt.Key.Key_K)
    assert standing(several, "c1").evidence[0].words == ""


def test_without_any_it_says_what_they_are_and_offers_the_first(desk, show_part, qtbot):
    desk.do(challenges.remove_challenge, "c1")
    part = show_part(desk)
    assert part._nothing.isVisible()
    assert (part.tables(), part.picture(), part.shown_thing()) == ([], None, "")
    qtbot.mouseClick(part._nothing.button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(focus(part), "Tools")
    qtbot.keyClick(focus(part), Qt.Key.Key_Return)
    assert part.list.isVisible()
    assert part.shown_thing() == "tools"


def test_another_round_has_its_own(part, several, qtbot):
    several.show(in_round="r2")
    assert keys(part) == []
    assert part._nothing.isVisible()
    several.show(in_round="r1")
    assert "c1" in keys(part)


def test_a_new_one_given_up_is_none(part, several, qtbot):
    qtbot.keyClick(part.list, Qt.Key.Key_Insert)
    qtbot.keyClick(focus(part), Qt.Key.Key_Escape)
    assert part.list.hasFocus()
    assert part.side.subject == "c1"
    assert len(several.document.challenges) == 3


def test_in_a_study_open_for_reading_nothing_is_written(reading_desk, show_part, qtbot):
    part = show_part(reading_desk)
    assert not part.add.isVisible()
    qtbot.keyClick(part.list, Qt.Key.Key_Insert)
    assert part.side.subject == "c1"
    qtbot.keyClick(part.list, Qt.Key.Key_Delete, CTRL)
    qtbot.keyClick(part.list, Qt.Key.Key_Up, ALT)
    assert len(reading_desk.document.challenges) == 1
    assert part.side.form.editor("title").isReadOnly()
    assert not part.side.remove.isVisible()


def test_everything_that_takes_the_focus_has_a_name(part):
    parts = [*part.findChildren(QWidget), *part.side.findChildren(QWidget)]
    stops = [each for each in parts if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible()]
    assert len(stops) > 6
    names = (QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name) for each in stops)
    assert all(names)


def test_the_results_page_leads_to_one(window, qtbot):
    window.workspace.show_page("results", "challenges:c1")
    page = window.workspace.page
    part = page.parts.part
    assert isinstance(part, ChallengesPart)
    assert page.context_panel() is part.side
    assert part.shown_thing() == "c1"
