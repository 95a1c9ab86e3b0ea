"""The gate every report goes through: which profiles there are, and what each lets pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from app.errors import FieldquillError

if TYPE_CHECKING:
    from app.model.document import StudyDocument

INTERNAL: Final = "internal"
COMING: Final = ("client", "anonymised")


class ProfileNotReadyError(FieldquillError):
    """A profile that needs the disclosure check, which is not there yet."""

    code = "disclosure.profile-not-ready"


class UnknownProfileError(FieldquillError):
    """A profile nobody has defined."""

    code = "disclosure.unknown-profile"


def disclose(document: StudyDocument, profile: str) -> StudyDocument:
    """Return what a profile lets a report see of a study; identities pass under none.

    Raises:
        ProfileNotReadyError: the profile comes with the disclosure check.
        UnknownProfileError: there is no such profile.
    """
    if profile in COMING:
        raise ProfileNotReadyError(
            f'Nothing was written: the profile "{profile}" comes with the disclosure check, which this version '
            f'does not have yet. Choose "{INTERNAL}", for readers inside the assessing team.'
        )
    if profile != INTERNAL:
        raise UnknownProfileError(
            f'Nothing was written: there is no profile "{profile}"; there is {INTERNAL}, and later '
            f"{' and '.join(COMING)}."
        )
    return msgspec.structs.replace(document, identities=())
