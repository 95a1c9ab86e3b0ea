"""What the tests of the core share: a real encrypted study, made once and copied, and hypothesis kept short."""

import os
import shutil

import pytest
from hypothesis import HealthCheck, Phase, settings

from app.actions.create import import_document
from app.actions.open_study import OpenStudy
from app.store import connection
from tests.documents import example
from tests.keys import QUICK, USUAL, keys_derived_in

PASSPHRASE = "correct horse battery"

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # Qt ends the process where there is no screen to find

_LANDING = "CI" in os.environ
settings.register_profile(
    "ci",
    deadline=None,
    derandomize=_LANDING,  # at a desk each run looks elsewhere; what lands must not hang on luck
    phases=[phase for phase in Phase if not _LANDING or phase not in (Phase.shrink, Phase.explain)],
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("ci")


@pytest.fixture(scope="session", autouse=True)
def guard_memory():
    """Spare SQLCipher two system calls for each piece of memory, which took the tests half of their time.

    Gives what guards the memory in the product. Other processes have it guarded, and so do the folders whose
    conftest.py puts that back. It can't be undone: what runs later in the same process then takes longer.
    """
    product = connection.guard_memory
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "guard_memory", lambda _connection: None)
        yield product


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A study file with one of everything (tests/documents.py), never opened: copy it; other processes open it, too."""
    path = tmp_path_factory.mktemp("template") / "template.fieldquill"
    with keys_derived_in(USUAL):
        import_document(path, PASSPHRASE, example())
    return path


@pytest.fixture
def study_path(template, tmp_path):
    """A study file of the test's own, alone in its folder."""
    folder = tmp_path / "studies"
    folder.mkdir()
    return shutil.copyfile(template, folder / "study.fieldquill")


@pytest.fixture
def study(study_path):
    """The study file of `study_path`, open for writing."""
    with OpenStudy.open(study_path, PASSPHRASE) as opened:
        yield opened


@pytest.fixture
def quick_keys():
    """Derive keys in a thousandth of the time: for tests that make many files. The files are encrypted all the same."""
    with keys_derived_in(QUICK):
        yield
