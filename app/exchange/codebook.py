"""The codebook as CSV: written for spreadsheets, and read from what people made in one."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING, Final, TypeVar

from msgspec import Struct

from app.actions.keys import free_key, slug
from app.actions.values import unkept
from app.analysis.codebook import named, on_one_line, same_name
from app.analysis.coding import CodingIndex
from app.analysis.guide import rubrics_of
from app.exchange.coding_tables import PATH
from app.exchange.errors import DocumentError
from app.exchange.files import read_at_most
from app.exchange.tables import Table, plain_text, write_csv
from app.model.evidence import About, Code, Theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from app.model.document import StudyDocument

LARGEST: Final = 8 * 1024 * 1024  # bytes
MOST_CODES: Final = 5_000
MOST_DEEP: Final = 30
MOST_COLUMNS: Final = 100
COLUMNS: Final = ("path", "definition", "use when", "avoid when", "colour", "theme", "about", "principle", "factor")
_KNOWN: Final = frozenset({*COLUMNS, "parent", "name"})
_DELIMITERS: Final = ",;\t"
_PATH = re.compile(r"\\([\\>])|(>)|([^\\>]+|\\)")
_COLOUR = re.compile(r"(#[0-9a-f]{6})?")
_LONGEST_NAME: Final = 200
_HEAD: Final = 4_000  # characters that say what parts the columns

Names = tuple[str, ...]
Choice = TypeVar("Choice", Theme, About)
Left = tuple[tuple[str, int], ...]


def codebook_table(document: StudyDocument) -> Table:
    """Set out a codebook, a code a row as its tree shows them; a sign > within a name has a backslash before it."""
    index = CodingIndex(document)
    several = len(document.rubrics) > 1
    rows = []
    for key in index.tree:
        code = index.codes[key]
        principle = f"{code.rubric}/{code.principle}" if several and code.principle else code.principle
        texts = (code.definition, code.use_when, code.avoid_when, code.colour)
        ties = (code.theme.value.replace("_", " "), code.about.value if code.about else "", principle, code.factor)
        rows.append((_path_text(index.path(key)), *texts, *(tie or "" for tie in ties)))
    return Table("Codebook", COLUMNS, tuple(rows))


def write_codebook_csv(document: StudyDocument, path: Path) -> None:
    """Write a study's codebook, whole or not at all.

    Raises:
        ExportError: it can't be written; what stood there still stands.
    """
    write_csv(path, codebook_table(document))


def read_codebook_csv(path: Path, document: StudyDocument) -> tuple[tuple[Code, ...], Left]:
    """Read a codebook, all of it or nothing.

    A code is named by its path ("Tools > Dashboards"), or by its name and, in another column, its parent: a path, or
    the name of another row. Codes that only paths name are made, too. Commas, semicolons or tabs part the columns.

    Args:
        path: of the file.
        document: the study it is for, whose principles and factors may be referred to by key or by name.

    Returns:
        Its codes in order, each after the one it is under, with keys of their own; and by the names of their columns,
        how many cells could not be carried over.

    Raises:
        DocumentError: it can't be read, or is no codebook; names the line.
    """
    return _Reading(path.name, document).read(read_at_most(path, LARGEST + 1))


def _path_text(names: Iterable[str]) -> str:
    return PATH.join(on_one_line(name).replace("\\", "\\\\").replace(">", "\\>") for name in names)


def _names(path: str) -> Names:
    """Read a path; a name is empty where nothing stands between two signs."""
    parts = [""]
    for escaped, parting, plain in _PATH.findall(path):
        if parting:
            parts.append("")
        else:
            parts[-1] += escaped or plain
    return tuple(map(on_one_line, parts))


class _Row(Struct, frozen=True):
    """What one line says, by the names of columns."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Give a cell; empty where there is no such column."""
        return self.cells.get(column, "")


class _Reading:
    """Reads one file."""

    def __init__(self, name: str, document: StudyDocument) -> None:
        self._name = name
        self._left: Counter[str] = Counter()
        self._codes: dict[Names, Code] = {}  # by their paths
        self._lines: dict[Names, int] = {}
        self._keys: set[str] = set()
        self._principles = _by_name(_principles(document))
        self._factors = _by_name((each.key, (each.key, each.name)) for each in document.factors)

    def read(self, content: bytes) -> tuple[tuple[Code, ...], Left]:
        rows = list(self._rows(self._text(content)))
        paths = _Paths(rows, self._wrong)
        for row in rows:
            self._take(row, paths.of(row))
        left = tuple((column, count) for column, count in self._left.items() if count)
        return tuple(self._codes.values()), left

    def _wrong(self, line: int, problem: str) -> DocumentError:
        return DocumentError(self._name, f"line {line}" if line else "", problem)

    # From bytes to rows

    def _text(self, content: bytes) -> str:
        if len(content) > LARGEST:
            raise self._wrong(0, "it is larger than any codebook can be (8 MB)")
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise self._wrong(0, "it is not in UTF-8; save it as “CSV UTF-8”") from None
        for line, words in enumerate(text.split("\n"), 1):
            for _ in unkept(words):
                raise self._wrong(line, "it holds a character that can't be kept")
        return text

    def _rows(self, text: str) -> Iterator[_Row]:
        lines = self._lines_of(text, _delimiter(text))
        head = self._head(*next(lines, (1, [])))
        for count, (line, cells) in enumerate(lines, 1):
            if count > MOST_CODES:
                raise self._wrong(line, f"a codebook has at most {MOST_CODES:,} codes")
            if any(cells[len(head) :]):
                raise self._wrong(line, "it has more cells than the first line has names for")
            named_cells = dict(zip(head, cells, strict=False))
            self._left.update(column for column, cell in named_cells.items() if cell and column not in _KNOWN)
            yield _Row(line, named_cells)

    def _lines_of(self, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
        """Give the lines that hold anything, each with its number; cells in quotation marks can go over several."""
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        begun = 1
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield begun, [plain_text(cell).strip() for cell in cells]
                begun = reader.line_num + 1
        except csv.Error as problem:
            long = "field larger" in str(problem)
            what = f"a cell is longer than {csv.field_size_limit():,} characters"
            raise self._wrong(begun, what if long else "its quotation marks don't match") from None

    def _head(self, line: int, cells: list[str]) -> list[str]:
        if len(cells) > MOST_COLUMNS:
            raise self._wrong(line, f"it has {len(cells):,} columns, more than any codebook ({MOST_COLUMNS})")
        names = [_column(cell) for cell in cells]
        if "path" not in names and "name" not in names:
            raise self._wrong(line, "a codebook's first line names its columns; one of them is “path” or “name”")
        for name in names:
            if name in _KNOWN and names.count(name) > 1:
                raise self._wrong(line, f"there are two columns “{name}”")
        return names

    # From rows to codes

    def _take(self, row: _Row, names: Names) -> None:
        for name in names:
            if not name:
                raise self._wrong(row.line, "a name is missing")
            if len(name) > _LONGEST_NAME:
                raise self._wrong(row.line, f"a name has more than {_LONGEST_NAME} characters")
        place = _place(names)
        if place in self._lines:
            raise self._wrong(row.line, f"{named(names[-1])} is on line {self._lines[place]} already")
        self._lines[place] = row.line
        above = self._above(row.line, names[:-1])
        self._codes[place] = self._code(row, names[-1], above, self._codes.get(place))

    def _above(self, line: int, names: Names) -> str | None:
        """Give the key of the code that a path leads to, making those on the way that have no line yet."""
        if not names:
            return None
        place = _place(names)
        if place not in self._codes:
            key = self._key(names[-1])
            self._codes[place] = Code(key=key, name=names[-1], parent=self._above(line, names[:-1]))
        if len(self._codes) > MOST_CODES:
            raise self._wrong(line, f"a codebook has at most {MOST_CODES:,} codes")
        return self._codes[place].key

    def _code(self, row: _Row, name: str, above: str | None, made: Code | None) -> Code:
        principle = self._tied(row, "principle", self._principles)
        rubric, _, principle_key = principle.partition("/") if principle else (None, None, None)
        colour = row["colour"].lower()
        if not _COLOUR.fullmatch(colour):
            raise self._wrong(row.line, "a colour is written like #4a6a8a")
        return Code(
            key=made.key if made else self._key(name),
            name=name,
            parent=above,
            definition=row["definition"],
            use_when=row["use when"],
            avoid_when=row["avoid when"],
            colour=colour,
            theme=self._chosen(row, "theme", Theme) or Theme.OTHER,
            about=self._chosen(row, "about", About),
            rubric=rubric,
            principle=principle_key,
            factor=self._tied(row, "factor", self._factors),
        )

    def _key(self, name: str) -> str:
        key = free_key(slug(name), self._keys)
        self._keys.add(key)
        return key

    def _chosen(self, row: _Row, column: str, of: type[Choice]) -> Choice | None:
        wanted = _column(row[column]).replace(" ", "_")
        if not wanted:
            return None
        try:
            return of(wanted)
        except ValueError:
            words = ", ".join(each.value.replace("_", " ") for each in of)
            raise self._wrong(row.line, f"“{column}” is none of: {words}") from None

    def _tied(self, row: _Row, column: str, known: Mapping[str, str]) -> str | None:
        """Find what a code is tied to; what the study does not have stays behind."""
        wanted = same_name(row[column])
        if wanted and wanted not in known:
            self._left[column] += 1
        return known.get(wanted)


class _Paths:
    """Where codes stand, as a path or a parent says."""

    def __init__(self, rows: Iterable[_Row], wrong: Callable[[int, str], DocumentError]) -> None:
        self._wrong = wrong
        self._named: dict[str, list[_Row]] = {}
        for row in rows:
            if row["name"]:
                self._named.setdefault(same_name(row["name"]), []).append(row)

    def of(self, row: _Row) -> Names:
        """Give the names from the top down to a row's code."""
        names = self._by_parent(row)
        if len(names) > MOST_DEEP:
            raise self._wrong(row.line, f"it stands more than {MOST_DEEP} codes deep")
        return names

    def _by_parent(self, row: _Row) -> Names:
        """Follow parents by their names, until one says its path, or is no row's."""
        below: list[str] = []
        met: set[int] = set()
        while not row["path"]:
            if row.line in met:
                raise self._wrong(row.line, f"{named(row['name'])} would stand under itself")
            met.add(row.line)
            below.insert(0, on_one_line(row["name"]))
            parent = _names(row["parent"])
            above = self._named.get(same_name(parent[-1]), []) if len(parent) == 1 else []
            if len(above) > 1:
                raise self._wrong(row.line, "its parent is the name of several codes: write the parent's path")
            if not above:
                return (*parent, *below) if any(parent) else tuple(below)
            row = above[0]
        return (*_names(row["path"]), *below)


def _principles(document: StudyDocument) -> Iterator[tuple[str, Names]]:
    """Give each principle, as rubric/principle, with what it may be called."""
    for key, rubric in rubrics_of(document).items():
        for principle in rubric.principles:
            told = f"{key}/{principle.id}"
            yield told, (told, principle.id, principle.name, principle.short)


def _by_name(things: Iterable[tuple[str, Names]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for thing, names in things:
        for name in names:
            found.setdefault(same_name(name), thing)
    return found


def _place(names: Names) -> Names:
    return tuple(map(same_name, names))


def _column(cell: str) -> str:
    return same_name(cell.replace("_", " "))


def _delimiter(text: str) -> str:
    """Choose what parts the columns: whatever finds most of them in the first line."""
    first = text[:_HEAD].lstrip("\r\n").partition("\n")[0]
    return max(_DELIMITERS, key=lambda each: sum(_column(cell.strip('" \r')) in _KNOWN for cell in first.split(each)))
