"""Which edition of a report a copy is, in words: "Draft, version 1.2, copy 2 of 5"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.model.disclosure import Stage

if TYPE_CHECKING:
    from app.report.snapshot import Snapshot

_STAGES: Final = {Stage.DRAFT: "Draft", Stage.FINAL: "Final"}


def edition(snapshot: Snapshot) -> str:
    """Say whether a report is final, its own version, and which copy it is where there are several."""
    setup = snapshot.setup
    version = f"version {setup.version}" if setup.version else ""
    return ", ".join(filter(None, (_STAGES[setup.stage], version, copy_words(snapshot))))


def copy_words(snapshot: Snapshot) -> str:
    """Say which copy it is: "copy 2 of 5"; empty where there is one only."""
    copies = snapshot.setup.copies
    return f"copy {snapshot.copy} of {copies}" if copies > 1 else ""
