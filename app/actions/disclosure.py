"""Settle what the leak check stopped at, and keep the profiles a report is made under."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from app.actions.errors import NotFoundError, RefusedError
from app.actions.keys import next_key
from app.actions.things import short
from app.analysis.codebook import on_one_line
from app.disclosure.profiles import SAFEST, STANDARD_PROFILES
from app.model.disclosure import Allowance, NameKind, Profile, Pseudonym

if TYPE_CHECKING:
    from app.actions.unit import Unit

_STANDARD: Final = frozenset(profile.key for profile in STANDARD_PROFILES)


def pseudonymise(unit: Unit, text: str, kind: NameKind, instead: str) -> str:
    """Let a name be replaced by other words in every report that hides names of its kind.

    Raises:
        RefusedError: it is empty, stands among the names already, or can't be kept.
    """
    _add_name(unit, text, kind, instead.strip())
    return f"Replace {short(on_one_line(text))} in reports"


def cut(unit: Unit, text: str) -> str:
    """Let words be cut out of every report for others.

    Raises:
        RefusedError: as for `pseudonymise`.
    """
    _add_name(unit, text, NameKind.OTHER, "")
    return f"Cut {short(on_one_line(text))} out of reports"


def add_spelling(unit: Unit, pseudonym: str, text: str) -> str:
    """Let another way of writing a name be replaced as the name is.

    Raises:
        NotFoundError: the study no longer has the name.
        RefusedError: it is empty, stands among the names already, or can't be kept.
    """
    words = _refuse(unit, text)
    row = unit.row("pseudonyms", unit.id_of("pseudonyms", pseudonym))
    spellings = "\n".join(filter(None, (row["spellings"], words)))
    unit.change(replace(unit.value_of(Pseudonym, row), spellings=spellings))
    return f"Take {short(words)} for {short(row['name'])}"


def allow(unit: Unit, profile: str, text: str, reason: str, by: str | None) -> str:
    """Let words pass in reports of a profile, for a reason; where they were allowed before, for this one.

    Args:
        unit: the work.
        profile: key of the profile.
        text: the words, as the check found them.
        reason: why they may be printed.
        by: key of the assessor who says so; None where nobody has said who is working.

    Raises:
        NotFoundError: the study does not know the assessor.
        RefusedError: there is no reason, or a value can't be kept.
    """
    if not reason.strip():
        raise RefusedError("Say why these words may be printed.")
    made = Allowance(profile=profile, text=on_one_line(text), reason=reason.strip(), by=by or None, at=unit.now)
    if unit.find(made) is None:
        unit.add(made)
    else:
        unit.change(made)
    return f"Allow {short(made.text)}"


def disallow(unit: Unit, profile: str, text: str) -> str:
    """Let the leak check stop again at words that were allowed in reports of a profile.

    Raises:
        NotFoundError: they are not allowed.
    """
    row_id = unit.find(Allowance(profile=profile, text=text, reason="-"))
    if row_id is None:
        raise NotFoundError("Those words are not allowed any more.")
    unit.delete("allowances", row_id)
    return f"Allow {short(text)} no more"


def add_profile(unit: Unit, profile: Profile) -> str:
    """Add a profile of the study's own, and set the report up with it.

    Raises:
        RefusedError: there is one of that key, or a value can't be kept.
    """
    if profile.key in _STANDARD or unit.find(profile) is not None:
        raise RefusedError("There is such a profile already.")
    unit.add(profile)
    _set_up(unit, profile.key)
    return f"Add profile {short(profile.name)}"


def change_profile(unit: Unit, profile: Profile) -> str:
    """Change what a profile shows; a built-in one is then kept in the study as it is here.

    Raises:
        NotFoundError: the study no longer has it.
        RefusedError: a value can't be kept.
    """
    if profile.key in _STANDARD and unit.find(profile) is None:
        unit.add(replace(profile, id=None))
    else:
        unit.change(profile)
    return f"Change profile {short(profile.name)}"


def remove_profile(unit: Unit, key: str) -> str:
    """Remove one of the study's own profiles with all it allowed; a built-in one is again as it was at first.

    A report that was set up with one that goes shows the least from then on, and never all of a sudden more.

    Raises:
        NotFoundError: the study does not have it.
    """
    row_id = unit.id_of("profiles", key)
    name = short(unit.row("profiles", row_id)["name"])
    unit.delete("profiles", row_id)
    if key in _STANDARD:
        return f"Bring profile {name} back to the usual"
    for row in unit.rows("allowances", profile=key):
        unit.delete("allowances", row["id"])
    if unit.rows("report_setup")[0]["profile"] == key:
        _set_up(unit, SAFEST)
    return f"Remove profile {name}"


def _set_up(unit: Unit, profile: str) -> None:
    unit.update("report_setup", unit.rows("report_setup")[0]["id"], {"profile": profile})


def _add_name(unit: Unit, text: str, kind: NameKind, instead: str) -> None:
    words = _refuse(unit, text)
    key = next_key(unit, "pseudonyms", "name", "-")  # tells nothing of the name
    unit.add(Pseudonym(key=key, kind=kind, name=words, instead=instead))


def _refuse(unit: Unit, text: str) -> str:
    """Give a name on one line; refuse it where it is none, or is one of the study's already."""
    words = on_one_line(text)
    if not words:
        raise RefusedError("The name is missing.")
    for row in unit.rows("pseudonyms"):
        if words.casefold() in {each.strip().casefold() for each in (row["name"], *row["spellings"].splitlines())}:
            raise RefusedError(f"“{short(words)}” is one of the names already: change it among those.")
    return words
