"""An open study with quickly derived keys: these tests are of what is done in it, not of how it is locked."""

import shutil

import pytest

from app.actions.create import import_document
from app.actions.open_study import OpenStudy
from tests.app.actions.clocked import START
from tests.clock import Clock
from tests.documents import example

PASSPHRASE = "correct horse battery"


@pytest.fixture(scope="session")
def quick_template(tmp_path_factory):
    import sqlcipher3.dbapi2 as sqlcipher

    path = tmp_path_factory.mktemp("quick") / "template.fieldquill"
    connection = sqlcipher.connect(":memory:")
    usual = connection.execute("PRAGMA cipher_default_kdf_iter").fetchone()[0]
    connection.execute("PRAGMA cipher_default_kdf_iter = 256")
    import_document(path, PASSPHRASE, example())
    connection.execute(f"PRAGMA cipher_default_kdf_iter = {usual}")
    connection.close()
    return path


@pytest.fixture
def study(quick_template, quick_keys, tmp_path):
    path = shutil.copyfile(quick_template, tmp_path / "study.fieldquill")
    with OpenStudy.open(path, PASSPHRASE) as opened:
        yield opened


@pytest.fixture
def clock():
    """The clock of `timed`; it stands still until it is put forward."""
    return Clock(START)


@pytest.fixture
def timed(quick_template, quick_keys, tmp_path, clock):
    """The study of `study`, at the time that `clock` tells."""
    path = shutil.copyfile(quick_template, tmp_path / "timed.fieldquill")
    with OpenStudy.open(path, PASSPHRASE, clock=clock) as opened:
        yield opened


@pytest.fixture
def reopened(study):
    """Close the study and open it again."""

    def again():
        study.close()
        return OpenStudy.open(study.path, PASSPHRASE)

    opened = []
    yield lambda: opened.append(again()) or opened[-1]
    for one in opened:
        one.close()
