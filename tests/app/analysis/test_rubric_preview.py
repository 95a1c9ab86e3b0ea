"""What a draft would do to a study's scores, and what it is compared with."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.rubric_preview import asked, compared_with, preview, versions
from app.model.assessment import FrozenRubric
from app.model.source import Question
from app.scoring.scale import ACHIEVEMENTS
from tests.app.analysis.test_rubric_change import answered, changed
from tests.app.rubric.made_up import rubrics
from tests.documents import RUBRIC, RUBRIC_TEXT, example

replace = msgspec.structs.replace


def test_reworded_statements_count_and_removed_ones_do_not():
    document = replace(example(), overrides=())
    same = preview(document, "small", changed("runs", statement="It runs well."), "r1")
    assert (same.changed, same.carried, same.left, same.added) == (0, 3, 0, 0)
    other = preview(document, "small", changed("runs", id="walks"), "r1")
    assert (other.carried, other.left, other.added) == (1, 2, 1)
    first = next(each for each in other.levels if (each.case, each.principle) == ("c1", "first"))
    assert (first.before, first.after, first.step) == (
        "Middle, at most Top: 1 criterion unanswered",
        "Low, at most Top: 2 criteria unanswered",
        -1,
    )
    assert other.against == RUBRIC


@given(rubrics("staged"), st.data())
def test_a_rubric_is_like_itself(rubric, data):
    verdicts = {c.id: data.draw(st.sampled_from(ACHIEVEMENTS)) for c in rubric.criteria}
    if rubric.answers:
        verdicts = {}
    found = preview(answered(rubric, verdicts), "r", rubric, "r1")
    assert (found.changed, found.left, found.carried, found.added) == (0, 0, len(verdicts), 0)


def test_a_draft_is_compared_with_the_last_version_of_its_rubric():
    document = example()
    newer = FrozenRubric(key="small-1.1", version="1.1", text=RUBRIC_TEXT.replace('"1.0"', '"1.1"'))
    longer = FrozenRubric(key="small-er", version="1.0", text=RUBRIC_TEXT.replace("id: small", "id: small-er"))
    both = replace(document, rubrics=(longer, *document.rubrics, newer))
    assert compared_with(both, RUBRIC, "small-er") == "small-1.1"
    assert compared_with(both, RUBRIC, "small") == "small"
    assert compared_with(document, replace(RUBRIC, id="other"), "small") == "small"
    assert versions(both, "small") == ["small", "small-1.1"]  # and not one whose id only begins so
    assert versions(both, "") == versions(both, "sma") == []


def test_what_questions_get_at():
    document = example()
    assert asked(document, "small") == {"runs"}
    guide = document.guides[0]
    more = Question(key="g1-2", text="And?", rubric="small", principle="second")
    free = Question(key="g1-3", text="Else?")
    document = replace(document, guides=(replace(guide, questions=(*guide.questions, more, free)),))
    assert asked(document, "small") == {"runs", "second"}
    assert asked(document, "other") == frozenset()
