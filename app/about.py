"""What this copy of the program is: its build, the parts it is made of, their licences; read from the package alone.

A package has a folder `about` with `build.json`, `sbom.cdx.json` (CycloneDX) and `NOTICES.txt`. A checkout has none:
there the installed distributions are asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from app.errors import FieldquillError
from app.paths import ABOUT
from app.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.metadata import Distribution, PackageMetadata
    from pathlib import Path

T = TypeVar("T")
WHAT: Final = "Assess how mature a company's machine-learning operations are: on site, offline, from notes."
TERMS: Final = "Licence: Apache-2.0."
OFFLINE: Final = "It opens no network connection and records nothing."
BUILD, SBOM, NOTICES = "build.json", "sbom.cdx.json", "NOTICES.txt"
_UNSTATED: Final = "not stated"
_LONGEST: Final = 80  # characters; more is a licence's text, not its name
_RULE: Final = "=" * 79
_TEXTS: Final = re.compile(r"licen[cs]e|copying|notice|copyright", re.IGNORECASE)


class AboutDamaged(FieldquillError):
    """A file that says what the package is made of is missing, or not what was written."""

    code = "about.damaged"


class NoSbom(FieldquillError):
    """There is no list of parts in a file: this is no package."""

    code = "about.no-sbom"


@dataclass(frozen=True)
class Part:
    """Something the program is made of; `inside` names the part that brings it along."""

    name: str
    version: str
    licence: str
    inside: str = ""

    @property
    def title(self) -> str:
        """Its name with its version, and where it is found."""
        return f"{self.name} {self.version}".rstrip() + (f", in {self.inside}" if self.inside else "")


class Build(msgspec.Struct, frozen=True):
    """How a package was made, as its makers wrote it; `signed` says whether its programs are."""

    version: str
    commit: str = ""
    built: str = ""
    platform: str = ""
    signed: bool = False


class _Licence(msgspec.Struct, frozen=True):
    id: str = ""
    name: str = ""


class _Choice(msgspec.Struct, frozen=True):
    license: _Licence = _Licence()
    expression: str = ""


class _Component(msgspec.Struct, frozen=True):
    name: str
    version: str = ""
    licenses: tuple[_Choice, ...] = ()
    components: tuple[_Component, ...] = ()


class _Sbom(msgspec.Struct, frozen=True):
    components: tuple[_Component, ...]


# What files say


def read_parts(sbom: bytes) -> tuple[Part, ...]:
    """Give the components of a CycloneDX document, by name, each followed by those inside it.

    Raises:
        AboutDamaged: it is none.
    """
    return tuple(_parts(_decoded(sbom, _Sbom, SBOM).components))


def read_build(content: bytes) -> Build:
    """Give what a package's build.json says.

    Raises:
        AboutDamaged: it is none.
    """
    return _decoded(content, Build, BUILD)


def told(build: Build | None) -> str:
    """Write on one line which copy of the program this is; None is a checkout."""
    if build is None:
        return f"Version {VERSION}, from a checkout"
    words = f"Version {build.version}"
    words += f", built {build.built}" if build.built else ""
    words += f" from {build.commit}" if build.commit else ""
    words += f" for {build.platform}" if build.platform else ""
    return f"{words}, {'signed' if build.signed else 'unsigned'}"


def place_of(part: Part, notices: str) -> int:
    """Find where in the licences a part's own begin: at a line with nothing but signs before its name; -1 if nowhere.

    Best is a line that says its version and what it is inside, then one with its version, then one with its name alone.

    Returns:
        The place of that line in `notices`, in characters.
    """
    for words in (part.title, f"{part.name} {part.version}".rstrip(), part.name):
        wanted = re.compile(rf"^[^\w\n]*{re.escape(words)}(?![\w.-])", re.IGNORECASE | re.MULTILINE)
        found = wanted.search(notices)
        if found:
            return found.start()
    return -1


def _parts(components: Sequence[_Component], inside: str = "") -> Iterator[Part]:
    for each in sorted(components, key=lambda each: (each.name.casefold(), each.version)):
        yield Part(each.name, each.version, ", ".join(_licences(each)) or _UNSTATED, inside)
        yield from _parts(each.components, each.name)


def _licences(component: _Component) -> Iterator[str]:
    for choice in component.licenses:
        known = choice.expression or choice.license.id or choice.license.name
        if known:
            yield known


def _decoded(content: bytes, kind: type[T], name: str) -> T:
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise _damaged(name) from None


def _damaged(name: str) -> AboutDamaged:
    return AboutDamaged(f"{ABOUT.name}/{name} of this package is missing or damaged; install Fieldquill again.")


# This copy


def is_package(folder: Path = ABOUT) -> bool:
    """Whether this is a package, which says itself what it is made of; else it is a checkout."""
    return folder.is_dir()


def build(folder: Path = ABOUT) -> Build | None:
    """Say how this package was made; None for a checkout.

    Raises:
        AboutDamaged: its file is missing or damaged.
    """
    return read_build(_content(folder / BUILD)) if is_package(folder) else None


def sbom(folder: Path = ABOUT) -> bytes:
    """Give the package's list of parts, a CycloneDX document.

    Raises:
        NoSbom: this is a checkout.
        AboutDamaged: the file is missing or damaged.
    """
    if not is_package(folder):
        raise NoSbom("This is a checkout, which has no SBOM; every package of Fieldquill has one.")
    content = _content(folder / SBOM)
    read_parts(content)
    return content


def parts(folder: Path = ABOUT) -> tuple[Part, ...]:
    """List what this copy is made of; in a checkout what is installed for it.

    Raises:
        AboutDamaged: the file that says it is missing or damaged.
    """
    return read_parts(_content(folder / SBOM)) if is_package(folder) else installed_parts()


def notices(folder: Path = ABOUT) -> str:
    """Give the texts of all licences and notices, each under a heading.

    Raises:
        AboutDamaged: the file that holds them is missing or damaged.
    """
    if not is_package(folder):
        return installed_notices()
    try:
        return _content(folder / NOTICES).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _damaged(NOTICES) from None


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise _damaged(path.name) from None


# A checkout


def installed_parts() -> tuple[Part, ...]:
    """List the distributions that the program needs as they are installed, and Python."""
    import platform

    found = [Part(each.name, each.version, licence_of(each.metadata)) for each in _installed()]
    python = Part("Python", platform.python_version(), "PSF-2.0")
    return tuple(sorted([*found, python], key=lambda part: part.name.casefold()))


def installed_notices() -> str:
    """Put together the licences' texts that come with the distributions, each under a heading."""
    return "\n".join(_notice(each) for each in _installed())


def licence_of(metadata: PackageMetadata) -> str:
    """Say under which licence a distribution stands, by what its metadata says."""
    said = (*(metadata.get_all("License-Expression") or ()), *(metadata.get_all("License") or ()), "")
    named = str(said[0]).strip()
    if named and len(named) <= _LONGEST and "\n" not in named:
        return named
    kinds = [str(each) for each in metadata.get_all("Classifier") or () if each.startswith("License ::")]
    return ", ".join(each.rpartition(" :: ")[2] for each in kinds) or _UNSTATED


def _installed() -> list[Distribution]:
    """Find the program's own distribution and all it needs, by name."""
    from importlib.metadata import PackageNotFoundError, distribution

    found: dict[str, Distribution] = {}
    waiting = ["fieldquill"]
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:  # of another system, or another Python
            continue
        waiting += [needed for each in found[name].requires or () if (needed := _needed(each))]
    return [found[name] for name in sorted(found)]


def _needed(requirement: str) -> str:
    """Give the name of what a distribution needs; empty where only an extra needs it."""
    name = re.match(r"[\w.-]+", requirement)
    return name[0] if name and not re.search(r"\bextra\s*==", requirement) else ""


def _notice(of: Distribution) -> str:
    heading = f"{of.name} {of.version} ({licence_of(of.metadata)})"
    files = [each for each in of.files or () if _TEXTS.search(each.name) and each.suffix not in {".py", ".pyc"}]
    texts = [of.locate_file(each) for each in files]
    told = [path.read_bytes().decode("utf-8", "replace").strip() for path in map(_as_path, texts) if path.is_file()]
    return "\n\n".join([f"{_RULE}\n{heading}\n{_RULE}", *(told or ["It comes without a text."])]) + "\n"


def _as_path(place: object) -> Path:
    from pathlib import Path

    return Path(str(place))
