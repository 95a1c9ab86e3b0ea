"""Write the manual page of the `fieldquill` command from its own help, so that the page can't differ from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAIL: Final = """
.SH EXIT STATUS
0 where it is done, 1 where it failed (one line says why), 2 where it was called the wrong way.
.SH ENVIRONMENT
.TP
.B FIELDQUILL_PASSPHRASE
The passphrase of the study; without it, and without \\-\\-passphrase\\-file, it is asked for.
.SH SEE ALSO
.BR fieldquill\\-gui (1)
"""


def page(command: click.Group, *, name: str, version: str, date: str) -> str:
    """Write a page in section 1, in the language of man(7).

    Args:
        command: the command, with all that is under it.
        name: what it is called.
        version: the product's.
        date: of the page, as 2026-11-26.
    """
    context = click.Context(command, info_name=name)
    summary = command.get_short_help_str(200).rstrip(".")
    lines = [
        f'.TH {name.upper()} 1 "{date}" "Fieldquill {version}" "User Commands"',
        *(".SH NAME", f"{name} \\- {plain(summary[:1].lower() + summary[1:])}"),
        *(".SH SYNOPSIS", *_synopsis(context)),
        *(".SH DESCRIPTION", *_paragraphs(command.help or "")),
        *(".SH OPTIONS", *_options(context)),
        *(".SH COMMANDS", *_commands(context)),
    ]
    return "\n".join(lines) + _TAIL


def plain(words: str) -> str:
    """Keep words from being read as commands of the page."""
    safe = words.replace("\\", "\\e").replace("-", "\\-").replace("`", "'")
    return f"\\&{safe}" if safe.startswith((".", "'")) else safe


def _commands(context: click.Context) -> Iterator[str]:
    """Describe what is under a command, and what is under that."""
    group = context.command
    assert isinstance(group, click.Group)  # noqa: S101 - the only kind this is called with
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        inside = click.Context(command, info_name=name, parent=context)
        yield f'.SS "{plain(inside.command_path)}"'
        yield from _synopsis(inside)
        yield ".PP"
        yield from _paragraphs(command.help or "")
        yield from _options(inside)
        if isinstance(command, click.Group):
            yield from _commands(inside)


def _synopsis(context: click.Context) -> Iterator[str]:
    """Say in which form a command is called."""
    yield f".B {plain(context.command_path)}"
    yield plain(" ".join(context.command.collect_usage_pieces(context)))


def _paragraphs(text: str) -> Iterator[str]:
    """Set a help text, whose paragraphs are divided by empty lines."""
    for number, paragraph in enumerate(re.split(r"\n\s*\n", text.strip())):
        if number:
            yield ".PP"
        yield plain(" ".join(paragraph.replace("\b", "").split()))


def _options(context: click.Context) -> Iterator[str]:
    """List a command's options with what each is for."""
    for parameter in context.command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None:
            yield from (".TP", f".B {plain(record[0])}", plain(" ".join(record[1].split())))
