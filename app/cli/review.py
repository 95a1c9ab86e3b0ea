"""The `review` commands: packs for insiders and read-back sheets out, and what was filled in back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from app.cli.passphrase import get_passphrase, passphrase_option
from app.cli.places import STUDY, require_other_place

if TYPE_CHECKING:
    from pathlib import Path


@click.group()
def review() -> None:
    """Let insiders check results, and people what was noted of them: write what they fill in, and read it back."""


@review.command("prepare")
@click.argument("study", type=STUDY)
@click.option("-o", "--output", type=STUDY, required=True, help="The PDF to write.")
@click.option("--reviewer", metavar="KEY", required=True, help="The participant who reviews.")
@click.option("--case", "cases", metavar="KEY", multiple=True, help="A case to review; repeatable; all by default.")
@click.option("--round", "in_round", metavar="KEY", help="The round; the last with answers by default.")
@click.option("--rubric", metavar="KEY", help="One of the study's rubrics; its first by default.")
@click.option("--profile", default="client", show_default=True, help="What the pack may show.")
@click.option(
    "--back-by",
    "--by",
    "back_by",
    metavar="DATE",
    default="",
    help="By when it is to be given back: a day such as 2022-10-31, or words that are printed as they are.",
)
@passphrase_option
def review_prepare(study: Path, output: Path, passphrase_file: Path | None, **wanted: Any) -> None:
    """Prepare a review of STUDY: write a pack with every result of the cases, to fill in with a PDF reader or by hand.

    The pack gets a number of its own, which STUDY keeps with what was shown.
    """
    from app.cli.reviewing import Wanted, prepare

    require_other_place(study, output)
    prepare(study, get_passphrase(passphrase_file), output, Wanted(**wanted))


@review.command("read")
@click.argument("study", type=STUDY)
@click.argument("file", type=STUDY)
@passphrase_option
def review_read(study: Path, file: Path, passphrase_file: Path | None) -> None:
    """Take the answers of a filled pack FILE into STUDY, and say what is to be settled."""
    from app.cli.reviewing import read

    read(study, get_passphrase(passphrase_file), file)


@review.command("read-back")
@click.argument("study", type=STUDY)
@click.option("-o", "--output", type=STUDY, required=True, help="The PDF to write.")
@click.option("--interview", metavar="KEY", required=True, help="The interview.")
@click.option("--participant", metavar="KEY", required=True, help="Whose statements in it.")
@passphrase_option
def review_read_back(study: Path, output: Path, interview: str, participant: str, passphrase_file: Path | None) -> None:
    """Write a numbered sheet with what one person of STUDY said in an interview, to correct and sign on paper."""
    from app.cli.reviewing import read_back

    require_other_place(study, output)
    read_back(study, get_passphrase(passphrase_file), output, interview, participant)
