"""The Results page and its parts, shown with their panel beside them."""

import pytest
from PySide6.QtWidgets import QWidget

from ui.widgets.panel import ContextPanel


@pytest.fixture
def show_beside(show):
    """Show a page or a part with its panel beside it, as the window has them; `panel` gives what is in that."""
    windows = []

    def shown(kind, desk, panel, width=900, height=800):
        window = QWidget()
        windows.append(window)
        made = kind(desk, window)
        made.refresh()
        made.setGeometry(0, 0, width, height)
        beside = ContextPanel("Why", parent=window)
        beside.setGeometry(width, 0, 340, height)
        beside.set_content(panel(made))
        desk.changed.connect(made.refresh)
        show(window, width + 340, height)
        made.setFocus()
        return made

    yield shown
    for window in windows:
        window.close()


@pytest.fixture
def show_page(show_beside):
    from ui.results.page import ResultsPage

    return lambda desk: show_beside(ResultsPage, desk, ResultsPage.context_panel)


@pytest.fixture
def page(desk, show_page):
    return show_page(desk)
