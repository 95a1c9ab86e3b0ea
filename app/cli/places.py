"""Where commands read and write: what a study's file is called, and that nothing else is written over one."""

from __future__ import annotations

from pathlib import Path

import click

SUFFIX = ".fieldquill"
STUDY = click.Path(path_type=Path, dir_okay=False)


def require_other_place(study: Path | None, output: Path | None) -> None:
    """Refuse to write over a study, or a file that belongs to one: what is written is not one."""
    if output is not None and is_of_study(study, output):
        raise click.UsageError(f"{output.name} is a study's name; name another file to write.")


def is_of_study(study: Path | None, output: Path) -> bool:
    """Whether a file is a study, the one given or by its name, in whatever letters, or a part that lies beside one."""
    same = study is not None and study.exists() and output.exists() and output.samefile(study)
    return same or output.suffix.casefold().startswith(SUFFIX)
