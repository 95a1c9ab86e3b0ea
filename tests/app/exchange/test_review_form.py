"""A pack that was filled in elsewhere comes back right; whatever else is handed in is refused in one sentence."""

import contextlib
import io
import re
import uuid
import warnings
import zlib

import pikepdf
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.analysis.reviews import At, items_to_review
from app.exchange.review_fields import LONGEST, Names, seal
from app.exchange.review_form import MOST_BYTES, MOST_UNPACKED, ReviewFormError, read, read_file
from app.model.assessment import Review, ReviewVerdict
from app.report.paper.review_pack import pack
from tests.documents import example
from tests.pdf_reader import Reader

CONFIRMED, CORRECTED, DISPUTED = ReviewVerdict
FIRST, SECOND = At("small", "first", "c1"), At("small", "second", "c1")
LAST = At("small", "second", "c2")


def prepared(*more, **fields):
    document = example()
    items = items_to_review(document, "r1", ["c1", "c2"], "small")
    review = Review(key="rv-12", reviewer="p2", round="r1", sheet="12", items=items)
    return replace(document, reviews=(*document.reviews, *more, review), **fields)


DOCUMENT = prepared()
NAMES = Names(DOCUMENT.study.id, "12")


@pytest.fixture(scope="module")
def blank():
    return pack(DOCUMENT, "rv-12", version="9.8.7")


@pytest.fixture
def reader(blank):
    opened = Reader(blank)
    yield opened
    opened.close()


def by_hand(content, change):
    """Change a form with a function of its fields by name, and save it anew."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf, {str(each.T): each for each in pdf.Root.AcroForm.Fields})
        file = io.BytesIO()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of pikepdf, that a box belongs to no field any more
            pdf.save(file)
    return file.getvalue()


def appended(content, name, value):
    """Fill in a field as readers do that leave the file as it is and append what changed to it."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        field = next(each for each in pdf.Root.AcroForm.Fields if str(each.T) == name)
        number = field.objgen[0]
        field.V = pikepdf.String(value)
        changed = field.unparse(resolved=True)
        size, root = int(pdf.trailer.Size), pdf.Root.objgen[0]
    start = int(re.findall(rb"startxref\s+(\d+)", content)[-1])
    head = f"\n{number} 0 obj\n".encode()
    body = content + head + changed + b"\nendobj\n"
    entry = f"xref\n{number} 1\n{len(content) + 1:010} 00000 n \n".encode()
    trailer = f"trailer\n<< /Size {size} /Root {root} 0 R /Prev {start} >>\nstartxref\n{len(body)}\n%%EOF\n".encode()
    return body + entry + trailer


def answers(content, document=DOCUMENT):
    filled = read(content, document)
    return {each.at: (each.verdict, each.comment) for each in filled.answers}


def refused(content, document=DOCUMENT):
    with pytest.raises(ReviewFormError) as problem:
        read(content, document, name="back.pdf")
    assert problem.value.sentence.startswith("back.pdf ")
    assert "\n" not in problem.value.sentence
    return problem.value.sentence


# Filled in with another library


def test_a_blank_pack_says_nothing(blank):
    filled = read(blank, DOCUMENT)
    assert (filled.review, filled.sheet, filled.remark, filled.given) == ("rv-12", "12", "", ())
    assert [each.at for each in filled.answers] == [FIRST, SECOND, At("small", "first", "c2"), LAST]


def test_a_form_filled_in_with_a_reader_comes_back_right(reader):
    reader.click(NAMES.verdict(FIRST), 0)
    reader.click(NAMES.verdict(SECOND), 1)
    reader.write(NAMES.comment(SECOND), "Größer als gedacht - die Prüfung läuft.\r\nZweite Zeile, שלום עולם, ümläüte")
    reader.click(NAMES.verdict(LAST), 2)
    reader.write(NAMES.comment(LAST), "x" * LONGEST)
    reader.write(NAMES.remark, "Gut.\r\rSehr gut.")
    filled = read(reader.saved(), DOCUMENT)
    assert [(each.at, each.verdict, each.comment) for each in filled.given] == [
        (FIRST, CONFIRMED, ""),
        (SECOND, CORRECTED, "Größer als gedacht - die Prüfung läuft.\nZweite Zeile, שלום עולם, ümläüte"),
        (LAST, DISPUTED, "x" * LONGEST),
    ]
    assert filled.remark == "Gut.\n\nSehr gut."


def test_a_form_filled_in_by_a_program_comes_back_right(blank):
    """With pypdf, which writes the values and draws the fields anew."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(blank))
    values = {
        NAMES.verdict(FIRST): f"/{DISPUTED}",
        NAMES.comment(FIRST): "Nicht ganz \U0001f424 שלום\nzweite Zeile",
        NAMES.verdict(LAST): f"/{CONFIRMED}",
        NAMES.remark: "Sonst gut.",
    }
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=False)
    file = io.BytesIO()
    writer.write(file)
    filled = read(file.getvalue(), DOCUMENT)
    assert [(each.at, each.verdict, each.comment) for each in filled.given] == [
        (FIRST, DISPUTED, "Nicht ganz \U0001f424 שלום\nzweite Zeile"),
        (LAST, CONFIRMED, ""),
    ]
    assert filled.remark == "Sonst gut."


def test_the_last_box_clicked_is_the_one_that_counts(reader):
    for box in (0, 2, 1):
        reader.click(NAMES.verdict(FIRST), box)
    assert answers(reader.saved())[FIRST] == (CORRECTED, "")


def test_a_form_saved_twice_comes_back_right(reader):
    reader.click(NAMES.verdict(FIRST), 2)
    again = Reader(reader.saved())
    again.write(NAMES.comment(FIRST), "Nein.")
    assert answers(again.saved())[FIRST] == (DISPUTED, "Nein.")
    again.close()


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
@settings(max_examples=25, deadline=None)
def test_any_text_appended_by_a_reader_comes_back_right(blank_once, text):
    found = answers(appended(blank_once, NAMES.comment(FIRST), text))
    assert found[FIRST] == (None, text.replace("\u2028", "\n").replace("\u2029", "\n").strip())


@pytest.fixture(scope="module")
def blank_once():
    return pack(DOCUMENT, "rv-12", version="9.8.7")


def test_emoji_and_what_reads_from_right_to_left(blank):
    text = "Läuft \U0001f600 \U0001f469\u200d\U0001f4bb, مرحبا, שלום\r\nund weiter"
    assert answers(appended(blank, NAMES.comment(LAST), text))[LAST] == (None, text.replace("\r\n", "\n"))


# What readers do


@pytest.mark.parametrize("value", [pikepdf.Name("/disputed"), pikepdf.String("disputed")])
def test_a_verdict_is_a_name_or_a_string(blank, value):
    def change(_pdf, fields):
        fields[NAMES.verdict(FIRST)].V = value

    assert answers(by_hand(blank, change))[FIRST] == (DISPUTED, "")


def test_a_verdict_may_only_be_shown_by_its_box(blank):
    def change(_pdf, fields):
        group = fields[NAMES.verdict(FIRST)]
        del group.V
        group.Kids[1].AS = pikepdf.Name("/corrected")

    assert answers(by_hand(blank, change))[FIRST] == (CORRECTED, "")


def test_a_verdict_may_be_the_place_of_an_option(blank):
    def change(_pdf, fields):
        group = fields[NAMES.verdict(FIRST)]
        group.Opt = pikepdf.Array([pikepdf.String(each) for each in ("confirmed", "corrected", "disputed")])
        group.V = pikepdf.Name("/2")

    assert answers(by_hand(blank, change))[FIRST] == (DISPUTED, "")


def test_a_field_may_have_lost_what_it_looked_like(blank):
    def change(_pdf, fields):
        group = fields[NAMES.verdict(FIRST)]
        group.V = pikepdf.Name("/confirmed")
        for kid in group.Kids:
            del kid.AP
            del kid.AS
        del fields[NAMES.comment(FIRST)].AP
        fields[NAMES.comment(FIRST)].V = pikepdf.String("Yes.")

    assert answers(by_hand(blank, change))[FIRST] == (CONFIRMED, "Yes.")


def test_a_text_may_be_a_stream_and_tell_its_language(blank):
    def change(pdf, fields):
        written = "\x1ben\x1bIt \x07limps.\x1bde-DE\x1b"
        fields[NAMES.comment(FIRST)].V = pdf.make_stream(b"\xfe\xff" + written.encode("utf-16-be"))

    assert answers(by_hand(blank, change))[FIRST] == (None, "It limps.")


def test_fields_may_stand_below_others(blank):
    def change(pdf, fields):
        comment = fields[NAMES.comment(FIRST)]
        comment.V = pikepdf.String("Nested.")
        parent = pdf.make_indirect(pikepdf.Dictionary(Kids=pikepdf.Array([comment])))
        others = (each for each in fields.values() if each != comment)
        pdf.Root.AcroForm.Fields = pikepdf.Array([parent, *others])

    found = answers(by_hand(blank, change))
    assert found[FIRST] == (None, "Nested.")


def test_a_form_may_have_lost_the_field_that_nobody_sees(blank):
    def change(pdf, fields):
        fields[NAMES.verdict(FIRST)].V = pikepdf.Name("/confirmed")
        pdf.Root.AcroForm.Fields = pikepdf.Array([each for name, each in fields.items() if name != NAMES.form])

    assert answers(by_hand(blank, change))[FIRST] == (CONFIRMED, "")


def test_a_form_that_has_lost_boxes_says_so(blank):
    def change(pdf, fields):
        gone = {NAMES.verdict(FIRST), NAMES.comment(SECOND)}
        pdf.Root.AcroForm.Fields = pikepdf.Array([each for name, each in fields.items() if name not in gone])

    filled = read(by_hand(blank, change), DOCUMENT)
    assert filled.missing == 1
    assert filled.warning.startswith("The boxes of one result are not in the file: it was damaged or changed;")
    assert (read(blank, DOCUMENT).missing, read(blank, DOCUMENT).warning) == (0, "")
    assert replace(filled, missing=3).warning.startswith("The boxes of 3 results are not in the file")


def test_a_pack_is_known_again_though_a_case_was_removed(blank):
    def change(_pdf, fields):
        fields[NAMES.verdict(SECOND)].V = pikepdf.Name("/disputed")

    review = DOCUMENT.reviews[-1]
    left = replace(review, items=review.items[1:2])
    assert answers(by_hand(blank, change), replace(DOCUMENT, reviews=(left,))) == {SECOND: (DISPUTED, "")}


def test_of_several_reviews_the_one_whose_fields_they_are_is_meant(blank):
    other = Review(key="other", reviewer="p1", round="r1", sheet="7", items=DOCUMENT.reviews[-1].items)
    assert read(blank, prepared(other)).review == "rv-12"


# What is refused


def test_several_boxes_crossed(blank):
    def change(_pdf, fields):
        for kid, state in zip(fields[NAMES.verdict(FIRST)].Kids, ("confirmed", "corrected", "Off"), strict=True):
            kid.AS = pikepdf.Name(f"/{state}")

    assert "several boxes crossed" in refused(by_hand(blank, change))


def test_a_text_of_absurd_length(blank):
    assert "20,001 characters" in refused(appended(blank, NAMES.comment(FIRST), "x" * (LONGEST + 1)))


def test_a_form_of_another_study(blank):
    study = replace(DOCUMENT.study, id=uuid.UUID(int=7))
    assert "of another study" in refused(blank, replace(DOCUMENT, study=study))


def test_a_pack_whose_review_was_removed(blank):
    assert "review pack 12, but the study no longer has" in refused(blank, example())


def test_a_form_that_is_no_pack(blank):
    def change(_pdf, fields):
        for place, each in enumerate(fields.values()):
            each.T = pikepdf.String(f"name{place}")

    assert "no review pack" in refused(by_hand(blank, change))


@pytest.mark.parametrize("fields", [None, pikepdf.Array()])
def test_a_file_whose_fields_are_gone(blank, fields):
    def change(pdf, _fields):
        if fields is None:
            del pdf.Root.AcroForm
        else:
            pdf.Root.AcroForm.Fields = fields

    assert "no fields to read" in refused(by_hand(blank, change))


def test_another_kind_of_form(blank):
    def change(pdf, _fields):
        pdf.Root.AcroForm.XFA = pdf.make_stream(b"<xdp/>")

    assert "XFA" in refused(by_hand(blank, change))


def test_a_file_with_a_password(blank):
    with pikepdf.open(io.BytesIO(blank)) as pdf:
        file = io.BytesIO()
        pdf.save(file, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert "asks for a password" in refused(file.getvalue())


def test_a_file_that_only_its_owner_may_change_is_read(blank):
    with pikepdf.open(io.BytesIO(blank)) as pdf:
        file = io.BytesIO()
        pdf.save(file, encryption=pikepdf.Encryption(owner="o", user=""))
    assert read(file.getvalue(), DOCUMENT).given == ()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7\n", b"%PDF-1.7\ntrailer << /Root 1 0 R >>\n%%EOF"])
def test_what_is_no_pdf(content):
    assert "no PDF, or a damaged one" in refused(content)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_refused_or_read_and_never_anything_else(blank_once, data):
    content = bytearray(blank_once)
    for _ in range(data.draw(st.integers(1, 30))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    for tried in (bytes(content), bytes(content[:cut])):
        with contextlib.suppress(ReviewFormError):
            read(tried, DOCUMENT)


@pytest.mark.parametrize(
    "broken",
    [
        pikepdf.Array([1, pikepdf.String("x"), pikepdf.Name.X]),
        pikepdf.Dictionary(T=pikepdf.String("x")),
        pikepdf.String("x"),
        5,
    ],
)
def test_fields_that_are_none(blank, broken):
    def change(pdf, _fields):
        pdf.Root.AcroForm.Fields = broken

    assert refused(by_hand(blank, change))


def test_fields_below_themselves(blank):
    def change(pdf, fields):
        loop = pdf.make_indirect(pikepdf.Dictionary(T=pikepdf.String("x")))
        loop.Kids = pikepdf.Array([loop])
        pdf.Root.AcroForm.Fields = pikepdf.Array([loop, *fields.values()])

    assert answers(by_hand(blank, change))[FIRST] == (None, "")


def test_what_is_too_large_is_not_read():
    assert "larger than 32 MB" in refused(bytes(MOST_BYTES + 1))


def test_a_small_file_that_unpacks_to_a_huge_one_is_not_read(blank):
    packed = zlib.compress(bytes(MOST_UNPACKED + 1), 9)
    assert len(packed) < 200_000
    assert "unpacks to more than any form" in refused(blank + b"\n9 0 obj\n<<>>\nstream\n" + packed + b"\nendstream")


def test_a_file_is_read_from_its_place(blank, tmp_path):
    path = tmp_path / "back.pdf"
    with pytest.raises(ReviewFormError, match=r"^back\.pdf could not be read \(No such file or directory\)\.$"):
        read_file(path, DOCUMENT)
    path.write_bytes(blank)
    assert read_file(path, DOCUMENT).review == "rv-12"


def test_fields_tell_nothing_of_what_they_are_about(blank):
    with pikepdf.open(io.BytesIO(blank)) as pdf:
        names = [str(each.T) for each in pdf.Root.AcroForm.Fields]
    assert len(names) == len(set(names)) == 2 * 4 + 2
    assert all(re.fullmatch(r"r12-([0-9a-f]{12}-(verdict|comment)|remark|form)", each) for each in names)
    assert seal(DOCUMENT.study.id) not in str(DOCUMENT.study.id)
    other = Names(DOCUMENT.study.id, "13")
    assert other.verdict(FIRST)[4:] != NAMES.verdict(FIRST)[4:], "packs are not told to be about the same"
