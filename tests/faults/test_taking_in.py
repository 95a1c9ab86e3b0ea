"""A process killed while it takes a project in: the study holds all of it or nothing."""

import os
import random

import pytest

from app.actions import verify
from app.actions.open_study import OpenStudy
from app.exchange.refi.project import write_qdpx
from tests.bench.test_refi import large
from tests.faults.test_kill import run_and_kill

pytestmark = pytest.mark.skipif(os.name == "nt", reason="killed as POSIX kills")
PASSPHRASE = "correct horse battery"
KILLS = 4
SOURCES = 60

TAKE_IN = """
import sys
from pathlib import Path
from app.actions.arrive import take_in
from app.actions.open_study import OpenStudy
from app.exchange.refi.project import read_qdpx
arrival = read_qdpx(Path(sys.argv[2]))
with OpenStudy.open(Path(sys.argv[1]), "correct horse battery") as study:
    print("begun", flush=True)
    for _ in range(1_000):
        study.do(take_in, arrival, study.document)
        study.undo()
"""


def test_a_kill_leaves_all_of_a_project_or_nothing(study_path, tmp_path):
    chance = random.Random(3)
    project = tmp_path / "large.qdpx"
    write_qdpx(large(SOURCES), project)
    with OpenStudy.open(study_path, PASSPHRASE) as study:
        before = len(study.document.sources)
    for _ in range(KILLS):
        run_and_kill(TAKE_IN, study_path, project, wait=chance.uniform(0.05, 1.2))
        with OpenStudy.open(study_path, PASSPHRASE) as study:
            assert not study.read_only
            count = len(study.document.sources)
            assert count in {before, before + SOURCES}
            if count > before:
                assert study.undo_label.startswith("Take in")
                study.undo()
            assert list(verify.problems(study.file.connection)) == []
        assert [path.name for path in study_path.parent.iterdir()] == [study_path.name]
