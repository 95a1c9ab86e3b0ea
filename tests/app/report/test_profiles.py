"""Small drawings of all cases: as many as a page holds, and the same levels in words."""

import pytest
from msgspec.structs import replace

from app.analysis.assessment import assess
from app.analysis.overview import standing
from app.exchange.demo import demo_document
from app.report.material import gather
from app.report.radar import Ladder, Radar, Told
from app.report.sections import profiles
from app.report.snapshot import take
from tests.app.report.test_rubrics import assessed

LONG = "Remaining useful life of tools on press lines two and three {}"


def many(number):
    """The demonstration's cases again and again, under long names."""
    whole = demo_document()
    pairs = [(f"k{n}", whole.cases[n % 3]) for n in range(number)]
    cases = tuple(replace(case, key=key, name=LONG.format(key)[-60:]) for key, case in pairs)
    given = tuple(
        replace(answer, case=key, evidence=())
        for key, case in pairs
        for answer in whole.answers
        if answer.case == case.key
    )
    bare = dict.fromkeys(("findings", "influences", "targets", "next_steps", "reviews", "challenges"), ())
    bare |= dict.fromkeys(("sources", "passages", "follow_ups", "codings", "double_codings", "guides"), ())
    return replace(whole, cases=cases, answers=given, **bare)


def drawings(document):
    """The drawings of a report, in order."""
    (section,) = profiles.sections(gather(take(document, version="1")))
    return [each for item in section.flow() for each in _within(item)]


def _within(item):
    if isinstance(item, Radar | Ladder):
        yield item
    for row in getattr(item, "rows", ()):
        for cell in row.cells:
            for each in cell.items:
                yield from _within(each)


def test_every_level_of_every_case_is_printed_in_words(autocorp, make_only):
    printed = make_only(autocorp, "profiles")
    assessment = assess(autocorp)
    for case in assessment.cases:
        for judged in case.principles:
            told = standing(assessment.rubric, judged)
            assert f"{told.name}, {told.known}" in printed.flat
    assert len(printed.pages) == 2


def test_drawings_show_the_analysis_numbers(autocorp):
    assessment = assess(autocorp)
    for drawn, case in zip(drawings(autocorp), assessment.cases, strict=True):
        head, *rows = drawn.table()
        assert head == ("Principle", case.case.name, "Target")
        for row, judged in zip(rows, case.principles, strict=True):
            assert row[:2] == (judged.principle.short, assessment.rubric.level(judged.score.level).name)


@pytest.mark.parametrize("number", [1, 3, 9, 12])
def test_up_to_twelve_cases_stand_on_one_page(number, make_only):
    printed = make_only(many(number), "profiles")
    figure = next(page for page in printed.pages if "Figure" in page)
    for at in range(number):
        assert f"k{at}" in " ".join(figure.split())


def test_more_cases_go_on(make_only):
    printed = make_only(many(14), "profiles")
    assert "k13" in printed.flat


@pytest.mark.parametrize(("key", "told"), [("mlops-maturity", Told.LEVELS), ("google-mlops-levels", Told.NUMBERS)])
def test_axes_bear_words_where_there_is_room(key, told):
    assert {each.told for each in drawings(assessed(key))} == {told}


def test_nothing_answered_has_no_profiles(autocorp):
    assert not profiles.sections(gather(take(replace(autocorp, answers=()), version="1")))
