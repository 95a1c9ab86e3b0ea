"""What the check of packages finds in names, imports and bytes."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bundle.check import binaries
from bundle.check.binaries import Binary
from bundle.check.places import naming_places


def binary(name="x/a.dll", libraries=(), functions=(), paths=()):
    return Binary(name, frozenset(libraries), frozenset(functions), frozenset(paths))


@pytest.mark.parametrize(
    "found",
    [
        binary(libraries=["qt6network.dll"]),
        binary(libraries=["libQt6Network.so.6"]),
        binary(libraries=["avicap32.dll"]),
        binary(libraries=["mfplat.dll"]),
        binary(libraries=["libasound.so.2"]),
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
    found = [binary("a", paths=["$ORIGIN/../lib", "/home/somebody/lib"]), binary("b", paths=["$ORIGIN"])]
    assert binaries.strays(found) == ["a: /home/somebody/lib"]


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
