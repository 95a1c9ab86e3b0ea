"""Work beside the window: in order, told in the window's thread, and nothing left behind."""

import threading

import pytest

from app.errors import FieldquillError
from ui.lane import Lane


class RefusedError(FieldquillError):
    code = "test.refused"


@pytest.fixture
def lane():
    made = Lane("lane under test")
    yield made
    made.stop()


def refuse():
    raise RefusedError("Not today.")


def test_jobs_are_done_in_order_elsewhere_and_told_here(lane, qtbot):
    told, threads = [], []

    def work(number):
        threads.append(threading.current_thread())
        return number

    for number in range(5):
        lane.ask(lambda number=number: work(number), told.append, pytest.fail)
    qtbot.waitUntil(lambda: len(told) == 5)
    assert told == [0, 1, 2, 3, 4]
    assert threading.main_thread() not in threads
    assert not lane.busy


def test_an_expected_error_is_told_as_its_sentence_and_the_next_job_is_done(lane, qtbot):
    told = []
    lane.ask(refuse, pytest.fail, told.append)
    lane.ask(lambda: "next", told.append, pytest.fail)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == ["Not today.", "next"]


def test_a_bug_is_raised_in_the_window(lane, qtbot):
    told = []
    with qtbot.captureExceptions() as raised:
        lane.ask(lambda: 1 / 0, pytest.fail, told.append)
        qtbot.waitUntil(lambda: bool(told))
        qtbot.waitUntil(lambda: bool(raised))
    assert told == [""]
    assert raised[0][0] is ZeroDivisionError


def test_what_is_dropped_is_told_to_nobody(lane, qtbot):
    go, told = threading.Event(), []
    lane.ask(go.wait, pytest.fail, pytest.fail)
    lane.ask(lambda: 1, pytest.fail, pytest.fail)
    lane.drop()
    lane.ask(lambda: "last", told.append, pytest.fail)
    go.set()
    qtbot.waitUntil(lambda: told == ["last"])


def test_stop_leaves_no_thread(lane, qtbot):
    go = threading.Event()
    lane.ask(lambda: go.wait(10), pytest.fail, pytest.fail)
    lane.ask(lambda: 1, pytest.fail, pytest.fail)
    threading.Timer(0.05, go.set).start()
    lane.stop()
    assert not [thread for thread in threading.enumerate() if thread.name == "lane under test"]
    assert not lane.busy


def test_finish_does_what_waits(lane, qtbot):
    done = []
    for number in range(3):
        lane.ask(lambda number=number: done.append(number), lambda _: None, pytest.fail)
    lane.finish()
    assert done == [0, 1, 2]
