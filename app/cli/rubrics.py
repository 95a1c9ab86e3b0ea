"""The `rubrics` commands: what comes with the product, whether a file is a rubric, and how two rubrics are mapped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.rubric import Rubric
    from app.rubric.mapping import RubricMapping

FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def rubrics() -> None:
    """List, show and check rubrics, and map one to another."""


@rubrics.command("list")
def rubrics_list() -> None:
    """List the rubrics that come with the product."""
    from app.rubric import library

    for key in library.shipped():
        rubric = library.load(key)
        click.echo(f"{key}  {rubric.version}  {rubric.title}")


@rubrics.command("show")
@click.argument("rubric_id", metavar="ID")
def rubrics_show(rubric_id: str) -> None:
    """Print the rubric ID as its YAML file has it."""
    from app.rubric import library

    click.echo(library.text(rubric_id), nl=False)


@rubrics.command("check")
@click.argument("file", type=FILE)
def rubrics_check(file: Path) -> None:
    """Check a rubric FILE; name the line where it goes wrong."""
    from app.rubric.load import read_rubric

    rubric = read_rubric(file)
    count = sum(len(principle.criteria) for principle in rubric.principles)
    click.echo(f"{file.name} is a rubric: {len(rubric.principles)} principles, {count} criteria.")


@rubrics.command("lint")
@click.argument("file", type=FILE)
def rubrics_lint(file: Path) -> None:
    """Say what makes a rubric FILE hard to use: levels out of reach, closed questions, statements that deny."""
    from app.cli.rubric_lint import lint_file

    lint_file(file)


@rubrics.command("map")
@click.argument("source", metavar="A")
@click.argument("target", metavar="B")
@click.argument("file", type=FILE)
def rubrics_map(source: str, target: str, file: Path) -> None:
    """Check the mapping FILE, by which answers in rubric A propose answers in rubric B, and say what it covers.

    Where there is no FILE, a draft is written: entries for criteria of the same id, and as comments what comes closest
    by its words. A and B are ids of shipped rubrics, or files.
    """
    from app.rubric.load import read_mapping

    between = _rubric(source), _rubric(target)
    if file.exists():
        click.echo("\n".join(_covered(read_mapping(file, between), *between, file.name)))
    else:
        _draft(*between, file)


def _rubric(word: str) -> Rubric:
    """The shipped rubric with that id, or the one in that file."""
    from app.rubric import library
    from app.rubric.load import read_rubric

    path = Path(word)
    is_file = word not in library.shipped() and (bool(path.suffix) or path.exists())
    return read_rubric(path) if is_file else library.load(word)


def _covered(mapping: RubricMapping, source: Rubric, target: Rubric, name: str) -> list[str]:
    """What a mapping proposes and what it leaves out, in the rubrics' order."""
    reached = [criterion.id for criterion in target.criteria if criterion.id in mapping.targets_reached]
    missed = [criterion.id for criterion in target.criteria if criterion.id not in mapping.targets_reached]
    unused = [criterion.id for criterion in source.criteria if criterion.id not in mapping.sources_used]
    return [
        f"{name} maps {source.id} {source.version} to {target.id} {target.version}.",
        *_listed(f"Proposed in {target.id}", reached, len(target.criteria)),
        *_listed(f"Not proposed in {target.id}", missed, len(target.criteria)),
        *_listed(f"Not used from {source.id}", unused, len(source.criteria)),
    ]


def _listed(head: str, ids: Iterable[str], of: int) -> list[str]:
    from app.analysis.todo import count

    listed = [f"  {each}" for each in ids]
    return [f"{head}: {len(listed)} of {count(of, 'criterion', 'criteria')}", *listed]


def _draft(source: Rubric, target: Rubric, file: Path) -> None:
    from app.analysis.todo import count
    from app.exchange.files import write_export
    from app.rubric.drafting import draft_mapping

    if file.suffix.lower() not in (".yaml", ".yml"):
        raise click.UsageError(f"{file.name} is no .yaml file; name one to write.")
    draft = draft_mapping(source, target)
    write_export(file, draft.text.encode())
    entries = count(draft.entries, "entry", "entries")
    suggested = count(draft.suggested, "suggestion", "suggestions")
    click.echo(f"Wrote {file.name}, a draft: {entries}, {suggested} in comments. Its notes are still to be written.")
