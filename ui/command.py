"""The `fieldquill` command: the product's command line, given a window to open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli import main as run

if TYPE_CHECKING:
    from pathlib import Path


def main() -> None:
    """Run the command line."""
    run(_open_window)


def window() -> None:
    """Run the window without a terminal."""
    raise SystemExit(_open_window(None, None))


def _open_window(study: Path | None, passphrase: str | None, picture: Path | None = None) -> int:
    from ui.application import main as show

    return show(() if study or picture else None, study, passphrase, picture)
