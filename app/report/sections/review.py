"""What an insider said of the results, and what became of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from app.report.blocks import Section, captioned, labelled, lead, nothing
from app.report.fonts import Face
from app.report.grid import Cell, Row, shares, table
from app.report.style import TEXT_SMALL, TEXT_SMALL_STRONG, WIDTH, Style
from app.report.text import paragraph
from app.report.wording import REVIEWED, capital, count, listed

if TYPE_CHECKING:
    from app.model.assessment import Review, ReviewItem
    from app.report.material import Material
    from app.report.pdf import Flowable

_HEAD = ("Case", "Principle", "Verdict", "Comment", "What became of it")


def sections(material: Material) -> list[Section]:
    """Make the section, once anything has been answered."""
    if not material.answered:
        return []
    return [Section("review", "Review by an insider", lambda: _flow(material), room=300)]


def _flow(material: Material) -> list[Flowable]:
    reviews = material.reviews()
    if not reviews:
        return [nothing("No insider has reviewed these results yet.")]
    return [lead(_opening(reviews)), *(each for review in reviews for each in _review(material, review))]


def _opening(reviews: list[Review]) -> str:
    verdicts = Counter(item.verdict for review in reviews for item in review.items if item.verdict)
    parts = [f"{number} {REVIEWED[each].lower()}" for each in REVIEWED if (number := verdicts[each])]
    results = count(verdicts.total(), "result")
    return f"Of {results} put before {count(len(reviews), 'insider')}: {listed(parts)}." if parts else ""


def _review(material: Material, review: Review) -> list[Flowable]:
    role = material.people[review.reviewer].role
    when = material.day_of(review.held_at) if review.held_at else ""
    remark = [labelled(capital(role), paragraph(review.remark), note=when)] if review.remark else []
    if not review.items:
        return remark
    rows = [_item_row(material, item) for item in review.items]
    title = f"Review by {role}{f', {when}' if when else ''}"
    return [*remark, *captioned(material, title, table(shares(WIDTH, 16, 24, 18, 56, 56), _HEAD, rows))]


def _item_row(material: Material, item: ReviewItem) -> Row:
    principles = material.assessment.rubric.principles if material.assessment else ()
    names = {principle.id: principle.short for principle in principles}
    confirmed = item.verdict == "confirmed"
    verdict = Style(TEXT_SMALL.size, TEXT_SMALL.leading, Face.REGULAR if confirmed else Face.SEMIBOLD)
    return Row(
        [
            Cell([paragraph(material.cases[item.case].name, style=TEXT_SMALL_STRONG)]),
            Cell([paragraph(names.get(item.principle, item.principle), style=TEXT_SMALL)]),
            Cell([paragraph(REVIEWED[item.verdict] if item.verdict else "No answer", style=verdict)]),
            Cell([paragraph(item.comment, style=TEXT_SMALL)]),
            Cell([paragraph(item.resolution, style=TEXT_SMALL)]),
        ]
    )
