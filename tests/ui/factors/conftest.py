"""The Factors page on a small study in which a few factors were judged, with its panel beside it."""

import msgspec
import pytest

from app.actions.factors import STANDARD_FACTORS
from app.model.assessment import Influence, Strength
from app.model.evidence import Code, Coding, Evidence, Passage, Theme
from tests.keys import make_quickly
from ui.factors.page import FactorsPage

PASSPHRASE = "correct horse battery"
INFLUENCES = (
    Influence(factor="experience", round="r1", strength=Strength.SOMEWHAT_FACILITATES, memo="Two years of it"),
    Influence(
        factor="experience",
        round="r1",
        case="paint",
        strength=Strength.STRONGLY_FACILITATES,
        memo="Ran it by hand first",
        evidence=(Evidence(passage="q1"),),
    ),
    Influence(factor="data-quality", round="r1", case="paint", strength=Strength.SOMEWHAT_INHIBITS),
    Influence(factor="data-quality", round="r1", case="sorting", strength=Strength.STRONGLY_INHIBITS),
    Influence(factor="environment", round="r2", case="sorting", strength=Strength.NEUTRAL),
)


@pytest.fixture(scope="session")
def judged(small):
    """The document of tests/data/small.json with the method's factors, some of them judged, and a code tied to one."""
    codes = (*small.codes, Code(key="data", name="New data", theme=Theme.FACTOR, factor="data-quality"))
    passages = (*small.passages, Passage(key="q5", source="i2", words="Labels come late"))
    codings = (*small.codings, Coding(passage="q5", code="data", assessor="ada", case="sorting"))
    return msgspec.structs.replace(
        small, factors=STANDARD_FACTORS, influences=INFLUENCES, codes=codes, passages=passages, codings=codings
    )


@pytest.fixture(scope="session")
def template(tmp_path_factory, judged):
    path = tmp_path_factory.mktemp("factors") / "factors.fieldquill"
    return make_quickly(path, PASSPHRASE, judged)


@pytest.fixture
def show_page(qtbot, show_with_panel):
    def shown(desk):
        page = show_with_panel(FactorsPage, desk, 860, 340)
        page.grid.setFocus()
        qtbot.waitUntil(page.grid.hasFocus)
        qtbot.waitUntil(lambda: not page._follow.isActive())
        return page

    return shown


@pytest.fixture
def page(desk, show_page):
    return show_page(desk)
