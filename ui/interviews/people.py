"""Whom to choose from where it is asked who took part, and adding somebody by nothing but their role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.actions.keys import new_key
from app.actions.things import add
from app.model.setting import Participant

if TYPE_CHECKING:
    from app.model.document import StudyDocument
    from ui.desk import Desk

ADDING = "Add somebody by their role"


def people_options(document: StudyDocument) -> list[tuple[str, str, str]]:
    """List whom one can choose by key and name, with their role where the name does not hold it."""
    return [
        (person.key, person.pseudonym, "" if person.role in person.pseudonym else person.role)
        for person in document.participants
    ]


def add_person(desk: Desk, role: str) -> str:
    """Add a participant of a role to the study; gives their key, "" where it was refused."""
    key = new_key(desk.document, "participants", role)
    person = Participant(key=key, pseudonym=_pseudonym(desk.document, role), role=role)
    return key if desk.do(add, person) is not None else ""


def _pseudonym(document: StudyDocument, role: str) -> str:
    """Name somebody by role and the next letter: the second ML engineer is "ML engineer B"."""
    taken = {person.pseudonym for person in document.participants}
    letters = (f"{role} {chr(ord('A') + place)}" for place in range(26))
    return next((name for name in letters if name not in taken), role)
