"""What people write is printed as written: never read as markup, never a reason to fail."""

import ast
import io
from pathlib import Path

import msgspec
import pikepdf
import pytest

import app.report
from app.model.document import StudyDocument
from app.report.build import build_report

FREE = frozenset(
    {
        "name",
        "title",
        "text",
        "rationale",
        "summary",
        "ml_type",
        "data_source",
        "deployment",
        "developed_by",
        "purpose",
        "description",
        "sector",
        "remark",
        "conditions",
        "definition",
        "memo",
        "comment",
        "resolution",
        "reason",
        "reference",
        "role",
        "about",
        "affiliation",
        "marking",
    }
)
ROOM = {"name": 200, "title": 200, "role": 200, "marking": 80, "text": 200}

MARKUP = '<b>bold</b> <img src="/etc/passwd"/> <a href="http://example.test/">link</a> &amp; a<b <br/> <para> '


def filled(study, words):
    """The study with `words` in every field people write into."""

    def walk(value, key=""):
        if isinstance(value, dict):
            return {k: each if k in {"rubrics", "id", "status"} else walk(each, k) for k, each in value.items()}
        if isinstance(value, (list, tuple)):
            return [walk(each, key) for each in value]
        if isinstance(value, str) and key in FREE:
            return words[: ROOM.get(key, len(words))]
        return value

    return msgspec.convert(walk(msgspec.to_builtins(study)), StudyDocument, strict=False)


def test_markup_is_printed_as_typed_and_nothing_is_opened(study, make_report):
    printed = make_report(filled(study, MARKUP))
    for words in ('<img src="/etc/passwd"/>', "<b>bold</b>", "&amp;", "a<b", "<br/>", "<para>"):
        assert printed.flat.count(words) > 20
    assert "root:" not in printed.text
    with pikepdf.open(io.BytesIO(printed.content)) as pdf:
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        assert not [each for each in streams if each.get("/Subtype") == "/Image"]
        things = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
        assert not [each for each in things if each.get("/S") == "/URI" or "/URI" in each]


@pytest.mark.parametrize(
    "words",
    [
        "\x00\x07\x1b[31m control \x7f\x85 \u2028 \u202e override",
        "שלום العربية 中文 😀👩‍🔬 e\u0301 \ufdd0 \U000f0000",
        "W" * 200,
        "x" * 5_000,
        "line\r\nbreak\n\n\n\nend\n",
        " ",
        "many words " * 400,
    ],
    ids=["control", "scripts", "wide-word", "long-word", "lines", "blank", "long"],
)
def test_any_text_can_be_printed_within_the_margins(study, make_report, words):
    printed = make_report(filled(study, words))
    total = len(printed.pages)
    assert all(f"{number} of {total}" in text for number, text in enumerate(printed.pages, 1))
    for page, left, bottom, right, top in printed.boxes():
        assert left > 55, page
        assert right < 595.3 - 55, page
        assert bottom > 20
        assert top < 841.9 - 20
    assert all(text.isprintable() or "\n" in text for text in printed.pages)
    assert "\x00" not in printed.text


def test_a_lone_surrogate_does_not_stop_the_report(study, make_report):
    changed = msgspec.structs.replace(study.study, title="half \ud83d pair")
    printed = make_report(msgspec.structs.replace(study, study=changed))
    assert "half � pair" in printed.text
    assert "� stands for a character that the typeface of this report does not have." in printed.flat


def test_a_megabyte_in_one_word_is_cut_with_a_mark(study, make_report):
    answers = (msgspec.structs.replace(study.answers[0], rationale="z" * 1_000_000), *study.answers[1:])
    printed = make_report(msgspec.structs.replace(study, answers=answers))
    assert "[… 980,000 more characters]" in printed.flat
    assert len(printed.pages) < 40


def test_a_rationale_longer_than_a_page_goes_on_on_the_next(study, make_report):
    words = make_report(study).flat.split().count("word")
    answers = (msgspec.structs.replace(study.answers[0], rationale="word " * 3_000), *study.answers[1:])
    printed = make_report(msgspec.structs.replace(study, answers=answers))
    assert printed.flat.split().count("word") == 3_000 + words


def test_a_study_of_many_cases_has_room(study, make_report):
    def copies(things):
        return tuple(
            msgspec.structs.replace(each, case=f"c1-{n}") for each in things if each.case == "c1" for n in range(12)
        )

    first = study.cases[0]
    name = "Visual inspection of painted surfaces at plant number {}"
    cases = tuple(msgspec.structs.replace(first, key=f"c1-{n}", name=name.format(n)) for n in range(12))
    changes = {"answers": copies(study.answers), "influences": copies(study.influences), "cases": cases}
    cleared = {"sources": (), "passages": (), "findings": (), "challenges": (), "reviews": (), "consensus": ()}
    bare = tuple(msgspec.structs.replace(each, evidence=()) for each in changes["answers"])
    influences = tuple(msgspec.structs.replace(each, evidence=()) for each in changes["influences"])
    many = msgspec.structs.replace(
        study, **{**changes, **cleared, "answers": bare, "influences": influences, "overrides": ()}
    )
    printed = make_report(many)
    assert "2 Method" in printed.body[1], "the summary keeps to its page"
    for page, left, _, right, _ in printed.boxes():
        assert left > 55, page
        assert right < 595.3 - 55, page


def test_nothing_else_in_the_report_makes_paragraphs():
    """Only app/report/text.py may; anything else would let ReportLab read what people wrote as markup."""
    folder = Path(app.report.__path__[0])
    for path in folder.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        names = {getattr(call, "id", getattr(call, "attr", "")) for call in calls}
        imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
        forbidden = {"Paragraph", "XPreformatted", "Preformatted", "Table", "LongTable"}
        assert not names & forbidden or path.name == "text.py", path
        assert not imported & forbidden or path.name in {"text.py", "pdf.py"}, path


def test_a_report_is_made_of_its_arguments_alone(study, monkeypatch):
    """No clock: the same bytes whatever the time."""
    import time

    before = build_report(study, version="1")
    monkeypatch.setattr(time, "time", lambda: 4_000_000_000.0)
    assert build_report(study, version="1") == before
