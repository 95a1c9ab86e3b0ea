"""What `fieldquill agreement` prints of two coders, as a table and as JSON."""

import json
from datetime import UTC, datetime

from msgspec.structs import replace

from app.cli.agreement import as_table, as_text
from app.model.evidence import DoubleCoding
from app.scoring.scale import Verdict
from tests.documents import example


def test_nobody_has():
    document = replace(example(), double_codings=())
    document = replace(document, answers=document.answers[:1])
    assert as_table(document).split("\n\n") == [
        "Nobody has coded anything twice in this study.",
        "No two assessors have answered in the same round of this study.",
    ]
    assert json.loads(as_text(document)) == {"double_codings": [], "answers": []}


def test_a_table_of_each():
    first, second, _answers = as_table(example()).split("\n\n")
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


# Assessors' answers


def test_answers_of_assessors():
    document = example()
    runs = [replace(each, verdict=Verdict.FULLY) for each in document.answers[:2]]
    more = [
        replace(each, id=None, criterion="is-fast", verdict=verdict, evidence=())
        for each, verdict in zip(runs, (Verdict.PARTIALLY, Verdict.LARGELY), strict=True)
    ]
    told = replace(document, answers=(*runs, *more))
    *_, lines = as_table(told).split("\n\n")
    head, columns, overall, first, second, words = lines.splitlines()
    assert head == "Answers of Ada and Bob to small, Round 1"
    assert columns.split() == ["Principle", "Alpha", "Criteria", "Pairs", "Alike"]
    assert overall.split() == ["Overall", "0.833", "2", "2", "1"]
    assert first.split()[-4:] == ["0.833", "2", "2", "1"]
    assert second.split()[-4:] == ["-", "0", "0", "0"]
    assert words == "Too few to build on: 2 pairs of answers, 1 of them alike."
    (figures,) = json.loads(as_text(told))["answers"]
    assert figures["assessors"] == ["ada", "bob"]
    assert figures["overall"] == {"alpha": 0.8333, "criteria": 2, "pairs": 2, "alike": 1, "why": ""}
    assert [each["principle"] for each in figures["principles"]] == ["first", "second"]


def test_what_was_answered_after_the_reveal_is_left_out():
    document = example()
    late = tuple(replace(each, answered_at=datetime(2030, 1, 1, tzinfo=UTC)) for each in document.answers)
    assert as_table(replace(document, answers=late)).endswith("3 answers given or changed after the reveal, left out")
