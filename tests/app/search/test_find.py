"""What is found, where it is said to be, in which order, and by which filters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.actions import assess, notes
from app.actions.things import add, remove
from app.model.source import Entry, EntryKind
from app.scoring.scale import Verdict
from app.search import find, index
from app.search.find import Filters, Finder, Sort
from app.search.query import parse


@pytest.fixture
def finder(searched):
    for _ in index.build(searched.file):
        pass
    return Finder(searched)


def where(results):
    return [(hit.table, hit.place.words) for hit in results.hits]


def places(finder, typed, **filters):
    return {hit.place.words for hit in finder.find(parse(typed), Filters(**filters)).hits}


def test_a_line_is_found_with_its_citation_and_leads_to_its_page(finder):
    (hit,) = finder.find(parse("deployment hand"), Filters(entry_kind=EntryKind.PARAPHRASE)).hits
    assert (hit.table, hit.key, hit.source, hit.entry) == ("entries", "i1-2", "i1", "i1-2")
    assert (hit.place.word, hit.place.words) == ("Note", "I1 line 2")
    assert (hit.place.page, hit.place.key) == ("interviews", "i1-2")
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.spans] == ["deployment", "hand"]


EVERYTHING = {
    ("alone", "Note", "I1 notes of Ben", "interviews", "i1-1"),
    ("few ever", "Dissent", "Paint inspection · Wrong output reports · Ada", "assess", "paint/wrong-output-reports"),
    ("relies", "Target", "Paint inspection · Training & deployment", "results", "plan:paint"),
    ("button", "Next step", "Paint inspection · Wrong output reports", "results", "plan:paint"),
    ("lamp", "Note", "I1 notes of Ben", "interviews", "i1"),
    ("weekly", "Memo", "I1 line 1 · Training", "interviews", "q1"),
    ("somebody", "Rationale", "Paint inspection · Automated deployment · Ada", "assess", "paint/automated-deployment"),
    ("log", "Rationale", "Paint inspection · Wrong output reports · agreed", "assess", "paint/wrong-output-reports"),
    ("formality", "Override", "Paint inspection · Training & deployment", "results", "paint/training-deployment"),
    ("automated done", "Finding", "Paint inspection · Training & deployment", "results", "paint/training-deployment"),
    ('"no test"', "Challenge", "Paint inspection · Training & deployment", "results", "paint/training-deployment"),
    ('"no alarm" -input', "Challenge", "All cases · Monitoring & feedback", "results", ""),
    ("camera", "Memo", "Budget · Part sorting", "factors", "budget/sorting"),
    ("cuts", "Memo", "Budget · the organisation", "factors", "budget/"),
    ("old -whether", "Follow-up", "I1 line 5 · P1 · Paint inspection", "interviews", "i1-5"),
    ("signs", "Follow-up", "Paint inspection", "assess", "paint/model-rollback"),
    ("plan", "Follow-up", "P3", "interviews", ""),
    ("folder", "Follow-up", "The organisation", "interviews", "m1"),
    ("canteen", "Review", "P2", "results", ""),
    ("may", "Review", "P2 · Paint inspection · Training & deployment", "results", "paint/training-deployment"),
}


@pytest.mark.parametrize("row", sorted(EVERYTHING), ids=lambda row: row[0])
def test_everything_written_is_found_and_says_where_it_is(finder, row):
    typed, *told = row
    hits = finder.find(parse(typed)).hits
    assert [[hit.place.word, hit.place.words, hit.place.page, hit.place.key] for hit in hits] == [told]


def test_nothing_is_found_where_nothing_is_looked_for(finder):
    assert finder.find(parse("-alarm")).hits == ()
    assert finder.find(parse("")).hits == ()


def test_the_best_come_first_and_the_like_in_the_studys_order(searched):
    for number, text in enumerate(
        ["a zebra among very many other words that are not it", "zebra", "zebra", "zebra zebra"]
    ):
        searched.do(notes.write, "i2", [notes.AddEntry(Entry(key=f"z{number}", text=text))])
    searched.do(notes.write, "i2", [notes.AddEntry(Entry(key="z4", text="zebra"), after="z0")])
    for _ in index.build(searched.file):
        pass
    hits = find.find(searched, parse("zebra")).hits
    assert [hit.key for hit in hits] == ["z3", "z4", "z1", "z2", "z0"]


def test_no_more_are_given_than_asked_for_and_that_there_are_more_is_said(finder):
    everything = finder.find(parse("the"))
    assert not everything.more
    some = finder.find(parse("the"), limit=2)
    assert (len(some.hits), some.more) == (2, True)
    assert some.hits == everything.hits[:2]
    exactly = finder.find(parse("the"), limit=len(everything.hits))
    assert not exactly.more


def test_where_many_match_they_come_as_they_stand(searched, monkeypatch):
    monkeypatch.setattr(find, "_COUNT", find._COUNT.replace(str(find.RANKED + 1), "3"))
    monkeypatch.setattr(find, "RANKED", 2)
    edits = [notes.AddEntry(Entry(key=f"z{n}", text="zebra " * (n + 1))) for n in range(4)]
    searched.do(notes.write, "i2", edits)
    for _ in index.build(searched.file):
        pass
    assert [hit.key for hit in find.find(searched, parse("zebra")).hits] == ["z0", "z1", "z2", "z3"]


def test_kinds_of_things_are_told_apart(finder):
    for sort, tables in find.TABLES.items():
        hits = finder.find(parse("a* OR e* o*"), Filters(sort=sort)).hits
        assert {hit.table for hit in hits} <= set(tables)
    every = [
        finder.find(parse(f"{letter}*"), Filters(sort=sort)).hits for sort in Sort for letter in "abcdefghinoprstw"
    ]
    assert {hit.table for hits in every for hit in hits} == set(index.TEXTS)


def repr_of(value):
    """Name a case the same in every process: sets come in no order of their own."""
    return "+".join(sorted(value)) if isinstance(value, set | frozenset) else str(value)


@pytest.mark.parametrize(
    ("typed", "filters", "found"),
    [
        ("alarm", {"source": "i1", "sort": Sort.NOTES}, {"I1 line 3", "I1 notes of Ben"}),
        ("alarm", {"source": "m1"}, {"The organisation"}),
        ("alarm", {"case": "paint"}, {"I1 line 3"}),
        ("alarm", {"case": "sorting"}, {"I1 notes of Ben"}),
        ("the", {"sort": Sort.MEMOS, "case": "paint"}, set()),
        ("weekly", {"case": "paint"}, {"I1 line 1 · Training"}),
        ("camera", {"case": "sorting"}, {"Budget · Part sorting"}),
        ("camera", {"case": "paint"}, set()),
        ("cuts", {"case": "paint"}, set()),
        ('"no test"', {"case": "paint"}, {"Paint inspection · Training & deployment"}),
        ("canteen", {"case": "paint"}, {"P2"}),
        ("form", {"case": "paint", "sort": Sort.FOLLOW_UPS}, {"Paint inspection"}),
        ("old -whether", {"case": "paint"}, {"I1 line 5 · P1 · Paint inspection"}),
        ("alarm", {"role": "ML engineer", "sort": Sort.NOTES}, {"I1 line 3", "I1 notes of Ben"}),
        ("alarm", {"role": "Platform lead"}, {"P3"}),
        ("alarm", {"role": "Production engineer", "sort": Sort.NOTES}, set()),
        ("users", {"role": "Production engineer"}, {"I2 line 3"}),
        ("weekly", {"role": "ML engineer"}, {"I1 line 1 · Training"}),
        ("canteen", {"role": "Production engineer"}, {"P2"}),
        ("may", {"role": "Production engineer"}, {"P2 · Paint inspection · Training & deployment"}),
        ("somebody", {"role": "ML engineer"}, set()),
        ("alarm", {"principle": "monitoring-feedback"}, {"I1 line 3", "All cases · Monitoring & feedback"}),
        ("users", {"principle": "monitoring-feedback"}, {"I2 line 3"}),
        ("deployment", {"principle": "training-deployment", "sort": Sort.NOTES}, {"I1 line 2"}),
        ("word", {"principle": "monitoring-feedback"}, {"I1 line 3 · Drift"}),
        ("somebody", {"principle": "training-deployment"}, {"Paint inspection · Automated deployment · Ada"}),
        ("canteen", {"principle": "training-deployment"}, {"P2"}),
        ("cuts", {"principle": "training-deployment"}, set()),
        ("alarm", {"code": "drift"}, {"I1 line 3"}),
        ("alarm", {"code": "monitoring"}, {"I1 line 3"}),
        ("alarm", {"code": "training"}, set()),
        ("word", {"code": "monitoring"}, {"I1 line 3 · Drift"}),
        ("retraining", {"entry_kind": EntryKind.QUOTATION}, {"I1 line 1", "I1 notes of Ben"}),
        ("retraining", {"entry_kind": EntryKind.REFLECTION}, set()),
        ("folder", {"source": "m1"}, {"The organisation"}),
        ("weekly", {"source": "i1"}, {"I1 line 1 · Training"}),
        ("camera", {"source": "i1"}, set()),
        ("old -whether", {"source": "i1"}, {"I1 line 5 · P1 · Paint inspection"}),
    ],
    ids=repr_of,
)
def test_filters_admit_what_they_name(finder, typed, filters, found):
    assert places(finder, typed, **filters) == found


def test_a_line_with_a_case_of_its_own_is_of_that_case_only(finder, searched):
    searched.do(notes.write, "i2", [notes.AddEntry(Entry(key="own", text="zebra", case="paint"))])
    assert places(finder, "zebra", case="paint")
    assert not places(finder, "zebra", case="sorting")


def test_what_a_speaker_says_is_of_their_role_only(finder, searched):
    source = next(each for each in searched.document.sources if len(each.participants) > 1)
    people = {person.key: person.role for person in searched.document.participants}
    first, second = source.participants[:2]
    searched.do(notes.write, source.key, [notes.AddEntry(Entry(key="own", text="zebra", speaker=first))])
    assert places(finder, "zebra", role=people[first])
    assert not places(finder, "zebra", role=people[second])
    searched.do(notes.write, source.key, [notes.SetEntry(Entry(key="own", text="zebra"))])
    assert places(finder, "zebra", role=people[second])


def test_what_is_changed_is_found_anew_and_the_rest_of_the_catalogue_kept(finder, searched):
    before = finder.catalogue
    assert finder.catalogue is before
    searched.do(notes.write, "i2", [notes.AddEntry(Entry(key="new", text="zebra"))])
    assert [hit.key for hit in finder.find(parse("zebra")).hits] == ["new"]
    assert finder.catalogue.lines["i1"] is before.lines["i1"]
    assert finder.catalogue.lines["i2"] is not before.lines["i2"]
    searched.undo()
    assert finder.find(parse("zebra")).hits == ()


def test_names_follow_the_study(finder, searched):
    searched.do(remove, "participants", "p3")
    assert places(finder, "plan") == {"The organisation"}


def test_a_study_open_for_reading_is_read_through(reading, finder):
    there = Finder(reading)
    assert not there.ready
    assert finder.ready
    for typed, filters in (("alarm", None), ("the", Filters(case="paint")), ("e*", None), ("zebra", None)):
        query = parse(typed)
        assert set(where(there.find(query, filters))) == set(where(finder.find(query, filters)))
    assert there.find(parse("the"), limit=2).more


def test_another_window_s_changes_are_not_mixed_in(finder, searched, quick_keys):
    """A window that reads sees the study as it was when it read it, though the index has gone on."""
    from app.actions.open_study import OpenStudy

    with OpenStudy.open(searched.path, "correct horse battery", read_only=True) as other:
        searched.do(notes.write, "i2", [notes.AddEntry(Entry(key="new", text="zebra"))])
        line = next(each for each in searched.document.sources[1].entries if each.key == "i2-3")
        searched.do(notes.write, "i2", [notes.SetEntry(replace(line, text="okapi"))])
        there = Finder(other)
        assert there.ready
        assert there.find(parse("zebra")).hits == ()
        assert there.find(parse("okapi")).hits == ()
    assert len(finder.find(parse("zebra")).hits) == 1


@given(
    typed=st.lists(
        st.sampled_from(
            ["the", "alarm", "a*", '"no alarm"', "-deployment", "NEAR(no input, 3)", "drift*", "form", "Größe"]
        ),
        min_size=1,
        max_size=3,
    ).map(" ".join),
    sort=st.sampled_from([None, *Sort]),
    case=st.sampled_from(["", "paint", "sorting"]),
)
def test_the_index_finds_what_reading_through_finds(finder, reading, typed, sort, case):
    query, filters = parse(typed), Filters(sort=sort, case=case)
    assert set(where(finder.find(query, filters, 1000))) == set(where(Finder(reading).find(query, filters, 1000)))


def test_things_without_words_are_not_found(finder, searched):
    from app.model.evidence import Coding

    searched.do(add, Coding(passage="q2", code="training", assessor="ben", case="paint"))
    assert all(hit.snippet.text for hit in finder.find(parse("i*")).hits)


def test_what_was_judged_elsewhere_leads_there(searched):
    def led(words):
        hits = find.find(searched, parse(words), Filters(sort=Sort.RATIONALES)).hits
        return [(hit.place.page, hit.place.key) for hit in hits if hit.table == "dissents"]

    assert led("few ever read") == [("assess", "paint/wrong-output-reports")]
    place = assess.Place("mlops-maturity", "wrong-output-reports", "paint", "r2", "ada")
    searched.do(assess.answer, place, Verdict.LARGELY, "By now they do.")
    assert led("few ever read") == [("assess", "mlops-maturity|r1|paint/wrong-output-reports")]
