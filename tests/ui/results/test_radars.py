"""The radars side by side: as many in a row as leave room for what is written around them."""

import pytest
from PySide6.QtCore import QPointF

from app.analysis.assessment import assess
from app.rubric import library
from tests.app.analysis.test_gaps import study
from ui.results.radars import RadarGrid


def is_laid_out(radar):
    return radar.width() >= radar.minimumSizeHint().width()


@pytest.fixture
def grid(show, qtbot):
    """The radars of a page as wide as beside its panel, for a study to which nothing is answered."""

    def shown(rubric):
        document = study(library.text(rubric), {})
        made = RadarGrid()
        made.show_assessment(assess(document))
        show(made, 732, 700)
        qtbot.waitUntil(lambda: made.is_drawn and all(is_laid_out(card.radar) for card in made.cards))
        made.grab()  # words are put in their places when they are painted
        return made

    return shown


@pytest.mark.parametrize("rubric", ["microsoft-mlops-maturity", "ml-test-score", "mlops-principles", "mlops-maturity"])
def test_words_stay_inside_and_the_rings_are_large_enough_to_be_read(grid, rubric):
    made = grid(rubric)
    for card in made.cards:
        radar = card.radar
        boxes = [each.textItem.mapRectToScene(each.textItem.boundingRect()) for each in radar._labels]
        assert all(radar.sceneRect().adjusted(-1, -1, 1, 1).contains(box) for box in boxes)
        middle, top = (radar._box.mapViewToScene(QPointF(0, y)) for y in (0, 1))
        assert middle.y() - top.y() >= 48


def test_three_short_words_leave_room_for_three_in_a_row(grid):
    assert grid("mlops-maturity")._across == 3
    assert grid("microsoft-mlops-maturity")._across == 2
