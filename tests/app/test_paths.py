"""Where a portable program keeps what it keeps."""

import pytest

from app.paths import portable_folder


def test_a_program_is_portable_where_the_file_lies_beside_it(tmp_path):
    root = tmp_path / "Fieldquill" / "lib"
    root.mkdir(parents=True)
    assert portable_folder(root) is None
    (root.parent / "portable.txt").touch()
    assert portable_folder(root) == root.parent, "the launcher's folder, above"
    (root / "portable.txt").touch()
    assert portable_folder(root) == root, "its own comes first"


@pytest.mark.parametrize("place", ["..", "lib/app"])
def test_the_file_counts_nowhere_else(tmp_path, place):
    root = tmp_path / "Fieldquill" / "lib"
    (root / "app").mkdir(parents=True)
    (root.parent / place / "portable.txt").touch()
    assert portable_folder(root) is None


def test_the_folder_above_a_checkout_is_anybody_s(tmp_path):
    (tmp_path / "portable.txt").touch()
    assert portable_folder(tmp_path / "fieldquill") is None


def test_a_folder_of_that_name_makes_nothing_portable(tmp_path):
    (tmp_path / "portable.txt").mkdir()
    assert portable_folder(tmp_path) is None


def test_a_checkout_is_not_portable():
    assert portable_folder() is None
