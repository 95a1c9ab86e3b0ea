"""Assessors' answers as tables: agreement, differences with what was agreed, and levels."""

from msgspec.structs import replace

from app.analysis.assessment import assess
from app.exchange.answer_tables import answer_tables
from app.exchange.tables import write_xlsx
from tests.documents import example


def tables(document):
    return {each.name: each for each in answer_tables(document, assess(document, "small", "r1"))}


def test_agreement():
    found = tables(example())["Agreement"]
    assert found.head[:2] == ("Principle", "Alpha, ordinal")
    assert [row[0] for row in found.rows] == ["Overall", *(p.short for p in assess(example()).rubric.principles)]
    assert found.rows[0][2:5] == (1, 1, 0)


def test_differences():
    found = tables(example())["Differences"]
    assert found.head == (
        "Case", "Principle", "Criterion", "Distance", "Ada", "Why, Ada", "Bob", "Why, Bob",
        "Agreed", "Reason", "Agreed at", "Dissent", "Changed since",
    )  # fmt: skip
    (row,) = found.rows
    assert row[0] == "Canary one"
    assert row[3] == 2
    assert row[4] == "Fully achieved"
    assert row[6] == "Partially achieved"
    assert row[8:] == ("Largely achieved", "It mostly does.", None, "Bob: canary dissent", None)


def test_what_is_open_or_changed():
    document = example()
    (open_row,) = tables(replace(document, consensus=()))["Differences"].rows
    assert open_row[8:] == (None,) * 5
    early = document.answers[0].answered_at.replace(year=2000)
    agreed = replace(document.consensus[0], agreed_at=early, dissents=())
    (row,) = tables(replace(document, consensus=(agreed,)))["Differences"].rows
    assert row[10].startswith("2000-")
    assert row[11:] == (None, "Ada")


def test_only_one_of_several_has_answered():
    document = example()
    only = replace(document, answers=document.answers[:1])
    (row,) = tables(only)["Differences"].rows
    assert row[4:6] == ("Fully achieved", "")
    assert len(row) == 11


def test_levels():
    found = tables(example())["Levels by assessor"]
    assert [row[:2] for row in found.rows] == [
        ("Canary one", "Ada"),
        ("Canary one", "Bob"),
        ("Canary one", "Team"),
        ("Two", "Team"),
    ]


def test_they_fit_a_workbook(tmp_path):
    write_xlsx(tmp_path / "differences.xlsx", list(tables(example()).values()))
    assert (tmp_path / "differences.xlsx").stat().st_size
