"""What the check of packages finds in names, imports and bytes."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.version import VERSION
from bundle import staging
from bundle.check import __main__ as program
from bundle.check import accounted, binaries
from bundle.check.binaries import Binary
from bundle.check.opened import KINDS, left_over, unpublishable
from bundle.check.places import naming_places


def binary(name="x/a.dll", libraries=(), functions=(), paths=(), mentioned=()):
    return Binary(name, *map(frozenset, (libraries, functions, paths, mentioned)))


@pytest.mark.parametrize(
    "found",
    [
        binary(libraries=["qt6network.dll"]),
        binary(libraries=["libQt6Network.so.6"]),
        binary(libraries=["avicap32.dll"]),
        binary(libraries=["mfplat.dll"]),
        binary(libraries=["libasound.so.2"]),
        binary(mentioned=["winhttp.dll"]),
        binary(functions=["waveInOpen"]),
        binary(functions=["capCreateCaptureWindowW"]),
        binary(functions=["snd_pcm_readi"]),
    ],
)
def test_what_reaches_out_is_named(found):
    assert [line.startswith("x/a.dll: ") for line in binaries.reaching_out([found])] == [True]


def test_what_does_not_is_not():
    assert binaries.reaching_out([binary(libraries=["winmm.dll", "qt6core.dll"], functions=["timeSetEvent"])]) == []


def test_what_could_connect_is_named_without_folder_and_ending():
    found = [
        binary("p/_socket.pyd", libraries=["ws2_32.dll"]),
        binary("l/libxcb-1.so.1", functions=["connect"]),
        binary("l/other.so", functions=["connected"]),
    ]
    assert binaries.connecting(found) == ["_socket", "libxcb-1"]


def test_a_library_is_looked_for_beside_the_program_alone():
    found = [
        binary("l/a", paths=["$ORIGIN/../lib", "/home/somebody/lib"]),
        binary("b", paths=["$ORIGIN"]),
        binary("l/c", paths=["$ORIGIN/../../tmp", "$ORIGINAL"]),
    ]
    assert binaries.strays(found) == ["l/a: /home/somebody/lib", "l/c: $ORIGIN/../../tmp", "l/c: $ORIGINAL"]


@given(before=st.binary(max_size=9), after=st.binary(max_size=9), encoding=st.sampled_from(["ascii", "utf-16-le"]))
def test_a_library_that_is_loaded_late_is_found_by_its_name(before, after, encoding):
    assert "winhttp.dll" in binaries.mentions(before + "WinHTTP.dll".encode(encoding) + after)
    assert binaries.mentions(before + "winmm.dll".encode(encoding) + after) == []


def test_a_module_that_records_is_named():
    modules = [("app.a", b"x"), ("ui.b", b"\0grabWindow\0")]
    assert binaries.recording(modules) == ["ui.b: grabWindow"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads a program for Linux with binutils")
def test_a_program_is_read(tmp_path):
    if subprocess.run(["sh", "-c", "command -v objdump && command -v nm"], capture_output=True, check=False).returncode:
        pytest.skip("binutils is not installed")
    read = binaries.read(Path(sys.executable).resolve(), "python")
    assert any(name.startswith("libc.so") for name in read.libraries)
    assert read.functions
    text = tmp_path / "words.txt"
    text.write_text("words")
    assert binaries.read(text, "words.txt") is None


@given(before=st.binary(max_size=40), after=st.binary(max_size=40), encoding=st.sampled_from(["utf-8", "utf-16-le"]))
def test_a_folder_of_this_machine_is_found_wherever_it_stands(before, after, encoding):
    for spelt in ("/home/somebody/fieldquill", "\\home\\somebody\\fieldquill"):
        content = before + spelt.encode(encoding) + after
        assert naming_places([("a", content)], ["/home/somebody/fieldquill"]) == ["a"]
    assert naming_places([("a", before + after)], ["/home/somebody/fieldquill"]) == []


# Every file has an owner


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package for Windows that holds one distribution, a module of ours, Python and what it says of itself."""
    site, tree = tmp_path / "site", tmp_path / "tree"
    record = site / "click-8.dist-info" / "RECORD"
    record.parent.mkdir(parents=True)
    record.write_text('click/__init__.py,sha256=x,3\n"click/a,b.json",,\n', "utf-8")
    names = ["lib/app/a.pyc", "lib/site/click/__init__.pyc", "lib/site/click/a,b.json", "lib/about/sbom.cdx.json"]
    for name in (*names, "python/python313.dll", "python/python313._pth"):
        lay(tree / name)
    monkeypatch.setattr(accounted, "our_files", lambda: ["app/a.py", "ui/__init__.py", "ui/b.py"])
    return tree, site


def lay(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")


def test_all_of_a_package_is_accounted_for(package):
    tree, site = package
    assert accounted.strangers(tree / "lib", site, "windows", ["about/sbom.cdx.json"]) == []


@pytest.mark.parametrize(
    "name",
    [
        "lib/site/sitecustomize.py",
        "lib/site/evil.pth",
        "lib/site/click/_evil.pyd",
        "lib/app/left_over.pyc",
        "lib/app/a.pyd",
        "lib/about/more.txt",
        "python/version.dll",
        "python/python312._pth",
    ],
)
def test_a_file_that_nobody_put_there_is_named(package, name):
    tree, site = package
    lay(tree / name)
    (found,) = accounted.strangers(tree / "lib", site, "windows", ["about/sbom.cdx.json"])
    assert name.endswith(found)


def test_a_frozen_module_that_nobody_put_there_is_named():
    modules = ["app.a", "ui", "ui.b", "ui.c", "app.a.inner", "click.core", "evil", "json.decoder", "_pyi_rth_utils.qt"]
    ours = ["app/a.py", "ui/__init__.py", "ui/b.py"]
    assert accounted.foreign_modules(modules, ["click/core.py"], ours) == ["ui.c", "app.a.inner", "evil"]


@pytest.mark.parametrize("name", ["a/b.pyc", "a/__pycache__/b.cpython-313.pyc", "a/b.py"])
def test_bytecode_is_its_source_s(name):
    assert accounted.source_of(name) == "a/b.py"


def test_what_an_earlier_build_left_in_dist_is_named():
    packages = [kind.file.format(VERSION) for kind in KINDS]
    beside = [f"{name}.cdx.json" for name in packages]
    assert left_over([*packages, *beside]) == []
    older = KINDS[0].file.format("0.0.9")
    assert left_over([*packages, older, "notes.txt"]) == [older, "notes.txt"]


def test_the_sums_are_not_about_their_own_signature(tmp_path, monkeypatch):
    monkeypatch.setattr(staging, "DIST", tmp_path)
    for name in ("a.deb", "SHA256SUMS", "SHA256SUMS.asc"):
        lay(tmp_path / name)
    staging.write_sums()
    assert (tmp_path / "SHA256SUMS").read_text() == f"{hashlib.sha256(b'').hexdigest()}  a.deb\n"


def test_what_is_in_no_commit_is_said_to_be_for_nobody_else():
    assert unpublishable("0123456789ab") == ""
    assert "DON'T PUBLISH" in unpublishable(f"0123456789ab{staging.CHANGED}")


@pytest.mark.parametrize(("holds", "code"), [(True, 0), (False, 1)])
def test_what_could_not_be_run_is_said_once_more_at_the_end(monkeypatch, capsys, holds, code):
    def run(checks):
        checks.not_run("it flies", "no wings here")
        checks.that("it runs", holds)

    monkeypatch.setattr(program.importlib, "import_module", lambda _: type("Part", (), {"run": staticmethod(run)}))
    assert program.main(["any"]) == code
    end = capsys.readouterr().out.partition("could not be run")[2]
    assert "\nnot run: it flies: no wings here\n" in end
    assert ("FAILED it runs" in end) is not holds
