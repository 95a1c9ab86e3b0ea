"""What the core's everyday work costs, as ratios to a yardstick of the same run; printed, and never failed on."""

import sqlite3
import statistics
import time

from msgspec.structs import replace

from app.actions import notes, things
from app.actions.create import create_study, import_document
from app.actions.open_study import OpenStudy
from app.exchange.demo import demo_document
from app.model.source import Entry, Source
from app.rubric import library
from app.scoring.effective import effective_verdict
from app.scoring.scale import SCALE
from app.scoring.score import Scorer, score_case
from app.version import VERSION
from tests.reports import build_report

PASSPHRASE = "correct horse battery"
LINES = 300


def seconds(work, times=5):
    """Give the median of several runs."""
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        found.append(time.perf_counter() - begun)
    return statistics.median(found)


def percentiles(work, times):
    found = sorted(seconds(lambda n=n: work(n), 1) for n in range(times))
    return found[times // 2], found[times * 95 // 100]


def test_scoring_a_thousand_cases():
    rubric = library.load("mlops-maturity")
    verdicts = [step.verdict for step in SCALE]
    cases = [
        {criterion.id: verdicts[(case + place) % len(verdicts)] for place, criterion in enumerate(rubric.criteria)}
        for case in range(1000)
    ]
    took = seconds(lambda: [score_case(rubric, case) for case in cases])
    print(f"\nscoring: 1,000 cases x {len(rubric.criteria)} criteria {took:.3f} s (at most 0.2 s)")


def test_saving_one_line(tmp_path):
    path = tmp_path / "autocorp.fieldquill"
    import_document(path, PASSPHRASE, demo_document())
    plain = sqlite3.connect(tmp_path / "plain.db", isolation_level=None)
    for setting in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
        plain.execute(f"PRAGMA {setting}")
    plain.execute("CREATE TABLE entries (id INTEGER PRIMARY KEY, text TEXT)")
    plain.execute("INSERT INTO entries VALUES (1, '')")

    def plainly(number):
        plain.execute("BEGIN IMMEDIATE")
        plain.execute("UPDATE entries SET text = ? WHERE id = 1", (f"line {number} " * 10,))
        plain.execute("COMMIT")

    with OpenStudy.open(path, PASSPHRASE) as study:
        key = "i18"
        study.do(things.add, Source(key=key, title="Another one", round=study.document.rounds[-1].key))
        study.do(notes.write, key, [notes.AddEntry(Entry(key="bench", text=""))])

        def ours(number):
            study.do(notes.write, key, [notes.SetEntry(Entry(key="bench", text=f"line {number} " * 10))])

        p50, p95 = percentiles(ours, LINES)
    bare50, bare95 = percentiles(plainly, LINES)
    plain.close()
    print(
        f"\nsaving one line: {p50 * 1000:.1f} ms, 95 in 100 within {p95 * 1000:.1f} ms; "
        f"a bare commit of plain SQLite {bare50 * 1000:.2f} ms, {bare95 * 1000:.2f} ms; ratio {p50 / bare50:.0f}"
    )


def test_opening_and_making_studies(tmp_path):
    document = demo_document()
    path = tmp_path / "autocorp.fieldquill"
    begun = time.perf_counter()
    import_document(path, PASSPHRASE, document)
    imported = time.perf_counter() - begun
    key = statistics.median(_key_time(path) for _ in range(3))
    opened = seconds(lambda: OpenStudy.open(path, PASSPHRASE).close(), 3)
    numbers = iter(range(100))
    made = seconds(
        lambda: create_study(tmp_path / f"{next(numbers)}.fieldquill", PASSPHRASE, title="T", rubric="mlops-maturity"),
        3,
    )
    rows = {"imported": imported, "opened": opened, "an empty study made": made}
    told = ", ".join(f"{what} in {took:.2f} s (ratio {took / key:.1f})" for what, took in rows.items())
    print(f"\nAutoCorp, against one derivation of the key ({key:.3f} s): {told}")


def _key_time(path):
    with OpenStudy.open(path, PASSPHRASE, read_only=True) as study:
        begun = time.perf_counter()
        study.file.require_passphrase(PASSPHRASE)
        return time.perf_counter() - begun


def test_the_report():
    document = demo_document()
    begun = time.perf_counter()
    first = len(build_report(document, version=VERSION))
    took = time.perf_counter() - begun
    again = seconds(lambda: build_report(document, version=VERSION), 3)
    print(f"\nAutoCorp report: {took:.2f} s with imports, {again:.2f} s again, {first / 1000:.0f} kB (at most 1.5 s)")


def test_scoring_what_three_assessors_say_of_a_thousand_cases():
    rubric = library.load("mlops-maturity")
    wide = [*rubric.criteria, *(replace(each, id=f"{each.id}-again") for each in rubric.criteria)][:60]
    parts = tuple(replace(each, criteria=tuple(wide[place::3])) for place, each in enumerate(rubric.principles))
    rubric = replace(rubric, principles=parts)
    verdicts = [step.verdict for step in SCALE]
    said = [
        {
            criterion.id: {who: verdicts[(case + place + who * (place % 4 == 0)) % len(verdicts)] for who in range(3)}
            for place, criterion in enumerate(rubric.criteria)
        }
        for case in range(1000)
    ]

    def score():
        scorer = Scorer(rubric)
        for case in said:
            given = ((key, effective_verdict(each, None).verdict) for key, each in case.items())
            scorer.case({key: verdict for key, verdict in given if verdict is not None})

    print(f"\nscoring: 1,000 cases x 60 criteria x 3 assessors {seconds(score):.3f} s (at most 0.3 s)")
