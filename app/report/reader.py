"""What a report says of itself to whoever holds it: for whom it is, and what its profile leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.disclosure.profiles import INTERNAL, hidden_kinds, is_for_others
from app.model.disclosure import Dates, NameKind, Quotations
from app.report.wording import capital, count, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.model.disclosure import Profile
    from app.model.setting import Assessor

_KINDS: Final = {
    NameKind.ORGANISATION: "the organisation",
    NameKind.SITE: "sites",
    NameKind.PERSON: "people",
    NameKind.PRODUCT: "products",
    NameKind.VENDOR: "suppliers",
}
_CLIENT: Final = "client"
_QUOTATIONS: Final = {
    Quotations.ALL: "",
    Quotations.RELEASED: "Of what was said word for word, only what was released for print is quoted.",
    Quotations.NONE: "Nothing that was said is quoted word for word.",
}
_DATES: Final = {
    Dates.DAY: "",
    Dates.MONTH: "Dates are given by the month.",
    Dates.YEAR: "Dates are given by the year.",
}


def reader_text(profile: Profile, organisation: str) -> str:
    """Say for whom a report is, and which names it leaves out: "Client: for AutoCorp; names of people are left out"."""
    if profile.key == INTERNAL:
        return f"{profile.name}: for the assessing team, not cleared for others"
    whom = f"for {organisation}" if profile.key == _CLIENT else ""
    return f"{profile.name}: {'; '.join(filter(None, [whom, f'{_hidden(profile)} are left out']))}"


def left_out(profile: Profile) -> list[str]:
    """Say, a sentence each, what a report made for others leaves out; nothing for the internal one."""
    return [words for words in _left_out(profile) if words] if is_for_others(profile) else []


def assessors_text(profile: Profile, assessors: Sequence[Assessor]) -> str:
    """Name the assessors, each group with whom they work for, or only count them, as the profile has it."""
    if not profile.assessor_names:
        return count(len(assessors), "assessor") if assessors else ""
    groups: dict[str, list[str]] = {}
    for each in assessors:
        groups.setdefault(each.affiliation.strip(), []).append(each.name)
    return "; ".join(f"{', '.join(names)}{f' ({where})' if where else ''}" for where, names in groups.items())


def _left_out(profile: Profile) -> Iterator[str]:
    yield f"{capital(_hidden(profile))} are left out; other words stand for them where the sense needs them."
    if profile.smallest_group > 1:
        yield f"A role that fewer than {profile.smallest_group} people hold is given as a broader one."
    yield _QUOTATIONS[profile.quotations]
    yield _DATES[profile.dates]
    if not profile.assessor_names:
        yield "Assessors are not named."


def _hidden(profile: Profile) -> str:
    """Say whose names are hidden: "names of people, products and suppliers"."""
    hidden = hidden_kinds(profile)
    kinds = [words for kind, words in _KINDS.items() if kind in hidden]
    if not profile.case_names:
        kinds.insert(sum(kind in hidden for kind in (NameKind.ORGANISATION, NameKind.SITE)), "cases")
    return f"names of {listed(kinds)}"
