"""The `codebook` commands: write a study's codes for a spreadsheet or another program, and take in those made there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from app.cli.terminal import printable

if TYPE_CHECKING:
    from pathlib import Path

    from app.model.document import StudyDocument


def export_codebook(document: StudyDocument, path: Path) -> None:
    """Write a codebook as what the file's name ends in: REFI-QDA, CSV or XLSX.

    Raises:
        ExportError: it can't be written.
        UsageError: the file's name ends otherwise.
    """
    from app.exchange.codebook import codebook_table, write_codebook_csv
    from app.exchange.refi.codebook import write_qdc
    from app.exchange.tables import write_xlsx

    kind = path.suffix.lower()
    if kind == ".xlsx":
        write_xlsx(path, [codebook_table(document)])
    elif kind == ".csv":
        write_codebook_csv(document, path)
    elif kind == ".qdc":
        write_qdc(document, path)
    else:
        raise click.UsageError(f"{path.name} is no .qdc, .csv or .xlsx file; name one of these to write.")
    click.echo(f"Wrote {path.name}. It is not encrypted.")


def import_codebook(study: Path, path: Path, passphrase: str) -> None:
    """Add the codes of a REFI-QDA codebook or a CSV file to a study; what can't be carried over is named before.

    Raises:
        FieldquillError: a file can't be read or is no codebook, or the study can't be changed; it is as it was.
    """
    from app.actions.codebook import take_in_codes
    from app.actions.open_study import OpenStudy
    from app.analysis.todo import count
    from app.exchange.codebook import read_codebook_csv
    from app.exchange.refi.codebook import read_qdc

    with OpenStudy.open(study, passphrase, read_only=True) as seen:  # a file that is refused changes no byte
        codes, left = read_qdc(path) if path.suffix.lower() == ".qdc" else read_codebook_csv(path, seen.document)
    for name, number in left:
        click.echo(printable(f"Not carried over: {name} ({number})."))
    with OpenStudy.open(study, passphrase) as opened:
        before = len(opened.document.codes)
        opened.do(take_in_codes, codes)
        made = len(opened.document.codes) - before
    there = len(codes) - made
    known = f"; {count(there, 'was', 'were')} there already" if there else ""
    click.echo(f"Added {count(made, 'code', 'codes')} of {path.name} to {study.name}{known}.")
