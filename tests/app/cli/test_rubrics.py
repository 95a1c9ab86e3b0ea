"""The command that maps one rubric to another."""

import pytest
from click.testing import CliRunner

from app.cli.main import cli
from app.errors import FieldquillError
from app.paths import RUBRICS
from app.rubric import library
from app.rubric.load import read_mapping

SMALL = """\
id: small
version: "1.0"
title: A small rubric
summary: One principle.
licence: CC0-1.0
rule: staged
overall: median
levels:
  - {id: low, name: Low, summary: By hand.}
  - {id: top, name: Top, summary: By machine.}
principles:
  - id: only
    name: The only principle
    short: Only
    description: What there is.
    levels: {low: Nothing., top: All.}
    criteria:
      - {id: automated-training, level: top, statement: Training runs., evidence: E., question: Q, advice: A.}
"""
MAPPING = """\
id: small-to-maturity
from: small
to: mlops-maturity
from_version: "1.0"
to_version: "1.0"
licence: CC0-1.0
note: Training is training.
entries:
  - {to: automated-training, from: [automated-training], note: It is the same.}
"""


@pytest.fixture
def run(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.yaml").write_text(SMALL, encoding="utf-8")
    return lambda *arguments: CliRunner().invoke(cli, ["rubrics", "map", *arguments])


def test_a_mapping_is_checked_and_what_it_covers_is_printed(run, tmp_path):
    (tmp_path / "map.yaml").write_text(MAPPING, encoding="utf-8")
    done = run("own.yaml", "mlops-maturity", "map.yaml")
    assert done.exit_code == 0
    rest = [each.id for each in library.load("mlops-maturity").criteria if each.id != "automated-training"]
    assert done.output.splitlines() == [
        "map.yaml maps small 1.0 to mlops-maturity 1.0.",
        "Proposed in mlops-maturity: 1 of 31 criteria",
        "  automated-training",
        "Not proposed in mlops-maturity: 30 of 31 criteria",
        *(f"  {each}" for each in rest),
        "Not used from small: 0 of 1 criterion",
    ]
    assert (tmp_path / "map.yaml").read_text(encoding="utf-8") == MAPPING


def test_what_does_not_fit_is_named_with_its_line(run, tmp_path):
    (tmp_path / "map.yaml").write_text(MAPPING.replace("to: automated-training", "to: training"), encoding="utf-8")
    done = run("own.yaml", "mlops-maturity", "map.yaml")
    assert isinstance(done.exception, FieldquillError)
    assert done.exception.sentence == (
        'map.yaml, line 9: expected the id of a criterion of "mlops-maturity" as to, found "training"'
    )


def test_a_draft_is_written_where_there_is_no_file(run, tmp_path):
    done = run("own.yaml", "mlops-maturity", "map.yaml")
    assert done.output.startswith("Wrote map.yaml, a draft: 1 entry, ")
    assert done.output.endswith(" suggestions in comments. Its notes are still to be written.\n")
    mapping = read_mapping(tmp_path / "map.yaml")
    assert [entry.to for entry in mapping.entries] == ["automated-training"]
    assert "  # repeatable-pipeline: The steps from extracting data" in (tmp_path / "map.yaml").read_text(
        encoding="utf-8"
    )
    again = run("own.yaml", "mlops-maturity", "map.yaml")
    assert again.output.startswith("map.yaml maps small 1.0 to mlops-maturity 1.0.\nProposed in")


def test_a_rubric_is_one_that_is_shipped_or_a_file(run, tmp_path):
    assert run(str(RUBRICS / "ml-test-score.yaml"), "mlops-principles", "map.yml").exit_code == 0
    (tmp_path / "mlops-maturity").write_text("no rubric", encoding="utf-8")
    assert run("mlops-maturity", "ml-test-score", "other.yaml").exit_code == 0
    (tmp_path / "mine").write_text(SMALL, encoding="utf-8")
    assert "1 of 1 criterion" in run("mine", "mine", self_mapped(tmp_path)).output
    assert "There is no rubric" in run("none", "ml-test-score", "third.yaml").exception.sentence
    assert isinstance(run("none.yaml", "ml-test-score", "third.yaml").exception, FileNotFoundError)
    assert not (tmp_path / "third.yaml").exists()


def self_mapped(folder):
    text = MAPPING.replace("to: mlops-maturity", "to: small")
    (folder / "self.yaml").write_text(text, encoding="utf-8")
    return "self.yaml"


def test_a_draft_is_a_yaml_file_in_a_folder_that_is_there(run, tmp_path):
    done = run("own.yaml", "mlops-maturity", "map.fieldquill")
    assert done.exit_code == 2
    assert "map.fieldquill is no .yaml file; name one to write." in done.output
    assert isinstance(run("own.yaml", "mlops-maturity", "there/map.yaml").exception, FieldquillError)
    assert [path.name for path in tmp_path.iterdir()] == ["own.yaml"]
