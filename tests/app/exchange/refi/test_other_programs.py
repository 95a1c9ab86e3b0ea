"""Projects as MAXQDA, NVivo, ATLAS.ti and QualCoder write them, with what is known to be odd in each."""

import codecs
import re

import pytest

from app.exchange.refi.project import read_qdpx
from app.model.source import SourceKind
from tests.app.exchange.refi.made import ADA, archive, guid, project, selection, source, words_of

NOTES = "\ufeffThe \U0001f424 sings.\r\nNobody \U0001f9d1\u200d\U0001f52c hears the alarm\r\nuntil Monday morning.\r\n"
MARKED = ("sings", "Nobody", "hears the alarm", "alarm\nuntil", "Monday morning")


def utf16(text, words):
    """Where words lie, counted in units of UTF-16 as NVivo for Windows does: CRLF is two, the mark is none."""
    text = text.removeprefix("\ufeff")
    start = len(text[: text.index(words.replace("\n", "\r\n"))].encode("utf-16-le")) // 2
    return start, start + len(words.replace("\n", "\r\n").encode("utf-16-le")) // 2


def test_nvivo_for_windows_counts_units_and_line_breaks_twice(tmp_path):
    inner = "".join(selection(*utf16(NOTES, words), 100 + n) for n, words in enumerate(MARKED))
    xml = project(source(inner, path=f"internal://{guid(10)}.txt"), origin='origin="NVivo 14 for Windows"')
    path = archive(tmp_path / "nvivo.qdpx", xml.encode("utf-8-sig"), {f"{guid(10)}.txt": NOTES}, folder="Sources")
    arrival = read_qdpx(path)
    assert [words for _, words, *_ in words_of(arrival)] == list(MARKED)
    assert arrival.sources[0].lines == (
        "The \U0001f424 sings.",
        "Nobody \U0001f9d1\u200d\U0001f52c hears the alarm",
        "until Monday morning.",
    )
    assert arrival.left == ()


@pytest.mark.parametrize("origin", ['origin="NVivo 14 for Windows"', ""], ids=["nvivo", "unknown"])
def test_line_breaks_counted_twice_are_found_out_in_inline_text_too(origin, tmp_path):
    """XML keeps no carriage returns: what was counted as two is one when it is read."""
    inner = "".join(selection(*utf16(NOTES, words), 100 + n) for n, words in enumerate(MARKED))
    xml = project(source(inner, content=NOTES.removeprefix("\ufeff").replace("\r\n", "\n")), origin=origin)
    arrival = read_qdpx(archive(tmp_path / "nvivo.qdpx", xml))
    assert [words for _, words, *_ in words_of(arrival)] == list(MARKED)


def points(text, words):
    start = text.index(words)
    return start, start + len(words)


def test_code_points_are_taken_as_such_whatever_the_program(tmp_path):
    plain = NOTES.removeprefix("\ufeff").replace("\r\n", "\n")
    inner = "".join(selection(*points(plain, words), 100 + n) for n, words in enumerate(MARKED))
    for origin in ("MAXQDA 2022", "ATLAS.ti 23.1", "QualCoder", "NVivo for Mac", "NVivo R1 Windows", "Quirkos"):
        xml = project(source(inner, path=f"internal://{guid(10)}.txt"), origin=f'origin="{origin}"')
        arrival = read_qdpx(archive(tmp_path / "points.qdpx", xml, {f"{guid(10)}.txt": plain}))
        assert [words for _, words, *_ in words_of(arrival)] == list(MARKED), origin


def test_a_text_in_utf_16(tmp_path):
    content = codecs.BOM_UTF16_LE + "Grüße\r\nan alle".encode("utf-16-le")
    xml = project(source(selection(7, 9, 100), path="internal://a.txt"), origin='origin="NVivo"')
    arrival = read_qdpx(archive(tmp_path / "utf16.qdpx", xml, {"a.txt": content}))
    assert arrival.sources[0].lines == ("Grüße", "an alle")
    assert [words for _, words, *_ in words_of(arrival)] == ["an"]


def test_maxqda_writes_no_dates_and_leaves_litter(tmp_path):
    inner = selection(0, 3, 100) + selection(0, 3, 101, 1)
    xml = project(source(inner, path=f"internal://{guid(10).upper()}.txt"), origin='origin="MAXQDA 2020"')
    path = archive(tmp_path / "maxqda.qdpx", xml, {f"{guid(10)}.txt": "The notes", ".root": ""}, project="Project.qde")
    arrival = read_qdpx(path)
    assert words_of(arrival) == [
        ("Interview", "The", "Alarms", "Ada", None),
        ("Interview", "The", "Tools", "Ada", None),
    ]
    assert all(coding.made_at is None for each in arrival.sources[0].passages for coding in each.codings)


def test_qualcoder_writes_no_prefix_and_no_origin(tmp_path):
    xml = project(source(selection(4, 9, 100), path="a b.txt", creatingUser=ADA), origin="", users=True)
    arrival = read_qdpx(archive(tmp_path / "qualcoder.qdpx", xml, {"a b.txt": "The notes"}))
    assert words_of(arrival) == [("Interview", "notes", "Alarms", "Ada", None)]
    assert (arrival.origin, arrival.project) == ("", "P")


def test_atlas_ti_says_things_of_selections(tmp_path):
    inner = selection(4, 9, 100, inner="<Description>Why only these?</Description>") + selection(
        0, 3, 101, inner="<Description>The</Description>"
    )
    xml = project(source(inner, content="The notes"), origin='origin="ATLAS.ti 9"')
    arrival = read_qdpx(archive(tmp_path / "atlas.qdpx", xml))
    memos = [coding.memo for each in arrival.sources[0].passages for coding in each.codings]
    assert memos == ["Why only these?", ""], "what only repeats the words is no memo"
    assert arrival.left == ()


def test_a_project_with_a_codebook_alone(tmp_path):
    arrival = read_qdpx(archive(tmp_path / "codes.qdpx", project()))
    assert [(code.key, code.parent, code.colour) for code in arrival.codes] == [
        ("tools", None, "#00aa00"),
        ("alarms", "tools", "#00ff9a"),
    ]
    assert arrival.sources == ()
    assert read_qdpx(archive(tmp_path / "bare.qdpx", project(users=False, codes=False))).assessors == ()


@pytest.mark.parametrize("namespace", ["urn:QDA-XML:project:1.0", "urn:QDA-XML:project:1.5", ""])
def test_every_version_of_the_namespace(namespace, tmp_path):
    xml = project(source(selection(4, 9, 100), content="The notes"), namespace=namespace)
    assert words_of(read_qdpx(archive(tmp_path / "x.qdpx", xml)))[0][1] == "notes"


def test_notes_go_along_with_what_refers_to_them(tmp_path):
    note = lambda number, inner="", more="": f'<Note guid="{guid(number)}" name="N" {more}>{inner}</Note>'  # noqa: E731
    refer = lambda number: f'<NoteRef targetGUID="{guid(number)}"/>'  # noqa: E731
    notes = (
        note(900, "<PlainTextContent>on the coding</PlainTextContent>")
        + note(901, more='plainTextPath="internal://n.txt"')
        + note(902, "<Description>on the source</Description>")
        + note(903, "<PlainTextContent>of nothing</PlainTextContent>")
        + note(904, more='plainTextPath="internal://gone.txt"')
    )
    inner = selection(4, 9, 100, coding=refer(900) + refer(904) + refer(999)) + refer(902)
    xml = project(source(inner, content="The notes"), notes=notes).replace(
        'name="Tools" isCodable="true" color="#0A0">', f'name="Tools" isCodable="true" color="#0A0">{refer(901)}'
    )
    arrival = read_qdpx(archive(tmp_path / "x.qdpx", xml, {"n.txt": "on the code"}))
    assert arrival.sources[0].passages[0].codings[0].memo == "on the coding"
    assert arrival.sources[0].remark == "on the source"
    assert arrival.codes[0].definition == "on the code"
    assert arrival.left == (("Note", 2), ("NoteRef", 2))


def test_who_coded_is_told_from_what_is_said(tmp_path):
    bob = guid(77)
    inner = selection(0, 3, 100, user=bob) + selection(4, 9, 101, user="") + selection(4, 9, 102, user=guid(78))
    xml = project(source(inner, content="The notes", creatingUser=bob)).replace(
        "</Users>", f'<User guid="{{{bob.upper()}}}" id="B."/></Users>'
    )
    arrival = read_qdpx(archive(tmp_path / "x.qdpx", xml))
    assert [coder for *_, coder, _ in words_of(arrival)] == ["B.", "B.", "Unknown coder"]
    assert [assessor.name for assessor in arrival.assessors] == ["Ada", "B.", "Unknown coder"]


def test_cases_go_along_where_a_selection_has_one(tmp_path):
    case = lambda number, *refs: f'<Case guid="{guid(number)}" name="C{number}">{"".join(refs)}</Case>'  # noqa: E731
    of = lambda kind, number: f'<{kind}Ref targetGUID="{guid(number)}"/>'  # noqa: E731
    cases = case(50, of("Source", 10), of("Selection", 100), of("Selection", 101)) + case(51, of("Selection", 101))
    xml = project(source(selection(0, 3, 100) + selection(4, 9, 101), content="The notes"))
    xml = xml.replace("<Sources>", f"<Cases>{cases}</Cases><Sources>")
    arrival = read_qdpx(archive(tmp_path / "x.qdpx", xml))
    assert [case for *_, case in words_of(arrival)] == ["C50", None]
    assert arrival.sources[0].cases == ("c50",)
    assert arrival.left == (("SelectionRef", 2),)


def test_a_source_coded_as_a_whole(tmp_path):
    coded = f'<Coding guid="{guid(600)}"><CodeRef targetGUID="{guid(1)}"/></Coding>'
    arrival = read_qdpx(archive(tmp_path / "x.qdpx", project(source(coded, content="The\n\nnotes"))))
    assert words_of(arrival) == [("Interview", "The\nnotes", "Tools", "Unknown coder", None)]


def test_a_pdf_with_its_text_is_a_document(tmp_path):
    pdf = (
        f'<PDFSource guid="{guid(30)}" name="Report" path="internal://r.pdf">'
        f'<PDFSelection guid="{guid(31)}" page="0" firstX="1" firstY="1" secondX="2" secondY="2"/>'
        f'<Representation guid="{guid(32)}"><PlainTextContent>The notes</PlainTextContent>{selection(4, 9, 100)}'
        f'</Representation></PDFSource><PDFSource guid="{guid(33)}" name="Scanned"/>'
    )
    arrival = read_qdpx(archive(tmp_path / "x.qdpx", project(pdf), {"r.pdf": b"%PDF-1.4"}))
    assert words_of(arrival) == [("Report", "notes", "Alarms", "Ada", None)]
    assert [found.kind for found in arrival.sources] == [SourceKind.DOCUMENT]
    assert arrival.left == (("PDFSelection", 1), ("PDFSource", 1))


def test_what_can_t_be_carried_over_is_counted_by_name(tmp_path):
    picture = (
        f'<PictureSource guid="{guid(40)}" name="Wall"><PictureSelection guid="{guid(41)}" firstX="0" firstY="0"'
        f' secondX="1" secondY="1"><Coding guid="{guid(42)}"><CodeRef targetGUID="{guid(1)}"/></Coding>'
        "</PictureSelection></PictureSource>"
    )
    sounds = f'<AudioSource guid="{guid(43)}"/><AudioSource guid="{guid(44)}"/><VideoSource guid="{guid(45)}"/>'
    elsewhere = source("", 46, path="relative:///beside.txt") + source(selection(0, 1, 110), 47, path="gone.txt")
    rich = source("", 48, richTextPath="internal://a.docx")
    more = (
        f'<Links><Link guid="{guid(60)}"/></Links><Sets><Set guid="{guid(61)}" name="S"/></Sets>'
        f'<Graphs><Graph guid="{guid(62)}"><Vertex guid="{guid(63)}" firstX="0" firstY="0"/></Graph></Graphs>'
    )
    empty = f'<PlainTextSelection guid="{guid(120)}" startPosition="2" endPosition="2"/>'
    said = "<Description>Hm</Description>"
    bare = f'<PlainTextSelection guid="{guid(121)}" startPosition="0" endPosition="3">{said}</PlainTextSelection>'
    inside = picture + sounds + elsewhere + rich + source(empty + bare, content="The notes")
    xml = project(inside, more=more).replace(
        "<Sources>",
        f'<Variables><Variable guid="{guid(64)}" name="V" typeOfVariable="Text"/></Variables><Sources>',
    )
    arrival = read_qdpx(archive(tmp_path / "x.qdpx", xml))
    assert dict(arrival.left) == {
        "AudioSource": 2,
        "Coding": 2,
        "Description": 1,
        "Graph": 1,
        "Link": 1,
        "PictureSelection": 1,
        "PictureSource": 1,
        "PlainTextSelection": 2,
        "Set": 1,
        "TextSource": 3,
        "Variable": 1,
        "VideoSource": 1,
    }
    assert len(arrival.sources) == 1


def test_long_names_and_lines_are_cut_where_they_must_be(tmp_path):
    name = "n" * 300
    text = "word " * 9_000
    xml = project(source(selection(19_995, 20_004, 100), content=text, name=name)).replace(
        'name="Tools"', f'name="{name}"'
    )
    arrival = read_qdpx(archive(tmp_path / "x.qdpx", xml))
    assert (arrival.sources[0].title, arrival.codes[0].name) == (name[:200], name[:200])
    assert arrival.codes[0].definition == name
    assert "".join(arrival.sources[0].lines) == text
    assert max(map(len, arrival.sources[0].lines)) == 20_000
    assert words_of(arrival)[0][1] == "word \nword"


def test_times_are_read_as_far_as_they_are_times(tmp_path):
    times = [
        "2021-09-15T14:00:00.1234567Z",
        "2021-09-15T16:00:00+02:00",
        "2021-09-15T14:00:00",
        "yesterday",
        "0001-01-01T00:00:00",
    ]
    inner = "".join(
        re.sub("<Coding ", f'<Coding creationDateTime="{time}" ', selection(0, 3, 100 + n))
        for n, time in enumerate(times)
    )
    arrival = read_qdpx(archive(tmp_path / "x.qdpx", project(source(inner, content="The notes"))))
    found = [each.codings[0].made_at for each in arrival.sources[0].passages]
    assert [time and time.strftime("%H:%M %Z") for time in found] == ["14:00 UTC"] * 3 + [None, None]
