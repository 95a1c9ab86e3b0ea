"""Read what installed distributions say of themselves: what they need, their licences, and the hashes in uv.lock."""

from __future__ import annotations

import re
import tomllib
from email.parser import HeaderParser
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.tags import parse_tag
from packaging.utils import canonicalize_name, parse_wheel_filename

from bundle.recipe import IMPORTS, System
from bundle.staging import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message
    from pathlib import Path

_PLATFORMS: Final[dict[System, tuple[str, str, str, str]]] = {
    "linux": ("linux", "Linux", "posix", "x86_64"),
    "windows": ("win32", "Windows", "nt", "AMD64"),
    "macos": ("darwin", "Darwin", "posix", "arm64"),
}
_TEXTS: Final = re.compile(r"licen[cs]e|copying|notice|copyright", re.IGNORECASE)
_SPDX: Final = re.compile(r"[A-Za-z0-9.+-]+(?: (?:OR|AND|WITH) [A-Za-z0-9.+-]+)*")


class Unclear(SystemExit):
    """It is not known what a package would carry, or under which licence; the sentence says of which part."""


class Archive(NamedTuple):
    """A file of a distribution as uv.lock pins it."""

    url: str
    sha256: str


class Distribution(NamedTuple):
    """An installed distribution."""

    name: str
    version: str
    folder: Path
    about: Message
    needs: tuple[str, ...]


def needed(site: Path, system: System, python: str) -> list[Distribution]:
    """List the distributions that the program needs on a system, directly or through others, by name.

    Raises:
        Unclear: one is not in `site`.
    """
    there = {canonicalize_name(about["Name"]): (folder, about) for folder, about in installed(site)}
    environment = _environment(system, python)
    found: dict[str, Distribution] = {}
    waiting = sorted(set(IMPORTS.values()))
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found:
            continue
        if name not in there:
            raise Unclear(f"{name} is needed and not in {site}")
        folder, about = there[name]
        needs = tuple(sorted(set(_needs(about, environment))))
        found[name] = Distribution(name, about["Version"], folder, about, needs)
        waiting.extend(needs)
    return [found[name] for name in sorted(found)]


def licence_of(distribution: Distribution, stated: dict[str, str]) -> str:
    """Give the SPDX expression of a distribution's licence: its own, or the one `stated` for it.

    Raises:
        Unclear: neither says.
    """
    given = distribution.about["License-Expression"] or stated.get(distribution.name) or distribution.about["License"]
    if not given or not _SPDX.fullmatch(given.strip()):
        raise Unclear(f"the licence of {distribution.name} {distribution.version} is unknown; state it in parts.toml")
    return str(given).strip()


def texts_of(distribution: Distribution) -> list[str]:
    """Give the texts of licences and notices that a distribution carries, in the order of their names."""
    folder = distribution.folder
    named = [folder / place / name for name in _named(distribution.about) for place in ("licenses", ".")]
    files = [path for path in named if path.is_file()] or [
        path for path in folder.rglob("*") if path.is_file() and _TEXTS.search(path.name)
    ]
    return [path.read_text("utf-8", "replace") for path in sorted(set(files))]


def wheel_of(distribution: Distribution) -> Archive:
    """Find the wheel a distribution was installed from in uv.lock.

    Raises:
        Unclear: uv.lock has none for its version and its tags, or several.
    """
    about = HeaderParser().parsestr((distribution.folder / "WHEEL").read_text("utf-8"))
    tags = {tag for line in about.get_all("Tag", []) for tag in parse_tag(line)}
    wheels = _locked(distribution)["wheels"]
    found = [each for each in wheels if parse_wheel_filename(each["url"].rpartition("/")[2])[3] & tags]
    if len(found) != 1:
        raise Unclear(f"uv.lock has {len(found)} wheels for {distribution.folder.name} as it is installed")
    return _archive(found[0])


def source_of(distribution: Distribution) -> Archive | None:
    """Give the source archive of a distribution as uv.lock pins it; None where it has none."""
    source = _locked(distribution).get("sdist")
    return _archive(source) if source else None


def _archive(entry: dict[str, Any]) -> Archive:
    """Read an entry of uv.lock."""
    return Archive(entry["url"], entry["hash"].removeprefix("sha256:"))


def _named(about: Message) -> list[str]:
    """List what a distribution itself calls its licence files, without those that are no licence."""
    return [name for name in about.get_all("License-File", []) if not name.endswith((".rst", "README.md"))]


def _locked(distribution: Distribution) -> dict[str, Any]:
    """Find the entry of a distribution in uv.lock."""
    try:
        return _lock()[distribution.name, distribution.version]
    except KeyError:
        raise Unclear(f"{distribution.name} {distribution.version} is installed and not in uv.lock") from None


@cache
def _lock() -> dict[tuple[str, str], dict[str, Any]]:
    """Read uv.lock, by name and version."""
    content = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
    return {(canonicalize_name(each["name"]), each["version"]): each for each in content["package"]}


def installed(site: Path) -> Iterator[tuple[Path, Message]]:
    """Walk the distributions of a folder: where each says what it is, and what it says."""
    for folder in sorted(site.glob("*.dist-info")):
        yield folder, HeaderParser().parsestr((folder / "METADATA").read_text("utf-8"))


def recorded(folder: Path) -> Iterator[str]:
    """Walk the files that a distribution says are its own; `folder` is where it says what it is."""
    for line in (folder / "RECORD").read_text("utf-8").splitlines():
        yield line.rsplit(",", 2)[0].strip('"')


def _needs(about: Message, environment: dict[str, str]) -> Iterator[str]:
    """Walk the names of the distributions that one needs, without its extras."""
    for line in about.get_all("Requires-Dist", []):
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate(environment):
            yield canonicalize_name(requirement.name)


def _environment(system: System, python: str) -> dict[str, str]:
    """Describe the Python of a package in the words of requirements."""
    sys_platform, platform_system, os_name, machine = _PLATFORMS[system]
    return {
        **{name: str(value) for name, value in default_environment().items()},
        "sys_platform": sys_platform,
        "platform_system": platform_system,
        "os_name": os_name,
        "platform_machine": machine,
        "python_version": ".".join(python.split(".")[:2]),
        "python_full_version": python,
        "implementation_version": python,
        "extra": "",
    }
