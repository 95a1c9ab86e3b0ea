"""Where commands read and write: what a study's file is called, and that nothing else is written over one."""

from __future__ import annotations

from pathlib import Path

import click

SUFFIX = ".fieldquill"
STUDY = click.Path(path_type=Path, dir_okay=False)


def require_other_place(study: Path, output: Path | None) -> None:
    """Refuse to write over a study: what is written is not one."""
    same = output is not None and output.exists() and study.exists() and output.samefile(study)
    if output is not None and (same or output.suffix == SUFFIX):
        raise click.UsageError(f"{output.name} is a study's name; name another file to write.")
