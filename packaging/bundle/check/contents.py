"""Look into every package of `dist`: nothing forbidden, nothing of the machine it was made on, and all it must say."""

from __future__ import annotations

import json
import subprocess
import sysconfig
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.about import BUILD as HOW_BUILT
from app.about import NOTICES, SBOM
from bundle import shipped
from bundle.about import BESIDE, FOLDER
from bundle.check import binaries
from bundle.check.accounted import strangers
from bundle.check.checkout import WORK
from bundle.check.opened import INSTALLED, KINDS, left_over, opened, packages, unpublishable
from bundle.check.places import naming_places, places_of_this_machine
from bundle.parts import Tree, stated
from bundle.recipe import FORBIDDEN, is_forbidden
from bundle.staging import BUILD, DIST, ROOT, commit, files_below, sha256, version

if TYPE_CHECKING:
    from bundle.check.opened import Opened
    from bundle.check.outcome import Checks

_OTHERS: Final = (
    ".git*", ".env*", "*.orig", "*.rej", "*.log", "conftest.py", "test_*.py", "*/tests/*", "*.fieldquill", "*.key",
    "*.pem", "*.pfx", "*.p12", "icuuc.dll", "mscms.dll", "opengl32sw.dll", "python.exe", "*/uv.lock", "*.egg-info*",
)  # fmt: skip
"""Names of what a package has no business to carry: of tests, of version control, secrets, stand-ins of a check."""
_QT_DUTIES: Final = ("GNU LESSER GENERAL PUBLIC LICENSE", "To replace Qt", "reverse engineering", "for three years")


def run(checks: Checks) -> None:
    """Look into all packages."""
    checks.that("packages: there are some", bool(packages()), f"{len(packages())} of {len(KINDS)} kinds in {DIST.name}")
    _check_sums(checks)
    for kind, path in packages():
        package = opened(kind, path, WORK)
        checks.that(f"{path.name}: can be opened", package is not None)
        if package is not None:
            _check(checks, package)


def _check(checks: Checks, package: Opened) -> None:
    """Look into one package."""
    for check in (_check_sizes, _check_names, _check_binaries, _check_ours, _check_places, _check_about):
        check(checks, package)


def _check_sums(checks: Checks) -> None:
    """Check SHA256SUMS: every file of `dist` is in it, with its sum."""
    sums = DIST / "SHA256SUMS"
    lines = sums.read_text("ascii").splitlines() if sums.is_file() else []
    listed = {name: given for given, _, name in (line.partition("  ") for line in lines)}
    files = [path for path in files_below(DIST) if not path.name.startswith(sums.name)]
    found = {path.relative_to(DIST).as_posix(): sha256(path) for path in files}
    wrong = sorted(name for name in {*listed, *found} if listed.get(name) != found.get(name))
    checks.that("SHA256SUMS: right, and about all files", not wrong, _some(wrong) or f"{len(found)} files")
    odd = left_over(found)
    checks.that("dist: nothing of another version", not odd, _some(odd))


def _check_sizes(checks: Checks, package: Opened) -> None:
    """Check how large a package is, packed and installed."""
    kind, size = package.kind, package.package.stat().st_size / 1e6
    installed = sum(path.stat().st_size for path in package.files() if not path.is_symlink()) / 1e6
    name = package.package.name
    checks.that(f"{name}: at most {kind.most} MB", size <= kind.most, f"{size:.1f} MB")
    figure = f"{installed:.1f} MB, {len(package.files())} files"
    checks.that(f"{name}: installed at most {INSTALLED} MB", installed <= INSTALLED, figure)


def _check_names(checks: Checks, package: Opened) -> None:
    """Check that no file or module has a name of what the product never does, or does not belong into a package."""
    names = [package.name(path) for path in package.files()]
    modules = [name.replace(".", "/") + ".py" for name in shipped.frozen_modules(_root(package))]
    loud = [name for name in (*names, *modules) if is_forbidden(name)]
    figure = f"none of {len(FORBIDDEN)} patterns among {len(names)} files and {len(modules)} frozen modules"
    checks.that(f"{package.package.name}: no network, sound, camera or screen by name", not loud, _some(loud) or figure)
    other = [name for name in names if _is_other(name)]
    checks.that(f"{package.package.name}: nothing but the product", not other, _some(other))


def _root(package: Opened) -> Path:
    """Find the folder that holds ours; the package's own where there is none."""
    return package.root() or package.folder


def _is_other(name: str) -> bool:
    """Whether a file does not belong into a package."""
    last = name.rpartition("/")[2]
    return any(fnmatchcase(f"/{name}" if "/" in pattern else last, pattern) for pattern in _OTHERS)


def _check_binaries(checks: Checks, package: Opened) -> None:
    """Check what programs and libraries import."""
    name = package.package.name
    read = [binaries.read(path, package.name(path)) for path in package.files()]
    found = [each for each in read if each is not None]
    loud = binaries.reaching_out(found)
    figure = f"{len(found)} programs and libraries"
    seen = any(each.libraries for each in found) and any(each.functions for each in found)
    checks.that(f"{name}: no network, sound, camera or screen by import", seen and not loud, _some(loud) or figure)
    strays = binaries.strays(found)
    checks.that(f"{name}: looks for libraries in its own folder alone", not strays, _some(strays))
    able = binaries.connecting(found)
    unknown = [each for each in able if not each.startswith(tuple(binaries.MAY_CONNECT))]
    figure = f"{len(able)} could, and do not: {', '.join(able)}"
    known = bool(able) and not unknown  # Python itself is among them
    checks.that(f"{name}: what could open a connection is known", known, _some(unknown) or figure)


def _check_ours(checks: Checks, package: Opened) -> None:
    """Check that no module of ours names what records or connects."""
    root = _root(package)
    laid = [path for top in ("app", "ui") for path in files_below(root / top) if path.suffix in {".py", ".pyc"}]
    modules = [(package.name(path), path.read_bytes()) for path in laid]
    modules += [each for each in shipped.frozen_code(root) if each[0].startswith(("app.", "ui."))]
    found = binaries.recording(modules)
    name = f"{package.package.name}: no module of ours names a recorder or a connection"
    checks.that(name, bool(modules) and not found, _some(found) or f"{len(modules)} modules")


def _check_places(checks: Checks, package: Opened) -> None:
    """Check that nothing names a folder of this machine."""
    content = ((package.name(path), path.read_bytes()) for path in package.files() if not path.is_symlink())
    found = naming_places(content, places_of_this_machine())
    found += naming_places(shipped.frozen_code(_root(package)), places_of_this_machine())
    checks.that(f"{package.package.name}: names no folder of the machine it was made on", not found, _some(found))


def _check_about(checks: Checks, package: Opened) -> None:
    """Check what the package says of itself."""
    name, folder = package.package.name, _root(package) / FOLDER
    there = [each for each in (SBOM, NOTICES, HOW_BUILT) if (folder / each).is_file()]
    checks.that(f"{name}: says what it is made of", len(there) == 3, ", ".join(there))
    if len(there) < 3:
        return
    build, sbom = json.loads((folder / HOW_BUILT).read_text("utf-8")), folder / SBOM
    right = build["version"] == version() and build["commit"] == commit()
    checks.that(f"{name}: says its version and commit", right, f"{build['version']} {build['commit']}")
    flaw = unpublishable(build["commit"])
    if flaw:
        checks.not_run(f"{name}: is what its commit makes", flaw)
    beside = package.package.with_name(name + BESIDE)
    same = beside.is_file() and beside.read_bytes() == sbom.read_bytes()
    checks.that(f"{name}: its SBOM lies beside it, too", same, beside.name)
    components = json.loads(sbom.read_text("utf-8"))["components"]
    faults = _faults(sbom)
    checks.that(f"{name}: its SBOM is CycloneDX 1.6", not faults, faults or f"{len(components)} components")
    _check_notices(checks, name, (folder / NOTICES).read_text("utf-8"), components)
    _check_parts(checks, package, components)
    _check_inside(checks, package, components)


def _check_notices(checks: Checks, name: str, text: str, components: list[dict[str, Any]]) -> None:
    """Check that the notices name every part, and have the texts that Qt's licence asks for."""
    lines = set(text.splitlines())
    lacking = [each["name"] for each in components if _heading(each) not in lines]
    lacking += [words for words in _QT_DUTIES if words not in text]
    checks.that(f"{name}: its notices have all licences", not lacking, _some(lacking) or f"{len(text) / 1e3:.0f} kB")


def _check_parts(checks: Checks, package: Opened, components: list[dict[str, Any]]) -> None:
    """Check that what is in the package is in its SBOM, and the other way round."""
    name, system = package.package.name, package.kind.system
    site = BUILD / "windows" / "site" if system == "windows" else Path(sysconfig.get_path("purelib"))
    if not site.is_dir():
        checks.not_run(f"{name}: its SBOM lists what is there", "what it was made from is not here")
        return
    listed = {each["name"] for each in components if each["purl"].startswith("pkg:pypi/") and "hashes" in each}
    found = shipped.distributions(_root(package), site, system)
    wrong = [f"not listed: {part}" for part in sorted(found - listed)]
    wrong += [f"not there: {part}" for part in sorted(listed - found)]
    checks.that(f"{name}: its SBOM lists what is there", not wrong, _some(wrong) or f"{len(found)} distributions")
    odd = strangers(_root(package), site, system, [f"{FOLDER}/{each}" for each in (SBOM, NOTICES, HOW_BUILT)])
    checks.that(f"{name}: every file is ours, a distribution's or Python's", not odd, _some(odd))


def _check_inside(checks: Checks, package: Opened, components: list[dict[str, Any]]) -> None:
    """Check that every work whose files parts.toml tells, and that are in the package, is in its SBOM."""
    tree = Tree(_root(package), package.kind.system)
    there = {each["name"] for each in stated()["part"] if "files" in each and tree.holds(each["files"])}
    listed = {each["name"] for part in components for each in (part, *part.get("components", ()))}
    lacking = sorted(there - listed)
    name = f"{package.package.name}: its SBOM lists what is inside"
    whole = bool(there) and not lacking
    checks.that(name, whole, _some(lacking) or f"{len(there)} works that are known by their files")


def _heading(component: dict[str, Any]) -> str:
    """Give the line that the texts of a component of an SBOM have above them."""
    named = f"{component['name']} {component.get('version', '')}".rstrip()
    return f"{named} ({component['licenses'][0]['expression']})"


def _faults(sbom: Path) -> str:
    """Have the validator of contributors' environment check an SBOM; gives what is wrong."""
    words = [ROOT / ".venv" / "bin" / "python", ROOT / "packaging" / "bundle" / "check" / "schema.py", sbom]
    done = subprocess.run([*words, sysconfig.get_path("purelib")], check=False, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode in {0, 1} else done.stderr


def _some(names: list[str]) -> str:
    """Name the first few."""
    return ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")
