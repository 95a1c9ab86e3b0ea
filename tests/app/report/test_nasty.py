"""What people write is printed as written: never read as markup, never a reason to fail."""

import ast
import io
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import msgspec.inspect
import pikepdf
import pytest

import app.report
from app.model.document import StudyDocument
from tests.reports import build_report

OURS = frozenset(
    {
        ("FrozenRubric", "text"),  # read as YAML, and refused where it is none
        ("RubricDraft", "text"),
        ("Source", "zone"),
        ("ReportSetup", "profile"),
        ("ReportSetup", "sections"),
        ("Allowance", "profile"),
    }
)
"""Fields of text that nobody types, or that are not printed but read."""

MARKUP = '<b>bold</b> <img src="/etc/passwd"/> <a href="http://example.test/">link</a> &amp; a<b <br/> <para> '


def filled(study, words):
    """The study with `words` in every field that people write into, whatever fields there are."""
    return written(study, msgspec.inspect.type_info(StudyDocument), words)


def written(value, kind, words):
    extra = None
    while isinstance(kind, msgspec.inspect.Metadata):
        kind, extra = kind.type, extra or kind.extra
    if isinstance(kind, msgspec.inspect.UnionType):
        kinds = [each for each in kind.types if not isinstance(each, msgspec.inspect.NoneType)]
        return value if value is None else written(value, kinds[0], words)
    if isinstance(kind, msgspec.inspect.StructType):
        name, fields = type(value).__name__, msgspec.inspect.type_info(type(value)).fields
        new = {
            each.name: written(getattr(value, each.name), each.type, words)
            for each in fields
            if (name, each.name) not in OURS
        }
        return msgspec.structs.replace(value, **new)
    if isinstance(kind, msgspec.inspect.VarTupleType):
        return tuple(written(each, kind.item_type, words) for each in value)
    if isinstance(kind, msgspec.inspect.StrType) and not (kind.pattern or extra):
        return words[: kind.max_length] or value
    return value


def texts(value):
    """All strings of a study."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts(each)]
    return [text for each in value for text in texts(each)] if isinstance(value, list | tuple) else []


def test_every_field_people_write_into_is_filled(study):
    kept = texts(msgspec.to_builtins(filled(study, "\N{SNOWMAN}" * 3)))
    assert sum("\N{SNOWMAN}" in text for text in kept) > 300
    typed = {text for text in kept if " " in text and len(text) < 200}
    assert typed == set()


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
        "ab" * 500_000,
    ],
    ids=["control", "scripts", "wide-word", "long-word", "lines", "blank", "long", "megabyte"],
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


def test_nothing_in_the_report_makes_reportlabs_paragraphs():
    """They would read what people wrote as markup; those of the report are made in app/report/text.py."""
    forbidden = {"Paragraph", "XPreformatted", "Preformatted", "Table", "LongTable"}
    for path in Path(app.report.__path__[0]).rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        theirs = [node for node in imports if (node.module or "").startswith("reportlab")]
        assert not {alias.name for node in theirs for alias in node.names} & {*forbidden, "platypus", "*"}, path
        whole = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
        assert not [name for name in whole if name.startswith("reportlab")], path


def test_a_report_is_made_of_its_arguments_alone(study, monkeypatch):
    """No clock: the same bytes whatever the time."""
    import time

    before = build_report(study, version="1")
    monkeypatch.setattr(time, "time", lambda: 4_000_000_000.0)
    assert build_report(study, version="1") == before


BUILD = """
import os, sys
import msgspec
from app.model.document import StudyDocument
from app.report.build import make_report
from app.report.snapshot import take
document = msgspec.json.decode(open(sys.argv[1], "rb").read(), type=StudyDocument)
make_report(take(document, version="1"))  # all that is loaded once is loaded
os.path.exists("/the-report-begins")
make_report(take(document, version="1"))
os.path.exists("/the-report-ends")
"""
CALLS = "trace=%file,%network"


def test_while_a_report_is_made_no_file_is_opened_and_nobody_is_called(study, tmp_path):
    if (strace := shutil.which("strace")) is None:
        pytest.skip("strace is not here: `packaging/setup/system-libraries test` installs it on Debian")
    log, kept = tmp_path / "calls.txt", tmp_path / "study.json"
    kept.write_bytes(msgspec.json.encode(filled(study, MARKUP)))
    command = [strace, "-f", "-qq", "-o", log, "-e", CALLS, sys.executable, "-B", "-c", BUILD, kept]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "ptrace" in done.stderr or "Operation not permitted" in done.stderr:
        pytest.skip("this system does not let one program watch another")
    assert done.returncode == 0, done.stderr
    calls = log.read_text().splitlines()
    marks = ("/the-report-begins", "/the-report-ends")
    begun, ended = (next(number for number, call in enumerate(calls) if mark in call) for mark in marks)
    assert begun < ended
    assert calls[begun + 1 : ended] == []
    assert not [call for call in calls if "socket(" in call or "connect(" in call]
