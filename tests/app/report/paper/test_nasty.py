"""Whatever people write can be printed on a sheet: as written, never as markup, within the page."""

import io

import msgspec
import pikepdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.model.setting import Assessor, Case, Participant, Round, SitePolicy
from app.model.source import Attendance, Guide, Part, Question, Source
from app.report.paper.interview import build_interview_sheet
from app.report.paper.rubric import build_rubric_sheet
from app.report.text import line
from tests.documents import ODD_TEXTS, documents, rubric

TEXTS = st.one_of(st.sampled_from(ODD_TEXTS), st.text(st.characters(codec=None), max_size=200))


def filled(make_empty, words):
    """A study with `words` wherever a sheet prints what people wrote."""
    name = words[:200] or " "
    empty = make_empty()
    study = msgspec.structs.replace(
        empty.study, title=name, organisation=msgspec.structs.replace(empty.study.organisation, name=name)
    )
    source = Source(
        key="i1",
        title=name,
        round="r1",
        place=words,
        consent=words,
        allowed=words,
        guide="g1",
        participants=("p1",),
        assessors=(Attendance(assessor="a1", part=Part.OBSERVER),),
        cases=("c1", "c2"),
    )
    return msgspec.structs.replace(
        empty,
        study=study,
        site_policy=SitePolicy(marking=words[:80]),
        rubrics=(rubric(),),
        rounds=(Round(key="r1", name=name),),
        cases=(Case(key="c1", name=name), Case(key="c2", name=name)),
        assessors=(Assessor(key="a1", name=name),),
        participants=(Participant(key="p1", pseudonym=name, role=name),),
        guides=(Guide(key="g1", name=name, questions=(Question(key="g1-1", text=name, minutes=3),)),),
        sources=(source,),
    )


def within(sheet):
    width, height = sheet.size
    edges = [(left, bottom, right, top) for _, left, bottom, right, top in sheet.rects()]
    return all(
        left > 45 and right < width - 45 and bottom > 20 and top < height - 20 for left, bottom, right, top in edges
    )


def stands(words, text):
    """Whether words stand on a page; a reader turns their order around beside a name that is read leftward."""
    return words in text or " ".join(reversed(words.split())) in text


@settings(max_examples=25)
@given(words=TEXTS)
@example(words="؛0؞0؞0؞")
def test_any_title_and_question_can_be_printed(make_empty, interview_sheet, rubric_sheet, words):
    document = filled(make_empty, words)
    asked, judged = interview_sheet(document, source="i1"), rubric_sheet(document, case="c1")
    for sheet in (asked, judged):
        assert all(stands(f"Sheet 7 · page {n} of {len(sheet.pages)}", text) for n, text in enumerate(sheet.pages, 1))
    if words.isascii():
        assert solid(line(words[:200])) in solid(asked.flat)


def solid(text):
    """A text without its spaces, so that it is found however its lines end."""
    return "".join(text.split())


@pytest.mark.parametrize(
    "words",
    [
        "W" * 20_000,
        "many words " * 400,
        "line\r\nbreak\n" * 60,
        "\ufb03 \u2167 \u33a1 " * 60,
        "\u202e\ud83d\U0001f600",
        "",
    ],
    ids=["wide-word", "long", "lines", "ligatures", "no-glyphs", "blank"],
)
def test_long_and_odd_texts_stay_within_the_page(make_empty, interview_sheet, rubric_sheet, words):
    document = filled(make_empty, words)
    for page in ("a4", "letter"):
        assert within(interview_sheet(document, source="i1", page=page))
        assert within(rubric_sheet(document, case="c1", page=page))


def test_markup_is_printed_as_typed_and_nothing_is_opened(make_empty, interview_sheet):
    sheet = interview_sheet(filled(make_empty, '<img src="/etc/passwd"/> a<b &amp;'), source="i1")
    assert sheet.flat.count('<img src="/etc/passwd"/>') > 5
    assert "root:" not in sheet.flat
    with pikepdf.open(io.BytesIO(sheet.content)) as pdf:
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
    assert not [each for each in streams if each.get("/Subtype") == "/Image"]


@settings(max_examples=15)
@given(document=documents())
def test_any_study_can_be_printed(document):
    for source in (None, *(each.key for each in document.sources)):
        assert build_interview_sheet(document, number=1, source=source, version="1").startswith(b"%PDF")
    for guide in document.guides:
        assert build_interview_sheet(document, number=1, guide=guide.key, version="1").startswith(b"%PDF")
    for case in (None, *(each.key for each in document.cases)):
        assert build_rubric_sheet(document, number=1, case=case, version="1").startswith(b"%PDF")
