"""List what a package is made of: Python, distributions, what is inside them, libraries of the build machine, fonts."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.metadata import distribution as installed_here
from itertools import chain
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from bundle import debian
from bundle.distributions import Archive, Distribution, Unclear, licence_of, needed, source_of, texts_of, wheel_of
from bundle.shipped import distributions
from bundle.staging import ROOT, files_below, version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bundle.recipe import System

LICENCES: Final = ROOT / "packaging" / "licences"
OURS: Final = "fieldquill"
PYTHON: Final = "cpython"
_GPL: Final = re.compile(r"(?<!L)GPL-\d[\w.-]*+(?! WITH)")
_BOOTLOADER: Final = "GPL-2.0-or-later WITH Bootloader-exception"


@dataclass(frozen=True)
class Part:
    """Something a package is made of; `licence` is an SPDX expression, `inside` what others made that is in it."""

    name: str
    version: str
    licence: str
    purl: str
    texts: tuple[str, ...] = ()
    wheel: Archive | None = None
    source: Archive | None = None
    needs: tuple[str, ...] = ()
    inside: tuple[Part, ...] = ()
    note: str = ""


class Tree:
    """The files of a package that is being put together."""

    def __init__(self, root: Path, system: System) -> None:
        self.folder = root if system == "linux" else root.parent
        self.names = [f"/{path.relative_to(self.folder).as_posix()}" for path in files_below(self.folder)]

    def holds(self, patterns: list[str]) -> bool:
        """Whether a file fits one of the patterns, below whatever folder."""
        return any(fnmatchcase(name, f"*/{pattern}") for pattern in patterns for name in self.names)


def parts_of(root: Path, *, system: System, site: Path, python: str) -> tuple[Part, ...]:
    """List the parts of a package, by name; all its files must be in place.

    Raises:
        Unclear: a licence, a text or a version is not known, or a licence would bind all the others.
    """
    tree = Tree(root, system)
    found = [_python(tree, site, python)]
    there = distributions(root, site, system)
    found += [_distribution(each, tree, site) for each in needed(site, system, python) if each.name in there]
    if system != "windows":
        found.append(_bootloader())
    if system == "linux":
        found += _of_this_machine(tree, site)
    found += _inside(OURS, version(), tree, site)
    found += [_made(each, site, lambda name: ROOT / name) for each in stated()["ours"]]
    for part in chain.from_iterable((each, *each.inside) for each in found):
        if binds(part.licence):
            raise Unclear(f"{part.name} {part.version} is under {part.licence}, which would bind the whole package")
    return tuple(sorted(found, key=lambda part: (part.name.casefold(), part.version)))


def binds(licence: str) -> bool:
    """Whether a licence leaves no choice but to pass on the program that contains the work under the GPL, too."""
    return all(_GPL.search(choice) for choice in licence.split(" OR "))


def licence_text(spdx: str) -> str:
    """Give the text of a licence as it is kept here.

    Raises:
        Unclear: it is not kept here.
    """
    return _text(LICENCES / f"{spdx}.txt")


def _distribution(of: Distribution, tree: Tree, site: Path) -> Part:
    """Describe a distribution with what is inside it."""
    licence = licence_of(of, stated()["licences"])
    texts = tuple(texts_of(of)) or tuple(licence_text(spdx) for spdx in _standard(licence))
    inside = tuple(_inside(of.name, of.version, tree, site))
    purl = f"pkg:pypi/{of.name}@{of.version}"
    return Part(of.name, of.version, licence, purl, texts, wheel_of(of), source_of(of), of.needs, inside)


def _standard(licence: str) -> list[str]:
    """Say whose texts stand for a licence that comes without one; LGPL 3 is GPL 3 with more permissions."""
    chosen = licence.partition(" OR ")[0]
    return ["LGPL-3.0-only", "GPL-3.0-only"] if chosen == "LGPL-3.0-only" else [chosen]


def _python(tree: Tree, site: Path, python: str) -> Part:
    """Describe the interpreter."""
    beside = tree.folder / "python" / "LICENSE.txt"
    text = _text(beside) if beside.is_file() else licence_text("PSF-2.0")
    purl = f"pkg:generic/cpython@{python}"
    return Part("CPython", python, "PSF-2.0", purl, (text,), inside=tuple(_inside(PYTHON, python, tree, site)))


def _bootloader() -> Part:
    """Describe what PyInstaller puts before the program."""
    here = installed_here("pyinstaller")
    texts = tuple(file.read_text() for file in here.files or () if file.name == "COPYING.txt")
    name, version = "PyInstaller bootloader", here.version
    return Part(name, version, _BOOTLOADER, f"pkg:pypi/pyinstaller@{version}", texts)


def _of_this_machine(tree: Tree, site: Path) -> Iterator[Part]:
    """Walk the Debian packages whose libraries are in a package and come from no distribution."""
    known = {path.name for path in site.rglob("lib*.so*")}
    names = {name.rpartition("/")[2] for name in tree.names if fnmatchcase(name.rpartition("/")[2], "lib*.so*")}
    strangers = sorted(name for name in names - known if not name.startswith("libpython3"))
    for each in sorted({debian.owner(name) for name in strangers}):
        licence = stated()["debian"].get(each.source, f"LicenseRef-Debian-{each.source.replace('+', 'x')}")
        yield Part(each.name, each.version, licence, each.purl, (each.text,), note="From the build machine.")


def _inside(host: str, version: str, tree: Tree, site: Path) -> Iterator[Part]:
    """Walk the works of others inside a part.

    Raises:
        Unclear: nobody looked into this version of it yet.
    """
    known = [each for each in stated()["part"] if each["in"].partition("==")[0] == host]
    present = [each for each in known if "files" not in each or tree.holds(each["files"])]
    fitting = [each for each in present if each["in"] in {host, f"{host}=={version}"}]
    others = {each["in"] for each in present if each not in fitting}
    if others and not any("==" in each["in"] for each in fitting):
        raise Unclear(f"parts.toml says what is inside {', '.join(sorted(others))}, but not inside {host} {version}")
    for each in fitting:
        yield _made(each, site, lambda name: LICENCES / name)


def _made(entry: dict[str, Any], site: Path, where: Callable[[str], Path]) -> Part:
    """Make a part of what parts.toml states."""
    texts = [_text(path) for name in entry.get("texts", ()) for path in _places(name, site, where)]
    version = entry.get("version", "")
    if "debian" in entry:
        package = debian.package(entry["debian"])
        version = package.version
        texts.append(package.text)
    purl = entry.get("purl") or _generic(entry["name"], version)
    return Part(entry["name"], version, entry["licence"], purl, tuple(texts), note=entry.get("note", ""))


def _generic(name: str, version: str) -> str:
    """Give the address of a work that no registry has."""
    known = quote(name.lower().replace(" ", "-"), safe="")
    return f"pkg:generic/{known}@{version}" if version else f"pkg:generic/{known}"


def _places(name: str, site: Path, where: Callable[[str], Path]) -> list[Path]:
    """Find the file of a text, here or beside the distributions."""
    if not name.startswith("site:"):
        return [where(name)]
    found = sorted(site.glob(name.removeprefix("site:")))
    if not found:
        raise Unclear(f"{name} names a licence's text that is not there")
    return found


def _text(path: Path) -> str:
    """Read a licence's text."""
    try:
        return path.read_text("utf-8", "replace")
    except FileNotFoundError:
        raise Unclear(f"the text of a licence is missing: {path.name}") from None


@cache
def stated() -> dict[str, Any]:
    """Read what is stated about the parts."""
    return tomllib.loads((LICENCES / "parts.toml").read_text("utf-8"))
