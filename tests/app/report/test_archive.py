"""What makes a PDF one to keep, and what keeps it from calling itself one."""

import io

import pikepdf
import pikepdf.pdfa
import pytest
from pikepdf import Array, Dictionary, Name, String

from app.report import archive_checks
from app.report.archive import archived, srgb, xmp
from app.report.archive_checks import CHECKS, described, problems
from app.report.build import make_report
from app.report.protect import protect


@pytest.fixture(scope="module")
def plain(snapshot):
    return make_report(snapshot).content


@pytest.fixture(scope="module")
def kept(plain):
    return archived(plain)


def opened(content):
    return pikepdf.open(io.BytesIO(content))


def test_it_claims_what_it_keeps(kept):
    with opened(kept) as pdf:
        assert problems(pdf) == []
        packet = pdf.Root.Metadata.read_bytes().decode()
        assert "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>" in packet
        assert "Date" not in packet
        assert "/Filter" not in pdf.Root.Metadata
        assert str(pdf.Root.Lang) == "en"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        (intent,) = pdf.Root.OutputIntents
        assert intent.DestOutputProfile.read_bytes() == srgb()
        assert len(pdf.trailer.ID) == 2
        assert pdf.pdf_version == "1.7"
        with pdf.open_outline() as outline:
            assert outline.root
    told = described(packet.encode())
    assert told["/Title"] == "MLOps maturity at AutoCorp"
    assert told["/Creator"] == "Fieldquill 9.8.7"


def test_the_colours_it_means_say_neither_when_nor_on_what_system_they_were_made():
    assert srgb()[24:26] == (1980).to_bytes(2)
    assert srgb()[40:44] == bytes(4)


def findings(content):
    """List what the validator of pikepdf holds against a file: it approves of nothing it does not know."""
    report = pikepdf.pdfa.validate_written(io.BytesIO(content), "2b")
    return sorted({finding.rule for finding in report.findings})


def test_a_validator_approves(kept):
    assert findings(kept) == []


def test_the_validator_refuses_what_we_refuse(plain, kept):
    assert "pikepdf:output-intent" in findings(plain)
    with opened(kept) as pdf:
        pdf.Root.OCProperties = Dictionary()
        changed = io.BytesIO()
        pdf.save(changed)
    assert findings(changed.getvalue())


def test_without_a_claim_all_else_is_the_same(plain):
    with opened(archived(plain, claim=False)) as pdf:
        packet = pdf.Root.Metadata.read_bytes()
        assert b"pdfaid:part" not in packet
        assert described(packet)["/Title"]
        assert "/OutputIntents" in pdf.Root


def test_it_is_the_same_bytes(plain, kept):
    assert archived(plain) == kept


def test_as_it_is_set_it_would_not_do(plain):
    with opened(plain) as pdf:
        found = problems(pdf)
    assert "its colours have no output intent" in found
    assert "it has no metadata" in found
    assert "something on a page is not printed" in found


def font(pdf):
    return next(each for each in pdf.objects if isinstance(each, Dictionary) and each.get("/Type") == "/Font")


def no_font_file(pdf):
    del font(pdf).FontDescriptor["/FontFile2"]


def encoding(pdf):
    font(pdf).FontDescriptor.Flags = 4
    font(pdf).Encoding = Name.WinAnsiEncoding


def script(pdf):
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def script_names(pdf):
    pdf.Root.Names = Dictionary(JavaScript=Dictionary())


def link(pdf):
    return next(page.Annots[0] for page in pdf.pages if "/Annots" in page)


def address(pdf):
    link(pdf).A = Dictionary(S=Name.URI, URI=String("http://example.test"))


def form(pdf):
    pdf.Root.AcroForm = Dictionary(NeedAppearances=True)


def attachment(pdf):
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary())


def elsewhere(pdf):
    stream = pdf.make_stream(b"", {"/F": String("other.pdf")})
    pdf.Root.Other = stream


def layers(pdf):
    pdf.Root.OCProperties = Dictionary()


def see_through(pdf):
    del pdf.Root["/OutputIntents"]
    pdf.pages[0].Group = Dictionary(S=Name.Transparency)


def blended(pdf):
    pdf.Root.Other = pdf.make_indirect(Dictionary(BM=Name.Unheard))


def inks(pdf):
    pdf.pages[0].Contents = pdf.make_stream(b"0 0 0 1 k 0 0 9 9 re f\n")


def inked_picture(pdf):
    pdf.Root.Other = pdf.make_stream(b"", {"/Subtype": Name.Image, "/ColorSpace": Name.DeviceCMYK})


def hidden(pdf):
    link(pdf).F = 4 | 2


def without_looks(pdf):
    link(pdf).Subtype = Name.Square


def other_title(pdf):
    pdf.docinfo["/Title"] = "Another"


def lzw(pdf):
    pdf.Root.Other = pdf.make_stream(b"", {"/Filter": Array([Name.LZWDecode])})


BROKEN = {
    no_font_file: "a font is not embedded",
    encoding: "a symbolic font has an encoding",
    script: "it has a script",
    script_names: "it has a script",
    address: "it starts something outside itself",
    form: "its form has no look of its own",
    attachment: "it has a file attached",
    elsewhere: "part of it is in another file",
    layers: "it has layers",
    see_through: "something is seen through without a colour space to blend in",
    blended: "something is blended in a way that is not allowed",
    inks: "it has colours for four inks",
    inked_picture: "it has a picture for four inks",
    hidden: "something on a page is not printed",
    without_looks: "something on a page has no look of its own",
    other_title: "its metadata and its information differ",
    lzw: "it is compressed in a way that is not allowed",
}


@pytest.mark.parametrize("break_it", BROKEN, ids=lambda each: each.__name__)
def test_each_rule_is_checked(kept, break_it):
    with opened(kept) as pdf:
        break_it(pdf)
        assert BROKEN[break_it] in problems(pdf)


def test_words_are_not_taken_for_inks(kept):
    with opened(kept) as pdf:
        pdf.pages[0].Contents = pdf.make_stream(b"0 0 0 rg BT (10 k images, k and K ) Tj ET\n")
        assert problems(pdf) == []
        pdf.pages[0].Contents = pdf.make_stream(b"0 .5 0\n1.0 K\n0 0 9 9 re S\n")
        assert problems(pdf) == [BROKEN[inks]]


def test_a_file_that_breaks_a_rule_claims_nothing(plain):
    file = io.BytesIO()
    with opened(plain) as pdf:
        pdf.Root.OCProperties = Dictionary()
        pdf.save(file)
    with opened(archived(file.getvalue())) as pdf:
        assert b"pdfaid:part" not in pdf.Root.Metadata.read_bytes()


def test_a_protected_file_is_told_so(kept):
    with pikepdf.open(io.BytesIO(protect(kept, "open it")), password="open it") as pdf:
        assert "it is encrypted" in problems(pdf)


def test_every_check_says_which_clause(plain):
    assert [check for check in CHECKS if not (check.__doc__ or "")[:3].startswith("6.")] == []
    assert archive_checks.PROPERTIES.keys() >= {"/Title", "/Author", "/Subject", "/Creator", "/Producer"}


def test_markup_in_a_title_is_words():
    packet = xmp({"/Title": "<b> & </rdf:li>", "/Author": ""}, "en", claim=True)
    assert described(packet) == {"/Title": "<b> & </rdf:li>"}
