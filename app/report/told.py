"""A composed report told as pieces, once, for the formats that are no PDF; and every string of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.disclosure.printed import Printed
from app.report.build import compose
from app.report.pieces import SECTION, Heading, Lines, pieces
from app.report.text import line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.report.build import Composed
    from app.report.material import Material
    from app.report.pieces import Piece
    from app.report.sheet import Metadata
    from app.report.snapshot import Snapshot


@dataclass(frozen=True)
class Told:
    """What stands on the cover, and the pieces of each section after its number; `metadata` is the file's own."""

    material: Material
    metadata: Metadata
    cover: tuple[Piece, ...]
    sections: tuple[tuple[str, tuple[Piece, ...]], ...]

    def pieces(self) -> Iterator[Piece]:
        """List all pieces after the cover."""
        for _number, told in self.sections:
            yield from told

    def printed(self) -> Iterator[Printed]:
        """List every string; none has a page, and the place is a section's number."""
        for where, told in (("Cover", self.cover), *((f"Section {number}", told) for number, told in self.sections)):
            yield from (Printed(text, 0, where) for piece in told for text in strings(piece))
        yield from self.metadata.printed()


def tell(snapshot: Snapshot, step: Callable[[str], object] = str) -> Told:
    """Tell a study as pieces; `step` is told of each section that is begun, and may stop it by raising."""
    return told(compose(snapshot, step))


def told(composed: Composed) -> Told:
    """Tell a composed report as pieces; it can't be set as a PDF any more."""
    sections = []
    for number, section, flow in composed.sections:
        head = Heading(line(f"{number} {section.title}"), SECTION, (section.key,))
        sections.append((number, (head, *pieces(flow))))
    return Told(composed.material, composed.metadata, tuple(pieces(composed.cover)), tuple(sections))


def strings(piece: Piece) -> Iterator[str]:
    """List the strings of a piece."""
    if isinstance(piece, Heading | Lines):
        yield piece.text
        return
    if piece.number:
        yield piece.caption
    for row in (*piece.head, *piece.rows):
        yield from (lines.text for field in row for lines in field.lines)
