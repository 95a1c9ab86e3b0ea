"""Coding in the notes: which code, on what, by which key; what is done is one action of the study each time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.actions import coding
from app.actions.coding import Place, name_from, usual_case
from app.analysis.recent_codes import MOST, recent_codes, settled
from app.model.clusters import cut_at_word
from ui.notebook.code_picker import CodePicker, Offer, Pick, Question
from ui.notebook.commands import CODE_KEY, make_action
from ui.notebook.offsets import storable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QAction

    from app.actions.unit import Changes
    from app.analysis.word_ends import End
    from ui.desk import Desk
    from ui.notebook.editor import NotesEditor
    from ui.notebook.keeper import Keeper

IN_VIVO_KEY, AGAIN_KEY = "Shift+F4", "F7"
NEXT_KEY, PREVIOUS_KEY = "F6", "Shift+F6"
ENDS: tuple[tuple[str, str, End, int], ...] = (
    ("a word more at its end", "Alt+Shift+Right", "end", 1),
    ("a word less at its end", "Alt+Shift+Left", "end", -1),
    ("a word more at its start", "Alt+Shift+Up", "start", -1),
    ("a word less at its start", "Alt+Shift+Down", "start", 1),
)
_NOTHING = "Select words, or put the cursor into a line that has some."
NOBODY = "A code is put on by somebody: say who is working, at the top right."
OWN_NOTES = "Codes go on the interview's notes, once these are reconciled with them."
_NONE_YET = "No code was put on yet: F4 lists them all."
_LAST, _FIRST = "No passage comes after this.", "No passage comes before this."
_TITLE, _NAME = 44, 28  # characters of the words that are told, of a code's name in a menu


class Coder(QObject):
    """Puts codes on what is selected in an editor, on the current passage, or on the line with the cursor.

    Finished notes are coded as well. It tells with `chosen` which passage is the current one afterwards.
    """

    chosen = Signal(str)  # key of a passage

    def __init__(self, desk: Desk, editor: NotesEditor, keeper: Keeper) -> None:
        super().__init__(editor)
        self._desk = desk
        self._editor = editor
        self._keeper = keeper
        self._picker: CodePicker | None = None
        self._on: Place | None = None  # what the picker asks for
        self._instead = ""  # the code that the one picked takes the place of
        self._recent: tuple[str, ...] = ()
        self._last: tuple[object, str, tuple[str, ...]] | None = None
        self._capturing = False
        self._stood = ("", -1)  # the passage that was gone to or coded last, and where the cursor stood then
        self._make_actions()
        editor.cursorPositionChanged.connect(self._went_on)
        editor.copyAvailable.connect(lambda _selected: self.enable())
        editor.code_dropped.connect(self.put)

    def _make_actions(self) -> None:
        act = partial(make_action, self._editor, kept=True)
        self.pick = act("Code…", CODE_KEY, self.ask, "tags")
        self.in_vivo = act("Code named by the words themselves", IN_VIVO_KEY, self.code_in_vivo, "quote")
        self.again = act("The code put on last", AGAIN_KEY, self.code_again)
        self.numbered = [
            act("", f"Ctrl+{number}", partial(self._put_recent, number - 1)) for number in range(1, MOST + 1)
        ]
        self.ends = [act(f"Passage: {name}", key, partial(self.resize, which, step)) for name, key, which, step in ENDS]
        self.steps = [
            act("Next passage", NEXT_KEY, partial(self.step, 1)),
            act("Passage before", PREVIOUS_KEY, partial(self.step, -1)),
        ]

    # What is known

    @property
    def may(self) -> bool:
        """Whether codes can be put on here: not where this window only reads, nor on a note-taker's own lines."""
        return not self._desk.read_only and not self._keeper.author

    def set_capturing(self, capturing: bool) -> None:  # noqa: FBT001 - a signal's
        """Leave numbers to what is still to ask while notes are taken in the room."""
        self._capturing = capturing
        self.enable()

    def learn(self) -> None:
        """Read anew which codes were put on last."""
        known = {code.key: code.name for code in self._desk.document.codes}
        recent = [key for key in self._put_last() if key in known]
        self._recent = settled([key for key in self._recent if key in known], recent)
        for place, action in enumerate(self.numbered):
            here = place < len(self._recent)
            action.setText(f"Code: {cut_at_word(known[self._recent[place]], _NAME)}" if here else "")
        self.enable()

    def enable(self) -> None:
        """Take the keys that do something just now, and leave the others to the window."""
        may, current = self.may, bool(self._editor.current_passage)
        meant = self._editor.textCursor().hasSelection() or self._stands
        marked = may and not self._capturing and meant
        for place, action in enumerate(self.numbered):
            action.setEnabled(marked and place < len(self._recent))
            action.setVisible(place < len(self._recent) and not self._capturing)
        for action in (self.pick, self.in_vivo, self.again):
            action.setEnabled(not self._desk.read_only)  # on a note-taker's own lines they say why not
        for action in self.ends:
            action.setEnabled(may and current)
        self._editor.bind_keys()

    @property
    def _stands(self) -> bool:
        """Whether a passage was gone to and the cursor is still there: where one writes, numbers lead to pages."""
        key, at = self._stood
        return bool(key) and key == self._editor.current_passage and at == self._editor.textCursor().position()

    def stand(self, key: str) -> None:
        """Make a passage the current one because somebody went to it, so that numbers put codes on it."""
        self.chosen.emit(key)
        self._stood = (key, self._editor.textCursor().position())
        self.enable()

    def _went_on(self) -> None:
        if self._stood[1] != self._editor.textCursor().position():
            self.go_on()

    def go_on(self) -> None:
        """Stand on no passage any more, so that numbers lead to pages."""
        if self._stood[0]:
            self._stood = ("", -1)
            self.enable()

    def menu(self) -> list[QAction]:
        """List what can be done to what is selected, for a menu."""
        found = [self.pick, self.in_vivo, self.again, *self.numbered, *self.ends, *self.steps]
        return [action for action in found if self.may and action.isEnabled() and action.text()]

    def place(self, *, line: bool = False) -> Place | None:
        """Find what a code would be put on: selected words, else the current passage, else the line with the cursor."""
        editor = self._editor
        if self._keeper.author:
            self._desk.told.emit(OWN_NOTES)
        if not self.may or not self._keeper.flush():
            return None
        current = editor.current_passage
        if current and not line and not editor.textCursor().hasSelection():
            return Place(editor.sheet.source, (), (current,))
        spans = tuple(span for span in editor.coding_spans() if editor.sheet.has(span.entry))
        if spans:
            return Place(editor.sheet.source, spans)
        self._desk.told.emit(_NOTHING)
        return None

    # Asking

    def ask(self, typed: str = "", *, line: bool = False) -> None:
        """Ask which code to put on; `typed` is its beginning, with `line` it is put on the line, whatever is marked."""
        if not self._desk.study.who:
            self._desk.told.emit(NOBODY)
            return
        self._on, self._instead = self.place(line=line), ""
        if self._on is not None:
            self._ask(self._on, typed, again=not line and bool(self._on.passages))

    def _ask(self, on: Place, typed: str, *, again: bool) -> None:
        if self._picker is None:
            self._picker = CodePicker(self._editor, self._picked)
        self._picker.ask(self._question(on, again=again), typed)

    def ask_for(self, passage: str, instead: str = "") -> None:
        """Ask which code to put on a passage, or in the place of one that is on it."""
        if self.may and self._keeper.flush():
            self._on, self._instead = Place(self._editor.sheet.source, (), (passage,)), instead
            self._ask(self._on, "", again=False)

    def _question(self, on: Place, *, again: bool) -> Question:
        index, offers = self._editor.coded.index, tuple(self.offers())
        if self._instead and index is not None:
            name = index.codes[self._instead].name
            others = tuple(each for each in offers if each.key != self._instead)
            return Question(f"In the place of “{name}”", others, self._recent)
        words, lines = self._words(on), len(on.spans)
        title = f"Code {lines} lines" if lines > 1 else f"Code “{cut_at_word(words, _TITLE)}”"
        line = partial(self.ask, line=True) if again else None
        hint = f"{title} ({CODE_KEY}: the whole line)" if again else title
        return Question(hint, offers, self._recent, name_from(words) if lines <= 1 else "", self._cases(on), line)

    def offers(self) -> Iterator[Offer]:
        """List the codebook for picking."""
        index = self._editor.coded.index
        if index is None:
            return
        for key in index.tree:
            *above, name = index.path(key)
            yield Offer(key, name, " › ".join(above), index.colour(key))  # noqa: RUF001

    def _words(self, on: Place) -> str:
        """Read what a code is put on."""
        sheet = self._editor.sheet
        if on.passages:
            passage = next(each for each in self._desk.document.passages if each.key == on.passages[0])
            return passage.words
        span = on.spans[0]
        text = storable(sheet.rows[sheet.place(span.entry)].text)
        return text if span.whole else text[span.start : span.end]

    def _cases(self, on: Place) -> tuple[tuple[str | None, str], ...]:
        """List what a coding can be about where the source has several cases, the usual one first."""
        source = self._keeper.source
        if source is None or len(source.cases) < 2:
            return ()
        names = {case.key: case.name for case in self._desk.document.cases}
        usual = usual_case(None, self._line_case(on), source.cases)
        every = [(key, names[key]) for key in source.cases] + [(None, "The organisation")]
        return tuple(sorted(every, key=lambda pair: pair[0] != usual))

    def _line_case(self, on: Place) -> str | None:
        entries = [span.entry for span in on.spans]
        for passage in self._desk.document.passages if on.passages else ():
            if passage.key == on.passages[0]:
                entries = [span.entry for span in passage.spans]
        place = self._editor.sheet.place(entries[0]) if entries else -1
        return self._editor.sheet.line(place).case if place >= 0 else None

    def _picked(self, pick: Pick) -> None:
        if self._on is None:
            return
        if self._instead:
            self._do(partial(self._recode, self._on, self._instead, pick), self._on)
        elif pick.code:
            self._do(partial(self._desk.do, coding.put_on, self._on, pick.code, pick.case), self._on)
        else:
            self._do(partial(self._desk.do, coding.put_new_on, self._on, pick.name, pick.parent, pick.case), self._on)

    # Doing

    def _recode(self, on: Place, old: str, pick: Pick) -> Changes | None:
        if pick.code:
            return self._desk.do(coding.recode, on.passages[0], old, pick.code)
        return self._desk.do(coding.recode_to_new, on.passages[0], old, pick.name, pick.parent)

    def put(self, code: str) -> None:
        """Put a code on what is selected, on the current passage, or on the line with the cursor."""
        on = self.place()
        if on is not None:
            self._do(partial(self._desk.do, coding.put_on, on, code), on)

    def code_in_vivo(self) -> None:
        """Make a code of the words themselves, and put it on them."""
        on = self.place()
        if on is not None:
            self._do(partial(self._desk.do, coding.put_new_on, on, name_from(self._words(on))), on)

    def code_again(self) -> None:
        """Put the code on that was put on last."""
        recent = self._put_last()
        if recent:
            self.put(recent[0])
        else:
            self._desk.told.emit(_NONE_YET)

    def _put_last(self) -> tuple[str, ...]:
        """List the codes that were put on last, the last one first; looked for once for all codings."""
        codings, who = self._desk.seen.codings, self._desk.study.who
        if self._last is None or self._last[0] is not codings or self._last[1] != who:
            self._last = (codings, who, recent_codes(codings, who))
        return self._last[2]

    def _put_recent(self, place: int) -> None:
        if place < len(self._recent):
            self.put(self._recent[place])

    def resize(self, which: End, step: int, key: str = "") -> None:
        """Move an end of a passage, else of the current one, by a word."""
        key = key or self._editor.current_passage
        if key and self.may and self._keeper.flush() and self._desk.do(coding.resize_passage, key, which, step):
            self.stand(key)

    def step(self, step: int) -> None:
        """Go to the next passage, or to the one before."""
        key = self._editor.step_passage(step)
        if key:
            self.stand(key)
        else:
            self._desk.told.emit(_LAST if step > 0 else _FIRST)

    def _do(self, work: Callable[[], Changes | None], on: Place) -> None:
        if work() is not None:
            self.stand(on.passages[0] if on.passages else self._editor.passage_at_cursor())
