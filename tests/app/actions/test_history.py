"""Any sequence of actions can be taken back and done again, also after closing, and the trail accounts for all."""

import contextlib
import os
import shutil

import msgspec
import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.actions import assess, evidence, keys, links, notes, setting, things, verify
from app.actions.create import import_document
from app.actions.open_study import OpenStudy
from app.errors import FieldquillError
from app.model.assessment import Challenge, Confidence, Factor, Finding, Influence
from app.model.evidence import Code, Coding, Stance, Weight
from app.model.read import read_document
from app.model.setting import Assessor, Case, Participant, Permission, Round
from app.model.source import Entry, EntryKind, FollowUp, FollowUpState, Source
from app.scoring.scale import Verdict
from tests.documents import RUBRIC, example

PASSPHRASE = "correct horse battery"
TEXTS = st.text(alphabet="ab \u0301\U0001f424\r\n", max_size=9)
NAMES = st.text(alphabet="ab\U0001f424", min_size=1, max_size=3)
KEYED = ["rounds", "cases", "assessors", "participants", "factors", "codes", "guides", "sources", "passages"]
KEYED += ["follow_ups", "challenges", "reviews", "profiles"]
UNKEYED = ["identities", "codings", "answers", "consensus", "overrides", "findings", "influences"]
replace = msgspec.structs.replace


class History(RuleBasedStateMachine):
    template = None  # set by the test: a study file, and the folder to work in
    folder = None

    @initialize()
    def begin(self):
        self.path = shutil.copyfile(self.template, self.folder / "study.fieldquill")
        self.study = OpenStudy.open(self.path, PASSPHRASE)
        self.beginning = self.study.document
        self.past = []  # the documents before each step that can be undone
        self.future = []
        self.last = None

    def do(self, action, *arguments):
        """Run an action; what is refused must leave no trace, what changes nothing no audit row."""
        before, count = self.study.document, self.audited()
        try:
            changes = self.study.do(action, *arguments)
        except FieldquillError:
            assert self.study.document is before
            assert self.audited() == count
            return
        if changes.seq is None:
            assert self.study.document is before
            assert self.audited() == count
        elif changes.seq == self.last:  # it went on with the step before
            assert self.audited() == count
        else:
            assert self.audited() == count + 1
            self.past.append(before)
        if changes.seq is not None:
            self.last = changes.seq
            self.future.clear()
            assert changes.tables
            assert self.study.undo_label == changes.label

    def audited(self):
        return self.study.file.connection.execute("SELECT count(*) FROM audit").fetchone()[0]

    def some(self, data, table):
        return data.draw(st.sampled_from(getattr(self.study.document, table) or (None,)))

    def place(self, data):
        some = {name: self.some(data, f"{name}s") for name in ("case", "round", "assessor")}
        criterion = data.draw(st.sampled_from([criterion.id for criterion in RUBRIC.criteria]))
        return assess.Place(
            "small", criterion, **{name: thing.key if thing else "none" for name, thing in some.items()}
        )

    # Things

    @rule(data=st.data(), name=NAMES)
    def add(self, data, name):
        document = self.study.document
        key = {"key": keys.new_key(document, "cases", name)}
        rounds, cases = ([thing.key for thing in getattr(document, table)] for table in ("rounds", "cases"))
        codes = [None, *(code.key for code in document.codes)]
        one = st.sampled_from
        made = [
            lambda: Case(**key, name=name),
            lambda: Round(**key, name=name),
            lambda: Assessor(**key, name=name),
            lambda: Participant(**key, pseudonym=name, role=name),
            lambda: Factor(**key, name=name, belongs_to="case", tendency="inhibits"),
            lambda: Code(**key, name=name, parent=data.draw(one(codes))),
            lambda: Source(**key, title=name, round=data.draw(one(rounds)), cases=tuple(cases[:1])),
            lambda: FollowUp(**key, question=name, state=data.draw(one(list(FollowUpState)))),
            lambda: Challenge(
                **key, title=name, rubric="small", principle="first", round=rounds[0], cases=tuple(cases)
            ),
            lambda: Finding(rubric="small", principle="second", case=data.draw(one(cases)), round=rounds[0], text=name),
            lambda: Influence(factor="experience", round=rounds[0], case=data.draw(one([None, *cases]))),
        ]
        with contextlib.suppress(Exception):  # a study with no rounds, say, has nothing to draw from
            thing = data.draw(one(made))()
            self.do(things.add, thing)

    @rule(data=st.data(), table=st.sampled_from([*KEYED, *UNKEYED]), text=TEXTS)
    def change(self, data, table, text):
        thing = self.some(data, table)
        if thing is None:
            return
        field = data.draw(st.sampled_from([f for f in thing.__struct_fields__ if isinstance(getattr(thing, f), str)]))
        if field not in {"key", "rubric"}:
            self.do(things.change, replace(thing, **{field: text}))

    @rule(data=st.data())
    def change_lists(self, data):
        source = self.some(data, "sources")
        if source is not None:
            people = [thing.key for thing in self.study.document.participants]
            chosen = data.draw(st.permutations(people))[: data.draw(st.integers(0, 2))]
            self.do(things.change, replace(source, participants=tuple(chosen), entries=source.entries[::-1]))
        code = self.some(data, "codes")
        if code is not None:
            parents = [None, *(other.key for other in self.study.document.codes)]
            self.do(things.change, replace(code, parent=data.draw(st.sampled_from(parents))))

    @rule(data=st.data(), table=st.sampled_from(KEYED))
    def remove(self, data, table):
        thing = self.some(data, table)
        self.do(things.remove, table, thing.key if thing else "none")

    @rule(data=st.data(), table=st.sampled_from(UNKEYED))
    def remove_thing(self, data, table):
        thing = self.some(data, table)
        if thing is not None:
            self.do(things.remove_thing, thing)

    @rule(data=st.data(), table=st.sampled_from(KEYED), index=st.integers(-1, 3))
    def move(self, data, table, index):
        thing = self.some(data, table)
        self.do(things.move, table, thing.key if thing else "none", index)

    @rule(title=TEXTS, permission=st.sampled_from(list(Permission)))
    def change_setting(self, title, permission):
        self.do(setting.change_study, replace(self.study.document.study, title=title))
        self.do(setting.change_policy, replace(self.study.document.site_policy, laptops=permission))

    # Notes and evidence

    @rule(data=st.data(), texts=st.lists(TEXTS, min_size=1, max_size=3), key=st.sampled_from(["i1-1", "i1-2", "m1-1"]))
    def type(self, data, texts, key):
        """Write one line over and over, as autosave does, and perhaps back to what it was."""
        found = [(s, e) for s in self.study.document.sources for e in s.entries if e.key == key]
        for source, entry in found:
            for text in [*texts, data.draw(st.sampled_from([entry.text, "end"]))]:
                self.do(notes.write, source.key, [notes.SetEntry(replace(entry, text=text))])

    @rule(data=st.data(), text=TEXTS)
    def write(self, data, text):
        source = self.some(data, "sources")
        if source is None:
            return
        entry = data.draw(st.sampled_from(source.entries or (None,)))
        speaker = data.draw(st.sampled_from([None, *source.participants]))
        fresh = Entry(key=keys.new_entry_key(source), text=text, speaker=speaker)
        edits = [notes.AddEntry(fresh, after=data.draw(st.sampled_from(["", None, entry.key if entry else ""])))]
        if entry is not None:
            kind = data.draw(st.sampled_from(list(EntryKind)))
            cut = data.draw(st.integers(0, len(entry.text)))
            edits += [
                notes.SetEntry(replace(entry, text=entry.text[:cut] + text + entry.text[cut + 2 :])),
                notes.SetEntry(replace(entry, text=text, kind=kind)),
                notes.RemoveEntry(entry.key),
            ]
        chosen = data.draw(st.lists(st.sampled_from(edits), min_size=1, max_size=3))
        self.do(notes.write, source.key, chosen)

    @rule(data=st.data())
    def mark(self, data):
        source = self.some(data, "sources")
        entry = data.draw(st.sampled_from(source.entries or (None,))) if source else None
        if entry is not None:
            start = data.draw(st.integers(0, len(entry.text)))
            self.do(evidence.mark_passage, source.key, entry.key, start, data.draw(st.integers(start, len(entry.text))))

    @rule(data=st.data(), memo=TEXTS)
    def code(self, data, memo):
        things_ = [self.some(data, table) for table in ("passages", "codes", "assessors")]
        if None not in things_:
            self.do(evidence.put_code, *(thing.key for thing in things_), None, memo)
            if data.draw(st.booleans()):
                passage, code, assessor = (thing.key for thing in things_)
                self.do(things.remove_thing, Coding(passage=passage, code=code, assessor=assessor))

    # Answers

    @rule(data=st.data(), verdict=st.sampled_from([None, *Verdict]), rationale=st.sampled_from([None, "", "why"]))
    def answer(self, data, verdict, rationale):
        self.do(assess.answer, self.place(data), verdict, rationale)

    @rule(data=st.data(), text=TEXTS, confidence=st.sampled_from([None, *Confidence]))
    def explain(self, data, text, confidence):
        at = self.place(data)
        self.do(assess.explain, at, text)
        self.do(assess.rate_confidence, at, confidence)

    @rule(
        data=st.data(), weight=st.sampled_from(list(Weight)), stance=st.sampled_from(list(Stance)), gone=st.booleans()
    )
    def link(self, data, weight, stance, gone):
        passage = self.some(data, "passages")
        if passage is not None:
            at = self.place(data)
            self.do(links.link, assess.owner(at), passage.key, weight, stance, "screen")
            if gone:
                self.do(links.unlink, assess.owner(at), passage.key)

    # Back and forth

    @precondition(lambda self: self.past)
    @rule()
    def undo(self):
        self.future.append(self.study.document)
        changes = self.study.undo()
        assert changes.seq
        assert changes.label.startswith("Undo: ")
        assert self.study.document == self.past.pop()
        self.last = None

    @precondition(lambda self: self.future)
    @rule()
    def redo(self):
        self.past.append(self.study.document)
        changes = self.study.redo()
        assert changes.seq
        assert changes.label.startswith("Redo: ")
        assert self.study.document == self.future.pop()
        self.last = None

    @rule()
    def reopen(self):
        labels = self.study.undo_label, self.study.redo_label
        before = self.study.document
        self.study.close()
        self.study = OpenStudy.open(self.path, PASSPHRASE)
        assert self.study.document == before
        assert (self.study.undo_label, self.study.redo_label) == labels
        self.last = None

    @invariant()
    def what_was_read_anew_is_all_there_is(self):
        if hasattr(self, "study"):
            assert self.study.document == read_document(self.study.file.connection)
            assert bool(self.study.undo_label) == bool(self.past)
            assert bool(self.study.redo_label) == bool(self.future)
            self.no_problems()

    def no_problems(self):
        for check in (verify._references, verify._spans, verify._chain, verify._rows):
            assert list(check(self.study.file.connection)) == []

    def teardown(self):
        if not hasattr(self, "study"):
            return
        try:
            end = self.study.document
            steps = len(self.past)
            while self.past:
                self.undo()
            assert self.study.document == self.beginning
            assert self.study.undo_label == ""
            self.reopen()
            for _ in range(steps):
                self.redo()
            assert self.study.document == end
            assert list(verify.problems(self.study.file.connection)) == []
        finally:
            self.study.close()


WALKS = int(os.environ.get("FIELDQUILL_WALKS", "8"))  # many more of them are taken by `make nightly`


@pytest.mark.slow
def test_any_sequence_of_actions_can_be_taken_back_and_done_again(tmp_path, quick_keys):
    History.template = tmp_path / "template.fieldquill"
    History.folder = tmp_path
    import_document(History.template, PASSPHRASE, example())
    brief = settings(max_examples=WALKS, stateful_step_count=25, deadline=None, phases=[Phase.generate])
    run_state_machine_as_test(History, settings=brief)
