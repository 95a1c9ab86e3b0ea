"""Projects and codebooks of other programs, in and out: what can't be carried over is said before anything changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from app.cli.passphrase import get_passphrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.actions.arrival import Arrival
    from app.model.document import StudyDocument

PROJECT = ".qdpx"


def make_from(document: Path, study: Path, passphrase_file: Path | None, *, accept_loss: bool) -> None:
    """Make a study from a project.

    Raises:
        FieldquillError, ClickException: it can't be done; no study was made.
    """
    from app.actions.arrive import begin_with

    arrival = _read(document, accept_loss=accept_loss)
    begin_with(study, get_passphrase(passphrase_file, new=True), arrival, rubric="mlops-maturity")
    click.echo(f"Made {study.name} from {document.name}.")


def take_into(document: Path, study: Path, passphrase_file: Path | None, *, accept_loss: bool, into_round: str) -> None:
    """Take a project into a study.

    Raises:
        FieldquillError, ClickException: it can't be done; the study is as it was.
    """
    from app.actions.arrive import take_in
    from app.actions.open_study import OpenStudy

    arrival = _read(document, accept_loss=accept_loss)
    with OpenStudy.open(study, get_passphrase(passphrase_file)) as opened:
        done = opened.do(take_in, arrival, opened.document, into_round)
    click.echo(f"{done.label}. It is one step to undo in {study.name}.")


def _read(document: Path, *, accept_loss: bool) -> Arrival:
    """Read a project, and say what of it can't be carried over."""
    from app.exchange.refi.project import read_qdpx

    arrival = read_qdpx(document)
    if arrival.left:
        click.echo(f"{document.name} holds what can't be carried over:")
        for name, number in arrival.left:
            click.echo(f"  {number} {name}")
        if not accept_loss:
            raise click.ClickException(
                f"Nothing was changed: not all of {document.name} can be carried over; --accept-loss takes in the rest."
            )
    return arrival


def writer_for(output: Path) -> Callable[[StudyDocument, Path], None] | None:
    """Tell from a file's ending what writes it; None for study JSON."""
    return {PROJECT: _write_project, ".qdc": _write_codebook}.get(output.suffix.lower())


def _write_project(document: StudyDocument, output: Path) -> None:
    from app.analysis.todo import count
    from app.exchange.refi.project import write_qdpx

    lost = write_qdpx(document, output)
    if lost:
        click.echo(f"{count(lost, 'coding is', 'codings are')} not in it: the passages have lost their words.")


def _write_codebook(document: StudyDocument, output: Path) -> None:
    from app.exchange.refi.codebook import write_qdc

    write_qdc(document, output)
