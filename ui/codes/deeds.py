"""What is done to codes and codings from the page, one action each; what would happen to codings is said first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from app.actions.codebook import delete_code, merge_codes, rename_code, split_code, start_codebook
from app.actions.codes_at_once import add_code_at, move_codes, put_on_all, recode_all, uncode_all
from app.actions.keys import new_key
from app.analysis.codebook import Delete, Merge, Split, consequences, is_unused
from app.model.evidence import Code
from ui.codes.ask_bar import Choice
from ui.codes.picker import CodePicker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from app.analysis.coding import Found
    from app.model.document import StudyDocument
    from ui.codes.ask_bar import AskBar
    from ui.codes.names import Names
    from ui.desk import Desk

_LAST = 1_000_000  # a place after all others


class Deeds(QObject):
    """Does things to codes through the desk; asks in a bar where codings are touched."""

    made = Signal(str)  # key of a new code, or of the one others were merged into

    def __init__(self, desk: Desk, bar: AskBar, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._bar, self._page = desk, bar, page
        self._picker: CodePicker | None = None

    @property
    def _document(self) -> StudyDocument:
        return self._desk.document

    @property
    def _told(self) -> StudyDocument:
        """The study without answers that are not revealed: what rests on them is not told."""
        return replace(self._desk.document, answers=self._desk.seen.answers)

    # Codes

    def start(self) -> None:
        """Begin the codebook with the codes of the method."""
        self._desk.do_and_tell(start_codebook)

    def make(self, name: str, parent: str, place: int) -> None:
        """Make a code."""
        key = new_key(self._document, "codes", name)
        above = next((code for code in self._document.codes if code.key == parent), None)
        code = Code(key=key, name=name, parent=parent or None)
        if above is not None:
            code = _tied_like(code, above)
        if self._desk.do(add_code_at, code, place) is not None:
            self.made.emit(key)

    def rename(self, key: str, name: str) -> None:
        """Give a code another name."""
        self._desk.do(rename_code, key, name)

    def move(self, keys: Sequence[str], parent: str, place: int) -> None:
        """Move codes under another, or to another place beside it."""
        self._desk.do(move_codes, list(keys), parent or None, place if place >= 0 else _LAST)

    def ask_merge(self, keys: Sequence[str], into: str, names: Names) -> None:
        """Ask what codes are to be merged into, where it was not said, and say what that would do."""
        if into:
            self._say_merge(into, keys)
            return
        self._pick("Merge into…", names, frozenset(keys), lambda key: self._say_merge(key, keys))

    def ask_delete(self, keys: Sequence[str]) -> None:
        """Say what deleting a code would do, and offer it; of several, one after the other. Unused ones just go."""
        if not keys:
            return
        key, rest = keys[0], keys[1:]
        if is_unused(self._document, key):
            self._delete(key, "up", rest)
            return
        below = any(code.parent == key for code in self._document.codes)
        alone = consequences(self._told, Delete(key))
        if not below:
            self._bar.ask(alone, [Choice("Delete", lambda _typed: self._delete(key, "up", rest))])
            return
        with_all = consequences(self._told, Delete(key, with_children=True))
        choices = [
            Choice("Delete this code alone", lambda _typed: self._delete(key, "up", rest)),
            Choice("Delete all of it", lambda _typed: self._delete(key, "with", rest)),
        ]
        self._bar.ask(alone, choices, details=[f"All of it: {with_all}"])

    def ask_split(self, key: str, passages: Sequence[str], names: Names) -> None:
        """Ask for the name of a new code for some passages of another, and say what that would do."""
        if not passages:
            self._desk.told.emit("Select the passages to be split off in the list, then split the code.")
            return
        split = lambda name: self._split(key, name, passages)  # noqa: E731
        self._bar.ask(
            consequences(self._told, Split(key, "", tuple(passages))),
            [Choice("Split", split)],
            typed=f"Name of the new code beside {names.code(key)}",
        )

    def _say_merge(self, into: str, keys: Sequence[str]) -> None:
        others = tuple(key for key in keys if key != into)
        if others:
            sentence = consequences(self._told, Merge(into, others))
            self._bar.ask(sentence, [Choice("Merge", lambda _typed: self._merge(into, others))])

    def _merge(self, into: str, others: Sequence[str]) -> None:
        if self._desk.do_and_tell(merge_codes, into, others) is not None:
            self.made.emit(into)

    def _delete(self, key: str, children: Literal["up", "with"], rest: Sequence[str]) -> None:
        self._desk.do_and_tell(delete_code, key, children)
        there = {code.key for code in self._document.codes}
        self.ask_delete([each for each in rest if each in there])

    def _split(self, key: str, name: str, passages: Sequence[str]) -> None:
        code = next(each for each in self._document.codes if each.key == key)
        new = _tied_like(Code(key=new_key(self._document, "codes", name), name=name, parent=code.parent), code)
        if self._desk.do_and_tell(split_code, key, new, list(passages)) is not None:
            self.made.emit(new.key)

    # Codings

    def take_off(self, found: Sequence[Found], codes: frozenset[str]) -> None:
        """Take the codes looked for off passages, where whoever is working put them on."""
        self._desk.do_and_tell(uncode_all, self._own(found, codes))

    def put(self, found: Sequence[Found], names: Names) -> None:
        """Put another code on passages."""
        keys = [each.passage for each in found]
        if keys:
            put = lambda code: self._desk.do_and_tell(put_on_all, keys, code)  # noqa: E731
            self._pick("Put a code on…", names, frozenset(), put)

    def recode(self, found: Sequence[Found], codes: frozenset[str], names: Names) -> None:
        """Put another code in the place of those looked for."""
        pairs = self._own(found, codes)
        if not pairs:
            self._desk.do(recode_all, pairs, "")
            return
        recode = lambda code: self._desk.do_and_tell(recode_all, pairs, code)  # noqa: E731
        self._pick("Put in its place…", names, frozenset(), recode)

    def _own(self, found: Sequence[Found], codes: frozenset[str]) -> list[tuple[str, str]]:
        """List the codings of whoever is working; of any code where none is looked for."""
        who = self._desk.study.who
        return [
            (each.passage, coding.code)
            for each in found
            for coding in each.codings
            if coding.assessor == who and (not codes or coding.code in codes)
        ]

    def _pick(self, what: str, names: Names, without: frozenset[str], chosen: Callable[[str], object]) -> None:
        if self._desk.read_only:
            return
        if self._picker is None:
            self._picker = CodePicker(self._page)
        self._picker.ask(what, names.rows(without), names.colours(), chosen)

    @property
    def picker(self) -> CodePicker | None:
        """The picker, once it was needed."""
        return self._picker


def _tied_like(code: Code, other: Code) -> Code:
    """Tie a new code to what another is tied to."""
    return replace(
        code,
        colour=other.colour,
        theme=other.theme,
        about=other.about,
        rubric=other.rubric,
        principle=other.principle,
        factor=other.factor,
    )
