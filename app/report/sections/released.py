"""Appendix: the lines of notes that were released for print and stand nowhere else in the report."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from app.model.disclosure import Quotations
from app.report.blocks import Section, lead, opened
from app.report.evidence import words_of
from app.report.fonts import Face
from app.report.grid import Cell, Grid, Row, shares
from app.report.style import GREY, INK, LINE, TEXT_NOTE, TEXT_SMALL, TEXT_STRONG, WIDTH
from app.report.text import Run, Words, paragraph
from app.report.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.model.source import Entry, Source
    from app.report.material import Material
    from app.report.pdf import Flowable


def sections(material: Material) -> list[Section]:
    """Make the section, under a profile that quotes, where lines released for print stand nowhere else."""
    if material.profile.quotations is Quotations.NONE:
        return []
    found = list(_left_to_print(material))
    if not found:
        return []
    title = "Statements released for print"
    return [Section("released", title, lambda: _flow(material, found), room=220, appendix=True)]


def _left_to_print(material: Material) -> Iterator[tuple[Source, Entry]]:
    """List the lines released for print that the list of evidence does not give in full."""
    printed = _in_full(material) if material.prints("evidence") else frozenset()
    for source in material.document.sources:
        for entry in source.entries:
            if entry.released and entry.text.strip() and entry.key not in printed:
                yield source, entry


def _in_full(material: Material) -> frozenset[str]:
    """List the lines that a passage of the list of evidence gives from their first word to their last."""
    found: set[str] = set()
    for key in material.uses():
        said = material.said(key)
        found.update(entry.key for entry, span in said if _is_whole(entry, span.start, span.end))
    return frozenset(found)


def _is_whole(entry: Entry, start: int, end: int) -> bool:
    return entry.text[start:end].strip() == entry.text.strip()


def _flow(material: Material, found: Sequence[tuple[Source, Entry]]) -> list[Flowable]:
    groups = [(source, [entry for _, entry in pairs]) for source, pairs in groupby(found, key=lambda pair: pair[0])]
    opening = (
        f"{count(len(found), 'line')} from {count(len(groups), 'source')} {'was' if len(found) == 1 else 'were'} "
        f"released for print and {'is' if len(found) == 1 else 'are'} cited nowhere else in this report."
    )
    return [lead(opening), *(each for source, entries in groups for each in _source(material, source, entries))]


def _source(material: Material, source: Source, entries: Sequence[Entry]) -> list[Flowable]:
    several = len(source.participants) > 1
    rows = [_row(material, entry, several=several) for entry in entries]
    name = paragraph(f"{material.citations.source(source.key)}  {source.title}", style=TEXT_STRONG)
    head = Row([Cell([name], span=2)], LINE, INK, above=6, below=5)
    return opened([], Grid(shares(WIDTH, 24, 146), rows, head=[head], gap=9, before=10))


def _row(material: Material, entry: Entry, *, several: bool) -> Row:
    quote = material.line(entry)
    words: list[Words] = words_of(quote, quote.text)
    if several and quote.speaker:
        words.append(Run(f"  {quote.speaker}", Face.ITALIC, GREY))
    where = paragraph(material.citations.entry(entry.key), style=TEXT_NOTE)
    return Row([Cell([where]), Cell([paragraph(*words, style=TEXT_SMALL)])], above=2.4, below=3.6)
