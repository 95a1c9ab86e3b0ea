"""No sheet leaves the team with something on it that its profile keeps inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.disclosure.profiles import is_for_others

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.disclosure.printed import Printed
    from app.model.disclosure import Profile
    from app.model.document import StudyDocument


def require_none(
    content: bytes, printed: Iterable[Printed], document: StudyDocument, profile: Profile, of: str
) -> None:
    """Refuse a file for others in which a name stands that is kept inside, or what leads to a person or a house.

    Args:
        content: the finished PDF, read back as a stranger would.
        printed: every string that it was made with.
        document: the study, not disclosed.
        profile: what may be shown.
        of: what the file is called within a sentence.

    Raises:
        LeaksError: something of that kind stands in it.
    """
    if not is_for_others(profile):
        return
    from app.disclosure.check import check, open_leaks
    from app.report.release import LeaksError
    from app.report.reread import pdf_strings

    found = open_leaks(check([*printed, *pdf_strings(content)], document, profile))
    if found:
        raise LeaksError(found, of)
