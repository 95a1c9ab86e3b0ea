"""The commands `report` and `leaks`: what is set up otherwise, what is written, and what is said where names leak."""

import json

import msgspec
import pikepdf
import pytest

from app.actions.create import import_document
from app.actions.open_study import OpenStudy
from app.actions.setting import change_report_setup
from app.model.disclosure import NameKind, Paper, Pseudonym, ReportSetup, Stage
from app.report.contents import PARTS, choice
from tests.documents import example

PASSPHRASE = "correct horse battery"


@pytest.fixture
def asked(monkeypatch):
    """What a release was asked for, none of it done."""
    found = {}

    def release(document, setup, path, **more):
        found.update(document=document, setup=setup, path=path, **more)
        return (path,)

    monkeypatch.setattr("app.cli.report.release", release)
    return found


@pytest.fixture
def leaking(tmp_path):
    """A study whose report for clients would print a name that stays inside: it stands in the file's marking."""
    document = example()
    names = (*document.pseudonyms, Pseudonym(key="n9", kind=NameKind.PERSON, name="Zacharias Quill", instead=""))
    path = tmp_path / "leaking.fieldquill"
    import_document(path, PASSPHRASE, msgspec.structs.replace(document, pseudonyms=names))
    return path


def test_what_is_not_given_is_as_the_study_had_it(run, study_path, asked):
    usual = ReportSetup(paper=Paper.LETTER, stage=Stage.FINAL, version="3", recipient="A", copies=2, watermark="W")
    with OpenStudy.open(study_path, PASSPHRASE) as study:
        study.do(change_report_setup, usual)
    assert run("report", study_path, "-o", "out.pdf").code == 0
    assert asked["setup"] == usual
    assert asked["passphrase"] == ""
    assert asked["audit"].digest


def test_each_option_sets_it_up(run, study_path, asked, tmp_path):
    (tmp_path / "secret").write_text("open it\nnot this")
    options = ["--profile", "client", "--paper", "letter", "--final", "--report-version", "1.2", "--recipient", "Board"]
    options += ["--copies", "3", "--watermark", "Not yet", "--protect-with", "secret", "--sections", "method, summary"]
    ran = run("report", study_path, "-o", "out.pdf", *options)
    assert (ran.code, ran.out, ran.err) == (0, "Wrote out.pdf.\n", "")
    setup = asked["setup"]
    assert msgspec.structs.replace(setup, sections="") == ReportSetup(
        profile="client",
        paper=Paper.LETTER,
        stage=Stage.FINAL,
        version="1.2",
        recipient="Board",
        copies=3,
        watermark="Not yet",
        protected=True,
    )
    assert [chosen.part.name for chosen in choice(setup.sections) if chosen.shown] == ["method", "summary"]
    assert asked["passphrase"] == "open it"
    assert asked["audit"] is None, "the trail is not read where it is not printed"


def test_all_sections_come_back_with_an_empty_choice(run, study_path, asked):
    run("report", study_path, "-o", "out.pdf", "--sections", "")
    assert asked["setup"].sections == ""


def test_a_final_report_becomes_a_draft_again(run, study_path, asked):
    with OpenStudy.open(study_path, PASSPHRASE) as study:
        study.do(change_report_setup, ReportSetup(stage=Stage.FINAL))
    run("report", study_path, "-o", "out.pdf", "--draft")
    assert asked["setup"].stage is Stage.DRAFT


def test_an_unknown_section_is_named_with_those_there_are(run, study_path, tmp_path):
    ran = run("report", study_path, "-o", "out.pdf", "--sections", "summary,nonsense")
    assert ran.code == 2
    assert f'There is no section "nonsense"; there are {PARTS[0].name}, ' in " ".join(ran.err.split())
    assert not (tmp_path / "out.pdf").exists()


def test_an_empty_passphrase_protects_nothing(run, study_path, tmp_path):
    (tmp_path / "secret").write_text("\n")
    ran = run("report", study_path, "-o", "out.pdf", "--protect-with", "secret")
    assert ran.code == 2
    assert "secret holds no passphrase." in ran.err
    assert not (tmp_path / "out.pdf").exists()


@pytest.mark.parametrize("name", ["out.pdf", "out.docx", "out.xlsx", "out.csv"])
def test_every_format_is_written(run, study_path, tmp_path, name):
    ran = run("report", study_path, "-o", name, "--copies", 1)
    written = "out-tables/" if name == "out.csv" else name
    assert (ran.code, ran.out, ran.err) == (0, f"Wrote {written}.\n", "")
    assert (tmp_path / written).exists()


def test_copies_are_written_and_named(run, study_path, tmp_path):
    ran = run("report", study_path, "-o", "out.xlsx", "--copies", 2)
    assert ran.out == "Wrote out-copy-1.xlsx.\nWrote out-copy-2.xlsx.\n"


def test_a_protected_report_asks(run, study_path, tmp_path):
    (tmp_path / "secret").write_text("open it\n")
    assert run("report", study_path, "-o", "out.pdf", "--protect-with", "secret", "--copies", 1).code == 0
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(tmp_path / "out.pdf")
    pikepdf.open(tmp_path / "out.pdf", password="open it").close()


def test_protection_the_study_had_is_asked_for_or_waived(run, study_path, tmp_path):
    with OpenStudy.open(study_path, PASSPHRASE) as study:
        study.do(change_report_setup, ReportSetup(protected=True))
    ran = run("report", study_path, "-o", "out.pdf")
    assert ran.err == "Nothing was written: the report is to be protected, and no passphrase was given.\n"
    assert run("report", study_path, "-o", "out.docx", "--unprotected").code == 0
    ran = run("report", study_path, "-o", "out.pdf", "--unprotected", "--protect-with", "secret")
    assert ran.code == 2
    assert "either --protect-with or --unprotected" in " ".join(ran.err.split())


def test_an_unknown_ending_is_refused(run, study_path, tmp_path):
    ran = run("report", study_path, "-o", "out.odt")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        'Nothing was written: "out.odt" says no format; name a file that ends in .pdf, .docx, .xlsx or .csv.\n'
    )


# Leaks


def test_a_leak_stops_it_and_is_told_by_place_alone(run, leaking, tmp_path):
    ran = run("report", leaking, "-o", "zacharias-quill.pdf", "--profile", "client")
    assert (ran.code, ran.out) == (1, "")
    *listed, last = ran.err.splitlines()
    assert "File name, name" in listed
    assert last.startswith("Nothing was written: at ")
    assert "uill" not in ran.err
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".pdf"] == []


def test_its_words_are_told_where_they_are_asked_for(run, leaking):
    ran = run("report", leaking, "-o", "zacharias-quill.pdf", "--profile", "client", "--show-leaks")
    assert "File name, name: zacharias-quill" in ran.err.splitlines()


def test_leaks_are_listed_with_their_words(run, tmp_path):
    document = example()
    study = msgspec.structs.replace(document.study, title="How Zacharias Quill works")
    names = (Pseudonym(key="n9", kind=NameKind.OTHER, name="MLOps Canary", instead=""),)
    path = tmp_path / "a.fieldquill"
    allowed = msgspec.structs.replace(document, study=study, pseudonyms=names)
    import_document(path, PASSPHRASE, allowed)
    ran = run("leaks", path, "--profile", "internal")
    assert ran.code == 0
    told = run("leaks", path, "--profile", "client", "--json")
    assert isinstance(json.loads(told.out), list)


def test_an_open_leak_fails_for_others_alone(run, leaking, monkeypatch):
    from app.disclosure.check import Leak, LeakKind

    found = (
        Leak("Quill", LeakKind.NAME, "Zacharias Quill", "n9", 3, "2 Method", "said ", " himself"),
        Leak("q@quill.test", LeakKind.EMAIL, "", "", 0, "Title of the file", "", "", "It is on their website"),
    )
    monkeypatch.setattr("app.cli.report.leaks", lambda *_, **__: found)
    ran = run("leaks", leaking, "--profile", "client")
    assert ran.code == 1
    assert ran.out == "Page 3, name: Quill\nTitle of the file, email: q@quill.test (allowed: It is on their website)\n"
    assert ran.err == "1 leak is open: no report for others can be written.\n"
    assert run("leaks", leaking, "--profile", "internal").code == 0
    (first, second) = json.loads(run("leaks", leaking, "--profile", "client", "--json").out)
    assert first == {
        "page": 3,
        "place": "2 Method",
        "kind": "name",
        "text": "Quill",
        "name": "Zacharias Quill",
        "allowed": "",
    }
    assert second["allowed"] == "It is on their website"
