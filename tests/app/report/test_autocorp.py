"""The demonstration study: the paper's tables stand in its report."""

import time

import msgspec
import pytest

from app.analysis.citations import Citations
from app.model.evidence import Stance
from app.report.text import clean
from tests.reports import build_report

TABLES = {
    "Findings on continuous training": ("Moderate", "Moderate", "High"),
    "Findings on continuous monitoring": ("Moderate", "Low", "Moderate"),
    "Findings on traceability": ("High", "Moderate", "High"),
}


@pytest.fixture(scope="module")
def demo(autocorp, make_report):
    return make_report(autocorp)


@pytest.mark.parametrize(("title", "levels"), TABLES.items())
def test_findings_and_levels_are_the_papers(autocorp, demo, title, levels):
    page = " ".join(demo.page_of(title).split())
    table = page[page.index("Case Level Finding") :]
    places = [table.index(f"ML-P{number} {level}") for number, level in enumerate(levels, 1)]
    assert places == sorted(places)


def test_every_finding_and_challenge_is_printed(autocorp, demo):
    for finding in autocorp.findings:
        assert clean(finding.text) in demo.flat
    for challenge in autocorp.challenges:
        assert challenge.title in demo.flat


def test_what_contradicts_is_printed_with_why_the_answer_stands(autocorp, demo):
    links = [link for answer in autocorp.answers for link in answer.evidence]
    notes = [link.note for link in links if link.stance is Stance.CONTRADICTS]
    assert len(notes) == 6
    for note in notes:
        assert demo.flat.count(f"({clean(note)})") == 2  # beside its criterion, and in the list of evidence
    assert "words have changed" not in demo.flat


def test_changed_words_are_said_to_have_changed(autocorp, make_report):
    first, *others = autocorp.answers
    before, *rest = first.evidence
    changed = msgspec.structs.replace(first, evidence=(msgspec.structs.replace(before, words="By hand"), *rest))
    printed = make_report(msgspec.structs.replace(autocorp, answers=(changed, *others)))
    citation = Citations(autocorp).passage(before.passage)
    assert f"{citation}, {before.weight}, words have changed since" in printed.flat
    assert f"ML-P1, {before.weight}, words have changed since: {first.criterion.replace('-', ' ')}" in printed.flat


def test_the_data_collection_is_the_papers(demo):
    for words in ("Sep – Nov 2021", "10 interviews (30–45 min)", "Oct – Nov 2022", "7 interviews (45 min)"):  # noqa: RUF001
        assert words in demo.flat
    for words in ("4× ML engineer", "2× Business stakeholder", "Head of data science"):  # noqa: RUF001
        assert words in demo.flat


def test_no_page_overflows(demo):
    for page, left, _, right, _ in demo.boxes():
        assert left > 56, page
        assert right < 595.3 - 56, page


def test_it_is_made_in_time(autocorp):
    start = time.process_time()
    build_report(autocorp, version="1")
    assert time.process_time() - start < 1.5
