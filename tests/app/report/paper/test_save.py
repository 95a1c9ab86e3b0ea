"""Sheets into a file: a number is taken when the file is as good as there, and not before."""

import errno
import os
from pathlib import Path

import pytest

from app.report.paper.errors import SheetNotSavedError
from app.report.paper.save import save_sheets
from app.report.save import ReportNotSavedError


class Issue:
    def __init__(self, gives=True):
        self.gives = gives
        self.asked = 0

    def __call__(self):
        self.asked += 1
        return self.gives


def full(*_args):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_sheets_are_written_and_numbered_once(tmp_path):
    issue = Issue()
    assert save_sheets(tmp_path / "s.pdf", b"sheet", issue)
    assert (tmp_path / "s.pdf").read_bytes() == b"sheet"
    assert issue.asked == 1
    assert len(list(tmp_path.iterdir())) == 1


def test_a_number_that_is_refused_leaves_the_file_as_it_was(tmp_path):
    (tmp_path / "s.pdf").write_bytes(b"old")
    assert not save_sheets(tmp_path / "s.pdf", b"sheet", Issue(gives=None))
    assert (tmp_path / "s.pdf").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_number_that_fails_leaves_nothing(tmp_path):
    def fails():
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        save_sheets(tmp_path / "s.pdf", b"sheet", fails)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["none/s.pdf", "."])
def test_a_file_that_cannot_be_written_takes_no_number_where_that_shows_before(tmp_path, place):
    issue = Issue()
    with pytest.raises((ReportNotSavedError, SheetNotSavedError), match='The sheet was not saved as "'):
        save_sheets(tmp_path / place, b"sheet", issue)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_takes_no_number(tmp_path, monkeypatch):
    issue = Issue()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ReportNotSavedError, match=r"The sheet was not saved .* no room left on the disk"):
        save_sheets(tmp_path / "s.pdf", b"sheet", issue)
    assert issue.asked == 0
    assert list(tmp_path.iterdir()) == []


def test_what_goes_wrong_after_the_number_was_taken_is_said(tmp_path, monkeypatch):
    issue = Issue()
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(SheetNotSavedError, match=r"choose another place\. Numbers given to it are not used again\.$"):
        save_sheets(tmp_path / "s.pdf", b"sheet", issue)
    assert issue.asked == 1
    assert list(tmp_path.iterdir()) == []
