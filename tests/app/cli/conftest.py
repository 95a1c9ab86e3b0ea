"""Commands run in this process, and a study file whose key is derived quickly, to be tried on many copies of it."""

import io
import sys

import pytest

import app.hardening
from app.cli import main
from tests.documents import example
from tests.keys import make_quickly

PASSPHRASE = "correct horse battery"


@pytest.fixture(scope="package")
def quick_template(tmp_path_factory):
    """The study of `tests.documents`, with quickly derived keys: copy it."""
    return make_quickly(tmp_path_factory.mktemp("quick") / "template.fieldquill", PASSPHRASE, example())


class Ran:
    """How a command ended."""

    def __init__(self, code, out, err):
        self.code = code
        self.out = out.decode()
        self.err = err.decode()
        self.raw = out

    def failed(self):
        assert self.code == 1
        assert self.err.count("\n") == 1
        assert self.err.endswith(("\n",))
        assert "Traceback" not in self.err
        return self.err.rstrip("\n")


@pytest.fixture
def run(monkeypatch, capfdbinary, tmp_path):
    """Run a command in this process, with the passphrase in its environment; gives how it ended."""
    monkeypatch.setattr(app.hardening, "forbid_core_dumps", lambda: None)  # it would bind the tests, too
    monkeypatch.setenv("FIELDQUILL_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.chdir(tmp_path)

    def run(*arguments, window=None):
        monkeypatch.setattr(sys, "argv", ["fieldquill", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main(window)
        code = ended.value.code
        return Ran(code if isinstance(code, int) else 0, *capfdbinary.readouterr())

    return run
