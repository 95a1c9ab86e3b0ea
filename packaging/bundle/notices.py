"""Write NOTICES.txt: whose work is in a package, on what terms, where its source is, and every licence's text once."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Final, NamedTuple

import yaml

from bundle.parts import licence_text
from bundle.staging import CHANGED, ROOT, commit, version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import Any

    from bundle.parts import Part
    from bundle.recipe import System

_WIDE: Final = 100
_RULE: Final = "=" * _WIDE
_LINE: Final = "-" * _WIDE
_INSET: Final = "    "
_COPYLEFT: Final = ("GPL", "MPL")
"""Licences that ask for the source have one of these in their name; LGPL has the first."""

_QT_FILES: Final[dict[System, str]] = {
    "linux": (
        "They are the files PySide6/Qt/lib/libQt6*.so.6 and PySide6/Qt/plugins/*/*.so in the folder of libraries "
        "(/usr/lib/fieldquill/lib for the Debian package, the folder lib beside the program for the tar.xz). The "
        "bindings are PySide6/*.abi3.so, PySide6/libpyside6.abi3.so.* and shiboken6/ there; shiboken6/files.dir holds "
        "their own Python modules compiled, and where it is removed they take those inside their library."
    ),
    "windows": (
        "They are the files Qt6*.dll in lib\\site\\PySide6 and plugins\\*\\*.dll below it, in the folder that holds "
        "Fieldquill.exe. The bindings are PySide6\\*.pyd, PySide6\\pyside6.abi3.dll and shiboken6\\ there."
    ),
    "macos": (
        "They are the frameworks Qt*.framework and the plugins *.dylib below PySide6/Qt in Fieldquill.app/Contents/"
        "Frameworks. The bindings are PySide6/*.abi3.so and shiboken6/ there. After a change, sign the program for "
        "yourself: codesign --force --deep --sign - Fieldquill.app"
    ),
}
_MACHINE: Final[dict[System, str]] = {
    "linux": (
        " Packages of Debian or Ubuntu are at https://snapshot.debian.org/ or https://launchpad.net/ubuntu/ under the "
        "versions that sbom.cdx.json gives."
    ),
    "windows": "",
    "macos": "",
}


class _Text(NamedTuple):
    """A licence's text and who uses it."""

    users: list[str]
    text: str


def notices(parts: Iterable[Part], system: System) -> str:
    """Give the whole file."""
    parts = tuple(parts)
    sections = [
        ("NOTICES OF FIELDQUILL " + version(), _opening()),
        ("QT", _qt(next(part.version for part in parts if part.name == "pyside6-essentials"), system)),
        ("SOURCE CODE", _sources(parts, system)),
        ("RUBRICS", _rubrics()),
        ("LICENCES", _paragraphs("Each text once, below the names of those it belongs to.")),
    ]
    told = [f"{_RULE}\n{title}\n{_RULE}\n\n{text}" for title, text in sections]
    told += ["\n".join([_RULE, *each.users, _LINE, "", each.text]) for each in _texts(parts)]
    return "\n".join(told)


def _opening() -> str:
    """Say whose program this is and on what terms the package as a whole stands."""
    return _paragraphs(
        "Fieldquill is Copyright The Fieldquill authors, and licensed under the Apache License, Version 2.0, which is "
        "among the texts below. It comes with works of others, each under its own licence; all are free software, but "
        "for the run-time libraries of Microsoft in the Windows packages. The file sbom.cdx.json beside this one lists "
        "them with their versions and licences.",
        "This software is based in part on the work of the Independent JPEG Group. Portions of this software are "
        "copyright The FreeType Project (https://freetype.org). All rights reserved.",
        "There is no warranty, to the extent that the law permits.",
    )


def _qt(qt: str, system: System) -> str:
    """Say what the LGPL wants said about Qt: that it is used, where its text and source are, how to replace it."""
    short = ".".join(qt.split(".")[:2])
    return _paragraphs(
        f"Fieldquill uses Qt {qt} and its Python bindings PySide6 and Shiboken6 {qt}, Copyright The Qt Company Ltd. "
        "and other contributors, under the GNU Lesser General Public License, version 3. The texts of that licence and "
        "of the GNU General Public License, version 3, which it refers to, are below. They are used unchanged.",
        "You may replace Qt and the bindings by versions of your own, changed or not. They are separate shared "
        "libraries that the program loads when it starts; nothing compares them with what was delivered. "
        + _QT_FILES[system],
        f"To replace Qt, build it from its source in a version with the same interface ({short}) and with the same "
        "compiler's conventions (on Windows Microsoft's of 2022, 64 bit), put your files in the place of these under "
        "the same names, and start Fieldquill. To replace the bindings, build them against that Qt and do the same. "
        "Fieldquill itself is Python; its source is in the places named under SOURCE CODE.",
        "Nothing in the terms of Fieldquill keeps you from changing these libraries for your own use, nor from reverse "
        "engineering Fieldquill to debug such changes.",
        "The source of exactly this Qt (submodules qtbase, qtsvg and qtwayland) and of these bindings is at",
        f"    https://download.qt.io/official_releases/qt/{short}/{qt}/submodules/\n"
        f"    https://download.qt.io/official_releases/QtForPython/pyside6/PySide6-{qt}-src/",
        f"and, once newer versions have come, below https://download.qt.io/archive/qt/{short}/{qt}/ as well.",
    )


def _sources(parts: Iterable[Part], system: System) -> str:
    """Say where the source of what asks for it is, and offer it in writing."""
    listed = [f"    {each.name} {each.version}\n    {each.source.url}" for each in parts if each.source and _asks(each)]
    return _paragraphs(
        f"Fieldquill {version()} was made from the commit {commit().removesuffix(CHANGED)} of its repository, which "
        "also holds everything that makes this package (packaging/README.md). Sources of parts whose licences ask for "
        "it, as they were published:",
        *listed,
        "libiconv, inside lxml, is at https://ftp.gnu.org/pub/gnu/libiconv/; the run-time libraries of GCC, inside "
        "numpy, are at https://ftp.gnu.org/gnu/gcc/." + _MACHINE[system],
        "Should one of these places fail you: for three years from the day you received this package, and for as long "
        "as its version is supported, whoever gave it to you will send anybody who has this notice the complete "
        "corresponding source of these parts, of Qt and of the bindings among them, on a usual medium, for no more "
        "than what sending it costs. Ask the Fieldquill authors in the place that you got this package from.",
    )


def _asks(part: Part) -> bool:
    """Whether the licence of a part, or of what is inside it, asks that the source be offered."""
    return any(name in each.licence for each in (part, *part.inside) for name in _COPYLEFT)


def _rubrics() -> str:
    """Say whose models the rubrics are after, from the rubrics themselves."""
    opening = "The rubrics' words are Fieldquill's own, under the Apache License, Version 2.0. What they are after:"
    return _paragraphs(opening, *map(_rubric, sorted((ROOT / "rubrics").glob("*.yaml"))))


def _rubric(path: Path) -> str:
    """Credit the sources of one rubric."""
    rubric: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    lines = [fill(f"{rubric['title']}: {rubric.get('licence_note', '')}".rstrip(": "), _WIDE)]
    for source in rubric["sources"]:
        lines.append(fill(source["title"], _WIDE, initial_indent=_INSET, subsequent_indent=_INSET))
        lines += [_INSET + source["url"]] if "url" in source else []
    return "\n".join(lines)


def _texts(parts: Iterable[Part]) -> Iterator[_Text]:
    """Walk all texts, each once, with the names of those that use it in the order of the parts."""
    own = _Text([f"Fieldquill {version()} (Apache-2.0)"], licence_text("Apache-2.0"))
    found = {_key(own.text): own}
    for user, text in _used(parts):
        each = found.setdefault(_key(text), _Text([], _tidy(text)))
        if user not in each.users:
            each.users.append(user)
    return iter(found.values())


def _used(parts: Iterable[Part], within: str = "") -> Iterator[tuple[str, str]]:
    """Walk who uses which text, what is inside a part after the part."""
    for part in parts:
        user = f"{part.name} {part.version}".rstrip() + f"{within} ({part.licence})"
        yield from ((user, text) for text in part.texts)
        yield from _used(part.inside, f", in {part.name}")


def _key(text: str) -> str:
    """Give what makes two texts the same: their words."""
    return " ".join(text.split())


def _tidy(text: str) -> str:
    """Give a text with lines that end alike."""
    return "\n".join(line.rstrip() for line in text.strip("\ufeff\r\n").splitlines()) + "\n"


def _paragraphs(*paragraphs: str) -> str:
    """Set paragraphs; those that are set already stay as they are."""
    return "".join(
        (text if "\n" in text or text.startswith(" ") else fill(text, _WIDE)) + "\n\n" for text in paragraphs
    )
