"""Which names a report under a profile keeps to itself, and what it prints in their place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from app.disclosure.folding import letters
from app.disclosure.profiles import hidden_kinds, is_for_others
from app.disclosure.roles import ANYBODY, generalised, told_roles
from app.model.disclosure import NameKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from app.model.disclosure import Profile, Pseudonym
    from app.model.document import StudyDocument
    from app.model.setting import Participant

MARK: Final = "[…]"
"""Stands where a name was cut out."""

ORGANISATION: Final = "the organisation"
_EMAIL: Final = re.compile(r"[^\s@<>(),;:\"]+@[^\s@<>(),;:\"]+[^\s@<>(),;:\".]")
_NUMBER: Final = re.compile(r"\+?\d[\d\s()/.-]{4,}\d")
_FORM: Final = re.compile(
    r"[\s,]+(?:GmbH(?:\s*&\s*Co\.?(?:\s*KG(?:aA)?)?)?|AG|SE|KG|KGaA|e\.?\s?V\.?|Inc\.?|Ltd\.?|LLC|LLP|PLC|Co\.?|Corp\.?"
    r"|Corporation|Limited|S\.?A\.?|S\.?p\.?A\.?|B\.?V\.?|N\.?V\.?|A/S|AB|Oy|Group|Holding)$",
    re.IGNORECASE,
)
_LEAST_LOCAL: Final = 5


@dataclass(frozen=True)
class Hidden:
    """A real name that stays inside, however it is spelt, and what is printed instead.

    A `person`'s surname, first name and initials count by themselves; `contacts` are their mail addresses and telephone
    numbers. Words much like the name are reported where `near`. `pseudonym` is the key of the entry it stands under.
    """

    name: str
    instead: str
    spellings: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    pseudonym: str = ""
    person: bool = False
    near: bool = True


def replaced_names(document: StudyDocument, profile: Profile) -> tuple[Hidden, ...]:
    """List the names that a report under a profile prints other words for: identities stay in what the team keeps."""
    return hidden_names(document if is_for_others(profile) else replace(document, identities=()), profile)


def hidden_names(document: StudyDocument, profile: Profile) -> tuple[Hidden, ...]:
    """List the names that a report under a profile keeps to itself; identities are among them under each."""
    listed = _Pseudonyms(document.pseudonyms, profile)
    found = [*_identities(document, profile, listed)]
    if is_for_others(profile):
        found += _general(document, profile)
    if not profile.organisation_name:
        found.append(listed.hidden(_short_forms(document.study.organisation.name), ORGANISATION))
    found += listed.others()
    if not profile.case_names:
        found += _numbered("Case", [case.name for case in document.cases], person=False)
    if not profile.assessor_names:
        found += _numbered("Assessor", [assessor.name for assessor in document.assessors], person=True)
    return tuple(each for each in found if letters(each.name))


def in_a_sentence(name: str) -> str:
    """Write a name as it stands within a sentence: what is printed instead of one may begin with an article."""
    return name[:1].lower() + name[1:] if name.startswith("The ") else name


class _Pseudonyms:
    """The names listed by hand whose kinds are hidden, each used once."""

    def __init__(self, pseudonyms: Iterable[Pseudonym], profile: Profile) -> None:
        kinds = hidden_kinds(profile)
        self._hidden = [each for each in pseudonyms if each.kind in kinds]
        self._used: set[str] = set()

    def hidden(
        self, names: tuple[str, ...], instead: str, contacts: tuple[str, ...] = (), *, person: bool = False
    ) -> Hidden:
        """Hide a name and other spellings of it, as it is listed, or else behind other words."""
        wanted = set(map(letters, names))
        listed = next((each for each in self._hidden if wanted & set(map(letters, _spelt(each)))), None)
        if listed is None:
            return Hidden(names[0], instead, names[1:], contacts, person=person)
        self._used.add(listed.key)
        spellings = tuple(dict.fromkeys((*names[1:], *_spelt(listed))))
        return Hidden(names[0], listed.instead or MARK, spellings, contacts, listed.key, person)

    def others(self) -> Iterator[Hidden]:
        """List those that nothing else in the study bears."""
        for each in self._hidden:
            if each.key not in self._used:
                names = _spelt(each)
                if each.kind is NameKind.ORGANISATION:
                    names = tuple(dict.fromkeys(form for name in names for form in _short_forms(name)))
                is_person = each.kind is NameKind.PERSON
                yield Hidden(each.name, each.instead or MARK, names[1:], (), each.key, is_person)


def _spelt(pseudonym: Pseudonym) -> tuple[str, ...]:
    lines = (line.strip() for line in pseudonym.spellings.splitlines())
    return (pseudonym.name, *(line for line in lines if letters(line)))


def _short_forms(name: str) -> tuple[str, ...]:
    """Give an organisation's name as it stands and without its legal form."""
    short = _FORM.sub("", name)
    return tuple(dict.fromkeys((name, short if len(letters(short)) > 2 else name)))


def _identities(document: StudyDocument, profile: Profile, listed: _Pseudonyms) -> Iterator[Hidden]:
    people = {each.key: each for each in document.participants} | dict(generalised(document, profile))
    for identity in document.identities:
        participant = people.get(identity.participant)
        role = participant.role if participant else ANYBODY
        yield listed.hidden((identity.name,), role, tuple(_contacts(identity.contact)), person=True)


def _contacts(contact: str) -> Iterator[str]:
    """Take mail addresses, the part before their @, and telephone numbers out of how somebody can be reached."""
    for address in _EMAIL.findall(contact):
        yield address
        local = address.split("@")[0]
        if len(letters(local)) >= _LEAST_LOCAL:
            yield local
    yield from _NUMBER.findall(_EMAIL.sub(" ", contact))


def _general(document: StudyDocument, profile: Profile) -> Iterator[Hidden]:
    """List the roles that are generalised, and the pseudonyms of participants that tell them."""
    shown: Mapping[str, Participant] = generalised(document, profile)
    for participant in document.participants:
        if participant.key in shown:
            yield Hidden(participant.pseudonym, shown[participant.key].pseudonym, near=False)
    for role, general in told_roles(document, shown).items():
        yield Hidden(role, general, near=False)


def _numbered(word: str, names: list[str], *, person: bool) -> Iterator[Hidden]:
    """Number names in their order: "Case 1"; what is called so already keeps its name, and nobody else gets it."""
    taken = {name for name in names if re.fullmatch(rf"{word} \d+", name)}
    numbers = (number for number in range(1, 2 * len(names) + 1) if f"{word} {number}" not in taken)
    for name in names:
        if name not in taken:
            yield Hidden(name, f"{word} {next(numbers)}", person=person, near=person)
