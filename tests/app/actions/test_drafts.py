"""Drafts of rubrics: begun as copies, kept as typed, and each step taken back whole."""

import pytest

from app.actions import drafts, rubrics, things
from app.actions.errors import NotFoundError
from app.rubric import library
from app.rubric.draft import check, read_draft, with_value
from app.rubric.errors import RubricError
from app.rubric.write import write_rubric
from tests.app.actions.clocked import check_undo, done, of
from tests.documents import RUBRIC, RUBRIC_TEXT


def test_a_draft_of_a_frozen_rubric_has_the_next_version(study):
    changes = check_undo(study, drafts.begin_draft, RUBRIC_TEXT)
    draft = of(study, "drafts", "a-small-rubric")
    assert (changes.label, changes.tables) == ("Begin draft A small rubric", {"drafts"})
    assert (draft.title, draft.based_on) == ("A small rubric", "small 1.0")
    assert read_draft(draft.text, "x") == with_value(read_draft(RUBRIC_TEXT, "x"), "$.version", "1.1")
    study.do(rubrics.add_rubric, draft.text)
    study.do(drafts.begin_draft, RUBRIC_TEXT)
    assert 'version: "1.2"' in of(study, "drafts", "a-small-rubric-2").text


def test_a_draft_of_another_rubric_keeps_its_version(study):
    text = library.text("john-2021-stages")
    study.do(drafts.begin_draft, text)
    draft = of(study, "drafts", "stages-of-mlops-after-john-olsson-and-bosch")
    assert check(read_draft(draft.text, "x")).rubric == library.load("john-2021-stages")


def test_a_version_of_one_number_gets_a_second(study):
    study.do(rubrics.add_rubric, RUBRIC_TEXT.replace('"1.0"', '"2"'))
    study.do(drafts.begin_draft, RUBRIC_TEXT.replace('"1.0"', '"2"'))
    assert 'version: "2.1"' in of(study, "drafts", "a-small-rubric").text


def test_one_that_lacks_nearly_everything(study):
    study.do(drafts.begin_draft, "id: own\n")
    assert of(study, "drafts", "x").title == "Untitled rubric"
    with pytest.raises(RubricError, match=r"own\.yaml, line 1: "):
        study.do(drafts.begin_draft, "licens: own\n", "own.yaml")


def test_one_from_nothing_needs_words_alone(study):
    changes = check_undo(study, drafts.new_draft)
    draft = of(study, "drafts", "x")
    assert (changes.label, draft.title, draft.based_on) == ("Begin draft Untitled rubric", "Untitled rubric", "")
    plain = read_draft(draft.text, "x")
    assert (len(plain["levels"]), len(plain["principles"]), len(plain["principles"][0]["criteria"])) == (3, 1, 2)
    for path in (found := check(plain).problems):
        plain = with_value(plain, path, "Words")
    assert found
    assert check(plain).rubric is not None


def test_what_is_typed_is_kept_sound_or_not(study):
    plain = with_value(read_draft(RUBRIC_TEXT, "x"), "$.title", "  Our  own ")
    assert done(study, drafts.change_draft, "small-own", plain) == "Change draft Our own"
    plain = with_value(plain, "$.rule", "no rule")
    study.do(drafts.change_draft, "small-own", plain, "$.rule")
    study.do(drafts.change_draft, "small-own", with_value(plain, "$.rule", "none"), "$.rule")
    assert "rule: none" in of(study, "drafts", "small-own").text
    study.undo()
    assert "rule: staged" in of(study, "drafts", "small-own").text
    with pytest.raises(NotFoundError):
        study.do(drafts.change_draft, "none", plain)


def test_a_draft_is_removed_like_anything(study):
    assert done(study, things.remove, "drafts", "small-own") == "Remove draft of a rubric Canary draft"
    assert study.document.drafts == ()
    assert write_rubric(RUBRIC).startswith("id: small\n")
