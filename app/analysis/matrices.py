"""Codes against cases, against principles and against each other, each cell with its passages; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from app.analysis.chain import principle_of
from app.analysis.code_tree import lineage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.analysis.coding import CodingIndex, Keys
    from app.rubric.structure import Rubric

Head = tuple[str, str]  # key and name
ORGANISATION: Final[Head] = ("", "Organisation")
NO_PRINCIPLE: Final[Head] = ("", "No principle")


class Matrix(Struct, frozen=True):
    """Passages by two things they are about; a cell that is not there has none.

    A row of a code holds the passages of those under it too, each once. One passage can stand in several cells.
    """

    name: str
    row_heads: tuple[Head, ...]
    column_heads: tuple[Head, ...]
    cells: dict[tuple[str, str], tuple[str, ...]]

    def count(self, row: str, column: str) -> int:
        """How many passages a cell has."""
        return len(self.cells.get((row, column), ()))


def by_case(index: CodingIndex) -> Matrix:
    """Set codes against the cases that their codings are about; what is about none is the organisation's."""
    columns = (*((case.key, case.name) for case in index.document.cases), ORGANISATION)
    found = _Cells(index)
    for passage in index.coded:
        for coding in index.codings_of(passage):
            found.put(coding.code, (coding.case or "",), passage)
    return found.matrix("Codes by case", columns)


def by_principle(index: CodingIndex, rubric: Rubric) -> Matrix:
    """Set codes against the principles of a rubric that their passages say something of.

    A passage does so by a code it carries that is tied to the principle, or that stands under one that is; or because
    an answer, a finding or a challenge of that principle rests on it.
    """
    columns = (*((principle.id, principle.short) for principle in rubric.principles), NO_PRINCIPLE)
    told = _principles(index, rubric)
    found = _Cells(index)
    for passage in index.coded:
        for coding in index.codings_of(passage):
            found.put(coding.code, told[passage] or ("",), passage)
    return found.matrix("Codes by principle", columns)


def co_occurrence(index: CodingIndex) -> Matrix:
    """Set codes against each other: the passages one of the two is on and that carry both.

    Codes stand for themselves here, without those under them, and only those that meet another. A cell holds what
    `retrieve` finds for both.
    """
    cells: dict[tuple[str, str], list[str]] = {}
    for passage in index.coded:
        carried = index.carried[passage]
        if len(carried) > 1:
            for code in {coding.code for coding in index.codings_of(passage)}:
                for other in carried - {code}:
                    _append(cells, (code, other), passage)
                    _append(cells, (other, code), passage)
    met = {code for code, _ in cells}
    heads = tuple((key, index.codes[key].name) for key in index.tree if key in met)
    return Matrix("Codes that meet", heads, heads, {place: tuple(passages) for place, passages in cells.items()})


class _Cells:
    """Cells of a matrix of codes, being filled, passage by passage as they stand in the study."""

    def __init__(self, index: CodingIndex) -> None:
        self._index = index
        self._cells: dict[tuple[str, str], list[str]] = {}
        self._lineage = {code: index.lineage(code) for code in index.codes}

    def put(self, code: str, columns: Iterable[str], passage: str) -> None:
        """Put a passage in a code's row, and in those of the codes it stands under."""
        for row in self._lineage[code]:
            for column in columns:
                _append(self._cells, (row, column), passage)

    def matrix(self, name: str, columns: tuple[Head, ...]) -> Matrix:
        """Give the matrix, its rows as the codebook shows them."""
        used = {row for row, _ in self._cells}
        rows = tuple((key, self._index.codes[key].name) for key in self._index.tree if key in used)
        return Matrix(name, rows, columns, {place: tuple(passages) for place, passages in self._cells.items()})


def _append(cells: dict[tuple[str, str], list[str]], place: tuple[str, str], passage: str) -> None:
    """Add a passage to a cell, once."""
    cell = cells.setdefault(place, [])
    if not cell or cell[-1] != passage:
        cell.append(passage)


def _principles(index: CodingIndex, rubric: Rubric) -> Mapping[str, Keys]:
    """Give the principles that each coded passage says something of."""
    tied = {code: _principle_of_code(index, rubric, code) for code in index.codes}
    found = {
        passage: {principle for code in codes if (principle := tied[code])} for passage, codes in index.carried.items()
    }
    for passage, principle in _rested_on(index, rubric):
        if passage in found:
            found[passage].add(principle)
    return {passage: frozenset(principles) for passage, principles in found.items()}


def _principle_of_code(index: CodingIndex, rubric: Rubric, code: str) -> str:
    """Give the principle a code is tied to, be it through one it stands under; empty for none of this rubric."""
    codes = lineage(index.codes, code)
    return next((each.principle for each in codes if each.rubric == rubric.id and each.principle), "")


def _rested_on(index: CodingIndex, rubric: Rubric) -> Iterable[tuple[str, str]]:
    """Give the passages under judgements of this rubric, each with the principle judged."""
    for judgement in index.document.judgements:
        if principle := principle_of(judgement, rubric):
            yield from ((link.passage, principle) for link in judgement.evidence)
