"""Pack the portable ZIP: what is installed, and the file that has the program keep to its own folder."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.paths import PORTABLE
from bundle.staging import epoch, files_below, version

if TYPE_CHECKING:
    from pathlib import Path

_PORTABLE_WORDS: Final = (
    "Because of this file Fieldquill keeps its settings in the folder Data and new studies in the folder Studies,\r\n"
    "both beside it, and writes nothing elsewhere. Start Fieldquill.exe.\r\n"
)


def pack(tree: Path, target: Path) -> None:
    """Pack a tree of files, and the file that makes it portable, into a ZIP with one folder in it."""
    when, top = moment(epoch()), f"Fieldquill-{version()}"
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for path in files_below(tree):
            _add(archive, f"{top}/{path.relative_to(tree).as_posix()}", path.read_bytes(), when)
        _add(archive, f"{top}/{PORTABLE}", _PORTABLE_WORDS.encode("ascii"), when)
    print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB")


def moment(seconds: int) -> tuple[int, int, int, int, int, int]:
    """Give a moment as ZIPs have it: to 2 s, and none before 1980."""
    year, month, day, hour, minute, second = time.gmtime(max(seconds, 315532800))[:6]
    return year, month, day, hour, minute, second & ~1


def _add(archive: ZipFile, name: str, content: bytes, when: tuple[int, int, int, int, int, int]) -> None:
    """Add a file to a ZIP, the same bytes whoever adds it."""
    entry = ZipInfo(name, when)
    entry.create_system, entry.external_attr = 3, 0o100644 << 16
    archive.writestr(entry, content, ZIP_DEFLATED, 9)
