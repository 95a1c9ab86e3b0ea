"""Folders people start from; nothing about them is ever kept."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ENDING: Final = ".fieldquill"


def studies_folder() -> Path:
    """Give the folder studies are kept in unless somebody chooses another; it may not exist yet."""
    import platformdirs

    return Path(platformdirs.user_documents_dir()) / "Fieldquill"


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

    wanted = [("Studies", studies_folder()), ("Home", Path.home())]
    for volume in QStorageInfo.mountedVolumes():
        root = Path(volume.rootPath())
        if volume.isReady() and _is_medium(root):
            wanted.append((volume.name() or root.name or str(root), root))
    return [(name, path) for name, path in wanted if path.is_dir()]


def _is_medium(root: Path) -> bool:
    """Whether a mounted folder is a stick, a disk of its own or a drive, and no part of the system."""
    if root.drive:
        return root != Path(Path.home().anchor)
    return root.parts[1:2] in {("media",), ("Volumes",)} or root.parts[1:3] == ("run", "media")
