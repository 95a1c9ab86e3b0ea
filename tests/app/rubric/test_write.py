"""Rubrics written as YAML: they read back as they were, and look like ours."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rubric import library
from app.rubric.checks import problems
from app.rubric.document import read_document
from app.rubric.load import decode_rubric
from app.rubric.write import WIDTH, write_plain, write_rubric
from tests.app.rubric.made_up import ODD, rubrics
from tests.documents import RUBRIC

replace = msgspec.structs.replace


@given(rubrics())
def test_what_is_written_reads_back_the_same(rubric):
    assert list(problems(rubric)) == []
    text = write_rubric(rubric)
    assert decode_rubric(text, "x.yaml") == rubric
    assert write_rubric(decode_rubric(text, "x.yaml")) == text


@pytest.mark.parametrize("text", ODD)
def test_every_odd_text_survives_wherever_it_stands(text):
    principle = RUBRIC.principles[0]
    criterion = replace(principle.criteria[0], statement=text, advice=text)
    principle = replace(principle, name=text, levels={"low": text}, criteria=(criterion,))
    rubric = replace(RUBRIC, title=text, summary=text, principles=(principle,))
    read = msgspec.convert(read_document(write_rubric(rubric), "x").value, type(rubric))
    assert read == rubric


@given(st.floats(allow_nan=False))
def test_every_figure_survives(figure):
    low, *others = RUBRIC.levels
    rubric = replace(RUBRIC, levels=(low, replace(others[0], above=figure), others[1]))
    read = msgspec.convert(read_document(write_rubric(rubric), "x").value, type(rubric))
    assert read == rubric


@pytest.mark.parametrize("rubric_id", library.shipped())
def test_the_shipped_rubrics_are_written_as_they_are(rubric_id):
    """Line by line, but for where a text is folded, the notes in the file, and quotes that are not needed."""
    rubric = library.load(rubric_id)
    text = write_rubric(rubric)
    assert decode_rubric(text, "x.yaml") == rubric
    assert max(len(line) for line in text.splitlines() if "http" not in line) <= WIDTH
    ours = [line.split(":")[0] for line in library.text(rubric_id).splitlines() if not line.startswith("#")]
    theirs = [line.split(":")[0] for line in text.splitlines()]
    fields = ("id", "version", "title", "rule", "levels", "principles", "      - id", "        statement")
    assert [line for line in theirs if line in fields] == [line for line in ours if line in fields]


def test_it_looks_like_ours():
    low = replace(RUBRIC.levels[0], summary="What is done by hand, and how: " + "word " * 20 + "end.")
    lines = write_rubric(replace(RUBRIC, levels=(low, *RUBRIC.levels[1:]))).splitlines()
    assert lines[:9] == [
        "id: small",
        'version: "1.0"',
        "title: A small rubric",
        "summary: Two principles and three levels.",
        "licence: CC0-1.0",
        "language: en",
        "rule: staged",
        "overall: median",
        "",
    ]
    assert lines[9:14] == [
        "levels:",
        "  - id: low",
        "    name: Low",
        "    summary: >-",
        "      What is done by hand, and how: " + "word " * 13 + "word",
    ]
    assert max(map(len, lines)) <= WIDTH


def test_what_does_not_belong_in_a_rubric_is_written_all_the_same():
    text = "version: 2020-01-02\nyear: null\nrule: true\nlevels: {a: [1, two], b: {c: false}}\n"
    value = read_document(text, "x").value
    assert read_document(write_plain(value), "x").value == value


def test_half_a_sign_is_replaced_rather_than_spoil_the_file():
    assert read_document(write_plain({"title": "a\ud800b"}), "x").value == {"title": "a\N{REPLACEMENT CHARACTER}b"}
