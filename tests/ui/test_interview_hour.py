"""An hour in the room and what follows it, by keyboard alone: no click, no slot called."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.actions import verify
from app.model.source import Clock, EntryKind, Fate, Flag, FollowUpState, SourceStatus
from tests.leaks import files_that_tell

CTRL, SHIFT, ALT = (getattr(Qt.KeyboardModifier, f"{name}Modifier") for name in ("Control", "Shift", "Alt"))
KEY = Qt.Key
LINES = (
    "Model is retrained by hand every month",
    '" we look at it when somebody complains',
    "? how many people complain",
    "! nobody has the labels in time",
    "> wants an alarm by spring",
    "* seemed sure of it",
    "@paint runs in hall 2",
    "#monitoring a chart on the wall",
    '? " it was fine last year',
    "labels come late, dd is feared",
)


class Keys:
    """The keyboard: keys go where the focus is."""

    def __init__(self, qtbot, window):
        self._qtbot = qtbot
        self.window = window

    @property
    def focus(self):
        return QApplication.focusWidget()

    def type(self, text):
        self._qtbot.keyClicks(self.focus, text)

    def press(self, key, held=Qt.KeyboardModifier.NoModifier):
        self._qtbot.keyClick(self.focus, key, held)

    def line(self, text):
        self.type(text)
        self.press(KEY.Key_Return)

    def until(self, state):
        self._qtbot.waitUntil(state)


@pytest.fixture
def keys(qtbot, window):
    return Keys(qtbot, window)


def interview(window):
    return window.workspace.desk.document.sources[-1]


TYPED = ("Inspection team", "retrained by hand", "half a thought", "word of mouth", "Agreed with Ben", "rota nobody")


def test_from_an_empty_page_to_agreed_notes_that_are_found_again(keys, window, passphrase, home, study_path):
    begin(keys, window)
    type_thirty_lines(keys, window)
    answer_what_is_still_to_ask(keys, window)
    blank_and_return(keys, window, passphrase)
    end_and_finish(keys, window)
    take_notes_beside(keys, window)
    reconcile(keys, window)
    find_and_jump(keys, window)
    assert files_that_tell([home, study_path.parent], TYPED) == []
    assert list(verify.problems(window.workspace.desk.study.file.connection)) == []


def begin(keys, window):
    """A new interview, and the notes alone on the screen."""
    keys.press(KEY.Key_2, CTRL)
    keys.press(KEY.Key_N, CTRL)
    keys.type("Inspection team")
    keys.press(KEY.Key_Return)
    keys.until(window.workspace.page.notebook.editor.hasFocus)
    keys.press(KEY.Key_F11)
    keys.press(KEY.Key_F8)
    assert interview(window).clock is Clock.RUNNING


def type_thirty_lines(keys, window):
    """Every marker, three times."""
    desk = window.workspace.desk
    for number in range(30):
        keys.line(f"{LINES[number % len(LINES)]} {number}")
    window.workspace.page.leave()
    noted = interview(window).entries
    assert len(noted) == 30
    kinds = [entry.kind for entry in noted]
    assert (kinds.count(EntryKind.QUOTATION), kinds.count(EntryKind.REFLECTION)) == (6, 3)
    flags = [entry.flag for entry in noted]
    assert (flags.count(Flag.CHALLENGE), flags.count(Flag.NEXT_STEP)) == (3, 3)
    assert sum(entry.uncertain for entry in noted) == 6
    assert sum(entry.case == "paint" for entry in noted) == 3
    assert noted[6].text == "runs in hall 2 6"
    coded = {span.entry for passage in desk.document.passages for span in passage.spans if span.whole}
    assert {noted[place].key for place in (7, 17, 27)} == coded
    assert {each.entry for each in desk.document.follow_ups} >= {noted[2].key, noted[8].key}


def answer_what_is_still_to_ask(keys, window):
    """Two questions, by their number; the words under each answer it."""
    desk, page = window.workspace.desk, window.workspace.page
    keys.until(lambda: len(page.capture.asking.view.cards.cards) > 6)
    for answer in ("twelve a week", "somebody in the hall"):
        asked = page.capture._items[0].question
        keys.press(KEY.Key_1, CTRL)
        keys.line(answer)
        keys.until(lambda asked=asked: asked in {each.question for each in answered(desk)})
    lines = {entry.key: entry.text for entry in interview(window).entries}
    assert [lines[each.answer] for each in answered(desk)] == ["twelve a week", "somebody in the hall"]


def answered(desk):
    return [each for each in desk.document.follow_ups if each.state is FollowUpState.ANSWERED]


def blank_and_return(keys, window, passphrase):
    """Half a thought is saved before anybody sees it."""
    keys.type("half a thought")
    keys.press(KEY.Key_F12)
    assert window.locked
    assert interview(window).entries[-1].text == "half a thought"
    keys.type(passphrase)
    keys.press(KEY.Key_Return)
    keys.until(window.workspace.page.notebook.editor.hasFocus)
    keys.line(" is whole now")


def end_and_finish(keys, window):
    """What has to be known is asked once; then the notes are sealed."""
    page = window.workspace.page
    keys.press(KEY.Key_F8, SHIFT)
    keys.until(lambda: keys.focus is not page.notebook.editor)
    while keys.focus.accessibleName() != "Consent":
        keys.press(KEY.Key_Tab)
    keys.type("by word of mouth")
    keys.press(KEY.Key_Return)
    assert interview(window).consent == "by word of mouth"
    keys.press(KEY.Key_Return, CTRL | SHIFT)
    assert interview(window).status is SourceStatus.FINISHED
    keys.press(KEY.Key_F11)


def take_notes_beside(keys, window):
    """Ben types up his own."""
    page = window.workspace.page
    keys.press(KEY.Key_2, CTRL | ALT)
    assert window.workspace.desk.study.who == "ben"
    keys.press(KEY.Key_M, CTRL | SHIFT)
    keys.until(page.notebook.editor.hasFocus)
    keys.line("model retrained by hand every month 0")
    keys.line("they have a rota nobody wrote down")
    page.leave()
    assert [(line.author, line.text) for line in interview(window).originals] == [
        ("ben", "model retrained by hand every month 0"),
        ("ben", "they have a rota nobody wrote down"),
    ]


def reconcile(keys, window):
    """Line by line, for a reason, since the notes are finished; both originals stay."""
    before = interview(window).entries
    keys.press(KEY.Key_B, CTRL | SHIFT)
    keys.until(window.workspace.page._beside.isVisible)
    keys.press(KEY.Key_1)
    keys.type("Agreed with Ben")
    keys.press(KEY.Key_Return)
    for _ in range(60):
        if all(line.fate is not Fate.OPEN for line in interview(window).originals):
            break
        for key in (KEY.Key_B, KEY.Key_1, KEY.Key_2):
            keys.press(key)
    agreed = interview(window)
    assert all(line.fate is not Fate.OPEN for line in agreed.originals)
    assert {line.author for line in agreed.originals} == {"ada", "ben"}
    assert "they have a rota nobody wrote down" in [entry.text for entry in agreed.entries]
    assert {entry.key for entry in before} <= {entry.key for entry in agreed.entries}
    keys.press(KEY.Key_Escape)


def find_and_jump(keys, window):
    """From another page, to the line itself."""
    keys.press(KEY.Key_1, CTRL)
    keys.press(KEY.Key_F, CTRL | SHIFT)
    keys.type("rota")
    keys.until(lambda: window.workspace._finding.status.text() == "2 hits")  # his own, and the agreed line
    keys.press(KEY.Key_Return)
    editor = window.workspace.page.notebook.editor
    keys.until(editor.hasFocus)
    assert editor.textCursor().block().text() == "they have a rota nobody wrote down"
