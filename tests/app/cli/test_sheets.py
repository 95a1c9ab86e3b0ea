"""The command that prints sheets to write on: what is on them, their numbers, and what it refuses."""

import pypdfium2
import pytest

from app.actions.open_study import OpenStudy

PASSPHRASE = "correct horse battery"
NOT_SAVED = (
    'The sheet was not saved as "out.pdf": the folder does not exist. Nothing there was changed; choose another place.'
)


def sheet_numbers(path):
    with OpenStudy.open(path, PASSPHRASE, read_only=True) as study:
        return [(sheet.number, str(sheet.kind), sheet.source, sheet.case) for sheet in study.document.sheets]


def printed(path):
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def test_sheets_for_an_interview(run, study_path, tmp_path):
    ran = run("sheet", study_path, "-o", "out.pdf", "--interview", "i1")
    assert (ran.code, ran.out, ran.err) == (0, "Wrote out.pdf: interview sheet 2.\n", "")
    pages = printed(tmp_path / "out.pdf")
    assert "Sheet 2 · page 1 of" in pages[0]
    assert "Does it run?" in pages[0], "the interview's own guide"
    assert sheet_numbers(study_path)[1:] == [(2, "interview", "i1", None)]
    assert run("verify", study_path).out.startswith("study.fieldquill is sound: ")


def test_sheets_in_copies_each_with_a_number_in_one_action(run, study_path, tmp_path):
    ran = run("sheet", study_path, "-o", "out.pdf", "--guide", "g1", "--copies", 3, "--page", "letter")
    assert ran.out == "Wrote out.pdf: interview sheets 2 to 4.\n"
    firsts = [text for text in printed(tmp_path / "out.pdf") if "page 1 of" in text]
    assert [f"Sheet {n}" in text for n, text in enumerate(firsts, 2)] == [True, True, True]
    assert [number for number, *_ in sheet_numbers(study_path)] == [1, 2, 3, 4]
    with OpenStudy.open(study_path, PASSPHRASE) as study:
        assert study.undo_label == "Print interview sheets 2 to 4"
    assert run("sheet", study_path, "-o", "next.pdf").out == "Wrote next.pdf: interview sheet 5.\n"


def test_sheets_for_a_case(run, study_path, tmp_path):
    ran = run("sheet", study_path, "-o", "out.pdf", "--rubric", "--case", "c1")
    assert ran.out == "Wrote out.pdf: rubric sheet 2.\n"
    assert "Canary one" in printed(tmp_path / "out.pdf")[0]
    assert sheet_numbers(study_path)[1:] == [(2, "rubric", None, "c1")]


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (["--interview", "i9"], 'The study has no interview "i9".'),
        (["--guide", "g9"], 'The study has no guide "g9".'),
        (["--rubric", "--case", "c9"], 'The study has no case "c9".'),
        (
            ["-o", "none/out.pdf"],
            NOT_SAVED,
        ),
    ],
)
def test_sheets_that_are_refused_take_no_number(run, study_path, tmp_path, wanted, told):
    assert run("sheet", study_path, "-o", "out.pdf", *wanted).failed() == told
    assert not (tmp_path / "out.pdf").exists()
    assert run("sheet", study_path, "-o", "next.pdf").out == "Wrote next.pdf: interview sheet 2.\n"


def test_sheets_of_a_study_that_is_open_elsewhere_are_refused(run, study, study_path, tmp_path):
    told = run("sheet", study_path, "-o", "out.pdf").failed()
    assert told == "study.fieldquill is open for reading only, so nothing in it can be changed."
    assert not (tmp_path / "out.pdf").exists()
