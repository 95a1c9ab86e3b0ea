"""An open study file: its passphrase changed and checked, copies of it, and what a full or failing medium does."""

import contextlib
import resource
import shutil
import subprocess
import sys

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from app.actions import notes, verify
from app.actions.create import import_document
from app.actions.open_study import OpenStudy
from app.model.source import Entry
from app.store import errors, inspection, study_file
from app.store.failures import unread, unwritten
from app.store.opening import open_study
from tests.documents import example

PASSPHRASE = "correct horse battery"
ANOTHER = "another 'passphrase'"


def write(study, text):
    return study.do(notes.write, "m1", [notes.SetEntry(Entry(key="m1-1", text=text))])


def problems(path, passphrase=PASSPHRASE):
    file = open_study(path, passphrase, read_only=True)
    try:
        with file.reading():
            return list(verify.problems(file.connection))
    finally:
        file.close()


# The passphrase


def test_changing_the_passphrase(study, study_path):
    before = study_path.stat().st_size
    write(study, "before")
    study.file.change_passphrase(PASSPHRASE, ANOTHER)
    write(study, "after")
    assert study.undo().label.startswith("Undo")
    study.redo()
    study.close()
    with pytest.raises(errors.WrongPassphrase):
        open_study(study_path, PASSPHRASE)
    with OpenStudy.open(study_path, ANOTHER) as again:
        assert again.document == study.document
    assert problems(study_path, ANOTHER) == []
    assert [path.name for path in study_path.parent.iterdir()] == [study_path.name]
    assert study_path.stat().st_size >= before


def test_the_current_passphrase_is_asked(study, study_path):
    with pytest.raises(errors.WrongPassphrase):
        study.file.change_passphrase("not the one", ANOTHER)
    with pytest.raises(errors.WeakPassphrase):
        study.file.change_passphrase(PASSPHRASE, "short")
    with pytest.raises(errors.WrongPassphrase):
        study.file.require_passphrase(ANOTHER)
    study.file.require_passphrase(PASSPHRASE)
    write(study, "still")


def test_a_reader_cant_change_it(study_path):
    file = open_study(study_path, PASSPHRASE, read_only=True)
    with pytest.raises(errors.OpenedReadOnly, match="passphrase can't be changed"):
        file.change_passphrase(PASSPHRASE, ANOTHER)
    file.close()


def test_a_driver_that_refuses_leaves_the_passphrase(study, monkeypatch):
    def fails(*_, **__):
        problem = sqlcipher.OperationalError("database is locked")
        problem.sqlite_errorcode = 5
        raise problem

    monkeypatch.setattr(study_file, "settle", fails)
    with pytest.raises(errors.NotWritten, match="the new passphrase was not saved"):
        study.file.change_passphrase(PASSPHRASE, ANOTHER)
    monkeypatch.undo()
    study.file.require_passphrase(PASSPHRASE)
    write(study, "still")


def test_a_window_that_reads_meanwhile_gets_an_error_of_ours(study, study_path):
    with OpenStudy.open(study_path, PASSPHRASE) as reader:
        with reader.file.reading():
            reader.file.connection.execute("SELECT count(*) FROM entries").fetchone()
            study.file.change_passphrase(PASSPHRASE, ANOTHER)
        with pytest.raises(errors.Damaged), reader.file.reading():
            reader.file.connection.execute("SELECT count(*) FROM audit_changes").fetchall()
    study.close()
    assert problems(study_path, ANOTHER) == []


def test_the_passphrase_is_nowhere_in_the_study(study, study_path):
    study.file.change_passphrase(PASSPHRASE, ANOTHER)
    write(study, "more")
    connection = study.file.connection
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    dump = repr([connection.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables])
    assert PASSPHRASE not in dump
    assert "another" not in dump
    assert "canary" in dump.lower()


# Copies


@pytest.mark.parametrize("read_only", [False, True])
def test_a_copy_is_a_study_of_its_own(study_path, tmp_path, read_only):
    target = tmp_path / "copy.fieldquill"
    with OpenStudy.open(study_path, PASSPHRASE, read_only=read_only) as study:
        study.file.copy_to(target)
        assert study.file.connection.execute("PRAGMA query_only").fetchone()[0] == read_only
        with pytest.raises(errors.StudyExists):
            study.file.copy_to(target)
    assert [path.name for path in target.parent.glob("copy*")] == ["copy.fieldquill"]
    with OpenStudy.open(target, PASSPHRASE) as copy:
        assert copy.document == study.document
    assert problems(target) == []


def test_a_copy_that_cant_be_written_leaves_nothing(study, tmp_path, monkeypatch):
    with pytest.raises(errors.NotWritten, match="The copy was not saved"):
        study.file.copy_to(tmp_path / "none" / "copy.fieldquill")
    monkeypatch.setattr(inspection, "put_in_place", lambda *_: (_ for _ in ()).throw(OSError(5, "Input/output error")))
    with pytest.raises(errors.NotWritten):
        study.file.copy_to(tmp_path / "copy.fieldquill")
    assert list(tmp_path.glob("copy*")) == []


# A medium that is full


@pytest.fixture
def fill():
    """Let no file grow beyond so many bytes, from when the test says until its end."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def test_a_change_that_finds_no_room_is_not_half_there(study, study_path, fill):
    write(study, "before")
    before = study.document
    fill(16 * 1024)
    with pytest.raises(errors.NotWritten) as caught:
        write(study, "words " * 3000)
    assert "words" not in f"{caught.value!r} {caught.value.__context__!r}"
    assert study.document == before
    assert study.undo_label
    fill(resource.RLIM_INFINITY)
    write(study, "after")
    study.close()
    assert problems(study_path) == []
    with OpenStudy.open(study_path, PASSPHRASE) as again:
        assert again.document.sources[1].entries[0].text == "after"


def test_a_new_study_that_finds_no_room_leaves_nothing(tmp_path, fill, quick_keys):
    fill(128 * 1024)
    with pytest.raises(errors.NotWritten, match="was not saved"):
        import_document(tmp_path / "new.fieldquill", PASSPHRASE, example())
    assert list(tmp_path.iterdir()) == []


def test_a_passphrase_that_finds_no_room_stays_what_it_was(study, study_path, fill):
    write(study, "before")
    study.file.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    fill(64 * 1024)
    with pytest.raises(errors.NotWritten, match="keeps the passphrase it had"):
        study.file.change_passphrase(PASSPHRASE, ANOTHER)
    fill(resource.RLIM_INFINITY)
    write(study, "after")
    study.close()
    assert problems(study_path) == []
    study = OpenStudy.open(study_path, PASSPHRASE)
    assert study.document.sources[1].entries[0].text == "after"
    study.close()


@pytest.fixture
def small_disk(tmp_path):
    """A disk of two megabytes, where the test may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk(small_disk, study_path):
    path = shutil.copyfile(study_path, small_disk / "study.fieldquill")
    with OpenStudy.open(path, PASSPHRASE) as study:
        write(study, "before")
        filler = small_disk / "filler"
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
            while file.write(bytes(4096)):
                pass
        with pytest.raises(errors.NotWritten, match="The medium is full"):
            write(study, "words " * 3000)
        with pytest.raises(errors.NotWritten, match="The medium is full: the copy"):
            study.file.copy_to(small_disk / "copy.fieldquill")
        study.work_as("ada")  # leaving word fails unnoticed
        study.close()  # the log stays beside the file
        filler.unlink()
    with OpenStudy.open(path, PASSPHRASE) as study:
        assert study.document.sources[1].entries[0].text == "before"
    assert problems(path) == []


# What the driver says


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (13, errors.NotWritten, "The medium is full: the change"),
        (8, errors.NotWritten, "can't be written any more"),
        (5, errors.NotWritten, "by another program"),
        (6, errors.NotWritten, "by another program"),
        (11, errors.Damaged, "is damaged"),
        (778, errors.NotWritten, "SQLITE_X"),
    ],
)
def test_why_a_change_was_not_saved(code, kind, words):
    problem = sqlcipher.OperationalError("INSERT INTO notes VALUES ('secret')")
    problem.sqlite_errorcode, problem.sqlite_errorname = code, "SQLITE_X"
    told = unwritten(problem, "a.fieldquill")
    assert type(told) is kind
    assert words in told.sentence
    assert "secret" not in told.sentence


def test_why_a_study_cant_be_read():
    problem = sqlcipher.OperationalError("disk I/O error")
    problem.sqlite_errorcode = 10 | (13 << 8)
    assert "full, or fails" in unread(problem, "a.fieldquill", None).sentence


def test_damage_that_nobody_can_place_is_damage_all_the_same():
    closed = sqlcipher.connect(":memory:")
    closed.close()
    problem = sqlcipher.DatabaseError("malformed")
    problem.sqlite_errorcode = 11
    assert unread(problem, "a.fieldquill", closed).sentence.startswith("a.fieldquill is damaged; restore")


def test_a_commit_while_another_program_writes(study, study_path):
    hold = "import sys, sqlcipher3.dbapi2 as s; c = s.connect(sys.argv[1], isolation_level=None); "
    hold += f"c.execute(\"PRAGMA key = '{PASSPHRASE}'\"); c.execute('BEGIN IMMEDIATE'); print(1, flush=True); input()"
    other = subprocess.Popen(
        [sys.executable, "-c", hold, study_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        other.stdout.readline()
        study.file.connection.execute("PRAGMA busy_timeout = 50")
        with pytest.raises(errors.NotWritten, match="by another program"):
            write(study, "meanwhile")
    finally:
        other.communicate("\n")
    write(study, "afterwards")
