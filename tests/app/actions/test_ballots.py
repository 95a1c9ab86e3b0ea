"""Assessors answer independently: they begin, are done, go on, and reveal; nobody writes another's answer."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from msgspec.structs import replace

from app.actions import assess, ballots, links
from app.actions.consensus import Point, agree, reopen
from app.actions.double_coding import begin as begin_blind
from app.actions.double_coding import remove_passage
from app.actions.errors import ActionError, NotFoundError, NothingToUndoError, RefusedError
from app.actions.evidence import mark_passage, put_code
from app.actions.things import add, change, remove_thing
from app.model.assessment import Answer
from app.model.setting import Assessor
from app.scoring.scale import Verdict
from app.search.find import Finder
from app.search.query import parse
from tests.app.actions.clocked import check_undo

HERE = ("small", "c2", "r1")
CANARY = "kanarienvogel"


def at(who, criterion="runs", case="c2"):
    return assess.Place("small", criterion, case, "r1", who)


def as_(study, who):
    study.work_as(who)
    return study


def standing(study, case="c2"):
    return next(each for each in study.document.ballots if (each.case, each.round) == (case, "r1"))


def answers(document, case="c2"):
    return {(each.assessor, each.criterion): each.verdict for each in document.answers if each.case == case}


@pytest.fixture
def study(study):
    """The study with a third assessor; Ada works."""
    study.do(add, Assessor(key="carl", name="Carl"))
    return as_(study, "ada")


@pytest.fixture
def pair(study):
    """Ada and Bob answer for the second case independently; Ada works."""
    study.do(ballots.begin, "small", ["c2"], "r1", ["ada", "bob"])
    return study


def revealed(study, *members):
    for who in members or ("ada", "bob"):
        as_(study, who).do(ballots.done, *HERE)
    study.do(ballots.reveal, *HERE)
    return study


# Beginning


def test_begin(study):
    changes = check_undo(study, ballots.begin, "small", ["c2", "c2"], "r1", ["ada", "bob", "carl", "ada"])
    assert changes.label == "Let Ada, Bob and Carl answer for Two independently"
    found = standing(study)
    assert [(each.assessor, each.done_at) for each in found.members] == [("ada", None), ("bob", None), ("carl", None)]
    assert found.begun_at is not None
    assert found.revealed_at is None


def test_begin_for_several_cases(study):
    label = check_undo(study, ballots.begin, "small", ["c1", "c2"], "r2", ["ada", "bob"]).label
    assert label == "Let Ada and Bob answer for 2 cases independently"
    assert {each.case for each in study.document.ballots if each.round == "r2"} == {"c1", "c2"}


@pytest.mark.parametrize(
    ("cases", "members", "sentence"),
    [
        (["c2"], ["ada", "ada"], "take two assessors"),
        ([], ["ada", "bob"], "at least one case"),
        (["c1"], ["ada", "bob"], "can't be independent again"),
    ],
)
def test_what_can_not_begin(study, cases, members, sentence):
    before = study.document
    with pytest.raises(RefusedError, match=sentence):
        study.do(ballots.begin, "small", cases, "r1", members)
    assert study.document == before


def test_once_at_a_time(pair):
    with pytest.raises(RefusedError, match="independently already"):
        pair.do(ballots.begin, "small", ["c2"], "r1", ["ada", "carl"])


def test_what_was_agreed_would_lead(study):
    for who, verdict in (("ada", Verdict.FULLY), ("bob", Verdict.PARTIALLY)):
        as_(study, who).do(assess.answer, at(who), verdict)
    study.do(agree, Point("small", "runs", "c2", "r1"), Verdict.LARGELY, "so")
    with pytest.raises(RefusedError, match="agreed for Two already"):
        study.do(ballots.begin, "small", ["c2"], "r1", ["ada", "bob"])
    study.do(reopen, Point("small", "runs", "c2", "r1"))
    study.do(ballots.begin, "small", ["c2"], "r1", ["ada", "bob"])
    assert standing(study)


@pytest.mark.parametrize(
    "named", [("nothing", ["c2"], "r1", ["ada", "bob"]), ("small", ["nothing"], "r1", ["ada", "bob"]),
              ("small", ["c2"], "nothing", ["ada", "bob"]), ("small", ["c2"], "r1", ["ada", "nobody"])]
)  # fmt: skip
def test_who_and_what_must_be_there(study, named):
    with pytest.raises(NotFoundError):
        study.do(ballots.begin, *named)


# Being done


def test_done_and_going_on(pair):
    assert check_undo(pair, ballots.done, *HERE).label == "Ada is done answering for Two"
    assert standing(pair).members[0].done_at is not None
    with pytest.raises(RefusedError, match="said so already"):
        pair.do(ballots.done, *HERE)
    assert check_undo(pair, ballots.not_done, *HERE).label == "Ada goes on answering for Two"
    with pytest.raises(RefusedError, match="not said that you are done"):
        pair.do(ballots.not_done, *HERE)


@pytest.mark.parametrize("who", ["", "carl"])
@pytest.mark.parametrize("action", [ballots.done, ballots.not_done])
def test_only_members_say_so(pair, action, who):
    with pytest.raises(RefusedError, match="Only who answers independently"):
        as_(pair, who).do(action, *HERE)


@pytest.mark.parametrize("action", [ballots.done, ballots.not_done, ballots.reveal, ballots.cancel])
def test_without_a_ballot_or_after_it(study, action):
    with pytest.raises(NotFoundError, match="Nobody answers for Two independently"):
        study.do(action, *HERE)
    with pytest.raises(RefusedError, match="Canary one are revealed already"):
        study.do(action, "small", "c1", "r1")


def test_no_longer_wait_for_somebody(study):
    study.do(ballots.begin, "small", ["c2"], "r1", ["ada", "bob", "carl"])
    as_(study, "carl").do(assess.answer, at("carl"), Verdict.FULLY)
    as_(study, "ada")
    assert check_undo(study, ballots.take_out, *HERE, "carl").label == "No longer wait for Carl on Two"
    assert ("carl", "runs") not in answers(study.seen)  # what they answered leads nobody
    assert ("carl", "runs") in answers(study.document)
    assert ("carl", "runs") in answers(revealed(study).seen)


def test_who_can_not_be_taken_out(pair):
    with pytest.raises(NotFoundError, match="do not answer"):
        pair.do(ballots.take_out, *HERE, "carl")
    pair.do(ballots.done, *HERE)
    with pytest.raises(RefusedError, match="Ada is done"):
        pair.do(ballots.take_out, *HERE, "ada")
    pair.do(ballots.take_out, *HERE, "bob")
    pair.do(ballots.not_done, *HERE)
    with pytest.raises(RefusedError, match="Nobody would be left"):
        pair.do(ballots.take_out, *HERE, "ada")


# Revealing


def test_reveal_names_who_is_not_done(pair):
    with pytest.raises(RefusedError, match="Ada and Bob are not done: nothing was revealed"):
        pair.do(ballots.reveal, *HERE)
    pair.do(ballots.done, *HERE)
    with pytest.raises(RefusedError, match="Bob is not done: nothing was revealed"):
        pair.do(ballots.reveal, *HERE)
    as_(pair, "bob").do(ballots.done, *HERE)
    assert check_undo(pair, ballots.reveal, *HERE).label == "Reveal the answers for Two"
    assert standing(pair).revealed_at is not None


def test_cancel(pair):
    pair.do(assess.answer, at("ada"), Verdict.FULLY)
    assert check_undo(pair, ballots.cancel, *HERE).label == "Answer for Two openly"
    assert all(each.case != "c2" for each in pair.document.ballots)


def test_cancel_reveals_nothing(pair):
    as_(pair, "bob").do(assess.answer, at("bob"), Verdict.FULLY)
    for who in ("ada", "", "carl"):
        with pytest.raises(RefusedError, match="Somebody else has answered already"):
            as_(pair, who).do(ballots.cancel, *HERE)
    as_(pair, "bob").do(ballots.cancel, *HERE)


# Nobody answers for somebody else


@pytest.mark.parametrize("who", ["ada", "carl", ""])
def test_nobody_writes_another_s_answer(pair, who):
    as_(pair, "bob").do(assess.answer, at("bob"), Verdict.FULLY, CANARY)
    pair.do(links.link, assess.owner(at("bob")), "m1-p1")
    before = as_(pair, who).document
    value = next(each for each in before.answers if each.assessor == "bob" and each.case == "c2")
    owner = assess.owner(at("bob"))
    for action, *given in (
        (assess.answer, at("bob"), None),
        (assess.explain, at("bob"), "changed"),
        (assess.rate_confidence, at("bob"), None),
        (links.link, owner, "i1-p1"),
        (links.unlink, owner, "m1-p1"),
        (links.check, owner, "m1-p1"),
        (links.change_link, owner, "m1-p1", lambda each: replace(each, note="x")),
        (change, replace(value, rationale="changed")),
        (remove_thing, value),
        (add, Answer(rubric="small", criterion="seen", case="c2", round="r1", assessor="bob")),
    ):
        with pytest.raises(RefusedError, match="another assessor's"):
            pair.do(action, *given)
    assert pair.document == before


def test_without_a_ballot_a_script_may(study):
    as_(study, "").do(assess.answer, at("bob"), Verdict.FULLY)
    with pytest.raises(RefusedError, match="another assessor's"):
        as_(study, "ada").do(assess.answer, at("bob"), None)


def test_once_revealed_each_changes_their_own(pair):
    revealed(pair).do(assess.answer, at("bob"), Verdict.LARGELY)
    with pytest.raises(RefusedError, match="another assessor's"):
        pair.do(assess.answer, at("ada"), Verdict.LARGELY)


# What is hidden stays


def test_removing_a_passage_leaves_what_a_hidden_answer_rests_on(pair):
    passage = pair.do(mark_passage, "i1", "i1-1", 0, 3).key_of("passages")
    pair.do(put_code, passage, "monitoring", "ada")
    for who in ("bob", "ada"):
        as_(pair, who).do(links.link, assess.owner(at(who)), passage)
    check_undo(pair, remove_passage, passage)
    assert all(each.passage != passage for each in pair.document.codings)
    resting = [each.assessor for each in pair.document.answers if any(e.passage == passage for e in each.evidence)]
    assert resting == ["bob"]
    assert passage not in {each.key for each in pair.seen.passages}


def test_removing_a_passage_nobody_hides_removes_it(pair):
    check_undo(pair, remove_passage, "m1-p1")
    assert "m1-p1" not in {each.key for each in pair.document.passages}


def test_undo_neither_tells_nor_takes_away(pair):
    as_(pair, "bob").do(assess.answer, at("bob"), Verdict.FULLY, CANARY)
    assert pair.undo_label
    for who in ("ada", ""):
        assert as_(pair, who).undo_label == ""
        with pytest.raises(NothingToUndoError, match="only their own"):
            pair.undo()
    as_(pair, "bob").undo()
    assert as_(pair, "ada").redo_label == ""
    with pytest.raises(NothingToUndoError):
        pair.redo()


def test_undo_does_not_tell_what_one_answers_who_takes_no_part(pair):
    as_(pair, "carl").do(assess.answer, at("carl"), Verdict.FULLY)
    assert pair.undo_label
    for who in ("ada", "bob"):
        assert as_(pair, who).undo_label == ""
        with pytest.raises(NothingToUndoError, match="only their own"):
            pair.undo()


def test_search_finds_only_what_is_seen(pair):
    as_(pair, "bob").do(assess.answer, at("bob"), Verdict.FULLY, CANARY)
    finder = Finder(pair)
    assert len(finder.find(parse(CANARY)).hits) == 1
    for who in ("ada", "carl", ""):
        as_(pair, who)
        assert finder.find(parse(CANARY)).hits == ()
    revealed(pair)
    as_(pair, "ada")
    assert len(finder.find(parse(CANARY)).hits) == 1


def test_together_with_blind_coding(pair):
    """Whoever codes blind and answers independently sees the own of both."""
    pair.do(begin_blind, "ada", "carl", ["i1"])
    passage = as_(pair, "bob").do(mark_passage, "i1", "i1-1", 0, 3).key_of("passages")
    pair.do(links.link, assess.owner(at("bob")), passage)
    as_(pair, "carl").do(put_code, passage, "monitoring", "carl")
    keys = {who: {each.key for each in as_(pair, who).seen.passages} for who in ("ada", "bob", "carl", "")}
    assert {who for who, seen in keys.items() if passage in seen} == {"bob", "carl"}


class Team(RuleBasedStateMachine):
    """Whatever three do in whatever order: nobody ever sees or changes another's answer before it is revealed."""

    people = st.sampled_from(["ada", "bob", "carl"])
    verdicts = st.sampled_from([Verdict.FULLY, Verdict.PARTIALLY, Verdict.UNKNOWN, None])

    @initialize()
    def begin(self):
        self.study = self.open_study()
        self.study.work_as("ada")
        self.said = {}

    def hidden(self):
        return [each for each in self.study.document.ballots if each.case == "c2" and each.revealed_at is None]

    def do(self, who, action, *given):
        self.study.work_as(who)
        try:
            self.study.do(action, *given)
        except ActionError:
            return False
        finally:
            self.check()
        return True

    def check(self):
        for who in ("ada", "bob", "carl", ""):
            self.study.work_as(who)
            seen = answers(self.study.seen)
            if self.hidden():
                assert {person for person, _ in seen} <= {who}
            else:
                assert seen == answers(self.study.document)

    @rule(who=people, whose=people, verdict=verdicts, criterion=st.sampled_from(["runs", "seen"]))
    def answer(self, who, whose, verdict, criterion):
        if self.do(who, assess.answer, at(whose, criterion), verdict):
            assert who == whose
            self.said[whose, criterion] = verdict
        told = {key: verdict for key, verdict in answers(self.study.document).items() if verdict}
        assert told == {key: verdict for key, verdict in self.said.items() if verdict}

    @precondition(lambda self: not self.hidden())
    @rule(who=people, members=st.lists(people, max_size=3))
    def start(self, who, members):
        self.do(who, ballots.begin, "small", ["c2"], "r1", members)

    @rule(who=people, action=st.sampled_from([ballots.done, ballots.not_done, ballots.reveal, ballots.cancel]))
    def go_on(self, who, action):
        self.do(who, action, *HERE)

    @rule(who=people, member=people)
    def take_out(self, who, member):
        self.do(who, ballots.take_out, *HERE, member)


def test_nobody_ever_sees_too_much(study):
    from hypothesis import settings
    from hypothesis.stateful import run_state_machine_as_test

    def fresh():
        as_(study, "")
        for each in [each for each in study.document.answers if each.case == "c2"]:
            as_(study, each.assessor).do(remove_thing, each)
        for each in [each for each in study.document.ballots if each.case == "c2"]:
            study.do(remove_thing, each)
        return study

    Team.open_study = staticmethod(fresh)
    run_state_machine_as_test(Team, settings=settings(max_examples=15, stateful_step_count=15))


def test_what_is_printed_is_the_same_for_everybody_and_holds_nothing_hidden(pair):
    as_(pair, "ada").do(assess.answer, at("ada"), Verdict.FULLY)
    assert ("ada", "runs") in answers(pair.seen)
    assert answers(pair.revealed) == {}
    assert pair.revealed is pair.revealed
    assert answers(as_(pair, "bob").revealed) == {}
    assert ("ada", "runs") in answers(revealed(pair).revealed)
