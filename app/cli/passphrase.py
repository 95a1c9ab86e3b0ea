"""Where a command gets its passphrase: a file, the environment, or a prompt; never an argument."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.errors import FieldquillError

if TYPE_CHECKING:
    from collections.abc import Callable

VARIABLE = "FIELDQUILL_PASSPHRASE"


class NoPassphraseError(FieldquillError):
    """There is nowhere to get the passphrase from."""

    code = "cli.no-passphrase"


def passphrase_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option to read its passphrase from a file."""
    return click.option(
        "--passphrase-file",
        type=click.Path(path_type=Path, dir_okay=False),
        help=f"Read the passphrase from the first line of this file; else {VARIABLE}, else a prompt.",
    )(command)


def get_passphrase(file: Path | None, *, new: bool = False, fallback: str = "") -> str:
    """Get the passphrase.

    Args:
        file: what `--passphrase-file` named.
        new: it is for a new study: ask for it twice.
        fallback: used before prompting.

    Raises:
        NoPassphraseError: the file can't be read, or there is no terminal to ask at.
    """
    if file is not None:
        try:
            with file.open(encoding="utf-8-sig", newline="") as lines:  # editors on Windows put a mark before the text
                return lines.readline().removesuffix("\n").removesuffix("\r")
        except (OSError, UnicodeDecodeError):
            raise NoPassphraseError(f"The passphrase file {file.name} can't be read.") from None
    found = os.environ.get(VARIABLE) or fallback
    if found:
        return found
    if sys.stdin is None or not sys.stdin.isatty():
        raise NoPassphraseError(f"No passphrase: give --passphrase-file or set {VARIABLE}.")
    return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True))
