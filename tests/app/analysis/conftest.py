"""The document the tests of the window use too, for rules that window and report share."""

from pathlib import Path

import pytest

from app.exchange.study_json import read_study


@pytest.fixture(scope="session")
def small():
    """The document of tests/data/small.json: two cases, two rounds, three interviews, a meeting, answers, passages."""
    return read_study(Path(__file__).parents[2] / "data" / "small.json")
