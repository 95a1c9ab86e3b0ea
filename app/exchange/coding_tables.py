"""What is coded, as tables for spreadsheets: passages found, matrices, and memos."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.analysis.collection import local_time
from app.exchange.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.analysis.coding import CodingIndex, Found, Memo
    from app.analysis.matrices import Matrix
    from app.exchange.tables import Cell
    from app.model.evidence import Coding

PATH: Final = " > "  # between the names of a code and of those it stands under
_PASSAGES: Final = (
    "Place", "Source", "Round", "Role", "Speaker", "Before", "Passage", "After", "Code", "About", "Assessor", "Memo",
    "Coded on", "Lost its words",
)  # fmt: skip
_MEMOS: Final = ("Place", "Source", "Passage", "Code", "About", "Assessor", "Memo", "Coded on")


def passages_table(index: CodingIndex, found: Iterable[Found], name: str = "Passages") -> Table:
    """Set out passages, a row for each coding on them; one without any has a row, too."""
    told = _Names(index)
    rows = []
    for each in found:
        words = (*told.where(each), each.before, each.words, each.after)
        lost = "yes" if each.orphaned else ""
        rows += [(*words, *told.coding(coding, each), lost) for coding in each.codings]
        rows += [] if each.codings else [(*words, *("",) * 5, lost)]
    return Table(name, _PASSAGES, tuple(rows))


def matrix_table(index: CodingIndex, matrix: Matrix) -> Table:
    """Set out how many passages the cells of a matrix have; its rows are codes, by their paths."""
    head = ("Code", *(_head(index, matrix, *column) for column in matrix.column_heads))
    rows: list[tuple[Cell, ...]] = [
        (PATH.join(index.path(row)), *(matrix.count(row, column) for column, _ in matrix.column_heads))
        for row, _ in matrix.row_heads
    ]
    return Table(matrix.name, head, tuple(rows))


def memos_table(index: CodingIndex, memos: Iterable[Memo], name: str = "Memos") -> Table:
    """Set out memos, each with the passage it was written beside."""
    told = _Names(index)
    rows = []
    for memo in memos:
        found = index.found(memo.coding.passage)
        rows.append((found.citation, found.title, found.words, *told.coding(memo.coding, found)))
    return Table(name, _MEMOS, tuple(rows))


def _head(index: CodingIndex, matrix: Matrix, key: str, name: str) -> str:
    """Name a column: a code by its path where codes stand against each other."""
    return PATH.join(index.path(key)) if matrix.column_heads == matrix.row_heads else name


class _Names:
    """What the things that codings refer to are called."""

    def __init__(self, index: CodingIndex) -> None:
        document = index.document
        self._index = index
        self._cases = {case.key: case.name for case in document.cases}
        self._rounds = {each.key: each.name for each in document.rounds}
        self._assessors = {assessor.key: assessor.name for assessor in document.assessors}

    def where(self, found: Found) -> tuple[str, ...]:
        """Say where a passage is, and who spoke."""
        source = self._index.source_of(found.passage)
        return found.citation, found.title, self._rounds[source.round], ", ".join(found.roles), found.speaker

    def coding(self, coding: Coding, found: Found) -> tuple[str, ...]:
        """Say which code was put on, about what, by whom, with which memo and when."""
        zone = self._index.source_of(found.passage).zone
        return (
            PATH.join(self._index.path(coding.code)),
            self._cases[coding.case] if coding.case else "Organisation",
            self._assessors[coding.assessor],
            coding.memo,
            local_time(coding.made_at, zone).date().isoformat() if coding.made_at else "",
        )
