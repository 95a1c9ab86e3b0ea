"""What insiders said of the results, what became of it, and what is another now than they were shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.model.assessment import ReviewVerdict
from app.report.blocks import Section, captioned, labelled, lead, nothing, strong
from app.report.fonts import Face
from app.report.grid import Cell, Grid, Row, shares, table
from app.report.style import TEXT_NOTE, TEXT_SMALL, TEXT_SMALL_STRONG, WIDTH, Style
from app.report.text import paragraph
from app.report.wording import REVIEWED, capital, count, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.analysis.reviews import Changed, Result, Reviewed, Tally
    from app.report.material import Material
    from app.report.pdf import Flowable

_HEAD: Final = ("Case", "Principle", "Verdict", "Comment", "What became of it")
_COLUMNS: Final = shares(WIDTH, 20, 29, 19, 50, 52)
_NO_ANSWER: Final = "No answer"
_UNRESOLVED: Final = "Not resolved yet"


def sections(material: Material) -> list[Section]:
    """Make the section, once anything has been answered."""
    if not material.answered:
        return []
    title = "Review by insiders" if len(insiders(material.reviewed.reviews)) > 1 else "Review by an insider"
    return [Section("review", title, lambda: _flow(material), room=300)]


def insiders(reviews: Iterable[Reviewed]) -> list[str]:
    """Give the roles of those who reviewed, each person once however often they did."""
    return list({each.review.reviewer: each.role for each in reviews}.values())


def unresolved_text(material: Material) -> str:
    """Say how many results are disputed, or corrected, without an answer of the team; empty where none is."""
    still = [result.item.verdict for _, result in material.reviewed.open]
    parts = [
        f"{number} {verdict.value}"
        for verdict in (ReviewVerdict.DISPUTED, ReviewVerdict.CORRECTED)
        if (number := still.count(verdict))
    ]
    if not parts:
        return ""
    results, are = ("result", "is") if len(still) == 1 else ("results", "are")
    return f"{listed(parts)} {results} {are} not resolved yet."


def _flow(material: Material) -> list[Flowable]:
    reviewed = material.reviewed
    if not reviewed.reviews:
        return [nothing("No insider has reviewed these results yet.")]
    opening = " ".join(
        filter(None, [_opening(reviewed.tally, len(insiders(reviewed.reviews))), unresolved_text(material)])
    )
    reviews = (each for review in reviewed.reviews for each in _review(material, review))
    return [lead(opening), *_open(material), *reviews]


def _opening(tally: Tally, insiders: int) -> str:
    """Say what was said of how many results."""
    parts = [f"{number} {REVIEWED[each].lower()}" for each in REVIEWED if (number := getattr(tally, each.value))]
    parts += [f"{tally.unanswered} without an answer"] if tally.unanswered else []
    have = "has" if tally.changed == 1 else "have"
    changed = f" {count(tally.changed, 'result')} {have} changed since." if tally.changed else ""
    if not parts:
        return "No result was put before them."
    return f"Of {count(tally.results, 'result')} put before {count(insiders, 'insider')}: {listed(parts)}.{changed}"


def _open(material: Material) -> list[Flowable]:
    """Set what is not resolved first, disputes before corrections."""
    still = sorted(material.reviewed.open, key=lambda pair: pair[1].item.verdict is not ReviewVerdict.DISPUTED)
    if not still:
        return []
    rows = [_row(result, by=review.role) for review, result in still]
    return captioned(material, _UNRESOLVED, _table(rows))


def _review(material: Material, reviewed: Reviewed) -> list[Flowable]:
    review = reviewed.review
    when = material.day_of(review.held_at) if review.held_at else ""
    sheet = f"review pack {review.sheet}" if review.sheet else ""
    note = ", ".join(filter(None, [when, sheet]))
    words = " ".join(filter(None, [review.remark, _extent(reviewed.results)]))
    head = [labelled(capital(reviewed.role), paragraph(words), note=note)] if words else []
    if not reviewed.results:
        return head
    title = f"Review by {', '.join(filter(None, [reviewed.role, when]))}"
    return [*head, *captioned(material, title, _table([_row(each) for each in reviewed.results]))]


def _extent(results: Sequence[Result]) -> str:
    """Say which results were reviewed: "Reviewed: 9 results, of ML-P1, ML-P2 and ML-P3."; no answer is no review."""
    cases = listed(list(dict.fromkeys(each.case for each in results)))
    number, said = count(len(results), "result"), sum(each.item.verdict is not None for each in results)
    if results and not said:
        return f"Put before them and not answered yet: {number}, of {cases}."
    some = f"{said} of " if said < len(results) else ""
    return f"Reviewed: {some}{number}, of {cases}." if results else ""


def _table(rows: Sequence[Row]) -> Grid:
    return table(_COLUMNS, _HEAD, rows)


def _row(result: Result, *, by: str = "") -> Row:
    item = result.item
    plain = item.verdict in (ReviewVerdict.CONFIRMED, None)
    verdict = Style(TEXT_SMALL.size, TEXT_SMALL.leading, Face.REGULAR if plain else Face.SEMIBOLD)
    principle = [paragraph(result.principle, style=TEXT_SMALL)]
    if item.level:
        principle.append(paragraph(f"Shown: {item.level}", style=TEXT_NOTE))
    said = [paragraph(REVIEWED[item.verdict] if item.verdict else _NO_ANSWER, style=verdict)]
    said += [paragraph(by, style=TEXT_NOTE)] if by else []
    return Row(
        [
            Cell([paragraph(result.case, style=TEXT_SMALL_STRONG)]),
            Cell(principle),
            Cell(said),
            Cell([paragraph(item.comment, style=TEXT_SMALL)]),
            Cell(list(_outcome(result, told=bool(by)))),
        ]
    )


def _outcome(result: Result, *, told: bool) -> Iterator[Flowable]:
    """Say what the team did about it, and what is another now than was shown; of an open one only where `told`."""
    if result.item.resolution:
        yield paragraph(result.item.resolution, style=TEXT_SMALL)
    elif result.is_open:
        yield paragraph(strong(_UNRESOLVED), style=TEXT_SMALL)
    if result.is_stale and result.item.verdict:
        yield paragraph("Confirmed before it changed.", style=TEXT_SMALL)
    if told or not result.is_open:
        yield from (paragraph(_changed(each), style=TEXT_NOTE, before=1) for each in result.changed)


def _changed(change: Changed) -> str:
    """Say what was shown and what is now: "Level shown: Low; now: Moderate"."""
    return f"{change.what} shown: {change.then or 'none'}; now: {change.now or 'none'}"
