"""Challenges across the cases, and criteria the cases together miss: the numbers are the analysis'."""

import msgspec
import pytest

from app.analysis.assessment import assess
from app.analysis.chain import Chain
from app.analysis.challenges import Order, faced
from app.analysis.distribution import distribution, lacking, weakest_first
from app.report.bars import Bar
from app.report.material import gather
from app.report.sections import challenges, weak_spots
from app.report.snapshot import take
from app.report.wording import capital, percent
from app.rubric import library
from app.scoring.scale import Verdict
from tests.app.report.test_rubrics import assessed

replace = msgspec.structs.replace


def bars(module, document):
    """The bars of a section, in order."""
    found = module.sections(gather(take(document, version="1")))
    return [each for section in found for item in section.flow() for each in _within(item)]


def _within(item):
    if isinstance(item, Bar):
        yield item
    for row in getattr(item, "rows", ()):
        for cell in row.cells:
            for each in cell.items:
                yield from _within(each)


@pytest.fixture(scope="module")
def spread(autocorp):
    """The demonstration's challenges, each of other cases."""
    keys = [case.key for case in autocorp.cases]
    found = tuple(replace(each, cases=tuple(keys[: n % 4])) for n, each in enumerate(autocorp.challenges))
    return replace(autocorp, challenges=found)


def test_challenges_stand_by_frequency_with_cases_and_share(spread, make_only):
    found = faced(Chain(spread, assess(spread)), Order.FREQUENCY)
    text = make_only(spread, "challenges").flat
    places = []
    for each in found:
        number = f"{len(each.cases)} of 3, {percent(each.share)} {capital(each.where)}"
        assert f"{each.challenge.title} {number}" in text or number in text
        places.append(text.index(each.challenge.title))
    assert places == sorted(places)
    assert "Across all cases" in text


def test_bars_are_as_long_as_the_cases_are_many(spread):
    found = faced(Chain(spread, assess(spread)), Order.FREQUENCY)
    for bar, each in zip(bars(challenges, spread), found, strict=True):
        assert bar.most == each.of == 3
        assert bar.table()[1] == (str(len(each.cases)), str(each.of - len(each.cases)))


def test_without_challenges_there_is_no_section(autocorp, make_empty):
    assert not bars(challenges, replace(autocorp, challenges=()))
    assert not bars(challenges, make_empty())


def test_how_many_there_are_is_said(study, make_only):
    text = make_only(study, "challenges").flat
    assert "2 challenges, 1 of them across all cases; 1 each of Training & deployment and Traceability." in text
    one = replace(study, challenges=study.challenges[:1])
    assert "1 challenge, across all cases; of Training & deployment." in make_only(one, "challenges").flat


def test_principles_with_as_many_challenges_are_told_together(autocorp, make_only):
    text = make_only(autocorp, "challenges").flat
    assert "10 challenges, all of them across all cases; most are of " in text
    assert "Training & deployment and Monitoring & feedback (4 each)." in text
    fewer = replace(autocorp, challenges=autocorp.challenges[:-3])
    assert "; most are of Training & deployment (4)." in make_only(fewer, "challenges").flat


def test_the_weakest_criteria_come_first_with_their_numbers(autocorp, make_only):
    found = distribution(assess(autocorp))
    weak = [each for each in weakest_first(found.spreads) if each.missing]
    text = make_only(autocorp, "weak-spots").flat
    drawn = bars(weak_spots, autocorp)
    for bar, each in zip(drawn, weak, strict=False):
        assert bar.table() == (
            tuple(offer.label for offer in found.answers),
            tuple(str(len(here)) for here in each.cases),
        )
        assert lacking(each, found.answers) in text
    places = [text.index(capital(each.criterion.name)) for each in weak[: len(drawn)]]
    assert places == sorted(places)
    for each in weak[len(drawn) :]:
        assert f"{each.criterion.name} ({each.principle.short})" in text[text.index("Closer to the best answer") :]


@pytest.mark.parametrize("key", library.shipped())
def test_every_rule_has_its_answers_in_the_legend(key, make_only):
    document = assessed(key)
    text = make_only(document, "weak-spots").flat
    for offer in distribution(assess(document)).answers:
        assert offer.label in text


def test_where_nothing_falls_short_it_is_said(autocorp, make_only):
    best = tuple(replace(each, verdict=Verdict.FULLY) for each in autocorp.answers)
    text = make_only(replace(autocorp, answers=best), "weak-spots").flat
    assert "Of 31 criteria, none is answered short of the best." in text
    assert "No case falls short" in text


def test_one_case_is_no_organisation(autocorp):
    first = autocorp.cases[0].key
    alone = replace(autocorp, answers=tuple(each for each in autocorp.answers if each.case == first))
    material = gather(take(alone, version="1"))
    one = msgspec.structs.replace(material.assessment, cases=material.assessment.cases[:1])
    assert weak_spots.sections(material)
    object.__setattr__(material, "assessment", one)
    assert not weak_spots.sections(material)
