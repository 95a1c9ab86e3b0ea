"""The installed `fieldquill`, as somebody runs it: a process of its own, its exit code, its streams, its silence."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.exchange.study_json import encode
from tests.documents import example

PROGRAM = Path(sys.executable).with_name("fieldquill")
PASSPHRASE = "correct horse battery"
pytestmark = pytest.mark.skipif(not PROGRAM.exists(), reason="fieldquill is not installed")


def run(*arguments, before=(), environment=None, **how):
    known = {name: value for name, value in os.environ.items() if not name.startswith("FIELDQUILL")}
    known |= {"FIELDQUILL_PASSPHRASE": PASSPHRASE} if environment is None else environment
    command = [*before, PROGRAM, *arguments]
    return subprocess.run(command, capture_output=True, check=False, env=known, stdin=subprocess.DEVNULL, **how)


def test_a_study_from_beginning_to_end(tmp_path):
    (tmp_path / "in.json").write_bytes(encode(example()))
    made = run("import", "in.json", "-o", "a.fieldquill", cwd=tmp_path)
    assert (made.returncode, made.stdout, made.stderr) == (0, b"Made a.fieldquill from in.json.\n", b"")
    scored = run("score", "a.fieldquill", "--json", cwd=tmp_path)
    assert (scored.returncode, scored.stderr) == (0, b"")
    assert len(json.loads(scored.stdout)["cases"]) == 2
    exported = run("export", "a.fieldquill", cwd=tmp_path)
    assert json.loads(exported.stdout)["format"] == "fieldquill-study"
    checked = run("verify", "a.fieldquill", cwd=tmp_path)
    assert (checked.returncode, checked.stderr) == (0, b"")
    content = (tmp_path / "a.fieldquill").read_bytes().lower()
    assert b"canary" not in content


def test_failures_are_one_line_and_misuse_is_two(study_path):
    wrong = run("score", study_path, environment={"FIELDQUILL_PASSPHRASE": "sesame sesame"})
    assert (wrong.returncode, wrong.stdout) == (1, b"")
    assert wrong.stderr == b"That passphrase does not open study.fieldquill.\n"
    misused = run("score", study_path, "--passphrase", "sesame")
    assert misused.returncode == 2
    assert b"No such option" in misused.stderr
    none = run("verify", study_path, environment={})
    assert (none.returncode, none.stderr.count(b"\n")) == (1, 1)


def test_output_into_a_closed_pipe_ends_quietly(study_path):
    command = f'"{PROGRAM}" export "{study_path}" | head -c 1'
    known = {**os.environ, "FIELDQUILL_PASSPHRASE": PASSPHRASE}
    ran = subprocess.run(["sh", "-c", command], capture_output=True, check=False, env=known)
    assert (ran.stdout, ran.stderr) == (b"{", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_output_onto_a_full_disk_fails_with_one_line(study_path, unbuffered):
    known = {**os.environ, "FIELDQUILL_PASSPHRASE": PASSPHRASE, "PYTHONUNBUFFERED": unbuffered}
    for command in ("export", "score"):
        with Path("/dev/full").open("wb") as full:
            ran = subprocess.run(
                [PROGRAM, command, study_path], stdout=full, stderr=subprocess.PIPE, check=False, env=known
            )
        assert ran.returncode == 1
        assert ran.stderr == b"It could not be read or written (No space left on device).\n"


# Silence: no command opens the network, and the ones that need no window open no socket at all

COMMANDS = "import new score verify export report sheet"


def arguments_for(command, folder):
    return {
        "import": ["import", folder / "in.json", "-o", folder / "b.fieldquill"],
        "new": ["new", folder / "c.fieldquill", "--title", "T"],
        "report": ["report", folder / "study.fieldquill", "-o", folder / "out.pdf"],
        "sheet": ["sheet", folder / "study.fieldquill", "-o", folder / "out.pdf"],
    }.get(command, [command, folder / "study.fieldquill"])


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize("command", COMMANDS.split())
def test_no_command_opens_a_socket(study_path, tmp_path, command):
    folder = study_path.parent
    (folder / "in.json").write_bytes(encode(example()))
    trace = tmp_path / "trace"
    ran = run(
        *arguments_for(command, folder),
        before=["strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=network", "-o", trace],
    )
    if b"ptrace" in ran.stderr or b"strace: " in ran.stderr:
        pytest.skip("strace can't trace here")
    assert ran.returncode == 0, ran.stderr
    calls = [line for line in trace.read_text().splitlines() if "(" in line and "+++" not in line]
    assert calls == []


LISTEN = """
import sys
def hook(event, args):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        sys.stderr.write(f"network: {event}\\n")
        sys.stderr.flush()
sys.addaudithook(hook)
sys.argv = ["fieldquill", *sys.argv[1:]]
from ui.command import main
main()
"""


def test_no_command_asks_python_for_a_socket(study_path):
    known = {**os.environ, "FIELDQUILL_PASSPHRASE": PASSPHRASE}
    command = [sys.executable, "-c", LISTEN, "score", study_path]
    ran = subprocess.run(command, capture_output=True, check=False, env=known)
    assert (ran.returncode, ran.stderr) == (0, b"")


TELL = """
import sys
from pathlib import Path
import app.store.connection as connection
from app.cli.main import cli
known = connection.key_pragma
def tell(*words):
    print(Path("/proc/self/cmdline").read_text())
    return known(*words)
connection.key_pragma = tell
cli.main(sys.argv[1:], standalone_mode=False)
"""


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="the system does not list its processes")
def test_the_passphrase_is_in_no_argument_list(study_path):
    known = {**os.environ, "FIELDQUILL_PASSPHRASE": PASSPHRASE}
    ran = subprocess.run([sys.executable, "-c", TELL, "verify", study_path], capture_output=True, check=True, env=known)
    assert b"is sound" in ran.stdout
    assert study_path.name.encode() in ran.stdout.splitlines()[-2]
    assert PASSPHRASE.encode() not in ran.stdout
