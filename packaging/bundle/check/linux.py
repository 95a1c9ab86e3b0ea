"""Try the packages for Linux as their users would: install, use, look at and remove the .deb; move the tar.xz about."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING, Final

from bundle.check import opened
from bundle.check.checkout import PASSPHRASE, ROWS, STUDY, WORK, by_checkout
from bundle.check.debian_root import HOME, DebianRoot, why_not
from bundle.check.screen import Screen
from bundle.staging import emptied, files_below, sha256, version

if TYPE_CHECKING:
    from pathlib import Path

    from bundle.check.outcome import Checks

DEB: Final = opened.DEB.path
TAR: Final = opened.TAR.path
_REPORT: Final = "Bericht.pdf"
_REPORTS: Final = tuple(("report", STUDY, "-o", name) for name in (_REPORT, "report.docx", "report.xlsx"))
"""In every format that has files of a library's to read."""
_PAGES: Final = (("ctrl+1", "overview", 2.0), ("ctrl+5", "results", 3.0), ("ctrl+8", "report", 8.0))
"""The key of a page, its name, and how long it may look idle, in s; results have curves, which want OpenGL's part."""


def run(checks: Checks) -> None:
    """Try both packages."""
    if not checks.that("both packages for Linux are in dist", DEB.exists() and TAR.exists()):
        return
    check_deb_itself(checks)
    check_archive(checks)
    reason = why_not()
    if reason:
        checks.not_run("the .deb on a Debian of its own", reason)
        return
    with DebianRoot(WORK / "debian") as root:
        check_installed(checks, root)


def check_deb_itself(checks: Checks) -> None:
    """Ask Debian's and the desktops' own tools what they think of the .deb."""
    takes = int(_ran("dpkg-deb", "--field", DEB, "Installed-Size").stdout) * 1024 / 1e6
    checks.that(
        f"installed it takes no more than {opened.INSTALLED} MB, as dpkg counts",
        takes <= opened.INSTALLED,
        f"{takes:.1f} MB",
    )
    laid_out = emptied(WORK / "deb")
    subprocess.run(["dpkg-deb", "--extract", DEB, laid_out], check=True)
    share = laid_out / "usr" / "share"
    _passes(checks, "lintian", "--allow-root", "--fail-on", "error,warning", DEB)
    _passes(checks, "desktop-file-validate", share / "applications" / "fieldquill.desktop")
    _passes(checks, "appstreamcli", "validate-tree", "--no-net", laid_out)
    manual = share / "man" / "man1" / "fieldquill.1.gz"
    said = _ran("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", manual).stderr
    checks.that("man finds nothing wrong with the manual page", said == "", said[:200])


def check_archive(checks: Checks) -> None:
    """Run the tar.xz in a folder whose name is not plain, then in another."""
    first, second = emptied(WORK / "linux") / "Prüf Ördner $1", WORK / "linux" / "verschoben 100%"
    first.mkdir()
    subprocess.run(["tar", "-C", first, "-xJf", TAR], check=True)
    name = f"fieldquill-{version()}"
    home = WORK / "linux" / "home"
    home.mkdir()
    made = _run(first / name / "fieldquill", "demo", STUDY, home=home)
    checks.that("the unpacked program makes AutoCorp's study", made.returncode == 0, _last(made))
    first.rename(second)
    moved = _run(second / name / "fieldquill", "report", STUDY, "-o", _REPORT, home=home)
    checks.that("it makes the report after its folder was moved", moved.returncode == 0, _last(moved))
    compare_report(checks, home)
    checked = _run(second / name / "fieldquill", "verify", STUDY, home=home)
    checks.that("it verifies the study", checked.returncode == 0, _last(checked))
    check_menu(checks, second / name, home)


def check_menu(checks: Checks, program: Path, home: Path) -> None:
    """Put the unpacked program into somebody's menu, start it from there, and take it out."""
    data = home / "data"
    before = set(files_below(home))
    added = _run(program / "install-for-me", home=home, XDG_DATA_HOME=str(data))
    entry = data / "applications" / "fieldquill.desktop"
    checks.that("install-for-me makes a menu entry", added.returncode == 0 and entry.exists(), _last(added))
    _passes(checks, "desktop-file-validate", entry)
    started = _run(*started_by(entry.read_text("utf-8")), "--measure-start", home=home)
    checks.that("the menu entry starts the window", started.stdout.startswith("shown"), _last(started))
    removed = _run(program / "install-for-me", "--remove", home=home, XDG_DATA_HOME=str(data))
    left = {path for path in files_below(home) if "fieldquill" in path.name} - before
    left |= {path for path in data.rglob("*") if path.is_dir() and not any(path.iterdir())}
    figure = ", ".join(sorted(path.name for path in left))
    checks.that("install-for-me --remove leaves nothing of it", removed.returncode == 0 and not left, figure)


def started_by(entry: str) -> list[str]:
    """Read the command of a desktop entry, without the file it may be given.

    Source: https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html
    """
    line = next(line for line in entry.splitlines() if line.startswith("Exec="))
    value = line.removeprefix("Exec=").replace("\\\\", "\\")
    found = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', value)
    words = [re.sub(r"\\(.)", r"\1", quoted) or plain for quoted, plain in found]
    return [word.replace("%%", "%") for word in words if word != "%f"]


def check_installed(checks: Checks, root: DebianRoot) -> None:
    """Install the .deb, use it as somebody without rights, and purge it."""
    root.run("apt-get", "update", "--quiet")
    before = root.files()
    (root.folder / "tmp" / DEB.name).write_bytes(DEB.read_bytes())
    done = root.run("apt-get", "install", "--yes", "--quiet", "--no-install-recommends", f"/tmp/{DEB.name}")  # noqa: S108
    fine = done.returncode == 0
    if not checks.that("apt installs the .deb and what it depends on", fine, "" if fine else done.stderr[-300:]):
        return
    use(checks, root)
    with Screen() as screen:
        look(checks, root, screen)
    done = root.run("apt-get", "purge", "--yes", "--quiet", "--auto-remove", "fieldquill")
    left = sorted(root.files() - before)
    ours = [path for path in left if "fieldquill" in path.casefold()]
    checks.that("purging it leaves nothing of it", done.returncode == 0 and not ours, " ".join(ours[:5]))
    checks.that("nor of what it brought", not left, f"{len(left)} files {' '.join(left[:5])}")


def use(checks: Checks, root: DebianRoot) -> None:
    """Make study and report with the installed program, and verify the study, as an ordinary user."""
    for words in (("demo", STUDY), *_REPORTS, ("verify", STUDY)):
        started = root.begin("fieldquill", *words, **PASSPHRASE)
        said, _ = started.communicate()
        checks.that(f"the installed program does {words[0]}", started.returncode == 0, said.strip()[-200:])
    compare_report(checks, root.folder / HOME)


def look(checks: Checks, root: DebianRoot, screen: Screen) -> None:
    """Open the installed program's window on the study, and keep a picture of it."""
    settings = PASSPHRASE | {"DISPLAY": screen.display}
    window = root.begin("fieldquill", "demo", STUDY, "--open", **settings)
    number = screen.window("Fieldquill")
    if checks.that("the installed program opens its window on X11", bool(number)):
        screen.focus(number)
        for key, page, still in _PAGES:
            screen.press(key)
            rows = screen.picture(WORK / f"linux-{page}.png", number, still)
            checks.that(f"its window shows {page}", rows >= ROWS, f"{rows} rows with something in them")
    window.terminate()
    said, _ = window.communicate()
    checks.that("it complains of nothing", said.strip() == "", said.strip()[-300:])


def compare_report(checks: Checks, folder: Path) -> None:
    """Have the checkout make the same report from the same study."""
    ran = by_checkout("report", STUDY, "-o", "source.pdf", folder=folder)
    same = ran.code == 0 and sha256(folder / "source.pdf") == sha256(folder / _REPORT)
    checks.that("its report is, byte for byte, what the checkout makes of the study", same, ran.said[-200:])


def _run(*words: str | Path, home: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a program as somebody whose folder is `home`, who has nothing of the checkout around."""
    around = {"HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        words, check=False, cwd=home, env=around | PASSPHRASE | settings, capture_output=True, text=True
    )


def _ran(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, check=False, capture_output=True, text=True)


def _passes(checks: Checks, *words: str | Path) -> None:
    """Hold one of the system's tools to finding nothing wrong."""
    done = _ran(*words)
    checks.that(f"{words[0]} finds nothing wrong", done.returncode == 0, (done.stdout + done.stderr).strip()[-600:])


def _last(done: subprocess.CompletedProcess[str]) -> str:
    """Give the end of what a program said."""
    return (done.stdout + done.stderr).strip()[-200:]
