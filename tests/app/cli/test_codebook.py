"""The codebook commands; and that whatever file they are given, a study is as it was when it is refused."""

import json
import shutil

import msgspec
import openpyxl
import pytest
from click.testing import CliRunner

from app.actions.open_study import OpenStudy
from app.cli.main import cli
from app.errors import FieldquillError
from tests.app.cli.conftest import PASSPHRASE
from tests.app.exchange.test_codebook import CSV
from tests.documents import example


@pytest.fixture
def run(monkeypatch, quick_keys, tmp_path):
    monkeypatch.setenv("FIELDQUILL_PASSPHRASE", PASSPHRASE)
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(cli, list(map(str, arguments)))


@pytest.fixture
def study_path(quick_template, tmp_path):
    return shutil.copyfile(quick_template, tmp_path / "study.fieldquill")


def codes_of(study_path):
    with OpenStudy.open(study_path, PASSPHRASE, read_only=True) as study:
        return {code.key: code for code in study.document.codes}


def test_there_and_back(run, study_path, tmp_path):
    assert run("codebook", "export", study_path, "-o", "out.csv").output == "Wrote out.csv. It is not encrypted.\n"
    before = codes_of(study_path)
    done = run("codebook", "import", study_path, "out.csv")
    assert done.output == "Added 0 codes of out.csv to study.fieldquill; 2 were there already.\n"
    assert codes_of(study_path) == before
    (tmp_path / "more.csv").write_text("path;use when;factor;memo\nTools;When used.;;x\nTools > New;;wind;\n")
    done = run("codebook", "import", study_path, "more.csv")
    assert done.output.splitlines() == [
        "Not carried over: memo (1).",
        "Not carried over: factor (1).",
        "Added 1 code of more.csv to study.fieldquill; 1 was there already.",
    ]
    assert codes_of(study_path)["new"].parent == "tools"
    assert codes_of(study_path)["tools"].use_when == "When used."
    (tmp_path / "odd.csv").write_text("path;\x1b[2J\nTools;x\n")
    assert run("codebook", "import", study_path, "odd.csv").output.splitlines()[0] == "Not carried over:  [2j (1)."
    (tmp_path / "one.csv").write_text("path\nAnother\n")
    assert run("codebook", "import", study_path, "one.csv").output == "Added 1 code of one.csv to study.fieldquill.\n"


def test_as_other_programs_have_it(run, study_path):
    assert run("codebook", "export", study_path, "-o", "out.qdc").output == "Wrote out.qdc. It is not encrypted.\n"
    before = codes_of(study_path)
    done = run("codebook", "import", study_path, "out.qdc")
    assert done.output == "Added 0 codes of out.qdc to study.fieldquill; 2 were there already.\n"
    assert codes_of(study_path) == before


def test_a_workbook(run, study_path, tmp_path):
    assert run("codebook", "export", study_path, "-o", "Out.XLSX").exit_code == 0
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(tmp_path / "Out.XLSX")["Codebook"]]
    assert rows[0][:2] == ["path", "definition"]
    assert [row[0] for row in rows[1:]] == ["Tools", "Tools > Monitoring"]


@pytest.mark.parametrize("name", ["codes.txt", "codes", "other.fieldquill", "study.fieldquill"])
def test_other_files_are_not_written(run, study_path, tmp_path, name):
    before = study_path.read_bytes()
    refused = run("codebook", "export", study_path, "-o", name)
    assert refused.exit_code == 2
    assert name in refused.output
    assert [path.name for path in tmp_path.iterdir()] == ["study.fieldquill"]
    assert study_path.read_bytes() == before


@pytest.mark.parametrize("what", CSV)
def test_hostile_csv(run, study_path, tmp_path, what):
    content, sentence = CSV[what]
    (tmp_path / "codes.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    before = study_path.read_bytes()
    refused = run("codebook", "import", study_path, "codes.csv")
    assert isinstance(refused.exception, FieldquillError)
    assert refused.exception.sentence.startswith("codes.csv")
    assert sentence in refused.exception.sentence
    assert study_path.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["codes.csv", "study.fieldquill"]


def code(**fields):
    return {"key": "evil", "name": "Evil", **fields}


HOSTILE_CODES = {
    "a loop": ([code(parent="other"), code(key="other", parent="evil")], "$.codes[0].parent"),
    "its own parent": ([code(parent="evil")], "$.codes[0].parent"),
    "no such parent": ([code(parent="gone")], "$.codes[0].parent"),
    "one key twice": ([code(), code()], "$.codes[1]"),
    "a bad colour": ([code(colour="#00ff9a; url(http://x)")], "$.codes[0].colour"),
    "a colour with a break": ([code(colour="#00ff9a\n")], "$.codes[0].colour"),
    "a key that is a path": ([code(key="../../evil")], "$.codes[0].key"),
    "a NUL": ([code(name="a\0b")], "$.codes[0].name"),
    "half a character": ([code(definition="\ud83d")], "it is not"),
    "a name of megabytes": ([code(name="x" * 10_000_000)], "$.codes[0].name"),
    "a number": ([code(name=7)], "$.codes[0].name"),
    "a field too many": ([code(formula="=1+1")], "formula"),
    "a theme of its own": ([code(theme="evil")], "$.codes[0].theme"),
    "no such principle": ([code(rubric="small", principle="gone")], "$.codes[0].principle"),
    "a principle of no rubric": ([code(principle="first")], "$.codes[0].principle"),
    "no such factor": ([code(factor="gone")], "$.codes[0].factor"),
}


@pytest.mark.parametrize("what", HOSTILE_CODES)
def test_hostile_study_json(run, study_path, tmp_path, what):
    """No study is made of it, and none that is there is touched."""
    codes, place = HOSTILE_CODES[what]
    plain = msgspec.to_builtins(msgspec.structs.replace(example(), codings=(), double_codings=()))
    plain = {**json.loads(msgspec.json.encode(plain)), "codes": codes}
    (tmp_path / "evil.json").write_text(json.dumps(plain), "ascii")
    before = study_path.read_bytes()
    for target in ("new.fieldquill", study_path):
        refused = run("import", "evil.json", "-o", target)
        assert isinstance(refused.exception, FieldquillError)
        assert refused.exception.sentence.startswith("evil.json")
        assert place in refused.exception.sentence
        assert "\n" not in refused.exception.sentence
    assert study_path.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["evil.json", "study.fieldquill"]
