"""Loosen what is packed inside files, so that the installer, which packs all of them together, packs it tighter.

What a file says stays the same; a font or an archive that is packed twice takes more room than one packed once, well.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from pathlib import Path

NEVER_IMPORTED: Final = (
    "_pydatetime.", "_pydecimal.", "_pyio.", "antigravity.", "doctest.", "ensurepip/", "ftplib.", "http/cookiejar.",
    "http/server.", "imaplib.", "mailbox.", "modulefinder.", "pdb.", "pickletools.", "poplib.", "pydoc_data/",
    "smtplib.", "socketserver.", "sqlite3/", "ssl.", "tarfile.", "turtle.", "unittest/", "venv/", "webbrowser.",
    "wsgiref/", "xmlrpc/", "zipapp.",
)  # fmt: skip
"""How names begin in Python's library of what nothing of ours imports; much of it could reach a network."""

_HEAD: Final = struct.Struct(">4s4sIHHI24x")
_ENTRY: Final = struct.Struct(">4s4I")
_DATE: Final = (1980, 1, 1, 0, 0, 0)


def loosen_library(archive: Path) -> None:
    """Write Python's library anew, its modules stored as they are; that also saves unpacking them at each start."""
    with ZipFile(archive) as file:
        kept = {name: file.read(name) for name in sorted(file.namelist()) if not name.startswith(NEVER_IMPORTED)}
    with ZipFile(archive, "w", ZIP_STORED) as file:
        for name, content in kept.items():
            file.writestr(ZipInfo(name, _DATE), content)


def loosen_font(font: Path) -> None:
    """Write a WOFF font anew, its tables stored as they are.

    Source: W3C, WOFF File Format 1.0, sections 4 and 5: a table as long as it was is not compressed.
    """
    content = font.read_bytes()
    signature, flavour, _, count, reserved, unpacked = _HEAD.unpack_from(content)
    if signature != b"wOFF":
        raise ValueError(f"{font.name} is not a WOFF font")
    place, entries, tables = _HEAD.size + count * _ENTRY.size, [], []
    for number in range(count):
        tag, offset, packed, length, checksum = _ENTRY.unpack_from(content, _HEAD.size + number * _ENTRY.size)
        table = content[offset : offset + packed]
        table = zlib.decompress(table) if packed < length else table
        entries.append(_ENTRY.pack(tag, place, length, length, checksum))
        tables.append(table + bytes(-length % 4))
        place += len(tables[-1])
    head = _HEAD.pack(signature, flavour, place, count, reserved, unpacked)
    font.write_bytes(b"".join([head, *entries, *tables]))
