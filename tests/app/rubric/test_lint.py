"""What is worth a second look in a rubric, and what isn't."""

import msgspec
import pytest
from hypothesis import given

from app.rubric import library
from app.rubric.document import read_document
from app.rubric.lint import is_closed, is_reversed, lint
from app.rubric.structure import Given, Level, Offer, Source
from app.rubric.write import write_rubric
from tests.app.rubric.made_up import rubrics
from tests.documents import RUBRIC

replace = msgspec.structs.replace
POINTS = (
    Offer(verdict=Given.FULLY, short="Auto", label="Automated", points=1),
    Offer(verdict=Given.NOT_ACHIEVED, short="None", label="Not at all", points=0),
)


def sentences(rubric, path, asked=()):
    return [remark.sentence for remark in lint(rubric, asked) if remark.path == path]


def with_criterion(**fields):
    """The small rubric with another first criterion."""
    first, second = RUBRIC.principles
    changed = replace(first.criteria[0], **fields)
    return replace(RUBRIC, principles=(replace(first, criteria=(changed, *first.criteria[1:])), second))


def counting(rule, *begins):
    """The small rubric under a rule that counts points, with two criteria a principle."""
    levels = (
        RUBRIC.levels[0],
        *(replace(level, **each) for level, each in zip(RUBRIC.levels[1:], begins, strict=True)),
    )
    principles = tuple(
        replace(each, criteria=tuple(replace(c, level="") for c in each.criteria)) for each in RUBRIC.principles
    )
    return replace(RUBRIC, rule=rule, answers=POINTS, levels=levels, principles=principles)


@pytest.mark.parametrize("rubric_id", library.shipped())
def test_the_shipped_rubrics_are_clean(rubric_id):
    assert [remark for remark in lint(library.load(rubric_id)) if not remark.note] == []


@given(rubrics())
def test_every_remark_is_on_a_line(rubric):
    document = read_document(write_rubric(rubric), "x.yaml")
    for remark in lint(rubric, asked={"nothing"}):
        assert 1 <= document.line_of(remark.path) <= max(document.lines.values())
        assert remark.sentence
        assert remark.path == "$" or remark.path.startswith(("$.levels", "$.sources", "$.principles"))


@pytest.mark.parametrize(
    ("statement", "reversed_"),
    [
        ("No model is monitored.", True),
        ("Models are not monitored.", True),
        ("Releases are usually not tested.", True),
        ("The team lacks a test environment.", True),
        ("The pipeline fails to stop on bad data.", True),
        ("Nobody looks at the alarms.", True),
        ("Models aren't monitored.", True),
        ("Models go live without any review.", True),
        ("Documentation is missing.", True),
        ("A change takes no more than a day.", False),
        ("No model goes live without a review.", False),
        ("A roll-back takes not longer than an hour.", False),
        ("Not only code but data, too, is versioned.", False),
        ("Somebody who did not build the model can repeat its training.", False),
        ("Models are rolled out without manual steps.", False),
        ("Findings start a retraining, whether or not a person approves.", False),
        ("Failed runs are repeated by themselves.", False),
        ("The note on every model says what it is for.", False),
        ("Failures are noticed.", False),
    ],
)
def test_statements_the_wrong_way_round(statement, reversed_):
    assert is_reversed(statement) is reversed_
    assert (
        "it says what is bad" in " ".join(sentences(with_criterion(statement=statement), FIRST + ".statement"))
    ) is (reversed_)


FIRST = "$.principles[0].criteria[0]"


def test_statements_that_are_long_or_two_or_said_twice():
    long = with_criterion(statement="It runs " + "on and on " * 20 + "for ever.")
    assert sentences(long, f"{FIRST}.statement") == ["it is long (217 characters): it can't be taken in at a glance"]
    assert (
        "more than one sentence" in sentences(with_criterion(statement="It runs. It stops."), f"{FIRST}.statement")[0]
    )
    twice = with_criterion(statement="it is  FAST.")
    assert sentences(twice, "$.principles[0].criteria[1].statement") == ['it says the same as "runs"']


@pytest.mark.parametrize(
    ("question", "closed"),
    [("Do you test?", True), (" is it?", True), ("How do you test?", False), ("Doing what?", False), ("Who?", False)],
)
def test_closed_questions(question, closed):
    assert is_closed(question) is closed
    found = sentences(with_criterion(question=question), f"{FIRST}.question")
    assert found == (["yes or no answers it: ask how, what, when or who"] if closed else [])


def test_criteria_that_no_question_of_the_guides_gets_at():
    none = "no question of the study's guides gets at it"
    assert none not in sentences(RUBRIC, "$.principles[1].criteria[1].question")
    assert none in sentences(RUBRIC, "$.principles[1].criteria[1].question", {"runs", "first"})
    assert none not in sentences(RUBRIC, "$.principles[1].criteria[1].question", {"second"})
    assert none not in sentences(RUBRIC, "$.principles[0].criteria[0].question", {"runs"})


def test_sources():
    source = Source(id="book", title="A book")
    assert sentences(RUBRIC, FIRST) == ['it alone decides on "Middle" here']
    rubric = replace(with_criterion(), sources=(source,))
    assert sentences(rubric, "$.sources[0]") == ["no criterion draws on it"]
    assert "no source says why it is asked" in sentences(rubric, FIRST)
    cited = replace(with_criterion(sources=("book",)), sources=(source,))
    assert sentences(cited, "$.sources[0]") == []
    assert "no source says why it is asked" not in sentences(cited, FIRST)


def test_names_used_twice():
    low, mid, top = RUBRIC.levels
    assert sentences(replace(RUBRIC, levels=(low, mid, replace(top, name="middle"))), "$.levels[2].name") == [
        'another level is called "middle", too'
    ]
    first, second = RUBRIC.principles
    rubric = replace(RUBRIC, principles=(first, replace(second, short="FIRST")))
    assert sentences(rubric, "$.principles[1].short") == ['another principle is called "FIRST" in tables, too']


def test_levels_nobody_is_told_to_be_on():
    rubric = replace(RUBRIC, levels=(*RUBRIC.levels, Level(id="star", name="Star", summary="Beyond.")))
    assert sentences(rubric, "$.levels[3]") == [
        'no principle asks anything for "Star", so no case can be told to be just there'
    ]
    principles = tuple(replace(each, criteria=each.criteria[:1]) for each in rubric.principles)
    choice = replace(rubric, rule="choice", principles=principles)
    assert sentences(choice, "$.levels[3]")[0].startswith("no principle describes")
    assert sentences(choice, "$.principles[0].levels.star") == [
        '"Top" and "Star" are alike here: who is on one counts as on "Star"'
    ]
    assert sentences(choice, "$.principles[0].criteria[0]") == []


@pytest.mark.parametrize(
    ("rule", "begins", "level", "found"),
    [
        ("points", ({"above": 0}, {"above": 1}), 2, []),
        ("points", ({"above": 0}, {"above": 2}), 2, ["it can't be reached: answers bring at most 2 there"]),
        ("points", ({"above": 0}, {"at_least": 2}), 2, []),
        ("points", ({"above": 0}, {"at_least": 2.5}), 2, ["it can't be reached: answers bring at most 2 there"]),
        ("mean", ({"above": 0}, {"at_least": 2}), 2, ["it can't be reached: answers bring at most 1 there"]),
        ("mean", ({"at_least": 0}, {"at_least": 1}), 1, ['"Low" can\'t be got: the worst answers bring 0 already']),
        ("mean", ({"above": -1}, {"at_least": 1}), 1, ['"Low" can\'t be got: the worst answers bring 0 already']),
        ("mean", ({"above": 0}, {"at_least": 1}), 1, []),
    ],
)
def test_levels_out_of_reach_of_points(rule, begins, level, found):
    field = next(iter(begins[level - 1]))
    assert sentences(counting(rule, *begins), f"$.levels[{level}].{field}") == found


def test_a_level_out_of_reach_in_one_principle():
    rubric = counting("points", {"above": 0}, {"at_least": 2})
    first, second = rubric.principles
    rubric = replace(rubric, principles=(first, replace(second, criteria=second.criteria[:1])))
    assert sentences(rubric, "$.levels[2].at_least") == ["it can't be reached in Second: answers bring at most 1 there"]
    assert sentences(rubric, "$.principles[1].criteria[0]") == ["it alone decides on this principle"]
