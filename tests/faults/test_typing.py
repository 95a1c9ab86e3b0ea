"""Power cuts while somebody types: the study opens, is sound, and holds all but the last second."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("PySide6.QtWidgets", reason="types into the real window", exc_type=ImportError)

from app.actions import verify
from app.actions.open_study import OpenStudy
from tests.faults.typist import SOURCE

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="killed as POSIX kills"),
    pytest.mark.slow,
]
PASSPHRASE = "correct horse battery"
ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("FIELDQUILL_KILLS", "10"))
AT_ONCE = 2  # more on two cores, beside other tests, measure how long processes wait for one
KEY = 0.1  # seconds a key: ten keys a second
LOST = 1.0  # seconds of typing that a kill may take


class Typing:
    """A process that types into a study of its own."""

    def __init__(self, study):
        self.study = study
        command = [sys.executable, "-m", "tests.faults.typist", str(study), str(KEY)]
        self.child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    def wait_until_it_types(self):
        assert self.child.stdout.readline() == "ready\n"

    def kill(self):
        """Kill it; gives what it had typed, as (moment, key), and the moment it was killed."""
        at = time.monotonic()
        self.child.send_signal(signal.SIGKILL)
        told, _ = self.child.communicate()
        assert self.child.returncode == -signal.SIGKILL
        lines = [line.split() for line in told.split("\n")[:-1]]
        return [(float(when), chr(int(key))) for when, key in (line for line in lines if len(line) == 2)], at


def held(study):
    """Give what is typed in a study's notes, as the keys that made it."""
    source = next(source for source in study.document.sources if source.key == SOURCE)
    return [entry.text for entry in source.entries]


def kept_of(typed, lines):
    """Count how many of the keys typed the study holds; they must be a beginning of all that was typed."""
    expected = "".join(key for _, key in typed).split("\n")
    text = [line for line in lines if line.strip()]
    whole = [line for line in expected if line.strip()]
    for place, line in enumerate(text):
        assert whole[place].startswith(line), (line, whole[place])
        assert line == whole[place] or place == len(text) - 1, "a line in the middle lost words"
    rest = "\n".join(expected)
    kept = "\n".join(text)
    assert rest.lstrip("\n").startswith(kept)
    return len(rest) - len(rest.lstrip("\n")) + len(kept)


def lost_seconds(typed, at, kept):
    """Tell how old the oldest key was that the study does not hold; 0 where it holds all."""
    return at - typed[kept][0] if kept < len(typed) else 0.0


def test_a_kill_while_somebody_types_loses_less_than_a_second(template, tmp_path):
    chance = random.Random(int(os.environ.get("FIELDQUILL_SEED", "3")))
    worst, unsound = 0.0, []
    for begin in range(0, KILLS, AT_ONCE):
        some = []
        for number in range(begin, min(begin + AT_ONCE, KILLS)):
            folder = tmp_path / str(number)
            folder.mkdir()
            some.append(Typing(Path(shutil.copy(template, folder / "study.fieldquill"))))
        for each in some:
            each.wait_until_it_types()
        began = time.monotonic()
        for each, after in zip(some, sorted(chance.uniform(0.8, 4.5) for _ in some), strict=True):
            time.sleep(max(0.0, began + after - time.monotonic()))
            typed, at = each.kill()
            with OpenStudy.open(each.study, PASSPHRASE) as study:
                assert not study.read_only
                unsound += list(verify.problems(study.file.connection))
                before = [entry for entry in held(study) if entry not in {"canary", ""}]
            worst = max(worst, lost_seconds(typed, at, kept_of(typed, before)))
    assert unsound == []
    assert worst <= LOST
    print(f"\n{KILLS} kills: at most {worst:.2f} s of typing lost")
