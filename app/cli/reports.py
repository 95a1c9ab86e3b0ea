"""The commands `report` and `leaks`: what they are asked with; `app.cli.report` does the work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from app.cli.passphrase import get_passphrase, passphrase_option
from app.cli.places import STUDY, require_other_place

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("study", type=STUDY)
@click.option("-o", "--output", type=STUDY, required=True, help="The .pdf, .docx, .xlsx or .csv to write.")
@click.option("--profile", metavar="KEY", help="What it may show: internal, client, anonymised or the study's own.")
@click.option("--paper", type=click.Choice(["a4", "letter"]), help="The paper it is set for.")
@click.option("--final/--draft", default=None, help="Whether it may still change.")
@click.option("--report-version", metavar="TEXT", help="The report's own version, such as 1.2.")
@click.option("--recipient", metavar="TEXT", help="Whom the copies are for.")
@click.option("--copies", type=click.IntRange(1, 99), help="How many numbered copies.")
@click.option("--watermark", metavar="TEXT", help="Printed large and pale across every page.")
@click.option("--sections", metavar="NAMES", help="These sections alone, in this order, divided by commas.")
@click.option("--protect-with", type=STUDY, help="Encrypt the PDF with the passphrase on this file's first line.")
@click.option("--unprotected", is_flag=True, help="Ask for no passphrase, though the study had it set up so.")
@click.option("--show-leaks", is_flag=True, help="Where names stop it, print them, too.")
@passphrase_option
def report(study: Path, output: Path, passphrase_file: Path | None, *, show_leaks: bool, **wanted: Any) -> None:
    """Write the report on STUDY: as a PDF, a Word document, a workbook of its tables or a folder of plain ones.

    What is not given is as the study last had it set up. A report for others is read for names, addresses and the like
    first: where one would be told, all are listed by their place and nothing is written.
    """
    from app.cli.report import Wanted, write_report

    require_other_place(study, output)
    write_report(study, get_passphrase(passphrase_file), output, Wanted(**wanted), show_leaks=show_leaks)


@click.command()
@click.argument("study", type=STUDY)
@click.option("--profile", metavar="KEY", help="The profile; as the study last had it by default.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of text.")
@passphrase_option
def leaks(study: Path, profile: str | None, as_json: bool, passphrase_file: Path | None) -> None:  # noqa: FBT001
    """List what the report on STUDY would tell that a profile keeps inside, with its words and where it stands."""
    from app.cli.report import tell_leaks

    tell_leaks(study, get_passphrase(passphrase_file), profile, as_json=as_json)
