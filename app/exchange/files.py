"""Write a file so that it is there whole or not at all, and read no more of one than it may hold."""

from __future__ import annotations

import contextlib
import os
import shutil
from typing import TYPE_CHECKING
from uuid import uuid4

from app.exchange.errors import DocumentError, ExportError
from app.store.errors import StoreError
from app.store.inspection import put_in_place, require_study_like

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path


def write_whole(path: Path, content: bytes, *, ready: Callable[[], object] = lambda: True) -> bool:
    """Write beside the place, wait until the medium holds it, then take the place; says whether it did.

    `ready` is called in between: where it gives nothing, or fails, what was written is removed again.

    Raises:
        OSError: it can't be written; what stood there still stands.
    """
    return write_all({path: content}, ready=ready)


def write_all(files: Mapping[Path, bytes], *, ready: Callable[[], object] = lambda: True) -> bool:
    """Write several files beside their places, wait until the medium holds them all, then let them take their places.

    `ready` is called in between: where it gives nothing, or fails, what was written is removed again.

    Raises:
        OSError: one can't be written; what stood there still stands, at every place.
    """
    drafts = {path: _beside(path) for path in files}
    try:
        for path, content in files.items():
            _write(drafts[path], content)
        if not ready():
            return False
        _take_places(drafts)
        return True
    finally:
        _remove(drafts.values())


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.{uuid4().hex[:8]}.part")


def _write(draft: Path, content: bytes) -> None:
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _take_places(drafts: Mapping[Path, Path]) -> None:
    """Put drafts in their places; where one can't be, give those before it back to what stood there."""
    kept: dict[Path, Path | None] = {}
    try:
        for path, draft in drafts.items():
            if len(drafts) > 1:  # one alone takes its place or does not
                kept[path] = _copied(path)
            put_in_place(draft, path)
    except OSError:
        for path, before in kept.items():
            _give_back(path, before)
        raise
    finally:
        _remove(before for before in kept.values() if before)


def _copied(path: Path) -> Path | None:
    """Copy what stands at a place to beside it; None where nothing does."""
    if not path.exists():
        return None
    copy = _beside(path)
    shutil.copyfile(path, copy)
    return copy


def _give_back(path: Path, before: Path | None) -> None:
    if before is None:
        path.unlink(missing_ok=True)
    else:
        before.replace(path)


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def write_export(path: Path, content: bytes) -> None:
    """Write a document for others, whole or not at all; never over a study.

    Raises:
        ExportError: it can't be written, or a study stands there; what stood there still stands.
    """
    if is_study(path):
        raise ExportError(f"{path.name} was not written: a study stands there and still does; choose another name.")
    try:
        write_whole(path, content)
    except OSError as problem:
        raise ExportError(f"{path.name} can't be written ({problem.strerror}); choose another place.") from None


def is_study(path: Path) -> bool:
    """Whether a file that is there can be a study: one that is plainly something else may be written over."""
    try:
        require_study_like(path)
    except (StoreError, OSError):
        return False
    return True


def read_at_most(path: Path, most: int, error: type[DocumentError] = DocumentError) -> bytes:
    """Read a document of others, or as much of it as `most` bytes.

    Raises:
        DocumentError: it can't be read; it is an `error`.
    """
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as problem:
        raise error(path.name, "", f"it can't be read ({problem.strerror})") from None
