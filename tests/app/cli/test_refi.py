"""Projects and codebooks from the command line: what would be lost is said first, and is for the user to accept."""

import pytest

from app.actions.open_study import OpenStudy
from app.exchange.demo import demo_document
from app.exchange.refi.codebook import read_qdc
from app.exchange.refi.project import read_qdpx, write_qdpx
from tests.app.exchange.refi.made import archive, guid, project, selection, source
from tests.documents import example

PASSPHRASE = "correct horse battery"
FINE = project(source(selection(4, 9, 100), content="The notes"))
PICTURES = f'<PictureSource guid="{guid(40)}"/><PictureSource guid="{guid(41)}"/><AudioSource guid="{guid(42)}"/>'


@pytest.fixture
def lossy(tmp_path):
    return archive(tmp_path / "theirs.qdpx", FINE.replace("</Sources>", f"{PICTURES}</Sources>"))


@pytest.fixture
def whole(tmp_path):
    return archive(tmp_path / "Whole.QDPX", FINE)


def document_of(path):
    with OpenStudy.open(path, PASSPHRASE, read_only=True) as study:
        return study.document


def test_a_project_makes_a_study(run, whole, tmp_path):
    ran = run("import", whole, "-o", tmp_path / "new.fieldquill")
    assert (ran.code, ran.out, ran.err) == (0, "Made new.fieldquill from Whole.QDPX.\n", "")
    document = document_of(tmp_path / "new.fieldquill")
    assert [passage.words for passage in document.passages] == ["notes"]
    assert run("verify", tmp_path / "new.fieldquill").code == 0


def test_a_project_goes_into_a_study(run, whole, study_path):
    ran = run("import", whole, "--into", study_path, "--round", "r2")
    assert ran.out == "Take in Whole.QDPX: 1 source, 1 coding. It is one step to undo in study.fieldquill.\n"
    assert document_of(study_path).sources[-1].round == "r2"
    assert run("verify", study_path).code == 0
    assert run("import", whole, "--into", study_path).failed() == "The study has all that is in Whole.QDPX already."


def test_what_would_be_lost_is_said_and_nothing_changes(run, lossy, study_path, tmp_path):
    before = study_path.read_bytes()
    for target in (["--into", study_path], ["-o", tmp_path / "new.fieldquill"]):
        ran = run("import", lossy, *target)
        assert ran.out == "theirs.qdpx holds what can't be carried over:\n  1 AudioSource\n  2 PictureSource\n"
        assert ran.failed() == (
            "Nothing was changed: not all of theirs.qdpx can be carried over; --accept-loss takes in the rest."
        )
    assert study_path.read_bytes() == before
    assert not (tmp_path / "new.fieldquill").exists()


def test_what_is_lost_can_be_accepted(run, lossy, study_path, tmp_path):
    into = run("import", lossy, "--into", study_path, "--accept-loss")
    assert (into.code, into.out.splitlines()[0]) == (0, "theirs.qdpx holds what can't be carried over:")
    assert document_of(study_path).sources[-1].title == "Interview"
    assert run("import", lossy, "-o", tmp_path / "new.fieldquill", "--accept-loss").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["a.qdpx"],
        ["a.qdpx", "-o", "a.fieldquill", "--into", "b.fieldquill"],
        ["a.json", "--into", "b.fieldquill"],
        ["a.qdpx", "-o", "a.fieldquill", "--round", "r1"],
    ],
    ids=" ".join,
)
def test_misuse(run, arguments, tmp_path):
    ran = run("import", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert list(tmp_path.iterdir()) == []


def test_a_study_is_written_as_a_project(run, study_path, tmp_path):
    ran = run("export", study_path, "-o", tmp_path / "out.qdpx")
    assert (ran.code, ran.out) == (0, "Wrote out.qdpx. It is not encrypted.\n")
    arrival = read_qdpx(tmp_path / "out.qdpx")
    assert len(arrival.sources) == len(example().sources)
    again = tmp_path / "again.qdpx"
    write_qdpx(document_of(study_path), again)
    assert again.read_bytes() == (tmp_path / "out.qdpx").read_bytes()


def test_codings_that_are_not_in_it_are_counted(run, study_path, tmp_path):
    from app.actions import notes

    with OpenStudy.open(study_path, PASSPHRASE) as study:
        study.do(notes.write, "i1", [notes.RemoveEntry("i1-1"), notes.RemoveEntry("i1-2")])
    ran = run("export", study_path, "-o", tmp_path / "out.qdpx")
    assert ran.out.splitlines() == [
        "1 coding is not in it: the passages have lost their words.",
        "Wrote out.qdpx. It is not encrypted.",
    ]


def test_a_study_s_codes_are_written_as_a_codebook(run, study_path, tmp_path):
    ran = run("export", study_path, "-o", tmp_path / "out.qdc")
    assert (ran.code, ran.out) == (0, "Wrote out.qdc. It is not encrypted.\n")
    codes, _ = read_qdc(tmp_path / "out.qdc")
    assert sorted(code.name for code in codes) == ["Monitoring", "Tools"]


def test_autocorp_goes_there_and_back(run, tmp_path, monkeypatch):
    write_qdpx(demo_document(), tmp_path / "autocorp.qdpx")
    assert run("import", tmp_path / "autocorp.qdpx", "-o", tmp_path / "back.fieldquill").code == 0
    assert len(document_of(tmp_path / "back.fieldquill").codings) == 315
