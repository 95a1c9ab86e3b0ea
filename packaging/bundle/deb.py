"""Make the Debian package: the frozen program below /usr/lib/fieldquill, and what a desktop reads of it."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, datetime
from email.utils import format_datetime
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from bundle import desktop
from bundle.frozen import CARRIED, LIB, elf_files
from bundle.staging import BUILD, DIST, ROOT, date_all, emptied, epoch, files_below, version, write
from bundle.tarball import pack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

WORK: Final = BUILD / "linux" / "deb"
TREE: Final = WORK / "tree"
"""What is installed, as it is installed."""
HOME: Final = "usr/lib/fieldquill"
_ARCHITECTURE: Final = "amd64"
_MAINTAINER: Final = "The Fieldquill authors <maintainers@fieldquill.invalid>"
_OPTIONAL: Final = ("printsupport/*",)
"""Plugins of Qt that the program does without; what they need is recommended."""
_NEEDED_BESIDE: Final = ("shared-mime-info",)
"""What is read, and not linked: Qt knows files by it."""
_DESCRIPTION: Final = """assess machine-learning operations from interview notes
 Fieldquill is for people who assess a company on site: notes are taken as
 people speak, coded, and linked to the questions of a rubric. Levels, and the
 reasons for them, are derived from the answers, and a report is printed.
 .
 A study is one encrypted file. The program uses no network.
"""


def make(program: Path, describe: Callable[[Path], None]) -> Path:
    """Make the package of a frozen program; gives its file in `dist`.

    Args:
        program: the folder of the program.
        describe: has such a folder say what it is made of; here it is made of less.

    Raises:
        SystemExit: a library is needed that no package of this machine has.
    """
    tree = emptied(TREE)
    _fill(tree, program)
    describe(tree / HOME)
    about = emptied(WORK / "control")
    depends, recommends = _linked(tree)
    takes = _kibibytes(tree)
    write(about / "control", control(depends, recommends, takes))
    write(about / "md5sums", _sums(tree))
    date_all(WORK)
    target = DIST / f"fieldquill_{version()}_{_ARCHITECTURE}.deb"
    members = {"control.tar.xz": about, "data.tar.xz": tree}
    for name, folder in members.items():
        pack(folder, ".", WORK / name)
    contents = {"debian-binary": b"2.0\n"} | {name: (WORK / name).read_bytes() for name in members}
    target.write_bytes(archived(contents))
    print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB, {takes * 1024 / 1e6:.1f} MB installed")
    return target


def archived(contents: dict[str, bytes]) -> bytes:
    """Put files together as `ar` does, which is what a .deb is; dpkg-deb packs the same, but larger.

    Source: deb(5), ar(5).
    """
    parts = [b"!<arch>\n"]
    for name, content in contents.items():
        parts.append(f"{name:<16}{epoch():<12}{0:<6}{0:<6}{'100644':<8}{len(content):<10}`\n".encode("ascii"))
        parts.append(content + b"\n" * (len(content) % 2))
    return b"".join(parts)


def control(depends: Iterable[str], recommends: Iterable[str], kibibytes: int) -> str:
    """Write what dpkg reads of the package.

    Args:
        depends: packages it needs, each with its least version.
        recommends: packages it does without.
        kibibytes: what it takes installed.
    """
    return "\n".join(
        (
            "Package: fieldquill",
            f"Version: {version()}",
            f"Architecture: {_ARCHITECTURE}",
            f"Maintainer: {_MAINTAINER}",
            f"Installed-Size: {kibibytes}",
            f"Depends: {', '.join(depends)}",
            f"Recommends: {', '.join(recommends)}",
            "Section: science",
            "Priority: optional",
            f"Description: {_DESCRIPTION}",
        )
    )


def dependencies(said: str, field: str) -> list[str]:
    """Read a field of what dpkg-shlibdeps printed, by the names of the packages."""
    found = re.search(rf"^shlibs:{field}=(.*)$", said, re.MULTILINE)
    return sorted(found[1].split(", ")) if found else []


def _fill(tree: Path, program: Path) -> None:
    """Lay out the files of the package."""
    home, bin_, share = tree / HOME, tree / "usr" / "bin", tree / "usr" / "share"
    shutil.copytree(program, home, symlinks=True)
    for path in (home / LIB).iterdir():
        if any(fnmatchcase(path.name, pattern) for pattern in CARRIED):
            path.unlink()
    bin_.mkdir(parents=True)
    for name in ("fieldquill", "fieldquill-gui"):
        (bin_ / name).symlink_to(f"../lib/fieldquill/{name}")
    desktop.lay_out(share)
    doc = share / "doc" / "fieldquill"
    write(doc / "copyright", (desktop.DATA / "copyright").read_text("utf-8"))
    write(doc / "changelog.gz", desktop.packed((ROOT / "CHANGELOG.md").read_text("utf-8")))
    write(doc / "changelog.Debian.gz", desktop.packed(_debian_changelog()))
    overrides = (desktop.DATA / "lintian-overrides").read_text("utf-8")
    write(share / "lintian" / "overrides" / "fieldquill", overrides)


def _linked(tree: Path) -> tuple[list[str], list[str]]:
    """List the packages that the libraries of the tree need, and those that the optional ones do."""
    scratch = emptied(WORK / "shlibs")
    write(scratch / "debian" / "control", f"Source: fieldquill\n\nPackage: fieldquill\nArchitecture: {_ARCHITECTURE}\n")
    files = list(elf_files(tree))
    optional = [path for path in files if any(fnmatchcase(str(path), f"*/{pattern}") for pattern in _OPTIONAL)]
    folders = sorted({f"-l{path.parent}" for path in files})
    words = [*folders, *(f"-e{path}" for path in files if path not in optional), "-dRecommends"]
    done = subprocess.run(
        ["dpkg-shlibdeps", "-O", "--ignore-missing-info", *words, *(f"-e{path}" for path in optional)],
        cwd=scratch,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"Not made, a library is missing here:\n{done.stderr}")
    depends = dependencies(done.stdout, "Depends")
    return sorted([*depends, *_NEEDED_BESIDE]), dependencies(done.stdout, "Recommends")


def _kibibytes(tree: Path) -> int:
    """Say what a tree takes as dpkg counts it: files in whole KiB, and 1 KiB for all else."""
    found = ((path, path.is_file() and not path.is_symlink()) for path in tree.rglob("*"))
    return sum(-(-path.stat().st_size // 1024) if plain else 1 for path, plain in found)


def _sums(tree: Path) -> str:
    """List the MD5 of every file, for `dpkg --verify`."""
    names = [path.relative_to(tree).as_posix() for path in files_below(tree) if not path.is_symlink()]
    done = subprocess.run(["md5sum", *names], cwd=tree, check=True, capture_output=True, text=True)
    return done.stdout


def _debian_changelog() -> str:
    """Write the changes of the package itself, which are those of the product."""
    when = format_datetime(datetime.fromtimestamp(epoch(), UTC))
    return (
        f"fieldquill ({version()}) unstable; urgency=medium\n\n  * What changed for users is in changelog.gz.\n\n"
        f" -- {_MAINTAINER}  {when}\n"
    )
