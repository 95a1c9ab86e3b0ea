"""Every text that people wrote is reached, and nothing that programs read."""

import json

import pytest
import yaml
from hypothesis import given

from app.disclosure.names import MARK
from app.disclosure.rubric_text import without_names
from app.disclosure.walking import rewritten, text_fields
from app.exchange.study_json import encode
from app.model.assessment import FrozenRubric, NextStep
from app.model.setting import Study
from app.paths import RUBRICS
from app.rubric import library
from app.rubric.load import decode_mapping, decode_rubric
from tests.documents import RUBRIC_TEXT, documents, example

READ_BY_PROGRAMS = {
    "id",
    "key",
    "zone",
    "format",
    "basis",
    "based_on",
    "line",
    "sitting",
    "below",
    "profile",
    "sections",
}


def test_texts_are_told_from_what_programs_read():
    assert text_fields(Study) == ("title", "purpose", "about")
    assert text_fields(NextStep) == ("text", "owner")
    assert text_fields(FrozenRubric) == ()


def test_a_study_is_the_very_same_where_nothing_changes():
    document = example()
    assert rewritten(document, str) is document


@given(documents())
def test_only_texts_change_and_what_refers_to_something_still_does(document):
    before, after = (json.loads(encode(each)) for each in (document, rewritten(document, lambda text: f"{text}!")))
    _compare(before, after)


def _compare(before, after, name=""):
    if isinstance(before, dict):
        assert before.keys() == after.keys()
        for field in before:
            _compare(before[field], after[field], field)
    elif isinstance(before, list):
        for one, other in zip(before, after, strict=True):
            _compare(one, other)
    elif before != after:
        assert after == f"{before}!"
        assert name not in READ_BY_PROGRAMS


def test_every_canary_in_the_example_is_reached():
    said = encode(rewritten(example(), lambda text: text.replace("anary", "-").replace("CANARY", "-"))).decode()
    assert "anary" not in said.replace('"canary-works"', "")  # which is a key


def write(text):
    return text.replace("runs", "walks").replace("Middle", "Something that is much too long")


def test_a_rubric_without_a_name_stays_as_it_is():
    assert without_names(RUBRIC_TEXT, str, lambda _: False) is RUBRIC_TEXT
    assert without_names(RUBRIC_TEXT, str, lambda _: True) is RUBRIC_TEXT


def test_names_in_a_rubric_are_replaced_in_its_texts_and_it_stays_a_rubric():
    text = without_names(RUBRIC_TEXT, write, lambda _: True)
    rubric = decode_rubric(text, "small.yaml")
    assert rubric.principles[0].criteria[0].id == "runs"
    assert rubric.principles[0].criteria[0].statement == "It walks."
    assert rubric.levels[1].name == MARK
    assert [level.id for level in rubric.levels] == ["low", "mid", "top"]


@pytest.mark.parametrize("text", ["'", "null", "\x1f", "- AutoCorp"])
def test_what_is_no_rubric_is_words(text):
    assert without_names(text, lambda text: f"{text}!", lambda _: True) == f"{text}!"


def test_what_a_principle_says_of_its_levels_is_text():
    plain = yaml.safe_load(without_names(RUBRIC_TEXT, lambda text: text.replace("In part", "By half"), lambda _: True))
    assert plain["principles"][0]["levels"] == {"low": "By hand.", "mid": "By half.", "top": "By machine."}


def test_every_shipped_rubric_and_mapping_stays_sound():
    for rubric_id in library.shipped():
        text = without_names(library.text(rubric_id), lambda text: text.replace("model", MARK), lambda _: True)
        assert decode_rubric(text, f"{rubric_id}.yaml").id == rubric_id
    for path in (RUBRICS / "mappings").glob("*.yaml"):
        text = without_names(path.read_text(), lambda text: text.replace("model", MARK), lambda _: True)
        assert decode_mapping(text, path.name).id == path.stem
