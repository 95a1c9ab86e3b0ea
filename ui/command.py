"""The `fieldquill` command: the product's command line, given a window to open."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def main() -> None:
    """Run the command line."""
    from app.cli import main as run

    run(_open_window)


def window() -> None:
    """Run the window without a terminal, as the words it was started with have it."""
    from ui.application import main as show

    raise SystemExit(show())


def _open_window(study: Path | None, passphrase: str | None, picture: Path | None = None) -> int:
    from ui.application import main as show

    return show((), study, passphrase, picture)
