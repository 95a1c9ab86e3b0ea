"""The part of the Results page that says what to do next, on the small study."""

import pytest


@pytest.fixture
def part(desk, show):
    """The part by itself, refreshed as its page would."""
    from ui.results.plan.part import PlanPart

    made = PlanPart(desk)
    desk.changed.connect(made.refresh)
    made.refresh()
    show(made, 1100, 900)
    made.setFocus()
    return made
