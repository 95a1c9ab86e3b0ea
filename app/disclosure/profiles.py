"""Which profiles there are, and what each lets a report show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.errors import FieldquillError
from app.model.disclosure import Dates, NameKind, Profile, Quotations

if TYPE_CHECKING:
    from app.model.document import StudyDocument

INTERNAL: Final = "internal"
SAFEST: Final = "anonymised"
"""The profile of ours that shows the least: where one was chosen that is no more, no report tells more than this."""

STANDARD_PROFILES: Final = (
    Profile(key=INTERNAL, name="Internal", quotations=Quotations.ALL, dates=Dates.DAY, assessor_names=True),
    Profile(key="client", name="Client", product_names=False, vendor_names=False, smallest_group=2),
    Profile(
        key=SAFEST,
        name="Anonymised",
        dates=Dates.YEAR,
        organisation_name=False,
        case_names=False,
        site_names=False,
        product_names=False,
        vendor_names=False,
        smallest_group=3,
    ),
)
"""What a new study begins with; a study that lacks one of them is treated as having it as it stands here."""


class UnknownProfileError(FieldquillError):
    """A profile nobody has defined."""

    code = "disclosure.unknown-profile"


def profiles(document: StudyDocument) -> tuple[Profile, ...]:
    """List the profiles a report of a study can be made under: the standard ones first, as the study has them."""
    own = {profile.key: profile for profile in document.profiles}
    standard = tuple(own.pop(profile.key, profile) for profile in STANDARD_PROFILES)
    return (*standard, *own.values())


def find_profile(document: StudyDocument, key: str) -> Profile:
    """Find a profile by its key.

    Raises:
        UnknownProfileError: there is no such profile.
    """
    found = {profile.key: profile for profile in profiles(document)}
    if key not in found:
        raise UnknownProfileError(f'Nothing was written: there is no profile "{key}"; there are {", ".join(found)}.')
    return found[key]


def is_for_others(profile: Profile) -> bool:
    """Whether reports under a profile leave the team: all but the internal one; for these a leak stops everything."""
    return profile.key != INTERNAL


def hidden_kinds(profile: Profile) -> frozenset[NameKind]:
    """Say of which kinds a profile hides names: those of people and of anything else in every report for others."""
    named = {
        NameKind.ORGANISATION: profile.organisation_name,
        NameKind.SITE: profile.site_names,
        NameKind.PRODUCT: profile.product_names,
        NameKind.VENDOR: profile.vendor_names,
        NameKind.PERSON: not is_for_others(profile),
        NameKind.OTHER: not is_for_others(profile),
    }
    return frozenset(kind for kind, shown in named.items() if not shown)
