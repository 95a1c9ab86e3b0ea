"""Write and read projects (`.qdpx`): the archive as a whole."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from app.exchange.files import write_export
from app.exchange.refi.archive import Archive
from app.exchange.refi.names import PROJECT_FILE
from app.exchange.refi.reading import read_arrival

if TYPE_CHECKING:
    from pathlib import Path

    from app.actions.arrival import Arrival
    from app.model.document import StudyDocument

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say: the same study gives the same bytes
_UNIX = 3
_READABLE = 0o644 << 16


def read_qdpx(path: Path) -> Arrival:
    """Read a project and check it whole.

    Raises:
        ExchangeFileError: it can't be read, is no project, or holds something that can't be right.
    """
    with Archive(path) as archive:
        return read_arrival(archive)


def write_qdpx(document: StudyDocument, path: Path) -> int:
    """Write a study as a project, whole or not at all.

    Returns:
        How many codings are not in it, because the passages they are on have lost their words.

    Raises:
        ExportError: it can't be written.
    """
    content, lost = encode_qdpx(document)
    write_export(path, content)
    return lost


def encode_qdpx(document: StudyDocument) -> tuple[bytes, int]:
    """Give a project's bytes, and how many codings are not in it."""
    from lxml import etree

    from app.exchange.refi.writing import Writing

    written = Writing(document)
    qde = etree.tostring(written.root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_entry(PROJECT_FILE), qde)
        for name, text in written.texts.items():
            archive.writestr(_entry(name), text.encode("utf-8"))
    return content.getvalue(), written.lost


def _entry(name: str) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name, _LONG_AGO)
    found.compress_type = zipfile.ZIP_DEFLATED
    found.create_system = _UNIX
    found.external_attr = _READABLE
    return found
