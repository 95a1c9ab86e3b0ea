"""Folders people start from, wherever the program runs: with or without a home, installed or carried on a stick."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from ui import places


@pytest.fixture
def stick(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "portable_folder", lambda: tmp_path)
    return tmp_path


def nobody():
    raise RuntimeError("Could not determine home directory.")


def test_a_portable_program_keeps_studies_and_settings_with_itself(stick):
    assert places.studies_folder() == stick / "Studies"
    assert places.settings_file() == stick / "Data" / "settings.ini"
    assert "beside the program" in places.studies_words()


def test_an_installed_one_keeps_them_where_people_look(home):
    assert places.studies_folder() == home / "Documents" / "Fieldquill"
    assert places.settings_file() == home / ".config" / "Fieldquill" / "settings.ini"
    assert "of your documents" in places.studies_words()


@pytest.mark.skipif(os.name == "nt", reason="HOME is of POSIX systems")
@pytest.mark.parametrize("set_to", [None, ""])
def test_a_home_that_is_not_set_is_asked_of_the_system(monkeypatch, set_to):
    monkeypatch.delenv("HOME") if set_to is None else monkeypatch.setenv("HOME", set_to)
    places.settle()
    import pwd

    assert os.environ["HOME"] == pwd.getpwuid(os.getuid()).pw_dir


def test_a_home_that_is_set_stays(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", "as it was")
    places.settle()
    assert (os.environ["HOME"], os.environ["XDG_CACHE_HOME"]) == (str(tmp_path), "as it was")


def test_where_the_system_knows_nobody_the_top_of_the_disk_is_shown(monkeypatch):
    monkeypatch.delenv("HOME")
    monkeypatch.setattr(Path, "home", nobody)
    places.settle()
    assert "HOME" not in os.environ
    assert places.home() == Path(os.sep)
    assert ("Home", Path(os.sep)) in places.starting_places()


@pytest.mark.skipif(os.name == "nt", reason="fonts are the system's there")
def test_a_portable_program_s_font_cache_is_its_own(stick, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "as it was")
    places.settle()
    assert os.environ["XDG_CACHE_HOME"] == str(stick / "Data" / "Cache")


@pytest.mark.skipif(os.name == "nt", reason="there is no such bus there")
@pytest.mark.parametrize(("found", "used"), [(None, "unix:runtime=yes"), ("unix:path=/run/bus", "unix:path=/run/bus")])
def test_a_portable_program_starts_no_bus_that_leaves_its_address_in_the_home(stick, monkeypatch, found, used):
    monkeypatch.setenv("XDG_CACHE_HOME", "as it was")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", found or "")
    if found is None:
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    places.settle()
    assert os.environ["DBUS_SESSION_BUS_ADDRESS"] == used


def test_on_windows_the_environment_stays(monkeypatch):
    monkeypatch.setattr(places, "os", SimpleNamespace(name="nt", environ=os.environ))
    monkeypatch.setenv("HOME", "")
    places.settle()
    assert os.environ["HOME"] == ""


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("/a/b", "/a/b"),
        (" sub/x ", "/shown/sub/x"),
        ("..", "/shown/.."),
        ("~nobody-of-that-name", "/shown/~nobody-of-that-name"),
    ],
)
def test_what_is_typed_is_meant_from_the_folder_shown(words, path):
    assert places.typed(words, Path("/shown")) == Path(path)


def test_one_s_own_folder_can_be_typed(home):
    assert places.typed("~/x", Path("/shown")) == home / "x"
