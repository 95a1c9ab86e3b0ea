"""What typed letters stand for, and that nothing else ever becomes something."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.shorthand import expansion
from app.model.source import Shorthand

LIST = (
    Shorthand(short="dd", words="data drift"),
    Shorthand(short="gt", words="ground truth"),
    Shorthand(short="gt", words="Gran Turismo", assessor="ada"),
    Shorthand(short="m", words="model", assessor="ben"),
    Shorthand(short="cicd", words="CI/CD"),
    Shorthand(short="K8s", words="Kubernetes"),
    Shorthand(short="übw", words="Überwachung"),
    Shorthand(short="c++", words="C plus plus"),
)
LETTERS = st.text(st.sampled_from("abABßéÉǆ1+"), min_size=1, max_size=3)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
LISTS = st.lists(
    st.builds(Shorthand, short=LETTERS, words=WORDS, assessor=st.sampled_from([None, "ada", "ben"])), max_size=6
)


@pytest.mark.parametrize(
    ("typed", "who", "words"),
    [
        ("dd", "", "data drift"),
        ("Dd", "", "Data drift"),
        ("DD", "", "data drift"),
        ("dD", "", None),
        ("ddd", "", None),
        ("d", "", None),
        ("add", "", None),
        ("dd,", "", None),
        ("", "", None),
        ("gt", "", "ground truth"),
        ("gt", "ben", "ground truth"),
        ("gt", "ada", "Gran Turismo"),
        ("Gt", "ada", "Gran Turismo"),
        ("m", "ben", "model"),
        ("M", "ben", "Model"),
        ("m", "ada", None),
        ("m", "", None),
        ("Cicd", "", "CI/CD"),
        ("K8s", "", "Kubernetes"),
        ("K8S", "", "Kubernetes"),
        ("k8s", "", None),
        ("Übw", "", "Überwachung"),
        ("u\u0308bw", "", "Überwachung"),
        ("C++", "", "C plus plus"),
    ],
)
def test_what_letters_stand_for(typed, who, words):
    assert expansion(LIST, who, typed) == words


def test_letters_as_they_stand_come_before_a_capital():
    both = (Shorthand(short="ab", words="small"), Shorthand(short="Ab", words="large"))
    assert [expansion(order, "", "Ab") for order in (both, both[::-1])] == ["large", "large"]


@given(LISTS, st.sampled_from(["", "ada", "ben"]), LETTERS)
def test_only_what_is_in_the_list_becomes_something(shorthands, who, typed):
    given_ = expansion(shorthands, who, typed)
    mine = [each for each in shorthands if each.assessor in {None, who}]
    near = [each for each in mine if each.short.casefold() == typed.casefold()]
    if given_ is None:
        assert typed not in [each.short for each in mine]
    else:
        assert any(given_[1:] == each.words[1:] or given_.endswith(each.words[1:]) for each in near)


@given(LISTS, st.sampled_from(["", "ada", "ben"]), LETTERS)
def test_the_assessor_s_own_come_first_and_others_never(shorthands, who, typed):
    own = [each for each in shorthands if who and each.assessor == who]
    alone = expansion(own, who, typed)
    if alone is not None:
        assert expansion(shorthands, who, typed) == alone
    else:
        assert expansion(shorthands, who, typed) == expansion(
            [each for each in shorthands if not each.assessor], "", typed
        )


@given(LISTS, LETTERS)
def test_order_and_composition_make_no_difference(shorthands, typed):
    unlike = {(each.short, each.assessor): each for each in shorthands}.values()
    once = expansion(unlike, "ada", typed)
    assert expansion(list(unlike)[::-1], "ada", typed) == once
    assert expansion(unlike, "ada", unicodedata.normalize("NFD", typed)) == once
