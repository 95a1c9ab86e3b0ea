"""The lists of what goes into a package name all that the program imports and reads, and nothing that is forbidden."""

import fnmatch
import functools
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bundle.check.imported import names
from bundle.recipe import FORBIDDEN, IMPORTS, LEFT_OUT, OURS, QT_MODULES, QT_PLUGINS, is_forbidden, wanted
from tests.packaging.exercise import left_out

ROOT = Path(__file__).resolve().parents[2]
SYSTEMS = ("linux", "windows", "macos")
SOURCES = sorted(path for folder in ("app", "ui") for path in (ROOT / folder).rglob("*.py"))


@functools.cache
def imported():
    """Give every dotted name that our sources import, also inside functions."""
    found = set().union(*(names(source.read_text("utf-8")) for source in SOURCES))
    return frozenset(f"{module}.{name}".rstrip(".") for module, name in found)


# What the program imports


def test_every_library_that_is_imported_is_listed_and_no_other():
    tops = {name.partition(".")[0] for name in imported()}
    assert tops - set(sys.stdlib_module_names) - set(OURS) == set(IMPORTS)


def test_every_part_of_qt_that_is_imported_is_listed():
    parts = {name.split(".")[1] for name in imported() if name.startswith("PySide6.Qt")}
    assert parts <= {f"Qt{name}" for name in QT_MODULES}


def test_the_scan_sees_imports_inside_functions():
    assert {"reportlab", "pikepdf", "pyqtgraph"} <= {name.partition(".")[0] for name in imported()}


# What the program reads


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux which libraries are loaded")
def test_the_program_does_without_what_is_left_out_and_reads_none_of_it(tmp_path):
    settings = {
        **os.environ,
        **{name: str(tmp_path) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")},
        "FIELDQUILL_PASSPHRASE": "autocorp demonstration",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "packaging")]),
        "QT_QPA_PLATFORM": "offscreen",
    }
    command = [sys.executable, ROOT / "tests/packaging/exercise.py", tmp_path]
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    read = set((tmp_path / "read.txt").read_text("utf-8").split("\n"))
    assert len(read) > 500
    assert "PySide6/Qt/lib/libQt6OpenGL.so.6" in read
    assert [path for path in sorted(read) if left_out(path)] == []


# What the lists say of names


@pytest.mark.parametrize("system", SYSTEMS)
@given(
    folder=st.sampled_from(["", "PySide6/", "PySide6/Qt/lib/", "PySide6/plugins/platforms/", "lib/site/", "x/"]),
    name=st.sampled_from(
        [
            "Qt6Network.dll", "libQt6Network.so.6", "QtNetwork.abi3.so", "QtMultimedia.pyd", "Qt6WebEngineCore.dll",
            "libqvnc.so", "winsound.pyd", "_ssl.pyd", "libssl-3.dll", "tls/qopensslbackend.dll", "avcodec-61.dll",
            "libasound.so.2", "libpulse.so.0", "QtQml.abi3.so", "qtvirtualkeyboardplugin.dll", "libv4l2.so",
        ]
    ),
)  # fmt: skip
def test_nothing_that_reaches_out_is_wanted_whatever_folder_it_lies_in(system, folder, name):
    path = f"{folder or 'top/'}{name}"
    assert is_forbidden(path)
    assert is_forbidden(path.upper())
    assert not wanted(path, system)


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_source_of_ours_is_left_out(system):
    assert SOURCES
    assert [path for path in SOURCES if not wanted(path.relative_to(ROOT).as_posix(), system)] == []


@pytest.mark.parametrize("pattern", FORBIDDEN)
@given(data=st.data())
def test_what_is_forbidden_is_wanted_nowhere(pattern, data):
    path = data.draw(st.from_regex(fnmatch.translate(pattern), alphabet=st.characters(codec="ascii")))
    assert is_forbidden(path)
    assert not any(wanted(path, system) for system in SYSTEMS)


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_plugin_and_part_that_is_listed_is_wanted(system):
    ending = {"linux": ".so", "windows": ".dll", "macos": ".dylib"}[system]
    folder = "PySide6/plugins/" if system == "windows" else "PySide6/Qt/plugins/"
    assert [name for name in QT_PLUGINS[system] if not wanted(f"{folder}{name}{ending}", system)] == []
    bindings = ".pyd" if system == "windows" else ".abi3.so"
    without = {"DBus"} if system == "windows" else set()
    assert {name for name in QT_MODULES if not wanted(f"PySide6/Qt{name}{bindings}", system)} == without


def test_no_plugin_of_another_system_is_wanted():
    assert not wanted("PySide6/Qt/plugins/platforms/libqeglfs.so", "linux")
    assert not wanted("PySide6/plugins/platforms/qdirect2d.dll", "windows")
    assert not wanted("PySide6/opengl32sw.dll", "windows")


def test_only_the_two_languages_the_report_hyphenates_are_wanted():
    assert wanted("pyphen/dictionaries/hyph_de_DE.dic", "linux")
    assert not wanted("pyphen/dictionaries/hyph_fr.dic", "linux")


def test_no_pattern_is_listed_twice():
    assert len(set(LEFT_OUT)) == len(LEFT_OUT)
    assert len(set(FORBIDDEN)) == len(FORBIDDEN)
