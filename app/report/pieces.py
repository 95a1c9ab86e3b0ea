"""A report told as plain pieces, headings, lines and tables, for every format that sets its own pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from app.analysis.factors import WEIGHTS
from app.analysis.standing import Change
from app.report.fonts import Face
from app.report.grid import Grid
from app.report.marks import ChangeMark, DashMark, LevelMark, Marked, StrengthMark
from app.report.sheet import Anchor, PageOf
from app.report.style import GREY, LARGE, TITLE
from app.report.text import BREAK, Text

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from app.report.grid import Cell, Row
    from app.report.lines import Frag
    from app.report.marks import Mark
    from app.report.pdf import Flowable

SECTION: Final = 1
_LABEL: Final = 3
_BOLD: Final = frozenset({Face.SEMIBOLD, Face.SEMIBOLD_ITALIC})
_ITALIC: Final = frozenset({Face.ITALIC, Face.SEMIBOLD_ITALIC})
_LEVELS: Final = "○◔◑◕●"
_NO_LEVEL: Final = "–"  # noqa: RUF001 - the line that stands for a level not rated
_CHANGES: Final = {
    Change.ROSE: "▲",
    Change.FELL: "▼",
    Change.KNOWN: "◆",
    Change.UNKNOWN: "◇",
    Change.NEW: "+",
    Change.GONE: _NO_LEVEL,
    Change.SAME: "=",
}


class Stretch(NamedTuple):
    """Words set in one way; `to` is a place in the report."""

    text: str
    bold: bool = False
    italic: bool = False
    to: str = ""


@dataclass(frozen=True)
class Lines:
    """A paragraph: its words, the sign before it, and how it stands out; `places` can be jumped to.

    `large` is a sentence a section opens with, `quiet` a note in grey, `item` one of a list, `ranged` is set against
    the right edge.
    """

    words: tuple[Stretch, ...]
    sign: str = ""
    large: bool = False
    quiet: bool = False
    item: bool = False
    ranged: bool = False
    places: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(stretch.text for stretch in self.words).strip()

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(stretch.bold for stretch in self.words if stretch.text.strip())


@dataclass(frozen=True)
class Heading:
    """A heading, of a section where its level is 1."""

    text: str
    level: int
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """What stands in one cell of a table, over `span` columns."""

    lines: tuple[Lines, ...]
    span: int = 1

    @property
    def text(self) -> str:
        """The words, a line each."""
        return "\n".join(text for lines in self.lines if (text := lines.text))


Fields: TypeAlias = "tuple[Field, ...]"


@dataclass(frozen=True)
class Tabled:
    """A table; `number` and `title` are of its caption, 0 and "" where it has none. `widths` are shares of 1."""

    head: tuple[Fields, ...]
    rows: tuple[Fields, ...]
    widths: tuple[float, ...]
    number: int = 0
    title: str = ""

    @property
    def caption(self) -> str:
        """Such as "Table 3  What each level is like"."""
        return f"Table {self.number}  {self.title}"


Piece: TypeAlias = "Lines | Heading | Tabled"


def pieces(flow: Iterable[Flowable]) -> list[Piece]:
    """Tell flowables that have not been set yet as pieces; what is only drawn, or only takes room, has none."""
    return _Walk().over(flow)


class _Walk:
    """One walk: where a heading is due, and which places the next words bear."""

    def __init__(self) -> None:
        self._due = 0
        self._places: list[str] = []

    def over(self, flow: Iterable[Flowable]) -> list[Piece]:
        found: list[Piece] = []
        for flowable in flow:
            new = list(self._of(flowable))
            if new and isinstance(new[0], Tabled) and _is_caption(found[-1:], new[0]):
                del found[-1]
            found += new
        return found

    def _of(self, flowable: Flowable) -> Iterator[Piece]:
        if getattr(flowable, "of_drawing", False):
            return
        if isinstance(flowable, Anchor):
            self._anchor(flowable)
        elif isinstance(flowable, Grid):
            yield from self._grid(flowable)
        elif isinstance(flowable, Marked):
            yield from self._marked(flowable)
        elif isinstance(flowable, Text):
            yield self._words(flowable)
        elif hasattr(flowable, "table"):
            yield _drawn(flowable.table())
        elif said := getattr(flowable, "said", ""):
            yield Lines((Stretch(said),), places=self._taken())

    def _anchor(self, anchor: Anchor) -> None:
        self._places.append(anchor.key)
        if anchor.title and not anchor.running:
            self._due = anchor.level + 1

    def _taken(self) -> tuple[str, ...]:
        places, self._places = tuple(self._places), []
        return places

    def _words(self, text: Text) -> Lines | Heading:
        look = text.style
        words = tuple(map(_stretch, text.frags))
        quiet, large = look.colour == GREY, look.size >= LARGE
        lines = Lines(words, large=large, quiet=quiet, ranged=text.ranged, places=self._taken())
        due, self._due = self._due, 0
        if not due and lines.bold and LARGE <= look.size < TITLE:
            due = SECTION + 1
        return Heading(lines.text, due, lines.places) if due and lines.text else lines

    def _marked(self, marked: Marked) -> Iterator[Piece]:
        first, *rest = self.over([marked.item]) or [Lines(())]
        if isinstance(first, Lines):
            item = isinstance(marked.mark, DashMark) and marked.mark.drawn
            first = replace(first, sign=_sign(marked.mark), item=item)
        yield from (first, *rest)

    # Grids: a table, or only words side by side

    def _grid(self, grid: Grid) -> Iterator[Piece]:
        if _lists_contents(grid):
            return
        if grid.head or grid.number or (len(grid.columns) > 2 and len(grid.rows) > 1):
            table = _without_empty_columns(self._table(grid))
            yield from [table] if table.widths else []
        elif len(grid.columns) > 2:
            yield from _in_line([piece for cell in grid.rows[0].cells for piece in self.over(cell.items)])
        else:
            for row in grid.rows:
                yield from self._side_by_side(row, alone=len(grid.rows) == 1)

    def _side_by_side(self, row: Row, *, alone: bool) -> Iterator[Piece]:
        """Put what stands beside something under it; a label becomes a heading where it is the only one.

        A line beside a line, such as a fact under its label, goes on after it; what stands beside a heading goes below.
        """
        label, *others = (self.over(cell.items) for cell in row.cells)
        match [*label, *(piece for found in others for piece in found)]:
            case [Lines() as first, Lines() as second] if not alone:
                yield _labelled(first, second)
                return
            case [Lines() as first, Heading() as second] if alone:
                yield from (second, first)
                return
        if label and alone and len(row.cells) > 1 and isinstance(label[0], Lines) and label[0].bold and label[0].text:
            label[0] = Heading(label[0].text, _LABEL, label[0].places)
        yield from label
        for each in others:
            yield from each

    def _table(self, grid: Grid) -> Tabled:
        head, rows = (tuple(self._fields(row) for row in part) for part in (grid.head, grid.rows))
        whole = sum(grid.columns) or 1.0
        return Tabled(head, rows, tuple(width / whole for width in grid.columns), grid.number, grid.title)

    def _fields(self, row: Row) -> Fields:
        return tuple(Field(tuple(self._in_cell(cell)), cell.span) for cell in row.cells)

    def _in_cell(self, cell: Cell) -> Iterator[Lines]:
        for item in cell.items:
            if hasattr(item, "table"):
                yield from _counted(item)
                continue
            for piece in self.over([item]):
                if isinstance(piece, Tabled):
                    yield from _joined(piece)
                else:
                    yield _as_lines(piece)


def _labelled(label: Lines, words: Lines) -> Lines:
    """Put words after their label, in one line."""
    name = (Stretch(f"{label.text}  ", bold=True),) if label.text else ()
    return replace(words, words=(*name, *words.words), places=(*label.places, *words.places))


def _without_empty_columns(table: Tabled) -> Tabled:
    """Leave out the columns in which no words begin: they held what is only drawn."""
    used = {at for row in (*table.head, *table.rows) for at, field in _placed(row) if field.text or _marked(field)}
    head, rows = (tuple(_narrowed(row, used) for row in part) for part in (table.head, table.rows))
    widths = [width for at, width in enumerate(table.widths) if at in used]
    return replace(table, head=head, rows=rows, widths=tuple(width / sum(widths) for width in widths))


def _placed(row: Fields) -> Iterator[tuple[int, Field]]:
    at = 0
    for field in row:
        yield at, field
        at += field.span


def _marked(field: Field) -> bool:
    return any(lines.places for lines in field.lines)


def _narrowed(row: Fields, used: Container[int]) -> Fields:
    spans = ((field, sum(place in used for place in range(at, at + field.span))) for at, field in _placed(row))
    return tuple(replace(field, span=span) for field, span in spans if span)


def _stretch(frag: Frag) -> Stretch:
    return Stretch(frag.text or BREAK, frag.fontName in _BOLD, frag.fontName in _ITALIC, frag.to)


def _lists_contents(grid: Grid) -> bool:
    """Whether it says on which page what stands: each format has contents of its own."""
    return any(isinstance(item, PageOf) for row in grid.rows for cell in row.cells for item in cell.items)


def _is_caption(before: Sequence[Piece], table: Tabled) -> bool:
    """Whether the words before a table are its caption, which the table has itself."""
    words = before[0] if before else None
    return isinstance(words, Lines) and bool(table.number) and words.text.startswith(f"Table {table.number} ")


def _in_line(found: Sequence[Piece]) -> Iterator[Piece]:
    """Put short words that stood side by side, such as a legend, into one line; tables among them follow."""
    lines = [_as_lines(piece) for piece in found if not isinstance(piece, Tabled)]
    words = tuple(Stretch(f"{each.sign} {each.text}   ".lstrip()) for each in lines if each.text)
    if words:
        places = tuple(place for each in lines for place in each.places)
        yield Lines(words, quiet=all(each.quiet for each in lines), places=places)
    yield from (piece for piece in found if isinstance(piece, Tabled))


def _as_lines(piece: Heading | Lines) -> Lines:
    """Give a heading where none can stand as bold words."""
    if isinstance(piece, Heading):
        return Lines((Stretch(piece.text, bold=True),), places=piece.places)
    return piece


def _joined(table: Tabled) -> Iterator[Lines]:
    """Tell a table within a cell as lines, a row each."""
    for row in (*table.head, *table.rows):
        places = tuple(place for field in row for lines in field.lines for place in lines.places)
        yield Lines(tuple(Stretch(f"{field.text}   ") for field in row if field.text), places=places)


def _drawn(rows: Sequence[Sequence[object]]) -> Tabled:
    """Tell a figure as the table of what it shows, its first row the head."""
    head, *others = [tuple(Field((Lines((Stretch(str(each)),)),)) for each in row) for row in rows]
    return Tabled((head,), tuple(others), tuple(1 / len(head) for _ in head))


def _counted(figure: Any) -> Iterator[Lines]:
    """Tell a figure within a cell in words, "said 14, shown 3"; nothing where its numbers stand beside it anyway."""
    if not getattr(figure, "numbered", True) or getattr(figure, "beside", False):
        return
    head, *rows = figure.table()
    pairs = zip(head, rows[0], strict=True) if len(rows) == 1 else rows
    told = (" ".join(filter(None, map(str, pair))) for pair in pairs if pair[1] not in ("0", ""))
    yield Lines((Stretch(", ".join(told)),))


def _sign(mark: Mark) -> str:
    if isinstance(mark, LevelMark):
        return _NO_LEVEL if mark.share is None else _LEVELS[round(mark.share * (len(_LEVELS) - 1))]
    if isinstance(mark, StrengthMark):
        pull = WEIGHTS.get(mark.strength, 0)
        return "▲" * pull + "▼" * -pull
    return _CHANGES.get(mark.change, "") if isinstance(mark, ChangeMark) else ""
