"""A read-back sheet has one person's statements with room to correct them, and nothing of anybody else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.exchange.demo import demo_document
from app.model.disclosure import Paper
from app.model.setting import Participant
from app.model.source import Entry, EntryKind, Source
from app.report.paper import words
from app.report.paper.errors import SheetNotSetError
from app.report.paper.read_back import sheet, statements
from app.report.text import line
from tests.documents import ODD_TEXTS, example

TEXTS = st.one_of(st.sampled_from(ODD_TEXTS), st.text(st.characters(codec=None), max_size=200))


@pytest.fixture
def read_back(read_sheet):
    def made(document, source="i1", participant="p1", number=31, **how):
        return read_sheet(sheet(document, source, participant, number=number, version="9.8.7", **how))

    return made


def noted(*entries, people=("p1", "p2"), **fields):
    """The example with one interview that has these lines."""
    document = example()
    lines = tuple(replace(each, key=f"i1-{place}") for place, each in enumerate(entries, 1))
    source = Source(key="i1", title="Talk with Quentin", round="r1", participants=people, entries=lines)
    return replace(document, sources=(source,), passages=(), codings=(), versions=(), **fields)


def said(text, speaker="p1", kind=EntryKind.PARAPHRASE, **fields):
    return Entry(key="i1-0", text=text, speaker=speaker, kind=kind, **fields)


def within(made):
    width, height = made.size
    return all(
        left > 45 and right < width - 45 and bottom > 20 and top < height - 20
        for _, left, bottom, right, top in made.rects()
    )


def test_autocorp_s_statements_are_all_there_numbered_as_cited(read_back):
    document = demo_document()
    source = next(each for each in document.sources if each.key == "i1")
    (person,) = source.participants
    made = read_back(document, "i1", person)
    flat = made.flat.replace(f" {words.RIGHT} ", " ")
    for entry in statements(source, person):
        number = [each.key for each in source.entries].index(entry.key) + 1
        text = line(entry.text)
        shown = f"“{text}”" if entry.kind is EntryKind.QUOTATION else text
        assert f"{number} {shown.replace(f' {words.RIGHT} ', ' ')}" in flat
    others = [each for each in source.entries if each not in statements(source, person)]
    assert others
    assert not any(line(each.text) in flat for each in others)
    assert "Sheet 31 · page 1 of" in flat
    assert made.bookmarks == ["Sheet 31"]
    assert within(made)


def test_nothing_of_others_and_nothing_of_the_assessors_thoughts(read_back):
    made = read_back(
        noted(
            said("Mine alone."),
            said("Somebody else's.", "p2"),
            said("Nobody's.", None),
            said("Seen.", kind=EntryKind.OBSERVATION),
            said("Thought.", kind=EntryKind.REFLECTION),
            said("Asked.", kind=EntryKind.QUESTION),
            said("Word for word.", kind=EntryKind.QUOTATION),
            said("Perhaps so.", uncertain=True),
            said("  "),
        )
    )
    assert "1 Mine alone." in made.flat
    assert "7 “Word for word.”" in made.flat
    assert f"8 Perhaps so. ({words.UNCERTAIN})" in made.flat
    for other in ("Somebody", "Nobody", "Seen", "Thought", "Asked", "Quentin", "Canary Person", "P2", "Ada"):
        assert other not in made.flat
    assert "P1, engineer" in made.flat


def test_it_is_signed_on_the_last_page(read_back):
    made = read_back(noted(*(said(f"Statement {number}.") for number in range(1, 41))))
    assert len(made.pages) > 2
    for word in (words.ADDED, words.READ, words.SIGN, words.SIGN_PLACE, words.SIGN_ASKED):
        assert word in made.pages[-1]
        assert word not in " ".join(made.pages[:-1]).replace(f"{words.SIGN}ature", "")
    assert within(made)


def test_a_statement_longer_than_a_page_goes_on(read_back):
    text = " ".join(f"word{number}" for number in range(2_000))
    made = read_back(noted(said(text), said("Short.")))
    assert len(made.pages) > 2
    assert within(made)
    joined = made.flat
    assert all(f"word{number}" in joined for number in (0, 1_000, 1_999))


def test_paper_is_that_of_the_report_or_what_is_asked_for(read_back):
    document = noted(said("Yes."))
    assert read_back(document).size == (595.3, 841.9)
    assert read_back(document, page="letter").size == (612.0, 792.0)
    letter = replace(document, report=replace(document.report, paper=Paper.LETTER))
    assert read_back(letter).size == (612.0, 792.0)


def test_the_same_study_gives_the_same_bytes():
    document = noted(said("Yes."))
    assert sheet(document, "i1", "p1", number=3, version="1") == sheet(document, "i1", "p1", number=3, version="1")


@pytest.mark.parametrize(
    ("source", "participant", "says"),
    [("i9", "p1", 'no interview "i9"'), ("i1", "p9", 'no participant "p9"'), ("i1", "p2", "nothing to read back")],
)
def test_what_can_not_be_printed(source, participant, says):
    with pytest.raises(SheetNotSetError, match=says):
        sheet(noted(said("Yes.")), source, participant, number=1, version="1")


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_any_text_can_be_printed_within_the_margins(read_sheet, text):
    name = text[:200] or " "
    people = tuple(Participant(key=key, pseudonym=name, role=name) for key in ("p1", "p2"))
    document = noted(said(f"{text}x"), said(f"x{text}", kind=EntryKind.QUOTATION), participants=people)
    assert within(read_sheet(sheet(document, "i1", "p1", number=1, version="1")))
