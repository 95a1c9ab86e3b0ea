"""Looking things up in a rubric."""

import msgspec
import pytest

from app.rubric.load import decode_rubric


@pytest.fixture
def rubric(small):
    return decode_rubric(small, "own.yaml")


def test_levels_have_ranks_from_the_lowest(rubric):
    assert [rubric.rank(level.id) for level in rubric.levels] == [0, 1, 2]
    assert rubric.level("mid").name == "Middle"


def test_criteria_are_found_by_id_and_by_the_level_they_gate(rubric):
    first = rubric.principle("first")
    assert [criterion.id for criterion in rubric.criteria] == ["build-runs", "build-is-fast", "seen", "told"]
    assert [criterion.id for criterion in first.criteria_for("mid")] == ["build-runs"]
    assert first.criteria_for("low") == ()
    assert rubric.criterion("told").level == "top"
    assert rubric.principle_of("told") is rubric.principle("second")


def test_a_criterion_has_its_id_as_name(rubric):
    assert rubric.criterion("build-is-fast").name == "build is fast"


@pytest.mark.parametrize("method", ["level", "rank", "principle", "criterion", "principle_of"])
def test_an_id_that_is_not_there_is_a_key_error(rubric, method):
    with pytest.raises(KeyError, match="nothing"):
        getattr(rubric, method)("nothing")


def test_a_rubric_cannot_be_changed(rubric):
    with pytest.raises(AttributeError):
        rubric.title = "Another"


def test_a_rubric_survives_json(rubric):
    assert msgspec.json.decode(msgspec.json.encode(rubric), type=type(rubric)) == rubric
