"""The shipped rubrics and the schema they are written against."""

import json

import jsonschema
import pytest

from app.errors import FieldquillError
from app.paths import RESOURCES, RUBRICS
from app.rubric import library
from app.rubric.document import read_document
from app.rubric.schema import rubric_schema


def test_the_folders_are_siblings_of_app():
    assert RUBRICS.is_dir()
    assert RESOURCES.is_dir()
    assert (RUBRICS.parent / "app" / "paths.py").is_file()


@pytest.mark.parametrize(
    "rubric_id", ["google-mlops-levels", "john-2021-stages", "microsoft-mlops-maturity", "mlops-maturity"]
)
def test_the_models_assessors_know_are_shipped(rubric_id):
    assert rubric_id in library.shipped()


@pytest.mark.parametrize("rubric_id", library.shipped())
def test_every_shipped_rubric_is_valid_and_named_like_its_file(rubric_id):
    rubric = library.load(rubric_id)
    assert rubric.id == rubric_id
    assert library.load(rubric_id) is rubric


@pytest.mark.parametrize("rubric_id", library.shipped())
def test_every_shipped_rubric_fits_the_schema(rubric_id):
    document = read_document(library.text(rubric_id), rubric_id)
    jsonschema.validate(document.value, json.loads(rubric_schema()))


@pytest.mark.parametrize("rubric_id", ["nothing", "../pyproject", ""])
def test_a_rubric_that_is_not_shipped_is_an_expected_error(rubric_id):
    with pytest.raises(FieldquillError) as caught:
        library.load(rubric_id)
    assert caught.value.code == "rubric.unknown"
    assert f'"{rubric_id}"' in caught.value.sentence
    assert "mlops-maturity" in caught.value.sentence


def test_the_schema_file_is_the_one_made_from_the_code():
    assert (RUBRICS / "rubric.schema.json").read_text(encoding="utf-8") == rubric_schema()


def test_the_schema_describes_every_field():
    definitions = json.loads(rubric_schema())["$defs"]
    assert set(definitions) == {"Rubric", "Level", "Given", "Offer", "Principle", "Criterion", "Source"}
    for name, definition in definitions.items():
        assert definition["description"], name
        for field, schema in definition.get("properties", {}).items():
            assert any("description" in part for part in [schema, *schema.get("anyOf", ())]), f"{name}.{field}"
