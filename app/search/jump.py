"""Everything in a study that one can go to by its name, and which of it is meant by what was typed; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from app.analysis.citations import Citations
from app.analysis.guide import rubrics_of
from app.search.unicode61 import folded_letters, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.model.document import StudyDocument

MOST: Final = 20
_NOT_MEANT: Final = 10_000


class Target(Struct, frozen=True):
    """Something to go to: the page that shows it, for `key`; its name, and beside it what it is."""

    page: str
    key: str
    text: str
    detail: str


def targets(document: StudyDocument, pages: Sequence[tuple[str, str]], case: str = "") -> list[Target]:
    """List everything one can go to; what no page shows by itself leads to the passages it rests on.

    Args:
        document: the study.
        pages: name and title of the pages there are.
        case: key of the case that criteria are shown for; by default the first.
    """
    names = {name for name, _ in pages}
    return [
        *(Target(name, "", title, "Page") for name, title in pages),
        *_people_and_cases(document),
        *_sources(document),
        *_criteria(document, case or next((each.key for each in document.cases), "")),
        *_codes(document, names),
        *_factors(document, names),
        *_reviews(document),
    ]


def ranked(found: Iterable[Target], typed: str, most: int = MOST) -> list[Target]:
    """Choose what is meant: every word typed is in its name, or beside it; those that begin with it come first."""
    weighed = [(weight(target.text, target.detail, typed), target) for target in found]
    meant = [pair for pair in weighed if pair[0] < _NOT_MEANT]
    return [target for _, target in sorted(meant, key=lambda pair: pair[0])[:most]]


def weight(text: str, detail: str, typed: str) -> int:
    """Weigh how well a name answers to what was typed: the less, the better; from `_NOT_MEANT` on it does not.

    Case and accents make no difference. A whole word is better than one that begins so, and that better than letters
    inside a word; what stands beside the name counts less than the name.
    """
    wanted = folded_letters(typed).split()
    whole = 0 if wanted and folded_letters(text).startswith(" ".join(wanted)) else 1
    return whole + 2 * sum(min(_weigh(word, text), 2 + _weigh(word, detail)) for word in wanted)


def means(text: str, typed: str) -> bool:
    """Whether each word typed begins a word of a text."""
    words = [token.word for token in tokens(text)]
    return all(any(word.startswith(wanted.word) for word in words) for wanted in tokens(typed))


def _weigh(wanted: str, text: str) -> int:
    flat = folded_letters(text)
    if wanted not in flat:
        return _NOT_MEANT
    words = {token.word for token in tokens(text)}
    if wanted in words:
        return 0
    return 1 if any(word.startswith(wanted) for word in words) else 3


def _people_and_cases(document: StudyDocument) -> Iterator[Target]:
    for case in document.cases:
        yield Target("assess", case.key, case.name, "Case")
        yield Target("results", case.key, f"Results of {case.name}", "Case")
    for each in document.rounds:
        yield Target("overview", f"rounds/{each.key}", each.name, "Round")
    for person in document.participants:
        yield Target("overview", f"participants/{person.key}", person.pseudonym, person.role)
    for assessor in document.assessors:
        yield Target("overview", f"assessors/{assessor.key}", assessor.name, "Assessor")
    for guide in document.guides:
        yield Target("overview", f"guides/{guide.key}", guide.name, "Guide")


def _sources(document: StudyDocument) -> Iterator[Target]:
    citations = Citations(document)
    for source in document.sources:
        detail = f"{source.kind.value.capitalize()} {citations.source(source.key)}"
        yield Target("interviews", source.key, source.title, detail)


def _criteria(document: StudyDocument, case: str) -> Iterator[Target]:
    for rubric in rubrics_of(document).values() if case else ():
        for principle in rubric.principles:
            yield Target("assess", f"{case}/{principle.id}", principle.name, "Principle")
            for criterion in principle.criteria:
                yield Target("assess", f"{case}/{criterion.id}", criterion.name.capitalize(), principle.short)


def _codes(document: StudyDocument, pages: set[str]) -> Iterator[Target]:
    used = {coding.code: coding.passage for coding in reversed(document.codings)}
    for code in document.codes:
        if "codes" in pages:
            yield Target("codes", code.key, code.name, "Code")
        elif code.key in used:
            yield Target("interviews", used[code.key], code.name, "Code, first passage")


def _factors(document: StudyDocument, pages: set[str]) -> Iterator[Target]:
    used = {each.factor: each.evidence[0].passage for each in reversed(document.influences) if each.evidence}
    for factor in document.factors:
        if "factors" in pages:
            yield Target("factors", factor.key, factor.name, "Factor")
        elif factor.key in used:
            yield Target("interviews", used[factor.key], factor.name, "Factor, first passage")


def _reviews(document: StudyDocument) -> Iterator[Target]:
    people = {each.key: each.pseudonym for each in document.participants}
    rounds = {each.key: each.name for each in document.rounds}
    for each in document.reviews:
        yield Target("review", each.key, f"Review by {people[each.reviewer]}", rounds[each.round])
