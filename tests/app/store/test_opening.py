"""Create and open: what is in the file, and every way it can go wrong, each its own error, the file untouched."""

import math
import os
import sqlite3
import subprocess
import unicodedata
import zipfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from app.actions.create import create_study, import_document
from app.actions.open_study import OpenStudy
from app.store import errors, inspection, opening
from app.store.key import key_pragma, require_usable
from app.store.opening import APPLICATION_ID, SCHEMA_VERSION, create, open_study
from tests.app.store.refusals import listing, refused
from tests.documents import example

PASSPHRASE = "correct horse battery"
PAGE = 4096


def pragma(connection, name):
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


@pytest.fixture
def untouched(study_path):
    """Check at the end that the folder holds what it held when the test asked."""
    before = {}
    yield lambda: before.update(listing(study_path.parent))
    if before:
        assert listing(study_path.parent) == before


# What is in the file


def test_a_new_study_is_one_file(tmp_path):
    path = tmp_path / "new.fieldquill"
    create_study(path, PASSPHRASE, title="A title", rubric="mlops-maturity")
    assert [found.name for found in tmp_path.iterdir()] == ["new.fieldquill"]


def test_the_file_shows_nothing(study_path):
    content = study_path.read_bytes()
    assert not content.startswith(b"SQLite")
    assert b"canary" not in content.lower()
    assert "canary".encode("utf-16-le") not in content.lower()
    counts = Counter(content).values()
    assert -sum(n / len(content) * math.log2(n / len(content)) for n in counts) > 7.99


def test_the_log_and_a_backup_show_nothing(study, study_path):
    from app.actions import notes
    from app.model.source import Entry
    from app.store.migrate import back_up

    study.do(notes.write, "m1", [notes.SetEntry(Entry(key="m1-1", text="canary " * 500))])
    back_up(study.file.connection, study_path, "test")
    study.file.copy_to(study_path.with_name("copy.fieldquill"))
    names = {path.name.partition("-2")[0] for path in study_path.parent.iterdir()}
    assert names >= {"study.fieldquill-wal", "study.fieldquill-shm", "copy.fieldquill", "study.backup-test"}
    # another process reads: on POSIX, opening the file here would drop the locks that SQLite holds on it
    found = subprocess.run(
        ["grep", "-rilaE", "canary|SQLite format", study_path.parent], capture_output=True, check=False
    )
    assert found.stdout == b""


def test_plain_sqlcipher_opens_it_as_db_browser_does(study_path):
    connection = sqlcipher.connect(str(study_path))
    connection.execute(f"PRAGMA key = '{PASSPHRASE}'")
    assert connection.execute("SELECT title FROM study").fetchone() == ("Canary in the title",)
    assert pragma(connection, "application_id") == APPLICATION_ID == int.from_bytes(b"FQLL")
    assert pragma(connection, "user_version") == SCHEMA_VERSION
    assert (pragma(connection, "cipher_page_size"), pragma(connection, "kdf_iter")) == ("4096", "256000")
    connection.close()


def test_the_settings_are_in_force(study):
    connection = study.file.connection
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "temp_store": 2}
    assert {name: pragma(connection, name) for name in expected} == expected
    assert pragma(connection, "cipher_memory_security") == "1"
    assert pragma(connection, "query_only") == 0


def test_a_reader_can_write_nothing(study_path):
    file = open_study(study_path, PASSPHRASE, read_only=True)
    assert pragma(file.connection, "foreign_keys") == 1
    with pytest.raises(sqlcipher.OperationalError):
        file.connection.execute("DELETE FROM study")
    file.hold("nobody", datetime.now(UTC))  # without effect
    file.close()


def test_closing_leaves_the_one_file_alone(study_path):
    OpenStudy.open(study_path, PASSPHRASE).close()
    assert [path.name for path in study_path.parent.iterdir()] == [study_path.name]


def test_closing_twice_is_closing_once(study_path):
    file = open_study(study_path, PASSPHRASE)
    file.close()
    again = open_study(study_path, PASSPHRASE)
    file.close()
    assert not again.read_only
    assert open_study(study_path, PASSPHRASE).read_only
    again.close()


# What can be the matter with it


def test_a_wrong_passphrase(study_path, untouched):
    untouched()
    assert refused(study_path, errors.WrongPassphrase, "wrong horse battery") == (
        "That passphrase does not open study.fieldquill."
    )


def other_files(folder):
    plain = sqlite3.connect(folder / "plain.fieldquill")
    plain.execute("CREATE TABLE t (x)")
    plain.close()
    with zipfile.ZipFile(folder / "zip.fieldquill", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("noise", os.urandom(20_000))
    (folder / "pdf.fieldquill").write_bytes(b"%PDF-1.7\n%" + os.urandom(PAGE * 2 - 10))
    (folder / "jpeg.fieldquill").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + os.urandom(PAGE * 2 - 10))
    (folder / "text.fieldquill").write_text("Notizen über alles\n" * 1000, encoding="utf-8")
    (folder / "short.fieldquill").write_text("Ä", encoding="utf-8")
    (folder / "latin.fieldquill").write_text("Notizen über alles\n" * 1000, encoding="latin-1")
    (folder / "wide.fieldquill").write_text("Notizen über alles\n" * 1000, encoding="utf-16")
    (folder / "zeros.fieldquill").write_bytes(bytes(PAGE * 4))
    (folder / "empty.fieldquill").write_bytes(b"")
    return sorted(folder.iterdir())


def test_other_kinds_of_file_are_not_studies(tmp_path):
    for path in other_files(tmp_path):
        before = listing(tmp_path)
        assert "is not a study" in refused(path, errors.NotAStudy)
        assert listing(tmp_path) == before


def test_random_bytes_might_be_a_study_under_another_passphrase(tmp_path):
    path = tmp_path / "random.fieldquill"
    path.write_bytes(os.urandom(PAGE * 3))
    refused(path, errors.WrongPassphrase)
    path.write_bytes(os.urandom(PAGE * 3 + 100))
    refused(path, errors.Truncated)


def test_another_encrypted_database_is_not_a_study(tmp_path):
    path = tmp_path / "other.fieldquill"
    connection = sqlcipher.connect(str(path))
    connection.execute(f"PRAGMA key = '{PASSPHRASE}'")
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    before = listing(tmp_path)
    assert "encrypted database" in refused(path, errors.NotAStudy)
    assert listing(tmp_path) == before


def test_a_newer_version(study_path, untouched):
    connection = sqlcipher.connect(str(study_path), isolation_level=None)
    connection.execute(f"PRAGMA key = '{PASSPHRASE}'")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    untouched()
    assert "newer Fieldquill" in refused(study_path, errors.NewerVersion)


@pytest.mark.parametrize("keep", [PAGE * 10 + 77, PAGE * 10, PAGE, 100])
def test_a_truncated_file(study_path, untouched, keep):
    os.truncate(study_path, keep)
    untouched()
    assert "breaks off before its end" in refused(study_path, errors.Truncated)


def flip(path, offset):
    with path.open("r+b") as file:
        file.seek(offset)
        byte = file.read(1)[0]
        file.seek(offset)
        file.write(bytes([byte ^ 1]))


def test_a_flipped_bit_in_the_first_page_is_told_from_a_wrong_passphrase(study_path, untouched):
    flip(study_path, 100)
    untouched()
    assert refused(study_path, errors.Damaged) == "study.fieldquill is damaged on page 1; restore it from a backup."


def test_a_flipped_bit_in_the_salt_can_only_look_like_a_wrong_passphrase(study_path, untouched):
    flip(study_path, 3)
    untouched()
    refused(study_path, errors.WrongPassphrase)


def outcome(path):
    try:
        OpenStudy.open(path, PASSPHRASE, read_only=True).close()
    except errors.Damaged as problem:
        return problem.sentence
    return "opened"


def test_a_flipped_bit_anywhere_is_named_or_does_no_harm(study_path, quick_keys, tmp_path):
    """Every page in turn: opening either says which is damaged, or that page is not needed to show the study."""
    path = tmp_path / "flipped.fieldquill"
    import_document(path, PASSPHRASE, example())
    whole = path.read_bytes()
    outcomes = Counter()
    for page in range(2, len(whole) // PAGE + 1, 3):
        path.write_bytes(whole)
        flip(path, (page - 1) * PAGE + 1234)
        outcomes[outcome(path).replace(f"page {page};", "page N;")] += 1
        assert [found.name for found in path.parent.glob("flipped*")] == [path.name]
    assert outcomes.keys() == {"opened", "flipped.fieldquill is damaged on page N; restore it from a backup."}


def test_a_missing_file(tmp_path):
    assert refused(tmp_path / "none.fieldquill", errors.StudyMissing).startswith("There is no file none.fieldquill")
    refused(tmp_path, errors.NotAStudy)
    (tmp_path / "loop.fieldquill").symlink_to(tmp_path / "loop.fieldquill")
    refused(tmp_path / "loop.fieldquill", errors.StudyMissing)
    assert [path.name for path in tmp_path.iterdir()] == ["loop.fieldquill"]


def test_a_study_is_never_written_over(study_path, untouched):
    untouched()
    with pytest.raises(errors.StudyExists, match="exists already"):
        create(study_path, PASSPHRASE, lambda _: None)


def test_a_study_that_came_meanwhile_is_not_written_over(tmp_path):
    path = tmp_path / "new.fieldquill"
    with pytest.raises(errors.StudyExists):
        create(path, PASSPHRASE, lambda _: path.write_text("somebody else's"))
    assert listing(tmp_path).keys() == {"new.fieldquill"}
    assert path.read_text() == "somebody else's"


def test_a_failed_creation_leaves_nothing(tmp_path):
    def fails(connection):
        connection.execute("CREATE TABLE t (x)")
        raise KeyError("a bug")

    with pytest.raises(KeyError):
        create(tmp_path / "new.fieldquill", PASSPHRASE, fails)
    with pytest.raises(errors.NotWritten):
        create(tmp_path / "new.fieldquill", PASSPHRASE, lambda connection: connection.execute("nonsense"))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(errors.ReadOnlyMedium, match="can't be written in this folder"):
        create(tmp_path / "none" / "new.fieldquill", PASSPHRASE, lambda _: None)
    for length in (250, 300):
        with pytest.raises(errors.ReadOnlyMedium, match="choose another"):
            create(tmp_path / ("x" * length), PASSPHRASE, lambda _: None)


def test_a_medium_that_fails_at_the_last_moment(tmp_path, monkeypatch):
    def fails(*_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(inspection, "put_in_place", fails)
    with pytest.raises(errors.ReadOnlyMedium, match="Input/output error"):
        create(tmp_path / "new.fieldquill", PASSPHRASE, lambda connection: connection.execute("CREATE TABLE t (x)"))
    assert list(tmp_path.iterdir()) == []


def test_an_unencrypted_file_is_never_left(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "key_pragma", lambda *_: "SELECT 1")
    with pytest.raises(errors.NotAStudy, match="without encryption; nothing was kept"):
        create(tmp_path / "new.fieldquill", PASSPHRASE, lambda connection: connection.execute("CREATE TABLE t (x)"))
    assert list(tmp_path.iterdir()) == []


# Passphrases


@pytest.mark.parametrize(
    "passphrase",
    [
        'it\'s "quoted"; --',
        "x'" + "ab" * 32 + "'",
        "Käse und Brötchen",
        "密码密码密码密码",
        "        ",
        "emoji \U0001f511 key",
    ],
)
def test_any_passphrase_that_can_be_typed(tmp_path, passphrase):
    path = tmp_path / "new.fieldquill"
    create(path, passphrase, lambda connection: connection.execute("CREATE TABLE t (x)"))
    connection = sqlcipher.connect(str(path))
    connection.execute(key_pragma("key", passphrase))
    assert connection.execute("SELECT name FROM sqlite_master").fetchone() == ("t",)
    connection.close()


def test_a_passphrase_is_the_same_however_it_is_composed():
    decomposed = unicodedata.normalize("NFD", "Käsebrötchen")
    assert decomposed != "Käsebrötchen"
    assert key_pragma("key", decomposed) == key_pragma("key", "Käsebrötchen")


@pytest.mark.parametrize("passphrase", ["", "with\0nul in it", "half \ud83d a character"])
def test_what_cant_be_a_passphrase(study_path, untouched, tmp_path, passphrase):
    untouched()
    sentence = refused(study_path, errors.WeakPassphrase, passphrase)
    assert not passphrase or passphrase not in sentence
    with pytest.raises(errors.WeakPassphrase):
        create(tmp_path / "new.fieldquill", passphrase, lambda _: None)


def test_a_short_passphrase_protects_nothing(tmp_path):
    with pytest.raises(errors.WeakPassphrase, match="at least 8 characters"):
        require_usable("1234567")
    with pytest.raises(errors.WeakPassphrase):
        require_usable("a\u0301" * 7)
    require_usable("12345678")
    with pytest.raises(errors.WeakPassphrase):
        create(tmp_path / "new.fieldquill", "1234567", lambda _: None)
    assert list(tmp_path.iterdir()) == []


def chain(problem):
    while problem is not None:
        yield f"{problem!r} {problem} {problem.args} {vars(problem)}"
        problem = problem.__cause__ or problem.__context__


@pytest.mark.parametrize("passphrase", ["sesame sesame", "sesame \udc80 sesame", "sesame'; bad \0"])
def test_no_error_tells_the_passphrase(study_path, capfd, caplog, passphrase):
    caplog.set_level(0)
    told = []
    for attempt in (
        lambda: open_study(study_path, passphrase),
        lambda: OpenStudy.open(study_path, passphrase),
        lambda: create(study_path, passphrase, lambda _: None),
        lambda: create(study_path.with_name("n"), passphrase, lambda connection: connection.execute("nonsense")),
        lambda: create(study_path.parent / "no" / "n", passphrase, lambda _: None),
    ):
        with pytest.raises(errors.StoreError) as caught:
            attempt()
        told += chain(caught.value)
    assert "sesame" not in "".join(told)
    assert "".join(capfd.readouterr()) == ""
    assert "sesame" not in caplog.text


# One writer at a time


def test_a_second_opener_reads_and_is_told_who_writes(study, study_path):
    study.work_as("ada")
    with OpenStudy.open(study_path, PASSPHRASE) as second:
        assert second.read_only
        assert second.held_by.startswith(
            "study.fieldquill is open for reading only: Ada has had it open on this computer"
        )
        assert f"(process {os.getpid()})" in second.held_by
        assert second.document == study.document
    assert OpenStudy.open(study_path, PASSPHRASE, read_only=True).held_by == ""


def test_a_writer_elsewhere_is_named_with_its_host():
    from app.store.study_file import Holder

    sentence = Holder("", "laptop-2", 17, "2026-10-01T08:30:00+00:00").sentence("a.fieldquill")
    assert sentence == (
        "a.fieldquill is open for reading only: another window has had it open on laptop-2 "
        "since 08:30 UTC on 2026-10-01 (process 17)."
    )


def test_a_writer_who_has_not_left_word_yet(study_path):
    first = open_study(study_path, PASSPHRASE)
    second = open_study(study_path, PASSPHRASE)
    assert second.held_by == "study.fieldquill is open for reading only: another window has it open."
    second.close()
    first.close()


def test_the_lock_goes_by_the_file_not_by_its_name(study, study_path, tmp_path):
    link = tmp_path / "link.fieldquill"
    link.symlink_to(study_path)
    with OpenStudy.open(link, PASSPHRASE) as second:
        assert second.read_only
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.fieldquill", "studies"]


def test_a_study_of_an_older_version_is_not_migrated_by_a_reader(study_path, monkeypatch, untouched):
    monkeypatch.setattr(opening, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    untouched()
    assert "older Fieldquill" in refused(study_path, errors.OlderVersion, read_only=True)


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="the system does not list its locks")
def test_opening_a_study_twice_keeps_its_locks(study, study_path):
    """On POSIX a process that opens and closes a file once more loses its locks: others could take the log away."""

    def held():
        return f":{study_path.stat().st_ino} " in Path("/proc/locks").read_text()

    assert held()
    OpenStudy.open(study_path, PASSPHRASE).close()
    study.file.require_passphrase(PASSPHRASE)
    assert held()
    with study_path.open("rb"):
        pass
    assert not held(), "SQLite's locks outlive the opening and closing of the file now: is_open_here can go"
