"""What the comparison of two packages says differs."""

import tarfile
from zipfile import ZipFile, ZipInfo

import pytest

from bundle.check import opened, same
from bundle.check.outcome import Checks


def zipped(path, **files):
    with ZipFile(path, "w") as archive:
        for name, words in files.items():
            archive.writestr(ZipInfo(name, (2026, 1, 1, 0, 0, 0)), words)
    return path


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr(same, "BUILD", tmp_path / "build")


def test_the_same_bytes_differ_in_nothing(tmp_path):
    one, other = zipped(tmp_path / "1.zip", a="words"), zipped(tmp_path / "2.zip", a="words")
    assert same.difference(one, other) == ""


def test_the_first_file_that_differs_is_named_with_its_place(tmp_path):
    one = zipped(tmp_path / "1.zip", a="words", b="more words", c="x")
    other = zipped(tmp_path / "2.zip", a="words", b="more works", c="y")
    assert same.difference(one, other) == "b, from byte 8 on"


def test_a_file_of_one_alone_is_named(tmp_path):
    one, other = zipped(tmp_path / "1.zip", a="words"), zipped(tmp_path / "2.zip", a="words", b="more")
    assert same.difference(one, other) == "b is in the second alone"
    assert same.difference(other, one) == "b is in the first alone"


def test_a_longer_file_differs_from_where_the_shorter_ends(tmp_path):
    one, other = zipped(tmp_path / "1.zip", a="word"), zipped(tmp_path / "2.zip", a="words")
    assert same.difference(one, other) == "a, from byte 4 on"


def test_what_holds_the_files_may_differ_alone(tmp_path):
    one, other = zipped(tmp_path / "1.zip", a="", b=""), zipped(tmp_path / "2.zip", b="", a="")
    assert same.difference(one, other).startswith("what holds the files, from byte ")


def test_modes_and_dates_count(tmp_path):
    (tmp_path / "a").write_text("words")
    for name, mode in (("1.tar.xz", 0o644), ("2.tar.xz", 0o755)):
        (tmp_path / "a").chmod(mode)
        with tarfile.open(tmp_path / name, "w:xz") as archive:
            archive.add(tmp_path / "a", "a")
    assert same.difference(tmp_path / "1.tar.xz", tmp_path / "2.tar.xz") == "a, in its mode or its date"


def test_what_was_not_made_again_is_said(tmp_path):
    assert same.difference(zipped(tmp_path / "1.zip", a=""), tmp_path / "2.zip") == "it was not made again"


def test_where_no_package_is_in_dist_nothing_is_said_to_be_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(opened, "DIST", tmp_path)
    monkeypatch.setattr(same, "commit", lambda: "0123456789ab")
    checks = Checks()
    same.run(checks)
    assert (checks.passed, checks.failed) == (0, ["packages: there are some to make again: 0 of 4 kinds"])
