"""The `rubrics lint` command: what makes a sound rubric hard to use, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from app.analysis.todo import count
from app.cli.terminal import printable

if TYPE_CHECKING:
    from pathlib import Path


def lint_file(file: Path) -> None:
    """Say what is worth a second look in a rubric file; notes come with the rest.

    Raises:
        RubricError: it is no rubric; says what and in which line.
        OSError: it can't be read.
    """
    from app.rubric.document import read_document
    from app.rubric.lint import lint
    from app.rubric.load import decode_rubric, read_text

    text = read_text(file)
    remarks = lint(decode_rubric(text, file.name))
    document = read_document(text, file.name)
    for remark in sorted(remarks, key=lambda each: document.line_of(each.path)):
        note = "note: " if remark.note else ""
        click.echo(printable(f"{file.name}, line {document.line_of(remark.path)}: {note}{remark.sentence}"))
    mend = sum(not remark.note for remark in remarks)
    click.echo(f"{file.name}: {count(mend, 'thing', 'things')} to mend." if mend else f"{file.name}: nothing to mend.")
