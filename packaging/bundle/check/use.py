"""A day with the program on Windows: a study, its report and the window, held to what the checkout does on Linux."""

from __future__ import annotations

import io
import subprocess
from typing import TYPE_CHECKING, Any, Final

import pikepdf

from bundle.check.bench import PASSPHRASE, WORK, Bench, Program, on_linux

if TYPE_CHECKING:
    from pathlib import Path

STUDY: Final = "Prüfung Süd.fieldquill"
_ROWS: Final = 200  # of a picture that shows a page of ours, so many rows at least have something in them
_PAGES: Final = (("ctrl+5", "results", 3.0), ("ctrl+8", "report", 8.0))  # key, name, how long it may look idle in s


def make_study(program: Program, folder: Path) -> Path:
    """Have the installed program make AutoCorp's study in a folder."""
    ran = program.command("demo", STUDY, folder=folder)
    program.bench.checks.that("the program makes AutoCorp's study", ran.code == 0, ran.said)
    return folder / STUDY


def compare_reports(program: Program, study: Path) -> None:
    """Have the report of a study made on both systems, and say in what they differ."""
    folder, checks = study.parent, program.bench.checks
    ran = program.command("report", study.name, "-o", "Bericht Süd.pdf", folder=folder)
    checks.that("the program makes AutoCorp's report", ran.code == 0, ran.said)
    there, here = folder / "Bericht Süd.pdf", WORK / "linux" / "report.pdf"
    here.parent.mkdir(parents=True, exist_ok=True)
    here.unlink(missing_ok=True)
    on_linux("report", study, "-o", here, folder=WORK)
    if checks.that("both reports were written", there.is_file() and here.is_file()):
        one, other = there.read_bytes(), here.read_bytes()
        checks.that("the report's bytes are those made on Linux", one == other, differing(one, other))


def differing(one: bytes, other: bytes) -> str:
    """Say how far two PDFs are the same: in all bytes, in what they say, or in how many objects not."""
    if one == other:
        return f"{len(one)} B"
    with pikepdf.open(io.BytesIO(one)) as first, pikepdf.open(io.BytesIO(other)) as second:
        pairs = list(zip(first.objects, second.objects, strict=False))
        odd = sum(_content(mine) != _content(theirs) for mine, theirs in pairs)
        missing = abs(len(first.objects) - len(second.objects))
    if not odd and not missing:
        return f"{len(one)} and {len(other)} B, but all {len(pairs)} objects say the same once unpacked"
    return f"{odd} of {len(pairs)} objects say something else, {missing} are in one alone"


def _content(thing: Any) -> Any:
    """Give what a PDF's object says: of a stream its bytes unpacked, whatever packed them."""
    return thing.read_bytes() if isinstance(thing, pikepdf.Stream) else thing.unparse()


def verify_both_ways(program: Program, study: Path) -> None:
    """Have each system verify a study that the other one made."""
    checks = program.bench.checks
    ran = on_linux("verify", study, folder=WORK)
    checks.that("a study made on Windows is sound on Linux", ran.code == 0 and "is sound" in ran.said, ran.said)
    made = study.with_name("Aus Linux.fieldquill")
    on_linux("demo", made, folder=WORK)
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
    bench.checks.that(f"{name}: a page is drawn", rows >= _ROWS, f"{rows} rows with something in them, {path.name}")


def look_at_start(bench: Bench, *, name: str) -> None:
    """Wait for the window and keep a picture of its start page; compares it with the one drawn on Linux."""
    screen, checks = bench.screen, bench.checks
    window = screen.window("Fieldquill")
    if not checks.that(f"{name}: the window opens", bool(window)):
        return
    there, here = WORK / f"{name}-start.png", WORK / "linux" / "start.png"
    rows = screen.picture(there, window, 3)
    checks.that(f"{name}: the start page is drawn", rows >= _ROWS, f"{rows} rows with something in them, {there.name}")
    here.parent.mkdir(parents=True, exist_ok=True)
    here.unlink(missing_ok=True)
    on_linux("open", "--picture", here, folder=WORK, display=screen.display)
    share = unlike(there, here) if here.is_file() else 1.0
    checks.that(f"{name}: the start page is as on Linux", share < 0.05, f"{share:.1%} of its pixels differ clearly")


def draw(program: Program, study: Path, *, name: str) -> None:
    """Have the program itself leave a picture of a study's first page and end."""
    path = WORK / f"{name}.png"
    path.unlink(missing_ok=True)
    ran = program.picture(path, study)
    program.bench.checks.that(f"{name}: a picture is left", ran.code == 0 and path.is_file(), ran.said[-200:])


def unlike(one: Path, other: Path) -> float:
    """Give the share of pixels that differ clearly between two pictures; 1 where they differ in size."""
    sizes = [_tool("identify", "-format", "%w %h", path).stdout for path in (one, other)]
    if sizes[0] != sizes[1]:
        return 1.0
    width, height = map(int, sizes[0].split())
    return float(_tool("compare", "-metric", "AE", "-fuzz", "20%", one, other, "null:").stderr) / (width * height)


def _tool(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, check=False, capture_output=True, text=True)


def leave(bench: Bench, program: subprocess.Popen[bytes] | None, *, name: str) -> None:
    """Leave the window by its key; its program must end."""
    bench.screen.press("ctrl+q")
    ended = bench.wine.rest(60)
    code = program.wait(10) if program is not None and ended else 0
    bench.checks.that(f"{name}: it ends when told to", ended and code == 0, f"code {code}" if ended else "still there")
