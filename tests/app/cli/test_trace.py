"""What `trace` prints: every link of the chain, once, in words that fit a terminal and keep to themselves."""

import json

import pytest
from hypothesis import given
from msgspec.structs import replace

from app.cli.known import UnknownKeyError
from app.cli.trace import WIDTH, as_json, as_text, trace
from app.model.evidence import Evidence, Stance, Weight
from app.model.source import Entry, Source
from tests.documents import documents, example


def links_in(plain):
    """Every link in the JSON, wherever it stands."""
    if isinstance(plain, dict):
        if "citation" in plain:
            yield plain
        for inner in plain.values():
            yield from links_in(inner)
    elif isinstance(plain, list):
        for inner in plain:
            yield from links_in(inner)


@given(documents())
def test_every_link_is_in_it_and_no_line_is_too_long(document):
    traced = trace(document)
    found = list(links_in(json.loads(as_json(traced))))
    assert len(found) == len(traced.chain.all_links)
    text = as_text(traced)
    assert all(len(line) <= WIDTH for line in text.split("\n"))
    assert all(character.isprintable() for character in text.replace("\n", ""))


def test_the_whole_chain_as_text():
    assert as_text(trace(example())) == WANTED


def test_a_case_has_what_is_of_it_and_what_is_of_all():
    traced = trace(example(), "c2")
    assert [case.case.key for case in traced.cases] == ["c2"]
    assert [each.key for each in traced.challenges] == ["ch2"]
    assert traced.influences == ()
    assert {each.case for each in traced.warnings} <= {None, "c2"}
    both = trace(example(), "c1")
    assert [each.key for each in both.challenges] == ["ch1", "ch2"]
    assert [each.case for each in both.influences] == ["c1"]
    assert both.coverage == traced.coverage == trace(example()).coverage


def test_a_case_is_not_warned_of_what_is_not_shown():
    against = Evidence(passage="m1-p1", stance=Stance.CONTRADICTS)
    challenges = tuple(replace(each, evidence=(against,)) for each in example().challenges)
    influences = tuple(replace(each, evidence=(against,)) for each in example().influences)
    document = replace(example(), challenges=challenges, influences=influences)
    told = {case: [each.key for each in trace(document, case).warnings if not each.criterion] for case in ("c1", "c2")}
    assert told == {"c1": ["challenges/ch1", "challenges/ch2", "experience/c1"], "c2": ["challenges/ch2"]}
    assert "experience/" in {each.key for each in trace(document).warnings}


def test_what_can_not_be_traced():
    with pytest.raises(UnknownKeyError, match='no case "c9"; its cases: c1 and c2'):
        trace(example(), "c9")
    bare = replace(
        example(), cases=(), answers=(), consensus=(), overrides=(), findings=(), challenges=(), influences=()
    )
    with pytest.raises(UnknownKeyError, match="its cases: none"):
        trace(bare, "c1")
    with pytest.raises(UnknownKeyError, match="no rubric"):
        trace(replace(bare, rubrics=()))


def answered_on(*links, text="canary"):
    document = example()
    answer = replace(document.answers[0], evidence=links, rationale="")
    source = Source(key="m1", title="M", round="r2", entries=(Entry(key="m1-1", text=text),))
    sources = (document.sources[0], source, document.sources[2])
    return replace(document, answers=(answer,), sources=sources)


def told(document):
    return as_text(trace(document))


def test_what_speaks_against_says_why_the_judgement_stands():
    against = Evidence(passage="m1-p1", stance=Stance.CONTRADICTS)
    assert "Contradicts: no note says why it stands" in told(answered_on(against))
    text = told(answered_on(replace(against, note="it was a parrot")))
    assert "        x I1" not in text
    assert "x I2 line 1, said: canary\n          Contradicts: it was a parrot\n" in text


def test_a_link_says_all_there_is_of_it():
    link = Evidence(passage="m1-p1", weight=Weight.DOCUMENTED, reference="the log", note="page 3", words="a parrot")
    text = told(answered_on(link))
    assert "- I2 line 1, documented (the log): canary\n          Note: page 3\n" in text
    assert "          Check again: when linked it said: a parrot\n" in text
    gone = replace(answered_on(link), passages=tuple(replace(each, spans=()) for each in example().passages))
    assert "- I2, documented (the log): a parrot [no longer in the notes]" in told(gone)


def test_a_level_that_lapsed_says_what_changed():
    lapsed = replace(example().overrides[0], basis="runs:partially", level="top")
    traced = trace(replace(example(), overrides=(lapsed,)))
    text = as_text(traced)
    assert "    Set to Top by the team: We saw it.\n    Lapsed: runs was partially, is largely now.\n" in text
    assert "with what the team set" not in text
    assert "! First of Canary one: Top, set by the team, has lapsed: runs was partially, is largely now." in text
    case = json.loads(as_json(traced))["cases"][0]
    assert case["team"] is None
    assert case["principles"][0]["override"] == {
        "level": "top",
        "assessor": "ada",
        "reason": "We saw it.",
        "lapsed": True,
        "changed": [{"criterion": "runs", "then": "partially", "now": "largely"}],
    }


def test_long_words_are_shortened_and_signs_of_the_terminal_are_not_sent_to_it():
    link = Evidence(passage="m1-p1", words=f"\x1b[31mred {'word ' * 60}")
    text = told(answered_on(link))
    assert "\x1b" not in text
    assert "word…" in text
    assert (
        json.loads(as_json(trace(answered_on(link))))["cases"][0]["principles"][0]["criteria"][0]["answers"][0][
            "evidence"
        ][0]["words_then"]
        == link.words
    )


def test_without_warnings_it_says_so():
    document = answered_on(Evidence(passage="m1-p1", weight=Weight.SHOWN))
    quiet = replace(document, findings=(), challenges=(), influences=())
    assert "Nothing in the evidence to look at again" in told(quiet)
    assert "Challenges" not in told(quiet)
    assert "1 of 1 answer with evidence" in told(quiet)


WANTED = """\
Canary one: Middle overall (at most Top): both principles are Middle and hold it back alike.
  Middle with what the team set.

  The first principle: Middle, at most Top: 1 criterion unanswered
    Middle because the only criterion of Middle is at least largely achieved; Top needs its only
    criterion: is fast (unanswered). The open answer could still raise it to Top.
    Set to Middle by the team: We saw it.
    Finding: It runs.
      - M1 line 1, said: canary
    runs (largely achieved counts)
      Fully achieved (Ada)
        - I1 lines 1-2, shown (the chart): canary … sings … Alarms
          Note: on a wall
          Check again: when linked it said: The canary
      Partially achieved (Bob)
    is fast: unanswered

  The second principle: Middle, at most Top: 1 criterion unanswered
    Middle only because no criterion of Middle applies; Top needs its only criterion: alarms
    (unanswered). The open answer could still raise it to Top.
    seen
      Not applicable (Ada): canary reason
    alarms: unanswered

Two: Low overall (at most Top): both principles are Low and hold it back alike.

  The first principle: Low, at most Top: 2 criteria unanswered
    Low because Middle needs its only criterion: runs (unanswered). The open answers could still
    raise it to Top.
    runs: unanswered
    is fast: unanswered

  The second principle: Low, at most Top: 2 criteria unanswered
    Low because Middle needs its only criterion: seen (unanswered). The open answers could still
    raise it to Top.
    seen: unanswered
    alarms: unanswered

Challenges
  Stability
    x I1 lines 1-2, said: canary … sings … Alarms
      Contradicts: no note says why it stands
      Check again: when linked it said: canary
  Tools

Factors
  Experience for the organisation: neutral
  Experience for Canary one: unknown
    - M1 line 1, documented: canary

Evidence to look at
  ! Runs of Canary one (Ada): rests on I1 lines 1-2, which reads otherwise now.
  ! The challenge “Stability”: rests on I1 lines 1-2, which reads otherwise now.
  ! The challenge “Stability”: contradicted by I1 lines 1-2, and no note says why it stands.
  ! Runs of Canary one (Bob): answered partially achieved, without evidence.
  ! Experience for Canary one: rests on something documented that is not named: M1 line 1.
  ! Runs of Canary one (Ada): rests on I1 lines 1-2, which is still uncertain.
  ! The challenge “Stability”: rests on I1 lines 1-2, which is still uncertain.

Coverage of the study
  1 of 2 answers with evidence
  2 of 2 passages used as evidence
  1 of 1 interview with notes coded
  links: 2 said, 1 shown, 1 documented"""
