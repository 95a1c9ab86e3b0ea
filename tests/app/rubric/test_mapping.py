"""Reading a mapping between two rubrics, and the sentence for everything that can be wrong with one."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.rubric.errors import RubricError
from app.rubric.load import decode_mapping, decode_rubric, read_mapping
from app.rubric.mapping import MappingEntry, identity_mapping, steps
from app.rubric.mapping_checks import problems_between
from app.rubric.structure import Given

MADE = """\
id: small-to-ladder
from: small
to: ladder
from_version: "1.0"
to_version: "2.0"
licence: CC0-1.0
note: Both ask how it is built.
entries:
  - to: building
    from: [build-runs]
    level: mid
    note: That it runs is what Middle asks.
  - to: building
    from: [build-runs, build-is-fast]
    level: top
    note: Top asks for speed, too.
"""

BACK = """\
id: ladder-to-small
from: ladder
to: small
from_version: "2.0"
to_version: "1.0"
licence: CC0-1.0
note: The other way round.
entries:
  - to: build-runs
    from: [building]
    at_least: mid
    best: largely
    note: Whoever has Middle can build.
"""


@pytest.fixture
def both(small, ladder):
    """A rubric whose criteria are answered, and one whose levels are picked."""
    return decode_rubric(small, "small.yaml"), decode_rubric(ladder, "ladder.yaml")


def problem(text, between=None):
    with pytest.raises(RubricError) as caught:
        decode_mapping(text, "own.yaml", between)
    return str(caught.value)


def test_a_mapping_is_read(both):
    mapping = decode_mapping(MADE, "own.yaml", both)
    assert (mapping.source, mapping.target) == ("small", "ladder")
    assert (mapping.source_version, mapping.target_version) == ("1.0", "2.0")
    assert [entry.level for entry in mapping.entries_for("building")] == ["mid", "top"]
    assert mapping.entries_for("flatness") == ()
    assert mapping.sources_used == {"build-runs", "build-is-fast"}
    assert mapping.targets_reached == {"building"}
    assert mapping.entries[0].best is Given.FULLY


def test_a_mapping_from_picked_levels_is_read(both):
    entry = decode_mapping(BACK, "own.yaml", both[::-1]).entries[0]
    assert (entry.at_least, entry.best, entry.level) == ("mid", Given.LARGELY, "")


def test_a_mapping_survives_json():
    mapping = decode_mapping(MADE, "own.yaml")
    encoded = msgspec.json.encode(mapping)
    assert b'"from":"small"' in encoded
    assert msgspec.json.decode(encoded, type=type(mapping)) == mapping


def test_a_file_is_read_and_named_without_its_folder(both, tmp_path):
    path = tmp_path / "client" / "own.yaml"
    path.parent.mkdir()
    path.write_text(MADE, encoding="utf-8")
    assert read_mapping(path, both) == decode_mapping(MADE, "own.yaml")
    path.write_text("", encoding="utf-8")
    with pytest.raises(RubricError, match=r"^own.yaml: expected a mapping, found an empty file$"):
        read_mapping(path)


ID = "an id of lower-case words joined by hyphens (at most 64 characters)"
FORM = [
    # old text, new text, line, problem
    ("licence: CC0-1.0\n", "", 1, 'expected the field "licence" in this mapping, found none'),
    ("from: small\n", "", 1, 'expected the field "from" in this mapping, found none'),
    ("    from: [build-runs]\n", "", 9, 'expected the field "from" in this entry, found none'),
    ("    note: That it runs is what Middle asks.\n", "", 9, 'expected the field "note" in this entry, found none'),
    (
        "    level: mid\n",
        "    stage: mid\n",
        11,
        'expected one of to, from, level, at_least, best, note as a field of an entry, found "stage"',
    ),
    (
        "from: small\n",
        "source: small\n",
        2,
        (
            "expected one of id, from, to, from_version, to_version, licence, note, entries as a field of a mapping, "
            'found "source"'
        ),
    ),
    ("from: small", "from: Small", 2, f'expected {ID} as from, found "Small"'),
    ("to: ladder", "to: [ladder]", 3, f"expected {ID} as to, found a list of 1"),
    ("id: small-to-ladder", "id: A map", 1, f'expected {ID} as id, found "A map"'),
    (
        'to_version: "2.0"',
        "to_version: 2.0",
        5,
        'expected numbers joined by dots, in quotes, such as "1.0", as to_version, found 2.0 without quotes',
    ),
    ("note: Both ask how it is built.", "note:", 7, "expected text as note, found nothing"),
    ("[build-runs]", "build-runs", 10, 'expected a list of at least one id of a criterion as from, found "build-runs"'),
    ("[build-runs]", "[]", 10, "expected a list of at least one id of a criterion as from, found nothing"),
    ("[build-runs]", "[Build]", 10, f'expected {ID}, found "Build"'),
    ("level: mid", "level: 2", 11, "expected the id of a level as level, found 2 without quotes"),
    (
        "level: mid",
        "level: mid\n    best: unknown",
        12,
        'expected one of "fully", "largely", "partially", "not" as best, found "unknown"',
    ),
    ("  - to: building\n", "  - all\n  - to: building\n", 9, 'expected an entry with its fields, found "all"'),
]


@pytest.mark.parametrize(("old", "new", "line", "sentence"), FORM)
def test_a_wrong_field_is_named_with_its_line(old, new, line, sentence):
    assert old in MADE
    assert problem(MADE.replace(old, new, 1)) == f"own.yaml, line {line}: {sentence}"


def test_a_mapping_without_entries_is_refused():
    text = MADE[: MADE.index("  - to:")]
    assert problem(text) == "own.yaml, line 8: expected a list of at least one entry as entries, found nothing"


TWICE = [
    ("level: top", "level: mid", 13, 'expected one entry for a criterion and its levels, found "building" again'),
    ("[build-runs, build-is-fast]", "[seen, told, seen]", 14, 'expected each criterion once, found "seen" again'),
]


@pytest.mark.parametrize(("old", "new", "line", "sentence"), TWICE)
def test_what_is_there_twice_is_named_with_its_line(old, new, line, sentence):
    assert old in MADE
    assert problem(MADE.replace(old, new, 1)) == f"own.yaml, line {line}: {sentence}"


BETWEEN = [
    ("from: small", "from: great", 2, 'expected "small", the id of the rubric, as from, found "great"'),
    ("to: ladder", "to: stairs", 3, 'expected "ladder", the id of the rubric, as to, found "stairs"'),
    (
        'from_version: "1.0"',
        'from_version: "1.1"',
        4,
        'expected "1.0", the version of the rubric, as from_version, found "1.1"',
    ),
    (
        'to_version: "2.0"',
        'to_version: "1.0"',
        5,
        'expected "2.0", the version of the rubric, as to_version, found "1.0"',
    ),
    ("- to: building", "- to: breaking", 9, 'expected the id of a criterion of "ladder" as to, found "breaking"'),
    ("[build-runs]", "[seen, heard]", 10, 'expected the id of a criterion of "small", found "heard"'),
    ("level: mid", "level: low", 11, 'expected one of mid, top as level, found "low"'),
    ("level: mid", "level: more", 11, 'expected one of mid, top as level, found "more"'),
    ("    level: mid\n", "", 9, "expected one of mid, top as level, found nothing"),
    (
        "- to: building",
        "- to: flatness",
        11,
        'expected no entry, since nothing tells the levels apart here, as level, found "mid"',
    ),
    (
        "level: mid",
        "level: mid\n    best: not",
        12,
        'expected no best answer, since levels of "ladder" are picked, found one',
    ),
    (
        "level: mid",
        "level: mid\n    at_least: top",
        12,
        'expected no at_least, since no level is picked in "small", found "top"',
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "sentence"), BETWEEN)
def test_what_does_not_fit_the_rubrics_is_named_with_its_line(both, old, new, line, sentence):
    assert old in MADE
    text = MADE.replace(old, new, 1)
    assert decode_mapping(text, "own.yaml")
    assert problem(text, both) == f"own.yaml, line {line}: {sentence}"


FROM_PICKED = [
    ("    at_least: mid\n", "", 9, "expected one of mid, top as at_least, found nothing"),
    ("at_least: mid", "at_least: best", 11, 'expected one of mid, top as at_least, found "best"'),
    (
        "at_least: mid",
        "at_least: mid\n    level: mid",
        12,
        'expected no level, since none is picked in "small", found "mid"',
    ),
    ("[building]", "[building, breaking]", 10, 'expected the id of a criterion of "ladder", found "breaking"'),
]


@pytest.mark.parametrize(("old", "new", "line", "sentence"), FROM_PICKED)
def test_what_does_not_fit_picked_levels_is_named_with_its_line(both, old, new, line, sentence):
    assert old in BACK
    assert problem(BACK.replace(old, new, 1), both[::-1]) == f"own.yaml, line {line}: {sentence}"


def test_the_levels_that_can_be_told_apart_are_those_described_above_the_lowest(both):
    assert steps(both[1], "building") == ("mid", "top")
    assert steps(both[1], "flatness") == ()


def test_two_versions_share_what_they_ask_in_the_same_words(small):
    old = decode_rubric(small, "old.yaml")
    text = small.replace('version: "1.0"', 'version: "1.1"').replace("The build is fast.", "The build is quick.")
    new = decode_rubric(text.replace("{id: seen,", "{id: looked,"), "new.yaml")
    mapping = identity_mapping(old, new)
    assert not list(problems_between(mapping, old, new))
    assert mapping.entries == (
        MappingEntry(to="build-runs", sources=("build-runs",), note="Asked in the same words."),
        MappingEntry(to="told", sources=("told",), note="Asked in the same words."),
    )


def test_two_versions_share_what_is_picked_from_the_same_descriptions(ladder):
    old = decode_rubric(ladder, "old.yaml")
    same = decode_rubric(ladder.replace('"2.0"', '"2.1"'), "new.yaml")
    mapping = identity_mapping(old, same)
    assert not list(problems_between(mapping, old, same))
    assert [(entry.to, entry.level, entry.at_least) for entry in mapping.entries] == [
        ("building", "mid", "mid"),
        ("building", "top", "top"),
    ]
    other = decode_rubric(ladder.replace("It runs fast.", "It flies."), "new.yaml")
    assert identity_mapping(old, other).entries == ()


YES = "  - {verdict: fully, short: It is, label: It is, points: 4}\n"
NO = "  - {verdict: not, short: It is not, label: It is not, points: 0}\n"


def test_what_was_answered_is_not_what_is_picked(ladder):
    old = decode_rubric(ladder, "old.yaml")
    counted = (
        ladder.replace("rule: choice", "rule: mean")
        .replace("name: Middle,", "name: Middle, above: 1,")
        .replace("name: More,", "name: More, above: 2,")
        .replace("name: Top,", "name: Top, above: 3,")
        .replace("overall: none", f"overall: none\nanswers:\n{YES}{NO}")
    )
    new = decode_rubric(counted, "new.yaml")
    assert identity_mapping(old, new).entries == ()
    assert [entry.to for entry in identity_mapping(new, new).entries] == ["building", "flatness"]


def sentence_or_mapping(text, between):
    try:
        return repr(decode_mapping(text, "own.yaml", between))
    except RubricError as error:
        return str(error)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_whatever_is_in_the_file_the_answer_is_a_mapping_or_a_sentence(both, data):
    start = data.draw(st.integers(0, len(MADE)))
    end = data.draw(st.integers(start, min(len(MADE), start + 12)))
    put = data.draw(st.sampled_from(["[", "{", "- ", ": ", "\n", "~", "yes", "[]", "to: ", "1"]) | st.text(max_size=3))
    assert sentence_or_mapping(MADE[:start] + put + MADE[end:], both).startswith(("own.yaml", "RubricMapping("))
