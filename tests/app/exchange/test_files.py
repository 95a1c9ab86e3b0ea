"""Files for others: whole or not at all, over what was there before, and never over a study."""

import shutil

import pytest

from app.exchange.errors import ExportError
from app.exchange.files import write_all, write_export


def test_a_study_is_never_written_over(study_path, tmp_path):
    before = study_path.read_bytes()
    named = shutil.copyfile(study_path, tmp_path / "levels.png")
    for path in (study_path, named):
        with pytest.raises(ExportError) as refused:
            write_export(path, b"something else")
        assert refused.value.sentence == (
            f"{path.name} was not written: a study stands there and still does; choose another name."
        )
        assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["levels.png"]


@pytest.mark.parametrize(
    "old", [b"", b"text", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 16, b"PK\x03\x04\x14\0\0\0\x08"]
)
def test_anything_else_is_written_over(tmp_path, old):
    path = tmp_path / "export"
    path.write_bytes(old)
    write_export(path, b"new")
    assert path.read_bytes() == b"new"
    write_export(tmp_path / "other", b"new")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["export", "other"]


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(ExportError, match=r"levels\.svg can't be written"):
        write_export(tmp_path / "no" / "levels.svg", b"new")


# Several at once


def names(folder):
    return sorted(each.name for each in folder.iterdir())


def test_several_files_are_all_written(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    assert write_all({tmp_path / "a": b"1", tmp_path / "b": b"2"})
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == {"a": b"1", "b": b"2"}


def test_none_is_written_where_one_cannot_be(tmp_path):
    with pytest.raises(OSError, match="No such file"):
        write_all({tmp_path / "a": b"1", tmp_path / "nowhere" / "b": b"2"})
    assert names(tmp_path) == []


def test_what_stood_there_comes_back_where_the_last_cannot_take_its_place(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "c").mkdir()
    with pytest.raises(OSError, match="director"):
        write_all({tmp_path / "a": b"1", tmp_path / "b": b"2", tmp_path / "c": b"3"})
    assert names(tmp_path) == ["a", "c"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_nothing_takes_its_place_where_it_is_not_wanted_any_more(tmp_path):
    assert not write_all({tmp_path / "a": b"1", tmp_path / "b": b"2"}, ready=lambda: False)
    assert names(tmp_path) == []
