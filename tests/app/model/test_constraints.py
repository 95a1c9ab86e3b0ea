"""What no study can hold, whoever writes it: rows forced in by plain SQL are refused by the file itself."""

import re
import shutil

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from app.actions.open_study import OpenStudy

PASSPHRASE = "correct horse battery"
NEW = "'00000000-0000-4000-8000-000000000001'"
OF_ANOTHER_RUBRIC = {
    part: f"(SELECT id FROM rubric_{part} WHERE id LIKE 'x%' LIMIT 1)" for part in ("levels", "principles", "criteria")
}


@pytest.fixture(scope="module")
def connection(template, tmp_path_factory):
    """The example, with a second rubric whose parts are called the same; every test takes its changes back."""
    path = shutil.copyfile(template, tmp_path_factory.mktemp("constraints") / "study.fieldquill")
    with OpenStudy.open(path, PASSPHRASE) as study:
        raw = study.file.connection
        copy = "INSERT INTO {0} SELECT {1} FROM {0}"
        raw.execute("BEGIN")
        raw.execute(copy.format("rubrics", "'other', position, version, text, substr('x' || id, 1, 36)"))
        for table in ("rubric_levels", "rubric_principles", "rubric_criteria"):
            names = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
            other = [f"substr('x' || {name}, 1, 36)" if name.endswith("id") else name for name in names]
            raw.execute(copy.format(table, ", ".join(other)))
        raw.execute("COMMIT")
        yield raw


REFUSED = [
    # dangling
    ("FOREIGN KEY", "UPDATE sources SET round_id = {new}"),
    ("FOREIGN KEY", "UPDATE sources SET guide_id = {new}"),
    ("FOREIGN KEY", "DELETE FROM cases"),
    ("FOREIGN KEY", "DELETE FROM rounds WHERE key = 'r1'"),
    ("FOREIGN KEY", "DELETE FROM entries WHERE key = 'i1-1'"),
    ("FOREIGN KEY", "DELETE FROM passages WHERE key = 'm1-p1'"),
    ("FOREIGN KEY", "DELETE FROM rubrics"),
    ("FOREIGN KEY", "DELETE FROM rubric_criteria"),
    ("FOREIGN KEY", "DELETE FROM assessors WHERE key = 'ada'"),
    ("FOREIGN KEY", "DELETE FROM source_participants"),
    ("FOREIGN KEY", "DELETE FROM audit"),
    ("FOREIGN KEY", "UPDATE identities SET participant_id = {new}"),
    ("FOREIGN KEY", "UPDATE codes SET parent_id = {new} WHERE key = 'monitoring'"),
    # parts of another rubric
    ("FOREIGN KEY", "UPDATE answers SET criterion_id = {criteria} WHERE verdict = 'fully'"),
    ("FOREIGN KEY", "UPDATE answers SET rubric_id = (SELECT id FROM rubrics WHERE key = 'other')"),
    ("FOREIGN KEY", "UPDATE overrides SET level_id = {levels}"),
    ("FOREIGN KEY", "UPDATE overrides SET principle_id = {principles}"),
    ("FOREIGN KEY", "UPDATE findings SET principle_id = {principles}"),
    ("FOREIGN KEY", "UPDATE challenges SET principle_id = {principles}"),
    ("FOREIGN KEY", "UPDATE review_items SET principle_id = {principles} WHERE verdict IS NOT NULL"),
    ("FOREIGN KEY", "UPDATE consensus SET criterion_id = {criteria}"),
    (
        "FOREIGN KEY",
        "UPDATE follow_ups SET criterion_id = {criteria} WHERE key = 'f1'",
    ),
    ("FOREIGN KEY", "UPDATE questions SET criterion_id = {criteria}"),
    (
        "FOREIGN KEY",
        "UPDATE codes SET principle_id = {principles} WHERE key = 'monitoring'",
    ),
    (
        "FOREIGN KEY",
        "UPDATE rubric_criteria SET principle_id = {principles} WHERE id NOT LIKE 'x%'",
    ),
    # somebody who was not there, words of another source
    ("FOREIGN KEY", "UPDATE entries SET speaker_id = (SELECT id FROM participants LIMIT 1) WHERE key = 'm1-1'"),
    ("FOREIGN KEY", "UPDATE spans SET entry_id = (SELECT id FROM entries WHERE key = 'm1-1')"),
    ("FOREIGN KEY", "UPDATE spans SET source_id = (SELECT id FROM sources WHERE key = 'm1')"),
    ("FOREIGN KEY", "UPDATE passages SET source_id = (SELECT id FROM sources WHERE key = 'm1')"),
    # twice
    ("UNIQUE", "UPDATE cases SET key = 'c1'"),
    ("UNIQUE", "UPDATE answers SET assessor_id = (SELECT id FROM assessors WHERE key = 'ada')"),
    ("UNIQUE", "INSERT INTO codings SELECT passage_id, code_id, assessor_id, NULL, '', NULL, {new} FROM codings"),
    ("UNIQUE", "UPDATE influences SET case_id = NULL"),
    ("UNIQUE", "UPDATE source_assessors SET assessor_id = (SELECT id FROM assessors WHERE key = 'ada')"),
    ("UNIQUE", "UPDATE source_participants SET participant_id = (SELECT id FROM participants WHERE key = 'p1')"),
    (
        "UNIQUE",
        "CREATE TEMP TABLE s AS SELECT * FROM study; UPDATE s SET id = {new}; INSERT INTO study SELECT * FROM s",
    ),
    (
        "UNIQUE",
        "CREATE TEMP TABLE t AS SELECT * FROM audit; UPDATE t SET seq = 2; INSERT INTO audit SELECT * FROM t",
    ),
    # contradictory
    ("one_owner", "UPDATE evidence SET finding_id = (SELECT id FROM findings) WHERE answer_id IS NOT NULL"),
    ("one_owner", "UPDATE evidence SET answer_id = NULL WHERE answer_id IS NOT NULL"),
    ("not_applicable_has_reason", "UPDATE answers SET rationale = '  ' WHERE verdict = 'not_applicable'"),
    ("ends_after_it_starts", "UPDATE rounds SET ends = '2022-09-30' WHERE key = 'r1'"),
    ("ends_after_it_starts", "UPDATE sources SET ended_at = '2022-10-10T08:59:59Z' WHERE key = 'i1'"),
    ("no_end_without_start", "UPDATE sources SET started_at = NULL WHERE key = 'i1'"),
    ("answer_is_told", "UPDATE follow_ups SET state = 'answered', resolution = '' WHERE key = 'f1'"),
    ("not_its_own_parent", "UPDATE codes SET parent_id = id"),
    ("part_has_rubric", "UPDATE codes SET rubric_id = NULL WHERE key = 'monitoring'"),
    ("part_has_rubric", "UPDATE questions SET rubric_id = NULL"),
    ("part_has_rubric", "UPDATE follow_ups SET rubric_id = NULL WHERE key = 'f1'"),
    ("not_empty", 'UPDATE spans SET "end" = start'),
    ("not_empty", "UPDATE spans SET start = -1"),
    ("not_empty", "UPDATE cases SET name = ''"),
    ("not_empty", "UPDATE study SET title = ''"),
    ("not_empty", "UPDATE consensus SET reason = ''"),
    ("not_empty", "UPDATE rubrics SET text = ''"),
    ("one_row", "UPDATE study SET only = 2"),
    ("one_row", "INSERT INTO holder VALUES (2, '', '', 1, '')"),
    ("minutes_in_range", "UPDATE questions SET minutes = 601"),
    ("group_in_range", "UPDATE profiles SET smallest_group = 0"),
    ("id_is_uuid", "UPDATE cases SET id = 'x' WHERE key = 'c2'"),
    ("key_is_plain", "UPDATE cases SET key = 'C2' WHERE key = 'c2'"),
    ("key_is_plain", "UPDATE cases SET key = 'c 2' WHERE key = 'c2'"),
    ("verdict", "UPDATE answers SET verdict = 'certainly'"),
    ("permission", "UPDATE site_policy SET recording = 'maybe'"),
    ("one_direction", "UPDATE audit SET seq = 3, undoes = 1, redoes = 1"),
    ("undoes_the_past", "UPDATE audit SET undoes = seq"),
    ("NOT NULL", "UPDATE entries SET text = NULL"),
]


@pytest.mark.parametrize(("words", "sql"), REFUSED, ids=[f"{w}-{re.sub('[^a-z_]+', '-', s)[:60]}" for w, s in REFUSED])
def test_the_file_refuses(connection, words, sql):
    connection.execute("BEGIN")
    try:
        with pytest.raises(sqlcipher.IntegrityError) as caught:
            run_and_commit(connection, sql.format(new=NEW, **OF_ANOTHER_RUBRIC))
        assert words in str(caught.value)
    finally:
        connection.execute("ROLLBACK")


def run_and_commit(connection, sql):
    for statement in sql.split("; "):
        connection.execute(statement)
    connection.execute("COMMIT")


def test_times_that_are_apart_by_less_than_a_second_are_in_order(connection):
    connection.execute("BEGIN")
    connection.execute("UPDATE sources SET started_at = '2022-10-10T09:45:00Z' WHERE key = 'i1'")
    connection.execute("ROLLBACK")
