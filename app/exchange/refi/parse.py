"""Parse REFI-QDA's XML: no entities, no DTD, no network, no more elements than a project can have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.exchange.refi.names import ExchangeFileError

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_SIGNS: Final = 3_000_000  # tags and attributes together: a quarter of a million codings


def parsed(content: bytes, root: str, file: str, place: str = "") -> _Element:
    """Parse a document; its elements are called by their names alone, without the namespace.

    Args:
        content: the document.
        root: what its outermost element is called.
        file: the file's name, for errors.
        place: what of the file it is, for errors.

    Raises:
        ExchangeFileError: it is no XML, has a DOCTYPE, is too large, or is something else.
    """
    from lxml import etree

    if content.count(b"<") + content.count(b"=") > _MOST_SIGNS:
        raise ExchangeFileError(file, place, "it has more elements than any project")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
    )
    try:
        found = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        line = getattr(problem, "lineno", None)
        where = " ".join(filter(None, (place, f"line {line}" if line else "")))
        raise ExchangeFileError(file, where, "it is not sound XML") from None
    if found.getroottree().docinfo.internalDTD is not None:
        raise ExchangeFileError(file, place, "it has a DOCTYPE, which no exchange file needs")
    for element in found.iter():
        if not isinstance(element.tag, str):  # an entity
            raise ExchangeFileError(file, place, "it refers to something outside of itself")
        if element.tag.startswith("{"):
            element.tag = element.tag.rpartition("}")[2]
    if found.tag != root:
        raise ExchangeFileError(file, place, f"it is no REFI-QDA {root.lower()}")
    return found
