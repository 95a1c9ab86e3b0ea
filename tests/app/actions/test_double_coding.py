"""Two who code blind: begin, are done, agree where they differ, and undo nothing of each other's meanwhile."""

import pytest
from msgspec.structs import replace

from app.actions.double_coding import (
    begin,
    change_sources,
    remove_double_coding,
    remove_passage,
    resolve,
    say_done,
    take_back_done,
    unresolve,
)
from app.actions.errors import NotFoundError, NothingToUndoError, RefusedError
from app.actions.evidence import mark_passage, put_code
from app.actions.notes import SetEntry, write
from app.actions.things import add, remove
from app.model.setting import Assessor
from app.model.shifting import Mark
from app.search import index
from app.search.find import Finder
from app.search.jump import targets
from app.search.query import parse
from tests.app.actions.clocked import START, check_undo, of

CANARY = "kanarienvogel"


@pytest.fixture
def study(study):
    """The study, with the double codings of the example forgotten and a third assessor."""
    for double in study.document.double_codings:
        study.do(remove, "double_codings", double.key)
    study.do(add, Assessor(key="carl", name="Carl"))
    return study


@pytest.fixture
def pair(study):
    """Ada and Bob code the interview blind; Bob works."""
    study.do(begin, "ada", "bob", ["i1"])
    study.work_as("bob")
    return study


def coded(study, entry, code, who, start=0, memo=""):
    """Mark some words of a line and put a code on them."""
    study.work_as(who)
    source = entry.rsplit("-", 1)[0]
    passage = study.do(mark_passage, source, entry, start, start + 4).key_of("passages")
    study.do(put_code, passage, code, who, memo=memo)
    return passage


def done(study, key="dc-1"):
    """Let both say that they are done."""
    for who in ("ada", "bob"):
        study.work_as(who)
        study.do(say_done, key, who)


def double(study, key="dc-1"):
    return of(study, "double_codings", key)


# Beginning


def test_two_begin(study):
    changes = check_undo(study, begin, "ada", "bob", ["i1", "m1", "i1"])
    assert changes.label == "Let Ada and Bob code 2 sources blind"
    (begun,) = study.document.double_codings
    assert (begun.key, begun.first, begun.second, begun.sources) == ("dc-1", "ada", "bob", ("i1", "m1"))
    assert begun.begun_at is not None
    assert begun.first_done_at is begun.second_done_at is None


@pytest.mark.parametrize(
    ("first", "second", "sources", "why"),
    [
        ("ada", "ada", ["i1"], "somebody else"),
        ("ada", "bob", [], "at least one source"),
        ("ada", "dora", ["i1"], "no assessor"),
        ("ada", "bob", ["i9"], "no source"),
    ],
)
def test_two_can_not_begin(study, first, second, sources, why):
    with pytest.raises((RefusedError, NotFoundError), match=why):
        study.do(begin, first, second, sources)
    assert study.document.double_codings == ()


@pytest.mark.parametrize(("first", "second"), [("ada", "bob"), ("carl", "ada"), ("bob", "carl")])
def test_nobody_codes_a_source_blind_twice_at_a_time(pair, first, second):
    with pytest.raises(RefusedError, match="codes one of these sources blind already"):
        pair.do(begin, first, second, ["m1", "i1"])
    pair.do(begin, first, second, ["m1"])
    done(pair)
    pair.do(begin, first, second, ["i1"])
    assert len(pair.document.double_codings) == 3


def test_others_may_code_the_same_source(pair):
    pair.do(add, Assessor(key="dora", name="Dora"))
    assert pair.do(begin, "carl", "dora", ["i1"]).label == "Let Carl and Dora code 1 source blind"


def test_other_sources(pair):
    changes = check_undo(pair, change_sources, "dc-1", ["m1", "i1"])
    assert changes.label == "Let two code 2 sources blind"
    assert double(pair).sources == ("m1", "i1")
    pair.do(begin, "carl", "ada", ["d1"])
    with pytest.raises(RefusedError, match="blind already"):
        pair.do(change_sources, "dc-1", ["i1", "d1"])
    with pytest.raises(RefusedError, match="at least one"):
        pair.do(change_sources, "dc-1", [])
    with pytest.raises(NotFoundError):
        pair.do(change_sources, "dc-7", ["i1"])


@pytest.mark.parametrize("who", ["ada", "bob"])
def test_sources_stay_once_a_coder_is_done(pair, who):
    pair.work_as(who)
    pair.do(say_done, "dc-1", who)
    with pytest.raises(RefusedError, match="A coder is done"):
        pair.do(change_sources, "dc-1", ["m1"])


# Being done


def test_what_a_coder_put_on_is_kept(pair):
    coded(pair, "i1-2", "tools", "bob")
    coded(pair, "i1-1", "tools", "bob")
    coded(pair, "i1-1", "tools", "bob", start=2)
    coded(pair, "i1-1", "monitoring", "bob")
    coded(pair, "m1-1", "tools", "bob")
    changes = check_undo(pair, say_done, "dc-1", "bob")
    assert changes.label == "Bob is done coding"
    kept = [(each.coder, each.entry, each.code) for each in double(pair).coded]
    assert kept == [
        ("bob", "i1-1", "monitoring"),
        ("bob", "i1-1", "tools"),
        ("bob", "i1-2", "tools"),
    ]
    assert double(pair).first_done_at is None
    assert double(pair).second_done_at is not None


def test_the_time_is_kept(timed):
    timed.work_as("bob")
    timed.do(say_done, "dc2", "bob")
    assert of(timed, "double_codings", "dc2").first_done_at == START


def test_a_line_without_words_is_not_kept(pair):
    line = next(each for each in of(pair, "sources", "i1").entries if each.key == "i1-2")
    passage = coded(pair, "i1-2", "tools", "bob")
    blank = SetEntry(replace(line, text="       "), marks=(Mark(passage, 0, 4),))
    pair.do(write, "i1", [blank])
    pair.do(say_done, "dc-1", "bob")
    assert double(pair).coded == ()


def test_what_is_coded_later_changes_nothing(pair):
    coded(pair, "i1-2", "tools", "bob")
    pair.do(say_done, "dc-1", "bob")
    coded(pair, "i1-1", "tools", "bob")
    assert [each.entry for each in double(pair).coded] == ["i1-2"]
    coded(pair, "i1-1", "monitoring", "ada")
    pair.do(say_done, "dc-1", "ada")
    assert [(each.coder, each.entry) for each in double(pair).coded] == [
        ("bob", "i1-2"),
        ("ada", "i1-1"),
        ("ada", "i1-2"),  # what Ada had put on before they began
    ]


def test_only_a_coder_says_so_and_once(pair):
    for who in ("ada", "carl", ""):
        pair.work_as(who)
        with pytest.raises(RefusedError, match="say who is working"):
            pair.do(say_done, "dc-1", "bob")
    pair.work_as("carl")
    with pytest.raises(RefusedError, match="Only the two who code"):
        pair.do(say_done, "dc-1", "carl")
    pair.work_as("bob")
    pair.do(say_done, "dc-1", "bob")
    with pytest.raises(RefusedError, match="already"):
        pair.do(say_done, "dc-1", "bob")


def test_going_on_after_all(pair):
    coded(pair, "i1-2", "tools", "bob")
    with pytest.raises(RefusedError, match="is not done"):
        pair.do(take_back_done, "dc-1", "bob")
    pair.do(say_done, "dc-1", "bob")
    changes = check_undo(pair, take_back_done, "dc-1", "bob")
    assert changes.label == "Bob goes on coding"
    assert double(pair).coded == ()
    assert double(pair).second_done_at is None


def test_nobody_goes_on_once_both_are_done(pair):
    done(pair)
    with pytest.raises(RefusedError, match="have seen each other's"):
        pair.do(take_back_done, "dc-1", "bob")


# Agreeing


@pytest.fixture
def differing(pair):
    """Bob put tools on a line, Ada monitoring on it and another; both are done."""
    coded(pair, "i1-2", "tools", "bob")
    done(pair)
    return pair


def test_agreeing_that_a_code_applies(differing):
    changes = check_undo(differing, resolve, "dc-1", "i1-2", "tools", applies=True, reason=" It is a tool. ")
    assert changes.label == "Agree that “Tools” applies: Alarms?"
    (agreed,) = double(differing).resolutions
    assert (agreed.entry, agreed.code, agreed.applies, agreed.reason) == ("i1-2", "tools", True, "It is a tool.")
    assert agreed.by == "bob"
    assert agreed.decided_at is not None
    assert differing.seen.codings == differing.document.codings


def test_agreeing_that_it_does_not(differing):
    before = differing.document.codings
    differing.work_as("")
    changes = check_undo(differing, resolve, "dc-1", "i1-2", "tools", applies=False, reason="No tool.")
    assert changes.label == "Agree that “Tools” does not apply: Alarms?"
    assert double(differing).resolutions[0].by is None
    assert differing.document.codings == before  # nobody's coding is overwritten
    assert {each.code for each in differing.seen.codings} == {"monitoring"}


def test_agreeing_otherwise_and_on_more(differing):
    differing.do(resolve, "dc-1", "i1-2", "tools", applies=False, reason="No tool.")
    differing.do(resolve, "dc-1", "i1-1", "monitoring", applies=True, reason="They look.")
    check_undo(differing, resolve, "dc-1", "i1-2", "tools", applies=True, reason="A tool after all.")
    assert [(each.code, each.applies) for each in double(differing).resolutions] == [
        ("monitoring", True),
        ("tools", True),
    ]


def test_nothing_to_agree_on(differing):
    with pytest.raises(RefusedError, match="do not differ"):
        differing.do(resolve, "dc-1", "i1-1", "tools", applies=True, reason="So.")
    with pytest.raises(RefusedError, match="Say why"):
        differing.do(resolve, "dc-1", "i1-2", "tools", applies=True, reason=" ")
    with pytest.raises(NotFoundError):
        differing.do(resolve, "dc-1", "i1-99", "tools", applies=True, reason="So.")
    with pytest.raises(NotFoundError):
        differing.do(resolve, "dc-1", "i1-2", "nothing", applies=True, reason="So.")
    assert double(differing).resolutions == ()


def test_the_two_differ_where_one_put_a_code_on(differing):
    assert {(each.coder, each.entry, each.code) for each in double(differing).coded} == {
        ("ada", "i1-1", "monitoring"),
        ("ada", "i1-2", "monitoring"),
        ("bob", "i1-2", "tools"),
    }


def test_what_both_put_on_is_no_difference(pair):
    coded(pair, "i1-2", "tools", "bob")
    coded(pair, "i1-2", "tools", "ada")
    done(pair)
    with pytest.raises(RefusedError, match="do not differ"):
        pair.do(resolve, "dc-1", "i1-2", "tools", applies=False, reason="So.")


@pytest.mark.parametrize("who", ["ada", "bob"])
def test_agreeing_needs_both(pair, who):
    coded(pair, "i1-2", "tools", who)
    pair.do(say_done, "dc-1", who)
    with pytest.raises(RefusedError, match="Both must be done"):
        pair.do(resolve, "dc-1", "i1-2", "tools", applies=True, reason="So.")


def test_taking_an_agreement_back(differing):
    differing.do(resolve, "dc-1", "i1-2", "tools", applies=False, reason="No tool.")
    changes = check_undo(differing, unresolve, "dc-1", "i1-2", "tools")
    assert changes.label == "Take back what was agreed on “Tools”: Alarms?"
    assert differing.seen.codings == differing.document.codings
    with pytest.raises(NotFoundError, match="Nothing was agreed"):
        differing.do(unresolve, "dc-1", "i1-2", "tools")


def test_forgetting_it(differing):
    before = differing.document.codings
    differing.do(resolve, "dc-1", "i1-2", "tools", applies=False, reason="No tool.")
    changes = check_undo(differing, remove_double_coding, "dc-1")
    assert changes.label == "Forget the double coding of Ada and Bob"
    assert differing.document.double_codings == ()
    assert differing.seen.codings == before


# Blindness


def test_a_hidden_memo_is_not_found(pair):
    coded(pair, "i1-2", "tools", "bob", memo=f"a {CANARY} here")
    for _ in index.build(pair.file):
        pass
    for who, many in (("bob", 1), ("carl", 1), ("ada", 0), ("", 0), ("bob", 1)):
        pair.work_as(who)
        assert len(Finder(pair).find(parse(CANARY)).hits) == many
    pair.do(say_done, "dc-1", "bob")
    pair.work_as("ada")
    finder = Finder(pair)
    assert finder.find(parse(CANARY)).hits == ()
    pair.do(say_done, "dc-1", "ada")
    assert len(finder.find(parse(CANARY)).hits) == 1


def test_a_hidden_memo_is_not_found_without_an_index(pair):
    coded(pair, "i1-2", "tools", "bob", memo=CANARY)
    finder = Finder(pair)
    assert not finder.ready
    assert len(finder.find(parse(CANARY)).hits) == 1
    pair.work_as("ada")
    assert finder.find(parse(CANARY)).hits == ()


def test_the_palette_leads_to_no_hidden_passage(pair):
    coded(pair, "i1-2", "tools", "bob")
    pages = [("interviews", "Interviews")]
    assert "Tools" in {target.text for target in targets(pair.seen, pages)}
    pair.work_as("ada")
    assert "Tools" not in {target.text for target in targets(pair.seen, pages)}


def test_the_other_neither_reads_nor_takes_back_what_a_coder_did(pair):
    coded(pair, "i1-2", "tools", "bob", memo=CANARY)
    label = pair.undo_label
    assert "tools" in label
    for who in ("ada", ""):
        pair.work_as(who)
        assert pair.undo_label == ""
        with pytest.raises(NothingToUndoError, match="each takes back only their own"):
            pair.undo()
    pair.work_as("bob")
    pair.undo()
    assert pair.redo_label == label
    pair.work_as("ada")
    assert pair.redo_label == ""
    with pytest.raises(NothingToUndoError, match="each takes back only their own"):
        pair.redo()
    pair.work_as("carl")
    assert pair.redo_label == label


def test_what_a_coder_did_stays_hidden_after_reopening(pair, reopened):
    coded(pair, "i1-2", "tools", "bob")
    again = reopened()
    again.work_as("ada")
    assert again.undo_label == ""
    again.work_as("bob")
    assert "tools" in again.undo_label


def test_removing_a_passage_leaves_what_is_hidden(pair):
    passage = coded(pair, "i1-2", "tools", "bob")
    pair.work_as("ada")
    pair.do(put_code, passage, "monitoring", "ada")
    assert passage in {each.key for each in pair.seen.passages}
    changes = check_undo(pair, remove_passage, passage)
    assert changes.label == "Remove passage Alar"
    assert passage not in {each.key for each in pair.seen.passages}
    pair.work_as("bob")
    assert passage in {each.key for each in pair.seen.passages}
    assert [each.code for each in pair.document.codings if each.passage == passage] == ["tools"]


def test_removing_a_passage_that_judgements_rest_on(pair):
    pair.do(put_code, "i1-p1", "tools", "bob")
    pair.work_as("ada")
    check_undo(pair, remove_passage, "i1-p1")
    judged = (*pair.document.answers, *pair.document.challenges)
    assert all(link.passage != "i1-p1" for each in judged for link in each.evidence)
    assert [each.assessor for each in pair.document.codings if each.passage == "i1-p1"] == ["bob"]


@pytest.mark.parametrize("who", ["bob", "carl", ""])
def test_removing_a_passage_of_which_all_is_seen(study, who):
    study.do(begin, "ada", "bob", ["m1"])
    study.work_as("carl" if who == "" else who)
    passage = coded(study, "i1-1", "tools", "ada")
    study.work_as(who)
    check_undo(study, remove_passage, passage)
    assert of(study, "passages", passage) is None
    with pytest.raises(NotFoundError):
        study.do(remove_passage, passage)


def test_once_both_are_done_a_passage_is_removed_whole(differing):
    passage = differing.document.passages[-1].key
    differing.work_as("ada")
    check_undo(differing, remove_passage, passage)
    assert of(differing, "passages", passage) is None
