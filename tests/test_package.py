"""The program as packages lay it out, in a process of its own: its first start, portable, and what it says it is."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.exchange.demo import DEMO_PASSPHRASE, create_demo
from tests.keys import USUAL, keys_derived_in

ROOT = Path(__file__).resolve().parents[1]
FORGOTTEN = "Settings can't be written here"
LOOK = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QLabel
from ui import application

def tell(window, study, picture):
    told = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    Path(sys.argv.pop()).write_text("\\n".join(told), encoding="utf-8")
    return leave(window, study, picture)

leave, application._leave_picture = application._leave_picture, tell
raise SystemExit(application.main(sys.argv[1:-1]))
"""
"""Says what stands on screen when the picture is taken."""


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A folder with a launcher's place in it, and the program below, as in the portable archive."""
    top = tmp_path_factory.mktemp("stick") / "Fieldquill"
    for part in ("app", "ui", "resources", "rubrics"):
        shutil.copytree(ROOT / part, top / "lib" / part, ignore=shutil.ignore_patterns("__pycache__"))
    return top


@pytest.fixture
def portable(tree):
    """The same, told to keep everything with itself."""
    (tree / "portable.txt").touch()
    yield tree
    (tree / "portable.txt").unlink()
    for made in ("Data", "Studies"):
        shutil.rmtree(tree / made, ignore_errors=True)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """The demonstration as the product makes it, for other processes to open, outside of the program's folder."""
    path = tmp_path_factory.mktemp("elsewhere") / "autocorp.fieldquill"
    with keys_derived_in(USUAL):
        create_demo(path)
    return path


def around(home, **more):
    """An environment with a home of one's own, or with none, and nothing else that tells where to write."""
    kept = ("PATH", "LD_LIBRARY_PATH", "LC_ALL", "SYSTEMROOT")
    plain = {name: os.environ[name] for name in kept if name in os.environ}
    homes = {} if home is None else {"HOME": str(home)}
    return {**plain, **homes, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1", **more}


def run(code, *words, root=ROOT, environment, before=()):
    known = {"PYTHONPATH": str(root), **environment}
    command = [*before, sys.executable, "-c", code, *map(str, words)]
    return subprocess.run(command, env=known, capture_output=True, text=True, timeout=120, check=False, cwd=root)


def start(tmp_path, *words, root=ROOT, environment):
    """Start the program, take its picture, and give what stood on screen."""
    picture, told = tmp_path / "picture.png", tmp_path / "told.txt"
    ran = run(LOOK, "--picture", picture, *words, told, root=root, environment=environment)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == "shown\n"
    assert "Traceback" not in ran.stderr
    assert picture.read_bytes().startswith(b"\x89PNG")
    return told.read_text(encoding="utf-8")


def files_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


# First start


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "locale"), [("usual", "C.UTF-8"), ("Müller Ünï çé 用户", "C"), ("a 'quoted' %name% 用户", "C.UTF-8")]
)
def test_the_first_start_offers_three_ways_to_begin(tmp_path, name, locale):
    home = tmp_path / name
    home.mkdir()
    told = start(tmp_path, environment=around(home, LC_ALL=locale))
    assert "No studies yet" in told
    assert FORGOTTEN not in told
    assert files_in(home) == [".config/Fieldquill/settings.ini"]


@pytest.mark.slow
def test_a_home_that_can_t_be_written_is_said_in_a_sentence(tmp_path):
    """Under a file nobody can make a folder, not even an administrator."""
    (tmp_path / "file").touch()
    told = start(tmp_path, environment=around(tmp_path / "file" / "home"))
    assert FORGOTTEN in told
    assert "No studies yet" in told


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="HOME is of POSIX systems")
def test_it_starts_without_a_home(tmp_path):
    """Settings go where the system says that somebody's home is, or are forgotten; never to the top of the disk."""
    told = start(tmp_path, environment=around(None, XDG_CONFIG_HOME=str(tmp_path / "config")))
    assert "No studies yet" in told or "Studies" in told
    assert files_in(tmp_path / "config") == ["Fieldquill/settings.ini"]


@pytest.mark.slow
def test_a_study_that_was_double_clicked_is_asked_about_at_once(tmp_path, study):
    path = tmp_path / "Schöne Gründe & more.fieldquill"
    shutil.copyfile(study, path)
    picture, told = tmp_path / "picture.png", tmp_path / "told.txt"
    ran = run(LOOK, "--picture", picture, path, told, environment=around(tmp_path))
    assert ran.returncode == 1, "nobody gave the passphrase"
    assert ran.stderr.endswith(f"{path.name} did not open; picture.png shows why.\n")
    assert "Passphrase" in told.read_text(encoding="utf-8")
    assert picture.exists()


@pytest.mark.slow
def test_a_study_opens_with_the_passphrase_of_the_environment(tmp_path, study):
    told = start(tmp_path, study, environment=around(tmp_path, FIELDQUILL_PASSPHRASE=DEMO_PASSPHRASE))
    assert "MLOps maturity at AutoCorp" in told


# Portable


@pytest.mark.slow
def test_a_portable_program_writes_nothing_outside_its_folder(portable, study, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    carried = portable / "Studies" / "carried.fieldquill"
    carried.parent.mkdir()
    shutil.copyfile(study, carried)
    known = around(home, FIELDQUILL_PASSPHRASE=DEMO_PASSPHRASE, XDG_RUNTIME_DIR=str(home))
    program = files_in(portable / "lib")
    told = start(tmp_path, root=portable / "lib", environment=known)
    assert "No studies yet" not in told, "it lists those in its own folder"
    assert FORGOTTEN not in told
    assert "MLOps maturity at AutoCorp" in start(tmp_path, carried, root=portable / "lib", environment=known)
    assert list(home.iterdir()) == []
    assert files_in(portable / "lib") == program
    own = [name for name in files_in(portable) if not name.startswith(("lib/", "Data/Cache/"))]
    assert own == ["Data/settings.ini", "Studies/carried.fieldquill", "portable.txt"]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_a_portable_program_asks_the_system_for_no_file_elsewhere(portable, study, tmp_path):
    carried = portable / "Studies" / "carried.fieldquill"
    carried.parent.mkdir()
    shutil.copyfile(study, carried)
    trace, home, out = tmp_path / "trace", tmp_path / "home", portable / "out.png"
    home.mkdir()
    code = "import sys; from ui.application import main; raise SystemExit(main(sys.argv[1:]))"
    calls = "trace=open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,truncate"
    strace = ["strace", "-f", "--seccomp-bpf", "-qq", "-y", "-e", calls, "-o", trace]
    known = around(home, FIELDQUILL_PASSPHRASE=DEMO_PASSPHRASE)
    ran = run(code, "--picture", out, carried, root=portable / "lib", environment=known, before=strace)
    if "ptrace" in ran.stderr or "strace: " in ran.stderr:
        pytest.skip("strace can't trace here")
    assert ran.returncode == 0, ran.stderr
    out.unlink()
    writing = ("O_WRONLY", "O_RDWR", "O_CREAT", "mkdir", "rename", "link(", "linkat", "symlink", "truncate")
    devices = ('"/dev/', '"/proc/', '"/sys/')
    written = [
        line
        for line in trace.read_text(encoding="utf-8", errors="replace").splitlines()
        if any(word in line for word in writing) and not any(each in line for each in (*devices, " = -1 ", "resumed>"))
    ]
    assert [line for line in written if str(portable) not in line] == []
    assert written


@pytest.mark.slow
def test_a_stick_that_can_t_be_written_is_no_reason_not_to_start(portable, tmp_path):
    (portable / "Data").touch()  # in the place of the folder: nobody can write into it
    told = start(tmp_path, root=portable / "lib", environment=around(tmp_path))
    assert FORGOTTEN in told
    (portable / "Data").unlink()


# What it is


@pytest.mark.slow
def test_a_package_prints_its_own_sbom(tree):
    about = tree / "lib" / "about"
    about.mkdir()
    sbom = json.dumps({"bomFormat": "CycloneDX", "components": [{"name": "Qt", "version": "6.11"}]}).encode()
    (about / "sbom.cdx.json").write_bytes(sbom)
    (about / "build.json").write_text('{"version": "9.9", "platform": "linux-x64", "signed": true}', encoding="utf-8")
    code = "import sys; from app.cli import main; main()"
    known = around(tree)
    try:
        printed = run(code, "about", "--sbom", root=tree / "lib", environment=known)
        assert (printed.returncode, printed.stdout.encode(), printed.stderr) == (0, sbom, "")
        listed = run(code, "about", root=tree / "lib", environment=known).stdout
        assert listed.startswith("Fieldquill. Version 9.9 for linux-x64, signed.\n")
        assert listed.splitlines()[-1].split() == ["Qt", "6.11", "not", "stated"]
        (about / "sbom.cdx.json").write_bytes(sbom[:-5])
        broken = run(code, "about", root=tree / "lib", environment=known)
        assert (broken.returncode, broken.stderr.count("\n")) == (1, 1)
        assert "is missing or damaged" in broken.stderr
    finally:
        shutil.rmtree(about)
