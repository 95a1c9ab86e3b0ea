"""What REFI-QDA calls things, and what may stand in its XML."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final
from uuid import UUID, uuid5

from app.exchange.errors import DocumentError
from app.exchange.xml_text import held, unbroken
from app.version import VERSION

PROJECT: Final = "urn:QDA-XML:project:1.0"
CODEBOOK: Final = "urn:QDA-XML:codebook:1.0"
PROJECT_FILE: Final = "project.qde"
SOURCES: Final = "sources"
INSIDE: Final = "internal://"  # before the name of a file in the archive
OURS: Final = "Fieldquill"
ORIGIN: Final = f"{OURS} {VERSION}"
LONGEST_NAME: Final = 200
_EARLIEST = 1900  # a year before is a program's way of saying that it does not know


class ExchangeFileError(DocumentError):
    """A REFI-QDA file can't be taken in; names the file, the place in it, and what is wrong."""

    code = "exchange.refi"


def clean(text: str) -> str:
    """Leave out what no XML can hold, and write each line break as one line feed."""
    return unbroken(held(text))


def named(text: str, otherwise: str) -> str:
    """Give a name as it is written; `otherwise` where nothing of it is left."""
    return clean(text) if clean(text).strip() else otherwise


def name_of(text: str | None, otherwise: str) -> str:
    """Give a name that was read, cut where it is too long; `otherwise` where there is none."""
    found = (text or "").strip()
    return found[:LONGEST_NAME] if found else otherwise


def stamp(time: datetime) -> str:
    """Write a time, in UTC."""
    return time.astimezone(UTC).isoformat().replace("+00:00", "Z")


def time_of(text: str | None) -> datetime | None:
    """Read a time; one without a zone is taken for UTC, and what is none is left out."""
    try:
        found = datetime.fromisoformat((text or "").strip())
        if found.year < _EARLIEST:
            return None
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def identity(guid: str | None) -> str:
    """Give a GUID in the one way it is compared in: braces and capitals don't matter."""
    return (guid or "").strip().strip("{}").lower()


def uuid_of(guid: str | None) -> UUID | None:
    """Read a GUID as an id; None where it is none."""
    try:
        return UUID(identity(guid))
    except ValueError:
        return None


def continuation(first: UUID, number: int) -> UUID:
    """Give the GUID of the `number`th selection of one passage, from 2, made from the first one's.

    It is how a passage over lines that don't follow each other is put together again: REFI-QDA knows only selections
    of one stretch.
    """
    return uuid5(first, f"selection {number}")
