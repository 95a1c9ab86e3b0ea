"""Let insiders review results: prepare what they are shown, take in what they say, settle what they dispute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from app.actions.errors import NotFoundError, RefusedError
from app.actions.keys import free_key
from app.actions.paper import issue_sheet, number_to_come
from app.actions.reading import called, case_name, frozen_rubric, shortened
from app.actions.values import checked
from app.analysis.blind import seen_by
from app.analysis.reviews import At, can_be_reviewed, items_to_review, place_of
from app.analysis.todo import count
from app.model.assessment import Review, ReviewItem, ReviewVerdict
from app.model.read import read_document
from app.model.source import SheetKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from app.actions.audit import Row
    from app.actions.unit import Unit
    from app.analysis.reviews import Said
    from app.model.document import StudyDocument

_SAID: Final = {
    ReviewVerdict.CONFIRMED: "confirmed",
    ReviewVerdict.CORRECTED: "corrected",
    ReviewVerdict.DISPUTED: "disputed",
    None: "unanswered",
}
# What a text is checked as a field of.
_ITEM: Final = ReviewItem(rubric="r", principle="p", case="c")
_REMARK: Final = Review(key="r", reviewer="p", round="r")


def draft(
    document: StudyDocument, reviewer: str, in_round: str, cases: Collection[str], rubric: str, *, number: int
) -> Review:
    """Make the review that `prepare` would, without writing it: what its pack can be set from before it is numbered.

    Args:
        document: the study as all of the team may see it.
        reviewer: key of the participant who reviews.
        in_round: key of the round.
        cases: keys, one at least.
        rubric: key of the rubric they are judged by.
        number: of the pack.

    Raises:
        RefusedError: no case is chosen, or nothing is answered yet that could be reviewed.
    """
    if not cases:
        raise RefusedError("Choose at least one case to be reviewed.")
    if not can_be_reviewed(document, in_round, cases, rubric):
        raise RefusedError("There is nothing to review yet: answer the criteria of these cases in that round first.")
    return Review(
        key=free_key(f"review-{number}", {each.key for each in document.reviews}),
        reviewer=reviewer,
        round=in_round,
        sheet=str(number),
        items=items_to_review(document, in_round, cases, rubric),
    )


def prepare(unit: Unit, reviewer: str, in_round: str, cases: Collection[str], rubric: str) -> str:
    """Prepare a review: every principle of the cases, with level and finding as they are now, and a numbered pack.

    What is shown is what all of the team may see: answers that are not revealed yet count for nothing.

    Raises:
        NotFoundError: there is no such participant, round, case or rubric.
        RefusedError: no case is chosen, or nothing is answered yet that could be reviewed.
    """
    unit.id_of("rounds", in_round)
    unit.id_of("rubrics", rubric)
    for case in cases:
        unit.id_of("cases", case)
    person = called(unit, "participants", reviewer, "pseudonym")
    driver: Any = unit.connection.connection.driver_connection
    number = number_to_come(unit)
    review = draft(seen_by(read_document(driver), ""), reviewer, in_round, cases, rubric, number=number)
    issue_sheet(unit, SheetKind.REVIEW, participant=reviewer)
    unit.add(review)
    return f"Prepare review pack {number} for {person}: {count(len(review.items), 'result', 'results')}"


def answer(unit: Unit, review: str, at: At, verdict: ReviewVerdict | None, comment: str) -> str:
    """Write down what an insider says of a result; no verdict and no comment take it back.

    Raises:
        NotFoundError: the study no longer has the review, or it is not of that result.
        RefusedError: the comment can't be kept.
    """
    row = _item(unit, review, at)
    if row["verdict"] == verdict:
        unit.merge_key = f"review/{review}/{at.case}/{at.principle}"
    _write(unit, row, verdict, comment)
    return f"Review {_SAID[verdict]}: {_words(unit, at)}"


def resolve(unit: Unit, review: str, at: At, resolution: str) -> str:
    """Say what became of what an insider says, and why; with that a corrected or disputed result is settled.

    Raises:
        NotFoundError: the study no longer has the review, or it is not of that result.
        RefusedError: nothing was said of the result, or there is no reason.
    """
    row = _item(unit, review, at)
    if row["verdict"] is None and not row["comment"]:
        raise RefusedError("Nothing was said of that result yet: there is nothing to settle.")
    if not resolution.strip():
        raise RefusedError("Say what became of it, and why: a review is only settled with a reason.")
    unit.update("review_items", row["id"], {"resolution": _kept(resolution=resolution)})
    unit.merge_key = f"resolution/{review}/{at.case}/{at.principle}"
    return f"Settle the review of {_words(unit, at)}"


def reopen(unit: Unit, review: str, at: At) -> str:
    """Let what an insider says be open again: what was said to have become of it goes.

    Raises:
        NotFoundError: the study no longer has the review, or it is not of that result.
        RefusedError: it is not settled.
    """
    row = _item(unit, review, at)
    if not row["resolution"]:
        raise RefusedError("That result is not settled: it is open already.")
    unit.update("review_items", row["id"], {"resolution": ""})
    return f"Open the review of {_words(unit, at)} again"


def remark(unit: Unit, review: str, text: str) -> str:
    """Write down what an insider says of the results as a whole.

    Raises:
        NotFoundError: the study no longer has the review.
        RefusedError: the text can't be kept.
    """
    row = _review(unit, review)
    unit.update("reviews", row["id"], {"remark": _kept(remark=text)})
    unit.merge_key = f"review/{review}"
    return f"Remark of the review by {_person(unit, row)}"


def remove(unit: Unit, review: str) -> str:
    """Remove a review with all that was said in it; the number of its pack stays used.

    Raises:
        NotFoundError: the study no longer has it.
    """
    row = _review(unit, review)
    results = len(unit.rows("review_items", review_id=row["id"]))
    person = _person(unit, row)
    unit.delete("reviews", row["id"])
    return f"Remove the review by {person} of {count(results, 'result', 'results')}"


def take_filled(unit: Unit, review: str, answers: Iterable[Said], remark: str = "") -> str:
    """Take in what an insider wrote on their pack; where they left a place empty, what the study has stays.

    A result of which they now say something else than before is open again.

    Raises:
        NotFoundError: the study no longer has the review.
        RefusedError: a comment can't be kept, or nothing was filled in.
    """
    row = _review(unit, review)
    given = [each for each in answers if not each.is_empty]
    if not given and not remark.strip():
        raise RefusedError("Nothing is filled in on that form, so nothing was changed.")
    items = _items(unit, row)
    known = [each for each in given if each.at in items]
    for each in known:
        _take(unit, items[each.at], each)
    if remark.strip():
        unit.update("reviews", row["id"], {"remark": _kept(remark=remark)})
    return f"Take in the review by {_person(unit, row)}: {count(len(known), 'answer', 'answers')}"


def _take(unit: Unit, row: Row, said: Said) -> None:
    """Write what stands on a form; of an answer, too, what was left empty on it stays."""
    standing = row["verdict"] and ReviewVerdict(row["verdict"])
    verdict, comment = said.verdict or standing, said.comment.strip() or row["comment"]
    if (standing, row["comment"]) != (verdict, comment):
        unit.update("review_items", row["id"], {"resolution": ""})
    _write(unit, row, verdict, comment)


def _write(unit: Unit, row: Row, verdict: ReviewVerdict | None, comment: str) -> None:
    """Write what was said, and when first anything was, unless that is known."""
    unit.update("review_items", row["id"], {"verdict": verdict and verdict.value, "comment": _kept(comment=comment)})
    review = unit.row("reviews", row["review_id"])
    if review["held_at"] is None:
        unit.update("reviews", review["id"], {"held_at": unit.now_text})


def _kept(**text: str) -> str:
    """Give the text of a field without the spaces around it; RefusedError where it can't be kept."""
    ((field, words),) = text.items()
    of = _REMARK if field == "remark" else _ITEM
    return str(getattr(checked(replace(of, **{field: words.strip()})), field))


def _review(unit: Unit, key: str) -> Row:
    return unit.row("reviews", unit.id_of("reviews", key))


def _items(unit: Unit, review: Row) -> dict[At, Row]:
    rows = unit.rows("review_items", review_id=review["id"])
    return {place_of(unit.value_of(ReviewItem, row)): row for row in rows}


def _item(unit: Unit, review: str, at: At) -> Row:
    of = _review(unit, review)["id"]
    principle, case = unit.id_of("rubric_principles", at.principle, at.rubric), unit.id_of("cases", at.case)
    found = unit.rows("review_items", review_id=of, principle_id=principle, case_id=case)
    if not found:
        raise NotFoundError("That review is not of that result.")
    return found[0]


def _person(unit: Unit, review: Row) -> str:
    return shortened(unit.row("participants", review["reviewer_id"])["pseudonym"])


def _words(unit: Unit, at: At) -> str:
    return f"{frozen_rubric(unit, at.rubric).principle(at.principle).short} of {case_name(unit, at.case)}"
