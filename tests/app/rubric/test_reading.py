"""A rubric told in words."""

import pytest

from app.rubric import library
from app.rubric.draft import as_text, from_text
from app.rubric.reading import begins_text, offered_text, rule_text


@pytest.mark.parametrize("rubric_id", library.shipped())
def test_every_shipped_rule_is_told(rubric_id):
    rubric = library.load(rubric_id)
    assert rule_text(rubric).count(". ") >= 1
    assert bool(offered_text(rubric)) == bool(rubric.answers)
    assert all(bool(begins_text(level)) == rubric.counts_points for level in rubric.levels[1:])
    assert begins_text(rubric.levels[0]) == ""


def test_points_and_bands_of_the_ml_test_score():
    rubric = library.load("ml-test-score")
    assert offered_text(rubric).endswith("Not done (0)")
    assert begins_text(rubric.levels[1]) == "above 0"
    assert "lowest" in rule_text(rubric)
    assert "mean of its principles' points" in rule_text(library.load("mlops-principles"))


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("title", " A title ", "A title"),
        ("title", "", ""),
        ("year", "2020", 2020),
        ("year", "soon", "soon"),
        ("year", "", None),
        ("above", "nan", "nan"),
        ("above", "inf", "inf"),
        ("points", "9" * 5000, "9" * 5000),
        ("points", "0.5", 0.5),
        ("points", "", ""),
        ("note", "", None),
        ("sources", "book, , film", ["book", "film"]),
        ("sources", "", []),
    ],
)
def test_fields_and_what_is_typed_into_them(name, text, value):
    assert from_text(f"$.{name}", text) == value
    assert from_text(f"$.{name}", as_text(value)) == value


def test_a_description_left_empty_is_left_out():
    assert from_text("$.principles[0].levels.year", " ") is None
    assert from_text("$.principles[0].levels.year", "2020") == "2020"
