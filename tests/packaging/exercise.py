"""Use much of the program, and write which installed files it read to FOLDER/read.txt: python exercise.py FOLDER."""

import importlib
import os
import pkgutil
import sys
import sysconfig
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder
from pathlib import Path

from bundle.recipe import IMPORTS, wanted
from tests.keys import QUICK, keys_derived_in

SITE = sysconfig.get_path("purelib")
READ: set[str] = set()


class AbsentFinder(MetaPathFinder):
    """Finds no installed module that packages leave out, so that all the rest must do without it."""

    def find_spec(self, fullname, path=None, target=None):
        spec = PathFinder.find_spec(fullname, path, target)
        origin = (spec and spec.origin) or ""
        if origin.startswith(f"{SITE}/") and left_out(origin.removeprefix(f"{SITE}/")):
            raise ModuleNotFoundError(f"No module named {fullname!r} (packages leave it out)", name=fullname)


def left_out(path):
    """Whether a file of a wheel for Linux, or the one of its name in the wheel for Windows, goes into no package."""
    there = on_windows(path)
    return not wanted(path, "linux") or bool(there and not wanted(there, "windows"))


def on_windows(path):
    """Give the name that a file of a wheel for Linux has in the one for Windows; '' where Windows has none like it."""
    if path.startswith("PySide6/QtDBus.") or ".so." in path or path.partition("/")[0].endswith(".libs"):
        return ""
    if path.startswith("PySide6/Qt/plugins/"):
        return ""  # not one by one: platforms differ
    return path.replace(".cpython-311-x86_64-linux-gnu.so", ".cp313-win_amd64.pyd").replace(".abi3.so", ".pyd")


def note_opened(event, arguments):
    """Note what is opened below the installed packages, as an audit hook."""
    if event == "open" and isinstance(arguments[0], str) and arguments[0].startswith(SITE):
        READ.add(arguments[0])


def import_all():
    """Import every module of ours and every library they import, also inside functions."""
    import app
    import ui

    for name in IMPORTS:
        importlib.import_module(name)
    for package in (app, ui):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "migrations" not in module.name and not module.name.endswith("__main__"):
                importlib.import_module(module.name)


def write_reports(study, folder):
    """Write the demonstration and its report in every format, one of them encrypted, and read the study back."""
    from app.cli import main

    words = folder / "words.txt"
    words.write_text("five quiet random words here", "utf-8")
    for line in (
        ["demo", study],
        ["report", study, "-o", folder / "a.pdf", "--protect-with", words],
        ["report", study, "-o", folder / "a.docx"],
        ["report", study, "-o", folder / "a.xlsx"],
    ):
        sys.argv = ["fieldquill", *map(str, line)]
        try:
            main()
        except SystemExit as ended:
            if ended.code:
                raise


def show_pages(study):
    """Open the window on notes and on results, whose radars need OpenGL's part of Qt."""
    from PySide6.QtWidgets import QApplication

    from app.actions.open_study import OpenStudy
    from ui.application import make_application, open_window

    application = make_application()
    window = open_window()
    window.show_study(OpenStudy.open(study, os.environ["FIELDQUILL_PASSPHRASE"]))
    window.resize(1280, 800)
    for page in ("interviews", "results"):
        window.workspace.show_page(page)
        QApplication.processEvents()
        window.grab()
    window.close()
    del application


def mapped():
    """List the installed libraries that the process has loaded, Qt's own among them."""
    lines = Path("/proc/self/maps").read_text("utf-8").splitlines()
    return {line.split(maxsplit=5)[5] for line in lines if SITE in line}


def files_read():
    """List what was read of the installed packages: sources, libraries, data; bytecode is that of its source."""
    found = READ | mapped() | {module.__file__ for module in sys.modules.values() if getattr(module, "__file__", None)}
    inside = {Path(path).relative_to(SITE).as_posix() for path in found if path.startswith(f"{SITE}/")}
    return sorted(path for path in inside if not path.endswith(".pyc") and ".dist-info/" not in path)


def main():
    folder = Path(sys.argv[1])
    sys.addaudithook(note_opened)
    sys.meta_path.insert(0, AbsentFinder())
    study = folder / "autocorp.fieldquill"
    import_all()
    with keys_derived_in(QUICK):
        write_reports(study, folder)
        show_pages(study)
    Path(folder, "read.txt").write_text("\n".join(files_read()), "utf-8")


if __name__ == "__main__":
    main()
