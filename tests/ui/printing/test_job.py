"""Printing: which pages are meant, what a printer is set up for, and where Qt keeps what it hands it."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.disclosure import Paper
from ui.printing import job
from ui.printing.job import PagesError, make_printer, read_pages


@pytest.mark.parametrize(
    ("text", "pages"),
    [("", (0, 1, 2, 3, 4)), (" 2 ", (1,)), ("1-3, 5", (0, 1, 2, 4)), ("4–5,4", (3, 4)), ("3 - 3", (2,))],  # noqa: RUF001
)
def test_pages_are_read_as_people_write_them(text, pages):
    assert read_pages(text, 5) == pages


@pytest.mark.parametrize("text", ["0", "6", "3-2", "1-", "-2", "x", "1,,2", "²", "1-2-3"])
def test_pages_there_are_none_of_are_refused(text):
    with pytest.raises(PagesError, match="Nothing was printed"):
        read_pages(text, 5)


@given(st.sets(st.integers(1, 40), min_size=1))
def test_any_pages_are_read_back(pages):
    assert read_pages(",".join(map(str, sorted(pages, reverse=True))), 40) == tuple(page - 1 for page in sorted(pages))


@pytest.mark.parametrize("before", [None, "/somewhere"])
def test_what_qt_hands_a_printer_is_kept_in_memory(monkeypatch, tmp_path, before):
    monkeypatch.setattr(job, "_MEMORY", tmp_path)
    monkeypatch.setattr(job.sys, "platform", "linux")
    monkeypatch.delenv("TMPDIR", raising=False)
    if before:
        monkeypatch.setenv("TMPDIR", before)
    with job._in_memory():
        assert os.environ["TMPDIR"] == str(tmp_path)
    assert os.environ.get("TMPDIR") == before
    monkeypatch.setattr(job, "_MEMORY", tmp_path / "none")
    with job._in_memory():
        assert os.environ.get("TMPDIR") == before


def test_a_printer_is_set_up_for_the_paper(dressed):
    printer = make_printer("", Paper.LETTER, "Report")
    assert printer.pageLayout().pageSize().name().startswith("Letter")
    assert printer.fullPage()
    assert isinstance(job.printer_names(), list)
