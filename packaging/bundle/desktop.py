"""Lay out what a desktop on Linux reads of a program: menu entry, file type, icons, description and manual pages."""

from __future__ import annotations

import gzip
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from app.cli.main import cli
from bundle.icons import draw_png
from bundle.manual import page
from bundle.staging import ROOT, epoch, version, write

if TYPE_CHECKING:
    from pathlib import Path

DATA: Final = ROOT / "packaging" / "linux"
METAINFO: Final = "metainfo/org.fieldquill.Fieldquill.metainfo.xml"
_SIZES: Final = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""Of icons, in pixels."""
_DRAWINGS: Final = {
    "apps/fieldquill": ROOT / "resources" / "icons" / "fieldquill.svg",
    "mimetypes/application-x-fieldquill": ROOT / "packaging" / "windows" / "study.svg",
}


def lay_out(share: Path) -> None:
    """Write everything below a folder that is to be `/usr/share`, or `~/.local/share`."""
    lay_out_entry(share)
    write(share / METAINFO, _filled("fieldquill.metainfo.xml"))
    written = {
        "fieldquill": page(cli, name="fieldquill", version=version(), date=_date()),
        "fieldquill-gui": _filled("fieldquill-gui.1"),
    }
    for name, text in written.items():
        write(share / "man" / "man1" / f"{name}.1.gz", packed(text))


def lay_out_entry(share: Path) -> None:
    """Write the menu entry, the file type and the icons."""
    write(share / "applications" / "fieldquill.desktop", _filled("fieldquill.desktop"))
    write(share / "mime" / "packages" / "fieldquill.xml", _filled("fieldquill.xml"))
    for name, drawing in _DRAWINGS.items():
        for size in _SIZES:
            draw_png(drawing, size, share / "icons" / "hicolor" / f"{size}x{size}" / f"{name}.png")
        scalable = share / "icons" / "hicolor" / "scalable" / f"{name}.svg"
        scalable.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(drawing, scalable)


def packed(text: str) -> bytes:
    """Compress a text as Debian wants it: without a date and a name in it."""
    return gzip.compress(text.encode("utf-8"), 9, mtime=0)


def _filled(name: str) -> str:
    """Read one of our files, with version and date in it."""
    return (DATA / name).read_text("utf-8").replace("@VERSION@", version()).replace("@DATE@", _date())


def _date() -> str:
    """Give the day of the package."""
    return datetime.fromtimestamp(epoch(), UTC).strftime("%Y-%m-%d")
