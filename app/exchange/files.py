"""Write a file so that it is there whole or not at all."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING
from uuid import uuid4

from app.store.inspection import put_in_place

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the place, wait until the medium holds it, then take the place.

    Raises:
        OSError: it can't be written; what stood there still stands.
    """
    draft = path.with_name(f"{path.name}.{uuid4().hex[:8]}.part")
    try:
        draft.write_bytes(content)
        put_in_place(draft, path)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
