"""What looking up codings costs in a study of 1,000 interviews with 10 codings each; printed, and never failed on."""

import statistics

from app.analysis.blind import seen_by
from app.analysis.coding import CodingIndex, Query, memos, retrieve
from app.analysis.guide import rubrics_of
from app.analysis.matrices import by_case, by_principle, co_occurrence
from app.exchange.coding_tables import matrix_table, memos_table, passages_table
from app.exchange.tables import write_csv, write_xlsx
from tests.bench.coded import coded_document
from tests.bench.test_core import seconds


def test_looking_up_codings(tmp_path):
    document = coded_document()
    lines = sum(len(source.entries) for source in document.sources)
    print(f"\n{len(document.sources):,} interviews, {lines:,} lines, {len(document.codings):,} codings")
    _told("the index and the tree's counts", lambda: _counted(CodingIndex(seen_by(document, ""))), 100)
    queries = {
        "passages of a code": (Query(any_of=("proc-training",)), 50),
        "passages of a code with those below": (Query(any_of=("challenges",)), 50),
        "all that is coded": (Query(), 0),
        "both of two": (Query(all_of=("tools", "challenges")), 0),
        "one without another": (Query(any_of=("procedures",), none_of=("tools",)), 0),
        "by case, round and role": (
            Query(
                any_of=("procedures",),
                cases=frozenset({"ml-p1"}),
                rounds=frozenset({document.rounds[0].key}),
                roles=frozenset({document.participants[0].role}),
            ),
            0,
        ),
        "by a word": (Query(words="alarm retraining"), 0),
    }
    for name, (query, most) in queries.items():
        found = len(retrieve(CodingIndex(document), query))
        _told(f"{name} ({found:,})", lambda query=query: retrieve(CodingIndex(document), query), most)
        print(f"  {'with the page open':46} {_on_an_open_page(document, query) * 1000:6.1f} ms")
    index = CodingIndex(document)
    rubric = rubrics_of(document)["mlops-maturity"]
    _told("codes by case", lambda: by_case(CodingIndex(document)), 100)
    _told("codes by principle", lambda: by_principle(CodingIndex(document), rubric), 100)
    _told("codes that meet", lambda: co_occurrence(CodingIndex(document)), 100)
    _told("memos", lambda: memos(CodingIndex(document)))
    _told("memos with a word", lambda: memos(CodingIndex(document), "alarm"))
    tables = [
        passages_table(index, retrieve(index, Query())),
        matrix_table(index, by_case(index)),
        memos_table(index, memos(index)),
    ]
    _told("all of it as XLSX", lambda: write_xlsx(tmp_path / "all.xlsx", tables))
    _told("the passages as CSV", lambda: write_csv(tmp_path / "all.csv", tables[0]))


def _on_an_open_page(document, query):
    index = CodingIndex(document)
    _counted(index)
    return seconds(lambda: retrieve(index, query), 1)


def _counted(index):
    return [index.count(code) for code in index.tree]


def _told(what, work, most=0):
    took = statistics.median([seconds(work, 1) for _ in range(5)]) * 1000
    print(f"  {what:46} {took:6.1f} ms" + (f" (at most {most} ms)" if most else ""))
