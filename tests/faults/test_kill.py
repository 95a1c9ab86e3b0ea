"""Power cuts: a process killed at any moment loses nothing it said was saved, and leaves a study that opens."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from app.actions import verify
from app.actions.open_study import OpenStudy
from app.store.errors import WrongPassphrase

pytestmark = pytest.mark.skipif(os.name == "nt", reason="killed as POSIX kills")
PASSPHRASE = "correct horse battery"
KILLS = 4

WRITE = """
import sys
from pathlib import Path
from app.actions import notes
from app.actions.open_study import OpenStudy
from app.model.source import Entry
with OpenStudy.open(Path(sys.argv[1]), "correct horse battery") as study:
    if study.read_only:
        sys.exit(study.held_by)
    first = int(sys.argv[2])
    for number in range(first, first + 100_000):
        line = Entry(key=f"m1-k{number}", text=f"line {number} " * (number % 40))
        study.do(notes.write, "m1", [notes.AddEntry(line)])
        print(number, flush=True)
"""

RENAME = """
import sys
from pathlib import Path
from app.actions.open_study import OpenStudy
current = sys.argv[2]
with OpenStudy.open(Path(sys.argv[1]), current) as study:
    for number in range(100_000):
        new = f"passphrase {number}"
        print(current, new, sep="|", flush=True)
        study.file.change_passphrase(current, new)
        current = new
        print(current, current, sep="|", flush=True)
"""


def run_and_kill(code, *arguments, wait):
    """Run the code until it has spoken and a while longer, kill it, and give all lines it had finished."""
    child = subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], stdout=subprocess.PIPE, text=True)
    first = child.stdout.readline()
    time.sleep(wait)
    child.send_signal(signal.SIGKILL)
    rest, _ = child.communicate()
    assert child.returncode == -signal.SIGKILL
    return [line for line in (first + rest).split("\n")[:-1] if line]


def test_what_was_acknowledged_is_there_after_a_kill(study_path):
    chance = random.Random(7)
    acknowledged = 0
    for _ in range(KILLS):
        lines = run_and_kill(WRITE, study_path, acknowledged + 1, wait=chance.uniform(0, 0.15))
        acknowledged = max(acknowledged, int(lines[-1]))
        with OpenStudy.open(study_path, PASSPHRASE) as study:
            assert not study.read_only, "the dead process still holds the lock"
            found = [int(e.key[4:]) for e in study.document.sources[1].entries if e.key.startswith("m1-k")]
            assert found == list(range(1, len(found) + 1))
            assert acknowledged <= len(found) <= acknowledged + 1  # the last may have been saved, and not yet said so
            acknowledged = len(found)
            assert list(verify.problems(study.file.connection)) == []
        assert [path.name for path in study_path.parent.iterdir()] == [study_path.name]
    assert acknowledged > KILLS


def test_a_kill_while_the_passphrase_changes_leaves_one_that_opens(study_path):
    chance = random.Random(11)
    current = PASSPHRASE
    for _ in range(KILLS):
        lines = run_and_kill(RENAME, study_path, current, wait=chance.uniform(0, 0.6))
        current = the_one_that_opens(study_path, set(lines[-1].split("|")))


def the_one_that_opens(path, candidates):
    for passphrase in sorted(candidates):
        with contextlib.suppress(WrongPassphrase), OpenStudy.open(path, passphrase) as study:
            assert study.document.study.title == "Canary in the title"
            assert list(verify.problems(study.file.connection)) == []
            return passphrase
    raise AssertionError("no passphrase opens the study any more")


def test_a_reader_completes_what_a_killed_writer_left(study_path):
    lines = run_and_kill(WRITE, study_path, 1, wait=0.05)
    with OpenStudy.open(study_path, PASSPHRASE, read_only=True) as study:
        assert len(study.document.sources[1].entries) - 1 >= int(lines[-1])


def test_a_second_process_is_told_who_writes(study, study_path):
    study.work_as("bob")
    told = subprocess.run([sys.executable, "-c", WRITE, study_path, "1"], capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert told.stderr.startswith(
        "study.fieldquill is open for reading only: Bob has had it open on this computer since"
    )
    assert f"(process {os.getpid()})" in told.stderr
