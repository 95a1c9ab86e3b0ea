"""Studies where they can't be written, read or locked: each its own error, the file untouched."""

import os
import shutil
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from app.actions.open_study import OpenStudy
from app.store import errors, inspection, opening
from app.store.opening import create, open_study
from tests.app.store.refusals import listing, refused

PASSPHRASE = "correct horse battery"


@pytest.fixture
def as_somebody():
    """Let the test be nobody in particular for a while; root may write everything."""
    if os.geteuid() == 0:
        os.seteuid(65534)
        yield
        os.seteuid(0)
    else:
        yield


@pytest.fixture
def read_only_folder(template):
    """A study in a folder that can be read alone."""
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="fieldquill-", dir="/tmp"))
    path = shutil.copyfile(template, folder / "study.fieldquill")
    path.chmod(0o444)
    folder.chmod(0o555)
    yield path
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_a_read_only_medium(read_only_folder, as_somebody):
    before = listing(read_only_folder.parent)
    assert "open it for reading" in refused(read_only_folder, errors.ReadOnlyMedium)
    with OpenStudy.open(read_only_folder, PASSPHRASE, read_only=True) as study:
        assert study.document.study.title == "Canary in the title"
        study.file.require_passphrase(PASSPHRASE)
        with pytest.raises(errors.WrongPassphrase):
            study.file.require_passphrase("something else")
    assert listing(read_only_folder.parent) == before
    with pytest.raises(errors.ReadOnlyMedium):
        create(read_only_folder.with_name("new.fieldquill"), PASSPHRASE, lambda _: None)


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_a_log_on_a_read_only_medium_cant_be_read_back(read_only_folder, as_somebody):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inspection, "has_log", lambda _: True)
        assert "copy it first" in refused(read_only_folder, errors.ReadOnlyMedium, read_only=True)


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_a_file_that_may_not_be_read(read_only_folder, as_somebody, monkeypatch):
    def denied(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(inspection, "require_study_like", denied)
    assert refused(read_only_folder, errors.Unreadable, read_only=True) == (
        "study.fieldquill can't be read (Permission denied)."
    )


def test_a_lock_that_cant_be_taken_is_an_error_of_ours(study_path, monkeypatch):
    def denied(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(opening.WriterLock, "take", denied)
    assert "can't be locked" in refused(study_path, errors.ReadOnlyMedium)


def test_a_driver_that_cant_open_the_file_is_an_error_of_ours(study_path, monkeypatch):
    def fails(*_):
        problem = sqlcipher.OperationalError("unable to open database file")
        problem.sqlite_errorcode, problem.sqlite_errorname = 14, "SQLITE_CANTOPEN"
        raise problem

    monkeypatch.setattr(opening, "connect", fails)
    assert "SQLITE_CANTOPEN" in refused(study_path, errors.Unreadable)
    monkeypatch.undo()
    open_study(study_path, PASSPHRASE).close()  # the lock was let go


def test_a_driver_that_fails_while_opening_is_an_error_of_ours(study_path, monkeypatch):
    def fails(*_, **__):
        problem = sqlcipher.OperationalError("disk I/O error")
        problem.sqlite_errorcode = 10
        raise problem

    monkeypatch.setattr(opening, "settle", fails)
    assert "full, or fails" in refused(study_path, errors.Unreadable)
    assert [path.name for path in study_path.parent.iterdir()] == [study_path.name]


def test_a_lock_is_let_go_by_who_has_it(study, study_path):
    opening.WriterLock(study_path).release()
    assert study_path.with_name("study.fieldquill-lock").exists()
