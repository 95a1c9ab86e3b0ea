"""Roles that so few hold that they name a person, and what stands for them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from app.analysis.codebook import same_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.model.disclosure import Profile
    from app.model.document import StudyDocument
    from app.model.setting import Participant

ANYBODY: Final = "Participant"


def generalised(document: StudyDocument, profile: Profile) -> Mapping[str, Participant]:
    """Give the participants whose role too few hold, by their keys, as a report under a profile may show them.

    Their role becomes the broader one where enough hold that then, else "Participant"; they are numbered in the
    study's order, and their units are left out.
    """
    holders = Counter(same_name(each.role) for each in document.participants)
    few = [each for each in document.participants if holders[same_name(each.role)] < profile.smallest_group]
    for participant in few:
        holders[same_name(participant.broader_role)] += 1
    numbers = {each.key: number for number, each in enumerate(document.participants, 1)}
    return {
        each.key: replace(
            each,
            pseudonym=f"{ANYBODY} {numbers[each.key]}",
            role=_broader(each, holders, profile.smallest_group),
            unit="",
            broader_role="",
        )
        for each in few
    }


def _broader(participant: Participant, holders: Counter[str], least: int) -> str:
    broader = " ".join(participant.broader_role.split())
    enough = broader and same_name(broader) != same_name(participant.role) and holders[same_name(broader)] >= least
    return broader if enough else ANYBODY


def general_roles(document: StudyDocument, shown: Mapping[str, Participant]) -> Mapping[str, str]:
    """Say what stands for each role that was generalised, by `same_name`; "Participant" where holders of it differ."""
    found: dict[str, str] = {}
    for participant in document.participants:
        if participant.key in shown:
            role, general = same_name(participant.role), shown[participant.key].role
            found[role] = general if found.get(role, general) == general else ANYBODY
    return found


def told_roles(document: StudyDocument, shown: Mapping[str, Participant]) -> Mapping[str, str]:
    """Say what stands for a generalised role wherever somebody wrote of it, by `same_name`.

    A single word is too many other things to be anybody's role there; so is one that a rubric speaks of, or that is
    part of a role that is shown.
    """
    kept = " \n".join(same_name(each.role) for each in document.participants if each.key not in shown)
    public = same_name(" ".join(each.text for each in document.rubrics))
    roles = general_roles(document, shown)
    return {role: general for role, general in roles.items() if " " in role and role not in kept and role not in public}
