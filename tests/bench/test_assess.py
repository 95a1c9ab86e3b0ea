"""What an answer costs in the window with 50 cases, 31 criteria and 3 assessors; printed, and never failed on."""

import os
import random
import statistics
import time

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from msgspec.structs import replace
from PySide6.QtTest import QTest

from app.actions.create import import_document
from app.analysis.assessment import assess
from app.exchange.demo import demo_document
from app.model.assessment import Answer
from app.model.setting import Assessor, Case
from app.scoring.scale import Verdict
from tests.bench.big import PASSPHRASE
from tests.bench.test_codes_page import milliseconds, told
from tests.bench.test_notebook import application, open_page  # noqa: F401 - a fixture

CASES, ASSESSORS, ANSWERS = 50, 3, 40
GIVEN = (Verdict.FULLY, Verdict.LARGELY, Verdict.PARTIALLY, Verdict.NOT_ACHIEVED, Verdict.UNKNOWN)


def many_cases():
    """Give a study of 50 cases on which three assessors have answered everything, with AutoCorp's notes."""
    chance, demo = random.Random(5), demo_document()
    rubric = assess(demo).rubric
    cases = tuple(Case(key=f"k{n}", name=f"Inspection of painted parts in plant number {n}") for n in range(CASES))
    people = tuple(Assessor(key=key, name=key.capitalize()) for key in ("ada", "ben", "cleo")[:ASSESSORS])
    answers = tuple(
        Answer(
            rubric=rubric.id,
            criterion=criterion.id,
            case=case.key,
            round=demo.rounds[-1].key,
            assessor=person.key,
            verdict=chance.choice(GIVEN),
        )
        for case in cases
        for criterion in rubric.criteria
        for person in people
    )
    known = {"cases": (*cases, *demo.cases), "assessors": (*people, *demo.assessors)}
    return replace(demo, **known, answers=(*answers, *demo.answers))


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    made = tmp_path_factory.mktemp("many") / "many.fieldquill"
    import_document(made, PASSPHRASE, many_cases())
    return made


@pytest.mark.parametrize(
    ("part", "name"), [("k3/drift-detection", "one case"), ("matrix:k3/drift-detection", "matrix")]
)
def test_an_answer_changed(application, path, part, name):  # noqa: F811 - the fixture
    window = open_page(application, path)
    workspace = window.workspace
    workspace.show_page("assess", part)
    workspace.open_panel()
    QTest.qWait(300)
    page, desk = workspace.page, workspace.desk
    shown = page.parts.part or page
    view = page.view if shown is page else shown.grid
    view.setFocus()
    kept, whole, after, alone = _Kept(desk), [], [], []
    for number in range(ANSWERS):
        begun, worked = time.perf_counter(), time.process_time()
        QTest.keyClick(view, "1234"[number % 4])
        shown._follow.stop()  # what follows the paint is not counted
        application.processEvents()
        whole.append((time.perf_counter() - begun) * 1000)
        after.append(whole[-1] - kept.last)
        alone.append((time.process_time() - worked) * 1000 - kept.worked)
        shown._side.show_all()
        application.processEvents()
    bare = [milliseconds(lambda: assess(desk.document)) for _ in range(5)]
    print(f"\n{len(desk.document.answers):,} answers on {len(desk.document.cases)} cases, {name}")
    told("an answer scored anew and painted", after[1:], 16)
    told("the same, counting this program's work alone", alone[1:], 16)
    told("the same from its key on, saved on the medium", whole[1:], 0)
    ratio = statistics.median(after[1:]) / statistics.median(bare)
    print(f"  {'against scoring all cases from scratch':48} {ratio:6.2f}")
    window.close()


class _Kept:
    """How long the study took to keep the last answer, in ms, and how much of that was work."""

    def __init__(self, desk):
        self.last = self.worked = 0.0
        self._do, desk.study.do = desk.study.do, self._timed

    def _timed(self, *given, **named):
        begun, worked = time.perf_counter(), time.process_time()
        try:
            return self._do(*given, **named)
        finally:
            self.last = (time.perf_counter() - begun) * 1000
            self.worked = (time.process_time() - worked) * 1000
