"""The portable ZIP, used from a stick: nothing is written outside its own folder."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final
from zipfile import ZipFile

from bundle.check import imported, traces, use
from bundle.check.bench import Bench, Program
from bundle.check.checkout import WORK
from bundle.embed import COMPILER
from bundle.staging import BUILD, ROOT, emptied

if TYPE_CHECKING:
    from pathlib import Path

_DRIVE: Final = "e:"
_FOLDER: Final = "Für unterwegs"
_OWN: Final = {"Data", "Studies"}
_PYTHON: Final = BUILD / "windows" / "python" / COMPILER


def run(bench: Bench, archive: Path) -> None:
    """Check the ZIP on a stick of its own."""
    stick = emptied(WORK / "windows" / "stick")
    drive = bench.wine.prefix / "dosdevices" / _DRIVE
    drive.unlink(missing_ok=True)
    drive.symlink_to(stick)
    with ZipFile(archive) as file:
        file.extractall(stick / _FOLDER)
    (folder,) = (stick / _FOLDER).iterdir()
    program = Program(bench, drive / _FOLDER / folder.name)
    before, own = traces.look(bench.wine), traces.below(stick, "E:")
    _use(bench, program)
    _check_traces(bench, before, own, stick)
    _import_all(bench, program, folder)


def _use(bench: Bench, program: Program) -> None:
    """Open the window, then make a study in the folder of studies and verify it."""
    window = program.window()
    use.look_at_start(bench, name="portable")
    use.leave(bench, window, name="portable")
    studies = program.folder / "Studies"
    studies.mkdir(exist_ok=True)
    study = use.make_study(program, studies)
    ran = program.command("verify", study.name, folder=studies)
    bench.checks.that("portable: the study is sound", ran.code == 0, ran.said)


def _check_traces(bench: Bench, before: traces.Traces, own: dict[str, traces.Stamp], stick: Path) -> None:
    """Look at what was written: settings and studies in two folders beside the program, and nothing else anywhere."""
    checks = bench.checks
    left = traces.differing(before, traces.look(bench.wine))
    checks.that("portable: nothing is written on the computer", not left, ", ".join(left[:5]))
    now = traces.below(stick, "E:")
    new = sorted(name for name in {*own, *now} if own.get(name) != now.get(name))
    inside = [name for name in new if _OWN & set(name.split("/")[3:4])]
    checks.that("portable: settings are kept beside the program", any("settings.ini" in name for name in inside))
    odd = [name for name in new if name not in inside]
    checks.that("portable: nothing else is written on the stick", not odd, ", ".join(odd[:5]))


def _import_all(bench: Bench, program: Program, folder: Path) -> None:
    """Import, with the Python that compiled the package, all that the program's sources import anywhere."""
    if not _PYTHON.is_file():
        bench.checks.not_run("all imports on Windows", "the packages were made elsewhere")
        return
    shutil.copy(_PYTHON, folder / "python")
    python = program.folder / "python" / COMPILER
    ran = bench.wine.run(python, "-B", imported.__file__, ROOT, seconds=400)
    whole = ran.code == 0 and _many(ran.said)
    bench.checks.that("portable: all that the program imports is there", whole, ran.said[-300:])


def _many(said: str) -> bool:
    """Whether as many names were imported as a program of this size has at least."""
    count = said.partition(" ")[0]
    return count.isdecimal() and int(count) > 1000
