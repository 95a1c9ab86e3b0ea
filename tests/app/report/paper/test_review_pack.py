"""The review pack shows each result as it was put to the insider, has sound fields, and lets no name out."""

import io
from datetime import UTC, datetime

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.actions.reviews import draft
from app.analysis.reviews import items_to_review
from app.disclosure.profiles import UnknownProfileError
from app.exchange.demo import demo_document
from app.exchange.review_fields import Names
from app.exchange.review_form import read
from app.model.assessment import Answer, Ballot, BallotMember, Finding, Override, Review
from app.model.disclosure import Allowance, NameKind, Paper, Profile, Pseudonym
from app.model.setting import Case, Participant, SitePolicy
from app.report.paper import words
from app.report.paper.errors import SheetNotSetError
from app.report.paper.review_pack import pack
from app.report.release import LeaksError
from app.scoring.scale import Verdict
from tests.documents import ODD_TEXTS, example
from tests.pdf_reader import Reader
from tests.stress import stress_study

TEXTS = st.one_of(st.sampled_from(ODD_TEXTS), st.text(st.characters(codec=None), max_size=200))


def to_review(document, cases=("c1", "c2"), in_round="r1", rubric="small"):
    items = items_to_review(document, in_round, cases, rubric)
    return replace(document, reviews=(Review(key="rv", reviewer="p2", round=in_round, sheet="12", items=items),))


@pytest.fixture(scope="module")
def autocorp():
    document = demo_document()
    review = draft(document, "p18", "r2", [each.key for each in document.cases], "mlops-maturity", number=4)
    return replace(document, reviews=(*document.reviews, review))


@pytest.fixture(scope="module")
def autocorp_pack(autocorp):
    return pack(autocorp, "review-4", version="9.8.7", back_by="9 December 2022")


@pytest.fixture
def read_pack(read_sheet):
    return lambda document, **how: read_sheet(pack(document, "rv", version="9.8.7", **how))


def within(sheet):
    width, height = sheet.size
    return all(
        left > 45 and right < width - 45 and bottom > 20 and top < height - 20
        for _, left, bottom, right, top in sheet.rects()
    )


# What stands on it


def test_autocorp_s_pack_shows_every_result_with_level_reason_limits_and_finding(autocorp, autocorp_pack, read_sheet):
    sheet = read_sheet(autocorp_pack)
    assert "Review pack" in sheet.pages[0]
    assert "ML engineer G" in sheet.pages[0]
    assert "ML engineer G, ML engineer" not in sheet.pages[0], "the role stands once"
    assert "9 December 2022" in sheet.pages[0]
    assert all(line.split(".")[0] in sheet.pages[0] for line in words.HOW)
    for item in autocorp.reviews[-1].items:
        assert item.finding in sheet.flat
    for number in range(1, 10):
        assert f"{number} of 9" in sheet.flat
    assert "Moderate because all 4 criteria of Moderate are at least largely achieved" in sheet.flat
    assert "Threshold alarms: When a measure crosses its threshold" in sheet.flat
    assert sheet.flat.count("Confirmed right as it stands") == 9
    assert sheet.flat.count("AutoCorp - confidential") == 2 * len(sheet.pages)
    assert within(sheet)
    assert len(sheet.pages) <= 5


def test_the_same_study_gives_the_same_bytes(autocorp, autocorp_pack):
    assert pack(autocorp, "review-4", version="9.8.7", back_by="9 December 2022") == autocorp_pack


def test_every_font_of_the_pages_is_embedded(autocorp_pack):
    with pikepdf.open(io.BytesIO(autocorp_pack)) as pdf:
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        fonts.append(pdf.Root.AcroForm.DR.Font.Plex)
        assert all("/FontFile2" in font.FontDescriptor for font in fonts)


def test_a_level_set_by_the_team_says_so_with_the_reason(read_pack):
    sheet = read_pack(to_review(example()))
    assert "Middle, set by the team; derived: Middle, at most Top" in sheet.flat
    assert f"{words.SET_BECAUSE}We saw it." in sheet.flat
    assert words.NO_FINDING in sheet.flat


def test_a_result_that_changed_since_is_shown_as_it_was(read_pack):
    document = to_review(example())
    finding = replace(document.findings[0], text="It limps.")
    sheet = read_pack(replace(document, findings=(finding,)))
    assert "It runs." in sheet.flat
    assert "It limps." not in sheet.flat
    assert sheet.flat.count(words.MOVED_ON) == 1


def test_answers_that_are_not_revealed_are_not_shown(read_pack):
    at = datetime(2022, 11, 1, tzinfo=UTC)
    document = example()
    secret = Ballot(
        rubric="small",
        case="c2",
        round="r1",
        members=(BallotMember(assessor="ada"), BallotMember(assessor="bob")),
        begun_at=at,
    )
    answer = Answer(rubric="small", criterion="runs", case="c2", round="r1", assessor="ada", verdict=Verdict.FULLY)
    told = to_review(replace(document, answers=(*document.answers, answer)))
    told = replace(told, ballots=(*told.ballots, secret))
    assert "Middle because" in read_pack(to_review(replace(document, answers=(*document.answers, answer)))).flat
    sheet = read_pack(told)
    assert words.MOVED_ON in sheet.flat, "what the study says now is not for everybody"


def test_many_limits_are_counted(read_pack, autocorp):
    other = replace(autocorp.reviews[-1], key="rv")
    sheet = read_pack(replace(autocorp, reviews=(other,)))
    assert words.more_criteria(1) == "and 1 more criterion"
    assert "and 1 more criterion" in sheet.flat


def test_a_study_on_letter_paper_gets_letter_packs(read_pack):
    document = to_review(example())
    letter = read_pack(replace(document, report=replace(document.report, paper=Paper.LETTER)))
    assert letter.size == (612.0, 792.0)
    assert within(letter)


def test_what_can_not_be_printed():
    with pytest.raises(SheetNotSetError, match='no review "gone"'):
        pack(example(), "gone", version="1")
    document = to_review(example())
    bare = replace(document, reviews=(replace(document.reviews[0], sheet=""),))
    with pytest.raises(SheetNotSetError, match="was not prepared with a pack"):
        pack(bare, "rv", version="1")
    with pytest.raises(UnknownProfileError):
        pack(document, "rv", version="1", profile="nobody")


# Its fields


def test_every_result_has_three_boxes_of_one_name_and_a_comment(autocorp, autocorp_pack):
    names = Names(autocorp.study.id, "4")
    reader = Reader(autocorp_pack)
    fields = reader.fields
    for at in dict.fromkeys(names.places(autocorp.reviews[-1]).values()):
        assert len(fields[names.verdict(at)]) == 3
        assert len(fields[names.comment(at)]) == 1
    assert set(fields) == {*names.places(autocorp.reviews[-1]), names.remark, names.form}
    reader.close()


def test_fields_are_read_out_with_what_they_are_about(autocorp_pack):
    reader = Reader(autocorp_pack)
    said = [boxes[0][2] for name, boxes in reader.fields.items() if not name.endswith("form")]
    assert said[0] == "ML-P1, Continuous training, integration and deployment"
    assert said[1] == "ML-P1, Continuous training, integration and deployment: Comment"
    assert all(said)
    reader.close()


def test_fields_lie_on_their_printed_boxes_within_the_page(autocorp_pack):
    reader = Reader(autocorp_pack)
    pdf = pypdfium2.PdfDocument(autocorp_pack)
    for name, boxes in reader.fields.items():
        for page, (left, bottom, right, top), _ in boxes if not name.endswith("form") else ():
            assert 45 < left < right < 595 - 45
            assert 45 < bottom < top < 842 - 45
            drawn = [each.get_bounds() for each in page.get_objects(filter=[2])]
            assert any(
                abs(left - box[0]) < 2
                and abs(bottom - box[1]) < 2
                and abs(right - box[2]) < 2
                and abs(top - box[3]) < 2
                for box in drawn
            )
    pdf.close()
    reader.close()


def test_no_two_fields_of_a_page_overlap(autocorp_pack):
    reader = Reader(autocorp_pack)
    rects = [
        (id(page), box) for name, boxes in reader.fields.items() for page, box, _ in boxes if not name.endswith("form")
    ]
    for place, (page, one) in enumerate(rects):
        for other_page, other in rects[place + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert page != other_page or apart
    reader.close()


def test_a_blank_field_has_what_it_looks_like_and_a_font_that_the_form_knows(autocorp_pack):
    with pikepdf.open(io.BytesIO(autocorp_pack)) as pdf:
        form = pdf.Root.AcroForm
        assert "/NeedAppearances" not in form
        for field in form.Fields:
            if "/Kids" in field:
                assert field.V == "/Off"
                assert {str(kid.AS) for kid in field.Kids} == {"/Off"}
                states = {str(state) for kid in field.Kids for state in kid.AP.N.keys()}  # noqa: SIM118 - pikepdf's
                assert states == {"/Off", "/confirmed", "/corrected", "/disputed"}
            font = str(field.DA).split()[0]
            assert font in form.DR.Font
        assert all(page.Tabs == "/R" for page in pdf.pages)


# Nothing gets out


def test_a_name_that_is_hidden_stops_the_pack():
    document = to_review(example())
    person = replace(document.identities[0], name="Wilhelmine Oberhuber")
    document = replace(document, identities=(person,), site_policy=SitePolicy(marking="INTERNAL"))
    assert pack(document, "rv", version="1")
    with pytest.raises(LeaksError, match="Nothing was written") as problem:
        pack(document, "rv", version="1", name="Pack for Wilhelmine Oberhuber.pdf")
    assert {each.place for each in problem.value.leaks} == {"File name"}
    allowed = Allowance(profile="client", text="Wilhelmine Oberhuber", reason="Asked for.")
    assert pack(
        replace(document, allowances=(*document.allowances, allowed)),
        "rv",
        version="1",
        name="Pack for Wilhelmine Oberhuber.pdf",
    )
    assert pack(document, "rv", version="1", profile="internal", name="Pack for Wilhelmine Oberhuber.pdf")


def test_only_a_profile_that_names_assessors_says_who_asks(read_pack):
    document = to_review(example())
    assert "Ada" not in read_pack(document).pages[0]
    assert "Ada, Bob" in read_pack(document, profile="internal").pages[0]


def test_a_hidden_name_in_a_finding_is_replaced_and_it_is_still_the_same_finding(read_pack):
    document = example()
    finding = replace(document.findings[0], text="Zorblax runs it.")
    hidden = Pseudonym(key="zorblax", kind=NameKind.PRODUCT, name="Zorblax", instead="the tool")
    sheet = read_pack(to_review(replace(document, findings=(finding,), pseudonyms=(*document.pseudonyms, hidden))))
    assert "The tool runs it." in sheet.flat
    assert "Zorblax" not in sheet.flat
    assert words.MOVED_ON not in sheet.flat


@pytest.mark.parametrize(
    ("profile", "told"), [("internal", "9 October 2022"), ("client", "October 2022"), ("anonymised", "2022")]
)
def test_a_day_in_a_finding_is_told_as_exactly_as_the_profile_has_it(read_pack, profile, told):
    document = example()
    finding = replace(document.findings[0], text="Since 9 October 2022 it runs.")
    sheet = read_pack(to_review(replace(document, findings=(finding,))), profile=profile)
    assert f"Since {told} it runs." in sheet.flat


def test_levels_of_long_names_are_explained_in_several_rows(read_pack):
    document = example()
    text = document.rubrics[0].text
    told = [f"more{n}" for n in range(4)]
    levels = "".join(f"  - {{id: {each}, name: Very long level {each}, summary: More.}}\n" for each in told)
    asked = "statement: More., evidence: A log., question: More?, advice: More."
    for criterion, last in (("is-fast", "Hurry.}\n"), ("alarms", "Ring.}\n")):
        more = "".join(f"      - {{id: {criterion}-{each}, level: {each}, {asked}}}\n" for each in told)
        text = text.replace(last, f"{last}{more}")
    text = text.replace("principles:\n", f"{levels}principles:\n")
    text = text.replace("top: By machine.", f"top: By machine., {', '.join(f'{each}: More.' for each in told)}")
    sheet = read_pack(to_review(replace(document, rubrics=(replace(document.rubrics[0], text=text),))))
    assert all(f"Very long level {each}" in sheet.pages[0] for each in told)
    assert within(sheet)


def test_a_hidden_name_in_a_case_is_not_in_the_fields_either():
    document = to_review(example())
    profile = Profile(key="own", name="Own", case_names=False, smallest_group=1)
    document = replace(document, profiles=(*document.profiles, profile))
    content = pack(document, "rv", version="1", profile="own")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        spoken = [str(each.TU) for each in pdf.Root.AcroForm.Fields if "/TU" in each]
    assert spoken
    assert not any("Canary one" in each for each in spoken)
    assert read(content, document).given == ()


# Whatever people write


def filled(text):
    """A review with `text` wherever a pack prints what people wrote."""
    name = text[:200] or " "
    document = example()
    study = replace(document.study, title=name, organisation=replace(document.study.organisation, name=name))
    place = {"rubric": "small", "round": "r1"}
    cases = tuple(Case(key=key, name=name) for key in ("c1", "c2"))
    document = replace(
        document,
        study=study,
        cases=cases,
        rounds=tuple(replace(each, name=name) for each in document.rounds),
        participants=tuple(Participant(key=key, pseudonym=name, role=name) for key in ("p1", "p2")),
        findings=tuple(Finding(**place, principle="first", case=key, text=name) for key in ("c1", "c2")),
        overrides=tuple(
            Override(**place, principle="second", case=key, level="top", assessor="ada", reason=text or "x")
            for key in ("c1", "c2")
        ),
        site_policy=SitePolicy(marking=name[:80]),
        identities=(),
        pseudonyms=(),
    )
    return to_review(document)


@settings(max_examples=20, deadline=None)
@given(TEXTS)
def test_any_text_can_be_printed_within_the_margins(read_sheet, text):
    content = pack(filled(text), "rv", version="1", profile="internal", back_by=text)
    assert within(read_sheet(content))
    assert read(content, filled(text)).given == ()


@pytest.mark.parametrize("text", ["WWWWWW " * 5_000, "W" * 30_000, "W\n" * 5_000])
def test_a_result_with_endless_texts_stays_on_its_page(read_sheet, text):
    document = filled("W" * 200)
    overrides = tuple(replace(each, reason=text) for each in document.overrides)
    yaml = document.rubrics[0].text.replace("statement: It ", f"statement: {'WWWWWWWWW ' * 60}")
    document = replace(document, overrides=overrides, rubrics=(replace(document.rubrics[0], text=yaml),))
    assert within(read_sheet(pack(to_review(document), "rv", version="1", profile="internal", back_by=text)))


def test_a_large_study_in_five_scripts_has_room(read_sheet):
    document = stress_study()
    cases = [each.key for each in document.cases]
    review = draft(
        document, document.participants[0].key, document.rounds[-1].key, cases, document.rubrics[0].key, number=3
    )
    content = pack(replace(document, reviews=(review,)), review.key, version="1", profile="internal")
    sheet = read_sheet(content)
    assert within(sheet)
    assert f"{len(review.items)} of {len(review.items)}" in sheet.flat
    assert read(content, replace(document, reviews=(review,))).given == ()


def test_a_pack_of_many_cases_has_room_for_all(read_sheet):
    document = example()
    cases = tuple(Case(key=f"c{place}", name=f"Case {place} {'long ' * 18}"[:100]) for place in range(1, 41))
    document = to_review(replace(document, cases=cases), [each.key for each in cases])
    sheet = read_sheet(pack(document, "rv", version="1"))
    assert within(sheet)
    assert "80 of 80" in sheet.flat
    assert all(page.strip() for page in sheet.pages)
