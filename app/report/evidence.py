"""How evidence is referred to and quoted: where it stands, how strong it is, and quotes for what was said so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.disclosure.quoting import WITHHELD
from app.model.evidence import Stance
from app.model.source import EntryKind
from app.report.fonts import Face
from app.report.style import ACCENT
from app.report.text import Run, Words
from app.report.wording import APOSTROPHE, WEIGHTS, cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.model.evidence import Evidence
    from app.report.material import Material, Quote

SHORT: Final = 170
_QUOTES: Final = ' "“”„'


def place(passage: str) -> str:
    """Name the place in the evidence list where a passage is printed."""
    return f"passage-{passage}"


def reference(material: Material, link: Evidence) -> list[Words]:
    """Refer to a piece of evidence: "I11 line 12, shown"; what contradicts says so first, a note stands after it."""
    return [*_named(material, link), *_noted(link)]


def _named(material: Material, link: Evidence) -> list[Words]:
    words: list[Words] = [Run("Contradicts: ", Face.SEMIBOLD)] if link.stance is Stance.CONTRADICTS else []
    words.append(Run(material.citations.passage(link.passage), Face.MEDIUM, ACCENT, place(link.passage)))
    seen_in = f" ({link.reference})" if link.reference else ""
    words.append(f", {WEIGHTS[link.weight]}{seen_in}")
    change = changed(material, link)
    return [*words, Run(f", {change}", Face.ITALIC)] if change else words


def _noted(link: Evidence) -> list[Words]:
    """Give a note: why the judgement stands although the passage contradicts it, or a remark."""
    note = link.note.strip()
    return [Run(f" ({note})", Face.ITALIC)] if note else []


def changed(material: Material, link: Evidence) -> str:
    """Say what became of a passage's words since the judgement was rested on it; empty where they are the same."""
    if not material.words.changed(link):
        return ""
    return "words have changed since" if material.words.now(link.passage) else "no longer in the notes"


def references(material: Material, links: Sequence[Evidence]) -> list[Words]:
    """Refer to several pieces of evidence, in the order of the study."""
    ordered = sorted(links, key=lambda link: material.citations.order(link.passage))
    found: list[Words] = []
    for link in ordered:
        found += ["; ", *reference(material, link)] if found else reference(material, link)
    return found


def quoted(material: Material, link: Evidence, room: int = SHORT) -> list[Words]:
    """Refer to a piece of evidence and give its words, cut where they are long, and then its note."""
    quote = material.quote(link.passage)
    return [*_named(material, link), ": ", *words_of(quote, cut(quote.text, room)), *_noted(link)]


def words_of(quote: Quote, text: str) -> list[Words]:
    """Set a passage's words: in quotation marks only where they were said word for word and are told."""
    if text in WITHHELD:
        return [text]
    if quote.kind is EntryKind.QUOTATION:
        return [f"“{text.strip(_QUOTES)}”"]
    if quote.kind is EntryKind.OBSERVATION:
        return [Run("Observed: ", Face.ITALIC), text]
    if quote.kind is EntryKind.REFLECTION:
        return [Run(f"Assessor{APOSTROPHE}s thought: ", Face.ITALIC), text]
    if quote.kind is EntryKind.QUESTION:
        return [Run("Asked: ", Face.ITALIC), text]
    return [text]
