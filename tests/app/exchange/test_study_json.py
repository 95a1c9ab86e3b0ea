"""Study JSON: nothing is lost on the way through it, and what is wrong in one is named with its place."""

import copy
import json
import os
from collections import Counter
from pathlib import Path

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.actions.create import import_document
from app.actions.open_study import OpenStudy
from app.errors import FieldquillError
from app.exchange import study_json
from app.exchange.errors import DocumentError, ExportError
from app.exchange.references import problems
from app.exchange.study_json import decode, encode, read_study, study_schema, write_study
from app.model.kinds import KINDS
from app.rubric import library
from tests.documents import ODD_TEXTS, content, documents, example

PASSPHRASE = "correct horse battery"
SCHEMA = json.loads(study_schema())


def through_a_file(document, folder, name="study"):
    path = folder / f"{name}.fieldquill"
    path.unlink(missing_ok=True)
    import_document(path, PASSPHRASE, document)
    with OpenStudy.open(path, PASSPHRASE) as study:
        return study.document


def plain_example():
    return json.loads(encode(example()))


def problem_of(plain):
    with pytest.raises(DocumentError) as caught:
        decode(json.dumps(plain).encode(), "notes.json")
    return caught.value


# Both ways, losslessly


@settings(max_examples=8)
@given(document=documents())
def test_export_import_export_is_byte_identical(document, tmp_path_factory, quick_keys):
    folder = tmp_path_factory.mktemp("round")
    read = decode(encode(document), "first.json")
    assert read == document
    first = through_a_file(read, folder)
    assert content(first) == content(document)
    second = through_a_file(decode(encode(first), "second.json"), folder)
    assert encode(second) == encode(first)


@given(document=documents(most=3))
def test_exports_fit_the_published_schema(document):
    jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(
        json.loads(encode(document))
    )


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"].endswith("2020-12/schema")


def test_the_example_holds_every_kind_of_thing():
    document = example()
    assert [kind.table for kind in KINDS if not getattr(document, kind.table)] == []


def test_the_example_goes_through_a_file(tmp_path, quick_keys):
    assert content(through_a_file(example(), tmp_path)) == content(example())


def test_importing_twice_makes_the_same_study(tmp_path, quick_keys):
    assert through_a_file(example(), tmp_path, "a") == through_a_file(example(), tmp_path, "b")


def test_every_row_keeps_its_id(tmp_path, quick_keys):
    first = through_a_file(example(), tmp_path)
    again = through_a_file(decode(encode(first), "x"), tmp_path, "again")
    found = Counter(line for line in encode(first).decode().splitlines() if '"id":' in line)
    assert max(found.values()) == 1
    assert Counter(line for line in encode(again).decode().splitlines() if '"id":' in line) == found


def test_odd_texts_stay_as_they_are(tmp_path, quick_keys):
    plain = plain_example()
    plain["sources"][1]["entries"] += [{"key": f"odd-{n}", "text": text} for n, text in enumerate(ODD_TEXTS)]
    plain["study"]["purpose"] = "null"
    read = through_a_file(decode(json.dumps(plain).encode(), "x"), tmp_path)
    assert [entry.text for entry in read.sources[1].entries if entry.key.startswith("odd-")] == list(ODD_TEXTS)
    assert read.study.purpose == "null"


def test_times_are_kept_in_utc(tmp_path, quick_keys):
    plain = plain_example()
    plain["sources"][1] |= {"started_at": "2022-10-10T10:00:00+02:00", "ended_at": "2022-10-10T09:00:00Z"}
    read = through_a_file(decode(json.dumps(plain).encode(), "x"), tmp_path)
    assert b'"started_at": "2022-10-10T08:00:00Z"' in encode(read)


def test_a_rubric_we_ship_may_leave_out_its_text():
    plain = plain_example() | {"rubrics": [{"key": "mlops-maturity"}]}
    for kind in KINDS:
        if kind.table not in {"rubrics", "rounds", "cases"}:
            plain.pop(kind.table, None)
    assert decode(json.dumps(plain).encode(), "x").rubrics[0].text.startswith("#")


def test_a_mark_of_the_byte_order_is_no_json():
    with pytest.raises(DocumentError, match="it is not JSON"):
        decode(b"\xef\xbb\xbf" + encode(example()), "x")


# What is wrong, and where


def changed(path, value):
    """Give the example with one place changed; `...` removes it."""
    plain = plain_example()
    *way, last = path
    inner = plain
    for step in way:
        inner = inner[step]
    if value is ...:
        del inner[last]
    elif last == "+":
        inner.append(value)
    else:
        inner[last] = value
    return plain


WRONG = [
    (("version",), 2, "$.version", ""),
    (("format",), "other", "$.format", ""),
    (("study", "title"), 7, "$.study.title", "expected text, found int"),
    (("study", "title"), "", "$.study.title", "it can't be empty"),
    (("study", "title"), "x" * 201, "$.study.title", "it can't be longer than 200 characters"),
    (("study", "title"), ..., "$.study", '"title" is missing'),
    (("study", "colour"), "red", "$.study", '"colour" is not a field that belongs there'),
    (("study", "created_at"), "2022-10-10T09:00:00", "$.study.created_at", "needs its offset"),
    (("study", "title"), "a\0b", "$.study.title", "can't be kept"),
    (("cases",), {}, "$.cases", "expected another shape, found object"),
    (("cases", 0, "key"), "Capital", "$.cases[0].key", "matches"),
    (("cases", 0, "key"), "c1\n", "$.cases[0].key", "matches"),
    (("site_policy", "recording"), "maybe", "$.site_policy.recording", "not one of the values allowed"),
    (("rubrics",), [], "$.rubrics", "needs the rubric"),
    (("rubrics", 0, "text"), "id: [", "$.rubrics[0].text", "small.yaml"),
    (("rubrics", 0, "version"), "2.0", "$.rubrics[0].version", "version 1.0"),
    (("rubrics", 0, "key"), "other", "$.rubrics[0].key", 'the rubric "small"'),
    (("rubrics", 0), {"key": "unheard-of"}, "$.rubrics[0].key", "no rubric"),
    (("cases", "+"), {"key": "c1", "name": "Again"}, "$.cases[2]", "already"),
    (("rounds", 0, "ends"), "2022-09-01", "$.rounds[0].ends", "before it starts"),
    (("sources", 0, "ended_at"), "2022-10-10T08:00:00Z", "$.sources[0].ended_at", "before it starts"),
    (("sources", 1, "ended_at"), "2022-10-10T08:00:00Z", "$.sources[1].ended_at", "no start"),
    (("sources", 0, "round"), "r9", "$.sources[0].round", 'there is no round "r9"'),
    (("sources", 0, "guide"), "g9", "$.sources[0].guide", 'there is no guide "g9"'),
    (("sources", 0, "cases", 0), "c9", "$.sources[0].cases[0]", 'there is no case "c9"'),
    (("sources", 0, "cases", "+"), "c1", "$.sources[0].cases[1]", '"c1" stands there twice'),
    (("sources", 0, "participants", 0), "p9", "$.sources[0].participants[0]", 'there is no participant "p9"'),
    (("sources", 0, "assessors", 0, "assessor"), "eve", "$.sources[0].assessors[0].assessor", "no assessor"),
    (("sources", 0, "entries", 0, "speaker"), "p9", "$.sources[0].entries[0].speaker", "no participant"),
    (("sources", 1, "entries", 0, "speaker"), "p1", "$.sources[1].entries[0].speaker", "does not take part in m1"),
    (("sources", 1, "entries", 0, "key"), "i1-1", "$.sources[1].entries[0].key", "is taken already"),
    (("identities", 0, "participant"), "p9", "$.identities[0].participant", "no participant"),
    (("codes", 0, "parent"), "c9", "$.codes[0].parent", "no code"),
    (("codes", 0, "parent"), "monitoring", "$.codes[0].parent", "under itself"),
    (("codes", 1, "parent"), "monitoring", "$.codes[0].parent", "under itself"),
    (("codes", 0, "rubric"), ..., "$.codes[0].principle", "it needs the rubric"),
    (("codes", 1, "factor"), "luck", "$.codes[1].factor", "no factor"),
    (("guides", 0, "questions", 0, "criterion"), "x", "$.guides[0].questions[0].criterion", "no criterion"),
    (("guides", 0, "questions", 0, "minutes"), 601, "$.guides[0].questions[0].minutes", "600"),
    (("passages", 0, "source"), "x9", "$.passages[0].source", "no source"),
    (("passages", 0, "spans", 0, "entry"), "m1-1", "$.passages[0].spans[0].entry", "not an entry of i1"),
    (("passages", 0, "spans", 0, "end"), 99, "$.passages[0].spans[0]", "within the 31 characters of i1-1"),
    (("passages", 0, "spans", 0, "end"), 4, "$.passages[0].spans[0]", "within"),
    (("passages", 0, "spans", "+"), {"entry": "i1-1", "start": 5, "end": 6}, "$.passages[0].spans[3]", "over another"),
    (("codings", 0, "passage"), "x", "$.codings[0].passage", "no passage"),
    (("codings", 0, "code"), "x", "$.codings[0].code", "no code"),
    (("follow_ups", 0, "entry"), "x", "$.follow_ups[0].entry", "no entry"),
    (("follow_ups", 1, "answered_in"), ..., "$.follow_ups[1].state", "neither"),
    (("answers", 0, "criterion"), "x", "$.answers[0].criterion", 'there is no criterion "x" in small'),
    (("answers", 0, "rubric"), "x", "$.answers[0].rubric", "no rubric"),
    (("answers", 0, "verdict"), "certainly", "$.answers[0].verdict", "not one of the values"),
    (("answers", 2, "rationale"), " \n", "$.answers[2].rationale", "needs its reason"),
    (("answers", 0, "verdict"), "level-1", "$.answers[0].verdict", 'offers no answer "level-1" here'),
    (("consensus", 0, "verdict"), "level-0", "$.consensus[0].verdict", 'offers no answer "level-0" here'),
    (("answers", 1, "assessor"), "ada", "$.answers[1]", "already"),
    (("answers", 0, "evidence", "+"), {"passage": "i1-p1"}, "$.answers[0].evidence[1]", '"i1-p1" stands there twice'),
    (("answers", 0, "evidence", 0, "passage"), "x", "$.answers[0].evidence[0].passage", "no passage"),
    (("consensus", 0, "reason"), "", "$.consensus[0].reason", "can't be empty"),
    (("overrides", 0, "level"), "x", "$.overrides[0].level", "no level"),
    (("overrides", 0, "principle"), "x", "$.overrides[0].principle", "no principle"),
    (("findings", 0, "round"), "x", "$.findings[0].round", "no round"),
    (("challenges", 0, "cases", 0), "x", "$.challenges[0].cases[0]", "no case"),
    (("influences", 1, "factor"), "x", "$.influences[1].factor", "no factor"),
    (("influences", "+"), {"factor": "experience", "round": "r1"}, "$.influences[2]", "already"),
    (("reviews", 0, "reviewer"), "x", "$.reviews[0].reviewer", "no participant"),
    (("reviews", 0, "items", 0, "case"), "x", "$.reviews[0].items[0].case", "no case"),
    (("profiles", 0, "smallest_group"), 0, "$.profiles[0].smallest_group", ""),
]


@pytest.mark.parametrize(("path", "value", "place", "words"), WRONG, ids=[f"{w[2]}-{w[3][:20]}" for w in WRONG])
def test_what_is_wrong_is_named_with_its_place(path, value, place, words):
    problem = problem_of(changed(path, value))
    assert problem.place == place
    assert words in problem.sentence
    assert problem.sentence.startswith(f"notes.json, {place}: ")
    assert "\n" not in problem.sentence


def test_a_repeated_id_is_named():
    plain = plain_example()
    for case in plain["cases"]:
        case["id"] = "5e1f0000-0000-4000-8000-0000000000ff"
    assert problem_of(plain).place == "$.cases[1].id"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"format": "fieldquill-study"',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"%PDF",
    ],
    ids=["empty", "cut", "list", "null", "utf-16", "unfinished", "deep lists", "deep objects", "pdf"],
)
def test_what_is_no_study_json_is_refused(content):
    with pytest.raises(DocumentError) as caught:
        decode(content, "notes.json")
    assert caught.value.sentence.startswith("notes.json")


def test_half_a_character_is_refused():
    raw = encode(example()).replace(b"Canary in the title", rb"\ud83d")
    with pytest.raises(DocumentError):
        decode(raw, "notes.json")


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(DocumentError, match="it is not in UTF-8"):
        decode(encode(example()).replace(b"Canary in the title", b"\xff\xfe"), "notes.json")


def test_every_rubric_that_cant_be_used_is_told():
    frozen = example().rubrics[0]
    document = msgspec.structs.replace(example(), rubrics=(frozen, replace_key(frozen, "x"), replace_key(frozen, "y")))
    assert [problem.place for problem in problems(document)] == ["$.rubrics[1].key", "$.rubrics[2].key"]


def replace_key(thing, key):
    return msgspec.structs.replace(thing, key=key)


def test_deep_nesting_in_a_place_that_takes_anything_is_refused():
    raw = encode(example()).replace(b'"Canary in the title"', b"[" * 50_000 + b"]" * 50_000)
    with pytest.raises(DocumentError):
        decode(raw, "notes.json")


def test_what_is_larger_than_any_study_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(study_json, "LARGEST", 1000)
    path = tmp_path / "notes.json"
    path.write_bytes(encode(example()))
    with pytest.raises(DocumentError, match="larger than any study"):
        read_study(path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no endless file here")
def test_an_endless_file_ends(monkeypatch):
    monkeypatch.setattr(study_json, "LARGEST", 1_000_000)
    with pytest.raises(DocumentError, match="larger than any study"):
        read_study(Path("/dev/zero"))


def test_a_file_that_cant_be_read_is_named(tmp_path):
    with pytest.raises(DocumentError, match=r"^none\.json: it can't be read"):
        read_study(tmp_path / "none.json")
    with pytest.raises(DocumentError, match="it can't be read"):
        read_study(tmp_path)


@settings(max_examples=60)
@given(document=documents(), data=st.data())
def test_a_document_broken_anywhere_is_refused_with_a_place_or_imported_whole(document, data, quick_keys, tmp_path):
    """Whatever one value is replaced by: a DocumentError, or a study that can be opened; never anything else."""
    plain = json.loads(encode(document))
    spots = list(_spots(plain))
    holder, name = data.draw(st.sampled_from(spots))
    others = [h[n] for h, n in spots if isinstance(h[n], str | int | list)]
    # A copy: a list put into one of its own rows would hold itself, which no JSON can say.
    holder[name] = copy.deepcopy(
        data.draw(
            st.one_of(
                st.none(),
                st.booleans(),
                st.integers(-2, 99),
                st.sampled_from([*others, "", "x", [], {}, "\0", "Z" * 250]),
            )
        )
    )
    try:
        found = decode(json.dumps(plain).encode(), "broken.json")
    except DocumentError:
        return
    path = tmp_path / "study.fieldquill"
    path.unlink(missing_ok=True)
    import_document(path, PASSPHRASE, found)
    with OpenStudy.open(path, PASSPHRASE) as study:
        assert content(study.document) == content(found)


def _spots(plain):
    for name, value in plain.items() if isinstance(plain, dict) else enumerate(plain):
        yield plain, name
        if isinstance(value, dict | list):
            yield from _spots(value)


# Files


def test_a_refused_document_leaves_nothing_behind(tmp_path, quick_keys):
    document = example()
    case = document.cases[0]
    broken = msgspec.structs.replace(document, cases=(case, case))
    with pytest.raises(FieldquillError):
        import_document(tmp_path / "study.fieldquill", PASSPHRASE, broken)
    assert list(tmp_path.iterdir()) == []


def test_writing_replaces_the_file_whole(tmp_path):
    path = tmp_path / "notes.json"
    path.write_text("before")
    write_study(example(), path)
    assert read_study(path) == example()
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cant_be_written_keeps_what_it_held(tmp_path, monkeypatch):
    path = tmp_path / "notes.json"
    path.write_text("before")

    def fails(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(ExportError, match="No space left"):
        write_study(example(), path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_an_error_of_ours(tmp_path):
    with pytest.raises(ExportError):
        write_study(example(), tmp_path / "none" / "notes.json")


def test_levels_that_are_alike_are_answered_as_the_highest_of_them():
    plain = plain_example()
    rubric = library.load("microsoft-mlops-maturity")
    criterion = next(each.criteria[0].id for each in rubric.principles if "level-1" not in each.levels)
    here = {"rubric": rubric.id, "criterion": criterion, "case": "c1"}
    plain["rubrics"].append({"key": rubric.id})
    plain["answers"] += [
        {**here, "round": "r1", "assessor": "ada", "verdict": "level-0"},
        {**here, "round": "r1", "assessor": "bob", "verdict": "level-1"},
        {**here, "round": "r2", "assessor": "bob"},
    ]
    document = decode(json.dumps(plain).encode(), "notes.json")
    assert [each.verdict for each in document.answers if each.rubric == rubric.id] == ["level-1", "level-1", None]
    assert document.answers[:3] == example().answers
    assert decode(encode(document), "notes.json") == document
