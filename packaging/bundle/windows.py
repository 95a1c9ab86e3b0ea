"""Make the packages for Windows, on Linux: an installer and a portable ZIP of the same files."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bundle import bytecode, embed, launcher, nsis, signing, slack
from bundle.staging import (
    BUILD,
    DIST,
    date_all,
    emptied,
    epoch,
    files_below,
    stage_ours,
    stage_parts,
    version,
    write_sums,
)

if TYPE_CHECKING:
    from pathlib import Path

WORK: Final = BUILD / "windows"
TREE: Final = WORK / "tree"
"""What is installed, as it is installed."""

PORTABLE: Final = "portable.txt"
_PORTABLE_WORDS: Final = (
    "Because of this file Fieldquill keeps its settings in the folder Data and new studies in the folder Studies,\r\n"
    "both beside it, and writes nothing elsewhere. Start Fieldquill.exe.\r\n"
)


def main() -> None:
    """Make all packages for Windows in `dist`."""
    site = install_wheels()
    make_tree(site)
    DIST.mkdir(exist_ok=True)
    pack_portable(DIST / f"fieldquill-{version()}-portable-x64.zip")
    setup = DIST / f"fieldquill-{version()}-setup-x64.exe"
    nsis.make(TREE, setup)
    signing.sign(setup)
    write_sums()


def install_wheels() -> Path:
    """Unpack the locked wheels for Windows; gives the folder, as `site-packages` would be."""
    wanted, site = WORK / "wheels.txt", emptied(WORK / "site")
    embed.uv("export", "--quiet", "--frozen", "--no-dev", "--no-emit-project", "--output-file", wanted)
    embed.uv(
        *("pip", "install", "--quiet", "--require-hashes", "--no-deps", "--no-build", "-r", wanted),
        *("--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.13", "--target", site),
    )
    print(f"wheels: {len(list(site.glob('*.dist-info')))}, as uv.lock has them")
    return site


def make_tree(site: Path) -> None:
    """Put together what is installed."""
    python, lib = WORK / "python", emptied(TREE) / "lib"
    embed.fetch(python)
    embed.stage(python, TREE / "python")
    stage_ours(lib)
    stage_parts(site, lib / "site", "windows")
    slack.loosen_library(TREE / "python" / "python313.zip")
    for font in sorted(lib.glob("resources/fonts/*.woff")):
        slack.loosen_font(font)
    bytecode.compile_all(python, lib)
    launcher.make(TREE)
    signing.sign(*(TREE / each.file for each in launcher.LAUNCHERS))
    date_all(TREE)
    files = list(files_below(TREE))
    print(f"tree: {len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB")


def pack_portable(target: Path) -> None:
    """Pack the tree, and the file that makes it portable, into a ZIP with one folder in it."""
    when, top = moment(epoch()), f"Fieldquill-{version()}"
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for path in files_below(TREE):
            _add(archive, f"{top}/{path.relative_to(TREE).as_posix()}", path.read_bytes(), when)
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


if __name__ == "__main__":
    main()
