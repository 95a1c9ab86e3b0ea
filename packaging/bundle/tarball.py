"""Pack folders the same way every time, and make the archive that runs from any folder."""

from __future__ import annotations

import lzma
import shutil
import tarfile
from typing import TYPE_CHECKING, Any, Final

from bundle import desktop
from bundle.staging import BUILD, DIST, date_all, emptied, epoch, version

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_WORK: Final = BUILD / "linux" / "tar"
_FILTERS: Final[Sequence[Mapping[str, Any]]] = (
    {"id": lzma.FILTER_X86},  # makes machine code a tenth smaller
    {"id": lzma.FILTER_LZMA2, "preset": 9},
)


def make(program: Path) -> Path:
    """Pack a frozen program with its menu entry, and the script that puts it into a person's menu; gives the file."""
    name = f"fieldquill-{version()}"
    tree = emptied(_WORK) / name
    shutil.copytree(program, tree, symlinks=True)
    desktop.lay_out_entry(tree / "share")
    for each in ("install-for-me", "README.txt"):
        shutil.copy(desktop.DATA / each, tree)
    date_all(_WORK)
    target = DIST / f"{name}-linux-x86_64.tar.xz"
    pack(tree, name, target)
    print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB")
    return target


def pack(folder: Path, name: str, target: Path) -> None:
    """Pack a folder into a tar.xz as `name`: sorted, owned by root, dated as the package."""
    with (
        lzma.open(target, "wb", check=lzma.CHECK_CRC64, filters=_FILTERS) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as tar,
    ):
        tar.add(folder, name, recursive=False, filter=_anonymous)
        for path in sorted(folder.rglob("*")):
            tar.add(path, f"{name}/{path.relative_to(folder).as_posix()}", recursive=False, filter=_anonymous)


def _anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Take out of an entry who packed it, where and when."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    entry.mtime = epoch()
    if entry.issym():
        entry.mode = 0o777
    return entry
