"""What insiders said is counted, what is still open is found, and what changed since they were shown it."""

from hypothesis import given
from msgspec.structs import replace

from app.analysis.assessment import assess
from app.analysis.chain import Chain
from app.analysis.evidence_warnings import warnings
from app.analysis.quality import Matter, quality
from app.analysis.reviews import (
    At,
    Changed,
    Said,
    Tally,
    can_be_reviewed,
    items_to_review,
    level_words,
    reviewed_text,
    reviews,
)
from app.exchange.demo import demo_document
from app.model.assessment import Review, ReviewItem, ReviewVerdict
from app.scoring.scale import Verdict
from tests.documents import documents, example

CONFIRMED, CORRECTED, DISPUTED = ReviewVerdict
FIRST, SECOND = At("small", "first", "c1"), At("small", "second", "c1")


def reviewed(*said, document=None, **fields):
    """The example with one review of what it shows now; `said` are verdict, comment and resolution of each result."""
    document = document or example()
    shown = items_to_review(document, "r1", ["c1"], "small")
    items = tuple(
        replace(item, verdict=verdict, comment=comment, resolution=resolution)
        for item, (verdict, comment, resolution) in zip(shown, said, strict=True)
    )
    review = Review(key="rv", reviewer="p2", round="r1", sheet="2", items=items, **fields)
    return replace(document, reviews=(review,))


OBJECTED = (DISPUTED, "There is\nan alarm.", ""), (CORRECTED, "", "Written anew.")


def changed_in(found):
    return [each for each in found.results if each.changed]


def stale_in(found):
    return [each for each in found.results if each.is_stale]


@given(documents(most=3))
def test_every_result_is_counted_once(document):
    for found in (reviews(document), *(reviews(document, each.key) for each in document.rounds)):
        tally = found.tally
        assert tally.results == tally.confirmed + tally.corrected + tally.disputed + tally.unanswered
        assert tally.results == len(found.results)
        assert tally.open == len(found.open) <= tally.corrected + tally.disputed
        assert tally.unanswered == sum(not each.is_answered for each in found.results)
        assert tally.changed == len(changed_in(found))
        assert tally.stale == len(stale_in(found)) <= tally.changed


@given(documents(most=3))
def test_what_is_put_to_somebody_is_as_it_is_now(document):
    for rubric in document.rubrics:
        for each in document.rounds:
            cases = [case.key for case in document.cases]
            items = items_to_review(document, each.key, cases, rubric.key)
            if not document.participants or not items:
                continue
            review = Review(key="new", reviewer=document.participants[0].key, round=each.key, items=items)
            found = reviews(replace(document, reviews=(review,)), each.key)
            assert changed_in(found) == stale_in(found) == []
            assert found.tally.unanswered == len(items) == len(cases) * len({item.principle for item in items})


def test_a_level_is_said_with_how_far_it_is_open_and_who_set_it():
    document = example()
    assessment = assess(document)
    first, second = assessment.case("c1").principles
    assert level_words(assessment.rubric, first) == "Middle, set by the team; derived: Middle, at most Top"
    assert level_words(assessment.rubric, second) == "Middle, at most Top"
    answers = tuple(replace(each, verdict=Verdict.NOT_APPLICABLE, rationale="None.") for each in document.answers)
    other = replace(answers[2], criterion="alarms")
    assessment = assess(replace(document, answers=(*answers, other)))
    assert level_words(assessment.rubric, assessment.case("c1").principle("second")) == "Not rated"


def test_there_is_something_to_review_where_anything_was_judged():
    document = example()
    assert can_be_reviewed(document, "r1", ["c1", "c2"], "small")
    assert not can_be_reviewed(document, "r1", ["c2"], "small")
    assert not can_be_reviewed(document, "r2", ["c1"], "small")
    bare = replace(document, answers=(), overrides=())
    assert can_be_reviewed(bare, "r1", ["c1"], "small"), "a finding is something"
    assert not can_be_reviewed(replace(bare, findings=()), "r1", ["c1"], "small")


def test_a_dispute_is_open_until_it_says_what_became_of_it():
    found = reviews(reviewed(*OBJECTED), "r1")
    (who, result), *others = found.open
    assert others == []
    assert (who.reviewer, who.role, result.at, result.case, result.principle) == (
        "P2",
        "manager",
        FIRST,
        "Canary one",
        "First",
    )
    assert found.tally == Tally(results=2, corrected=1, disputed=1, open=1)
    assert found.tally.text == "1 corrected · 1 disputed · 1 open"
    assert reviewed_text(found.tally) == "2 results: 1 corrected · 1 disputed · 1 open"
    assert reviewed_text(Tally()) == "0 results"


def test_what_changed_since_is_told_as_it_was_and_is():
    document = reviewed((CONFIRMED, "", ""), (None, "", ""))
    finding = replace(document.findings[0], text="It limps.")
    later = replace(document, findings=(finding,), overrides=())
    found = reviews(later)
    (result,) = changed_in(found)
    assert result.changed == (
        Changed("Level", "Middle, set by the team; derived: Middle, at most Top", "Middle, at most Top"),
        Changed("Finding", "It runs.", "It limps."),
    )
    assert result.is_stale
    assert found.review("rv").is_stale
    assert found.review("rv").tally.stale == 1


def test_a_result_changed_after_it_was_disputed_is_not_stale():
    document = reviewed((DISPUTED, "", ""), (None, "", ""))
    found = reviews(replace(document, overrides=()))
    assert found.tally.changed == 1
    assert stale_in(found) == []
    assert not found.review("rv").is_stale


def test_a_review_without_what_was_shown_can_not_tell_what_changed():
    items = (ReviewItem(rubric="small", principle="first", case="c1", verdict=CONFIRMED),)
    found = reviews(replace(example(), reviews=(Review(key="old", reviewer="p1", round="r1", items=items),)))
    assert changed_in(found) == []
    assert found.results[0].is_answered


def test_reviews_are_found_by_round_and_key():
    document = reviewed(*OBJECTED)
    assert reviews(document, "r2").reviews == ()
    assert reviews(document).review("gone") is None
    one = reviews(document).review("rv")
    assert one.result(SECOND).item.verdict is CORRECTED
    assert one.result(At("small", "first", "c2")) is None


def test_nothing_written_is_nothing_said():
    assert Said(FIRST).is_empty
    assert not Said(FIRST, CONFIRMED).is_empty
    assert not Said(FIRST, None, "Hm.").is_empty


def test_what_autocorp_s_insider_corrected_is_settled():
    found = reviews(demo_document())
    assert found.open == ()
    assert found.tally.results == found.tally.confirmed + found.tally.corrected


def test_an_open_dispute_is_something_to_look_at():
    chain = Chain(document := reviewed(*OBJECTED), assess(document))
    (found,) = quality(chain, warnings(chain)).of(matter=Matter.OBJECTED)
    assert (found.where, found.text, found.why) == ("Canary one · First", "There is an alarm.", "Disputed by P2")
    assert (found.page, found.thing, found.cases, found.principle) == ("review", "rv/c1/first", ("c1",), "first")


def test_a_dispute_without_a_comment_says_so_and_one_by_another_rubric_is_not_listed():
    document = reviewed((DISPUTED, "", ""), (None, "", ""))
    chain = Chain(document, assess(document))
    assert [each.text for each in quality(chain, ()).of(matter=Matter.OBJECTED)] == ["No comment says why."]
    other = replace(document, rubrics=(replace(document.rubrics[0], key="other"), *document.rubrics))
    chain = Chain(other, assess(other, "other"))
    assert quality(chain, ()).of(matter=Matter.OBJECTED) == ()
