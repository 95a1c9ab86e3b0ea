"""Migrations: a backup first, one transaction, and a file that is migrated whole or not at all."""

import json
import shutil
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from app.actions import things, verify
from app.actions.open_study import OpenStudy
from app.exchange.study_json import encode
from app.model.entities import Entity
from app.model.setting import Case
from app.store import errors, migrate, opening
from app.store.migrate import MIGRATIONS
from app.store.opening import SCHEMA_VERSION, open_study

PASSPHRASE = "correct horse battery"
DATA = Path(__file__).parents[2] / "data"
MIGRATION = '''
"""A migration of the test."""

from alembic import op

revision = "NEXT"
down_revision = "LAST"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE cases SET status = 'migrated'")
    op.execute("CREATE INDEX ix_test ON cases (name)")
    op.execute("PRAGMA user_version = VERSION")
'''
NEXT = SCHEMA_VERSION + 1


@pytest.fixture
def next_version(tmp_path, monkeypatch):
    """Let there be one more version, by a migration that ends with the lines given."""

    def make(*more):
        folder = tmp_path / "migrations %d"
        shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        text = MIGRATION.replace("NEXT", f"{NEXT:04}").replace("LAST", f"{SCHEMA_VERSION:04}")
        text = text.replace("VERSION", str(NEXT)) + "".join(f"    {line}\n" for line in more)
        (folder / "versions" / f"{NEXT:04}_test.py").write_text(text)
        monkeypatch.setattr(opening, "SCHEMA_VERSION", NEXT)
        monkeypatch.setitem(migrate.upgrade.__kwdefaults__, "migrations", folder)

    return make


def problems(path):
    file = open_study(path, PASSPHRASE, read_only=True)
    try:
        return list(verify.problems(file.connection))
    finally:
        file.close()


def test_a_migration(study_path, next_version):
    with OpenStudy.open(study_path, PASSPHRASE) as study:
        study.do(things.add, Case(key="c3", name="Three"))
        before = study.document
    next_version()
    with OpenStudy.open(study_path, PASSPHRASE) as study:
        assert [case.status for case in study.document.cases] == ["migrated"] * 3
        connection = study.file.connection
        assert connection.execute("PRAGMA user_version").fetchone() == (NEXT,)
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        last = "SELECT action, label, undoable FROM audit ORDER BY seq DESC LIMIT 1"
        assert connection.execute(last).fetchone() == (
            "store.upgrade",
            f"Bring the study up to date from version {SCHEMA_VERSION}",
            0,
        )
        assert study.undo_label == ""
        study.do(things.add, Case(key="c4", name="Four"))
        assert study.undo_label == "Add case Four"
    assert problems(study_path) == []
    (backup,) = study_path.parent.glob(f"study.backup-version-{SCHEMA_VERSION}-*.fieldquill")
    assert sorted(study_path.parent.iterdir()) == sorted([study_path, backup])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "SCHEMA_VERSION", SCHEMA_VERSION)
        with OpenStudy.open(backup, PASSPHRASE, read_only=True) as old:
            assert old.document == before


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (['op.execute("nonsense")'], "(OperationalError)"),
        (["op.execute(\"UPDATE cases SET key = 'c1'\")"], "(IntegrityError)"),
        (['op.execute("DELETE FROM rounds")'], "would dangle"),
    ],
    ids=["nonsense", "constraint", "dangling"],
)
def test_a_migration_that_fails_leaves_the_file_as_it_was(study_path, next_version, lines, words, monkeypatch):
    content = study_path.read_bytes()
    next_version(*lines)
    with pytest.raises(errors.NotWritten) as caught:
        OpenStudy.open(study_path, PASSPHRASE)
    assert words in caught.value.sentence
    assert "it stays as it was" in caught.value.sentence.lower()
    assert study_path.read_bytes() == content
    (backup,) = study_path.parent.glob("study.backup-*")
    assert sorted(study_path.parent.iterdir()) == sorted([study_path, backup])
    monkeypatch.setattr(opening, "SCHEMA_VERSION", SCHEMA_VERSION)
    OpenStudy.open(study_path, PASSPHRASE).close()
    assert problems(study_path) == []


def test_a_bug_in_a_migration_is_not_hidden_and_does_no_harm(study_path, next_version):
    content = study_path.read_bytes()
    next_version('raise ZeroDivisionError("a bug")')
    with pytest.raises(ZeroDivisionError):
        OpenStudy.open(study_path, PASSPHRASE)
    assert study_path.read_bytes() == content


def test_without_a_backup_there_is_no_migration(study_path, next_version, monkeypatch):
    next_version()
    content = study_path.read_bytes()

    def fails(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(migrate.inspection, "put_in_place", fails)
    with pytest.raises(errors.NotWritten, match="it stays as it was"):
        OpenStudy.open(study_path, PASSPHRASE)
    assert {path.name: path.read_bytes() for path in study_path.parent.iterdir()} == {study_path.name: content}


def test_the_store_migrates_without_a_trail_to_write(study_path, next_version):
    next_version()
    open_study(study_path, PASSPHRASE).close()
    file = open_study(study_path, PASSPHRASE)
    assert file.connection.execute("PRAGMA user_version").fetchone() == (NEXT,)
    file.close()


# The schema


def frozen(metadata):
    """Write the schema of today's entities, as a migration's SQL has it."""
    made = []
    for table in metadata.sorted_tables:
        made.append(CreateTable(table))
        made += [CreateIndex(index) for index in sorted(table.indexes, key=lambda index: index.name)]
    texts = (str(part.compile(dialect=sqlite.dialect())).strip() for part in made)
    return "".join(f"\n{text};\n" for text in texts).replace("\t", "    ").replace(", \n", ",\n")


def shape(statements):
    connection = sqlcipher.connect(":memory:", isolation_level=None)
    connection.executescript(statements)
    return objects(connection)


def objects(connection):
    found = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'alembic%' AND name NOT LIKE 'search%'"
    ).fetchall()
    return {(kind, name): " ".join(sql.split()) for kind, name, sql in found if sql and "alembic" not in sql}


def test_a_migrated_file_has_the_tables_that_the_entities_declare(study):
    assert objects(study.file.connection) == shape(frozen(Entity.metadata)), (
        "The entities changed: write a migration (app/store/migrations/README.md)."
    )


def test_there_is_a_migration_for_each_version():
    numbers = sorted(int(path.name[:4]) for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert numbers == list(range(1, SCHEMA_VERSION + 1))


def test_every_foreign_key_waits_for_the_end_of_the_transaction():
    """Undo brings rows back in any order."""
    keys = [key for table in Entity.metadata.tables.values() for key in table.foreign_key_constraints]
    assert [key.name for key in keys if not (key.deferrable and key.initially == "DEFERRED")] == []


# Files of earlier versions


@pytest.mark.parametrize("old", sorted(DATA.glob("schema-*.fieldquill")), ids=lambda path: path.stem)
def test_a_file_of_each_earlier_version_opens(old, tmp_path):
    """Beside each is what it holds as study JSON, in today's words; tests/data/README.md has the passphrase."""
    path = shutil.copyfile(old, tmp_path / "old.fieldquill")
    with OpenStudy.open(path, PASSPHRASE) as study:
        assert json.loads(encode(study.document)) == json.loads(old.with_suffix(".json").read_bytes())
    assert problems(path) == []


def test_there_is_a_file_of_every_version_since_the_first():
    assert len(list(DATA.glob("schema-*.fieldquill"))) == SCHEMA_VERSION
