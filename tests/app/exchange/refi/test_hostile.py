"""Files made to do harm: each is refused with one sentence, quickly, and nothing is written anywhere."""

import io
import struct
import time
import zipfile

import pytest

from app.actions.open_study import OpenStudy
from app.cli.refi import take_into
from app.errors import FieldquillError
from app.exchange.refi import archive as reading
from app.exchange.refi import parse, passages, texts
from app.exchange.refi import reading as whole
from app.exchange.refi.codebook import read_qdc
from app.exchange.refi.project import read_qdpx
from tests.app.exchange.refi.made import archive, guid, project, selection, source

PASSPHRASE = "correct horse battery"
FINE = project(source(selection(4, 9, 100), content="The notes"))


def packed(names, compression=zipfile.ZIP_DEFLATED, change=lambda info: None):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as made:
        for name, text in names:
            info = zipfile.ZipInfo(name)
            info.compress_type = compression
            change(info)
            made.writestr(info, text)
    return content.getvalue()


def with_text(content, path="internal://a.txt", name="sources/a.txt"):
    return packed([("project.qde", project(source(selection(0, 1, 100), path=path))), (name, content)])


def as_link(info):
    info.external_attr = 0o120777 << 16


def encrypted(content):
    """Set the flag that says so in both of a single file's headers."""
    found = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = found.index(mark)
        found[at + offset] |= 1
    return bytes(found)


def lying(content, size):
    """Say another unpacked size than it is, in the list of names."""
    found = bytearray(content)
    at = found.index(b"PK\x01\x02") + 24
    found[at : at + 4] = struct.pack("<I", size)
    return bytes(found)


def zip64(content):
    """Say that a file's size stands in a zip64 field, and leave that out."""
    return lying(content, 0xFFFFFFFF)


def long_directory(content):
    found = bytearray(content)
    at = found.rindex(b"PK\x05\x06") + 12
    found[at : at + 4] = struct.pack("<I", 0x7FFFFFFF)
    return bytes(found)


DOCTYPE = "<!DOCTYPE p [%s]>"
LAUGHS = "".join(f'<!ENTITY a{n} "' + f"&a{n - 1};" * 10 + '">' for n in range(1, 10))


def doctype(inner, at="P"):
    head, _, rest = FINE.partition("?>")
    named = rest.replace('name="P"', f'name="{at}"')
    return f"{head}?>{DOCTYPE % inner}{named}"


def nested(depth):
    inner = ""
    for number in range(depth, 0, -1):
        inner = f'<Code guid="{guid(1000 + number)}" name="c" isCodable="true">{inner}</Code>'
    return project(codes=False).replace("</Users>", f"</Users><CodeBook><Codes>{inner}</Codes></CodeBook>")


def selecting(start, end):
    return project(source(selection(start, end, 100), content="The notes"))


def own_parent():
    return FINE.replace(f'guid="{guid(2)}" name="Alarms"', f'guid="{guid(1)}" name="Alarms"')


ZIPS = {
    "nothing": b"",
    "no zip": b"%PDF-1.4 and more",
    "cut off": packed([("project.qde", FINE)])[:200],
    "half a file": packed([("project.qde", FINE), ("sources/a.txt", "x" * 5000)])[:-80],
    "damaged": bytearray(packed([("project.qde", FINE)])).replace(b"\x01", b"\x02"),
    "no project": packed([("sources/a.txt", "text")]),
    "leads up": packed([("project.qde", FINE), ("../../evil.txt", "x")]),
    "leads up on Windows": packed([("project.qde", FINE), ("sources\\..\\..\\evil.txt", "x")]),
    "from the root": packed([("project.qde", FINE), ("/etc/passwd", "x")]),
    "from a drive": packed([("project.qde", FINE), ("C:/evil.txt", "x")]),
    "twice": packed([("project.qde", FINE), ("Project.QDE", FINE)]),
    "a link": packed([("project.qde", FINE), ("sources/a.txt", "/etc/passwd")], change=as_link),
    "encrypted": encrypted(packed([("project.qde", FINE)])),
    "packed strangely": packed([("project.qde", FINE)], zipfile.ZIP_BZIP2),
    "too tight": packed([("project.qde", FINE + " " * 30_000_000)]),
    "larger than it says": lying(packed([("project.qde", FINE)]), 10),
    "smaller than it says": lying(packed([("project.qde", FINE)]), 0x7FFFFFFF),
    "zip64 without": zip64(packed([("project.qde", FINE)])),
    "an endless list": long_directory(packed([("project.qde", FINE)])),
    "a text that leads up": with_text("x", path="internal://../../../etc/passwd"),
    "not UTF-8": with_text(b"\xff\xfe\x00\xd8not"),
    "half a character": with_text("a\ud800b".encode("utf-8", "surrogatepass")),
    "a NUL": with_text("a\0b"),
    "a text too tight": with_text(" " * 30_000_000),
}
XMLS = {
    "no XML": "not XML",
    "cut in two": FINE[:-20],
    "something else": FINE.replace("Project", "Projekt"),
    "a codebook": '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"/>',
    "a doctype": doctype(""),
    "laughs": doctype(f'<!ENTITY a0 "ha">{LAUGHS}', at="&a9;"),
    "a file from outside": doctype('<!ENTITY a SYSTEM "file:///etc/passwd">').replace("The notes", "&a;"),
    "too deep": nested(5_000),
    "too many elements": project(more="<Graph/>" * 3_000_001),
    "a code under itself": own_parent(),
    "a code without a GUID": FINE.replace(f'guid="{guid(2)}" name="Alarms"', 'name="Alarms"'),
    "two sources alike": project(source("", content="a") + source("", content="b")),
    "a source without a GUID": project(source("", content="a").replace(f'guid="{guid(10)}"', "")),
    "two users alike": FINE.replace("</Users>", '<User guid="6C2A7F10-0000-4000-8000-00000000000A"/></Users>'),
    "no such code": FINE.replace(f'<CodeRef targetGUID="{guid(2)}"/>', f'<CodeRef targetGUID="{guid(99)}"/>'),
    "no code at all": FINE.replace(f'<CodeRef targetGUID="{guid(2)}"/>', ""),
    "before the beginning": selecting(-1, 3),
    "beyond the end": selecting(3, 1_000_000_000),
    "all beyond": selecting(20, 30),
    "backwards": selecting(5, 2),
    "no number": selecting("here", "there"),
    "a huge number": selecting(1, "9" * 5_000),
    "a digit of another script": selecting(1, "٣"),
}
CODEBOOK = '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>%s</Codes></CodeBook>'
ONE = f'<Code guid="{guid(1)}" name="a" isCodable="true"/>'
QDCS = {
    "no XML": "{}",
    "a project": FINE,
    "a doctype": '<!DOCTYPE a [<!ENTITY b "c">]>' + CODEBOOK % ONE,
    "two alike": CODEBOOK % (ONE + ONE),
    "too deep": CODEBOOK % ("<Code>" * 1_000),
}


@pytest.mark.parametrize("name", [*ZIPS, *XMLS])
def test_a_hostile_project_is_refused_and_the_study_stays_as_it_was(name, study_path, monkeypatch):
    path = study_path.parent / "hostile.qdpx"
    if name in ZIPS:
        path.write_bytes(ZIPS[name])
    else:
        archive(path, XMLS[name])
    before = everything(study_path.parent)
    monkeypatch.setenv("FIELDQUILL_PASSPHRASE", PASSPHRASE)
    begun = time.perf_counter()
    with pytest.raises(FieldquillError) as caught:
        take_into(path, study_path, None, accept_loss=True, into_round="")
    assert time.perf_counter() - begun < 20
    require_sentence(caught.value.sentence, "hostile.qdpx")
    assert everything(study_path.parent) == before


@pytest.mark.parametrize("name", QDCS)
def test_a_hostile_codebook_is_refused(name, tmp_path):
    path = tmp_path / "hostile.qdc"
    path.write_text(QDCS[name], encoding="utf-8")
    with pytest.raises(FieldquillError) as caught:
        read_qdc(path)
    require_sentence(caught.value.sentence, "hostile.qdc")
    assert list(tmp_path.iterdir()) == [path]


def everything(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def require_sentence(text, name):
    assert text.startswith(name)
    assert "\n" not in text
    assert len(text) < 200
    assert "notes" not in text.removeprefix(name), "nothing of what is in it is quoted"


# Caps, made small


def test_too_many_files(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MOST_FILES", 2)
    path = archive(tmp_path / "x.qdpx", FINE, {"a.txt": "", "b.txt": ""})
    with pytest.raises(FieldquillError, match="more than 2 files"):
        read_qdpx(path)


@pytest.mark.parametrize("cap", ["LARGEST_FILE", "LARGEST"])
def test_a_file_that_is_too_large(cap, tmp_path, monkeypatch):
    monkeypatch.setattr(reading, cap, 2_000)
    text = "".join(chr(33 + n % 90) for n in range(5_000))
    path = archive(tmp_path / "x.qdpx", project(source("", path="a.txt")), {"a.txt": text})
    with pytest.raises(FieldquillError, match="file 2: it is larger than any project's"):
        read_qdpx(path)


def test_all_files_together_are_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "LARGEST", 6_000)
    texts_of = {f"{n}.txt": "".join(chr(33 + (n + k) % 90) for k in range(3_000)) for n in range(3)}
    inside = "".join(source("", 10 + n, path=f"{n}.txt") for n in range(3))
    with pytest.raises(FieldquillError, match="larger than any project's"):
        read_qdpx(archive(tmp_path / "x.qdpx", project(inside), texts_of))


def test_more_elements_than_any_project(tmp_path, monkeypatch):
    monkeypatch.setattr(parse, "_MOST_SIGNS", 20)
    with pytest.raises(FieldquillError, match="more elements than any project"):
        read_qdpx(archive(tmp_path / "x.qdpx", FINE))


def test_too_many_lines(tmp_path, monkeypatch):
    monkeypatch.setattr(whole, "_MOST_LINES", 3)
    with pytest.raises(FieldquillError, match="more lines than any study"):
        read_qdpx(archive(tmp_path / "x.qdpx", project(source("", content="a\nb\nc\nd"))))


def test_too_much_marked(tmp_path, monkeypatch):
    monkeypatch.setattr(passages, "_MOST_SPANS", 3)
    inner = selection(0, 3, 100) + selection(0, 3, 101)
    with pytest.raises(FieldquillError, match="marks more lines"):
        read_qdpx(archive(tmp_path / "x.qdpx", project(source(inner, content="a\nb"))))


def test_a_codebook_that_is_too_large_or_not_there(tmp_path, monkeypatch):
    from app.exchange.refi import codebook

    monkeypatch.setattr(codebook, "LARGEST", 10)
    path = tmp_path / "x.qdc"
    path.write_text(CODEBOOK % ONE, encoding="utf-8")
    with pytest.raises(FieldquillError, match="larger than any codebook"):
        read_qdc(path)
    with pytest.raises(FieldquillError, match=r"gone\.qdc: it can't be read"):
        read_qdc(tmp_path / "gone.qdc")
    with pytest.raises(FieldquillError, match=r"gone\.qdpx: it can't be read"):
        read_qdpx(tmp_path / "gone.qdpx")


def test_a_study_is_untouched_by_what_its_rules_refuse(study, tmp_path):
    """Read well enough, but nothing a study can keep: all of it is taken back, the trail too."""
    from app.actions.arrive import take_in
    from app.actions.errors import RefusedError

    arrival = read_qdpx(archive(tmp_path / "x.qdpx", FINE))
    too_long = arrival.sources[0].__class__(title="t", lines=("fine", "x" * (texts.LONGEST_LINE + 1)))
    bad = arrival.__class__(file="x.qdpx", project="P", sources=(arrival.sources[0], too_long), codes=arrival.codes,
                            assessors=arrival.assessors)  # fmt: skip
    before, rows = study.document, audit(study)
    with pytest.raises(RefusedError, match="can't be longer"):
        study.do(take_in, bad, study.document)
    assert (study.document, audit(study)) == (before, rows)
    with OpenStudy.open(study.path, PASSPHRASE, read_only=True) as again:
        assert again.document == before


def audit(study):
    return [study.file.connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("audit", "audit_changes")]
