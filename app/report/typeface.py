"""A cut of the report's typeface as ReportLab draws it: what it lacks is lent by the same cut for other scripts.

Whoever draws or measures a string need not know that several files are behind it. A file is only read when a character
needs it.
"""

from __future__ import annotations

import functools
import io
import struct
import zlib
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from reportlab.pdfbase.ttfonts import TTFont

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SCRIPTS: Final = (
    ("Hebrew", ((0x0590, 0x05FF), (0xFB1D, 0xFB4F))),
    ("Arabic", ((0x0600, 0x06FF), (0x0750, 0x077F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC))),
    ("SC", ((0x2E80, 0x2FFF), (0x3001, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF))),
)
"""The families that lend, in order, with the code points each is asked for."""

_LENT: Final = 12  # a lender's subsets are numbered from its place times 4,096 on
_MOST_KEPT: Final = 60_000
_LONGEST_KEPT: Final = 40
_WOFF: Final = struct.Struct(">4s4sIHHI24x")
_ENTRY: Final = struct.Struct(">4s4I")


class Typeface(TTFont):  # type: ignore[misc]
    """A font that borrows glyphs; `lenders` are the files for other scripts, in the order of `SCRIPTS`."""

    def __init__(self, name: str, file: Path, lenders: Sequence[Path] = ()) -> None:
        super().__init__(name, _opened(file), asciiReadable=True)
        self._files = lenders
        _show_soft_hyphen(self.face)
        self._units = _Units(self)
        self._lenders = _Lenders(self)
        self._kept: dict[str, float] = {}

    def lender(self, code: int) -> int:
        """Say who has a code point: 0 is the font itself, then the lenders; -1 is nobody."""
        return self._lenders[code]

    def find_lender(self, code: int) -> int:
        """Look for who has a code point."""
        if code in self.face.charToGlyph:
            return 0
        place = script(code)
        if 0 < place <= len(self._files) and code in self.lent(place).face.charToGlyph:
            return place
        return -1

    def lent(self, place: int) -> TTFont:
        """Give a lender's font."""
        return _lender(self._files[place - 1])

    def width_of(self, code: int) -> float:
        """Give the width of a code point, in thousandths of the size."""
        place = self.lender(code)
        face = self.lent(place).face if place > 0 else self.face
        return float(face.charWidths.get(code, face.defaultWidth))

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802, ARG002 - its name
        """Measure a string, in points."""
        units = self._kept.get(text)
        if units is None:
            units = sum(map(self._units.__getitem__, map(ord, text)))
            if len(text) <= _LONGEST_KEPT:
                if len(self._kept) > _MOST_KEPT:
                    self._kept.clear()
                self._kept[text] = units
        return units * size * 0.001

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:  # noqa: N802
        """Split a string by the subsets it is drawn with, a lender's numbered from its place on."""
        if text.isascii() and text.isprintable():
            self._assignState(doc)
            return [(0, text.encode("ascii"))] if text else []
        found: list[tuple[int, bytes]] = []
        for place, part in self._parts(text):
            if place:
                lent = self.lent(place).splitString(part, doc, encoding)
                found += [((place << _LENT) + subset, drawn) for subset, drawn in lent]
            else:
                found += super().splitString(part, doc, encoding)
        return found

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:  # noqa: N802 - its name
        """Name a subset in the file."""
        place, own = subset >> _LENT, subset & ((1 << _LENT) - 1)
        if place:
            return str(self.lent(place).getSubsetInternalName(own, doc))
        return str(super().getSubsetInternalName(own, doc))

    def _parts(self, text: str) -> list[tuple[int, str]]:
        who = self._lenders
        groups = groupby(text, key=lambda character: who[ord(character)])
        return [(max(place, 0), "".join(group)) for place, group in groups]


class _Units(dict[int, float]):
    """The width of each code point, found out when it is first met."""

    def __init__(self, font: Typeface) -> None:
        self._font = font

    def __missing__(self, code: int) -> float:
        width = self[code] = self._font.width_of(code)
        return width


class _Lenders(dict[int, int]):
    """Who has each code point, found out when it is first met."""

    def __init__(self, font: Typeface) -> None:
        self._font = font

    def __missing__(self, code: int) -> int:
        place = self[code] = self._font.find_lender(code)
        return place


def script(code: int) -> int:
    """Say which lender is asked for a code point, from 1 on; 0 for none."""
    for place, (_, ranges) in enumerate(SCRIPTS, 1):
        if any(first <= code <= last for first, last in ranges):
            return place
    return 0


def _show_soft_hyphen(face: Any) -> None:
    """Draw a soft hyphen as a hyphen: it only comes to be drawn where a word is divided at a line's end."""
    face.charToGlyph[0xAD] = face.charToGlyph[0x2D]
    face.charWidths[0xAD] = face.charWidths[0x2D]


@functools.cache
def _lender(file: Path) -> TTFont:
    return TTFont(file.stem, _opened(file), asciiReadable=True)


def _opened(file: Path) -> Any:
    return io.BytesIO(unpacked(file.read_bytes())) if file.suffix == ".woff" else str(file)


def unpacked(content: bytes) -> bytes:
    """Unpack a WOFF file: a TrueType font whose tables are each compressed (W3C, WOFF File Format 1.0)."""
    signature, flavour, _, count, _, _ = _WOFF.unpack_from(content)
    if signature != b"wOFF":
        raise ValueError("not a WOFF file")
    power = count.bit_length() - 1
    head = struct.pack(">4s4H", flavour, count, 16 << power, power, 16 * count - (16 << power))
    place, entries, tables = len(head) + 16 * count, [], []
    for number in range(count):
        tag, offset, packed, length, checksum = _ENTRY.unpack_from(content, _WOFF.size + number * _ENTRY.size)
        table = content[offset : offset + packed]
        table = zlib.decompress(table) if packed < length else table
        entries.append(struct.pack(">4s3I", tag, checksum, place, length))
        tables.append(table + bytes(-length % 4))
        place += len(tables[-1])
    return b"".join([head, *entries, *tables])
