"""Whatever is typed is a query, and FTS5 takes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.query import FARTHEST, Near, Phrase, Query, parse

ANYTHING = st.one_of(
    st.text(max_size=60),
    st.text(st.sampled_from('abé \'"“”*-+^:(),NEAR{}5"\n\t\0\u0301'), max_size=40),
    st.lists(
        st.sampled_from(['"', "*", "-", "NEAR(", ")", ", 3", "AND", "OR", "NOT", "drift", "ö", " ", "a:b", "^x", "\0"]),
        max_size=12,
    ).map("".join),
)


def words(*each, prefix=False):
    return Phrase(each, prefix)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("drift", Query((words("drift"),))),
        ("Drift ALARM drift", Query((words("drift"), words("alarm")))),
        ("dri*", Query((words("dri", prefix=True),))),
        ('"data drift"', Query((words("data", "drift"),))),
        ('"data dri"*', Query((words("data", "dri", prefix=True),))),
        ("„Größe zählt“", Query((words("große", "zahlt"),))),
        ('"never closed', Query((words("never", "closed"),))),
        ("drift-alarm", Query((words("drift", "alarm"),))),
        ("drift -alarm", Query((words("drift"),), (words("alarm"),))),
        ('drift -"false alarm" -ba*', Query((words("drift"),), (words("false", "alarm"), words("ba", prefix=True)))),
        ("NEAR(drift alarm, 5)", Query((Near((words("drift"), words("alarm")), 5),))),
        ('NEAR("data drift" al*)', Query((Near((words("data", "drift"), words("al", prefix=True)), 10),))),
        ("NEAR(a b, 999999999)", Query((Near((words("a"), words("b")), FARTHEST),))),
        ("NEAR(drift, 5)", Query((words("drift"),))),
        ("NEAR(a NEAR(b c) d", Query((Near((words("a"), words("b"), words("c"))), words("d")))),
        ("-NEAR(a b) c", Query((words("c"),), (Near((words("a"), words("b"))),))),
        ("near(a b)", Query((words("near", "a"), words("b")))),
        ("a AND b OR NOT", Query(tuple(map(words, ("a", "and", "b", "or", "not"))))),
    ],
)
def test_what_was_typed_is_read(typed, query):
    assert parse(typed) == query


@pytest.mark.parametrize("typed", ["", "   ", "*", '""', "-", "- -", "…?!", "NEAR()", "NEAR(, 5)", "-drift", "\u0301"])
def test_nothing_to_find(typed):
    query = parse(typed)
    assert not query
    assert query.expression() == ""
    assert not parse(typed, typing=True)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("data dri", Query((words("data"), words("dri", prefix=True)))),
        ("data dri ", Query((words("data"), words("dri")))),
        ("dri-", Query((words("dri"),))),
        ('"data dri', Query((words("data", "dri", prefix=True),))),
        ('"data dri"', Query((words("data", "dri"),))),
        ("NEAR(data dri", Query((Near((words("data"), words("dri", prefix=True))),))),
        ("NEAR(data dri, 5", Query((Near((words("data"), words("dri")), 5),))),
        ("NEAR(data dri)", Query((Near((words("data"), words("dri"))),))),
        ("data -dri", Query((words("data"),), (words("dri"),))),
    ],
)
def test_the_last_word_may_go_on_while_it_is_typed(typed, query):
    assert parse(typed, typing=True) == query


def test_each_token_is_quoted():
    query = parse('a AND "b c"* NEAR(d e, 5) -f -"g h"')
    assert query.expression() == '("a" AND "and" AND "b c"* AND NEAR("d" "e", 5)) NOT ("f" OR "g h")'


@given(typed=ANYTHING, typing=st.booleans())
def test_fts5_takes_whatever_is_typed(fts, typed, typing):
    query = parse(typed, typing=typing)
    assert bool(query) == bool(query.expression())
    if query:
        fts.found(query.expression())


def test_fts5_takes_a_great_deal(fts):
    for typed in (
        "word " * 3000,
        "-word " * 3000 + "a",
        '"' + "word " * 3000,
        "NEAR(" + "a b " * 400,
        "-" * 5000,
        "(" * 5000,
    ):
        if query := parse("".join(typed)):
            fts.found(query.expression())
    many = " ".join(f"w{number}" for number in range(3000))
    fts.found(parse(f"{many} -{many}").expression())
