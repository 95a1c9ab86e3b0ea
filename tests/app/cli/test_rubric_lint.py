"""`rubrics lint`: remarks by line, nothing to mend in those we ship, and a sentence where a file is no rubric."""

import pytest
from click.testing import CliRunner

from app.cli.main import cli
from app.paths import RUBRICS
from app.rubric import library
from app.rubric.errors import RubricError
from tests.documents import RUBRIC_TEXT


def lint(file):
    return CliRunner().invoke(cli, ["rubrics", "lint", str(file)], catch_exceptions=False).output.splitlines()


@pytest.mark.parametrize("rubric_id", library.shipped())
def test_the_shipped_rubrics_lint_clean(rubric_id):
    assert lint(RUBRICS / f"{rubric_id}.yaml")[-1] == f"{rubric_id}.yaml: nothing to mend."


def test_remarks_stand_with_their_lines(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text(RUBRIC_TEXT.replace("It is fast.", "It is not slow."), encoding="utf-8")
    lines = lint(own)
    assert lines[0].startswith("own.yaml, line 19: note: it alone decides")
    assert 'own.yaml, line 20: it says what is bad, so that "fully achieved" would be: say what is good' in lines
    assert lines[-1] == "own.yaml: 3 things to mend."
    own.write_text(RUBRIC_TEXT.replace("id: is-fast, level: top", "id: is-fast, level: none"), encoding="utf-8")
    with pytest.raises(RubricError, match=r"own\.yaml, line 20: expected one of low, mid, top as level"):
        lint(own)
