"""What stands while a study is open is left out of the looks for reference cycles, until the study is closed."""

import gc
import weakref

import pytest

from ui.application import open_window


@pytest.fixture
def window(qtbot, study_path, passphrase):
    gc.unfreeze()  # what windows of other tests may have left
    window = open_window(study_path, passphrase)
    qtbot.waitExposed(window)
    yield window
    window.close()
    window.deleteLater()
    gc.unfreeze()


class Ring:
    """Something that refers to itself."""

    def __init__(self):
        self.own = self


def test_a_page_that_has_settled_is_put_aside_and_taken_back_with_the_study(qtbot, window):
    assert gc.get_freeze_count() == 0
    qtbot.waitUntil(lambda: gc.get_freeze_count() > 0, timeout=5_000)
    few = gc.get_freeze_count()
    window.workspace.show_page("codes")
    qtbot.waitUntil(lambda: gc.get_freeze_count() > few, timeout=5_000)
    window.close_study()
    assert gc.get_freeze_count() == 0


def test_what_came_later_is_still_collected(qtbot, window):
    before = weakref.ref(Ring())
    qtbot.waitUntil(lambda: gc.get_freeze_count() > 0, timeout=5_000)
    assert before() is None
    after = weakref.ref(Ring())
    gc.collect()
    assert after() is None


def test_nothing_is_put_aside_once_the_study_is_closed(qtbot, window):
    window.workspace.show_page("codes")
    timer = window.workspace._aside
    assert timer.isActive()
    window.close_study()
    assert not timer.isActive()
