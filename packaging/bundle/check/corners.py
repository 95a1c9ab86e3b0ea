"""What setup does for all users, and where something is in its way, tried with a small program in place of ours."""

from __future__ import annotations

import shlex
import shutil
from typing import TYPE_CHECKING, Final

from bundle import launcher, nsis
from bundle.check import traces
from bundle.staging import emptied, files_below

if TYPE_CHECKING:
    from pathlib import Path

    from bundle.check.bench import Bench
    from bundle.check.outcome import Ran

STALE: Final = ("lib/app/given_up.py", "lib/gone/with_its_folder.txt")
"""What the small program has and the present one has not, so that it can be an older version of it."""
TAKEN: Final = 4
"""The installer's exit code where something else has the name of a file or folder of ours."""
ENTRY: Final = "Software/Microsoft/Windows/CurrentVersion/Uninstall/Fieldquill"
"""Where it is listed among what is installed, below HKLM for all users, else HKCU."""
KINDS: Final = ("Software/Classes/.fieldquill", "Software/Classes/Fieldquill.Study/shell/open/command")
"""What says that studies open in it, below the same."""

_LINK: Final = "C:/ProgramData/Microsoft/Windows/Start Menu/Programs/Fieldquill.lnk"
_FOLDER: Final = "Grüße aus Köln/Field quill"
_STUDY: Final = b"somebody's study"


def make(work: Path) -> Path:
    """Make an installer of a small program that can't be run; gives its file."""
    tree = emptied(work / "small")
    for name in (*STALE, "python/python313.dll"):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text("small\n", "ascii")
    launcher.make(tree)
    setup = work / "small-setup.exe"
    nsis.make(tree, setup)
    return setup


def run(bench: Bench, setup: Path) -> None:
    """Check all of it, and that nothing is left."""
    before = traces.look(bench.wine)
    _install_for_everybody(bench, setup, before)
    folder = bench.wine.drive / _FOLDER
    _follow_no_link(bench, setup, folder)
    _keep_what_is_left_inside(bench, setup, folder)
    shutil.rmtree(folder.parent)
    left = traces.left(bench.wine, before)
    bench.checks.that("small setup: nothing is left of it", not left, ", ".join(left[:5]))


def _install_for_everybody(bench: Bench, setup: Path, before: traces.Traces) -> None:
    """Install for all users, as an administrator's script does, and remove it as the system does."""
    checks, wine = bench.checks, bench.wine
    folder = wine.drive / "Program Files" / "Fieldquill"
    for times in ("", " again"):
        ran = wine.run(setup, "/ALLUSERS", "/S")
        there = ran.code == 0 and (folder / "Fieldquill.exe").is_file()
        figure = f"code {ran.code} {ran.said}".strip()
        checks.that(f"for all users: installs silently among the programs{times}", there, figure)
    now = traces.look(wine)
    known = _LINK in now.files and all(f"HKLM/{kind}" in now.keys for kind in KINDS)
    checks.that("for all users: in everybody's start menu, and everybody's studies open in it", known)
    own = [name for name in traces.differing(before, now) if name.startswith(("HKCU/", "C:/users/"))]
    checks.that("for all users: nothing of it is one user's", not own, ", ".join(own[:5]))
    ran = wine.run(*uninstaller(now.keys.get(f"HKLM/{ENTRY}", frozenset())))
    left = traces.left(wine, before)
    checks.that("for all users: removed silently, nothing is left", ran.code == 0 and not left, ", ".join(left[:5]))


def _follow_no_link(bench: Bench, setup: Path, folder: Path) -> None:
    """Put a link to other files in the place of a folder: neither removing nor installing may touch those."""
    name = bench.wine.name(folder)
    _expect(bench, "installs into a folder that is named", _install(bench, setup, folder))
    ran = bench.wine.run(setup, "/ALLUSERS", "/S", *into(name))
    _expect(bench, "an administrator's runs no uninstaller that another user laid down", ran, TAKEN)
    elsewhere = folder.with_name("elsewhere")
    (folder / "lib").rename(elsewhere)
    (folder / "lib").symlink_to(elsewhere)
    theirs = _content(elsewhere)
    tried = {
        "removing": bench.wine.run(folder / "uninstall-fieldquill.exe", "/S", *f"_?={name}".split(" ")),
        "installing": _install(bench, setup, folder),
    }
    for doing, ran in tried.items():
        _expect(bench, f"{doing} stops where a link is in the place of a folder", ran, TAKEN)
    whole = theirs == _content(elsewhere) and (folder / "Fieldquill.exe").is_file()
    bench.checks.that("small setup: nothing is touched where the link leads, nor beside it", whole)
    (folder / "lib").unlink(missing_ok=True)
    if whole:
        elsewhere.rename(folder / "lib")


def _keep_what_is_left_inside(bench: Bench, setup: Path, folder: Path) -> None:
    """Leave a study in a folder of the program: it stays, and keeps nobody from installing there again."""
    study = (folder / STALE[1]).with_name("mine.fieldquill")
    study.parent.mkdir(parents=True, exist_ok=True)
    study.write_bytes(_STUDY)
    for turn in ("over the last one", "where a study was left"):
        _expect(bench, f"installs {turn}", _install(bench, setup, folder))
        entry = traces.look(bench.wine).keys.get(f"HKCU/{ENTRY}", frozenset())
        ran = bench.wine.run(*uninstaller(entry))
        bench.wine.rest()
        alone = _content(folder) == {study.relative_to(folder).as_posix(): _STUDY}
        bench.checks.that(f"small setup: the study alone is left of what was installed {turn}", ran.code == 0 and alone)


def into(folder: str) -> list[str]:
    """Give the words that name a folder to NSIS, which takes the rest of the line as it is and no quotes."""
    return f"/D={folder}".split(" ")


def uninstaller(entry: frozenset[str]) -> list[str]:
    """Give the words of the command that removes a program silently, out of its entry in the registry."""
    for line in entry:
        name, _, value = line.partition("=")
        if name == '"QuietUninstallString"':
            return shlex.split(value[1:-1].replace("\\\\", "/").replace('\\"', '"'))
    return ["no uninstaller is registered"]


def _install(bench: Bench, setup: Path, folder: Path) -> Ran:
    """Install silently for one user into a folder."""
    return bench.wine.run(setup, "/S", *into(bench.wine.name(folder)))


def _expect(bench: Bench, what: str, ran: Ran, code: int = 0) -> None:
    """Hold a program to the code it ends with."""
    bench.checks.that(f"small setup: {what}", ran.code == code, f"code {ran.code} {ran.said}".strip())


def _content(folder: Path) -> dict[str, bytes]:
    """Read all files of a folder, by their names inside."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files_below(folder)}
