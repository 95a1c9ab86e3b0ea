"""YAML is read as plain values or not at all."""

import pytest
import yaml

from app.rubric.document import read_document
from app.rubric.errors import RubricError


def problem(text: str) -> str:
    with pytest.raises(RubricError) as caught:
        read_document(text, "a.yaml")
    return str(caught.value)


def test_values_and_lines_are_known_by_path():
    document = read_document("a: 1\nb:\n  - x\n  - c: y\n", "a.yaml")
    assert document.value == {"a": 1, "b": ["x", {"c": "y"}]}
    assert document.lines == {"$": 1, "$.a": 1, "$.b": 2, "$.b[0]": 3, "$.b[1]": 4, "$.b[1].c": 4}
    assert document.values["$.b[1].c"] == "y"


def test_a_name_like_a_path_is_quoted_in_paths():
    assert list(read_document("'a.b': 1", "a.yaml").lines) == ["$", "$.'a.b'"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: &x 1\nb: 2", 'line 1: expected every value written out, found the anchor or alias "x"'),
        ("b: 2\na: &x [1]", 'line 2: expected every value written out, found the anchor or alias "x"'),
        ("a: *x", 'line 1: expected every value written out, found the anchor or alias "x"'),
        (
            "a: !!python/name:os.getcwd []",
            'line 1: expected plain YAML without tags, found "tag:yaml.org,2002:python/name:os.getcwd"',
        ),
        ("a: !!timestamp x", 'line 1: expected plain YAML without tags, found "tag:yaml.org,2002:timestamp"'),
        ("a: 1\nb: 2\na: 3", 'line 3: expected each field once, found "a" again'),
        ("a: 1\n7: 2", 'line 2: expected the name of a field, found "7"'),
        ("a: 1\n[b]: 2", "line 2: expected the name of a field, found a list or a group of fields"),
        ("<<: {a: 1}", 'line 1: expected the name of a field, found "<<"'),
        ("\na: 2021-02-31", 'line 2: expected a plain value, found "2021-02-31"'),
        ("a: =", 'line 1: expected a plain value, found "="'),
        (
            "a: b: c",
            "line 1: expected valid YAML; its parser says: mapping values are not allowed in this context",
        ),
        ("a: 1\n---\nb: 2", "line 2: expected valid YAML; its parser says: found another document"),
        ("a: 1\nb: \x07", "line 2: expected text, found the unprintable character U+0007"),
        ("a: \ud800", "line 1: expected text, found the unprintable character U+D800"),
        ("[" * 30, "line 1: expected at most 20 levels of nesting, found more"),
        ("[" * 500_000, "line 1: expected at most 20 levels of nesting, found more"),
    ],
)
def test_anything_but_plain_values_is_refused(text, sentence):
    assert problem(text) == f"a.yaml, {sentence}"


@pytest.mark.parametrize("text", ["#" * 1_000_001, "#" + "ü" * 600_000])
def test_a_text_beyond_a_megabyte_is_refused(text):
    assert problem(text) == "a.yaml: expected a file of at most 1 MB, found a larger one"


def test_the_loader_in_python_serves_as_well(monkeypatch, small):
    fast = read_document(small, "a.yaml")
    monkeypatch.delattr(yaml, "CSafeLoader")
    assert read_document(small, "a.yaml") == fast
