"""What `verify` finds: anything changed past the program, and where."""

import json
import os
import subprocess
import sys

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from app.actions import notes, things, verify
from app.actions.audit import digest
from app.actions.open_study import OpenStudy
from app.model.setting import Case
from app.model.source import Entry
from app.store.errors import Damaged
from app.store.opening import open_study

PASSPHRASE = "correct horse battery"
PAGE = 4096
NEW = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def path(study):
    """A closed study with a little history: the import is action 1, then 2 to 5."""
    study.do(things.add, Case(key="c3", name="Three"))
    study.do(notes.write, "m1", [notes.SetEntry(Entry(key="m1-1", text="A canary"))])
    study.do(things.remove, "cases", "c2")
    study.undo()
    study.close()
    return study.path


def tamper(path, *statements):
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = '{PASSPHRASE}'")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def problems(path):
    file = open_study(path, PASSPHRASE, read_only=True)
    try:
        with file.reading():
            return list(verify.problems(file.connection))
    finally:
        file.close()


def test_a_sound_study(path):
    assert problems(path) == []


def test_checking_changes_nothing(path):
    before = path.read_bytes()
    assert problems(path) == []
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("UPDATE cases SET name = 'x' WHERE key = 'c1'", "Case c1 was changed past the program"),
        ("UPDATE entries SET text = text || ' not' WHERE key = 'i1-2'", "Entry i1-2 was changed past the program"),
        ("UPDATE answers SET verdict = 'fully'", "Answer "),
        ("UPDATE study SET title = 'x'", "Study "),
        ("UPDATE site_policy SET recording = 'allowed'", "Site policy "),
        ("UPDATE rubrics SET text = text || ' '", "Rubric small was changed"),
        ("UPDATE rubric_criteria SET position = 9 WHERE key = 'runs'", "Criterion runs was changed"),
        ("DELETE FROM identities", "was removed past the program: the audit trail still has it"),
        (f"INSERT INTO factors SELECT name, belongs_to, tendency, '', 'f9', 9, '{NEW}' FROM factors", "Factor f9 was"),
        ("UPDATE audit SET label = 'x' WHERE seq = 2", "breaks at action 2: it was changed after it was written"),
        ("UPDATE audit SET who = 'bob' WHERE seq = 5", "breaks at action 5: it was changed after it was written"),
        ("UPDATE audit SET undoable = 1 WHERE seq = 1", "breaks at action 1: it was changed"),
        ("UPDATE audit SET after = replace(after, 'a', 'b') WHERE seq = 3", "breaks at action 3: it was changed"),
        ("UPDATE audit SET hash = 'x' WHERE seq = 2", "breaks at action 2: it was changed"),
        ("DELETE FROM audit_changes WHERE seq = 2", "breaks at action 2: what it did was changed"),
        ("UPDATE audit_changes SET after = before WHERE seq = 3", "breaks at action 3: what it did was changed"),
        ("UPDATE audit_changes SET row_before = '{}' WHERE seq = 3", "breaks at action 3: what it did was changed"),
        ("UPDATE audit_changes SET row_after = replace(row_after, 'A c', 'No c') WHERE seq = 3", "breaks at action 3"),
        ("CREATE TRIGGER t AFTER UPDATE ON cases BEGIN SELECT 1; END", "The trigger t is not part of a study."),
        ("CREATE TABLE notes (x)", "The table notes is not part of a study."),
        ("CREATE VIEW v AS SELECT 1", "The view v is not part of a study."),
    ],
    ids=lambda value: value[:50],
)  # fmt: skip
def test_what_was_changed_past_the_program(path, sql, expected):
    tamper(path, sql)
    found = problems(path)
    assert any(expected in problem for problem in found), found


def test_a_removed_action(path):
    tamper(path, "DELETE FROM audit_changes WHERE seq = 3", "DELETE FROM audit WHERE seq = 3")
    assert "The audit trail breaks at action 3: it is missing." in problems(path)


def test_actions_in_another_order(path):
    apart = "UPDATE {} SET seq = -seq WHERE seq IN (2, 3)"
    back = "UPDATE {} SET seq = 5 + seq WHERE seq < 0"
    tables = ("audit", "audit_changes")
    tamper(path, *(sql.format(table) for sql in (apart, back) for table in tables))
    assert "The audit trail breaks at action 2: it does not follow the action before it." in problems(path)


def test_the_last_action_cut_off_shows_in_the_rows_it_wrote(path):
    tamper(path, "DELETE FROM audit_changes WHERE seq = 5", "DELETE FROM audit WHERE seq = 5")
    assert any("Case c2 was changed past the program" in problem for problem in problems(path))


def test_history_without_its_action_dangles(path):
    tamper(path, "DELETE FROM audit WHERE seq = 5")
    assert any("of audit_changes refers to something missing in audit" in problem for problem in problems(path))


def test_rows_that_dangle(path):
    tamper(path, "PRAGMA foreign_keys = OFF", "DELETE FROM rounds WHERE key = 'r1'")
    found = problems(path)
    assert any("of sources refers to something missing in rounds" in problem for problem in found)
    assert any(problem.startswith("Round ") and "was removed past the program" in problem for problem in found)
    with pytest.raises(Damaged, match="changed past the program"):
        OpenStudy.open(path, PASSPHRASE)


def test_a_row_that_no_action_writes_is_told_when_opening(path):
    tamper(path, "UPDATE sources SET minutes = 'canary long'")
    with pytest.raises(Damaged) as caught:
        OpenStudy.open(path, PASSPHRASE)
    assert "canary" not in caught.value.sentence


def test_a_study_without_its_own_row(path):
    tamper(path, "DELETE FROM study")
    assert any("was removed past the program" in problem for problem in problems(path))
    with pytest.raises(Damaged):
        OpenStudy.open(path, PASSPHRASE)


def test_a_passage_past_its_words(path):
    tamper(path, 'UPDATE spans SET "end" = 999 WHERE start = 11')
    assert "Passage i1-p1 reaches past the end of i1-1." in problems(path)


def forged(path, seq, **fields):
    """Rewrite an action and its own hash, as one who knows how the trail is made but not what follows."""
    from app.actions.audit import HASHED, link_hash

    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = '{PASSPHRASE}'")
    row = dict(zip(HASHED, connection.execute(f"SELECT {', '.join(HASHED)} FROM audit WHERE seq = {seq}").fetchone()))  # noqa: B905
    row |= fields
    sets = ", ".join(f"{name} = ?" for name in fields)
    connection.execute(f"UPDATE audit SET {sets}, hash = ? WHERE seq = ?", (*fields.values(), link_hash(row), seq))
    connection.close()


def test_a_forged_action_does_not_fit_the_next(path):
    forged(path, 3, label="Nothing of note")
    assert problems(path) == ["The audit trail breaks at action 4: it does not follow the action before it."]


def test_a_forged_row_to_undo_does_not_fit_its_digest(path):
    row = {"name": "forged"}
    tamper(path, f"UPDATE audit_changes SET row_before = '{json.dumps(row)}', before = '{digest('x')}' WHERE seq = 4")
    assert any("breaks at action 4" in problem for problem in problems(path))


# Pages


def flip(path, page):
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE + 999)
        byte = file.read(1)[0]
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 1]))


def test_flipped_bits_are_named_by_page(path):
    pages = path.stat().st_size // PAGE
    named = 0
    for page in range(2, pages, 23):
        whole = path.read_bytes()
        flip(path, page)
        try:
            found = problems(path)
        except Damaged as damaged:
            found = [damaged.sentence.replace("page", "Page")]
        assert any(f"Page {page}" in problem for problem in found), found
        path.write_bytes(whole)
        named += 1
    assert named > 5


def test_an_old_page_played_back_is_noticed_or_changes_nothing(study):
    """The page itself is sound, under the right key: only the trail knows it is not the one written last."""
    study.close()
    before = study.path.read_bytes()
    with OpenStudy.open(study.path, PASSPHRASE) as again:
        again.do(notes.write, "m1", [notes.SetEntry(Entry(key="m1-1", text="parrot"))])
    after = bytearray(study.path.read_bytes())
    noticed = 0
    for page in range(1, len(before) // PAGE):
        old = before[page * PAGE : (page + 1) * PAGE]
        if old != after[page * PAGE : (page + 1) * PAGE]:
            study.path.write_bytes(after[: page * PAGE] + old + after[(page + 1) * PAGE :])
            noticed += played_back(study.path, again.document)
    assert noticed >= 2


def played_back(path, document):
    try:
        found = problems(path)
    except Damaged:
        return True
    if not found:  # the page of who has the file open, say
        with OpenStudy.open(path, PASSPHRASE, read_only=True) as study:
            assert study.document == document
    return bool(found)


def test_a_database_that_cant_be_read_is_a_finding():
    closed = sqlcipher.connect(":memory:")
    closed.close()
    (found,) = verify.problems(closed)
    assert found.startswith("The database can't be read: ")


def test_a_database_damaged_inside_is_a_finding():
    class Damage:
        def execute(self, sql, *_):
            return [("row 1 missing from index x",)] if sql == "PRAGMA integrity_check" else []

    assert list(verify.problems(Damage())) == ["The database is damaged: row 1 missing from index x."]


WRITE_ON = """
import sys
from pathlib import Path
from app.actions import notes
from app.actions.open_study import OpenStudy
from app.model.source import Entry
with OpenStudy.open(Path(sys.argv[1]), "correct horse battery") as study:
    print("ready", flush=True)
    for number in range(10_000):
        study.do(notes.write, "m1", [notes.AddEntry(Entry(key=f"m1-k{number}", text="x"))])
"""


def test_a_study_that_is_being_written_is_checked_in_one_state(template, tmp_path):
    import shutil

    path = shutil.copyfile(template, tmp_path / "study.fieldquill")
    writer = subprocess.Popen([sys.executable, "-c", WRITE_ON, path], stdout=subprocess.PIPE)
    try:
        writer.stdout.readline()
        file = open_study(path, PASSPHRASE, read_only=True)
        for _ in range(5):
            with file.reading():
                assert list(verify.problems(file.connection)) == []
        file.close()
        OpenStudy.open(path, PASSPHRASE, read_only=True).close()
    finally:
        writer.kill()
        writer.communicate()
