"""What a finished file says, read back from its bytes as a stranger would: for the leak check after writing."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any, Final

from app.disclosure.printed import Printed

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SHEET: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_WHOLE: Final = (f"{_WORD}p", f"{_SHEET}si")
_PARTS: Final = (".xml", ".rels")
_TELLING: Final = frozenset({"descr", "title", "author", "initials", "tooltip", "display", "location", "anchor"})
"""Attributes that hold words of people: of pictures, comments, links."""
INSIDE: Final = "Inside the file"
"""Where names stand that no page shows: of places, fields and parts."""
_SPLIT: Final = re.compile("[\ufffe\x02]\\s*")  # where PDFium met a hyphen at a line's end


def pdf_strings(content: bytes, passphrase: str = "") -> Iterator[Printed]:
    """Read a PDF's pages, its outline, its information, its XMP, and the names it has for places."""
    import pypdfium2

    from app.report.protect import prepared

    passphrase = prepared(passphrase)
    pdf = pypdfium2.PdfDocument(content, password=passphrase or None)
    try:
        for number, page in enumerate(pdf, 1):
            words = page.get_textpage().get_text_bounded().replace("\r\n", "\n")
            yield Printed(_SPLIT.sub("-\n", words), number, "Page")
        for mark in pdf.get_toc():
            yield Printed(mark.get_title(), 0, "Bookmark")
    finally:
        pdf.close()
    yield from _file_strings(content, passphrase)


def _file_strings(content: bytes, passphrase: str) -> Iterator[Printed]:
    """Read what no page shows: the file's information, its metadata, and every name and key within it."""
    import pikepdf

    from app.report.archive_checks import described, dictionaries

    with pikepdf.open(io.BytesIO(content), password=passphrase) as pdf:
        yield from (Printed(str(words), 0, f"{str(name)[1:]} of the file") for name, words in pdf.docinfo.items())
        if "/Metadata" in pdf.Root:
            told = described(pdf.Root.Metadata.read_bytes())
            yield from (Printed(words, 0, f"{name[1:]} in the metadata") for name, words in told.items())
        names = {word for thing in dictionaries(pdf) for word in _names(thing)}
        yield from (Printed(word, 0, INSIDE) for word in sorted(names))


def _names(thing: Any) -> Iterator[str]:
    """List what places, fields and notes are called: named destinations are keys of a dictionary, or strings."""
    import pikepdf

    for key in ("/Dests", "/Names"):
        found = thing.get(key)
        if isinstance(found, pikepdf.Dictionary):
            yield from (str(name).lstrip("/") for name in found.keys())  # noqa: SIM118 - pikepdf's
        elif isinstance(found, pikepdf.Array):
            yield from (str(each) for each in found if isinstance(each, pikepdf.String))
    for key in ("/T", "/TU", "/NM", "/Contents", "/Dest", "/D", "/URI"):
        found = thing.get(key)
        if isinstance(found, pikepdf.String | pikepdf.Name) and str(found):
            yield str(found).lstrip("/")


def office_strings(content: bytes) -> Iterator[Printed]:
    """Read every text of a Word document or a workbook: paragraphs, cells, sheets, properties, places, links."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            yield Printed(name, 0, INSIDE)
            if name.endswith(_PARTS):
                root = etree.fromstring(packed.read(name), parser)
                yield from (Printed(text, 0, name) for text in _texts(root) if text.strip())
                yield from (Printed(text, 0, INSIDE) for text in dict.fromkeys(_unseen(root)))


def _texts(root: Any) -> Iterator[str]:
    whole = list(root.iter(*_WHOLE))
    for each in whole:
        yield "".join(_lines(each))
    if not whole:
        yield from root.itertext()
    yield from (each.get("name", "") for each in root.iter(f"{_SHEET}sheet"))
    yield from (each.get("Target", "") for each in root.iter() if each.get("TargetMode") == "External")


def _unseen(root: Any) -> Iterator[str]:
    """Give what stands in no text: what places are called, pictures described as and links told."""
    for each in root.iter():
        for name, words in each.attrib.items():
            local = name.rpartition("}")[2]
            if local in _TELLING or (local == "name" and each.tag == f"{_WORD}bookmarkStart"):
                yield words


def _lines(whole: Any) -> Iterator[str]:
    for each in whole.iter():
        if each.tag == f"{_WORD}br":
            yield "\n"
        elif each.text and each.tag in (f"{_WORD}t", f"{_SHEET}t"):
            yield each.text


def csv_strings(content: bytes) -> Iterator[Printed]:
    """Read the cells of a plain file."""
    import csv

    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        yield from (Printed(cell, 0, "Cell") for cell in row if cell)
