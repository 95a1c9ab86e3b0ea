"""A drafted mapping is one that can be read, or will be once a comment in it is taken up."""

import itertools

import pytest

from app.rubric import library
from app.rubric.drafting import draft_mapping
from app.rubric.errors import RubricError
from app.rubric.load import decode_mapping, decode_rubric


def uncommented(text):
    """A draft with its suggestions taken up: the comments that are entries become some."""
    fields = ("  # - to: ", "  #   from: ", "  #   level: ", "  #   at_least: ", "  #   note: ")
    lines = [line.replace("# ", "", 1) if line.startswith(fields) else line for line in text.splitlines()]
    return "\n".join(lines)


def test_what_has_the_same_id_becomes_an_entry_and_the_closest_a_comment(small):
    old = decode_rubric(small, "old.yaml")
    new = decode_rubric(
        small.replace("id: small", "id: other")
        .replace("id: build-is-fast", "id: quick-builds")
        .replace("The build is fast.", "Builds are fast,\n          by the clock.")
        .replace("{id: seen,", '{id: "on",'),
        "new.yaml",
    )
    draft = draft_mapping(old, new)
    assert (draft.entries, draft.suggested) == (2, 1)
    mapping = decode_mapping(draft.text, "draft.yaml", (old, new))
    assert [(entry.to, entry.sources) for entry in mapping.entries] == [
        ("build-runs", ("build-runs",)),
        ("told", ("told",)),
    ]
    assert "  # quick-builds: Builds are fast, by the clock.\n  # Closest: The build is fast.\n" in draft.text
    assert "  # on: S.\n  # Nothing comes close.\n" in draft.text
    taken = decode_mapping(uncommented(draft.text), "draft.yaml", (old, new))
    assert [(entry.to, entry.sources) for entry in taken.entries][1] == ("quick-builds", ("build-is-fast",))


def test_levels_are_suggested_one_by_one(small, ladder):
    answered, picked = decode_rubric(small, "old.yaml"), decode_rubric(ladder, "ladder.yaml")
    there, back = draft_mapping(answered, picked), draft_mapping(picked, answered)
    assert (there.entries, back.entries) == (0, 0)
    assert "building, mid: It runs." in there.text
    with pytest.raises(RubricError, match="expected a list of at least one entry as entries, found nothing"):
        decode_mapping(there.text, "draft.yaml")
    both = draft_mapping(picked, picked)
    assert both.entries == 2
    entry = decode_mapping(both.text, "draft.yaml", (picked, picked)).entries[1]
    assert (entry.to, entry.level, entry.at_least) == ("building", "top", "top")


def test_what_yaml_takes_for_something_else_is_quoted(small):
    rubric = decode_rubric(small.replace("{id: seen,", '{id: "on",').replace("id: small", 'id: "null"'), "old.yaml")
    mapping = decode_mapping(draft_mapping(rubric, rubric).text, "draft.yaml", (rubric, rubric))
    assert [entry.to for entry in mapping.entries] == ["build-runs", "build-is-fast", "on", "told"]


@pytest.mark.parametrize(("old", "new"), list(itertools.permutations(library.shipped(), 2)))
def test_suggestions_between_shipped_rubrics_can_be_taken_up(old, new):
    between = library.load(old), library.load(new)
    draft = draft_mapping(*between)
    taken = decode_mapping(uncommented(draft.text), "draft.yaml", between)
    assert len(taken.entries) == draft.entries + draft.suggested
    assert len(taken.id) <= 64


def test_the_closest_is_what_people_would_look_at_first():
    maturity, principles = library.load("mlops-maturity"), library.load("mlops-principles")
    text = uncommented(draft_mapping(maturity, principles).text)
    mapping = decode_mapping(text, "draft.yaml", (maturity, principles))
    closest = {entry.to: entry.sources[0] for entry in mapping.entries}
    assert closest["code-versions"] == "versioned-code"
    assert closest["orchestrated-runs"] == "repeatable-pipeline"
    assert closest["retraining-triggers"] == "monitoring-triggered-retraining"
    assert closest["users-to-team"] == "wrong-output-reports"
