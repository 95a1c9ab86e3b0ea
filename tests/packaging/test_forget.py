"""Places are taken out of libraries without moving a byte."""

import shutil
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bundle.forget import forget, without

PLACE = "/home/somebody/pythons/3.11"


@given(before=st.binary(max_size=50), after=st.binary(max_size=50))
def test_the_length_stays_and_the_place_goes(before, after):
    content = before + PLACE.encode() + b"/lib\0" + after
    changed = without(content, [PLACE.encode()], [])
    assert len(changed) == len(content)
    assert PLACE.encode() not in changed
    assert b"/usr/" in changed
    assert b"/3.11/lib\0" in changed, "a version may lie in the end of this text"


@given(content=st.binary(max_size=200))
def test_what_names_no_place_stays(content):
    assert without(content, [PLACE.encode()], [b"/nowhere/lib"]) == content


def test_where_libraries_are_searched_is_their_own_folder_then():
    content = b"x\0" + f"{PLACE}/lib".encode() + b"\0y"
    changed = without(content, [PLACE.encode()], [f"{PLACE}/lib".encode()])
    assert changed.replace(b"\0", b" ").split() == [b"x", b"$ORIGIN", b"y"]
    assert len(changed) == len(content)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="makes a library for Linux")
@pytest.mark.skipif(not all(map(shutil.which, ("gcc", "objdump"))), reason="gcc and binutils are not installed")
def test_a_real_library_loads_afterwards_and_names_the_place_no_more(tmp_path):
    source, library = tmp_path / "a.c", tmp_path / "liba.so"
    source.write_text(f'const char *where(void) {{ return "{PLACE}/share"; }}\n')
    words = ["gcc", "-shared", "-fPIC", f"-Wl,-rpath,{PLACE}/lib", "-o", library, source]
    subprocess.run(words, check=True)
    source.unlink()
    (tmp_path / "words.txt").write_text(PLACE)
    assert forget(tmp_path, [PLACE]) == 1
    said = subprocess.run(["objdump", "-p", library], check=True, capture_output=True, text=True).stdout
    assert "$ORIGIN" in said
    assert PLACE.encode() not in library.read_bytes()
    assert (tmp_path / "words.txt").read_text() == PLACE
    code = f"import ctypes; f = ctypes.CDLL({str(library)!r}).where; f.restype = ctypes.c_char_p; print(f().decode())"
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()
    assert shown.replace("/", "") == "usr3.11share"
