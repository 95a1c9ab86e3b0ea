"""Everything on the Assess page that takes the keyboard can be reached with Tab, whichever part is shown."""

import pytest

from tests.ui.tabbing import missed

PARTS = ("case", "matrix", "differences")


@pytest.fixture
def page(desk, show):
    from ui.assess.page import AssessPage

    desk.study.work_as("ada")
    made = show(AssessPage(desk), 1240, 800)
    made.refresh()
    return made


@pytest.mark.parametrize("part", PARTS)
def test_tab_comes_to_all_of_it_and_round_again(page, qtbot, part):
    page.parts.show_part(part)
    assert not missed(qtbot, page, page.parts.bar.button(part))
