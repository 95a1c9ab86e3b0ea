"""The real FTS5, asked directly, and a study with words everywhere that words can be."""

import contextlib
import shutil
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from msgspec.structs import replace

from app.actions.create import import_document
from app.actions.open_study import OpenStudy
from app.exchange.study_json import read_study
from app.model.assessment import (
    BelongsTo,
    Challenge,
    Consensus,
    Dissent,
    Factor,
    Influence,
    NextStep,
    Override,
    Review,
    ReviewItem,
    ReviewVerdict,
    Target,
    Tendency,
)
from app.model.evidence import Code, Coding
from app.model.source import EntryKind, FollowUp, FollowUpState, Original
from app.scoring.scale import Verdict

PASSPHRASE = "correct horse battery"
SMALL = Path(__file__).parents[2] / "data" / "small.json"
TOKENIZER = "unicode61 remove_diacritics 2"


class Fts:
    """An index of its own in memory, with the tokenizer of the studies' one."""

    def __init__(self):
        self.connection = sqlcipher.connect(":memory:", isolation_level=None)
        self.connection.execute(
            f"CREATE VIRTUAL TABLE texts USING fts5(text, content='', contentless_delete=1, tokenize='{TOKENIZER}')"
        )
        self.connection.execute(f"CREATE VIRTUAL TABLE kept USING fts5(text, tokenize='{TOKENIZER}')")
        self.connection.execute("CREATE VIRTUAL TABLE words USING fts5vocab(kept, instance)")

    def fill(self, texts):
        self.connection.execute("DELETE FROM texts")
        self.connection.executemany("INSERT INTO texts(rowid, text) VALUES (?, ?)", list(enumerate(texts, 1)))

    def found(self, expression):
        rows = self.connection.execute("SELECT rowid FROM texts WHERE texts MATCH ?", (expression,))
        return {rowid for (rowid,) in rows}

    def matches(self, expression, text):
        self.fill([text])
        return bool(self.found(expression))

    def words(self, text):
        """Every word of a text, in order."""
        self.connection.execute("DELETE FROM kept")
        self.connection.execute("INSERT INTO kept(text) VALUES (?)", (text,))
        rows = self.connection.execute("SELECT term, offset FROM words").fetchall()
        return [term for term, _ in sorted(rows, key=lambda row: row[1])]

    def highlighted(self, expression, text):
        """The text with `[` and `]` round what FTS5 itself sets off."""
        self.connection.execute("DELETE FROM kept")
        self.connection.execute("INSERT INTO kept(text) VALUES (?)", (text,))
        row = self.connection.execute("SELECT highlight(kept, 0, '[', ']') FROM kept WHERE kept MATCH ?", (expression,))
        return row.fetchone()[0]


@pytest.fixture(scope="session")
def fts():
    one = Fts()
    yield one
    one.connection.close()


@pytest.fixture(scope="session")
def written():
    """The small study with one of everything that holds words."""
    return with_everything(read_study(SMALL))


@pytest.fixture(scope="session")
def searched_template(tmp_path_factory, written):
    """A file of it, with quickly derived keys."""
    path = tmp_path_factory.mktemp("searched") / "template.fieldquill"
    with contextlib.closing(sqlcipher.connect(":memory:")) as connection:
        usual = connection.execute("PRAGMA cipher_default_kdf_iter").fetchone()[0]
        connection.execute("PRAGMA cipher_default_kdf_iter = 256")
        import_document(path, PASSPHRASE, written)
        connection.execute(f"PRAGMA cipher_default_kdf_iter = {usual}")
    return path


@pytest.fixture
def searched(searched_template, quick_keys, tmp_path):
    """The study, open, and never searched."""
    path = shutil.copyfile(searched_template, tmp_path / "study.fieldquill")
    with OpenStudy.open(path, PASSPHRASE) as study:
        yield study


@pytest.fixture
def reading(searched_template, quick_keys, tmp_path):
    """The study, open for reading only."""
    path = shutil.copyfile(searched_template, tmp_path / "reading.fieldquill")
    with OpenStudy.open(path, PASSPHRASE, read_only=True) as study:
        yield study


def with_everything(small):
    paint = {"rubric": "mlops-maturity", "case": "paint", "round": "r1"}
    deploy = "training-deployment"
    first, second, third, *others = small.sources
    lines = (
        Original(key="o1", author="ben", text="Retraining runs alone", kind=EntryKind.QUOTATION, entry="i1-1"),
        Original(key="o2", author="ben", text="He looked at the alarm lamp", speaker="p1", case="sorting"),
    )
    item = ReviewItem(
        rubric="mlops-maturity",
        principle=deploy,
        case="paint",
        verdict=ReviewVerdict.CORRECTED,
        comment="The form has been gone since May.",
        resolution="Deployment seen again in round 2.",
    )
    return replace(
        small,
        sources=(replace(first, originals=lines), second, replace(third, participants=("p3", "p1")), *others),
        factors=(Factor(key="budget", name="Budget", belongs_to=BelongsTo.ORGANISATION, tendency=Tendency.INHIBITS),),
        codes=(*small.codes, Code(key="drift", name="Drift", parent="monitoring")),
        codings=(
            *small.codings,
            Coding(passage="q3", code="drift", assessor="ben", memo="The word drift is theirs, Größe too"),
        ),
        consensus=(
            Consensus(
                criterion="wrong-output-reports",
                verdict=Verdict.LARGELY,
                reason="Ben saw the log.",
                dissents=(Dissent(assessor="ada", reason="Few ever read such files."),),
                **paint,
            ),
        ),
        targets=(
            Target(
                rubric="mlops-maturity",
                principle=deploy,
                case="paint",
                level="high",
                reason="The plant relies on it.",
            ),
        ),
        next_steps=(
            NextStep(
                key="n1",
                rubric="mlops-maturity",
                criterion="wrong-output-reports",
                case="paint",
                text="Give operators a button.",
                owner="Line manager",
            ),
        ),
        overrides=(
            Override(principle=deploy, level="high", assessor="ada", reason="The form is a formality.", **paint),
        ),
        influences=(
            Influence(factor="budget", round="r1", case="sorting", memo="No money for a second camera"),
            Influence(factor="budget", round="r1", memo="Cuts everywhere"),
        ),
        challenges=(
            *small.challenges,
            Challenge(key="c2", title="No alarm", rubric="mlops-maturity", principle="monitoring-feedback", round="r1"),
        ),
        follow_ups=(
            *small.follow_ups,
            FollowUp(
                key="f2",
                question="Who signs the form?",
                rubric="mlops-maturity",
                criterion="model-rollback",
                case="paint",
            ),
            FollowUp(key="f3", question="Is there an alarm plan?", participant="p3"),
            FollowUp(
                key="f4",
                question="And where?",
                answered_in="m1",
                resolution="In the alarm folder",
                state=FollowUpState.ANSWERED,
            ),
        ),
        reviews=(Review(key="v1", reviewer="p2", round="r1", remark="Read in the canteen", items=(item,)),),
    )
