"""A small rubric as YAML, to be broken one way at a time."""

import pytest

SMALL = """\
id: small
version: "1.0"
title: A small rubric
summary: Two principles and three levels.
licence: CC0-1.0
rule: staged
overall: median
sources:
  - id: book
    title: A book
    year: 2020
    url: https://example.org/book
    note: Everything.
levels:
  - {id: low, name: Low, summary: By hand.}
  - {id: mid, name: Middle, summary: In part.}
  - {id: top, name: Top, summary: By machine.}
principles:
  - id: first
    name: The first principle
    short: First
    description: What comes first.
    levels:
      low: By hand.
      mid: In part.
      top: By machine.
    criteria:
      - id: build-runs
        level: mid
        statement: The build runs.
        evidence: A log.
        question: How do you build?
        advice: Write a script.
        sources: [book]
      - id: build-is-fast
        level: top
        statement: The build is fast.
        evidence: A clock.
        question: How long does it take?
        advice: Measure it.
  - id: second
    name: The second principle
    short: Second
    description: What comes second.
    levels: {low: Nothing., mid: Something., top: All.}
    criteria:
      - {id: seen, level: mid, statement: S., evidence: E., question: Q, advice: A.}
      - {id: told, level: top, statement: S., evidence: E., question: Q, advice: A., sources: [book]}
"""


@pytest.fixture
def small() -> str:
    """The YAML of a valid rubric."""
    return SMALL


LADDER = """\
id: ladder
version: "2.0"
title: A ladder
summary: One principle and a level to pick.
licence: CC0-1.0
rule: choice
overall: none
levels:
  - {id: low, name: Low, summary: By hand.}
  - {id: mid, name: Middle, summary: In part.}
  - {id: more, name: More, summary: In part.}
  - {id: top, name: Top, summary: By machine.}
principles:
  - id: build
    name: Building
    short: Building
    description: How it is built.
    levels: {low: By hand., mid: It runs., top: It runs fast.}
    criteria:
      - {id: building, statement: How it is built., evidence: E., question: Q, advice: A.}
  - id: flat
    name: Flat
    short: Flat
    description: Nothing tells levels apart.
    levels: {low: By hand.}
    criteria:
      - {id: flatness, statement: How flat it is., evidence: E., question: Q, advice: A.}
"""


@pytest.fixture
def ladder() -> str:
    """The YAML of a rubric whose levels are picked; two of them are alike, and one principle has nothing to pick."""
    return LADDER
