"""Pictures of every page, light and dark, in two sizes: `python -m ui.screenshots STUDY FOLDER`.

The study's passphrase is in FIELDQUILL_PASSPHRASE, or is the demonstration's. Nothing in it is changed, and nothing
of the person who takes the pictures is in them: settings and documents are looked for in an empty folder.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.errors import FieldquillError
from app.model.source import SourceKind
from ui.picture import picture_of
from ui.theme import Choice, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.model.document import StudyDocument
    from ui.main_window.window import MainWindow
    from ui.main_window.workspace import Workspace

SIZES: Final = ((1280, 800), (1920, 1080))
_BESIDES: Final = {  # by the words their actions begin with
    "interviews": ("Capture", "Follow-ups"),
    "codes": ("Codes by principle", "Codes that meet"),
}
PARTS: Final = {  # by the page, the keys that lead to its parts
    "overview": ("rubrics",),
    "assess": ("matrix:", "differences:"),
    "results": ("criteria:", "challenges:", "time:", "plan:", "quality:"),
    "review": ("read-back:",),
    "report": ("sections", "names", "profile", "cover"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pictures; gives the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if len(words) != 2:
        sys.stderr.write("usage: python -m ui.screenshots STUDY FOLDER\n")
        return 2
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with TemporaryDirectory() as nowhere:
        os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DOCUMENTS_DIR"] = nowhere
        try:
            made = take(Path(words[0]), Path(words[1]), os.environ.get("FIELDQUILL_PASSPHRASE") or _demo_passphrase())
        except FieldquillError as problem:
            sys.stderr.write(f"{problem.sentence}\n")
            return 1
    sys.stdout.write(f"{made} pictures are in {words[1]}.\n")
    return 0


def take(study: Path, folder: Path, passphrase: str) -> int:
    """Write a picture of the start page and of every page, per theme and size; gives how many.

    Raises:
        StoreError: the study can't be opened.
    """
    from app.actions.open_study import OpenStudy
    from ui.application import make_application, open_window

    application = QApplication.instance() or make_application()
    folder.mkdir(parents=True, exist_ok=True)
    window = open_window()
    try:
        window.start.list.show_studies([study])
        shots = _start_page(window, folder)
        opened = OpenStudy.open(study, passphrase)
        if opened.document.assessors:
            opened.work_as(opened.document.assessors[0].key)
        window.show_study(opened)
        shots += _pages(window, folder)
    finally:
        window.close()
        del application
    return len(shots)


def _start_page(window: MainWindow, folder: Path) -> list[str]:
    return [_shoot(window, folder, "start", choice, size) for choice in _themes() for size in SIZES]


def _pages(window: MainWindow, folder: Path) -> list[str]:
    from ui.main_window.pages import PAGES

    workspace = window.workspace
    if workspace is None:
        return []
    made = []
    for choice in _themes():
        for size in SIZES:
            for entry in PAGES:
                _set_scene(workspace, entry.name)
                made.append(_shoot(window, folder, entry.name, choice, size))
                made += [
                    _shoot_beside(window, workspace, folder, name, choice, size)
                    for name in _BESIDES.get(entry.name, ())
                ]
        made += [
            _shoot_part(window, workspace, folder, page, key, choice) for page, keys in PARTS.items() for key in keys
        ]
    return made


def _shoot_part(window: MainWindow, workspace: Workspace, folder: Path, page: str, key: str, choice: Choice) -> str:
    """Take a picture of one of a page's parts, in the smaller size."""
    workspace.show_page(page, key)
    return _shoot(window, folder, f"{page}-{key.rstrip(':')}", choice, SIZES[0])


def _shoot_beside(
    window: MainWindow, workspace: Workspace, folder: Path, name: str, choice: Choice, size: tuple[int, int]
) -> str:
    """Take a picture of what a page shows in the place of its usual work, and go back; the key does both."""
    page = workspace.page
    action = next(each for each in page.actions() if each.text().startswith(name)) if page is not None else None
    if page is None or action is None:
        return ""
    action.trigger()
    window.setWindowState(Qt.WindowState.WindowNoState)  # a picture has its own size, full screen or not
    made = _shoot(window, folder, name.lower().replace(" ", "-"), choice, size)
    action.trigger()
    window.setWindowState(Qt.WindowState.WindowNoState)
    return made


def _set_scene(workspace: Workspace, page: str) -> None:
    """Show a page as somebody at work would have it."""
    workspace.show_page(page, _subject(workspace.desk.document, page))


def _subject(document: StudyDocument, page: str) -> str:
    """Choose what is worth looking at on a page: the interview with the most notes, the second case."""
    if page == "interviews":
        interviews = [source for source in document.sources if source.kind is SourceKind.INTERVIEW]
        return max(interviews, key=lambda source: len(source.entries)).key if interviews else ""
    if page == "factors":
        return next((f"{each.factor}/{each.case}" for each in document.influences if each.case), "")
    if page == "codes":
        return _most_used(document)
    if page in {"assess", "results"}:
        return document.cases[min(1, len(document.cases) - 1)].key if document.cases else ""
    return {"overview": "cases", "review": next((each.key for each in document.reviews), "")}.get(page, "")


def _most_used(document: StudyDocument) -> str:
    """Name the code that most passages have."""
    used = Counter(coding.code for coding in document.codings)
    return used.most_common(1)[0][0] if used else ""


def _shoot(window: MainWindow, folder: Path, name: str, choice: Choice, size: tuple[int, int]) -> str:
    theme().choose(choice)
    window.resize(*size)
    file = f"{name}-{choice}-{size[0]}.png"
    picture_of(window).save(str(folder / file))
    return file


def _themes() -> tuple[Choice, Choice]:
    return Choice.LIGHT, Choice.DARK


def _demo_passphrase() -> str:
    from app.exchange.demo import DEMO_PASSPHRASE

    return DEMO_PASSPHRASE


if __name__ == "__main__":
    sys.exit(main())
