"""The review commands: a pack out, a filled pack in, a read-back sheet; and nothing kept when one is refused."""

import shutil

import pypdfium2
import pytest
from click.testing import CliRunner

from app.actions.open_study import OpenStudy
from app.cli.main import cli
from app.errors import FieldquillError
from app.exchange.review_fields import Names
from app.model.assessment import ReviewVerdict
from app.model.source import SheetKind
from tests.app.cli.conftest import PASSPHRASE
from tests.pdf_reader import Reader


@pytest.fixture
def run(monkeypatch, quick_keys, tmp_path):
    monkeypatch.setenv("FIELDQUILL_PASSPHRASE", PASSPHRASE)
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(cli, ["review", *map(str, arguments)])


@pytest.fixture
def study_path(quick_template, tmp_path):
    return shutil.copyfile(quick_template, tmp_path / "study.fieldquill")


@pytest.fixture
def document_of():
    def read(path):
        with OpenStudy.open(path, PASSPHRASE, read_only=True) as study:
            return study.document

    return read


def sentence(ran):
    assert isinstance(ran.exception, FieldquillError)
    return ran.exception.sentence


def fill_in(path, document, says):
    """Fill in the pack of the last review with a reader, in its place."""
    review = document.reviews[-1]
    names = Names(document.study.id, review.sheet)
    reader = Reader(path.read_bytes())
    for (box, comment), item in zip(says, review.items, strict=False):
        at = next(at for at in names.places(review).values() if (at.principle, at.case) == (item.principle, item.case))
        reader.click(names.verdict(at), box)
        if comment:
            reader.write(names.comment(at), comment)
    reader.write(names.remark, "Danke.")
    path.write_bytes(reader.saved())
    reader.close()


def test_a_pack_goes_out_and_comes_back(run, study_path, tmp_path, document_of):
    ran = run("prepare", study_path, "--reviewer", "p2", "--case", "c1", "--by", "Friday", "-o", "pack.pdf")
    assert ran.output == "Wrote pack.pdf: review pack 2, 2 results to review.\n"
    review = document_of(study_path).reviews[-1]
    assert (review.reviewer, review.round, review.sheet, len(review.items)) == ("p2", "r1", "2", 2)
    fill_in(tmp_path / "pack.pdf", document_of(study_path), [(0, ""), (2, "Es gibt einen Alarm.\r\nSeit März.")])
    ran = run("read", study_path, "pack.pdf")
    assert ran.output.splitlines() == [
        "Took in pack.pdf, review pack 2 by P2; 2 results: 1 confirmed · 1 disputed · 1 open.",
        "  Canary one, Second: disputed. Es gibt einen Alarm. Seit März.",
    ]
    review = document_of(study_path).reviews[-1]
    assert [each.verdict for each in review.items] == [ReviewVerdict.CONFIRMED, ReviewVerdict.DISPUTED]
    assert review.items[1].comment == "Es gibt einen Alarm.\nSeit März."
    assert review.remark == "Danke."
    assert run("read", study_path, "pack.pdf").output.startswith("Nothing new in pack.pdf, review pack 2")


@pytest.mark.parametrize(
    ("option", "typed", "says"), [("--back-by", "2022-12-05", "5 Dec 2022"), ("--by", "Friday", "Friday")]
)
def test_the_day_it_is_to_be_back_by_is_printed(run, study_path, tmp_path, option, typed, says):
    run("prepare", study_path, "--reviewer", "p2", "--case", "c1", option, typed, "-o", "pack.pdf")
    with pypdfium2.PdfDocument(tmp_path / "pack.pdf") as pdf:
        assert says in pdf[0].get_textpage().get_text_bounded()


def test_all_cases_of_the_round_are_reviewed_by_default(run, study_path, document_of):
    ran = run("prepare", study_path, "--reviewer", "p1", "--round", "r1", "--rubric", "small", "-o", "pack.pdf")
    assert ran.output == "Wrote pack.pdf: review pack 2, 4 results to review.\n"
    sheet = document_of(study_path).sheets[-1]
    assert (sheet.kind, sheet.number, sheet.participant) == (SheetKind.REVIEW, 2, "p1")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--reviewer", "p9"], 'Nothing was written: the study has no participant "p9"; its participants: p1 and p2.'),
        (["--reviewer", "p1", "--case", "c9"], 'no case "c9"'),
        (["--reviewer", "p1", "--round", "r9"], 'no round "r9"'),
        (["--reviewer", "p1", "--rubric", "x"], 'no rubric "x"'),
        (["--reviewer", "p1", "--round", "r2"], "nothing to review yet"),
        (["--reviewer", "p1", "--profile", "x"], 'no profile "x"'),
    ],
)
def test_what_is_not_prepared_leaves_the_study_as_it_was(run, study_path, document_of, tmp_path, more, says):
    before = document_of(study_path)
    assert says in sentence(run("prepare", study_path, "-o", "pack.pdf", *more))
    assert document_of(study_path) == before
    assert not (tmp_path / "pack.pdf").exists()


def test_a_pack_that_would_tell_a_name_is_not_written(run, study_path, document_of, tmp_path):
    before = document_of(study_path)
    ran = run("prepare", study_path, "--reviewer", "p1", "-o", "Canary Person.pdf")
    assert sentence(ran).startswith(
        "Nothing was written: at 1 place the review pack would tell what its profile keeps inside"
    )
    assert document_of(study_path) == before
    assert not list(tmp_path.glob("*.pdf"))


def test_a_pack_that_can_not_be_saved_takes_no_number(run, study_path, document_of):
    before = document_of(study_path)
    assert "folder does not exist" in sentence(run("prepare", study_path, "--reviewer", "p1", "-o", "no/pack.pdf"))
    assert document_of(study_path) == before


def test_what_is_no_pack_is_not_taken_in(run, study_path, tmp_path, document_of):
    before = document_of(study_path)
    (tmp_path / "x.pdf").write_text("x")
    assert sentence(run("read", study_path, "x.pdf")).startswith("x.pdf is no PDF")
    assert sentence(run("read", study_path, "gone.pdf")) == "gone.pdf could not be read (No such file or directory)."
    assert document_of(study_path) == before


def test_a_read_back_sheet_has_a_number_of_its_own(run, study_path, tmp_path, document_of):
    ran = run("read-back", study_path, "--interview", "i1", "--participant", "p1", "-o", "back.pdf")
    assert ran.output == "Wrote back.pdf: read-back sheet 2.\n"
    sheet = document_of(study_path).sheets[-1]
    assert (sheet.kind, sheet.number, sheet.source, sheet.participant) == (SheetKind.READ_BACK, 2, "i1", "p1")
    assert (tmp_path / "back.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("interview", "participant", "says"),
    [("i9", "p1", 'no interview "i9"'), ("i1", "p9", 'no participant "p9"'), ("i1", "p2", "nothing to read back")],
)
def test_a_sheet_that_can_not_be_set_takes_no_number(run, study_path, document_of, interview, participant, says):
    before = document_of(study_path)
    ran = run("read-back", study_path, "--interview", interview, "--participant", participant, "-o", "back.pdf")
    assert says in sentence(ran)
    assert document_of(study_path) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["prepare", "a.fieldquill", "-o", "a.pdf"],
        ["prepare", "a.fieldquill", "--reviewer", "p1"],
        ["prepare", "a.fieldquill", "--reviewer", "p1", "-o", "b.fieldquill"],
        ["read", "a.fieldquill"],
        ["read-back", "a.fieldquill", "--interview", "i1", "-o", "a.pdf"],
        ["read-back", "a.fieldquill", "--interview", "i1", "--participant", "p1", "-o", "b.fieldquill"],
    ],
)
def test_misuse(run, arguments):
    assert run(*arguments).exit_code == 2
