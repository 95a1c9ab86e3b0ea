"""A source's notes as they stand on screen, beside what the study holds, and what has to be written; no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.actions.keys import numbered
from app.actions.notes import AddEntry, MoveEntry, RemoveEntry, SetEntry, key_of
from app.model.shifting import Mark, Marked, Place, edit_between, replaced
from ui.notebook.lines import Line, line_of
from ui.notebook.order import Order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from app.actions.notes import NotesEdit
    from app.model.source import Entry

Marks = dict[str, tuple[Mark, ...]]
_FEW = 40  # rows, up to which each is looked for on its own


class Row:
    """One paragraph of the editor: the number of its line in `Sheet.lines`, its words, the passages in them."""

    __slots__ = ("marks", "number", "text", "words")

    def __init__(self, number: int, text: str, marks: tuple[Mark, ...] = ()) -> None:
        self.number = number
        self.text = text
        self.marks = marks
        self.words = len(text.split())


class Sheet:
    """Rows in the order of the editor's paragraphs.

    The editor remembers each paragraph's line by number, also through its own undo, so numbers are never used
    again while a source is shown. Number 0 is no line.
    """

    def __init__(self) -> None:
        self.source = ""
        self.lines: list[Line] = [Line("")]
        self.rows: list[Row] = []
        self.words = 0
        self._stem = ""
        self._next_key = 1
        self._saved: dict[str, Entry] = {}
        self._saved_marks: Marks = {}
        self._ids: dict[str, UUID | None] = {}
        self._order = Order()
        self._changed: set[str] = set()  # keys of lines that may have to be written
        self._by_key: dict[str, Row] = {}
        self._coded: dict[str, set[str]] = {}
        self._past: dict[tuple[str, str], tuple[Mark, ...]] = {}
        self._numbers: list[int] | None = None
        self._count = 0

    # Reading

    def line(self, place: int) -> Line:
        """Give what the line of a row is."""
        return self.lines[self.rows[place].number]

    def place(self, key: str) -> int:
        """Find the row of an entry; -1 where there is none."""
        row = self._by_key.get(key)
        return -1 if row is None else self.rows.index(row)

    def shown_numbers(self) -> list[int]:
        """Number the rows as citations do, from 1; 0 for a row without words."""
        if self._numbers is None:
            self._numbers, self._count = [], 0
            for row in self.rows:
                stands = bool(row.words) or self._stands(row)
                self._count += stands
                self._numbers.append(self._count if stands else 0)
        return self._numbers

    @property
    def entries(self) -> int:
        """How many rows are, or will be, entries."""
        self.shown_numbers()
        return self._count

    def marks_of(self, place: int) -> tuple[Mark, ...]:
        """List the passages in a row."""
        return self.rows[place].marks

    def is_saved(self, place: int) -> bool:
        """Tell whether the study has the entry of a row."""
        return self.line(place).key in self._saved

    def has(self, key: str) -> bool:
        """Tell whether the study has an entry."""
        return key in self._saved

    # Loading

    def load(self, source: str, entries: Sequence[Entry], marks: Marks, *, tail: str, taken: Iterable[str]) -> None:
        """Show lines as the study holds them.

        Args:
            source: key of the source.
            entries: its lines.
            marks: the passages in them, by line.
            tail: what stands between the source's key and the number in keys of new lines.
            taken: keys that new lines can't have.
        """
        self.source = source
        self.lines = [Line("")]
        first = numbered(source, tail, set(taken))
        self._stem = first.rstrip("0123456789")
        self._next_key = int(first.removeprefix(self._stem))
        self._past, self._coded = {}, {}
        self.rows = [Row(self.number_for(line_of(entry)), entry.text, marks.get(entry.key, ())) for entry in entries]
        self._by_key = {self.lines[row.number].key: row for row in self.rows}
        self._ids = {}
        self._take(entries, marks)
        self.words = sum(row.words for row in self.rows)
        self._changed = set()
        self._numbers = None

    def saved(self, entries: Sequence[Entry], marks: Marks) -> None:
        """Take note of what the study holds now, where more than the notes on screen may have changed it."""
        self._take(entries, marks)
        for key, row in self._by_key.items():
            entry = self._saved.get(key)
            if entry is not None:
                now = Marked(entry.text, marks.get(key, ()))
                row.marks = now.marks if entry.text == row.text else _retyped(now, row.text, None).marks
        self._changed = {key for key, row in self._by_key.items() if self._differs(row)}
        self._changed |= self._saved.keys() - self._by_key.keys()

    def wrote(self, edits: Sequence[NotesEdit], entries: Sequence[Entry], marks: Marks) -> None:
        """Take note of what was just written, and only of that.

        Args:
            edits: what was written.
            entries: the lines as the study holds them now.
            marks: the passages in lines that codes were put on.
        """
        keys = {edit.entry.key for edit in edits if isinstance(edit, SetEntry | AddEntry)}
        held = {entry.key: entry for entry in entries if entry.key in keys}
        for edit in edits:
            if isinstance(edit, RemoveEntry):
                self._forget(edit.key)
            elif isinstance(edit, MoveEntry):
                self._order.put(edit.key, edit.after)
                self._settle(edit.key)
            else:
                self._wrote_line(edit, held[edit.entry.key], marks)

    def _wrote_line(self, edit: SetEntry | AddEntry, entry: Entry, marks: Marks) -> None:
        key = entry.key
        if isinstance(edit, AddEntry):
            self._order.put(key, edit.after)
        self._saved[key], self._ids[key] = entry, entry.id
        found = marks.get(key, ()) if edit.codes else edit.marks
        if found is not None:
            self._saved_marks[key] = found
        row = self._by_key.get(key)
        if edit.codes:
            self._coded.setdefault(key, set()).update(edit.codes)
            if row is not None and row.text == entry.text:
                row.marks = found or ()
        self._settle(key)

    def _settle(self, key: str) -> None:
        row = self._by_key.get(key)
        if row is not None and not self._differs(row):
            self._changed.discard(key)

    def _forget(self, key: str) -> None:
        self._order.take(key)
        self._saved.pop(key, None)
        self._saved_marks.pop(key, None)
        row = self._by_key.get(key)
        if row is None or not self._differs(row):
            self._changed.discard(key)

    def _take(self, entries: Sequence[Entry], marks: Marks) -> None:
        self._saved = {entry.key: entry for entry in entries}
        self._ids.update((key, entry.id) for key, entry in self._saved.items())
        self._order = Order(self._saved)
        self._saved_marks = dict(marks)
        self._numbers = None

    def holds(self, entries: Sequence[Entry]) -> bool:
        """Tell whether the study's entries are those taken note of last, in the same order."""
        above = (None, *(each.key for each in entries))
        return len(entries) == len(self._saved) and all(
            self._saved.get(each.key) == each and self._order.above(each.key) == before
            for each, before in zip(entries, above, strict=False)
        )

    # Making lines

    def number_for(self, line: Line) -> int:
        """Give a line a number."""
        self.lines.append(line)
        return len(self.lines) - 1

    def fresh_key(self) -> str:
        """Make a key for a new entry."""
        key = f"{self._stem}{self._next_key}"
        self._next_key += 1
        return key

    # Following the editor

    def replace(
        self,
        first: int,
        removed: int,
        fresh: Sequence[tuple[int, str]],
        *,
        near: int | None = None,
        again: bool = False,
    ) -> None:
        """Take note that some rows gave way to others.

        Args:
            first: the row from which on it happened.
            removed: how many rows gave way.
            fresh: what stands there now, as (number, words).
            near: about where in these rows it happened, in code points from the beginning of the first.
            again: whether they come back as they were before (undo and redo), their passages with them.
        """
        old = self.rows[first : first + removed]
        keys = [self.lines[number].key for number, _ in fresh]
        before = [self.lines[row.number].key for row in old]
        rows = [Row(number, text) for number, text in fresh]
        if self._past or any(row.marks for row in old):
            self._follow_marks(old, rows, near, same=before == keys, again=again)
        self.rows[first : first + removed] = rows
        for key in before:
            self._by_key.pop(key, None)
        self._by_key.update(zip(keys, rows, strict=True))
        self._changed.update(key for key in before if key in self._saved and key not in self._by_key)
        for key, row in zip(keys, rows, strict=True):
            (self._changed.add if self._differs(row) or before != keys else self._changed.discard)(key)
        self.words += sum(row.words for row in rows) - sum(row.words for row in old)
        if len(rows) != len(old) or [bool(row.words) for row in rows] != [bool(row.words) for row in old]:
            self._numbers = None

    def _follow_marks(
        self,
        old: Sequence[Row],
        rows: Sequence[Row],
        near: int | None,
        *,
        same: bool,
        again: bool,
    ) -> None:
        """Work out where the passages of the old rows lie in the new ones, and remember where they lay."""
        for row in old:
            said = (self.lines[row.number].key, row.text)
            if row.marks or said in self._past:
                self._past[said] = row.marks
        if same:
            for was, row in zip(old, rows, strict=True):
                row.marks = _retyped(Marked(was.text, was.marks), row.text, near).marks
        else:
            _rewritten(old, rows, near)
            standing = {(self.lines[row.number].key, row.text): row.marks for row in old}
            for row in rows:
                row.marks = standing.get((self.lines[row.number].key, row.text), row.marks)
        for row in rows if again else ():
            row.marks = self._past.get((self.lines[row.number].key, row.text), row.marks)

    def marked(self, passage: str) -> int:
        """Count the code points that lie in a passage just now."""
        return sum(mark.end - mark.start for row in self.rows for mark in row.marks if mark.passage == passage)

    def put_marks(self, place: int, marks: Iterable[Mark]) -> None:
        """Add passages to a row: those of words that were moved here."""
        row = self.rows[place]
        row.marks = tuple(sorted({*row.marks, *marks}, key=lambda mark: (mark.start, mark.end, mark.passage)))
        self._changed.add(self.lines[row.number].key)

    # What has to be written

    def pending(self, most: int | None = None) -> list[NotesEdit]:
        """List what the study has to be told to hold these notes: at most `most` edits of it, from the top."""
        places = self._changed_places()
        here = {self.lines[self.rows[place].number].key for place in places}
        edits: list[NotesEdit] = [RemoveEntry(key) for key in sorted(self._changed - here) if key in self._saved]
        self._changed &= here | {key_of(edit) for edit in edits}
        order = self._order_without(edits)
        for place in places:
            if most is not None and len(edits) >= most:
                break
            found = self._edits_of(place, order)
            edits += found
            if not found:  # it was moved about and is back
                self._changed.discard(self.lines[self.rows[place].number].key)
        return edits[:most]

    def _changed_places(self) -> list[int]:
        """Find the rows that may have to be written and are, or will be, entries."""
        rows = [row for key in self._changed if (row := self._by_key.get(key)) is not None and self._stands(row)]
        if len(rows) > _FEW:
            wanted = {id(row) for row in rows}
            return [place for place, row in enumerate(self.rows) if id(row) in wanted]
        return sorted(self.rows.index(row) for row in rows)

    def _order_without(self, edits: Sequence[NotesEdit]) -> Order:
        """Copy the order the study has, without the lines that go."""
        order = self._order.copy()
        for edit in edits:
            order.take(edit.key)  # type: ignore[union-attr]
        return order

    def _edits_of(self, place: int, order: Order) -> list[NotesEdit]:
        row = self.rows[place]
        line = self.lines[row.number]
        entry, above = self._entry(row), self._above(place)
        codes = tuple(code for code in line.codes if code not in self._coded.get(line.key, ()))
        if line.key not in self._saved:
            order.put(line.key, above)
            return [AddEntry(entry, above, row.marks, codes)]
        edits: list[NotesEdit] = []
        if order.above(line.key) != above:
            order.put(line.key, above)
            edits.append(MoveEntry(line.key, above))
        if self._differs(row):
            edits.append(SetEntry(entry, row.marks, codes))
        return edits

    def _above(self, place: int) -> str | None:
        """Give the key of the entry above a row; None where it is the first."""
        while place:
            place -= 1
            if self._stands(self.rows[place]):
                return self.lines[self.rows[place].number].key
        return None

    def before(self, edits: Iterable[NotesEdit]) -> Mapping[str, Entry | None]:
        """Tell what the study holds where it is about to be edited; None for no entry."""
        return {key: self._saved.get(key) for key in map(key_of, edits)}

    def above(self, key: str) -> str | None:
        """Give the key of the line that the study holds above another; None for none."""
        return self._order.above(key) if key in self._saved else None

    def _entry(self, row: Row) -> Entry:
        line = self.lines[row.number]
        return line.entry(row.text, self._ids.get(line.key))

    def _differs(self, row: Row) -> bool:
        """Whether a row is not what the study holds, wherever it stands."""
        line = self.lines[row.number]
        saved = self._saved.get(line.key)
        if saved is None:
            return bool(row.words)
        if not self._stands(row) or row.marks != self._saved_marks.get(line.key, ()):
            return True
        return saved != self._entry(row) or not self._coded.get(line.key, set()).issuperset(line.codes)

    def _stands(self, row: Row) -> bool:
        """Whether a row is an entry: it has words, or was written without any."""
        if row.words:
            return True
        saved = self._saved.get(self.lines[row.number].key)
        return saved is not None and saved.text == row.text


def _retyped(line: Marked, text: str, near: int | None) -> Marked:
    """Give a line after it was edited in one place."""
    if line.text == text or not line.marks:
        return Marked(text, line.marks)
    edit = edit_between(line.text, text, near)
    inserted = text[edit.at : edit.at + edit.inserted]
    return replaced([line], Place(0, edit.at), Place(0, edit.at + edit.removed), [inserted])[0]


def _rewritten(old: Sequence[Row], rows: Sequence[Row], near: int | None) -> None:
    """Follow the passages of some rows into those that took their place, as one replacement over several lines."""
    if not rows:
        return
    lines = [Marked(row.text, row.marks) for row in old] or [Marked("")]
    before, after = "\n".join(line.text for line in lines), "\n".join(row.text for row in rows)
    edit = edit_between(before, after, near)
    first, last = _place(lines, edit.at), _place(lines, edit.at + edit.removed)
    inserted = after[edit.at : edit.at + edit.inserted].split("\n")
    made = replaced(
        lines[first.line : last.line + 1], Place(0, first.at), Place(last.line - first.line, last.at), inserted
    )
    for row, line in zip(rows, [*lines[: first.line], *made, *lines[last.line + 1 :]], strict=True):
        row.marks = line.marks


def _place(lines: Sequence[Marked], at: int) -> Place:
    """Find the line and the place on it that so many code points into all of them are."""
    for number, line in enumerate(lines):
        if at <= len(line.text):
            return Place(number, at)
        at -= len(line.text) + 1
    raise IndexError(at)
