"""A review is prepared from what all may see, answered, settled with a reason, and taken back in from a form."""

import pytest

from app.actions import assess, ballots, reviews, things
from app.actions.errors import NotFoundError, RefusedError
from app.actions.paper import next_number
from app.analysis.reviews import At, Said
from app.model.assessment import ReviewVerdict
from app.model.source import SheetKind
from app.scoring.scale import Verdict
from tests.app.actions.clocked import START, check_undo, of

FIRST = At("small", "first", "c1")
SECOND = At("small", "second", "c1")
CONFIRMED, CORRECTED, DISPUTED = ReviewVerdict


def item(study, at=FIRST, review="rv1"):
    found = of(study, "reviews", review)
    return next(each for each in found.items if (each.principle, each.case) == (at.principle, at.case))


def test_a_review_shows_every_principle_as_it_is_now(study):
    changes = check_undo(study, reviews.prepare, "p2", "r1", ["c1"], "small")
    assert changes.label == "Prepare review pack 2 for P2: 2 results"
    made = study.document.reviews[-1]
    assert (made.key, made.reviewer, made.round, made.sheet, made.held_at) == ("review-2", "p2", "r1", "2", None)
    assert [(each.principle, each.case, each.verdict) for each in made.items] == [
        ("first", "c1", None),
        ("second", "c1", None),
    ]
    assert [each.level for each in made.items] == [
        "Middle, set by the team; derived: Middle, at most Top",
        "Middle, at most Top",
    ]
    assert [each.finding for each in made.items] == ["It runs.", ""]
    sheet = study.document.sheets[-1]
    assert (sheet.number, sheet.kind, sheet.participant) == (2, SheetKind.REVIEW, "p2")


def test_a_pack_that_was_taken_back_keeps_its_number(study):
    study.do(reviews.prepare, "p2", "r1", ["c1"], "small")
    study.undo()
    assert next_number(study) == 3
    assert study.do(reviews.prepare, "p2", "r1", ["c1", "c2"], "small").label.startswith("Prepare review pack 3 ")
    assert [each.case for each in study.document.reviews[-1].items] == ["c1", "c1", "c2", "c2"]


def test_what_is_not_revealed_is_not_shown(study):
    study.work_as("ada")
    study.do(assess.answer, assess.Place("small", "runs", "c2", "r1", "ada"), Verdict.FULLY)
    study.do(ballots.begin, "small", ["c2"], "r1", ["ada", "bob"])
    study.do(reviews.prepare, "p2", "r1", ["c1", "c2"], "small")
    shown = item(study, At("small", "first", "c2"), "review-2")
    assert shown.level == "Low, at most Top", "ada's answer is hidden, though it is ada who prepares"
    for member in ("bob", "ada"):
        study.work_as(member)
        study.do(ballots.done, "small", "c2", "r1")
    study.do(ballots.reveal, "small", "c2", "r1")
    study.do(reviews.prepare, "p2", "r1", ["c2"], "small")
    assert item(study, At("small", "first", "c2"), "review-3").level == "Middle, at most Top"


@pytest.mark.parametrize(
    ("asked", "error", "says"),
    [
        (("p2", "r1", [], "small"), RefusedError, "Choose at least one case"),
        (("p2", "r1", ["c2"], "small"), RefusedError, "nothing to review yet"),
        (("p2", "r2", ["c1"], "small"), RefusedError, "nothing to review yet"),
        (("p9", "r1", ["c1"], "small"), NotFoundError, 'no participant "p9"'),
        (("p2", "r9", ["c1"], "small"), NotFoundError, 'no round "r9"'),
        (("p2", "r1", ["c9"], "small"), NotFoundError, 'no case "c9"'),
        (("p2", "r1", ["c1"], "big"), NotFoundError, 'no rubric "big"'),
    ],
)
def test_what_can_not_be_prepared(study, asked, error, says):
    with pytest.raises(error, match=says):
        study.do(reviews.prepare, *asked)
    assert len(study.document.reviews) == 1
    assert next_number(study) == 2


def test_an_insider_answers(study):
    changes = check_undo(study, reviews.answer, "rv1", SECOND, DISPUTED, " There is an alarm.\n")
    assert changes.label == "Review disputed: Second of Canary one"
    found = item(study, SECOND)
    assert (found.verdict, found.comment) == (DISPUTED, "There is an alarm.")
    assert study.do(reviews.answer, "rv1", SECOND, None, "").label == "Review unanswered: Second of Canary one"
    assert (item(study, SECOND).verdict, item(study, SECOND).comment) == (None, "")


def test_a_comment_typed_on_is_one_step_and_a_verdict_another(study):
    before = study.document
    study.do(reviews.answer, "rv1", SECOND, CORRECTED, "")
    chosen = study.document
    study.do(reviews.answer, "rv1", SECOND, CORRECTED, "It")
    study.do(reviews.answer, "rv1", SECOND, CORRECTED, "It rings.")
    study.undo()
    assert study.document == chosen
    study.undo()
    assert study.document == before


def test_a_review_is_held_when_first_something_is_said(timed, clock):
    timed.do(reviews.prepare, "p2", "r1", ["c1"], "small")
    clock.forward(days=1)
    check_undo(timed, reviews.answer, "review-2", FIRST, CONFIRMED, "")
    held = of(timed, "reviews", "review-2").held_at
    assert held > START
    clock.forward(days=1)
    timed.do(reviews.answer, "review-2", SECOND, CONFIRMED, "")
    assert of(timed, "reviews", "review-2").held_at == held


def test_a_dispute_is_settled_with_a_reason_and_opened_again(study):
    study.do(reviews.answer, "rv1", SECOND, DISPUTED, "There is an alarm.")
    changes = check_undo(study, reviews.resolve, "rv1", SECOND, " Seen on site: answered anew. ")
    assert changes.label == "Settle the review of Second of Canary one"
    assert item(study, SECOND).resolution == "Seen on site: answered anew."
    assert check_undo(study, reviews.reopen, "rv1", SECOND).label == "Open the review of Second of Canary one again"
    assert item(study, SECOND).resolution == ""
    with pytest.raises(RefusedError, match="open already"):
        study.do(reviews.reopen, "rv1", SECOND)


def test_nothing_is_settled_without_a_reason_or_before_anything_is_said(study):
    with pytest.raises(RefusedError, match="only settled with a reason"):
        study.do(reviews.resolve, "rv1", FIRST, " \n")
    with pytest.raises(RefusedError, match="Nothing was said"):
        study.do(reviews.resolve, "rv1", SECOND, "Why not.")
    study.do(reviews.answer, "rv1", SECOND, None, "What is this?")
    study.do(reviews.resolve, "rv1", SECOND, "Told them.")
    assert item(study, SECOND).resolution == "Told them."


def test_a_remark_on_the_whole(study):
    assert check_undo(study, reviews.remark, "rv1", " Well done. ").label == "Remark of the review by P2"
    assert of(study, "reviews", "rv1").remark == "Well done."


def test_a_review_is_removed_whole(study):
    assert check_undo(study, reviews.remove, "rv1").label == "Remove the review by P2 of 2 results"
    assert study.document.reviews == ()
    with pytest.raises(NotFoundError, match='no review "rv1"'):
        study.do(reviews.remove, "rv1")


@pytest.mark.parametrize(
    ("action", "arguments", "says"),
    [
        (reviews.answer, (FIRST, CONFIRMED, "\0"), "comment holds a character"),
        (reviews.answer, (At("small", "first", "c2"), CONFIRMED, ""), "not of that result"),
        (reviews.resolve, (FIRST, "\ud800"), "resolution holds a character"),
        (reviews.remark, ("\0",), "remark holds a character"),
    ],
)
def test_what_is_refused(study, action, arguments, says):
    with pytest.raises((RefusedError, NotFoundError), match=says):
        study.do(action, "rv1", *arguments)


def test_a_filled_form_is_taken_in_as_one_step(study):
    said = [Said(FIRST, CORRECTED, " It limps. "), Said(SECOND, None, "Which alarm?")]
    changes = check_undo(study, reviews.take_filled, "rv1", said, " Thanks. ")
    assert changes.label == "Take in the review by P2: 2 answers"
    assert (item(study).verdict, item(study).comment) == (CORRECTED, "It limps.")
    assert (item(study, SECOND).verdict, item(study, SECOND).comment) == (None, "Which alarm?")
    study.do(reviews.take_filled, "rv1", [Said(FIRST, None, "It limps badly."), Said(SECOND, DISPUTED)])
    assert (item(study).verdict, item(study).comment) == (CORRECTED, "It limps badly.")
    assert (item(study, SECOND).verdict, item(study, SECOND).comment) == (DISPUTED, "Which alarm?")
    study.undo()
    assert of(study, "reviews", "rv1").remark == "Thanks."
    assert study.do(reviews.take_filled, "rv1", said, "Thanks.").seq is None, "the same form says nothing new"


def test_a_place_left_empty_on_a_form_changes_nothing(study):
    study.do(reviews.answer, "rv1", SECOND, DISPUTED, "There is an alarm.")
    study.do(reviews.remark, "rv1", "Typed in.")
    study.do(reviews.take_filled, "rv1", [Said(FIRST, DISPUTED), Said(SECOND)])
    assert (item(study).verdict, item(study, SECOND).verdict) == (DISPUTED, DISPUTED)
    assert of(study, "reviews", "rv1").remark == "Typed in."
    with pytest.raises(RefusedError, match="Nothing is filled in"):
        study.do(reviews.take_filled, "rv1", [Said(FIRST), Said(SECOND)], " ")


def test_what_is_said_anew_is_open_again_and_what_is_said_as_before_stays_settled(study):
    study.do(reviews.answer, "rv1", FIRST, CORRECTED, "It limps.")
    study.do(reviews.resolve, "rv1", FIRST, "Written anew.")
    study.do(reviews.take_filled, "rv1", [Said(FIRST, CORRECTED, "It limps.\n")])
    assert item(study).resolution == "Written anew."
    study.do(reviews.take_filled, "rv1", [Said(FIRST, CORRECTED, "It still limps.")])
    assert item(study).resolution == ""


def test_a_form_outlives_a_case_that_was_removed(study):
    study.do(reviews.prepare, "p2", "r1", ["c1", "c2"], "small")
    study.do(things.remove, "cases", "c2")
    said = [Said(FIRST, CONFIRMED), Said(At("small", "first", "c2"), DISPUTED, "No.")]
    assert study.do(reviews.take_filled, "review-2", said).label == "Take in the review by P2: 1 answer"
