"""What the command line hands to the window."""

import sys

import pytest

from ui import application, command


class Begun(Exception):
    """The window would be made now."""


@pytest.fixture
def words_read(monkeypatch):
    """Which words the window takes for its own, when a program is begun with some."""

    def begin(run, *words):
        read = []
        asked_by = application.asked_by

        def note(given):
            read.append(tuple(given))
            return asked_by(given)

        def stop():
            raise Begun

        monkeypatch.setattr(sys, "argv", ["fieldquill", *words])
        monkeypatch.setattr(application, "asked_by", note)
        monkeypatch.setattr(application, "make_application", stop)
        with pytest.raises(Begun):
            run()
        return read

    return begin


@pytest.mark.parametrize("words", [(), ("open",), ("open", "--picture", "a.png")])
def test_a_command_is_no_study_to_open(words_read, words):
    assert words_read(command.main, *words) == [()]


def test_the_window_by_itself_reads_its_own_words(words_read):
    assert words_read(command.window, "a.fieldquill", "--measure-start") == [("a.fieldquill", "--measure-start")]
