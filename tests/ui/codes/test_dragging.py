"""What is dragged shows its name beside the pointer, and what it is over stays in sight."""

import pytest
from PySide6.QtCore import QPoint, Qt

from ui.codes import dragging


class Held:
    """Stands in for Qt's drag, which would wait for a mouse: keeps what it was given."""

    made = None

    def __init__(self, view):
        self.view, Held.made = view, self

    def setMimeData(self, data):  # noqa: N802 - as Qt calls it
        self.data = data

    def setPixmap(self, picture):  # noqa: N802 - as Qt calls it
        self.picture = picture

    def setHotSpot(self, spot):  # noqa: N802 - as Qt calls it
        self.spot = spot

    def exec(self, actions, default):
        self.actions, self.default = actions, default


@pytest.fixture
def held(monkeypatch):
    monkeypatch.setattr(dragging, "QDrag", Held)
    return lambda: Held.made


def test_a_code_is_dragged_by_its_name_and_hides_nothing_it_is_over(page, held):
    page.tree.select(["tools"])
    page.tree.view.startDrag(Qt.DropAction.MoveAction)
    drag = held()
    assert drag.data.data("application/x-fieldquill-codes").toStdString() == "tools"
    assert drag.default == Qt.DropAction.MoveAction
    assert drag.actions & Qt.DropAction.CopyAction
    picture = drag.picture.size() / drag.picture.devicePixelRatio()
    assert picture.width() < page.tree.view.width() / 2
    assert not drag.picture.rect().contains(drag.spot)  # the pointer is outside of it


def test_several_codes_are_counted(page, held):
    one = dragging.name_tag("Tools", page.tree.view)
    page.tree.select(["tools", "dashboards"])
    page.tree.view.startDrag(Qt.DropAction.MoveAction)
    assert held().picture.toImage() != one.toImage()
    assert held().picture.toImage() == dragging.name_tag("2 codes", page.tree.view).toImage()


def test_a_long_name_is_cut_short(page):
    picture = dragging.name_tag("Versioning and tracking of everything " * 3, page.tree.view)
    assert picture.width() / picture.devicePixelRatio() <= 260
    assert picture.toImage().pixelColor(QPoint(4, picture.height() // 2)).alpha() == 255
