"""The `fieldquill` command and its subcommands; exit 0 done, 1 failed with one line on stderr, 2 misuse."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Any, NoReturn, Protocol

import click

from app.cli.passphrase import get_passphrase, passphrase_option
from app.cli.places import STUDY, SUFFIX, require_other_place
from app.cli.reports import leaks, report
from app.cli.review import review
from app.cli.rubrics import rubrics
from app.cli.terminal import printable
from app.errors import FieldquillError
from app.version import VERSION


class OpenWindow(Protocol):
    """Opens the window on a study, or on none; with a picture wanted, only until that is taken."""

    def __call__(self, study: Path | None, passphrase: str | None, picture: Path | None = None, /) -> int:
        """Give the exit code."""


class Commands(click.Group):
    """A group that opens the window when its first word is a study instead of a command."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find the command; a word with a file's ending or a folder in it is a study to open."""
        word = args[0]
        if self.get_command(ctx, word) is None and (word.endswith(SUFFIX) or "/" in word or Path(word).exists()):
            return "open", self.get_command(ctx, "open"), args
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="Fieldquill")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Assess how mature the machine-learning operations of projects are: on site, offline, from notes.

    Without a command the window opens; `fieldquill STUDY` opens it on a study.
    """
    if ctx.invoked_subcommand is None:
        _open_window(None)


def main(open_window: OpenWindow | None = None) -> None:
    """Run the command line; what is expected to go wrong is one line on stderr.

    Args:
        open_window: opens the window on a study, or on none; without it the commands that do are refused.
    """
    from app.hardening import forbid_core_dumps

    forbid_core_dumps()
    try:
        code = cli.main(standalone_mode=False, obj=open_window)
        if sys.stdout is not None:  # a program without a terminal has none
            sys.stdout.flush()  # while what goes wrong can still be told
    except click.UsageError as problem:
        problem.show()
        sys.exit(2)
    except (click.exceptions.Abort, KeyboardInterrupt):
        _fail("Stopped.")
    except click.ClickException as problem:
        _fail(problem.format_message())
    except FieldquillError as problem:
        _fail(problem.sentence)
    except OSError as problem:
        _drop_output()
        name = Path(str(problem.filename)).name if problem.filename else "It"
        _fail(f"{name} could not be read or written ({problem.strerror or type(problem).__name__}).")
    sys.exit(code if isinstance(code, int) else 0)


def _drop_output() -> None:
    """Let what is still to be printed go, so that the interpreter does not try again, and complain, at its end."""
    with contextlib.suppress(OSError, ValueError, AttributeError), Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _fail(sentence: str) -> NoReturn:
    """Say on one line why it failed; what came from a file can't take over the terminal."""
    click.echo(printable(sentence), err=True)
    sys.exit(1)


def _open_window(study: Path | None, passphrase: str | None = None, picture: Path | None = None) -> None:
    open_window: OpenWindow | None = click.get_current_context().obj
    if open_window is None:
        raise click.ClickException("This installation has no window.")
    sys.exit(open_window(study, passphrase, picture))


@cli.command("open", hidden=True)
@click.argument("study", type=STUDY, required=False)
@click.option("--picture", type=STUDY, help="Leave a picture (PNG) of the window here, unencrypted, and end.")
@passphrase_option
def open_command(study: Path | None, picture: Path | None, passphrase_file: Path | None) -> None:
    """Open the window on STUDY, or on the start page.

    A passphrase is only taken from a file or the environment where nobody is to be there: for a picture.
    """
    if picture is not None:
        require_other_place(study, picture)
    unattended = study is not None and picture is not None
    _open_window(study, get_passphrase(passphrase_file) if unattended else None, picture)


@cli.command()
@click.argument("study", type=STUDY)
@click.option("--title", required=True, help="What the study is called.")
@click.option("--rubric", default="mlops-maturity", show_default=True, help="Id of a shipped rubric.")
@click.option("--organisation", default="", help="The organisation's name in the study, usually a pseudonym.")
@passphrase_option
def new(study: Path, title: str, rubric: str, organisation: str, passphrase_file: Path | None) -> None:
    """Make a new, empty STUDY."""
    from app.actions.create import create_study

    passphrase = get_passphrase(passphrase_file, new=True)
    create_study(study, passphrase, title=title, rubric=rubric, organisation=organisation)
    click.echo(f"Made {study.name}.")


@cli.command()
@click.argument("study", type=STUDY, required=False)
@click.option("--open", "open_it", is_flag=True, help="Open the window on it.")
@passphrase_option
def demo(study: Path | None, open_it: bool, passphrase_file: Path | None) -> None:  # noqa: FBT001 - click's way
    """Make the AutoCorp demonstration as STUDY (autocorp.fieldquill by default).

    Unless a passphrase is given, it is the documented one: autocorp demonstration.
    """
    from app.exchange.demo import DEMO_NAME, DEMO_PASSPHRASE, create_demo

    path = study or Path(DEMO_NAME)
    passphrase = get_passphrase(passphrase_file, fallback=DEMO_PASSPHRASE)
    if not (open_it and path.exists()):
        create_demo(path, passphrase)
        click.echo(f"Made {path.name}.")
    if open_it:
        _open_window(path, passphrase)


@cli.command("import")
@click.argument("document", type=STUDY)
@click.option("-o", "--output", "study", type=STUDY, help="The study file to make.")
@click.option("--into", type=STUDY, help="The study to take a project into, instead.")
@click.option("--round", "into_round", metavar="KEY", default="", help="The round its interviews go into.")
@click.option("--accept-loss", is_flag=True, help="Go on though not all of a project can be carried over.")
@passphrase_option
def import_command(
    document: Path,
    study: Path | None,
    into: Path | None,
    into_round: str,
    accept_loss: bool,  # noqa: FBT001 - click's way
    passphrase_file: Path | None,
) -> None:
    """Make a study from DOCUMENT: study JSON, or another program's project (.qdpx).

    A project can be taken into a study that is there, too. What can't be carried over is said first.
    """
    from app.actions.create import import_document
    from app.cli.refi import PROJECT, make_from, take_into
    from app.exchange.study_json import read_study

    is_project = document.suffix.lower() == PROJECT
    if (study is None) == (into is None):
        raise click.UsageError("Give either the study to make (-o) or the one to take it into (--into).")
    if into is not None and not is_project:
        raise click.UsageError("Only a project (.qdpx) can be taken into a study.")
    if into_round and into is None:
        raise click.UsageError("--round is for a study that is there: give --into, too.")
    if into is not None:
        take_into(document, into, passphrase_file, accept_loss=accept_loss, into_round=into_round)
    elif study is not None and is_project:
        make_from(document, study, passphrase_file, accept_loss=accept_loss)
    elif study is not None:
        whole = read_study(document)
        import_document(study, get_passphrase(passphrase_file, new=True), whole)
        click.echo(f"Made {study.name} from {document.name}.")


@cli.command()
@click.argument("study", type=STUDY)
@click.option("-o", "--output", type=STUDY, help="Where to write it; standard output by default.")
@passphrase_option
def export(study: Path, output: Path | None, passphrase_file: Path | None) -> None:
    """Write STUDY, unencrypted: everything in it as study JSON.

    A file that ends in .qdpx is written as a project that MAXQDA, NVivo, ATLAS.ti and QualCoder open, one in .qdc as a
    codebook.
    """
    from app.cli.refi import writer_for
    from app.exchange.study_json import encode, write_study

    require_other_place(study, output)
    document = _document(study, passphrase_file)
    if output is None:
        sys.stdout.buffer.write(encode(document))
        sys.stdout.flush()
        return
    (writer_for(output) or write_study)(document, output)
    click.echo(f"Wrote {output.name}. It is not encrypted.")


@cli.command()
@click.argument("study", type=STUDY)
@click.option("--rubric", metavar="ID", help="The rubric of the study to score against; its first by default.")
@click.option("--round", "in_round", metavar="KEY", help="The round; the last with answers by default.")
@click.option("--assessor", metavar="KEY", help="Count the answers of this assessor alone, hidden ones included.")
@click.option("--consensus", is_flag=True, help="Count the team's answers, as by default.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of a table.")
@passphrase_option
def score(
    study: Path,
    rubric: str | None,
    in_round: str | None,
    assessor: str | None,
    consensus: bool,  # noqa: FBT001 - click's way
    as_json: bool,  # noqa: FBT001
    passphrase_file: Path | None,
) -> None:
    """Derive the levels of every case in STUDY, and say what blocks the next one.

    The team's answer to a criterion is what it agreed on, else what all who answered say; where they differ it is
    unknown. Answers that assessors still hide from one another count for nobody but, with --assessor, for their own.
    """
    from app.cli.score import as_table, as_text, scored

    if assessor and consensus:
        raise click.UsageError("Give either --assessor or --consensus.")
    document = _document(study, passphrase_file)
    found = scored(document, rubric, in_round, assessor)
    click.echo(as_text(found) if as_json else as_table(document, found))


@cli.command()
@click.argument("study", type=STUDY)
@click.argument("then", metavar="R1")
@click.argument("now", metavar="R2")
@click.option("--rubric", metavar="ID", help="The rubric of the study to compare by; one that fits both by default.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of text.")
@passphrase_option
def compare(
    study: Path,
    then: str,
    now: str,
    rubric: str | None,
    as_json: bool,  # noqa: FBT001 - click's way
    passphrase_file: Path | None,
) -> None:
    """Compare the rounds R1 and R2 of STUDY: what rose, fell and became known, and the answers behind it.

    Like is compared with like: answers to the same version of a rubric, or those that a mapping carries over.
    """
    from app.cli import compare as rounds

    document = _seen(study, passphrase_file)
    found, terms = rounds.compared(document, then, now, rubric)
    click.echo(rounds.as_json(found, terms) if as_json else rounds.as_text(document, found, terms))


@cli.command()
@click.argument("study", type=STUDY)
@click.option("--case", metavar="KEY", required=True, help="The case to look at.")
@click.option("--set", "changes", metavar="CRITERION=ANSWER", multiple=True, help="An answer to suppose; repeatable.")
@click.option("--rubric", metavar="KEY", help="One of the study's rubrics; its first by default.")
@click.option("--round", "in_round", metavar="KEY", help="A round; the last with answers by default.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of a table.")
@passphrase_option
def whatif(study: Path, passphrase_file: Path | None, *, as_json: bool, **asked: Any) -> None:
    """Say what levels a case of STUDY would have, were some criteria answered otherwise; nothing is changed.

    Then say which criteria, and no fewer, bring it to the next level from there. Answers are named by their word or
    key, levels that are picked by their id. Those that assessors still hide from one another count as not given.
    """
    from app.cli import whatif as supposed

    found = supposed.look(_seen(study, passphrase_file), **asked)
    click.echo(supposed.as_json(found) if as_json else supposed.as_table(found))


@cli.command()
@click.argument("study", type=STUDY)
@click.option("--case", metavar="KEY", help="The case to trace; all by default.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON, with the words of passages in full.")
@passphrase_option
def trace(study: Path, case: str | None, as_json: bool, passphrase_file: Path | None) -> None:  # noqa: FBT001
    """Print the chain of evidence of STUDY: what each score rests on, down to the words in the notes."""
    from app.cli import trace as chain

    traced = chain.trace(_seen(study, passphrase_file), case)
    click.echo(chain.as_json(traced) if as_json else chain.as_text(traced))


@cli.command()
@click.argument("study", type=STUDY)
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of a table.")
@passphrase_option
def agreement(study: Path, as_json: bool, passphrase_file: Path | None) -> None:  # noqa: FBT001 - click's way
    """Measure how far coders and assessors agreed in STUDY.

    Of two coders Krippendorff's alpha and percent, per code and overall; of assessors' answers alpha, ordinal, per
    principle and overall. What is not revealed yet is left out.
    """
    from app.cli.agreement import as_table, as_text

    document = _seen(study, passphrase_file)
    click.echo(as_text(document) if as_json else as_table(document))


@cli.command()
@click.argument("study", type=STUDY)
@click.option("-o", "--output", type=STUDY, required=True, help="The PDF to write.")
@click.option("--interview", metavar="KEY", help="The interview it is for; its fields stay blank by default.")
@click.option("--guide", metavar="KEY", help="The guide whose questions it has; the interview's own by default.")
@click.option("--rubric", is_flag=True, help="A sheet for a case's answers instead.")
@click.option("--case", metavar="KEY", help="The case those answers are for; blank by default.")
@click.option("--page", type=click.Choice(["a4", "letter"]), default="a4", show_default=True, help="The paper.")
@click.option("--copies", type=click.IntRange(1, 99), default=1, show_default=True, help="How many sheets.")
@passphrase_option
def sheet(study: Path, output: Path, passphrase_file: Path | None, **wanted: Any) -> None:
    """Write a numbered sheet to be filled in by hand, where laptops are barred, as a PDF.

    Each sheet gets a number of its own, which STUDY keeps. Its lines are numbered, too: typed in afterwards, a note
    can say where it stood.
    """
    from app.cli.sheet import Wanted, print_sheets

    require_other_place(study, output)
    asked = Wanted(**wanted)
    asked.require_sense()
    print_sheets(study, get_passphrase(passphrase_file), output, asked)


@cli.command()
@click.argument("study", type=STUDY)
@passphrase_option
def verify(study: Path, passphrase_file: Path | None) -> None:
    """Check STUDY: the database, its references, and the audit trail; say where it breaks."""
    from app.actions.verify import problems
    from app.store.opening import open_study

    file = open_study(study, get_passphrase(passphrase_file), read_only=True)
    try:
        with file.reading():
            found = list(problems(file.connection))
            actions = 0 if found else file.connection.execute("SELECT count(*) FROM audit").fetchone()[0]
    finally:
        file.close()
    if found:
        for problem in found:
            click.echo(problem)
        count = "1 problem" if len(found) == 1 else f"{len(found)} problems"
        raise click.ClickException(f"{study.name} is not sound: {count}.")
    click.echo(f"{study.name} is sound: {actions} {'action' if actions == 1 else 'actions'} accounted for.")


@cli.group()
def codebook() -> None:
    """Write a study's codebook for a spreadsheet or another program, and take in codes from one."""


@codebook.command("export")
@click.argument("study", type=STUDY)
@click.option("-o", "--output", type=STUDY, required=True, help="The .qdc, .csv or .xlsx file to write.")
@passphrase_option
def codebook_export(study: Path, output: Path, passphrase_file: Path | None) -> None:
    """Write the codes of STUDY with their definitions, unencrypted."""
    from app.cli.codebook import export_codebook

    require_other_place(study, output)
    export_codebook(_document(study, passphrase_file), output)


@codebook.command("import")
@click.argument("study", type=STUDY)
@click.argument("file", type=STUDY)
@passphrase_option
def codebook_import(study: Path, file: Path, passphrase_file: Path | None) -> None:
    """Add the codes of a REFI-QDA or CSV FILE to STUDY; what the study has already stays, and gets what it lacks."""
    from app.cli.codebook import import_codebook

    import_codebook(study, file, get_passphrase(passphrase_file))


cli.add_command(rubrics)
cli.add_command(report)
cli.add_command(leaks)
cli.add_command(review)


@cli.command("about")
@click.option("--sbom", is_flag=True, help="Write the package's list of parts (SBOM, CycloneDX JSON) instead.")
def about_command(sbom: bool) -> None:  # noqa: FBT001 - click's way
    """Say which version this is, how it was built, and what parts it is made of under which licences."""
    from app import about
    from app.cli.about import as_text

    if sbom:
        sys.stdout.buffer.write(about.sbom())
        sys.stdout.flush()
    else:
        click.echo(as_text())


@cli.command()
def schema() -> None:
    """Print the JSON Schema of study JSON."""
    from app.exchange.study_json import study_schema

    click.echo(study_schema(), nl=False)


def _document(study: Path, passphrase_file: Path | None) -> Any:
    """Read a whole study, without getting in the way of a window that has it open."""
    from app.actions.open_study import OpenStudy

    with OpenStudy.open(study, get_passphrase(passphrase_file), read_only=True) as opened:
        return opened.document


def _seen(study: Path, passphrase_file: Path | None) -> Any:
    """Read a study as somebody may see it who has not said who they are: answers not revealed stay out."""
    from app.analysis.blind import seen_by

    return seen_by(_document(study, passphrase_file), "")
