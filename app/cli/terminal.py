"""What came from a study or another file, made fit for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def printable(text: str) -> str:
    """Give a text on one line, without signs that a terminal would obey."""
    return "".join(character if character.isprintable() else " " for character in text)


def columns(rows: Sequence[Sequence[str]], *, figures: bool = False) -> Iterator[str]:
    """Set rows of cells below one another as lines, a column as wide as its widest cell.

    Args:
        rows: of one length.
        figures: whether all but the first cell are figures, which end below one another.
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        cells = zip(rest, widths[1:], strict=True)
        told = [cell.rjust(width) if figures else cell.ljust(width) for cell, width in cells]
        yield "  ".join([first.ljust(widths[0]), *told]).rstrip()
