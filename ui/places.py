"""Folders people start from, of which nothing is ever kept, and the one file that settings are kept in."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Final

from app.paths import portable_folder

ENDING: Final = ".fieldquill"
_DATA, _STUDIES = "Data", "Studies"  # in the folder of a portable program


def settle() -> None:
    """Have all libraries look for a person's files where we do; before any of Qt is made.

    Where HOME is not set, Qt takes the top of the file system for somebody's home, and Python asks the system. A
    portable program's font cache is its own, too; and it speaks over the session's bus, but starts none where there is
    no session, since who starts one leaves its address in the home.
    """
    if os.name != "posix":
        return
    if not os.environ.get("HOME"):
        os.environ.pop("HOME", None)
        with contextlib.suppress(RuntimeError):  # the system does not know who this is
            os.environ["HOME"] = str(Path.home())
    portable = portable_folder()
    if portable is not None:
        os.environ["XDG_CACHE_HOME"] = str(portable / _DATA / "Cache")
        os.environ.setdefault("DBUS_SESSION_BUS_ADDRESS", "unix:runtime=yes")


def home() -> Path:
    """Give a person's own folder; the top of the file system where the system knows of none."""
    try:
        return Path.home()
    except RuntimeError:
        return Path(os.sep).absolute()


def settings_file() -> Path:
    """Give the file that settings are kept in; it may not exist yet."""
    portable = portable_folder()
    if portable is not None:
        return portable / _DATA / "settings.ini"
    from PySide6.QtCore import QStandardPaths

    kept = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(kept) / "Fieldquill" / "settings.ini"


def studies_folder() -> Path:
    """Give the folder studies are kept in unless somebody chooses another; it may not exist yet."""
    portable = portable_folder()
    if portable is not None:
        return portable / _STUDIES
    import platformdirs

    return Path(platformdirs.user_documents_dir()) / "Fieldquill"


def studies_words() -> str:
    """Say where the studies' folder is, as people call it."""
    return (
        "in the folder Studies beside the program"
        if portable_folder()
        else "in the folder Fieldquill of your documents"
    )


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, for a study.

    Raises:
        ReadOnlyMedium: it can't be made.
    """
    from app.store.errors import ReadOnlyMedium

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise ReadOnlyMedium(f"The folder {folder.name} can't be made here ({reason}); choose another.") from None


def typed(words: str, folder: Path) -> Path:
    """Give the path that somebody typed while `folder` was shown; "~" is their own folder."""
    path = Path(words.strip())
    with contextlib.suppress(RuntimeError):  # "~name" of somebody who is not known
        path = path.expanduser()
    return folder / path


def studies_in(folder: Path) -> list[Path]:
    """List the study files of a folder, the last changed first; empty where it can't be read."""
    try:
        found = [(path.stat().st_mtime, path) for path in folder.glob(f"*{ENDING}") if path.is_file()]
    except OSError:
        return []
    return [path for _when, path in sorted(found, reverse=True)]


def starting_places() -> list[tuple[str, Path]]:
    """List folders to start from that exist, with their names: studies, home, and what is mounted."""
    from PySide6.QtCore import QStorageInfo

    wanted = [("Studies", studies_folder()), ("Home", home())]
    for volume in QStorageInfo.mountedVolumes():
        root = Path(volume.rootPath())
        if volume.isReady() and _is_medium(root):
            wanted.append((volume.name() or root.name or str(root), root))
    return [(name, path) for name, path in wanted if path.is_dir()]


def _is_medium(root: Path) -> bool:
    """Whether a mounted folder is a stick, a disk of its own or a drive, and no part of the system."""
    if root.drive:
        return root != Path(home().anchor)
    return root.parts[1:2] in {("media",), ("Volumes",)} or root.parts[1:3] == ("run", "media")
