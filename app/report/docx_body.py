"""Pieces of a report as the paragraphs and tables of a Word document, in WordprocessingML.

They are written as text and read in one go: python-docx looks every cell up anew, and takes minutes for an appendix.
Source: ECMA-376, part 1, 17.3 and 17.4.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from app.exchange.xml_text import held
from app.report.pieces import Heading, Lines, Tabled
from app.report.scripts import runs_left
from app.report.style import GREY, INK, RULE, WASH, WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.report.pieces import Field, Fields, Piece, Stretch
    from app.report.style import Colour

NAMESPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PAGE_BREAK: Final = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
WIDE: Final = round(WIDTH * 20)
"""Width of the type area in twentieths of a point."""
SMALL: Final = 17  # half points
_FIGURE: Final = re.compile(r"Figure \d+ *")
_CELL: Final = '<w:spacing w:before="0" w:after="20"/>'
_RIGHT: Final = '<w:jc w:val="right"/>'


def hexed(colour: Colour) -> str:
    """Give a colour as Word has it: "1f5189"."""
    return "".join(f"{round(part * 255):02x}" for part in (colour.red, colour.green, colour.blue))


def legible(text: str) -> str:
    """Give a text as XML can hold it, markup in it as what it is: words."""
    return escape(held(text))


class Body:
    """Writes pieces; knows which places are jumped to, and names them by numbers, since a key may be a name."""

    def __init__(self, all_pieces: Iterable[Piece]) -> None:
        known = list(dict.fromkeys(place for piece in all_pieces for place in _places(piece)))
        self._names = {place: f"place{number}" for number, place in enumerate(known, 1)}
        self._marked = 0

    def write(self, told: Iterable[Piece]) -> Iterator[str]:
        """Write pieces one after another."""
        for piece in told:
            if isinstance(piece, Heading):
                yield self._heading(piece)
            elif isinstance(piece, Tabled):
                yield from self._table(piece)
            elif piece.text:
                yield self._lines(piece)

    def jump(self, place: str, text: str) -> str:
        """Write words that lead to a place, as a paragraph."""
        name = self._names.get(place, "")
        return f'<w:p>{_looks("TOC1", text)}<w:hyperlink w:anchor="{name}">{_run(text)}</w:hyperlink></w:p>'

    def _heading(self, heading: Heading) -> str:
        looks = _looks(f"Heading{heading.level}", heading.text)
        return f"<w:p>{looks}{self._marks(heading.places)}{_run(heading.text)}</w:p>"

    def _lines(self, lines: Lines) -> str:
        caption = lines.words[0].bold and _FIGURE.fullmatch(lines.words[0].text)
        style = "Caption" if caption else "ListBullet" if lines.item else "Lead" if lines.large else ""
        keep = bool(caption) or lines.large or (lines.bold and not lines.item)
        looks = _looks(style, lines.text, keep=keep)
        return f"<w:p>{looks}{self._content(lines)}</w:p>"

    def _content(self, lines: Lines, *, small: bool = False) -> str:
        sign = _run(f"{lines.sign} ", small=small) if lines.sign else ""
        words = "".join(self._stretch(each, quiet=lines.quiet, small=small) for each in lines.words)
        return f"{self._marks(lines.places)}{sign}{words}"

    def _stretch(self, stretch: Stretch, *, quiet: bool, small: bool) -> str:
        run = _run(stretch.text, bold=stretch.bold, italic=stretch.italic, quiet=quiet, small=small)
        name = self._names.get(stretch.to, "")
        return f'<w:hyperlink w:anchor="{name}">{run}</w:hyperlink>' if name else run

    def _marks(self, places: Sequence[str]) -> str:
        found = ""
        for place in places:
            self._marked += 1
            name, number = self._names[place], self._marked
            found += f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'
        return found

    # Tables

    def _table(self, table: Tabled) -> Iterator[str]:
        if table.number:
            words = f"{_run(f'Table {table.number}  ', bold=True)}{_run(table.title)}"
            yield f"<w:p>{_looks('Caption', table.title, keep=True)}{words}</w:p>"
        widths = _widths(table.widths)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        rows = "".join(self._row(row, widths, head=True) for row in table.head)
        rows += "".join(self._row(row, widths) for row in table.rows)
        yield f"<w:tbl>{_TABLE}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
        yield '<w:p><w:pPr><w:spacing w:before="0" w:after="80"/></w:pPr></w:p>'

    def _row(self, fields: Fields, widths: Sequence[int], *, head: bool = False) -> str:
        cells, at = "", 0
        for place, field in enumerate(fields):
            span = len(widths) - at if place == len(fields) - 1 else field.span
            cells += self._cell(field, sum(widths[at : at + span]), span, head=head, wash=field.span == len(widths) > 1)
            at += span
        return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{cells}</w:tr>"

    def _cell(self, field: Field, width: int, span: int, *, head: bool, wash: bool) -> str:
        across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        tint = f'<w:shd w:val="clear" w:color="auto" w:fill="{hexed(WASH)}"/>' if head or wash else ""
        lines = [each for each in field.lines if each.text or each.places]
        keep = head or wash
        words = "".join(
            f"<w:p>{_looks('', each.text, keep=keep, spacing=_CELL + (_RIGHT if each.ranged else ''))}"
            f"{self._content(each, small=True)}</w:p>"
            for each in lines
        )
        size = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        return f"<w:tc><w:tcPr>{size}{across}{tint}</w:tcPr>{words or '<w:p/>'}</w:tc>"


def _places(piece: Piece) -> Iterator[str]:
    if isinstance(piece, Tabled):
        for row in (*piece.head, *piece.rows):
            yield from (place for field in row for lines in field.lines for place in lines.places)
    else:
        yield from piece.places


def _looks(style: str, text: str, *, keep: bool = False, spacing: str = "") -> str:
    """Write a paragraph's properties, in the order of the schema."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    leftward = "<w:bidi/>" if runs_left(text) else ""
    return f"<w:pPr>{named}{'<w:keepNext/>' if keep else ''}{leftward}{spacing}</w:pPr>"


def _run(text: str, *, bold: bool = False, italic: bool = False, quiet: bool = False, small: bool = False) -> str:
    looks = "".join(
        (
            "<w:b/>" if bold else "",
            "<w:i/>" if italic else "",
            f'<w:color w:val="{hexed(GREY)}"/>' if quiet else "",
            f'<w:sz w:val="{SMALL}"/>' if small else "",
            "<w:rtl/>" if runs_left(text) else "",
        )
    )
    parts = [f'<w:t xml:space="preserve">{legible(part)}</w:t>' if part else "" for part in text.split("\n")]
    return f"<w:r>{f'<w:rPr>{looks}</w:rPr>' if looks else ''}{'<w:br/>'.join(parts)}</w:r>"


def _widths(shares: Sequence[float]) -> list[int]:
    """Divide the type area into whole parts, so that they add up to all of it."""
    ends = [0]
    for share in shares:
        ends.append(ends[-1] + round(share * WIDE))
    ends[-1] = WIDE
    return [right - left for left, right in pairwise(ends)]


def _border(side: str, size: int, colour: Colour) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{hexed(colour)}"/>'


_TABLE: Final = (
    f'<w:tblPr><w:tblW w:w="{WIDE}" w:type="dxa"/><w:tblBorders>{_border("top", 8, INK)}{_border("bottom", 4, RULE)}'
    f'{_border("insideH", 4, RULE)}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
    '<w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
)
