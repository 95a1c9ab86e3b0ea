"""Mappings that a study keeps: between rubrics it has, in the place of the shipped one."""

import pytest

from app.actions import mappings, rubrics
from app.actions.errors import RefusedError
from app.analysis.mappings import mapping_in
from app.rubric.errors import RubricError
from app.rubric.load import decode_frozen
from tests.app.actions.clocked import check_undo
from tests.documents import RUBRIC_TEXT

OTHER = RUBRIC_TEXT.replace("id: small", "id: other").replace("title: A small rubric", "title: Another rubric")
MAPPING = """\
id: small-to-other
from: small
to: other
from_version: "1.0"
to_version: "1.0"
licence: CC0-1.0
note: They ask alike.
entries:
  - {to: runs, from: [runs], note: The same words.}
"""


@pytest.fixture
def two(study):
    study.do(rubrics.add_rubric, OTHER)
    return study


def found(study):
    small, other = (decode_frozen(each.text, each.key) for each in study.document.rubrics)
    return mapping_in(study.document, small, other)


def test_a_mapping_is_kept_and_used(two):
    assert found(two) is None
    changes = check_undo(two, mappings.keep_mapping, MAPPING)
    assert changes.label == "Keep the mapping from A small rubric to Another rubric"
    assert found(two).id == "small-to-other"


def test_a_mapping_of_the_same_id_takes_its_place(two):
    two.do(mappings.keep_mapping, MAPPING)
    check_undo(two, mappings.keep_mapping, MAPPING.replace("from: [runs]", "from: [is-fast]"))
    assert len([each for each in two.document.mappings if each.key == "small-to-other"]) == 1
    assert found(two).entries[0].sources == ("is-fast",)


def test_a_mapping_needs_both_rubrics(study):
    with pytest.raises(RefusedError, match=r'no rubric "other" in version 1\.0'):
        study.do(mappings.keep_mapping, MAPPING)
    assert found_keys(study) == ["small-to-small"]


def test_what_does_not_fit_is_said_with_its_line(two):
    with pytest.raises(RubricError, match=r"own.yaml, line 9: .*gone"):
        two.do(mappings.keep_mapping, MAPPING.replace("to: runs", "to: gone"), "own.yaml")
    with pytest.raises(RubricError, match=r"own\.yaml"):
        two.do(mappings.keep_mapping, RUBRIC_TEXT, "own.yaml")


def found_keys(study):
    return [each.key for each in study.document.mappings]
