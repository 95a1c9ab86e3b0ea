"""A day with the program on Windows: a study, its report and the window, held to what the checkout does on Linux."""

from __future__ import annotations

import io
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZipFile

import numpy as np
import pikepdf
from PIL import Image

from bundle.check.checkout import PASSPHRASE, ROWS, STUDY, WORK, by_checkout

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from bundle.check.bench import Bench, Program

_FORMS: Final = ("pdf", "docx", "xlsx")
_FIFTH: Final = 51  # of 255
_PAGES: Final = (("ctrl+5", "results", 3.0), ("ctrl+8", "report", 8.0))  # key, name, how long it may look idle in s


def make_study(program: Program, folder: Path) -> Path:
    """Have the installed program make AutoCorp's study in a folder."""
    ran = program.command("demo", STUDY, folder=folder)
    program.bench.checks.that("the program makes AutoCorp's study", ran.code == 0, ran.said)
    return folder / STUDY


def compare_reports(program: Program, study: Path) -> None:
    """Have the report of a study made on both systems in every form, and say in what they differ."""
    for form in _FORMS:
        _compare_report(program, study, form)


def _compare_report(program: Program, study: Path, form: str) -> None:
    """Have the report made in one form, look at both, and take ours away again."""
    checks, there, here = program.bench.checks, study.with_suffix(f".{form}"), WORK / "linux" / f"report.{form}"
    here.parent.mkdir(parents=True, exist_ok=True)
    here.unlink(missing_ok=True)
    ran = program.command("report", study.name, "-o", there.name, folder=study.parent)
    checks.that(f"the program makes AutoCorp's report as {form}", ran.code == 0 and there.is_file(), ran.said)
    by_checkout("report", study, "-o", here, folder=WORK)
    if checks.that(f"the report as {form} is made on Linux, too", here.is_file()) and there.is_file():
        checks.that(f"the report as {form} is the same on both", *likeness(there.read_bytes(), here.read_bytes()))
    there.unlink(missing_ok=True)


def likeness(one: bytes, other: bytes) -> tuple[bool, str]:
    """Say whether two reports are the same: in all bytes, or at least in what they say once unpacked."""
    if one == other:
        return True, f"{len(one)} B, all of them"
    first, second = unpacked(one), unpacked(other)
    odd = sum(mine != theirs for mine, theirs in zip_longest(first, second))
    return not odd, f"{len(one)} and {len(other)} B; unpacked, {odd} of {len(first)} parts differ"


def unpacked(content: bytes) -> list[Any]:
    """List what a report says, whatever packed it: the objects of a PDF, or the parts of a document or workbook."""
    if content.startswith(b"PK"):
        with ZipFile(io.BytesIO(content)) as archive:
            return [(name, archive.read(name)) for name in archive.namelist()]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [
            thing.read_bytes() if isinstance(thing, pikepdf.Stream) else thing.unparse(resolved=True)
            for thing in pdf.objects
        ]


def verify_both_ways(program: Program, study: Path) -> None:
    """Have each system verify a study that the other one made."""
    checks = program.bench.checks
    ran = by_checkout("verify", study, folder=WORK)
    checks.that("a study made on Windows is sound on Linux", ran.code == 0 and "is sound" in ran.said, ran.said)
    made = study.with_name("Aus Linux.fieldquill")
    by_checkout("demo", made, folder=WORK)
    ran = program.command("verify", made.name, folder=made.parent)
    checks.that("a study made on Linux is sound on Windows", ran.code == 0 and "is sound" in ran.said, ran.said)
    made.unlink(missing_ok=True)


def look_at_pages(bench: Bench, study: Path, *, name: str) -> None:
    """Wait for the window that was opened on a study, give the passphrase and keep pictures of pages."""
    screen, checks = bench.screen, bench.checks
    window = screen.window("Fieldquill")
    if not checks.that(f"{name}: its window opens", bool(window)):
        return
    screen.picture(WORK / f"{name}-passphrase.png", window)
    screen.type(PASSPHRASE["FIELDQUILL_PASSPHRASE"])
    opened = screen.window(study.stem)
    if checks.that(f"{name}: the study opens with its passphrase", bool(opened)):
        _picture(bench, opened, f"{name}-overview", 3)
        for key, page, still in _PAGES:
            screen.press(key)
            _picture(bench, opened, f"{name}-{page}", still, new=True)


def _picture(bench: Bench, window: str, name: str, still: float, *, new: bool = False) -> None:
    """Keep a picture of a page, which is not an empty one, and another than the one before if it is to be new."""
    path = WORK / f"{name}.png"
    rows = bench.screen.picture(path, window, still, new=new)
    bench.checks.that(f"{name}: a page is drawn", rows >= ROWS, f"{rows} rows with something in them, {path.name}")


def look_at_start(bench: Bench, *, name: str) -> None:
    """Wait for the window and keep a picture of its start page; compares it with the one drawn on Linux."""
    screen, checks = bench.screen, bench.checks
    window = screen.window("Fieldquill")
    if not checks.that(f"{name}: the window opens", bool(window)):
        return
    there, here = WORK / f"{name}-start.png", WORK / "linux" / "start.png"
    rows = screen.picture(there, window, 3)
    checks.that(f"{name}: the start page is drawn", rows >= ROWS, f"{rows} rows with something in them, {there.name}")
    here.parent.mkdir(parents=True, exist_ok=True)
    here.unlink(missing_ok=True)
    by_checkout("open", "--picture", here, folder=WORK, display=screen.display)
    share = unlike(there, here) if here.is_file() else 1.0
    checks.that(f"{name}: the start page is as on Linux", share < 0.05, f"{share:.1%} of its pixels differ clearly")


def draw(program: Program, study: Path, *, name: str) -> None:
    """Have the program itself leave a picture of a study's first page and end."""
    path = WORK / f"{name}.png"
    path.unlink(missing_ok=True)
    ran = program.picture(path, study)
    program.bench.checks.that(f"{name}: a picture is left", ran.code == 0 and path.is_file(), ran.said[-200:])


def unlike(one: Path, other: Path) -> float:
    """Give the share of pixels that differ in red, green or blue by a fifth; 1 where the pictures differ in size."""
    first, second = (np.asarray(Image.open(path).convert("RGB"), int) for path in (one, other))
    return float((abs(first - second).max(axis=2) > _FIFTH).mean()) if first.shape == second.shape else 1.0


def leave(bench: Bench, program: subprocess.Popen[bytes] | None, *, name: str) -> None:
    """Leave the window by its key; its program must end."""
    bench.screen.press("ctrl+q")
    ended = bench.wine.rest(60)
    code = program.wait(10) if program is not None and ended else 0
    bench.checks.that(f"{name}: it ends when told to", ended and code == 0, f"code {code}" if ended else "still there")
