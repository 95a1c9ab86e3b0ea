"""Evidence on the Assess page: written on in place, checked again, dropped on criteria."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from app.actions import assess, links
from app.actions.notes import RemoveEntry, SetEntry, write
from app.analysis.blind import seen_by
from app.analysis.differences import Change
from app.model.evidence import Coding, DoubleCoding, Evidence, Passage, Span, Stance, Weight
from app.model.source import Entry
from app.store.errors import NotWritten
from ui.assess.candidates import Candidates
from ui.assess.evidence_cards import PASSAGE
from ui.assess.evidence_panel import LINKED, OFFERED
from ui.assess.rows import CriterionRow, Filter

ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape
LINK = Qt.DropAction.LinkAction
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def held(desk, criterion="drift-detection", passage="q3", who="ada"):
    """How the answer of `who` rests on a passage."""
    found = (each for each in desk.document.answers if (each.criterion, each.assessor) == (criterion, who))
    return next((link for each in found for link in each.evidence if link.passage == passage), None)


def owner(criterion="drift-detection", who="ada"):
    return assess.owner(assess.Place("mlops-maturity", criterion, "paint", "r1", who))


@pytest.fixture
def settle(qtbot, page):
    """Wait until the panel follows."""
    return lambda: qtbot.waitUntil(lambda: not page._follow.isActive())


@pytest.fixture
def view(qtbot, page, settle):
    """The cards beside drift detection, its one linked passage the current card."""
    page.view.set_current("drift-detection")
    settle()
    cards = page.evidence.cards
    cards.set_current(f"{LINKED}q3")
    cards.setFocus()
    qtbot.waitUntil(cards.hasFocus)
    return cards


def card(view, key=f"{LINKED}q3"):
    return view.card(key)


def click_spot(qtbot, view, spot, key=f"{LINKED}q3"):
    view.scrollTo(view.cards.index(view.cards.place(key)))
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.spot_point(key, spot).toPoint())


def reworded(desk):
    """Change a word under the linked passage."""
    desk.do(
        write,
        "i1",
        [SetEntry(Entry(key="i1-3", text="No bell when the input drifts, we look at the dashboard."))],
        reason="told so",
    )


def test_what_was_just_linked_by_key_is_the_card_the_next_key_is_about(qtbot, desk, page, view, settle):
    offered = next(each.key for each in view.cards.cards if each.key.startswith(OFFERED))
    passage = offered.removeprefix(OFFERED)
    view.set_current(offered)
    qtbot.keyClick(view, ENTER)
    settle()
    assert view.current_key() == f"{LINKED}{passage}"
    before = held(desk, passage=passage).weight
    qtbot.keyClick(view, Qt.Key.Key_W)
    assert held(desk, passage=passage).weight is not before
    view.set_current(f"{LINKED}q3")
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    settle()
    assert view.current_key() == f"{LINKED}{passage}"  # it took the place of the one unlinked
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    settle()
    assert view.current_key().startswith(OFFERED)  # none is linked any more


def test_from_the_criteria_the_keys_go_to_the_passage_that_somebody_was_led_to(qtbot, page, settle):
    page.show_thing("paint/drift-detection/q3")
    settle()
    qtbot.keyClick(page.view, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.evidence.cards.hasFocus)
    assert page.evidence.cards.current_key() == f"{LINKED}q3"
    page.view.set_current("automated-deployment")
    settle()
    assert page.evidence.cards.current_key() == ""  # that was another criterion's


def test_the_card_that_keys_are_about_is_always_seen_to_be(qtbot, page, settle):
    page.view.set_current("drift-detection")
    settle()
    cards = page.evidence.cards
    cards.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(cards.hasFocus)
    assert cards.current_key()
    assert cards.selectionModel().isSelected(cards.currentIndex())
    cards.clearSelection()
    cards.set_current(cards.current_key())
    assert cards.selectionModel().isSelected(cards.currentIndex())


def test_who_is_led_to_a_criterion_has_the_keys_there(qtbot, page, settle):
    page.evidence.filter.setFocus()
    page.show_thing("paint/drift-detection")
    settle()
    qtbot.waitUntil(page.view.hasFocus)


# Written in place


@pytest.mark.parametrize(
    ("key", "what", "foot"), [(Qt.Key.Key_R, "reference", "Reference"), (Qt.Key.Key_N, "note", "Note")]
)
def test_reference_and_note_are_written_in_place(qtbot, desk, view, settle, key, what, foot):
    qtbot.keyClick(view, key)
    qtbot.waitUntil(view.editor.hasFocus)
    assert view.editor.accessibleName() == what.capitalize()
    qtbot.keyClicks(view.editor, "Dashboard of hall 4, rnk")
    qtbot.keyClick(view.editor, ENTER)
    settle()
    assert view.editor is None
    assert view.hasFocus()
    assert getattr(held(desk), what) == "Dashboard of hall 4, rnk"
    assert card(view).feet == (f"{foot}: Dashboard of hall 4, rnk",)
    desk.undo()
    assert getattr(held(desk), what) == ""


def test_escape_and_leaving_keep_what_was_written(qtbot, desk, page, view, settle):
    qtbot.keyClick(view, Qt.Key.Key_N)
    qtbot.keyClicks(view.editor, "one")
    qtbot.keyClick(view.editor, ESCAPE)
    settle()
    assert held(desk).note == "one"
    qtbot.keyClick(view, Qt.Key.Key_N)
    qtbot.keyClicks(view.editor, ", two")
    page.leave()
    settle()
    assert held(desk).note == "one, two"
    qtbot.keyClick(view, Qt.Key.Key_N)
    qtbot.keyClicks(view.editor, ", three")
    qtbot.mouseClick(page.view.viewport(), LEFT, pos=page.view.part_point("several-measures", "rationale"))
    assert held(desk).note == "one, two, three"  # of the criterion it was written for, not the one clicked


def test_what_was_not_changed_is_no_action(qtbot, desk, view):
    before = desk.document
    for key in (Qt.Key.Key_R, Qt.Key.Key_N):
        qtbot.keyClick(view, key)
        qtbot.keyClick(view.editor, ENTER)
    assert desk.document is before


def test_another_card_closes_the_editor_and_keeps_it(qtbot, desk, view, settle):
    qtbot.keyClick(view, Qt.Key.Key_R)
    qtbot.keyClicks(view.editor, "log")
    view.setCurrentIndex(view.cards.index(view.cards.rowCount() - 1))
    settle()
    assert view.editor is None
    assert held(desk).reference == "log"


def test_the_editor_stands_in_its_card_and_moves_with_it(qtbot, page, view):
    qtbot.keyClick(view, Qt.Key.Key_N)
    index = view.cards.index(view.cards.place(f"{LINKED}q3"))
    assert view.visualRect(index).contains(view.editor.geometry())
    page.evidence.warned.setText("x\ny")
    page.evidence.warned.show()
    QApplication.processEvents()
    assert view.visualRect(index).contains(view.editor.geometry())
    view.close_editor()


def test_documented_asks_for_its_reference_at_once(qtbot, desk, view, settle):
    qtbot.keyClick(view, Qt.Key.Key_W)
    settle()
    assert view.editor is None
    qtbot.keyClick(view, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: view.editor is not None and view.editor.hasFocus())
    assert held(desk).weight is Weight.DOCUMENTED
    assert card(view).feet == ("Documented in what? Write the reference: R",)
    qtbot.keyClicks(view.editor, "Alarm list")
    qtbot.keyClick(view.editor, ENTER)
    settle()
    assert (held(desk).weight, held(desk).reference) == (Weight.DOCUMENTED, "Alarm list")
    assert card(view).warns == 0


def test_what_contradicts_asks_why_the_answer_stands(qtbot, desk, view, settle):
    qtbot.keyClick(view, Qt.Key.Key_S)
    settle()
    assert card(view).feet[0].startswith("Nothing says why it stands")
    click_spot(qtbot, view, "note")
    assert view.editor.placeholderText() == "Why it stands although this contradicts it"
    qtbot.keyClicks(view.editor, "Another line")
    qtbot.keyClick(view.editor, ENTER)
    settle()
    assert (held(desk).stance, held(desk).note) == (Stance.CONTRADICTS, "Another line")
    assert card(view).feet == ("Why it stands: Another line",)


def test_weight_and_stance_keep_reference_note_and_words(qtbot, desk, view, settle):
    desk.do(links.change_link, owner(), "q3", lambda each: replace(each, reference="log", note="n", words="as it was"))
    for key in (Qt.Key.Key_W, Qt.Key.Key_S):
        qtbot.keyClick(view, key)
        settle()
    kept = replace(held(desk), id=None)
    assert kept == Evidence(
        passage="q3",
        weight=Weight.SHOWN,
        stance=Stance.CONTRADICTS,
        reference="log",
        note="n",
        words="as it was",
    )


def test_what_could_not_be_kept_is_still_there(qtbot, desk, view, settle, monkeypatch):
    failures = []
    desk.failed.connect(failures.append)
    click_spot(qtbot, view, "reference")
    qtbot.keyClicks(view.editor, "Precious words")

    def full(*_args, **_kwargs):
        raise NotWritten("The medium is full: the change was not saved.")

    with monkeypatch.context() as patch:
        patch.setattr(type(desk.study), "do", full)
        qtbot.keyClick(view.editor, ENTER)
    assert failures == ["The medium is full: the change was not saved."]
    assert view.editor.toPlainText() == "Precious words"
    qtbot.keyClick(view.editor, ENTER)
    assert held(desk).reference == "Precious words"


def test_an_editor_goes_with_its_card(qtbot, desk, page, view, settle):
    qtbot.keyClick(view, Qt.Key.Key_N)
    desk.do(links.unlink, owner(), "q3")
    settle()
    assert view.editor is None
    assert held(desk) is None


# Checked again


def test_changed_words_are_shown_and_checked_by_a_key(qtbot, desk, page, view, settle):
    reworded(desk)
    settle()
    changed = [(piece.change, piece.text) for piece in card(view).pieces if piece.change is not Change.SAME]
    assert changed == [(Change.REMOVED, "alarm"), (Change.ADDED, "bell")]
    assert card(view).feet == ("Its words have changed since it was linked. Still stands: K",)
    assert page.view.row("drift-detection").again
    qtbot.keyClick(view, Qt.Key.Key_K)
    settle()
    assert held(desk).words == "No bell when the input drifts"
    assert card(view).pieces == ()
    assert not page.view.row("drift-detection").again
    before = desk.document
    qtbot.keyClick(view, Qt.Key.Key_K)
    assert desk.document is before


def test_changed_words_are_checked_by_mouse(qtbot, desk, view, settle):
    reworded(desk)
    settle()
    click_spot(qtbot, view, "check")
    settle()
    assert held(desk).words == "No bell when the input drifts"


def test_words_that_are_gone_are_shown_as_they_were_and_can_not_be_checked(qtbot, desk, view, settle):
    desk.do(write, "i1", [RemoveEntry("i1-3")], reason="not said")
    settle()
    assert card(view).text == "No alarm when the input drifts"
    assert card(view).feet == ("These words are no longer in the notes.",)
    before = desk.document
    qtbot.keyClick(view, Qt.Key.Key_K)
    assert desk.document is before


def test_very_long_words_are_not_compared(desk, view, settle):
    desk.do(links.change_link, owner(), "q3", lambda each: replace(each, words="other " * 900))
    settle()
    assert card(view).pieces == ()
    assert card(view).warns == 1


# Whose it is


def test_what_somebody_else_linked_is_only_looked_at(qtbot, desk, page, view, settle):
    desk.study.work_as("ben")
    page.refresh()
    settle()
    assert not card(view).own
    before = desk.document
    for key in (Qt.Key.Key_R, Qt.Key.Key_N, Qt.Key.Key_K, Qt.Key.Key_W, Qt.Key.Key_S, Qt.Key.Key_Delete):
        qtbot.keyClick(view, key)
    assert view.editor is None
    assert desk.document is before


def test_what_somebody_else_linked_says_what_is_to_be_looked_at(desk, page, view, settle):
    desk.do(
        links.change_link,
        owner(),
        "q3",
        lambda each: replace(each, words="x", weight=Weight.DOCUMENTED, stance=Stance.CONTRADICTS),
    )
    desk.study.work_as("ben")
    page.refresh()
    settle()
    assert card(view).feet == (
        "Its words have changed since it was linked.",
        "Nothing says why it stands although this contradicts it.",
        "Documented in what?",
    )


def test_in_a_study_open_for_reading_nothing_is_written(qtbot, reading_desk, show_page):
    page = show_page(reading_desk)
    page.view.set_current("drift-detection")
    qtbot.waitUntil(lambda: not page._follow.isActive())
    page.evidence.write("q3", "note")
    assert page.evidence.cards.editor is None
    assert not page._linking.write("drift-detection", "q3", "note", "x")
    page._linking.check("drift-detection", "q3")
    assert held(reading_desk).note == ""


def test_what_the_other_of_two_coders_marked_is_not_offered_before_both_are_done(small):
    passage = Passage(key="q9", source="i1", words="Users", spans=(Span(entry="i1-4", start=0, end=5),))
    coding = Coding(passage="q9", code="monitoring", assessor="ben", case="paint")
    blind = DoubleCoding(key="dc", first="ada", second="ben", sources=("i1",))
    document = replace(
        small, passages=(*small.passages, passage), codings=(*small.codings, coding), double_codings=(blind,)
    )

    def keys(who):
        made = Candidates(seen_by(document, who))
        return {each.key for each in made.offered("paint", {("mlops-maturity", "monitoring-feedback")}, ()).cards}

    assert "q9" in keys("ben")
    assert "q9" not in keys("ada")


# Dropped on a criterion


def passage(key):
    data = QMimeData()
    data.setData(PASSAGE, key.encode())
    return data


def send(page, event):
    QApplication.sendEvent(page.view.viewport(), event)
    return event.isAccepted()


def over(page, criterion):
    page.view.scrollTo(page.view.criteria.index(page.view.criteria.place(criterion)))
    return page.view.part_point(criterion, "rationale")


def test_only_what_is_offered_can_be_dragged_and_it_carries_no_words(page, view):
    model = view.cards
    drags = {
        card.key for place, card in enumerate(model.cards)
        if model.flags(model.index(place)) & Qt.ItemFlag.ItemIsDragEnabled
    }  # fmt: skip
    assert drags == {card.key for card in model.cards if card.key.startswith(OFFERED)}
    first = model.index(model.place(f"{OFFERED}q1"))
    data = model.mimeData([first, model.index(model.place(f"{LINKED}q3"))])
    assert data.formats() == model.mimeTypes() == [PASSAGE]
    assert data.data(PASSAGE).toStdString() == "q1"
    assert model.supportedDragActions() & LINK


def test_a_passage_dropped_on_a_criterion_is_linked_to_it(qtbot, desk, page, view, settle):
    point = over(page, "several-measures")
    data = passage("q1")
    assert send(page, QDragEnterEvent(point, LINK, data, LEFT, NONE))
    assert send(page, QDragMoveEvent(point, LINK, data, LEFT, NONE))
    assert page.view.painter.dropping == "several-measures"
    page.view.grab()
    assert send(page, QDropEvent(QPointF(point), LINK, data, LEFT, NONE))
    assert page.view.painter.dropping == ""
    settle()
    assert held(desk, "several-measures", "q1").weight is Weight.SAID
    assert page.view.current == "several-measures"
    before, point = desk.document, over(page, "several-measures")
    send(page, QDragEnterEvent(point, LINK, data, LEFT, NONE))
    assert send(page, QDropEvent(QPointF(point), LINK, data, LEFT, NONE))
    assert desk.document is before  # it rests on it already


def test_a_head_takes_no_passage_and_leaving_shows_nothing(page, view):
    data = passage("q1")
    send(page, QDragEnterEvent(over(page, "several-measures"), LINK, data, LEFT, NONE))
    send(page, QDragMoveEvent(over(page, "several-measures"), LINK, data, LEFT, NONE))
    send(page, QDragLeaveEvent())
    assert page.view.painter.dropping == ""
    page.view.scrollToTop()
    head = page.view.visualRect(page.view.criteria.index(0)).center()
    assert not send(page, QDragMoveEvent(head, LINK, data, LEFT, NONE))
    before = page.desk.document
    send(page, QDropEvent(QPointF(head), LINK, data, LEFT, NONE))
    assert page.desk.document is before


def test_held_at_an_edge_the_list_scrolls(page, view):
    page.view.scrollToTop()
    bottom = page.view.viewport().rect().bottomLeft()
    bottom.setX(30)
    data = passage("q1")  # kept: events only point to it
    send(page, QDragEnterEvent(bottom, LINK, data, LEFT, NONE))
    send(page, QDragMoveEvent(bottom, LINK, data, LEFT, NONE))
    moved = page.view.verticalScrollBar().value()
    assert moved > 0
    bottom.setY(5)
    send(page, QDragMoveEvent(bottom, LINK, data, LEFT, NONE))
    assert page.view.verticalScrollBar().value() < moved
    send(page, QDragLeaveEvent())


def test_nothing_else_is_taken(page):
    data, words = passage("q1"), QMimeData()
    words.setText("q1")
    assert not send(page, QDragEnterEvent(over(page, "several-measures"), LINK, words, LEFT, NONE))
    page.view.read_only = True
    assert not send(page, QDragEnterEvent(over(page, "several-measures"), LINK, data, LEFT, NONE))


# Filters and warnings


def listed(page):
    return [row.key for row in page.view.criteria.rows if isinstance(row, CriterionRow)]


def test_criteria_contradicted_or_to_be_checked_again_are_filtered(qtbot, desk, page, view, settle):
    desk.do(links.link, owner("several-measures"), "q1", stance=Stance.CONTRADICTS)
    reworded(desk)
    settle()
    assert page.filters.button("contradicted").text() == "Contradicted 1"
    assert page.filters.button("check_again").text() == "Check again 1"
    qtbot.mouseClick(page.filters.button("contradicted"), LEFT)
    assert listed(page) == ["several-measures"]
    qtbot.mouseClick(page.filters.button("check_again"), LEFT)
    assert listed(page) == ["drift-detection"]
    assert page.filters.value() == Filter.CHECK_AGAIN


def test_a_row_says_what_is_the_matter_with_its_evidence(desk, page, view, settle):
    row = page.view.row("drift-detection")
    assert (row.warns, row.evidence_words) == (False, "1 passage")
    reworded(desk)
    assert page.view.row("drift-detection").evidence_words == "1 passage, words have changed"
    desk.do(links.link, owner(), "q1", stance=Stance.CONTRADICTS)
    row = page.view.row("drift-detection")
    assert row.evidence_words == "2 passages, contradicted, no note says why it stands, words have changed"
    desk.do(links.change_link, owner(), "q1", lambda each: replace(each, note="n"))
    assert page.view.row("drift-detection").evidence_words == "2 passages, contradicted, words have changed"
    assert page.view.row("drift-detection").warns
    assert page.view.row("direct-access").evidence_words == "No passages"


def test_warnings_of_criterion_and_score_stand_above_its_evidence(page, settle):
    page.view.set_current("direct-access")
    settle()
    assert page.evidence.warned.text() == (
        "Direct access of Paint inspection (Ada): answered largely achieved, without evidence."
    )
    page.view.set_current("drift-detection")
    settle()
    assert page.evidence.warned.isHidden()


def test_others_can_lead_to_a_passage_of_a_criterion(page, settle):
    page.show_thing("paint/drift-detection/q3")
    settle()
    assert page.view.current == "drift-detection"
    assert page.evidence.cards.current_key() == "linked:q3"
