"""The `report` and `leaks` commands: write a report in any format, and say what stops one for others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import click
import msgspec

from app.actions.audit_digest import audit_digest
from app.actions.open_study import OpenStudy
from app.analysis.blind import seen_by
from app.cli.passphrase import get_passphrase
from app.cli.terminal import printable
from app.disclosure.profiles import INTERNAL, find_profile, is_for_others
from app.model.disclosure import Paper, Stage
from app.report.contents import PARTS, Chosen, choice, written
from app.report.release import LeaksError, leaks, place_words, release
from app.report.snapshot import today
from app.report.wording import count
from app.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from app.disclosure.check import Leak
    from app.model.disclosure import ReportSetup
    from app.model.document import StudyDocument
    from app.report.snapshot import AuditDigest

_AUDIT: Final = "audit"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is to be other than as the study last had it set up: the options of the command; None is as it was."""

    profile: str | None
    paper: str | None
    final: bool | None
    report_version: str | None
    recipient: str | None
    copies: int | None
    watermark: str | None
    sections: str | None
    protect_with: Path | None
    unprotected: bool

    def setup(self, usual: ReportSetup) -> ReportSetup:
        """Set a report up.

        Raises:
            click.UsageError: there is no section of that name.
        """
        asked = {
            "profile": self.profile,
            "paper": Paper(self.paper) if self.paper else None,
            "stage": None if self.final is None else Stage.FINAL if self.final else Stage.DRAFT,
            "version": self.report_version,
            "recipient": self.recipient,
            "copies": self.copies,
            "watermark": self.watermark,
            "sections": None if self.sections is None else _sections(self.sections),
            "protected": True if self.protect_with else False if self.unprotected else None,
        }
        return msgspec.structs.replace(usual, **{name: value for name, value in asked.items() if value is not None})


def _sections(names: str) -> str:
    """Read "summary, method": these sections, in this order, and no other; all where it is empty."""
    known = {part.name: part for part in PARTS}
    wanted = list(dict.fromkeys(names.replace(",", " ").split()))
    if unknown := [name for name in wanted if name not in known]:
        raise click.UsageError(f'There is no section "{unknown[0]}"; there are {", ".join(known)}.')
    others = [name for name in known if name not in wanted]
    chosen = [*(Chosen(known[name], shown=True) for name in wanted), *(Chosen(known[n], shown=False) for n in others)]
    return written(chosen) if wanted else ""


def write_report(study: Path, passphrase: str, output: Path, wanted: Wanted, *, show_leaks: bool) -> None:
    """Write a report and say what was written; what stops it is listed on stderr.

    Raises:
        FieldquillError: nothing was written.
    """
    if wanted.protect_with and wanted.unprotected:
        raise click.UsageError("Give either --protect-with or --unprotected.")
    locked = get_passphrase(wanted.protect_with) if wanted.protect_with else ""
    if wanted.protect_with and not locked:
        raise click.UsageError(f"{wanted.protect_with.name} holds no passphrase.")
    document, setup, audit = _read(study, passphrase, wanted.setup)
    try:
        day = today(document)
        made = release(document, setup, output, version=VERSION, audit=audit, issued=day, passphrase=locked)
    except LeaksError as problem:
        for leak in problem.leaks:
            click.echo(printable(_leak_line(leak, words=show_leaks)), err=True)
        raise
    for name in dict.fromkeys(_shown_name(path, output) for path in made):
        click.echo(f"Wrote {name}.")


def _read(
    study: Path, passphrase: str, changed: Callable[[ReportSetup], ReportSetup]
) -> tuple[StudyDocument, ReportSetup, AuditDigest | None]:
    """Read a study as somebody may see it who has not said who they are, and its audit trail where that is printed."""
    with OpenStudy.open(study, passphrase, read_only=True) as opened:
        setup = changed(opened.document.report)
        printed = any(shown and part.name == _AUDIT for part, shown in choice(setup.sections))
        audit = audit_digest(opened) if printed else None
        return seen_by(opened.document, ""), setup, audit


def _shown_name(path: Path, output: Path) -> str:
    """Give a file's name, or its folder's where it stands in one that was made for it."""
    return path.name if path.parent == output.parent else f"{path.parent.name}/"


def tell_leaks(study: Path, passphrase: str, profile: str | None, *, as_json: bool) -> None:
    """List what a report under a profile would tell that stays inside; as the study is set up where none is named.

    Raises:
        click.ClickException: some are open, and the profile is for others.
    """

    def changed(usual: ReportSetup) -> ReportSetup:
        return msgspec.structs.replace(usual, profile=usual.profile if profile is None else profile)

    document, setup, audit = _read(study, passphrase, changed)
    found = leaks(document, setup, version=VERSION, audit=audit)
    if as_json:
        click.echo(leaks_json(found))
    elif found:
        click.echo(leaks_text(found))
    still = sum(not leak.allowed for leak in found)
    if still and is_for_others(find_profile(document, setup.profile or INTERNAL)):
        raise click.ClickException(f"{count(still, 'leak is', 'leaks are')} open: no report for others can be written.")


def leaks_text(found: Iterable[Leak]) -> str:
    """List leaks a line each, allowed ones with the reason."""
    return "\n".join(printable(_leak_line(leak, words=True)) for leak in found)


def leaks_json(found: Iterable[Leak]) -> str:
    """List leaks as JSON."""
    told = [
        {
            "page": leak.page,
            "place": leak.place,
            "kind": str(leak.kind),
            "text": leak.text,
            "name": leak.name,
            "allowed": leak.allowed,
        }
        for leak in found
    ]
    return msgspec.json.format(msgspec.json.encode(told), indent=2).decode()


def _leak_line(leak: Leak, *, words: bool) -> str:
    """Say where a leak is and of what kind; its words only where they are asked for."""
    where = place_words(leak)
    told = f": {leak.text}" if words else ""
    allowed = f" (allowed: {leak.allowed})" if leak.allowed and words else " (allowed)" if leak.allowed else ""
    return f"{where[:1].upper()}{where[1:]}, {leak.kind}{told}{allowed}"
