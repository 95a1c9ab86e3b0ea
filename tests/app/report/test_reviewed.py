"""The section on insiders' reviews: what they were shown and said, what is open, and what changed since."""

import msgspec
import pytest

from app.model.assessment import Review, ReviewItem, ReviewVerdict

replace = msgspec.structs.replace
RUBRIC = "mlops-maturity"
FIRST, SECOND, THIRD = "training-deployment", "monitoring-feedback", "traceability"


def item(principle, verdict, case="c1", **more):
    return ReviewItem(rubric=RUBRIC, principle=principle, case=case, verdict=verdict, **more)


@pytest.fixture
def told(study, make_report):
    """Tell the pages of the section, of a study with one review of such items."""

    def pages(*items, **more):
        review = Review(key="v1", reviewer="p3", round="r2", items=items, **more)
        printed = make_report(replace(study, reviews=(review,)))
        places = {each.get_title().partition(" ")[2]: each.get_dest().get_index() for each in printed.pdf.get_toc()}
        first, last = places["Review by an insider"], places["Rubric and answers"]
        return " ".join(" ".join(printed.pages[first : last + 1]).split())

    return pages


def test_several_insiders_are_several(study, make_report):
    first = study.reviews[0]
    other = make_report(replace(study, reviews=(first, replace(first, key="v2", reviewer="p2"))))
    assert "Review by insiders" in [title.partition(" ")[2] for _, title in other.bookmarks]
    assert "put before 2 insiders" in other.flat
    assert "checked by insiders (ML engineer and IT manager)" in other.flat


def test_who_reviews_twice_is_one_insider(study, make_report):
    twice = make_report(replace(study, reviews=(*study.reviews, replace(study.reviews[0], key="v2"))))
    assert "Review by an insider" in [title.partition(" ")[2] for _, title in twice.bookmarks]
    assert "Of 4 results put before 1 insider" in twice.flat
    assert "checked by an insider (ML engineer)" in twice.flat


def test_what_was_not_answered_was_not_reviewed(study, make_report):
    first = study.reviews[0]
    asked = tuple(replace(each, verdict=None, comment="", resolution="") for each in first.items)
    none = make_report(replace(study, reviews=(replace(first, items=asked, remark=""),)))
    assert "Put before them and not answered yet: 2 results, of Cracks and Scratches." in none.flat
    assert "checked by" not in none.flat
    some = make_report(replace(study, reviews=(replace(first, items=(first.items[0], asked[1])),)))
    assert "Reviewed: 1 of 2 results, of Cracks and Scratches." in some.flat
    assert "checked by an insider (ML engineer)" in some.flat


def test_what_is_not_resolved_stands_first_disputes_before_corrections(told):
    page = told(
        item(FIRST, ReviewVerdict.CONFIRMED, comment="Quite so"),
        item(SECOND, ReviewVerdict.CORRECTED, comment="Say weekly"),
        item(THIRD, ReviewVerdict.DISPUTED, comment="It is all kept"),
    )
    assert "1 confirmed, 1 corrected and 1 disputed." in page
    assert "1 disputed and 1 corrected results are not resolved yet." in page
    places = [page.index(words) for words in ("It is all kept", "Say weekly", "Quite so")]
    assert places == sorted(places)
    assert page.count("It is all kept") == 2


def test_what_was_resolved_is_not_open(told):
    page = told(item(THIRD, ReviewVerdict.DISPUTED, resolution="Kept, with a note"), item(FIRST, None))
    assert "not resolved yet" not in page
    assert "Kept, with a note" in page
    assert "1 disputed and 1 without an answer." in page
    assert "No answer" in page


def test_it_tells_the_pack_and_what_was_reviewed(told):
    page = told(item(FIRST, ReviewVerdict.CONFIRMED), item(FIRST, None, "c2"), sheet="7", remark="Read on paper.")
    assert "review pack 7" in page
    assert "Read on paper. Reviewed: 1 of 2 results, of Cracks and Scratches." in page


def test_it_tells_what_is_other_now_than_was_shown(told):
    shown = {"level": "High", "finding": "All by hand"}
    page = told(
        item(FIRST, ReviewVerdict.CONFIRMED, **shown),
        item(FIRST, ReviewVerdict.DISPUTED, "c2", level="High"),
        item(SECOND, None, level="High, set by the team; derived: Low", finding=""),
    )
    assert "2 results have changed since." in page
    assert "Shown: High" in page
    assert "Confirmed before it changed." in page
    assert "Level shown: High; now: Low, at most Moderate" in page
    assert "Finding shown: All by hand; now: Automated training, manual deployment" in page
    assert page.count("Level shown: High; now: Low, at most High") == 1  # told once, where it is open


def test_one_result_that_changed(told):
    page = told(item(FIRST, None, level="High", finding="All by hand"))
    assert "1 result has changed since." in page


def test_a_review_of_nothing_tells_its_remark(told):
    page = told(remark="Had no time.")
    assert "No result was put before them." in page
    assert "ML engineer Had no time." in page
    assert "ML engineer" not in told()
