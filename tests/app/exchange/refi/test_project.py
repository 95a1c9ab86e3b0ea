"""A study as a project, and back: valid for the published schema, and the same codings, character for character."""

import io
import zipfile
from collections import Counter

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from app.actions.arrive import begin_with
from app.actions.arriving import additions
from app.actions.create import new_document
from app.actions.lines import lines_of
from app.actions.open_study import OpenStudy
from app.exchange.demo import demo_document
from app.exchange.errors import ExportError
from app.exchange.references import problems
from app.exchange.refi import project
from app.exchange.refi.names import clean
from app.exchange.refi.project import encode_qdpx, read_qdpx, write_qdpx
from app.model.evidence import Coding, Passage, Span
from app.version import VERSION
from tests.app.exchange.refi.made import require_valid
from tests.documents import documents, example

PASSPHRASE = "correct horse battery"


def opened(content):
    """The texts of an archive, and its XML, checked against the schema."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return require_valid(files.pop("project.qde")), files


def through(document, folder, name="study"):
    """The study that comes out of a document's project."""
    path = folder / f"{name}.qdpx"
    write_qdpx(document, path)
    arrival = read_qdpx(path)
    target = folder / f"{name}.fieldquill"
    target.unlink(missing_ok=True)
    begin_with(target, PASSPHRASE, arrival, rubric="mlops-maturity")
    with OpenStudy.open(target, PASSPHRASE) as study:
        return arrival, study.document


def codings_of(document):
    """What is coded with what by whom about what, without line breaks at the ends and lines that are empty."""
    sources = {source.key: source for source in document.sources}
    texts = {entry.key: entry.text for source in document.sources for entry in source.entries}
    passages = {passage.key: passage for passage in document.passages}
    names = {
        (table, each.key): named(each.name, each.key)
        for table in ("assessors", "cases")
        for each in getattr(document, table)
    }
    paths = {code.key: path_of(code, {each.key: each for each in document.codes}) for code in document.codes}
    found = set()
    for coding in document.codings:
        passage = passages[coding.passage]
        order = {entry.key: n for n, entry in enumerate(sources[passage.source].entries)}
        spans = sorted(passage.spans, key=lambda span: (order[span.entry], span.start))
        words, last = "", None
        for span in spans:
            words += "" if last is None or last == (span.entry, span.start) else "\n"
            words += texts[span.entry][span.start : span.end]
            last = (span.entry, span.end)
        lines = tuple(filter(None, words.replace("\r\n", "\n").replace("\r", "\n").split("\n")))
        if lines:
            source = named(sources[passage.source].title, passage.source)
            who, case = names["assessors", coding.assessor], coding.case and names["cases", coding.case]
            found.add((source, lines, paths[coding.code], who, case))
    return found


def path_of(code, known):
    above = path_of(known[code.parent], known) if code.parent else ()
    return (*above, named(code.name, code.key))


def named(name, key):
    """A name as it is written, without what XML can't hold; the key where nothing is left of it."""
    return (clean(name).strip() or key)[:200]


# AutoCorp


def test_autocorp_is_the_same_when_it_comes_back(tmp_path, quick_keys):
    document = demo_document()
    arrival, found = through(document, tmp_path)
    assert arrival.left == ()
    assert codings_of(found) == codings_of(document)
    assert len(found.codings) == len(document.codings) == 315
    assert [[entry.text for entry in source.entries] for source in found.sources] == [
        [entry.text for entry in source.entries] for source in document.sources
    ]
    assert Counter(passage.words for passage in found.passages) == Counter(
        passage.words for passage in document.passages
    )
    assert [wave.name for wave in found.rounds] == [wave.name for wave in document.rounds]
    for before, after in zip(document.codes, found.codes, strict=True):
        assert (after.name, after.definition, after.use_when, after.avoid_when, after.colour) == (
            before.name,
            before.definition,
            before.use_when,
            before.avoid_when,
            before.colour,
        )


def test_autocorp_is_valid_and_always_the_same_bytes():
    content, lost = encode_qdpx(demo_document())
    root, files = opened(content)
    assert (encode_qdpx(demo_document())[0], lost) == (content, 0)
    assert root.get("origin") == f"Fieldquill {VERSION}"
    assert root.get("basePath") is None
    assert all(name.startswith("sources/") and name.endswith(".txt") for name in files)
    assert all(b"\r" not in text and not text.startswith(b"\xef\xbb\xbf") for text in files.values())
    for element in root.iter("{*}TextSource", "{*}PlainTextSelection", "{*}Coding", "{*}Note"):
        assert element.get("creatingUser")
        assert element.get("creationDateTime")
    for element in root.iter("{*}TextSource", "{*}Note"):
        assert element.get("plainTextPath").startswith("internal://")
        assert f"sources/{element.get('plainTextPath').removeprefix('internal://')}" in files


def test_a_memo_is_a_note_and_comes_back(tmp_path, quick_keys):
    arrival, found = through(example(), tmp_path)
    assert [coding.memo for coding in found.codings] == ["canary memo"]
    assert [coding.memo for source in arrival.sources for each in source.passages for coding in each.codings] == [
        "canary memo"
    ]


def test_what_lies_apart_is_one_passage_again(tmp_path, quick_keys):
    """The example's coded passage has three stretches: two in one line, one at the next line's beginning."""
    _, found = through(example(), tmp_path)
    passage = next(each for each in found.passages if each.key == found.codings[0].passage)
    assert [(span.start, span.end) for span in passage.spans] == [(4, 10), (11, 16), (0, 6)]
    assert found.codings[0].case == "canary-one"


def with_codings(*codings, spans=((0, 4),), text="more words than one"):
    document = example()
    source = document.sources[1]
    entry = replace(source.entries[0], text=text)
    passage = Passage(
        key="m1-p1", source="m1", words=text, spans=tuple(Span(entry="m1-1", start=a, end=b) for a, b in spans)
    )
    sources = (document.sources[0], replace(source, entries=(entry, *source.entries[1:])), document.sources[2])
    return replace(document, sources=sources, passages=(document.passages[0], passage), codings=codings)


def test_codings_about_several_cases_stay_apart(tmp_path, quick_keys):
    codings = (
        Coding(passage="m1-p1", code="tools", assessor="ada", case="c1"),
        Coding(passage="m1-p1", code="tools", assessor="bob", case="c2"),
        Coding(passage="m1-p1", code="monitoring", assessor="bob"),
    )
    _, found = through(with_codings(*codings), tmp_path)
    assert codings_of(found) == codings_of(with_codings(*codings))
    assert len({coding.passage for coding in found.codings}) == 1


def test_codings_on_passages_without_words_are_counted(tmp_path):
    orphaned = with_codings(Coding(passage="m1-p1", code="tools", assessor="ada"), spans=())
    content, lost = encode_qdpx(orphaned)
    opened(content)
    assert lost == 1
    only_breaks = with_codings(Coding(passage="m1-p1", code="tools", assessor="ada"), spans=((1, 3),), text="a\r\nb")
    assert encode_qdpx(only_breaks)[1] == 1
    assert write_qdpx(only_breaks, tmp_path / "x.qdpx") == 1


def test_a_study_without_anything_has_no_containers():
    bare = replace(
        example(),
        **dict.fromkeys(("assessors", "cases", "codes", "sources", "passages", "codings", "rounds"), ()),
    )
    root, files = opened(encode_qdpx(bare)[0])
    assert (len(root), files) == (0, {})
    assert root.get("creatingUserGUID") is None


def test_a_byte_order_mark_in_the_notes_moves_nothing(tmp_path, quick_keys):
    coding = Coding(passage="m1-p1", code="tools", assessor="ada")
    document = with_codings(coding, spans=((2, 6),), text="\ufeff\ufeffmore words")
    _, found = through(document, tmp_path)
    assert {words for _, words, *_ in codings_of(found)} == {("more",)}


def test_what_two_things_have_for_an_id_is_written_once():
    document = example()
    one = document.study.id
    same = replace(
        document,
        codes=tuple(replace(code, id=one if code.key == "tools" else None) for code in document.codes),
        sources=tuple(replace(source, id=one if source.key == "i1" else None) for source in document.sources),
    )
    opened(encode_qdpx(same)[0])


def test_a_place_that_can_t_be_written(tmp_path):
    with pytest.raises(ExportError, match=r"notes\.qdpx can't be written"):
        write_qdpx(example(), tmp_path / "none" / "notes.qdpx")


# Made up


@settings(max_examples=150)
@given(document=documents(most=3))
def test_made_up_studies_are_valid_and_read_back(document, tmp_path_factory):
    path = tmp_path_factory.mktemp("made-up") / "study.qdpx"
    content, _ = encode_qdpx(document)
    opened(content)
    path.write_bytes(content)
    arrival = read_qdpx(path)
    new = new_document("New", "mlops-maturity", now=document.study.created_at)
    found = replace(new, **additions(new, arrival).lists())
    assert list(problems(found)) == []
    assert set(dict(arrival.left)) <= {"PlainTextSelection"}
    assert codings_of(found) == codings_of(document)
    written = [text_of(source).rstrip("\n") for source in document.sources]
    assert [text_of(source).rstrip("\n") for source in found.sources] == written


def text_of(source):
    return "\n".join(line.text for line in lines_of(source))


def test_reading_takes_the_whole_archive(tmp_path):
    path = tmp_path / "demo.qdpx"
    write_qdpx(demo_document(), path)
    assert project.read_qdpx(path).file == "demo.qdpx"
