"""Make the two small programs that start Fieldquill on Windows, with icons, version and manifest."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Final, NamedTuple

from bundle.icons import draw_banner, draw_icon
from bundle.nsis import numbers
from bundle.staging import BUILD, ROOT, date_all, version

if TYPE_CHECKING:
    from pathlib import Path

SOURCES: Final = ROOT / "packaging" / "windows"


class Launcher(NamedTuple):
    """One of the programs: its file, what the system says it is, and how it is compiled."""

    file: str
    about: str
    options: tuple[str, ...]


LAUNCHERS: Final = (
    Launcher("Fieldquill.exe", "Fieldquill", ("-mwindows", "-DWINDOW")),
    Launcher("fieldquill-cli.exe", "Fieldquill at the command line", ("-mconsole",)),
)


def make(target: Path) -> None:
    """Compile both programs into a folder; without runtime libraries of the compiler, and without its dates."""
    work = BUILD / "windows" / "launcher"
    work.mkdir(parents=True, exist_ok=True)
    mark = ROOT / "resources" / "icons" / "fieldquill.svg"
    draw_icon(mark, work / "fieldquill.ico")
    draw_banner(mark, work / "banner.bmp")
    draw_icon(SOURCES / "study.svg", work / "study.ico")
    for name in ("launcher.rc", "launcher.manifest", "launcher.c"):
        shutil.copy(SOURCES / name, work / name)
    date_all(work)  # NSIS keeps the banner's date
    for launcher in LAUNCHERS:
        (work / "launcher.h").write_text(header(launcher, version()), "ascii")
        _tool(work, "windres", "launcher.rc", "-O", "coff", "-o", "launcher.res")
        _tool(
            work,
            "gcc",
            *("-Os", "-s", "-Wall", "-Wextra", "-Werror", "-municode", "-static", *launcher.options),
            *("-Wl,--no-insert-timestamp,--dynamicbase,--nxcompat,--high-entropy-va", "launcher.c", "launcher.res"),
            *("-lshell32", "-o", str(target / launcher.file)),
        )


def header(launcher: Launcher, words: str) -> str:
    """Give what the resource script includes: names and the version, once as text and once as four numbers."""
    lines = {
        "VERSION_NUMBERS": numbers(words).replace(".", ","),
        "VERSION_TEXT": f'"{words}"',
        "DESCRIPTION": f'"{launcher.about}"',
        "INTERNAL_NAME": f'"{launcher.file.removesuffix(".exe")}"',
        "FILE_NAME": f'"{launcher.file}"',
    }
    return "".join(f"#define {name} {value}\n" for name, value in lines.items())


def _tool(folder: Path, name: str, *words: str) -> None:
    """Run a tool of mingw-w64 in a folder; the compiler's own files are named by chance, so not kept."""
    quiet = {**os.environ, "LC_ALL": "C.UTF-8"}
    subprocess.run([f"x86_64-w64-mingw32-{name}", *words], check=True, cwd=folder, env=quiet)
