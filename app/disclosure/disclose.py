"""What a profile lets a report see of a study: the one gate between a study and whatever is printed of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from app.analysis.codebook import same_name
from app.disclosure.names import replaced_names
from app.disclosure.notes import Notes
from app.disclosure.profiles import is_for_others
from app.disclosure.quoting import withheld_as
from app.disclosure.replacing import Edit, Replaced, replaced
from app.disclosure.roles import general_roles, generalised
from app.disclosure.rubric_text import without_names
from app.disclosure.spotting import spotter
from app.disclosure.walking import rewritten

if TYPE_CHECKING:
    from app.model.assessment import NextStep
    from app.model.disclosure import Profile
    from app.model.document import StudyDocument
    from app.model.source import Entry


def disclose(document: StudyDocument, profile: Profile) -> StudyDocument:
    """Return a study as a report under a profile may show it; identities and real names pass under none.

    Names are replaced in every text, roles that few hold become broader, lines that may not be printed give way to a
    mark. Passages go on lying where their words are. What only the team works with is left out of reports for others.
    """
    return Gate(document, profile).passed(document)


class Gate:
    """The gate that a study goes through under a profile; what has passed it passes again as it is."""

    def __init__(self, document: StudyDocument, profile: Profile) -> None:
        self._profile = profile
        self._spotter = spotter(replaced_names(document, profile))
        self._people = generalised(document, profile)
        self._roles = general_roles(document, self._people)

    def passed(self, document: StudyDocument) -> StudyDocument:
        """Return a study as it may be shown."""
        lines = {entry.key: self.line(entry) for source in document.sources for entry in source.entries}
        shown = Notes(document, lines, self._profile).passed(self._kept(document))
        shown = replace(
            shown,
            participants=tuple(self._people.get(each.key, each) for each in shown.participants),
            next_steps=tuple(map(self._owned, shown.next_steps)),
            rubrics=tuple(replace(each, text=self._yaml(each.text)) for each in shown.rubrics),
            mappings=tuple(replace(each, text=self._yaml(each.text)) for each in shown.mappings),
        )
        return rewritten(shown, self.write)

    def write(self, text: str) -> str:
        """Write a text without the names that are hidden."""
        return self.replaced(text).text

    def replaced(self, text: str) -> Replaced:
        """Replace names in a text, and say where."""
        return replaced(text, self._spotter)

    def line(self, entry: Entry) -> Replaced:
        """Write a line of notes as it may be printed."""
        instead = withheld_as(entry, self._profile) if entry.text else ""
        if not instead:
            return self.replaced(entry.text)
        return Replaced(instead, (Edit(0, len(entry.text), instead),))

    def _kept(self, document: StudyDocument) -> StudyDocument:
        document = replace(document, identities=(), pseudonyms=(), allowances=())
        if not is_for_others(self._profile):
            return document
        sources = tuple(replace(each, originals=()) for each in document.sources)
        return replace(document, sources=sources, versions=(), shorthands=(), drafts=())

    def _owned(self, step: NextStep) -> NextStep:
        return replace(step, owner=self._roles.get(same_name(step.owner), step.owner))

    def _yaml(self, text: str) -> str:
        return without_names(text, self.write, lambda whole: bool(self._spotter.find(whole)))
