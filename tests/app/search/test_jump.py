"""What can be gone to by name, and what is meant by what was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.model.assessment import Influence, Review
from app.model.evidence import Evidence
from app.search.jump import MOST, Target, means, ranked, targets, weight

PAGES = [("overview", "Overview"), ("interviews", "Interviews"), ("assess", "Assess"), ("results", "Results")]


def named(document, typed, **given_):
    return [target.text for target in ranked(targets(document, PAGES, **given_), typed)]


def first(document, typed, **given_):
    return ranked(targets(document, PAGES, **given_), typed)[0]


@pytest.mark.parametrize(
    ("typed", "target"),
    [
        ("overv", Target("overview", "", "Overview", "Page")),
        ("paint insp", Target("assess", "paint", "Paint inspection", "Case")),
        ("results paint", Target("results", "paint", "Results of Paint inspection", "Case")),
        ("round 2", Target("overview", "rounds/r2", "Round 2", "Round")),
        ("p2", Target("overview", "participants/p2", "P2", "Production engineer")),
        ("platform lead", Target("overview", "participants/p3", "P3", "Platform lead")),
        ("ben", Target("overview", "assessors/ben", "Ben", "Assessor")),
        ("guide", Target("overview", "guides/g1", "Standard guide", "Guide")),
        ("i2", Target("interviews", "i2", "Bought-in sorting model", "Interview I2")),
        ("sorting model", Target("interviews", "i2", "Bought-in sorting model", "Interview I2")),
        ("weekly", Target("interviews", "m1", "Weekly project meeting", "Meeting M1")),
        ("rollb", Target("assess", "paint/model-rollback", "Model rollback", "Training & deployment")),
        ("DRÏFT det", Target("assess", "paint/drift-detection", "Drift detection", "Monitoring & feedback")),
        (
            "loops",
            Target("assess", "paint/monitoring-feedback", "Continuous monitoring and feedback loops", "Principle"),
        ),
    ],
)
def test_things_are_gone_to_by_name(written, typed, target):
    assert first(written, typed) == target


def test_criteria_are_shown_for_the_case_in_view(written):
    assert first(written, "rollback", case="sorting").key == "sorting/model-rollback"
    assert not [each for each in targets(replace(written, cases=()), PAGES) if each.page == "assess" and each.key]


def test_a_code_leads_to_the_first_passage_it_is_on(written):
    assert first(written, "drift").detail != ""
    code = next(each for each in targets(written, PAGES) if each.detail.startswith("Code") and each.text == "Training")
    assert (code.page, code.key) == ("interviews", "q1")
    unused = replace(written, codings=())
    assert not [each for each in targets(unused, PAGES) if each.detail.startswith("Code")]


def test_a_factor_leads_to_the_first_passage_it_rests_on(written):
    assert not [each for each in targets(written, PAGES) if each.detail.startswith("Factor")]
    resting = Influence(factor="budget", round="r2", evidence=(Evidence(passage="q4"),))
    document = replace(written, influences=(*written.influences, resting))
    assert first(document, "budget") == Target("interviews", "q4", "Budget", "Factor, first passage")


def test_a_review_is_gone_to_by_who_reviews(written):
    reviewed = replace(written, reviews=(Review(key="review-1", reviewer="p2", round="r1"),))
    assert first(reviewed, "review by p2") == Target("review", "review-1", "Review by P2", "Round 1")


def test_codes_and_factors_lead_to_their_own_pages_where_there_are_any(written):
    pages = [*PAGES, ("codes", "Codes"), ("factors", "Factors")]
    found = targets(written, pages)
    assert {each.key for each in found if each.page == "codes"} == {"", *(code.key for code in written.codes)}
    assert Target("factors", "budget", "Budget", "Factor") in found


def test_whole_words_come_before_beginnings_and_these_before_letters_inside():
    names = ["Redrift", "Driftwood", "Other", "A drift", "Drift"]
    found = ranked([Target("", name, name, "") for name in names], "drift")
    assert [each.key for each in found] == ["Drift", "A drift", "Driftwood", "Redrift"]


def test_only_so_many_are_given():
    many = [Target("", str(n), f"Thing {n}", "") for n in range(100)]
    assert len(ranked(many, "thing")) == MOST
    assert len(ranked(many, "thing", 3)) == 3


def test_the_like_stay_in_their_order():
    found = ranked([Target("", key, "Größe", "") for key in "cab"], "grosse große")
    assert found == []
    assert [each.key for each in ranked([Target("", key, "Größe", "") for key in "cab"], "GRÖ")] == ["c", "a", "b"]


@given(text=st.text(max_size=20), detail=st.text(max_size=20), typed=st.text(max_size=8))
def test_weighing_takes_anything(text, detail, typed):
    assert weight(text, detail, typed) >= 0
    means(text, typed)


def test_commands_are_meant_by_the_beginnings_of_their_words():
    assert means("Go to Results", "go res")
    assert means("Go to Results", "RES go")
    assert not means("Go to Results", "sults")
    assert means("Go to Results", "")
