"""A study that was disclosed holds no hidden name, no line that may not be printed, and is a sound study."""

import json
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.analysis.words import Words
from app.disclosure.check import LeakKind, check
from app.disclosure.disclose import Gate, disclose
from app.disclosure.names import replaced_names
from app.disclosure.printed import Printed
from app.disclosure.profiles import STANDARD_PROFILES, find_profile
from app.disclosure.quoting import OWN, SAID
from app.disclosure.spotting import spotter
from app.exchange.demo import demo_document
from app.exchange.study_json import encode
from app.model.assessment import FrozenMapping, FrozenRubric
from app.model.disclosure import NameKind, Profile, Pseudonym, Quotations
from app.model.document import StudyDocument
from app.model.evidence import Evidence, Passage, Span
from app.model.setting import Identity, Participant
from app.model.source import Entry, EntryKind, FollowUp, Source, Version
from tests.documents import RUBRIC_TEXT, documents, example

PROFILES = {profile.key: profile for profile in STANDARD_PROFILES}
CLIENT, ANONYMISED, INTERNAL = PROFILES["client"], PROFILES["anonymised"], PROFILES["internal"]
SAYS = "We at AutoCorp said: AutoCorp's models drift"
AUTOCORP = Pseudonym(key="a", kind=NameKind.OTHER, name="AutoCorp", instead="the carmaker")


def notes(*entries, passages=(), **fields):
    """A study with these lines, and passages of them."""
    source = Source(key="i1", title="Talk", round="r1", entries=entries)
    bare = msgspec.structs.asdict(example()) | {"versions": (), "follow_ups": (), "codings": (), "double_codings": ()}
    bare |= {"answers": (), "findings": (), "challenges": (), "influences": (), "sheets": (), "identities": ()}
    return StudyDocument(
        **(bare | {"sources": (source,), "passages": tuple(passages), "pseudonyms": (AUTOCORP,)} | fields)
    )


def line(text, kind=EntryKind.PARAPHRASE, key="e1", **fields):
    return Entry(key=key, text=text, kind=kind, **fields)


def passage(*spans, words=None, text=SAYS, key="x"):
    stretches = tuple(Span(entry=entry, start=start, end=end) for entry, start, end in spans)
    said = words if words is not None else " … ".join(text[start:end] for _, start, end in spans)
    return Passage(key=key, source="i1", words=said, spans=stretches)


def texts(document):
    return [entry.text for source in document.sources for entry in source.entries]


# Names


def test_the_internal_profile_keeps_all_but_who_people_are():
    document = example()
    shown = disclose(document, find_profile(document, "internal"))
    assert shown == replace(document, identities=(), pseudonyms=(), allowances=())


def test_no_profile_lets_identities_pass():
    for profile in STANDARD_PROFILES:
        shown = disclose(example(), profile)
        assert (shown.identities, shown.pseudonyms, shown.allowances) == ((), (), ())


def test_what_only_the_team_works_with_is_left_out_of_reports_for_others():
    shown = disclose(example(), CLIENT)
    assert (shown.versions, shown.shorthands, shown.drafts) == ((), (), ())
    assert not any(source.originals for source in shown.sources)


def test_names_are_replaced_in_every_text():
    shown = disclose(demo_document(), ANONYMISED)
    assert shown.study.organisation.name == "The carmaker"
    assert shown.study.title == "MLOps maturity at the carmaker"
    assert [case.name for case in shown.cases] == ["Case 1", "Case 2", "Case 3"]
    assert [assessor.name for assessor in shown.assessors] == ["Assessor 1", "Assessor 2", "Assessor 3"]
    assert "autocorp" not in encode(shown).decode().casefold()


def test_names_in_a_rubric_and_a_mapping_are_replaced_and_their_texts_stay_else_as_they_are():
    text = RUBRIC_TEXT.replace("A log.", "A log of AutoCorp.")
    document = notes(mappings=(FrozenMapping(key="m", text="id: m\nnote: of AutoCorp\n"),))
    assert disclose(document, CLIENT).rubrics[0].text == RUBRIC_TEXT
    shown = disclose(replace(document, rubrics=(replace(document.rubrics[0], text=text),)), CLIENT)
    assert "A log of the carmaker." in shown.rubrics[0].text
    assert shown.mappings[0].text == "id: m\nnote: of the carmaker\n"


def test_roles_that_too_few_hold_are_broader_in_people_and_in_next_steps():
    held = ("engineer", "engineer", "engineer", "cook")
    people = tuple(
        Participant(key=f"p{number}", pseudonym=f"{role} {number}", role=role, unit="IT")
        for number, role in enumerate(held, 1)
    )
    step = example().next_steps[0]
    steps = tuple(replace(step, key=f"n{at}", owner=owner) for at, owner in enumerate(("Cook", "engineer", "who?")))
    document = notes(line("cook 4 said"), participants=people, next_steps=steps)
    shown = disclose(document, ANONYMISED)
    assert [(each.pseudonym, each.role, each.unit) for each in shown.participants][2:] == [
        ("engineer 3", "engineer", "IT"),
        ("Participant 4", "Participant", ""),
    ]
    assert [each.owner for each in shown.next_steps] == ["Participant", "engineer", "who?"]
    assert texts(shown) == ["Participant 4 said"]


def test_a_role_that_too_few_hold_is_told_nowhere_else_either():
    roles = ("Plant manager", "Welding expert", "Data owner", "Shift lead", *("Lead shift lead",) * 3)
    people = tuple(Participant(key=f"p{at}", pseudonym=f"P{at}", role=role) for at, role in enumerate(roles))
    step = replace(example().next_steps[0], owner="the plant manager, Welding Expert")
    document = notes(
        line("an old rule of a Plant Manager's; the welding experts, the data owner, a shift lead"),
        participants=people,
        next_steps=(step,),
        rubrics=(FrozenRubric(key="own", text="title: Each data owner knows"),),
    )
    said = "an old rule of a Participant's; the Participant, the data owner, a shift lead"
    assert texts(disclose(document, ANONYMISED)) == [said]
    assert disclose(document, ANONYMISED).next_steps[0].owner == "the Participant, Participant"
    told = check([Printed("by the plant manager", 1, "Page")], document, ANONYMISED)
    assert [(each.text, each.kind) for each in told] == [("plant manager", LeakKind.NAME)]


def test_a_role_whose_holders_become_different_things_is_a_participants():
    people = tuple(
        Participant(key=f"p{at}", pseudonym=f"P{at}", role=role, broader_role=broader)
        for at, (role, broader) in enumerate([("chef", "cook"), ("chef", ""), ("cook", ""), ("cook", "")])
    )
    steps = (replace(example().next_steps[0], owner="chef"),)
    shown = disclose(notes(participants=people, next_steps=steps), ANONYMISED)
    assert [each.role for each in shown.participants] == ["cook", "Participant", "Participant", "Participant"]
    assert shown.next_steps[0].owner == "Participant"


# Passages


@pytest.mark.parametrize(
    ("spans", "now"),
    [
        ([("e1", 0, len(SAYS))], "We at the carmaker said: the carmaker's models drift"),
        ([("e1", 6, 14)], "the carmaker"),
        ([("e1", 8, 12)], "the carmaker"),
        ([("e1", 3, 10)], "at the carmaker"),
        ([("e1", 6, 8), ("e1", 9, 14)], "the carmaker"),
        ([("e1", 0, 2), ("e1", 32, 44)], "We … models drift"),
        ([("e1", 39, 44), ("e1", 6, 14)], "drift … the carmaker"),
    ],
)
def test_a_passage_goes_on_lying_where_its_words_are(spans, now):
    document = notes(line(SAYS), passages=[passage(*spans)])
    shown = disclose(document, CLIENT)
    assert " … ".join(sorted(Words(shown).stretches("x"))) == " … ".join(sorted(now.split(" … ")))


def test_what_rests_on_a_passage_that_says_what_it_said_goes_on_doing_so():
    link = Evidence(passage="x", words="AutoCorp's models")
    finding = replace(
        example().findings[0], evidence=(link, Evidence(passage="x"), replace(link, words="AutoCorp once"))
    )
    document = notes(line(SAYS), passages=[passage(("e1", 21, 38))], findings=(finding,))
    shown = disclose(document, CLIENT)
    words = Words(shown)
    same, first, other = shown.findings[0].evidence
    assert words.now("x") == shown.passages[0].words == same.words == "the carmaker's models"
    assert (first.words, other.words) == ("", "The carmaker once")
    assert [words.changed(each) for each in (same, first, other)] == [False, False, True]


@given(documents(), st.sampled_from(STANDARD_PROFILES))
def test_a_disclosed_study_is_sound_holds_no_hidden_name_and_passes_again(document, profile):
    gate = Gate(document, profile)
    shown = gate.passed(document)
    assert gate.passed(shown) == shown
    lines = {entry.key: entry for source in shown.sources for entry in source.entries}
    for each in shown.passages:
        assert all(0 <= span.start < span.end <= len(lines[span.entry].text) for span in each.spans)
    finder = spotter(replaced_names(document, profile))
    assert [text for text in _texts(json.loads(encode(shown)), "") if finder.find(text)] == []


def _texts(value, name):
    if isinstance(value, dict):
        return [text for field, each in value.items() if field != "rubrics" for text in _texts(each, field)]
    if isinstance(value, list):
        return [text for each in value for text in _texts(each, "")]
    return [value] if isinstance(value, str) and name in {"title", "name", "text", "memo", "rationale", "place"} else []


# Lines that may not be printed


def kinds(profile, **fields):
    document = notes(*(line(f"of {kind}", kind, kind.value.replace("_", "-"), **fields) for kind in EntryKind))
    return texts(disclose(document, profile))


def test_what_was_said_word_for_word_is_printed_once_released_and_what_assessors_thought_never():
    assert kinds(CLIENT) == ["of paraphrase", SAID, "of observation", OWN, OWN]
    assert kinds(CLIENT, released=True) == ["of paraphrase", "of quotation", "of observation", OWN, OWN]
    none = replace(CLIENT, quotations=Quotations.NONE)
    assert kinds(none, released=True) == ["of paraphrase", SAID, "of observation", OWN, OWN]
    assert kinds(INTERNAL) == [f"of {kind}" for kind in EntryKind]
    assert kinds(Profile(key="x", name="X", quotations=Quotations.ALL))[1] == "of quotation"
    assert texts(disclose(notes(line("", EntryKind.QUOTATION)), CLIENT)) == [""]


def test_a_passage_of_a_line_that_is_withheld_covers_the_whole_mark():
    document = notes(
        line(SAYS, EntryKind.QUOTATION),
        line("then", key="e2"),
        passages=[
            passage(("e1", 6, 14), ("e1", 21, 31), words="AutoCorp … AutoCorp's"),
            passage(("e1", 0, 2), key="y"),
        ],
    )
    shown = disclose(document, CLIENT)
    assert [each.words for each in shown.passages] == [SAID, SAID]
    assert [(span.start, span.end) for each in shown.passages for span in each.spans] == 2 * [(0, len(SAID))]


def test_words_that_are_gone_from_the_notes_are_withheld_where_they_may_have_been_said_so():
    gone, now = passage(words="We said so"), passage(("e1", 0, 2), words="Something else", key="y")
    document = notes(line(SAYS), passages=[gone, now])
    assert [each.words for each in disclose(document, CLIENT).passages] == [SAID, "Something else"]
    free = replace(CLIENT, quotations=Quotations.ALL)
    assert [each.words for each in disclose(document, free).passages] == ["We said so", "Something else"]
    quoted = notes(line(SAYS, EntryKind.QUOTATION), passages=[now])
    assert disclose(quoted, CLIENT).passages[0].words == SAID


def test_words_of_a_line_that_was_once_said_word_for_word_are_withheld():
    version = Version(
        source="i1", line="e1", sitting="s", text="x", kind=EntryKind.QUOTATION, until=datetime(2022, 1, 1, tzinfo=UTC)
    )
    document = notes(line(SAYS), passages=[passage(("e1", 0, 2), words="Said so")], versions=(version,))
    assert disclose(document, CLIENT).passages[0].words == SAID
    released = notes(line(SAYS, released=True), passages=document.passages, versions=(version,))
    assert disclose(released, CLIENT).passages[0].words == "Said so"


def test_a_question_that_is_a_withheld_line_is_withheld_with_it():
    questions = (
        ("Who drifts?", "e1"),
        ("“Who drifts?” Which one?", "e1"),
        ("Why?", "e1"),
        ("then", "e2"),
        ("Who?", None),
        ("Blank?", "e3"),
    )
    asked = tuple(
        FollowUp(key=f"f{at}", question=question, entry=entry) for at, (question, entry) in enumerate(questions)
    )
    lines = (line("Who drifts?", EntryKind.QUOTATION), line("then", key="e2"), line(" ", EntryKind.QUOTATION, key="e3"))
    told = [each.question for each in disclose(notes(*lines, follow_ups=asked), CLIENT).follow_ups]
    assert told == [SAID, SAID, "Why?", "then", "Who?", "Blank?"]


def test_who_people_are_is_told_as_their_role():
    who = Identity(participant="p1", name="Ada Byron", contact="ada@byron.example")
    document = notes(line("Mrs. Byron's log, ada@byron.example, A. Byron"), identities=(who,))
    assert texts(disclose(document, CLIENT)) == ["Participant's log, […], Participant"]
