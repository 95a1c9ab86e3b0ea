"""Nothing is written over a study, nor over what lies beside one as a part of it."""

from pathlib import Path

import click
import pytest

from app.cli.places import require_other_place


@pytest.mark.parametrize("name", ["a.fieldquill", "A.FIELDQUILL", "a.fieldquill-wal", "a.Fieldquill-lock"])
def test_a_study_is_known_by_its_name_in_whatever_letters(name):
    with pytest.raises(click.UsageError, match="is a study's name"):
        require_other_place(None, Path(name))


def test_a_study_of_another_name_is_known_by_being_the_same_file(tmp_path):
    study, link = tmp_path / "study.dat", tmp_path / "link.png"
    study.write_bytes(b"study")
    link.symlink_to(study)
    for output in (study, link):
        with pytest.raises(click.UsageError):
            require_other_place(study, output)


@pytest.mark.parametrize("name", ["a.png", "fieldquill", "a.fieldquill.png"])
def test_other_names_are_free(tmp_path, name):
    require_other_place(tmp_path / "a.fieldquill", tmp_path / name)
    require_other_place(None, None)
