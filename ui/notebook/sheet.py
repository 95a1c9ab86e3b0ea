"""A source's notes as they stand on screen, beside what the study holds, and what has to be written; no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.actions.keys import new_entry_key
from app.actions.notes import AddEntry, RemoveEntry, SetEntry
from app.model.shifting import edit_between, shift
from ui.notebook.lines import Line, Mark, line_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from app.actions.notes import NotesEdit
    from app.model.source import Entry, Source

Marks = dict[str, tuple[Mark, ...]]


class Row:
    """One paragraph of the editor: the number of its line in `Sheet.lines`, its words, and whether it is unsaved.

    `steps` are texts it had on the way, with where its passages lay: words changed on both sides of a passage are
    written one change after the other, so that the passage keeps its words.
    """

    __slots__ = ("dirty", "number", "steps", "text", "words")

    def __init__(self, number: int, text: str, *, dirty: bool = True) -> None:
        self.number = number
        self.text = text
        self.dirty = dirty
        self.steps: list[tuple[str, tuple[Mark, ...]]] = []
        self.words = len(text.split())


class Sheet:
    """Rows in the order of the editor's paragraphs.

    The editor remembers each paragraph's line by number, also through its own undo, so numbers are never used
    again while a source is shown. Number 0 is no line.
    """

    def __init__(self) -> None:
        self.source = ""
        self.lines: list[Line] = []
        self.rows: list[Row] = []
        self.marks: Marks = {}
        self.words = 0
        self._saved: dict[str, Entry] = {}
        self._saved_marks: Marks = {}
        self._ids: dict[str, UUID | None] = {}
        self._next_key = 1
        self._numbers: list[int] | None = None

    # Reading

    def line(self, place: int) -> Line:
        """Give what the line of a row is."""
        return self.lines[self.rows[place].number]

    def place(self, key: str) -> int:
        """Find the row of an entry; -1 where there is none."""
        return next((place for place in range(len(self.rows)) if self.line(place).key == key), -1)

    def shown_numbers(self) -> list[int]:
        """Number the rows as citations do, from 1; 0 for a row without words."""
        if self._numbers is None:
            self._numbers, count = [], 0
            for row in self.rows:
                count += self._stands(row)
                self._numbers.append(count if self._stands(row) else 0)
        return self._numbers

    @property
    def entries(self) -> int:
        """How many rows are, or will be, entries."""
        return max(self.shown_numbers(), default=0)

    def marks_of(self, place: int) -> tuple[Mark, ...]:
        """List the passages in a row."""
        return self.marks.get(self.line(place).key, ())

    def is_saved(self, place: int) -> bool:
        """Tell whether the study has the entry of a row."""
        return self.line(place).key in self._saved

    def has(self, key: str) -> bool:
        """Tell whether the study has an entry."""
        return key in self._saved

    # Loading

    def load(self, source: Source, marks: Marks) -> None:
        """Show a source's notes as the study holds them; one empty row where there are none."""
        self.source = source.key
        self.lines = [Line("")]
        self.rows = []
        self._next_key = int(new_entry_key(source).rsplit("-", 1)[1])
        self._ids = {}
        self.saved(source.entries, marks)
        for entry in source.entries:
            self.rows.append(Row(self.number_for(line_of(entry)), entry.text, dirty=False))
        self.words = sum(row.words for row in self.rows)
        self._numbers = None

    def saved(self, entries: Iterable[Entry], marks: Marks) -> None:
        """Take note of what the study holds now."""
        self._saved = {entry.key: entry for entry in entries}
        self._ids.update((key, entry.id) for key, entry in self._saved.items())
        self._saved_marks = marks
        self.marks = dict(marks)
        for row in self.rows:
            row.steps = []
            row.dirty = row.dirty and self._differs(row)

    def holds(self, entries: Sequence[Entry]) -> bool:
        """Tell whether the study's entries are those taken note of last."""
        return len(entries) == len(self._saved) and all(self._saved.get(each.key) == each for each in entries)

    # Making lines

    def number_for(self, line: Line) -> int:
        """Give a line a number."""
        self.lines.append(line)
        return len(self.lines) - 1

    def fresh_key(self) -> str:
        """Make a key for a new entry."""
        key = f"{self.source}-{self._next_key}"
        self._next_key += 1
        return key

    # Following the editor

    def replace(self, first: int, removed: int, fresh: Sequence[tuple[int, str]]) -> None:
        """Take note that `removed` rows from `first` on gave way to others, as (number, words)."""
        before = {self.lines[row.number].key: row for row in self.rows[first : first + removed]}
        rows = [self._moved_on(before.get(self.lines[number].key), number, text) for number, text in fresh]
        old = self.rows[first : first + removed]
        self.rows[first : first + removed] = rows
        self.words += sum(row.words for row in rows) - sum(row.words for row in old)
        if len(rows) != len(old) or [bool(row.words) for row in rows] != [bool(row.words) for row in old]:
            self._numbers = None

    def _moved_on(self, before: Row | None, number: int, text: str) -> Row:
        row = Row(number, text)
        key = self.lines[number].key
        saved = self._saved.get(key)
        if saved is not None and saved.text == text:
            self.marks[key] = self._saved_marks.get(key, ())
        elif saved is not None and before is not None and self._saved_marks.get(key):
            self._follow_marks(row, before, saved)
        row.dirty = self._differs(row)
        return row

    def _follow_marks(self, row: Row, before: Row, saved: Entry) -> None:
        """Move the passages of a line; where one change would not bring them there, keep what the line said before."""
        standing = self.marks.get(saved.key, ())
        moved = _shifted(standing, before.text, row.text)
        text, marks = before.steps[-1] if before.steps else (saved.text, self._saved_marks[saved.key])
        at_once = _shifted(marks, text, row.text)
        row.steps = before.steps if at_once == moved else [*before.steps, (before.text, standing)]
        self.marks[saved.key] = moved

    # What has to be written

    def pending(self) -> list[NotesEdit]:
        """List what the study has to be told to hold these notes."""
        here = {self.lines[row.number].key for row in self.rows if self._stands(row)}
        edits: list[NotesEdit] = [RemoveEntry(key) for key in self._saved if key not in here]
        previous: str | None = None
        for row in self.rows:
            if not self._stands(row):
                continue
            if row.dirty:
                edits += self._edits_of(row, previous)
            previous = self.lines[row.number].key
        return edits

    def before(self, edits: Iterable[NotesEdit]) -> Mapping[str, Entry | None]:
        """Tell what the study holds where it is about to be edited; None for no entry."""
        keys = (edit.key if isinstance(edit, RemoveEntry) else edit.entry.key for edit in edits)
        return {key: self._saved.get(key) for key in keys}

    def _edits_of(self, row: Row, previous: str | None) -> list[NotesEdit]:
        entry = self._entry(row)
        if entry.key not in self._saved:
            return [AddEntry(entry, after=previous)]
        if not self._differs(row):
            return []
        return [SetEntry(self._entry(row, text)) for text in (*(text for text, _ in row.steps), row.text)]

    def _entry(self, row: Row, text: str | None = None) -> Entry:
        line = self.lines[row.number]
        return line.entry(row.text if text is None else text, self._ids.get(line.key))

    def _differs(self, row: Row) -> bool:
        return self._saved.get(self.lines[row.number].key) != self._entry(row)

    def _stands(self, row: Row) -> bool:
        """Whether a row is an entry: it has words, or was written without any."""
        if row.words:
            return True
        saved = self._saved.get(self.lines[row.number].key)
        return saved is not None and saved.text == row.text


def _shifted(marks: Iterable[Mark], before: str, after: str) -> tuple[Mark, ...]:
    edit = edit_between(before, after)
    moved = ((mark, shift(mark.start, mark.end, edit)) for mark in marks)
    return tuple(Mark(mark.passage, *place) for mark, place in moved if place)
