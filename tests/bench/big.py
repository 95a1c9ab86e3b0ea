"""A large interview for measuring: written straight into a study's tables, since actions would take minutes."""

import random
import uuid

from app.actions.create import import_document
from app.actions.open_study import OpenStudy
from tests.documents import example

PASSPHRASE = "correct horse battery"
SPOKEN = (
    "the model drifts when new data arrives and nobody looks at the alarm because deployment is manual here while "
    "labels come late from the plant so retraining waits for the quarter and versions are kept by hand"
)
WORDS = SPOKEN.split()
A_LINE = 12  # words


def sentence(chance, words=A_LINE):
    return " ".join(chance.choice(WORDS) for _ in range(words))


def big_study(path, words, passages=0):
    """Make a study whose interview i1 has so many words and coded passages."""
    chance = random.Random(1)
    import_document(path, PASSPHRASE, example())
    with OpenStudy.open(path, PASSPHRASE) as study:
        connection = study.file.connection
        one = lambda sql: connection.execute(sql).fetchone()[0]  # noqa: E731
        source = one("SELECT id FROM sources WHERE key = 'i1'")
        code, assessor = one("SELECT id FROM codes WHERE key = 'tools'"), one("SELECT id FROM assessors")
        connection.execute("BEGIN IMMEDIATE")
        lines = [
            (str(uuid.UUID(int=chance.getrandbits(128))), f"i1-b{n}", sentence(chance)) for n in range(words // A_LINE)
        ]
        connection.executemany(
            "INSERT INTO entries (id, key, source_id, text, kind, at, uncertain, released, position) "
            "VALUES (?, ?, ?, ?, 'paraphrase', '2022-10-10T09:00:00Z', 0, 0, ?)",
            [(row, key, source, text, 100.0 + n) for n, (row, key, text) in enumerate(lines)],
        )
        for n in range(passages):
            row, _key, text = lines[n * len(lines) // passages]
            passage = str(uuid.UUID(int=chance.getrandbits(128)))
            connection.execute(
                "INSERT INTO passages (id, key, position, source_id, words) VALUES (?, ?, ?, ?, ?)",
                (passage, f"i1-b{n}", 100.0 + n, source, text[:20]),
            )
            connection.execute(
                'INSERT INTO spans (id, source_id, passage_id, entry_id, start, "end", whole, position) '
                "VALUES (?, ?, ?, ?, 2, 20, 0, 1)",
                (str(uuid.UUID(int=chance.getrandbits(128))), source, passage, row),
            )
            connection.execute(
                "INSERT INTO codings (id, passage_id, code_id, assessor_id, memo) VALUES (?, ?, ?, ?, '')",
                (str(uuid.UUID(int=chance.getrandbits(128))), passage, code, assessor),
            )
        connection.execute("COMMIT")
    return path
