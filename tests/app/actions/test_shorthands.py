"""The list of shorthands: what may stand in it, and that every change of it can be taken back."""

import msgspec
import pytest

from app.actions import shorthands, things
from app.actions.create import create_study
from app.actions.errors import NotFoundError, RefusedError
from app.actions.open_study import OpenStudy
from app.actions.shorthands import STANDARD_SHORTHANDS, problem, words_problem
from app.analysis.shorthand import expansion
from app.model.source import Shorthand
from tests.app.actions.test_guides import check_undo

replace = msgspec.structs.replace
# Small or in capitals; each is somebody's word in a sentence about machines, cars or people.
USUAL = """
    ab ad ai al am api as at ba bd bit bmw bzw ca cad can cd ci co cpu cv da db de di dl do du ed eg em en er es et etc
    fi fs ga geb ggf ging gmbh go gpu gt hat he hr id ie if im in incl inkl io is it ja kfz kg km lt ml mm mon mr ms mw
    nb nr ob ok op or orch os pc ph pkw pm ppt prep pro prod rep repr rpm se sec sek so sql st std tag tel temp to tu tv
    tz ui um up us usw ux vers vgl vm vs vw was we wo wt zb zk zt zu
""".split()  # noqa: SIM905 - a list of words is read most easily as words


def listed(study):
    return [(each.short, each.words, each.assessor) for each in study.document.shorthands]


def test_adding_changing_and_removing(study):
    made = Shorthand(short="fb", words="feedback", assessor="bob")
    assert check_undo(study, shorthands.add_shorthand, made).label == "Add shorthand fb"
    assert ("fb", "feedback", "bob") in listed(study)
    for fields in ({"words": "feed back"}, {"short": "aa"}, {"short": "zz"}, {"assessor": None}):
        before = next(each for each in study.document.shorthands if each.words.startswith("feed"))
        after = replace(before, **fields)
        changes = check_undo(study, shorthands.change_shorthand, before, after)
        assert changes.label == f"Change shorthand {before.short}"
        assert (after.short, after.words, after.assessor) in listed(study)
        ids = [each.id for each in study.document.shorthands]
        assert (before.id in ids) == ("words" in fields)
    check_undo(study, things.remove_thing, after)
    assert "zz" not in [short for short, _words, _who in listed(study)]


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (Shorthand(short="", words="data"), "The short form is missing."),
        (Shorthand(short="d d", words="data"), "A short form has no spaces."),
        (Shorthand(short="d\n", words="data"), "A short form has no spaces."),
        (Shorthand(short="d" * 17, words="data"), "A short form has at most 16 characters."),
        (Shorthand(short="gt", words="data"), "“gt” stands for “canary truth” already."),
        (Shorthand(short="GT", words="data"), "“gt” stands for “canary truth” already."),
        (Shorthand(short="fb", words=""), "The words are missing."),
        (Shorthand(short="fb", words="x" * 201), "The words have at most 200 characters."),
        (Shorthand(short="fb\0", words="data"), "The short holds a character that can't be kept."),
    ],
)
def test_what_can_t_stand_in_the_list(study, made, sentence):
    before = study.document
    with pytest.raises(RefusedError) as caught:
        study.do(shorthands.add_shorthand, made)
    assert caught.value.sentence == sentence
    other = next(each for each in study.document.shorthands if each.assessor == "ada")
    with pytest.raises(RefusedError):
        study.do(shorthands.change_shorthand, other, replace(made, id=other.id))
    assert study.document == before


def test_one_s_own_may_be_everybody_s_too(study):
    study.do(shorthands.add_shorthand, Shorthand(short="gt", words="ground truth", assessor="ada"))
    study.do(shorthands.add_shorthand, Shorthand(short="dd", words="data drift"))
    with pytest.raises(RefusedError, match="“dd” stands for “data drift” already"):
        study.do(shorthands.add_shorthand, Shorthand(short="dd", words="double", assessor="ada"))


def test_letters_may_change_their_case(study):
    mine = next(each for each in study.document.shorthands if each.assessor == "ada")
    study.do(shorthands.change_shorthand, mine, replace(mine, short="DD"))
    assert ("DD", "data drift", "ada") in listed(study)


def test_the_one_edited_is_not_in_its_own_way():
    dd, gt = Shorthand(short="dd", words="data drift"), Shorthand(short="gt", words="ground truth")
    assert problem([dd, gt], "DD", None, but=dd) == ""
    assert problem([dd, gt], "gt", None, but=dd) == "“gt” stands for “ground truth” already."
    assert problem([dd, gt], "gt", "ada") == ""
    assert words_problem("data drift") == ""


def test_what_is_gone_is_not_changed(study):
    gone = Shorthand(short="xx", words="gone")
    with pytest.raises(RefusedError, match="no longer has that shorthand"):
        study.do(shorthands.change_shorthand, gone, replace(gone, words="here"))
    with pytest.raises(NotFoundError, match='no assessor "eve"'):
        study.do(shorthands.add_shorthand, Shorthand(short="xx", words="x", assessor="eve"))


def test_a_new_study_has_the_standard_list_for_everybody(quick_keys, tmp_path):
    path = tmp_path / "new.fieldquill"
    create_study(path, "correct horse battery", title="T", rubric="mlops-maturity")
    with OpenStudy.open(path, "correct horse battery") as study:
        kept = study.document.shorthands
    assert [(each.short, each.words, each.assessor) for each in kept] == [
        (each.short, each.words, None) for each in STANDARD_SHORTHANDS
    ]
    assert expansion(kept, "", "Dd") == "Data drift"


@pytest.mark.parametrize("each", STANDARD_SHORTHANDS, ids=lambda each: each.short)
def test_the_standard_list_surprises_nobody(each):
    others = [other for other in STANDARD_SHORTHANDS if other is not each]
    assert problem(others, each.short, None) == ""
    assert each.short.isascii()
    assert each.short.islower()
    assert len(each.short) < len(each.words)
    assert each.short not in USUAL
    spoken = {word for other in STANDARD_SHORTHANDS for word in other.words.lower().replace("/", " ").split()}
    assert each.short not in spoken
