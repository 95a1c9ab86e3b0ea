"""The gate through which a report leaves: nothing is written while something would leak, all copies or none."""

import io
import zipfile

import msgspec
import pikepdf
import pytest
from pikepdf import Dictionary, Name

from app.disclosure.check import LeakKind
from app.disclosure.profiles import UnknownProfileError
from app.model.disclosure import Allowance, NameKind, Pseudonym, ReportSetup, Stage
from app.model.setting import Case
from app.report import release as gate
from app.report.contents import PARTS
from app.report.release import (
    FORMATS,
    CancelledError,
    LeaksError,
    ReportFormatError,
    free_path,
    leaks,
    place_words,
    printable,
    release,
)
from app.report.reread import INSIDE, csv_strings, office_strings, pdf_strings
from app.report.save import ReportNotSavedError

CLIENT = ReportSetup(profile="client")
BRIEF = " ".join(f"{'' if part.name == 'summary' else '-'}{part.name}" for part in PARTS)
NAMES = [f"out{suffix}" for suffix in FORMATS]
PERSON = "Zacharias Canary"


def brief(**more):
    """A report of its summary alone."""
    return ReportSetup(sections=BRIEF, **more)


def written(folder):
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())


@pytest.fixture
def clean(study):
    """A study whose assessors are not called what they are."""
    names = ("Ada Byron", "Konrad Vogelsang")
    people = [msgspec.structs.replace(each, name=name) for each, name in zip(study.assessors, names, strict=True)]
    return msgspec.structs.replace(study, assessors=tuple(people))


@pytest.fixture
def leaking(clean):
    """A study in which somebody's name stands where no profile drops it: in a finding."""
    finding = msgspec.structs.replace(clean.findings[0], text=f"Only {PERSON.upper()} knows how")
    return msgspec.structs.replace(clean, findings=(finding, *clean.findings[1:]))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("profile", ["internal", "client"])
def test_each_format_is_written(clean, tmp_path, name, profile):
    made = release(clean, ReportSetup(profile=profile), tmp_path / name, version="1")
    assert sorted(path.relative_to(tmp_path).as_posix() for path in made) == written(tmp_path)
    assert all(path.stat().st_size for path in made)
    assert (name == "out.csv") == (tmp_path / "out-tables").is_dir()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("profile", ["client", "anonymised"])
def test_the_demonstration_leaves_without_a_false_alarm(autocorp, tmp_path, name, profile):
    release(autocorp, ReportSetup(profile=profile), tmp_path / name, version="1")
    assert written(tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_written_while_a_name_would_leak(leaking, tmp_path, name, monkeypatch):
    monkeypatch.setattr("app.report.snapshot.disclose", lambda document, _profile: document)
    with pytest.raises(LeaksError) as stopped:
        release(leaking, CLIENT, tmp_path / name, version="1")
    assert written(tmp_path) == []
    assert list(tmp_path.iterdir()) == []
    told = stopped.value.sentence
    assert told.startswith("Nothing was written: at ")
    assert "Canary" not in told
    assert "CANARY" not in told
    assert "CANARY" in {word for leak in stopped.value.leaks for word in leak.text.split()}


def test_the_internal_report_is_written_whatever_it_tells(leaking, tmp_path):
    release(leaking, brief(), tmp_path / "out.pdf", version="1")
    assert written(tmp_path) == ["out.pdf"]


def test_a_file_name_tells_too(clean, tmp_path):
    with pytest.raises(LeaksError, match="file name"):
        release(clean, brief(profile="client"), tmp_path / "for-zacharias-canary.pdf", version="1")
    assert written(tmp_path) == []


def test_what_was_allowed_may_leave(clean, tmp_path):
    allowance = Allowance(profile="client", text="zacharias-canary", reason="He asked for it")
    allowed = msgspec.structs.replace(clean, allowances=(allowance,))
    release(allowed, brief(profile="client"), tmp_path / "for-zacharias-canary.pdf", version="1")
    assert written(tmp_path) == ["for-zacharias-canary.pdf"]


def test_leaks_are_found_without_writing(leaking, monkeypatch):
    monkeypatch.setattr("app.report.snapshot.disclose", lambda document, _profile: document)
    found = leaks(leaking, CLIENT, version="1")
    assert {leak.kind for leak in found} >= {LeakKind.NAME}
    assert all(leak.page for leak in found if "CANARY" in leak.text)


def test_three_places_are_named(leaking, monkeypatch):
    monkeypatch.setattr("app.report.snapshot.disclose", lambda document, _profile: document)
    found = leaks(leaking, CLIENT, version="1")
    one = found[:1]
    assert LeaksError(one).sentence == (
        f"Nothing was written: at 1 place the report would tell what its profile keeps inside ({place_words(one[0])}); "
        "replace, cut or allow each, then try again."
    )
    named = LeaksError((one[0]._replace(page=0, place="File name"),))
    assert named.sentence.endswith("inside (file name); give the file another name, then try again.")
    four = tuple(one[0]._replace(page=page) for page in (2, 3, 5, 7))
    assert "at 4 places" in LeaksError(four).sentence
    assert "page 2, page 3, page 5 and elsewhere);" in LeaksError(four).sentence
    assert place_words(one[0]._replace(page=0, place="Title of the file")) == "title of the file"


# What is read again once it is finished


def test_the_finished_pdf_is_read_again(clean, tmp_path, monkeypatch):
    def tampered(content, *, claim):
        file = io.BytesIO()
        with pikepdf.open(io.BytesIO(content)) as pdf:
            pdf.docinfo["/Keywords"] = PERSON
            pdf.save(file)
        return file.getvalue()

    monkeypatch.setattr("app.report.archive.archived", tampered)
    for more, passphrase in ({}, ""), ({"protected": True}, "open it"):
        with pytest.raises(LeaksError, match="keywords of the file"):
            release(clean, brief(profile="client", **more), tmp_path / "out.pdf", version="1", passphrase=passphrase)
    assert written(tmp_path) == []
    with pytest.raises(LeaksError, match="keywords of the file"):
        printable(clean, brief(profile="client"), 1, version="1", name="Report")


def test_what_is_printed_is_what_would_be_written(clean, tmp_path):
    setup = brief(profile="client", copies=2)
    (first, second) = release(clean, setup, tmp_path / "out.pdf", version="1")
    for copy, path in enumerate((first, second), 1):
        assert printable(clean, setup, copy, version="1", name="Report") == path.read_bytes()
    with pytest.raises(LeaksError, match="file name"):
        printable(clean, setup, 1, version="1", name=PERSON)


def test_a_key_made_of_a_name_may_not_stand_in_the_file(clean, tmp_path, monkeypatch):
    keyed = msgspec.structs.replace(clean, cases=(*clean.cases, Case(key="pressing-shop", name="Four")))

    def tampered(content, *, claim):
        file = io.BytesIO()
        with pikepdf.open(io.BytesIO(content)) as pdf:
            pdf.Root.Dests = Dictionary({"/next-pressing-shop": Name.Fit})
            pdf.save(file)
        return file.getvalue()

    release(keyed, brief(profile="client"), tmp_path / "out.pdf", version="1")
    monkeypatch.setattr("app.report.archive.archived", tampered)
    with pytest.raises(LeaksError, match="inside the file") as stopped:
        release(keyed, brief(profile="client"), tmp_path / "other.pdf", version="1")
    assert [leak.text for leak in stopped.value.leaks] == ["next-pressing-shop"]
    assert written(tmp_path) == ["out.pdf"]


def test_everything_in_a_pdf_is_read(study):
    from app.report.archive import archived
    from tests.reports import build_report

    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(archived(build_report(study, version="1")))) as pdf:
        pdf.Root.Names = Dictionary(Dests=Dictionary(Names=pikepdf.Array([pikepdf.String("a place"), Name.Fit])))
        next(page.Annots[0] for page in pdf.pages if "/Annots" in page).Contents = pikepdf.String("a note")
        pdf.save(file)
    printed = list(pdf_strings(file.getvalue()))
    places = {each.place for each in printed}
    assert {"Page", "Bookmark", "Title of the file", "Title in the metadata", "Inside the file"} <= places
    assert {each.text for each in printed if each.place == "Inside the file"} >= {"a place", "a note"}
    assert [each.page for each in printed if each.place == "Page"][:2] == [1, 2]


def test_everything_in_the_other_formats_is_read(clean, tmp_path):
    release(clean, ReportSetup(recipient="The board"), tmp_path / "out.docx", version="9.8.7")
    release(clean, ReportSetup(recipient="The board"), tmp_path / "out.xlsx", version="9.8.7")
    files = release(clean, ReportSetup(recipient="The board"), tmp_path / "out.csv", version="9.8.7")
    word = {each.text for each in office_strings((tmp_path / "out.docx").read_bytes())}
    book = {each.text for each in office_strings((tmp_path / "out.xlsx").read_bytes())}
    plain = {each.text for path in files for each in csv_strings(path.read_bytes())}
    for found in (word, book):
        assert "MLOps at Example Works" in found
        assert "Fieldquill 9.8.7" in found
    assert "The board" in book
    assert "The board" in plain
    assert any("For The board" in text for text in word), "the foot of every page"
    assert "Automated training, manual deployment" in word & book & plain
    assert "3 Data collection" in book, "the name of a sheet"


# Copies, protection, progress


def test_copies_are_numbered(clean, tmp_path):
    made = release(clean, brief(copies=3, stage=Stage.FINAL), tmp_path / "out.docx", version="1")
    assert [path.name for path in made] == ["out-copy-1.docx", "out-copy-2.docx", "out-copy-3.docx"]
    for number, path in enumerate(made, 1):
        assert any(f"Copy {number} of 3" in each.text for each in office_strings(path.read_bytes()))


@pytest.mark.parametrize(
    ("there", "name", "free"),
    [
        ((), "report.pdf", "report.pdf"),
        (("report.docx", "report-old.pdf"), "report.pdf", "report.pdf"),
        (("report.pdf",), "report.pdf", "report-2.pdf"),
        (("report.pdf", "report-2.pdf", "report-4.pdf"), "report.pdf", "report-3.pdf"),
        (("report-copy-1.docx", "report-copy-2.docx"), "report.docx", "report-2.docx"),
        (("report-tables", "report-2-copy-1-tables"), "report.csv", "report-3.csv"),
    ],
)
def test_a_report_that_is_there_keeps_its_name(tmp_path, there, name, free):
    for each in there:
        (tmp_path / each).touch()
    assert free_path(tmp_path / name) == tmp_path / free


def test_where_nothing_can_be_read_a_name_is_free(tmp_path):
    assert free_path(tmp_path / "none" / "report.pdf").name == "report.pdf"


def test_copies_are_all_or_none(clean, tmp_path):
    (tmp_path / "out-copy-2.xlsx").mkdir()
    with pytest.raises(ReportNotSavedError, match="there is a folder of that name"):
        release(clean, brief(copies=2), tmp_path / "out.xlsx", version="1")
    assert written(tmp_path) == []


def test_a_protected_pdf_asks_for_the_passphrase(clean, tmp_path):
    setup = brief(profile="client", protected=True)
    (path,) = release(clean, setup, tmp_path / "out.PDF", version="1", passphrase="o\u0308ffnen")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(path)
    with pikepdf.open(path, password="öffnen") as pdf:
        assert b"pdfaid:part" not in pdf.Root.Metadata.read_bytes()


@pytest.mark.parametrize(
    ("name", "passphrase", "words"),
    [
        ("out.docx", "open it", "only a PDF can be protected"),
        ("out.xlsx", "", "only a PDF can be protected"),
        ("out.pdf", "", "no passphrase was given"),
    ],
)
def test_protection_that_cannot_be_given_is_refused(clean, tmp_path, name, passphrase, words):
    with pytest.raises(ReportFormatError, match=words):
        release(clean, brief(protected=True), tmp_path / name, version="1", passphrase=passphrase)
    assert written(tmp_path) == []


def test_an_unknown_format_is_refused(clean, tmp_path):
    with pytest.raises(ReportFormatError, match=r'"out.odt" says no format; name a file that ends in \.pdf, \.docx'):
        release(clean, brief(), tmp_path / "out.odt", version="1")


def test_an_unknown_profile_is_refused(clean, tmp_path):
    with pytest.raises(UnknownProfileError):
        release(clean, brief(profile="public"), tmp_path / "out.pdf", version="1")


def test_progress_is_told_page_by_page_and_to_the_end(clean, tmp_path):
    told = []
    release(clean, brief(copies=2), tmp_path / "out.pdf", version="1", tell=lambda *each: told.append(each) or True)
    assert told[0] == ("Copy 1 of 2: setting the pages", 0, 8)
    assert ("Copy 2 of 2: page 2", 4, 8) in told
    assert told[-1] == ("Written", 8, 8)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


@pytest.mark.parametrize("where", ["Section 1", "Page 2", "Reading it", "Finishing", "Reading the finished", "Keeping"])
def test_it_can_be_stopped_between_any_two_pieces(clean, tmp_path, where):
    (tmp_path / "out.pdf").write_bytes(b"older")
    with pytest.raises(CancelledError, match="nothing was written"):
        release(clean, brief(), tmp_path / "out.pdf", version="1", tell=lambda what, *_: not what.startswith(where))
    assert written(tmp_path) == ["out.pdf"]
    assert (tmp_path / "out.pdf").read_bytes() == b"older"


@pytest.mark.parametrize("name", NAMES)
def test_every_format_can_be_stopped_before_a_section(clean, tmp_path, name):
    with pytest.raises(CancelledError):
        release(clean, brief(), tmp_path / name, version="1", tell=lambda what, *_: what != "Section 1")
    assert list(tmp_path.iterdir()) == []


# Folders of tables


def test_tables_of_an_earlier_report_make_room(clean, tmp_path):
    folder = tmp_path / "out-tables"
    folder.mkdir()
    (folder / "99-an-older-table.csv").write_text("old")
    (folder / "my notes.txt").write_text("mine")
    release(clean, brief(), tmp_path / "out.csv", version="1")
    assert not (folder / "99-an-older-table.csv").exists()
    assert (folder / "my notes.txt").read_text() == "mine"


def test_a_folder_made_for_nothing_goes_again(clean, tmp_path, monkeypatch):
    def full(*_):
        raise ReportNotSavedError("There is no room.")

    monkeypatch.setattr(gate, "write_files", full)
    with pytest.raises(ReportNotSavedError):
        release(clean, brief(), tmp_path / "out.csv", version="1")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_where_there_is_no_folder(clean, tmp_path):
    for name in NAMES:
        with pytest.raises(ReportNotSavedError, match="the folder does not exist"):
            release(clean, brief(), tmp_path / "nowhere" / name, version="1")
    assert list(tmp_path.iterdir()) == []


def test_a_study_is_never_written_over(clean, study_path, tmp_path):
    before = study_path.read_bytes()
    renamed = study_path.rename(tmp_path / "study.pdf")
    with pytest.raises(ReportNotSavedError, match="a study stands there"):
        release(clean, brief(), renamed, version="1")
    assert renamed.read_bytes() == before


def test_pseudonyms_are_read_for_too(clean, tmp_path):
    names = (Pseudonym(key="n1", kind=NameKind.PERSON, name="Round 2", instead="the second round"),)
    told = msgspec.structs.replace(clean, pseudonyms=names)
    for name in NAMES:
        release(told, brief(), tmp_path / name, version="1")
    assert written(tmp_path)


def test_what_an_office_file_calls_its_places_is_read():
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    part = (
        f'<w:document xmlns:w="{word}"><w:bookmarkStart w:name="case-canary"/><w:hyperlink w:anchor="to-canary"/>'
        '<w:drawing descr="Canary at work" style="plain"/><w:p><w:r><w:t>Words</w:t></w:r></w:p></w:document>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("word/document.xml", part)
    read = [each.text for each in office_strings(file.getvalue()) if each.place == INSIDE]
    assert read == ["word/document.xml", "case-canary", "to-canary", "Canary at work"]
