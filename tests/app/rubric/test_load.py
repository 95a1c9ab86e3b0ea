"""Reading a rubric, and the sentence for everything that can be wrong with one."""

import pickle

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import FieldquillError
from app.rubric.errors import RubricError
from app.rubric.load import decode_rubric, read_rubric


def problem(text: str) -> str:
    with pytest.raises(RubricError) as caught:
        decode_rubric(text, "own.yaml")
    return str(caught.value)


def test_a_small_rubric_is_read(small):
    rubric = decode_rubric(small, "own.yaml")
    assert rubric.id == "small"
    assert rubric.language == "en"
    assert [level.id for level in rubric.levels] == ["low", "mid", "top"]
    assert rubric.criterion("build-runs").sources == ("book",)
    assert rubric.criterion("build-is-fast").sources == ()
    assert rubric.principle("second").levels["top"] == "All."


def test_a_byte_order_mark_does_no_harm(small):
    assert decode_rubric("\ufeff" + small, "own.yaml") == decode_rubric(small, "own.yaml")


def test_the_error_knows_file_line_and_problem(small):
    with pytest.raises(RubricError) as caught:
        decode_rubric(small.replace("level: mid", "level: medium", 1), "own.yaml")
    error = caught.value
    assert isinstance(error, FieldquillError)
    assert (error.code, error.name, error.line) == ("rubric.invalid", "own.yaml", 29)
    assert error.problem == 'expected one of low, mid, top as level, found "medium"'
    assert error.sentence == f"own.yaml, line 29: {error.problem}"
    copied = pickle.loads(pickle.dumps(error))
    assert (str(copied), copied.line) == (str(error), 29)


FORM = [
    # old text, new text, line, problem
    ("title: A small rubric\n", "", 1, 'expected the field "title" in this rubric, found none'),
    ("        advice: Measure it.\n", "", 35, 'expected the field "advice" in this criterion, found none'),
    ("    short: First\n", "", 19, 'expected the field "short" in this principle, found none'),
    (
        "    note: Everything.\n",
        "    notes: Everything.\n",
        13,
        'expected one of id, title, year, url, note as a field of a source, found "notes"',
    ),
    (
        "short: First",
        "short: First\n    weight.of: 2",
        22,
        ('expected one of id, name, short, description, levels, criteria as a field of a principle, found "weight.of"'),
    ),
    ("title: A small rubric", "title: [a, b]", 3, "expected text as title, found a list of 2"),
    ("title: A small rubric", "title: {a: b}", 3, "expected text as title, found a group of fields"),
    ("title: A small rubric", "title:", 3, "expected text as title, found nothing"),
    ("title: A small rubric", 'title: "  "', 3, "expected text as title, found nothing"),
    ("title: A small rubric", "title: []", 3, "expected text as title, found nothing"),
    ("title: A small rubric", "title: 7", 3, "expected text as title, found 7 without quotes"),
    (
        'version: "1.0"',
        "version: 1.0",
        2,
        'expected numbers joined by dots, in quotes, such as "1.0", as version, found 1.0 without quotes',
    ),
    (
        'version: "1.0"',
        'version: "1.0\\n"',
        2,
        'expected numbers joined by dots, in quotes, such as "1.0", as version, found "1.0"',
    ),
    (
        "licence: CC0-1.0",
        'licence: CC0-1.0\nlanguage: "en\\n"',
        6,
        'expected a language tag such as "en" as language, found "en"',
    ),
    (
        "rule: staged",
        "rule: weighted",
        6,
        'expected one of "staged", "choice", "mean", "points" as rule, found "weighted"',
    ),
    (
        "overall: median",
        "overall: mode",
        7,
        'expected one of "median", "minimum", "mean", "none" as overall, found "mode"',
    ),
    (
        "licence: CC0-1.0",
        "licence: CC0-1.0\nlanguage: English",
        6,
        'expected a language tag such as "en" as language, found "English"',
    ),
    (
        "short: First",
        "short: The very first of all principles",
        21,
        'expected a name of at most 24 characters as short, found "The very first of all principles"',
    ),
    (
        "short: First",
        f"short: {'Very ' * 20}long",
        21,
        (
            "expected a name of at most 24 characters as short, "
            'found "Very Very Very Very Very Very Very Very…" (104 characters)'
        ),
    ),
    (
        "id: small",
        "id: Small Rubric",
        1,
        ('expected an id of lower-case words joined by hyphens (at most 64 characters) as id, found "Small Rubric"'),
    ),
    ("year: 2020", "year: soon", 11, 'expected a number from 1900 to 2999 as year, found "soon"'),
    (
        "url: https://example.org/book",
        "url: example.org",
        12,
        'expected an address beginning with http:// or https:// as url, found "example.org"',
    ),
    ("      mid: In part.", "      mid: 3", 25, "expected text as mid, found 3 without quotes"),
    (
        "    levels: {low: Nothing., mid: Something., top: All.}",
        "    levels: none",
        45,
        'expected a sentence for each level as levels, found "none"',
    ),
    ("[book]", "book", 34, 'expected a list of ids of sources as sources, found "book"'),
    ("[book]", "[1]", 34, "expected text, found 1 without quotes"),
    (
        "  - {id: low, name: Low, summary: By hand.}\n",
        "  - low\n",
        15,
        'expected a level with its fields, found "low"',
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "sentence"), FORM)
def test_a_wrong_field_is_named_with_its_line(small, old, new, line, sentence):
    assert old in small
    assert problem(small.replace(old, new, 1)) == f"own.yaml, line {line}: {sentence}"


MEANING = [
    ("id: mid,", "id: low,", 16, 'expected a level id used once, found "low" again'),
    (
        "sources:\n",
        "sources:\n  - {id: book, title: Another}\n",
        10,
        'expected a source id used once, found "book" again',
    ),
    ("id: second", "id: first", 41, 'expected a principle id used once, found "first" again'),
    (
        "{id: seen,",
        "{id: build-runs,",
        47,
        'expected a criterion id used once in the rubric, found "build-runs" again',
    ),
    ("      top: By machine.\n", "", 23, 'expected a sentence for the level "top", found none'),
    (
        "      top: By machine.\n",
        "      top: By machine.\n      best.of all: Ever.\n",
        27,
        'expected one of low, mid, top as level, found "best.of all"',
    ),
    (
        "level: mid",
        "level: low",
        29,
        'expected one of mid, top as level, found "low", the lowest, which needs no criteria',
    ),
    (
        "{id: told, level: top,",
        "{id: told, level: mid,",
        46,
        'expected at least one criterion for the level "top", found none',
    ),
    ("[book]", "[book, film]", 34, 'expected the id of a source of the rubric, found "film"'),
]


@pytest.mark.parametrize(("old", "new", "line", "sentence"), MEANING)
def test_an_id_that_leads_nowhere_is_named_with_its_line(small, old, new, line, sentence):
    assert old in small
    assert problem(small.replace(old, new, 1)) == f"own.yaml, line {line}: {sentence}"


def test_two_levels_name_the_only_one_that_can_be_gated(small):
    text = (
        small.replace("  - {id: top, name: Top, summary: By machine.}\n", "")
        .replace("      top: By machine.\n", "")
        .replace(", top: All.", "")
        .replace("level: top", "level: mid")
    )
    assert len(decode_rubric(text, "own.yaml").levels) == 2
    assert problem(text.replace("level: mid", "level: low", 1)).endswith(
        'expected mid as level, found "low", the lowest, which needs no criteria'
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "own.yaml: expected a rubric, found an empty file"),
        ("# only a comment\n", "own.yaml: expected a rubric, found an empty file"),
        ("- a\n- b\n", "own.yaml, line 1: expected a rubric with its fields, found a list of 2"),
        ("just words", 'own.yaml, line 1: expected a rubric with its fields, found "just words"'),
        ("{}", 'own.yaml, line 1: expected the field "id" in this rubric, found none'),
    ],
)
def test_something_else_than_a_rubric_is_refused(text, sentence):
    assert problem(text) == sentence


def test_lists_that_are_too_short_are_refused(small):
    start, end = small.index("levels:\n"), small.index("principles:\n")
    assert problem(small[:start] + "levels: []\n" + small[end:]) == (
        "own.yaml, line 14: expected a list of 2 to 10 levels as levels, found nothing"
    )
    assert problem(small[:end] + "principles: []\n") == (
        "own.yaml, line 18: expected a list of at least one principle as principles, found nothing"
    )


def test_a_field_named_like_a_path_cannot_mislead(small):
    strange = "\"x` - at `$.levels[0]\": 1\n'principles[0].levels': 2\n"
    assert problem(strange + small) == (
        "own.yaml, line 1: expected one of id, version, title, summary, licence, licence_note, rule, overall, "
        'answers, levels, principles, sources, language as a field of a rubric, found "x` - at `$.levels[0]"'
    )


def test_a_file_is_read_and_named_without_its_folder(small, tmp_path):
    path = tmp_path / "client" / "own.yaml"
    path.parent.mkdir()
    path.write_text(small, encoding="utf-8")
    assert read_rubric(path) == decode_rubric(small, "own.yaml")


def test_a_file_that_is_not_utf_8_is_refused(small, tmp_path):
    path = tmp_path / "own.yaml"
    path.write_bytes(small.replace("A book", "Ein Büchlein").encode("latin-1"))
    with pytest.raises(RubricError, match=r"^own.yaml, line 10: expected text in UTF-8, found other bytes$"):
        read_rubric(path)


def test_a_large_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_bytes("# ü".encode() * 300_000)
    with pytest.raises(RubricError, match=r"^own.yaml: expected a file of at most 1 MB"):
        read_rubric(path)


def sentence_or_rubric(text: str) -> str:
    try:
        return repr(decode_rubric(text, "own.yaml"))
    except RubricError as error:
        return str(error) if str(error).isprintable() else "a sentence with odd signs"


PIECES = [
    "&a ",
    "*a",
    "!!int ",
    "<<: ",
    "? ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "|",
    ":",
    ": ",
    "\n",
    "\t",
    "'",
    '"',
    "#",
]
VALUES = [
    "~",
    "1_",
    "0x_",
    "=",
    "2021-02-31",
    "9999-12-31 23:59:59+99:99",
    ".inf",
    "12:61",
    "yes",
    "\x07",
    "\ud800",
]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_whatever_is_in_the_file_the_answer_is_a_rubric_or_a_sentence(small, data):
    text = small
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 12)))
        text = text[:start] + data.draw(st.sampled_from([*PIECES, *VALUES, ""]) | st.text(max_size=3)) + text[end:]
    assert sentence_or_rubric(text).startswith(("own.yaml", "Rubric("))
