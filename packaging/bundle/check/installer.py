"""The installer, from first to last: laid over an older version, used, laid over itself and removed."""

from __future__ import annotations

import shutil
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final
from zipfile import ZipFile

from app.paths import PORTABLE
from bundle.check import traces, use
from bundle.check.bench import Bench, Program
from bundle.check.corners import ENTRY, KINDS, STALE, TAKEN, into, uninstaller
from bundle.check.opened import INSTALLED
from bundle.check.stubs import NAMES
from bundle.staging import emptied, files_below, sha256, write

if TYPE_CHECKING:
    from pathlib import Path

    from bundle.check.traces import Traces

FOLDER: Final = "AppData/Local/Programs/Fieldquill"
"""Where it is installed if nobody says where, below the user's folder."""

_NEW: Final = "lib/about/NOTICES.txt"  # the older version has none
_THEIRS: Final = "somebody's own\n"
_LINK: Final = "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Fieldquill.lnk"
_SETTINGS: Final = "AppData/Local/Fieldquill/settings.ini"
_ENTRY: Final = f"HKCU/{ENTRY}"
_KINDS: Final = tuple(f"HKCU/{kind}" for kind in KINDS)
_CLASSES: Final = (r"Software\Classes\.fieldquill", r"Software\Classes\Fieldquill.Study")
_OWN: Final = "HKLM/*fieldquill*"
_RUNNING: Final = 3  # the installer's exit code while the program runs


def run(bench: Bench, setup: Path, archive: Path, older: Path) -> None:
    """Check the installer, laid over an older one; the portable ZIP of the same files says what is to be there."""
    program = Program(bench, bench.wine.user / FOLDER)
    before = traces.look(bench.wine)
    _keep_off(bench, setup)
    _install_older(bench, older, program.folder)
    theirs = program.folder / _NEW
    write(theirs, _THEIRS)
    if not _install(bench, setup, program.folder, "installs silently over an older version"):
        return
    _check_set_aside(bench, theirs)
    _check_files(bench, archive, program.folder)
    _check_entries(bench)
    _open_by_link(bench)
    studies = bench.wine.user / "Documents" / "Fieldquill"
    studies.mkdir(parents=True)
    study = use.make_study(program, studies)
    inside = use.make_study(program, program.folder)
    use.compare_reports(program, study)
    use.verify_both_ways(program, study)
    use.draw(program, study, name="installed")
    _open_by_double_click(bench, study, setup)
    kept = [study, inside, bench.wine.user / _SETTINGS]
    _install_again(bench, setup, program, kept)
    _remove(bench, before, program.folder, kept)


def _keep_off(bench: Bench, setup: Path) -> None:
    """Have it refuse a folder with somebody else's files, one of them a program that removes another program."""
    folder = emptied(bench.wine.drive / "Tools")
    shutil.copy(bench.wine.system / "hostname.exe", folder / "uninstall.exe")
    (folder / "python").mkdir()
    (folder / "python" / "python3.dll").write_text("another's\n", "ascii")
    theirs = {path: path.read_bytes() for path in files_below(folder)}
    ran = bench.wine.run(setup, "/S", *into(bench.wine.name(folder)))
    same = {path: path.read_bytes() for path in files_below(folder)} == theirs
    name = "setup refuses a folder with somebody else's files, and leaves them"
    bench.checks.that(name, ran.code == TAKEN and same, f"code {ran.code}: {ran.said}")
    shutil.rmtree(folder)


def _install_older(bench: Bench, older: Path, folder: Path) -> None:
    """Install a small program of the same name that has files the present one has not."""
    ran = bench.wine.run(older, "/S")
    there = all((folder / name).is_file() for name in STALE)
    bench.checks.that("an older version is installed, to begin with", ran.code == 0 and there, f"code {ran.code}")


def _install(bench: Bench, setup: Path, folder: Path, name: str) -> bool:
    """Install silently; gives whether it was, and into the folder."""
    ran = bench.wine.run(setup, "/S")
    bench.wine.rest()
    figure = f"code {ran.code}, in {bench.wine.name(folder)} {ran.said}".strip()
    return bench.checks.that(f"setup {name}", ran.code == 0 and (folder / "Fieldquill.exe").is_file(), figure)


def _check_set_aside(bench: Bench, theirs: Path) -> None:
    """Look for somebody's file where the older version had none and this one has one; takes it away."""
    kept = theirs.with_name(f"{theirs.name}.kept")
    aside = kept.is_file() and kept.read_text("utf-8") == _THEIRS
    bench.checks.that("installed: somebody's file where a new one lies is kept beside it", aside, kept.name)
    kept.unlink(missing_ok=True)


def _check_files(bench: Bench, archive: Path, folder: Path) -> None:
    """Hold what is installed to the portable ZIP, byte by byte."""
    checks = bench.checks
    there = {path.relative_to(folder).as_posix(): path for path in files_below(folder)}
    size = sum(path.stat().st_size for path in there.values()) / 1e6
    checks.that("installed: its size", size <= INSTALLED, f"{size:.1f} MB of {INSTALLED}")
    there.pop("uninstall-fieldquill.exe", None)
    stale = [name for name in STALE if name in there]
    checks.that("installed: nothing of the older version is left", not stale, ", ".join(stale))
    odd = _unlike(archive, there)
    figure = ", ".join(odd[:3]) or f"{len(there)} files"
    checks.that("installed: the files of the portable ZIP, byte by byte", not odd, figure)
    shipped = [name for name in there if name.rpartition("/")[2].lower() in NAMES]
    checks.that("installed: no stub of this check", not shipped, ", ".join(shipped))


def _unlike(archive: Path, there: dict[str, Path]) -> list[str]:
    """List files that are in a folder or a ZIP alone, or differ; what makes the ZIP portable is in it alone."""
    with ZipFile(archive) as file:
        packed = {name.partition("/")[2]: name for name in file.namelist()}
        packed.pop(PORTABLE, None)
        odd = {*packed} ^ {*there}
        odd |= {name for name in {*packed} & {*there} if file.read(packed[name]) != there[name].read_bytes()}
    return sorted(odd)


def _check_entries(bench: Bench) -> None:
    """Look for the entries in the start menu and the registry, of this user alone."""
    checks, keys = bench.checks, traces.look(bench.wine).keys
    link = bench.wine.user / _LINK
    aim = "Fieldquill.exe".encode("utf-16-le")
    checks.that("installed: an entry in the start menu", link.is_file() and aim in link.read_bytes())
    entry = keys.get(_ENTRY, frozenset())
    checks.that("installed: an entry among the programs to remove", any("UninstallString" in line for line in entry))
    command = " ".join(keys.get(_KINDS[1], ()))
    checks.that("installed: studies open in it", all(kind in keys for kind in _KINDS) and "%1" in command, command)
    others = [key for key in keys if fnmatchcase(key.lower(), _OWN.lower())]
    checks.that("installed: nothing is registered for other users", not others, ", ".join(others))


def _open_by_link(bench: Bench) -> None:
    """Start the program from the start menu, and leave it, so that it keeps its settings."""
    bench.wine.begin("start", bench.wine.user / _LINK)
    use.look_at_start(bench, name="start-menu")
    use.leave(bench, None, name="start-menu")
    settings = bench.wine.user / _SETTINGS
    bench.checks.that("start-menu: settings are kept", settings.is_file())


def _open_by_double_click(bench: Bench, study: Path, setup: Path) -> None:
    """Open a study as the shell does, by what is registered; meanwhile nothing can be installed.

    Wine 8 looks for kinds of files among those of all users alone, so they are laid there for the while.
    """
    for kind in _CLASSES:
        bench.wine.run("reg", "copy", rf"HKCU\{kind}", rf"HKLM\{kind}", "/s", "/f")
    bench.wine.begin("start", study)
    use.look_at_pages(bench, study, name="double-click")
    for kind in _CLASSES:
        bench.wine.run("reg", "delete", rf"HKLM\{kind}", "/f")
    ran = bench.wine.run(setup, "/S")
    bench.checks.that("setup refuses while the program runs", ran.code == _RUNNING, f"code {ran.code}: {ran.said}")
    use.leave(bench, None, name="double-click")


def _install_again(bench: Bench, setup: Path, program: Program, kept: list[Path]) -> None:
    """Install over the same version, wherever it is."""
    before = [sha256(path) for path in kept]
    _install(bench, setup, program.folder, "installs again where it is already")
    ran = program.command("--version")
    bench.checks.that("installed again: it still runs", ran.code == 0, ran.said)
    same = [path.is_file() and sha256(path) == then for path, then in zip(kept, before, strict=True)]
    bench.checks.that("installed again: studies and settings are as before", all(same), f"{sum(same)} of {len(same)}")


def _remove(bench: Bench, before: Traces, folder: Path, kept: list[Path]) -> None:
    """Remove it silently, as the system does; studies and settings stay, and nothing else."""
    checks, wine = bench.checks, bench.wine
    sums = [sha256(path) for path in kept]
    ran = wine.run(*uninstaller(traces.look(wine).keys.get(_ENTRY, frozenset())))
    checks.that("removed silently", ran.code == 0 and wine.rest(), f"code {ran.code} {ran.said}".strip())
    same = [path.is_file() and sha256(path) == then for path, then in zip(kept, sums, strict=True)]
    checks.that("removed: studies and settings stay", all(same), f"{sum(same)} of {len(same)}, one in its own folder")
    inside = [path.name for path in folder.rglob("*")]
    checks.that("removed: of its folder the study alone is left", inside == [kept[1].name], ", ".join(inside[:5]))
    for path in kept:
        path.unlink(missing_ok=True)
    left = traces.left(wine, before)
    checks.that("removed: nothing else is left", not left, ", ".join(left[:5]))
