"""Where a thing that was found is: in words, as a citation gives it, and as the page and key that lead there; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.search.catalogue import Catalogue, Written


class Place(Struct, frozen=True):
    """What a hit is, where it is in words, and the page that shows it for `key`."""

    word: str
    words: str
    page: str
    key: str = ""


def place_of(thing: Written, catalogue: Catalogue) -> Place:
    """Say where a thing is."""
    return _PLACES[thing.table](thing, catalogue)


def _entry(thing: Written, catalogue: Catalogue) -> Place:
    key = thing.value.key
    return Place("Note", f"{catalogue.citations.source(thing.owner.key)} line {thing.place + 1}", "interviews", key)


def _original(thing: Written, catalogue: Catalogue) -> Place:
    value = thing.value
    author = catalogue.names["assessors", value.author]
    words = f"{catalogue.citations.source(thing.owner.key)} notes of {author}"
    return Place("Note", words, "interviews", value.entry or thing.owner.key)


def _coding(thing: Written, catalogue: Catalogue) -> Place:
    value = thing.value
    words = _dotted(catalogue.citations.passage(value.passage), catalogue.names["codes", value.code])
    return Place("Memo", words, "interviews", value.passage)


def _answer(thing: Written, catalogue: Catalogue) -> Place:
    value = thing.value
    words = _dotted(_criterion(value, catalogue), _who(value, catalogue))
    return Place("Rationale", words, "assess", f"{catalogue.scope(value)}{value.case}/{value.criterion}")


def _dissent(thing: Written, catalogue: Catalogue) -> Place:
    agreed = thing.owner
    words = _dotted(_criterion(agreed, catalogue), _who(thing.value, catalogue))
    return Place("Dissent", words, "assess", f"{catalogue.scope(agreed)}{agreed.case}/{agreed.criterion}")


def _target(thing: Written, catalogue: Catalogue) -> Place:
    return Place("Target", _principle(thing.value, catalogue), "results", f"plan:{thing.value.case}")


def _next_step(thing: Written, catalogue: Catalogue) -> Place:
    return Place("Next step", _criterion(thing.value, catalogue), "results", f"plan:{thing.value.case}")


def _criterion(value: Any, catalogue: Catalogue) -> str:
    """Name the case and the criterion that something is about."""
    return _dotted(catalogue.names["cases", value.case], catalogue.names.get(("criteria", value.criterion)))


def _principle(value: Any, catalogue: Catalogue) -> str:
    """Name the case and the principle that something is about."""
    return _dotted(catalogue.names["cases", value.case], catalogue.names.get(("principles", value.principle)))


def _who(value: Any, catalogue: Catalogue) -> str:
    return catalogue.names["assessors", value.assessor] if hasattr(value, "assessor") else "agreed"


def _of_principle(word: str) -> Callable[[Written, Catalogue], Place]:
    def place(thing: Written, catalogue: Catalogue) -> Place:
        value = thing.value
        scope = catalogue.scope(value) if hasattr(value, "round") else ""
        return Place(word, _principle(value, catalogue), "results", f"{scope}{value.case}/{value.principle}")

    return place


def _challenge(thing: Written, catalogue: Catalogue) -> Place:
    value, names = thing.value, catalogue.names
    cases = ", ".join(names["cases", case] for case in value.cases) or "All cases"
    key = f"{value.cases[0]}/{value.principle}" if value.cases else ""
    return Place("Challenge", _dotted(cases, names.get(("principles", value.principle))), "results", key)


def _influence(thing: Written, catalogue: Catalogue) -> Place:
    value, names = thing.value, catalogue.names
    about = names["cases", value.case] if value.case else "the organisation"
    words = _dotted(names["factors", value.factor], about)
    return Place("Memo", words, "factors", f"{value.factor}/{value.case or ''}")


def _follow_up(thing: Written, catalogue: Catalogue) -> Place:
    value, names = thing.value, catalogue.names
    line = catalogue.citations.entry(value.entry) if value.entry else ""
    who = names["participants", value.participant] if value.participant else ""
    case = names["cases", value.case] if value.case else ""
    words = _dotted(line, who, case) or "The organisation"
    key = value.entry or value.answer or value.answered_in
    if key is None and value.case and value.criterion:
        return Place("Follow-up", words, "assess", f"{value.case}/{value.criterion}")
    return Place("Follow-up", words, "interviews", key or "")


def _review(thing: Written, catalogue: Catalogue) -> Place:
    review = thing.owner or thing.value
    reviewer = catalogue.names["participants", review.reviewer]
    if thing.owner is None:
        return Place("Review", reviewer, "results")
    of = _of_principle("Review")(thing, catalogue)
    return Place("Review", _dotted(reviewer, of.words), of.page, of.key)


def _dotted(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


_PLACES: dict[str, Callable[[Written, Catalogue], Place]] = {
    "entries": _entry,
    "originals": _original,
    "codings": _coding,
    "answers": _answer,
    "consensus": _answer,
    "dissents": _dissent,
    "overrides": _of_principle("Override"),
    "targets": _target,
    "next_steps": _next_step,
    "findings": _of_principle("Finding"),
    "challenges": _challenge,
    "influences": _influence,
    "follow_ups": _follow_up,
    "reviews": _review,
    "review_items": _review,
}
