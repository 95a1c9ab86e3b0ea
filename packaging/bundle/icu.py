"""Leave out of ICU's data what is never read: names of languages and places, where words break, old encodings.

Qt has its own of these. The program lets Qt sort words and change their case, and all that stays.
"""

from __future__ import annotations

import re
import struct
import subprocess
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

_LEFT_OUT: Final = re.compile(
    r"(brkitr|curr|lang|rbnf|region|translit|unit|zone)/|.+\.cnv$|(?!res_)[a-z]{2,3}(_\w+)?\.res$"
)
"""By the name inside the data: whole folders, encodings, and what single languages say of numbers and dates."""

_SOURCE: Final = """
.section .note.GNU-stack,"",@progbits
.section .rodata
.globl {symbol}
.type {symbol}, @object
.balign 16
{symbol}: .incbin "{data}"
.size {symbol}, . - {symbol}
"""


class Item(NamedTuple):
    """A named part of ICU's data."""

    name: str
    data: bytes


def shrink(library: Path, scratch: Path) -> None:
    """Make the library `libicudata` anew with less in it: the same symbol and name, found by Qt as before."""
    symbol, data = _read(library)
    header, items = unpack(data)
    kept = [item for item in items if is_kept(item.name)]
    blob, source, made = scratch / "icu.dat", scratch / "icu.s", scratch / "icu.o"
    blob.write_bytes(pack(header, kept))
    source.write_text(_SOURCE.format(symbol=symbol, data=blob.name), "ascii")
    subprocess.run(["as", "-o", made.name, source.name], cwd=scratch, check=True)
    words = ["-shared", "-s", "--build-id=none", "-soname", library.name]
    subprocess.run(["ld", *words, "-o", library, made], check=True)


def is_kept(name: str) -> bool:
    """Whether a part is one that may be read."""
    _, _, inner = name.partition("/")
    return not _LEFT_OUT.match(inner)


def unpack(data: bytes) -> tuple[bytes, list[Item]]:
    """Take ICU's common data apart: its header, and its parts in the order of their names.

    Source: ICU's source/common/ucmndata.h: after the header the number of parts, then where the name and the data of
    each begin, counted from that number; each part ends where the next begins.
    """
    length = struct.unpack_from("<H", data)[0]
    header, body = data[:length], data[length:]
    if header[2:4] != b"\xda\x27" or header[12:16] != b"CmnD":
        raise ValueError("this is not ICU's common data")
    count = struct.unpack_from("<I", body)[0]
    table = [struct.unpack_from("<II", body, 4 + 8 * index) for index in range(count)]
    ends = [start for _, start in table[1:]] + [len(body)]
    return header, [
        Item(body[name : body.index(b"\0", name)].decode("ascii"), body[start:end])
        for (name, start), end in zip(table, ends, strict=True)
    ]


def pack(header: bytes, items: list[Item]) -> bytes:
    """Put ICU's common data together; every part begins at a multiple of 16 bytes."""
    names = b"".join(item.name.encode("ascii") + b"\0" for item in items)
    name_at = 4 + 8 * len(items)
    start = name_at + len(names)
    table, parts = [struct.pack("<I", len(items))], [names]
    for item in items:
        gap = -(len(header) + start) % 16
        parts += [b"\0" * gap, item.data]
        table.append(struct.pack("<II", name_at, start + gap))
        name_at += len(item.name) + 1
        start += gap + len(item.data)
    return header + b"".join(table) + b"".join(parts)


def _read(library: Path) -> tuple[str, bytes]:
    """Give the one symbol of the library, and the data that it names."""
    said = subprocess.run(["readelf", "--dyn-syms", "-W", library], check=True, capture_output=True, text=True).stdout
    found = re.search(r"^\s+\d+: (\w+)\s+\S+ OBJECT .* (icudt\w+)$", said, re.MULTILINE)
    if found is None:
        raise ValueError(f"{library.name} has no data of ICU in it")
    return found[2], library.read_bytes()[int(found[1], 16) :]
