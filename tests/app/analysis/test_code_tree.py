"""How codes stand under each other, also where they stand in a circle."""

import pytest

from app.analysis.code_tree import from_the_top, lineage
from app.model.evidence import Code


def made(codes):
    return [Code(key=word[0], name=word, parent=word[2:] or None) for word in codes.split()]


@pytest.mark.parametrize(
    ("codes", "sorted_keys"),
    [
        ("", ""),
        ("b<a a", "ab"),
        ("c<b b<a a", "abc"),
        ("a<a", ""),
        ("a<b b<a c", "c"),
        ("a<z", ""),
        ("a d<a b e<b", "adbe"),
    ],
)
def test_from_the_top(codes, sorted_keys):
    assert "".join(code.key for code in from_the_top(made(codes))) == sorted_keys


@pytest.mark.parametrize(
    ("codes", "code", "keys"),
    [
        ("", "a", ""),
        ("a b<a c<b d<a", "c", "cba"),
        ("a b<a c<b d<a", "a", "a"),
        ("a<a", "a", "a"),
        ("a<b b<c c<a", "b", "bca"),
        ("a<z", "a", "a"),
    ],
)
def test_lineage(codes, code, keys):
    known = {each.key: each for each in made(codes)}
    assert "".join(each.key for each in lineage(known, code)) == keys
