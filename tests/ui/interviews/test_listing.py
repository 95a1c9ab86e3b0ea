"""What the list says of sources, and times as people write them."""

import datetime as dt

import pytest
from msgspec.structs import replace

from app.analysis.blind import seen_by
from app.analysis.coding import CodingIndex
from app.model.evidence import Coding, DoubleCoding, Passage, Span
from app.model.source import Source
from ui.interviews.beside import follow_up_cards, passage_cards, question_cards
from ui.interviews.listing import first_key, items
from ui.interviews.times import clock_text, day_of, with_clock, with_day

DAY = dt.date(2024, 5, 14)


def source_of(document, key):
    return next(source for source in document.sources if source.key == key)


def test_sources_stand_under_their_rounds_with_citation_and_counts(small):
    rows = items(small)
    assert [(row.citation, row.title) for row in rows] == [
        ("", "Round 1"),
        ("I1", "Running the paint inspection"),
        ("I2", "Bought-in sorting model"),
        ("M1", "Weekly project meeting"),
        ("", "Round 2"),
        ("I3", "Platform team"),
    ]
    assert rows[1].detail.startswith("14 May 2024 · 45 min")
    assert (rows[1].status, rows[1].rank) == ("Finished", 2)
    assert rows[5].count == "no notes"
    assert first_key(rows) == "i3"


@pytest.mark.parametrize(
    ("wanted", "keys"),
    [("paint", ["i1"]), ("MEETING", ["m1"]), ("i2 sorting", ["i2"]), ("production engineer", ["i2"]), ("zzz", [])],
)
def test_a_filter_finds_titles_people_kinds_and_citations(small, wanted, keys):
    found = [row.key for row in items(small, wanted) if not row.head]
    assert set(keys) <= set(found)
    assert bool(found) == bool(keys)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("10:00-10:45", "10:00\u201310:45"),
        ("9.05 \u2013 9.50", "09:05\u201309:50"),
        ("10:00", "10:00"),
        ("23:30-00:15", "23:30\u201300:15"),
        ("45 min", "45 min"),
        ("30-45", "30\u201345 min"),
        ("", ""),
    ],
)
def test_times_are_read_as_they_are_written(text, shown):
    source = Source(key="i1", title="A", round="r1", zone="Europe/Berlin")
    made = with_clock(source, text, DAY)
    assert clock_text(made) == shown
    if made.started_at:
        assert day_of(made) == DAY
        assert made.started_at.tzinfo == dt.UTC


@pytest.mark.parametrize("text", ["soon", "25:00", "10:61", "10:00-10:45-11:00"])
def test_what_is_no_time_is_refused(text):
    assert with_clock(Source(key="i1", title="A", round="r1"), text, DAY) is None


def test_another_day_keeps_the_times_across_the_change_of_clocks():
    source = Source(key="i1", title="A", round="r1", zone="Europe/Berlin")
    summer = with_clock(with_day(source, DAY), "10:00-10:45", DAY)
    winter = with_day(summer, dt.date(2024, 12, 3))
    assert clock_text(winter) == clock_text(summer)
    assert with_day(winter, None).started_at is None


def test_cards_tell_what_rests_on_a_passage(small):
    cards = {card.key: card for card in passage_cards(CodingIndex(small), source_of(small, "i1"))}
    assert list(cards) == ["q1", "q2", "q3"]
    assert cards["q1"].head == "Line 1"
    assert cards["q1"].text == "Retraining runs by itself"
    assert cards["q1"].feet[0] == "Training"
    assert any("automated training" in foot for foot in cards["q1"].feet)
    assert "For a finding on Paint inspection" in cards["q2"].feet


def test_a_passage_that_lost_its_words_is_listed_last_with_what_it_said(small):
    passages = tuple(replace(each, spans=()) if each.key == "q1" else each for each in small.passages)
    cards = passage_cards(CodingIndex(replace(small, passages=passages)), source_of(small, "i1"))
    assert [card.key for card in cards] == ["q2", "q3", "q1"]
    assert (cards[-1].head, cards[-1].text) == ("No longer in the notes", "Retraining runs by itself")


def test_follow_ups_and_questions_of_a_source(small):
    ((card, entry),) = follow_up_cards(small, source_of(small, "i1"))
    assert card.text == "Can the old model be brought back within a day?"
    assert entry == "i1-5"
    questions = question_cards(small, replace(source_of(small, "i1"), guide="g1"))
    assert questions[0].head == "1 · Training & deployment · 10 min"
    assert question_cards(small, source_of(small, "i2")) == ()


def test_passages_that_somebody_must_not_see_are_not_listed(small):
    passage = Passage(key="q9", source="i1", words="Users", spans=(Span(entry="i1-4", start=0, end=5),))
    coding = Coding(passage="q9", code="monitoring", assessor="ben", case="paint")
    blind = DoubleCoding(key="dc", first="ada", second="ben", sources=("i1",))
    document = replace(
        small, passages=(*small.passages, passage), codings=(*small.codings, coding), double_codings=(blind,)
    )

    def keys(who):
        return [card.key for card in passage_cards(CodingIndex(seen_by(document, who)), source_of(document, "i1"))]

    assert set(keys("ben")) == {"q1", "q2", "q3", "q9"}
    assert keys("ada") == ["q1", "q2", "q3"]
