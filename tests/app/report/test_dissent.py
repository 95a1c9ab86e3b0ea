"""Levels the team set, dissents and what is not agreed on: each is printed, with whoever and why."""

from datetime import UTC, datetime

import msgspec
import pytest

from app.analysis.assessment import assess
from app.analysis.consensus import differences
from app.analysis.overrides import basis
from app.model.assessment import Dissent
from app.report.wording import capital
from app.rubric import library
from tests.app.report.test_rubrics import assessed

replace = msgspec.structs.replace
TIME = datetime(2023, 1, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def text(study, make_only):
    return make_only(study, "dissent").flat


def test_levels_that_the_team_set_stand_beside_the_derived_ones(study, text):
    assert "1 level set by the team, no dissent and 1 criterion without agreement." in text
    for case in assess(study).cases:
        for judged in case.principles:
            if judged.override:
                assert f"{case.case.name} {judged.principle.short}" in text
                assert "High in force" in text
                assert judged.override.reason in text
    assert "Entered by Assessor One" in text


def test_criteria_without_agreement_are_told_with_each_answer(study, text):
    (each,) = [each for each in differences(study, assess(study)) if each.is_open]
    assert capital(each.criterion.name) in text
    assert "Assessor One: largely achieved" in text
    assert "Assessor Two: partially achieved" in text


def test_a_level_that_has_lapsed_says_what_changed(study, make_only):
    (override,) = study.overrides
    case = assess(study).case(override.case)
    criteria = case.principle(override.principle).principle.criteria
    then = basis([each.id for each in criteria], {})
    text = make_only(replace(study, overrides=(replace(override, basis=then),)), "dissent").flat
    lapsed = assess(replace(study, overrides=(replace(override, basis=then),))).case("c1").principle(override.principle)
    assert "1 level set by the team, 1 of it lapsed" in text
    assert "has lapsed" in text
    assert f"Lapsed: {lapsed.changed}." in text


def test_dissents_are_told_with_what_was_agreed(study, make_only):
    (agreed,) = study.consensus
    dissents = (Dissent(assessor="a2", reason="I saw it fail"), Dissent(assessor="a1", reason="So did I"))
    text = make_only(replace(study, consensus=(replace(agreed, dissents=dissents),)), "dissent").flat
    assert "2 dissents" in text
    assert "Largely achieved The log shows it." in text
    assert "Assessor Two (partially achieved): I saw it fail." in text
    assert "Assessor One (fully achieved): So did I." in text


def test_where_there_is_none_there_is_no_section(autocorp, make_only, make_empty):
    assert "Dissent" not in make_only(autocorp, "dissent").flat
    assert "Dissent" not in make_only(make_empty(), "dissent").flat


def test_those_against_other_rubrics_are_told_under_their_names(study, make_only):
    other = assessed("google-mlops-levels")
    case, principle = study.cases[0].key, library.load("google-mlops-levels").principles[0]
    answers = tuple(replace(each, case=case) for each in other.answers if each.case == "ml-p1")
    (override,) = study.overrides
    override = replace(override, rubric="google-mlops-levels", principle=principle.id, level="level-2", reason="Seen")
    both = replace(
        study,
        rubrics=(*study.rubrics, *other.rubrics),
        answers=(*study.answers, *answers),
        overrides=(*study.overrides, override),
    )
    text = make_only(both, "dissent").flat
    assert text.count("1 level set by the team") == 2
    assert text.index("version 1.0") < text.index("Seen on site") < text.index(f"Cracks {principle.short}")
    assert "Dissent" not in make_only(replace(both, overrides=(), consensus=(), answers=answers), "dissent").flat


def principle_rubric(document):
    return document.rubrics[0].key


def test_without_differing_answers_there_is_no_table_of_them(study, make_only):
    given = tuple(each for each in study.answers if each.assessor == "a1")
    text = make_only(replace(study, answers=given), "dissent").flat
    assert "no dissent and no criterion without agreement" in text
    assert "have not agreed" not in text
