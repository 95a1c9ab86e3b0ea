"""Make the archive that runs from any folder, on any distribution that is new enough."""

from __future__ import annotations

import lzma
import shutil
import tarfile
from typing import TYPE_CHECKING, Final

from bundle import desktop
from bundle.staging import BUILD, DIST, date_all, emptied, epoch, version

if TYPE_CHECKING:
    from pathlib import Path

_WORK: Final = BUILD / "linux" / "tar"


def make(program: Path) -> Path:
    """Pack a frozen program with its menu entry, and the script that puts it into a person's menu; gives the file."""
    name = f"fieldquill-{version()}"
    tree = emptied(_WORK) / name
    shutil.copytree(program, tree, symlinks=True)
    desktop.lay_out_entry(tree / "share")
    shutil.copy(desktop.DATA / "install-for-me", tree)
    shutil.copy(desktop.DATA / "README.txt", tree)
    date_all(_WORK)
    target = DIST / f"{name}-linux-x86_64.tar.xz"
    pack(tree, target)
    print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB")
    return target


def pack(folder: Path, target: Path) -> None:
    """Pack a folder into a tar.xz: sorted, owned by nobody in particular, dated as the package."""
    with lzma.open(target, "wb", preset=9) as packed, tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for path in [folder, *sorted(folder.rglob("*"))]:
            tar.add(path, path.relative_to(folder.parent).as_posix(), recursive=False, filter=_anonymous)


def _anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Take out of an entry who packed it, where and when."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mtime = epoch()
    if entry.issym():
        entry.mode = 0o777
    return entry
