"""SQLCipher works whatever a computer's settings for OpenSSL ask for."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.store import cipher

ROOT = Path(__file__).resolve().parents[3]
VARIABLE = "OPENSSL_CONF"
HEAD = "openssl_conf = first\n[first]\nproviders = all\nalg_section = ciphers\n"
SETTINGS = {
    "a module that can't be loaded": "[all]\nx = x\n[x]\nmodule = /no/such/module.so\nactivate = 1\n",
    "certified ciphers alone": "[all]\nfips = fips\n[fips]\nactivate = 1\n[ciphers]\ndefault_properties = fips=yes\n",
}
MAKE = """
import sys
from pathlib import Path
from app.search import index
from app.exchange.demo import create_demo
import os
create_demo(Path(sys.argv[1]), "autocorp demonstration")
print(os.environ["OPENSSL_CONF"])
"""


@pytest.mark.parametrize("words", SETTINGS.values(), ids=SETTINGS)
def test_a_study_is_made_whatever_a_computer_asks_of_openssl(tmp_path, words):
    settings = tmp_path / "openssl.cnf"
    settings.write_text(HEAD + words, "ascii")
    around = {**os.environ, VARIABLE: str(settings), "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", MAKE, tmp_path / "a.fieldquill"],
        check=False,
        capture_output=True,
        text=True,
        env=around,
    )
    assert (run.returncode, run.stderr, run.stdout.strip()) == (0, "", str(settings))


@pytest.mark.parametrize("before", [None, "as it was"])
def test_other_programs_find_the_settings_as_they_were(monkeypatch, before):
    monkeypatch.setenv(VARIABLE, before or "")
    if before is None:
        monkeypatch.delenv(VARIABLE)
    with cipher.without_settings():
        assert os.environ[VARIABLE] == os.devnull
    assert os.environ.get(VARIABLE) == before


def test_nothing_loads_it_past_these_settings():
    loads = re.compile(r"^\s*(?:import|from) sqlcipher3\b", re.MULTILINE)
    modules = [path for top in ("app", "ui") for path in (ROOT / top).rglob("*.py")]
    found = {path for path in modules if loads.search(path.read_text("utf-8"))}
    assert found == {ROOT / "app" / "store" / "cipher.py"}
