"""Make the packages for Windows, on Linux: an installer and a portable ZIP of the same files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bundle import bytecode, embed, launcher, nsis, portable, signing, slack
from bundle.about import lay_beside, write_about
from bundle.staging import (
    BUILD,
    DIST,
    date_all,
    emptied,
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


def main() -> None:
    """Make all packages for Windows in `dist`."""
    site = install_wheels()
    make_tree(site)
    DIST.mkdir(exist_ok=True)
    archive = DIST / f"fieldquill-{version()}-portable-x64.zip"
    portable.pack(TREE, archive)
    setup = DIST / f"fieldquill-{version()}-setup-x64.exe"
    nsis.make(TREE, setup)
    signing.sign(setup)
    lay_beside(TREE / "lib", archive, setup)
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
    found = bytecode.version_of(python)
    write_about(lib, system="windows", site=site, python=found, signed=signing.wanted())
    date_all(TREE)
    files = list(files_below(TREE))
    print(f"tree: {len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
