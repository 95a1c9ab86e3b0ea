"""Appendix: the codebook as a tree, with what each code means and how often it was put on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.analysis.coding import CodingIndex
from app.report.blocks import Section, captioned, lead
from app.report.fonts import Face
from app.report.grid import Cell, Grid, Row, shares, table
from app.report.style import GREY, HEIGHT, TEXT_NOTE, TEXT_SMALL, TEXT_SMALL_STRONG, WIDTH
from app.report.text import Run, paragraph
from app.report.wording import capital, count

if TYPE_CHECKING:
    from app.model.evidence import Code
    from app.report.material import Material
    from app.report.pdf import Flowable

_HEAD: Final = ("Code", "What it means", "Theme", "Passages", "Sources")
_COLUMNS: Final = shares(WIDTH, 46, 78, 22, 14, 12)
_STEP: Final = 9.0  # a code under another stands this much further in
_DEEPEST: Final = 4


def sections(material: Material) -> list[Section]:
    """Make the section, once there are codes."""
    if not material.document.codes:
        return []
    return [Section("codebook", "Codebook", lambda: _flow(material), HEIGHT * 0.6, appendix=True)]


def _flow(material: Material) -> list[Flowable]:
    index = CodingIndex(material.document)
    codes, coded = count(len(index.codes), "code"), count(len(index.coded), "passage")
    opening = f"{codes}, put on {coded}. What is counted for a code takes in the codes under it."
    rows = [_row(index, key) for key in index.tree]
    grid = table(_COLUMNS, _HEAD, rows, figures=(3, 4))
    return [lead(opening), *captioned(material, "Codes, each with those under it", grid)]


def _row(index: CodingIndex, key: str) -> Row:
    code, depth = index.codes[key], len(index.lineage(key)) - 1
    passages = index.passages(key)
    sources = {index.source_of(passage).key for passage in passages}
    name = paragraph(code.name, style=TEXT_SMALL if depth else TEXT_SMALL_STRONG)
    return Row(
        [
            Cell([_indented(name, depth)]),
            Cell(_meaning(code)),
            *(
                Cell([paragraph(text, style=TEXT_NOTE if text == "0" else TEXT_SMALL)])
                for text in (_theme(code), str(len(passages)), str(len(sources)))
            ),
        ],
        above=2.4,
        below=3.6,
        keep=not depth,
    )


def _indented(name: Flowable, depth: int) -> Flowable:
    if not depth:
        return name
    inward, width = _STEP * min(depth, _DEEPEST), _COLUMNS[0]
    return Grid([inward, width - inward], [Row([Cell(), Cell([name])], rule=0, above=0, below=0)])


def _meaning(code: Code) -> list[Flowable]:
    """Set the definition, and when to use the code and when not."""
    found = [paragraph(code.definition, style=TEXT_SMALL)] if code.definition else []
    told = {"Use: ": code.use_when, "Avoid: ": code.avoid_when}
    found += [
        paragraph(Run(head, Face.MEDIUM, GREY), text, style=TEXT_SMALL, before=1) for head, text in told.items() if text
    ]
    return found


def _theme(code: Code) -> str:
    about = f", about the {code.about.value}" if code.about else ""
    return f"{capital(code.theme.value.replace('_', ' '))}{about}"
