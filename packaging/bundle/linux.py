"""Make the packages for Linux: a .deb, and a tar.xz that runs from any folder."""

from __future__ import annotations

import platform
import sys
from typing import TYPE_CHECKING

from bundle import deb, frozen, tarball
from bundle.about import lay_beside, write_about
from bundle.forget import forget
from bundle.staging import DIST, date_all, files_below, write_sums

if TYPE_CHECKING:
    from pathlib import Path


def main() -> None:
    """Make both packages in `dist`."""
    program = frozen.freeze()
    print(f"libraries that named this machine's Python: {forget(program, [sys.base_prefix])}")
    (program / "fieldquill-gui").symlink_to("fieldquill")
    describe(program)
    date_all(program)
    files = list(files_below(program))
    print(f"program: {len(files)} files, {sum(path.lstat().st_size for path in files) / 1e6:.1f} MB")
    DIST.mkdir(exist_ok=True)
    lay_beside(deb.TREE / deb.HOME / frozen.LIB, deb.make(program, describe))
    lay_beside(program / frozen.LIB, tarball.make(program))
    write_sums()


def describe(program: Path) -> None:
    """Have a frozen program say what it is made of, as it lies there."""
    write_about(program / frozen.LIB, system="linux", site=frozen.SITE, python=platform.python_version(), signed=False)


if __name__ == "__main__":
    main()
