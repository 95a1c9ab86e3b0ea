"""Codebooks (`.qdc`): a study's codes for other programs, and theirs for a study."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from app.exchange.errors import ExportError
from app.exchange.files import read_at_most, write_export
from app.exchange.refi.codes import ReadCodes, write_codes
from app.exchange.refi.guids import Guids
from app.exchange.refi.names import CODEBOOK, ORIGIN, ExchangeFileError
from app.exchange.refi.parse import parsed

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.etree import _Element

    from app.model.document import StudyDocument
    from app.model.evidence import Code

LARGEST = 16 * 1024 * 1024  # bytes


def write_qdc(document: StudyDocument, path: Path) -> None:
    """Write a study's codebook, whole or not at all.

    Raises:
        ExportError: it can't be written, or has no codes.
    """
    if not document.codes:
        raise ExportError("The study has no codes yet, so there is no codebook to write.")
    write_export(path, encode_qdc(document))


def encode_qdc(document: StudyDocument) -> bytes:
    """Give a study's codebook as XML; it has at least one code."""
    from lxml import etree

    root = etree.Element("CodeBook", {"origin": ORIGIN, "xmlns": CODEBOOK})
    guids = Guids(document)
    write_codes(etree.SubElement(root, "Codes"), document.codes, lambda code: guids.of("codes", code))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def read_qdc(path: Path) -> tuple[tuple[Code, ...], tuple[tuple[str, int], ...]]:
    """Read a codebook.

    Returns:
        Its codes in order, each after the one it is under, with keys of their own; and by the names of their elements,
        how many things could not be carried over.

    Raises:
        ExchangeFileError: it can't be read, or is no codebook.
    """
    content = read_at_most(path, LARGEST + 1, ExchangeFileError)
    if len(content) > LARGEST:
        raise ExchangeFileError(path.name, "", "it is larger than any codebook (16 MB)")
    root = parsed(content, "CodeBook", path.name)

    def wrong(element: _Element, problem: str) -> ExchangeFileError:
        return ExchangeFileError(path.name, f"line {element.sourceline}", problem)

    found = ReadCodes(root.find("Codes"), wrong)
    known = {"CodeBook", "Codes", "Sets", "Code", "MemberCode"}
    left = Counter(str(element.tag) for element in root.iter() if element.tag not in known)
    left["Description"] -= found.descriptions
    return tuple(found.codes), tuple((name, count) for name, count in sorted(left.items()) if count > 0)
