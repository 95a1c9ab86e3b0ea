"""Everything that people write in a study is printed somewhere in its internal report, but for what is listed here."""

from datetime import UTC, datetime

import msgspec
import pytest

from app.disclosure.walking import inner_fields, text_fields
from app.model.assessment import Dissent, NextStep, Target
from app.model.disclosure import ReportSetup
from app.model.evidence import Code, Coded, Coding, DoubleCoding, Evidence, Resolution
from app.model.source import Guide, Original, PaperSheet, Question, Shorthand, Version
from app.report.build import make_report as make
from app.report.contents import PARTS
from app.report.snapshot import take

replace = msgspec.structs.replace
WHEN = datetime(2022, 12, 1, tzinfo=UTC)
RUBRIC = "mlops-maturity"

NOT_PRINTED = {
    "identities.name": "who participants are stands apart, and passes into no report",
    "identities.contact": "who participants are stands apart, and passes into no report",
    "participants.pseudonym": "people are told by their roles and counted, never one by one",
    "participants.unit": "with a role it leads to a person",
    "participants.broader_role": "stands for a role only where a profile hides that",
    "guides.name": "what was asked is printed as a guide of its own, to be taken to an interview",
    "guides.questions.text": "what was asked is printed as a guide of its own, to be taken to an interview",
    "sources.place": "with a day it leads to a person",
    "sources.originals.text": "what one note-taker typed before both agreed on the notes",
    "versions.text": "what a line said before; that lines were changed is told and counted",
    "versions.reason": "why a line was changed; it can quote what was cut",
    "shorthands.words": "a help for typing",
    "codings.memo": "a coder's note to the team while the notes are read; it is exported with the codings",
    "double_codings.resolutions.reason": "what became of differences is counted; each is in the agreement tables",
    "answers.evidence.words": "what a passage said when it was linked; that it has changed since is said",
    "findings.evidence.words": "what a passage said when it was linked; that it has changed since is said",
    "challenges.evidence.words": "what a passage said when it was linked; that it has changed since is said",
    "influences.evidence.words": "what a passage said when it was linked; that it has changed since is said",
    "report.watermark": "printed across every sheet, by the sheets",
    "report.recipient": "told of the setup a report is made with",
}
"""Fields of text that no reader of the internal report sees, and why."""


class Planter:
    """Puts a word of its own into every text of a document, and remembers which stands for which field."""

    def __init__(self):
        self.planted = {}

    def plant(self, value, path=""):
        """Return a value with such words in it and in all it holds."""
        changes = {}
        for field in inner_fields(type(value)):
            inner, name = getattr(value, field), f"{path}{field}"
            if isinstance(inner, tuple):
                changes[field] = tuple(self.plant(each, f"{name}.") for each in inner)
            else:
                changes[field] = self.plant(inner, f"{name}.")
        changes |= {field: self._word(f"{path}{field}") for field in text_fields(type(value))}
        return replace(value, **changes)

    def _word(self, path):
        word = f"Qx{len(self.planted):04}Z"
        self.planted[word] = path
        return word


def spanned(document):
    """Return a document whose passages span the whole of the lines they were marked in."""
    lines = {entry.key: entry for source in document.sources for entry in source.entries}
    passages = tuple(
        replace(each, spans=tuple(replace(span, start=0, end=len(lines[span.entry].text)) for span in each.spans))
        for each in document.passages
    )
    return replace(document, passages=passages)


@pytest.fixture(scope="module")
def everything(study):
    """A study that has something of every kind."""
    first, criterion = study.answers[0], study.answers[0].criterion
    link = Evidence(passage="i2-1", note="Why", reference="Screen")
    second = replace(
        study.sources[1],
        originals=(Original(key="o1", author="a1", text="By hand"),),
        entries=tuple(replace(each, released=each.key == "i2-4") for each in study.sources[1].entries),
    )
    coded = (Coded(coder="a1", entry="i2-1", code="k1"), Coded(coder="a2", entry="i2-2", code="k1"))
    settled = (Resolution(entry="i2-1", code="k1", applies=True, reason="Talked"),)
    return replace(
        study,
        sources=(study.sources[0], second, study.sources[2]),
        answers=(replace(first, evidence=(link,)), *study.answers[1:]),
        consensus=(replace(study.consensus[0], dissents=(Dissent(assessor="a2", reason="No"),)),),
        influences=(replace(study.influences[0], evidence=(link,)), *study.influences[1:]),
        codes=(Code(key="k1", name="Tools"),),
        codings=(Coding(passage="i2-1", code="k1", assessor="a1", memo="Hm"),),
        double_codings=(
            DoubleCoding(
                key="d",
                first="a1",
                second="a2",
                first_done_at=WHEN,
                second_done_at=WHEN,
                sources=("i2",),
                coded=coded,
                resolutions=settled,
            ),
        ),
        guides=(Guide(key="g", name="Guide", questions=(Question(key="q", text="How?"),)),),
        versions=(Version(source="i2", line="i2-1", sitting="s", text="Before", until=WHEN),),
        sheets=(PaperSheet(key="s1", number=1),),
        shorthands=(Shorthand(short="ml", words="machine learning"),),
        targets=(Target(rubric=RUBRIC, principle="monitoring-feedback", case="c1", level="high"),),
        next_steps=(NextStep(key="n", rubric=RUBRIC, criterion=criterion, case="c2"),),
    )


@pytest.fixture(scope="module")
def unprinted(everything):
    """The fields of which no word is printed, with every section switched on."""
    planter = Planter()
    planted = spanned(planter.plant(everything))
    shown = replace(planted, report=ReportSetup(sections=" ".join(part.name for part in PARTS)))
    said = "\n".join(each.text for each in make(take(shown, version="1")).printed)
    printed = {path for word, path in planter.planted.items() if word in said}
    return set(planter.planted.values()) - printed


def test_every_field_that_a_reader_should_see_is_printed(unprinted):
    assert unprinted - NOT_PRINTED.keys() == set()


def test_what_is_said_not_to_be_printed_is_not(unprinted):
    assert NOT_PRINTED.keys() - unprinted == set()
