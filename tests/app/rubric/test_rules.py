"""What each rule asks of a rubric file, refused with the line where it goes wrong."""

import pytest

from app.rubric.errors import RubricError
from app.rubric.load import decode_rubric

POINTS = """\
id: own
version: "1.0"
title: Own
summary: A rubric that counts points.
licence: CC0-1.0
rule: points
overall: minimum
answers:
  - {verdict: fully, short: Done, label: It is done, points: 1}
  - {verdict: partially, short: Half, label: Half of it, points: 0.5}
  - {verdict: not, short: None, label: It is not, points: 0}
levels:
  - {id: low, name: Low, summary: S.}
  - {id: mid, name: Middle, summary: S., above: 1}
  - {id: top, name: Top, summary: S., at_least: 1.5}
principles:
  - id: first
    name: First
    short: First
    description: D.
    criteria:
      - {id: runs, statement: S., evidence: E., question: "Q?", advice: A.}
      - {id: tells, statement: S., evidence: E., question: "Q?", advice: A.}
"""
CHOICE = """\
id: own
version: "1.0"
title: Own
summary: A rubric whose levels are picked.
licence: CC0-1.0
rule: choice
overall: none
levels:
  - {id: low, name: Low, summary: S.}
  - {id: top, name: Top, summary: S.}
principles:
  - id: first
    name: First
    short: First
    description: D.
    levels: {low: By hand., top: By machine.}
    criteria:
      - {id: runs, statement: S., evidence: E., question: "Q?", advice: A.}
"""
STAGED = CHOICE.replace("choice", "staged").replace("{id: runs, ", "{id: runs, level: top, ")


def problem(text):
    with pytest.raises(RubricError) as found:
        decode_rubric(text, "own.yaml")
    return str(found.value)


def test_these_are_sound():
    for text in (POINTS, CHOICE, STAGED):
        assert decode_rubric(text, "own.yaml").title == "Own"


TWO_ANSWERS = "".join(POINTS.splitlines(keepends=True)[8:10])
LAST = CHOICE.splitlines(keepends=True)[-1]
MORE = LAST.replace("runs", "more")
BROKEN = [
    (POINTS, ", above: 1}", "}", 14, 'expected one of "above" and "at_least" where this level begins, found none'),
    (POINTS, ", above: 1}", ", above: 1, at_least: 1}", 14,
     'expected one of "above" and "at_least" where this level begins, found both'),
    (POINTS, "summary: S.}", "summary: S., above: 0}", 13,
     "expected no figure where this level begins, since the lowest begins with nothing, found one"),
    (POINTS, "at_least: 1.5", "at_least: 1", 15, "expected more than where the level below begins, found 1"),
    (POINTS, "at_least: 1.5", "at_least: .nan", 15, "expected a number, found nan"),
    (POINTS, "above: 1}", "above: -.inf}", 14, "expected a number, found -inf"),
    (POINTS, "points: 0.5", "points: 0.125", 10, "expected points with at most two decimals, found 0.125"),
    (POINTS, "points: 0.5", "points: 1", 10, "expected fewer points than the answer before has, found 1"),
    (POINTS, "verdict: not", "verdict: largely", 11,
     'expected a lower achievement than the answer before, found "largely"'),
    (POINTS, "{id: runs, ", "{id: runs, level: mid, ", 22,
     'expected no level, since the rule is "points", found "mid"'),
    (POINTS, TWO_ANSWERS, "", 8, "expected at least two answers with their points, found fewer"),
    (CHOICE, "overall: none\n", "overall: none\nanswers:\n  - {verdict: fully, short: Y, label: Y, points: 1}\n", 8,
     'expected no answers, since the rule is "choice" and levels are picked, found some'),
    (CHOICE, "summary: S.}", "summary: S., above: 1}", 9,
     'expected no figure where this level begins, since the rule is "choice", found one'),
    (CHOICE, LAST, LAST + MORE, 19, "expected one criterion in a principle whose level is picked, found more"),
    (CHOICE, "low: By hand., ", "", 16, 'expected a sentence for the level "low", found none'),
    (CHOICE, "    levels: {low: By hand., top: By machine.}\n", "", 12,
     'expected a sentence for the level "low", found none'),
    (STAGED, "level: top, ", "", 18, "expected one of low, top as level, found nothing"),
    (STAGED, ", top: By machine.", "", 16, 'expected a sentence for the level "top", found none'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "old", "new", "line", "sentence"), BROKEN)
def test_what_a_rule_asks_for_is_told_with_its_line(text, old, new, line, sentence):
    assert old in text
    assert problem(text.replace(old, new, 1)) == f"own.yaml, line {line}: {sentence}"


def test_a_level_left_out_is_described_like_the_one_below():
    rubric = decode_rubric(CHOICE.replace(", top: By machine.", ""), "own.yaml")
    assert rubric.principles[0].told(rubric, "top") == "By hand."
    assert decode_rubric(POINTS, "own.yaml").principles[0].told(rubric, "top") == ""
