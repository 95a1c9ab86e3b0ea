"""A report into a file: wholly, or not at all."""

import errno
import os
from pathlib import Path

import pytest

from app.disclosure.profiles import UnknownProfileError
from app.model.disclosure import ReportSetup
from app.report.release import release
from app.report.save import ReportNotSavedError, write_file
from tests.reports import build_report


def test_a_report_is_written(study, tmp_path):
    path = tmp_path / "report.pdf"
    write_file(path, build_report(study, version="1"))
    assert path.read_bytes() == build_report(study, version="1")
    assert list(tmp_path.iterdir()) == [path]


def test_an_older_report_is_replaced(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"old")
    write_file(path, b"new")
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_leaves_no_half_file(tmp_path, monkeypatch, call):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"old")

    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full) if call == "fsync" else monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ReportNotSavedError, match="no room left on the disk") as failed:
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    assert str(tmp_path) not in failed.value.sentence, "a folder's name may be a client's"


def test_a_missing_folder_is_said(tmp_path):
    with pytest.raises(ReportNotSavedError, match="the folder does not exist"):
        write_file(tmp_path / "nowhere" / "report.pdf", b"new")


def test_a_folder_of_that_name_is_said(tmp_path):
    (tmp_path / "report.pdf").mkdir()
    with pytest.raises(ReportNotSavedError, match="there is a folder of that name"):
        write_file(tmp_path / "report.pdf", b"new")
    assert [each.name for each in tmp_path.iterdir()] == ["report.pdf"]


def test_any_other_failure_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError("broken")))
    with pytest.raises(ReportNotSavedError, match="could not be written"):
        write_file(tmp_path / "report.pdf", b"new")


def test_nothing_is_written_for_an_unknown_profile(study, tmp_path):
    with pytest.raises(UnknownProfileError):
        release(study, ReportSetup(profile="public"), tmp_path / "report.pdf", version="1")
    assert not list(tmp_path.iterdir())
