"""The workflow that makes packages is well-formed, may only read, and runs nothing that can change unseen."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / ".github/workflows/packages.yml"


@pytest.fixture(scope="module")
def workflow():
    return yaml.safe_load(PATH.read_text("utf-8"))


@pytest.fixture(scope="module")
def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_it_may_only_read(workflow):
    assert workflow["permissions"] == {"contents": "read"}
    assert [name for name, job in workflow["jobs"].items() if "permissions" in job] == []
    assert "secrets." not in PATH.read_text("utf-8")


def test_every_job_needs_jobs_there_are_and_ends_in_time(workflow):
    jobs = workflow["jobs"]
    for job in jobs.values():
        needs = job.get("needs", [])
        assert set([needs] if isinstance(needs, str) else needs) <= set(jobs)
        assert job["timeout-minutes"] <= 60


def test_every_action_is_pinned_to_a_commit_with_its_version_beside_it():
    used = re.findall(r"uses: (.*)", PATH.read_text("utf-8"))
    assert used
    assert [line for line in used if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", line)] == []


def test_an_action_has_one_version_everywhere():
    used = set(re.findall(r"uses: (actions/[a-z-]+)@([0-9a-f]{40})", PATH.read_text("utf-8")))
    assert len({name for name, _ in used}) == len(used)


def test_no_checkout_leaves_a_token_behind(steps):
    checkouts = [step for step in steps if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_no_command_is_put_together_from_what_somebody_could_name(steps):
    assert [step["run"] for step in steps if "${{" in step.get("run", "")] == []


def test_what_it_makes_are_targets_of_the_makefile(workflow, steps):
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    made = {f"dist-{system}" for system in workflow["jobs"]["build"]["strategy"]["matrix"]["system"]} | {"dist-macos"}
    assert made <= targets
    assert {"make dist-macos", 'make "dist-$SYSTEM"'} <= {step.get("run", "").strip() for step in steps}
