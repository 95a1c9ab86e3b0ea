"""Make the installer for Windows: list what it lays down and takes away again, and have NSIS pack it."""

from __future__ import annotations

import os
import subprocess
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from bundle import signing
from bundle.staging import BUILD, ROOT, epoch, files_below, version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SCRIPT: Final = ROOT / "packaging" / "windows" / "installer.nsi"
_WORK: Final = BUILD / "windows"


def make(tree: Path, target: Path) -> None:
    """Pack a tree of files into an installer."""
    files = sorted(files_below(tree), key=lambda path: (path.suffix, path))  # like beside like packs tighter
    paths = [PurePosixPath(path.relative_to(tree)) for path in files]
    lists = {"install": installed(paths), "remove": removed(paths), "taken": claimed(paths), "folders": opened(paths)}
    for name, lines in lists.items():
        (_WORK / f"{name}.nsh").write_text(lines, "utf-8")
    defined = {
        "VERSION": version(),
        "NUMBERS": numbers(version()),
        "SIZE": str(sum(path.stat().st_size for path in files) // 1024),
        "TREE": str(tree),
        "WORK": str(_WORK),
        "OUTPUT": str(target),
        **({"SIGN": signing.command()} if signing.wanted() else {}),
    }
    words = [f"-D{name}={value}" for name, value in defined.items()]
    known = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch()), "LC_ALL": "C.UTF-8"}
    subprocess.run(["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *words, SCRIPT], check=True, env=known)
    print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB")


def installed(paths: Sequence[PurePosixPath]) -> str:
    """Give the script that lays files down; paths are relative to the folder that is installed."""
    lines, folder = [], None
    for path in paths:
        if path.parent != folder:
            folder = path.parent
            lines.append(f'SetOutPath "{_place(folder)}"')
        lines.append(f'File "${{TREE}}/{_literal(path.as_posix())}"')
    return "".join(f"{line}\n" for line in lines)


def removed(paths: Sequence[PurePosixPath]) -> str:
    """Give the script that takes exactly these files away, and the folders that are empty then, the deepest first."""
    lines = [f'Delete "{_place(path)}"' for path in paths]
    return "".join(f"{line}\n" for line in [*lines, *(f'RMDir "{_place(folder)}"' for folder in _folders(paths)[::-1])])


def claimed(paths: Sequence[PurePosixPath]) -> str:
    """Give the script that goes to `taken`, with the name in $2, where one of these files would lie over another."""
    return "".join(f'StrCpy $2 "{_place(path)}"\nIfFileExists $2 taken\n' for path in paths)


def opened(paths: Sequence[PurePosixPath]) -> str:
    """Give the script that has each folder of these files looked at by `Look`, a macro, the outermost first."""
    return "".join(f'!insertmacro Look "{_place(folder)}"\n' for folder in _folders(paths))


def numbers(words: str) -> str:
    """Give a version as the four numbers that Windows wants."""
    found = [part for part in words.split(".") if part.isdecimal()]
    return ".".join([*found, "0", "0", "0", "0"][:4])


def _folders(paths: Sequence[PurePosixPath]) -> list[PurePosixPath]:
    """List the folders that these files lie in, the outermost first."""
    found = {parent for path in paths for parent in path.parents if parent.parts}
    return sorted(found, key=lambda folder: (len(folder.parts), folder.as_posix()))


def _place(path: PurePosixPath) -> str:
    """Give where a path is on somebody's computer, as NSIS writes it."""
    return "\\".join(("$INSTDIR", *map(_literal, path.parts)))


def _literal(name: str) -> str:
    """Write a name so that NSIS takes no part of it for a variable."""
    return name.replace("$", "$$")
