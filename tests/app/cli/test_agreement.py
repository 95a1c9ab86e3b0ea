"""What `fieldquill agreement` prints of two coders, as a table and as JSON."""

import json

from msgspec.structs import replace

from app.cli.agreement import as_table, as_text
from app.model.evidence import DoubleCoding
from tests.documents import example


def test_nobody_has():
    document = replace(example(), double_codings=())
    assert as_table(document) == "Nobody has coded anything twice in this study."
    assert json.loads(as_text(document)) == {"double_codings": []}


def test_a_table_of_each():
    first, second = as_table(example()).split("\n\n")
    lines = first.splitlines()
    assert lines[0] == "Ada and Bob, 1 source"
    assert lines[1].split() == ["Code", "Alpha", "Percent", "Both", "Only", "Ada", "Only", "Bob"]
    assert lines[2].split() == ["All", "codes", "-0.500", "0.0", "0", "1", "1"]
    assert lines[3].split() == ["Monitoring", "-0.500", "0.0", "0", "1", "1"]
    assert lines[4] == "2 lines, 2 differences, 1 of them agreed on"
    assert second.splitlines() == ["Bob and Ada, 1 source", "Not both are done."]


def test_names_take_over_no_terminal():
    codes = tuple(replace(code, name="\x1b[2J\n\x9bx") for code in example().codes)
    people = tuple(replace(each, name="\x1b[31m") for each in example().assessors)
    text = as_table(replace(example(), codes=codes, assessors=people))
    assert len(text.splitlines()) == len(as_table(example()).splitlines())
    assert text.replace("\n", "").isprintable()


def test_what_is_undefined_is_a_dash():
    pair = example().double_codings[0]
    document = replace(example(), double_codings=(replace(pair, coded=(), resolutions=()),))
    assert as_table(document).splitlines()[2].split()[2:4] == ["-", "-"]
    (told,) = json.loads(as_text(document))["double_codings"]
    assert told["overall"] == {
        "alpha": None,
        "percent": None,
        "both": 0,
        "only_first": 0,
        "only_second": 0,
        "neither": 0,
        "why": "Neither put on any code.",
    }


def test_json():
    done, blind = json.loads(as_text(example()))["double_codings"]
    assert (done["first"], done["second"], done["sources"], done["lines"]) == ("ada", "bob", ["i1"], 2)
    assert done["overall"]["alpha"] == -0.5
    assert done["codes"][0]["code"] == "monitoring"
    assert done["differences"] == [
        {"entry": "i1-1", "code": "monitoring", "coder": "ada", "applies": True, "reason": "canary agreed"},
        {"entry": "i1-2", "code": "monitoring", "coder": "bob", "applies": None, "reason": None},
    ]
    assert blind == {
        "double_coding": "dc2",
        "first": "bob",
        "second": "ada",
        "sources": ["m1"],
        "first_done": False,
        "second_done": False,
    }


def test_who_is_not_done_has_no_figures():
    document = example()
    pair = DoubleCoding(key="dc", first="ada", second="bob", sources=("i1", "m1"))
    assert "Not both are done." in as_table(replace(document, double_codings=(pair,)))
