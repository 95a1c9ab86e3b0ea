"""Nothing of a study gets out by a crash dump or a debugger."""

import subprocess
import sys

import pytest

from app import hardening

ASK = """
import ctypes, resource
resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
from app.hardening import forbid_core_dumps
forbid_core_dumps()
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")
def test_no_core_is_left_and_nobody_looks_in():
    told = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    assert told.stdout == "(0, 0) 0\n"


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")
def test_a_crash_leaves_no_core(tmp_path):
    crash = ASK + "\nimport os, signal\nos.kill(os.getpid(), signal.SIGSEGV)"
    ended = subprocess.run([sys.executable, "-c", crash], cwd=tmp_path, capture_output=True, check=False)
    assert ended.returncode < 0
    assert list(tmp_path.iterdir()) == []


def test_windows_has_nothing_to_forbid(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    hardening.forbid_core_dumps()


def test_the_command_line_begins_with_it(monkeypatch):
    from app.cli import main

    called = []
    monkeypatch.setattr(hardening, "forbid_core_dumps", lambda: called.append(True))
    monkeypatch.setattr(sys, "argv", ["fieldquill", "--version"])
    with pytest.raises(SystemExit):
        main()
    assert called == [True]
