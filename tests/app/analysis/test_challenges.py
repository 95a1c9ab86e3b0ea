"""Challenges across the cases: counted, ordered and put under their principles."""

from msgspec.structs import replace

from app.analysis.assessment import assess
from app.analysis.chain import Chain
from app.analysis.challenges import Order, by_principle, faced
from app.exchange.challenge_tables import challenges_table
from app.model.evidence import Evidence
from tests.documents import example


def chain(document):
    return Chain(document, assess(document, round_key="r1"))


def made():
    """`late` is of the second principle and of both cases by name, `ch2` of the whole organisation, `ch1` of one."""
    document = example()
    both = (Evidence(passage="i1-p1"), Evidence(passage="m1-p1"))
    late = replace(document.challenges[0], key="late", title="Late", principle="second", cases=("c2", "c1"))
    elsewhere = replace(late, key="elsewhere", round="r2")
    return replace(document, challenges=(*document.challenges, replace(late, evidence=both), elsewhere))


def test_the_order_of_the_rubric_and_that_of_frequency():
    assert [each.challenge.key for each in faced(chain(made()))] == ["ch1", "ch2", "late"]
    found = faced(chain(made()), Order.FREQUENCY)
    assert [each.challenge.key for each in found] == ["ch2", "late", "ch1"]
    assert [(each.frequency, each.share, each.where) for each in found] == [
        ("2 of 2 cases", 1.0, "across all cases"),
        ("2 of 2 cases", 1.0, "across all cases"),
        ("1 of 2 cases", 0.5, "Canary one"),
    ]
    assert [each.everywhere for each in found] == [True, False, False]
    assert [(each.links, each.sources) for each in found] == [(0, 0), (2, 2), (1, 1)]


def test_a_study_of_one_case_or_none():
    document = replace(example(), cases=example().cases[:1])
    assert [each.frequency for each in faced(chain(document))] == ["1 of 1 case", "1 of 1 case"]
    assert [each.where for each in faced(chain(document))] == ["Canary one", "across all cases"]
    bare = replace(document, cases=(), answers=(), consensus=(), overrides=(), findings=(), targets=(), next_steps=())
    bare = replace(bare, challenges=example().challenges[1:])
    assert [each.share for each in faced(chain(bare))] == [0.0]


def test_they_are_put_under_the_principles_that_have_any():
    found = chain(made())
    groups = by_principle(faced(found, Order.FREQUENCY), found.assessment.rubric.principles)
    assert [(principle.id, [each.challenge.key for each in group]) for principle, group in groups] == [
        ("first", ["ch1"]),
        ("second", ["ch2", "late"]),
    ]
    assert by_principle((), found.assessment.rubric.principles) == ()


def test_the_table_has_a_column_for_each_case():
    document = made()
    table = challenges_table(faced(chain(document), Order.FREQUENCY), document.cases)
    assert table.name == "Challenges"
    assert table.head[-2:] == ("Canary one", "Two")
    assert table.rows == (
        ("Tools", "", "Second", 2, "yes", 0, 0, "yes", "yes"),
        ("Late", "", "Second", 2, "", 2, 2, "yes", "yes"),
        ("Stability", "", "First", 1, "", 1, 1, "yes", ""),
    )
