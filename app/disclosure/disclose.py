"""What a profile lets a report see of a study: the one gate between a study and whatever is printed of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from app.model.disclosure import Profile
    from app.model.document import StudyDocument


def disclose(document: StudyDocument, _profile: Profile) -> StudyDocument:
    """Return a study as a report under a profile may show it; identities and real names pass under none."""
    return msgspec.structs.replace(document, identities=(), pseudonyms=(), allowances=())
