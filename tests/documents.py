"""Small but complete studies, for the tests of whatever reads or writes one.

`example()` is always the same one and holds every kind of thing; `documents()` makes them up.
"""

import enum
import json
import types
import typing
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

import msgspec
from hypothesis import strategies as st

from app.exchange.study_json import encode
from app.model.assessment import Answer, FrozenRubric
from app.model.disclosure import ReportSetup
from app.model.document import StudyDocument
from app.model.evidence import DoubleCoding, Passage, Span
from app.model.kinds import BY_TYPE, KINDS, columns
from app.model.setting import Organisation, Round, SitePolicy, Study
from app.model.source import Clock, FollowUpState, Guide, PaperSheet, Source
from app.rubric.load import decode_rubric
from app.scoring.scale import SCALE, Verdict

RUBRIC_TEXT = """\
id: small
version: "1.0"
title: A small rubric
summary: Two principles and three levels.
licence: CC0-1.0
rule: staged
overall: median
levels:
  - {id: low, name: Low, summary: By hand.}
  - {id: mid, name: Middle, summary: In part.}
  - {id: top, name: Top, summary: By machine.}
principles:
  - id: first
    name: The first principle
    short: First
    description: What comes first.
    levels: {low: By hand., mid: In part., top: By machine.}
    criteria:
      - {id: runs, level: mid, statement: It runs., evidence: A log., question: Does it?, advice: Run it.}
      - {id: is-fast, level: top, statement: It is fast., evidence: A log., question: Is it?, advice: Hurry.}
  - id: second
    name: The second principle
    short: Second
    description: What comes then.
    levels: {low: By hand., mid: In part., top: By machine.}
    criteria:
      - {id: seen, level: mid, statement: It is seen., evidence: A chart., question: Who looks?, advice: Look.}
      - {id: alarms, level: top, statement: It alarms., evidence: A bell., question: What rings?, advice: Ring.}
"""
RUBRIC = decode_rubric(RUBRIC_TEXT, "small.yaml")
STUDY_ID = UUID("5e1f0000-0000-4000-8000-000000000001")
ODD_TEXTS = (
    "",
    "null",
    " ",
    "line\r\nline\n",
    "e\u0301 is not \u00e9",
    "\U0001f469\u200d\U0001f52c looks at \U0001f1e9\U0001f1ea",
    "<b>&amp;</b>",
    "\\u0000 written out",
    "\u202eright to left",
    "'; DROP TABLE study; --",
)
_PARTS = {
    "rubric_levels": [level.id for level in RUBRIC.levels],
    "rubric_principles": [principle.id for principle in RUBRIC.principles],
    "rubric_criteria": [criterion.id for criterion in RUBRIC.criteria],
}
_TEXTS = st.one_of(
    st.sampled_from(ODD_TEXTS), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
)
_NAMES = _TEXTS.filter(bool)
_TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
_PATTERNED = {
    "colour": st.sampled_from(["", "#00ff9a"]),
    "minutes": st.sampled_from(["", "45", "30-45"]),
    "language": st.sampled_from(["en", "de-DE", "fil"]),
    "zone": st.sampled_from(["UTC", "Europe/Berlin"]),
    "line": st.sampled_from(["i1-1", "gone-1"]),
    "short": st.sampled_from(["dd", "gt."]),
    "sitting": st.sampled_from([str(uuid5(STUDY_ID, "sitting")), "s2"]),
}


def rubric():
    return FrozenRubric(key="small", version="1.0", text=RUBRIC_TEXT)


@st.composite
def documents(draw, most=2):
    """Studies with up to `most` things of each kind, every field drawn, every reference to something there."""
    maker = _Maker(draw, most)
    things = {"rubrics": (rubric(),)}
    for kind in KINDS[1:]:
        maker.known[kind.table] = []
        things[kind.table] = tuple(maker.things(kind))
    things["codes"] = tuple(draw(st.permutations(things["codes"])))  # so that some stand before what they stand under
    study = Study(
        id=STUDY_ID,
        title=draw(_NAMES),
        organisation=Organisation(name=draw(_NAMES), sector=draw(_TEXTS), description=draw(_TEXTS)),
        purpose=draw(_TEXTS),
        language=draw(_PATTERNED["language"]),
        created_at=draw(_TIMES),
    )
    policy, setup = (maker.plain(of) for of in (SitePolicy, ReportSetup))
    return StudyDocument(format="fieldquill-study", version=1, study=study, site_policy=policy, report=setup, **things)


class _Maker:
    def __init__(self, draw, most):
        self.draw = draw
        self.most = most
        self.known = {"rubrics": ["small"], "entries": [], "questions": [], **_PARTS}
        self.texts = {}  # of each source's entries
        self.attending = {}
        self._made = 0
        self._sheets = 0

    def id(self):
        self._made += 1
        return uuid5(STUDY_ID, str(self._made)) if self.draw(st.booleans()) else None

    def plain(self, of):
        """Draw a value without an identity of its own."""
        hints = typing.get_type_hints(of, include_extras=True)
        return of(**{name: self.value(name, hint) for name, hint in hints.items()})

    def things(self, kind):
        seen = set()
        for number in range(self.draw(st.integers(0, self.most))):
            thing = self.thing(kind.type, f"{kind.table.replace('_', '-')}.{number}")
            if thing is None or (natural := tuple(getattr(thing, field) for field in kind.natural)) in seen:
                continue
            seen.add(natural)
            if kind.listed:
                self.known[kind.table].append(thing.key)
            yield thing

    def thing(self, of, key):
        """Draw one; None where something it needs is not there."""
        hints = typing.get_type_hints(of, include_extras=True)
        fields = {"id": self.id()}
        if "key" in hints:
            fields["key"] = key
        refers = {column.field: column.table for column in columns(of) if column.table}
        for field in msgspec.structs.fields(of):
            if field.name in refers:
                fields[field.name] = self.reference(refers[field.name], optional=field.default is None)
                if fields[field.name] is None and field.default is not None:
                    return None
            elif field.name not in fields and not _is_tuple(hints[field.name]):
                fields[field.name] = self.value(field.name, hints[field.name])
        return self.made_sound(of(**fields))

    def reference(self, table, *, optional):
        found = self.known[table]
        if not found or (optional and self.draw(st.booleans())):
            return None
        return self.draw(st.sampled_from(found))

    def value(self, name, hint):
        bare = typing.get_args(hint)[0] if typing.get_origin(hint) is typing.Annotated else hint
        if isinstance(bare, types.UnionType) or typing.get_origin(bare) is typing.Union:
            inner = next(arm for arm in typing.get_args(bare) if arm is not type(None))
            return None if self.draw(st.booleans()) else self.value(name, inner)
        if bare is Verdict:
            return self.draw(st.sampled_from([step.verdict for step in SCALE]))  # what the rubric offers
        if isinstance(bare, type) and issubclass(bare, enum.Enum):
            return self.draw(st.sampled_from(list(bare)))
        if name in _PATTERNED and bare is str:
            return self.draw(_PATTERNED[name])
        minimum = next((note.min_length for note in getattr(hint, "__metadata__", ()) if note.min_length), 0)
        return self.draw(
            {
                str: _NAMES if minimum else _TEXTS,
                bool: st.booleans(),
                int: st.integers(1, 20),
                date: st.dates(date(2000, 1, 1), date(2040, 1, 1)),
                datetime: _TIMES,
            }[bare]
        )

    def made_sound(self, thing):
        """Mend what can't all be true, and fill in the lists."""
        change = msgspec.structs.replace
        if isinstance(thing, Round) and thing.starts and thing.ends and thing.ends < thing.starts:
            return change(thing, starts=thing.ends, ends=thing.starts)
        if isinstance(thing, Answer) and thing.verdict is Verdict.NOT_APPLICABLE and not thing.rationale.strip():
            thing = change(thing, rationale="not here")
        if getattr(thing, "state", None) is FollowUpState.ANSWERED:
            thing = thing if thing.answered_in or thing.answer else change(thing, resolution="yes")
        if getattr(thing, "principle", None) or getattr(thing, "criterion", None):
            thing = change(thing, rubric="small")
        if isinstance(thing, DoubleCoding) and thing.first == thing.second:
            return None
        if isinstance(thing, PaperSheet):
            self._sheets += 1
            return change(thing, number=self._sheets)
        if isinstance(thing, Source):
            return self.source(thing)
        if isinstance(thing, Passage):
            return self.passage(thing)
        return self.with_parts(thing)

    def with_parts(self, thing):
        for part in BY_TYPE[type(thing)].parts if type(thing) in BY_TYPE else ():
            if part.type is None:
                chosen = self.some(self.known[f"{part.natural[0]}s"])
                thing = msgspec.structs.replace(thing, **{part.field: tuple(chosen)})
                continue
            made = [self.thing(part.type, f"{part.table}-{self._made}.{number}") for number in range(self.most)]
            unlike = {tuple(getattr(value, f) for f in part.natural): value for value in made if value is not None}
            thing = msgspec.structs.replace(thing, **{part.field: tuple(unlike.values())})
        if isinstance(thing, Guide):
            self.known["questions"] += [question.key for question in thing.questions]
        return thing

    def some(self, values):
        return self.draw(st.lists(st.sampled_from(values), unique=True, max_size=self.most)) if values else []

    def source(self, thing):
        ended = thing.started_at + timedelta(minutes=45) if thing.started_at and self.draw(st.booleans()) else None
        clock = thing.clock if thing.started_at else Clock.STOPPED
        paused_at = thing.started_at if clock is Clock.PAUSED else None
        thing = self.with_parts(msgspec.structs.replace(thing, ended_at=ended, clock=clock, paused_at=paused_at))
        speakers = st.sampled_from([None, *thing.participants])
        entries, originals = (
            tuple(msgspec.structs.replace(line, speaker=self.draw(speakers)) for line in lines)
            for lines in (thing.entries, thing.originals)
        )
        self.texts[thing.key] = {entry.key: entry.text for entry in entries}
        self.known["entries"] += [entry.key for entry in entries]
        return msgspec.structs.replace(thing, entries=entries, originals=originals)

    def passage(self, thing):
        spans = []
        for entry, text in self.texts[thing.source].items():
            if text and self.draw(st.booleans()):
                cut = self.draw(st.integers(1, len(text)))
                spans.append(Span(entry=entry, start=0, end=cut, id=self.id()))
                if cut < len(text) and self.draw(st.booleans()):
                    spans.append(Span(entry=entry, start=cut, end=len(text), id=self.id()))
        return msgspec.structs.replace(thing, spans=tuple(spans))


def _is_tuple(hint):
    bare = typing.get_args(hint)[0] if typing.get_origin(hint) is typing.Annotated else hint
    return typing.get_origin(bare) is tuple


def content(document):
    """Give what a study says, whatever its ids and the order of what has none of its own."""
    plain = _without_ids(json.loads(encode(document)))
    for kind in KINDS:
        if not kind.listed and kind.table in plain:
            plain[kind.table].sort(key=lambda thing: tuple(thing.get(field) or "" for field in kind.natural))
    return plain


def _without_ids(plain):
    if isinstance(plain, dict):
        return {name: _without_ids(value) for name, value in plain.items() if name != "id"}
    return [_without_ids(value) for value in plain] if isinstance(plain, list | tuple) else plain


def example():
    """A study that holds every kind of thing, each at least once, and is always the same."""
    return msgspec.convert(_EXAMPLE, StudyDocument)


_AT = "2022-10-10T09:00:00Z"
_HERE = {"rubric": "small", "case": "c1", "round": "r1"}
_RESTS_ON = [
    {
        "passage": "i1-p1",
        "weight": "shown",
        "reference": "the chart",
        "note": "on a wall",
        "words": "The canary",
    }
]
_EXAMPLE = {
    "format": "fieldquill-study",
    "version": 1,
    "study": {
        "id": str(STUDY_ID),
        "title": "Canary in the title",
        "organisation": {"name": "Canary Works", "sector": "Coal"},
        "zone": "Europe/Berlin",
        "created_at": _AT,
    },
    "site_policy": {"recording": "forbidden", "marking": "INTERNAL"},
    "rubrics": [{"key": "small", "version": "1.0", "text": RUBRIC_TEXT}],
    "mappings": [{"key": "small-to-small", "text": "id: small-to-small"}],
    "drafts": [{"key": "small-own", "title": "Canary draft", "based_on": "small 1.0", "text": RUBRIC_TEXT}],
    "rounds": [
        {"key": "r1", "name": "Round 1", "starts": "2022-10-01", "ends": "2022-11-30"},
        {"key": "r2", "name": "Round 2"},
    ],
    "cases": [{"key": "c1", "name": "Canary one", "ml_type": "vision"}, {"key": "c2", "name": "Two"}],
    "assessors": [{"key": "ada", "name": "Ada"}, {"key": "bob", "name": "Bob"}],
    "participants": [
        {"key": "p1", "pseudonym": "P1", "role": "engineer"},
        {"key": "p2", "pseudonym": "P2", "role": "manager"},
    ],
    "identities": [{"participant": "p1", "name": "Canary Person", "contact": "canary@example.org"}],
    "factors": [{"key": "experience", "name": "Experience", "belongs_to": "organisation", "tendency": "facilitates"}],
    "codes": [
        {"key": "monitoring", "name": "Monitoring", "parent": "tools", "rubric": "small", "principle": "second"},
        {"key": "tools", "name": "Tools", "theme": "tool", "about": "organisation", "factor": "experience"},
    ],
    "guides": [
        {
            "key": "g1",
            "name": "Guide",
            "questions": [
                {"key": "g1-1", "text": "Does it run?", "rubric": "small", "criterion": "runs", "minutes": 5}
            ],
        }
    ],
    "sources": [
        {
            "key": "i1",
            "title": "Interview with P1",
            "round": "r1",
            "guide": "g1",
            "started_at": _AT,
            "ended_at": "2022-10-10T09:45:00.500000Z",
            "participants": ["p1", "p2"],
            "assessors": [{"assessor": "ada", "part": "interviewer"}, {"assessor": "bob", "part": "observer"}],
            "cases": ["c1"],
            "planned": 45,
            "sheet": "1",
            "asked": [{"question": "g1-1", "at": _AT, "answered": True}],
            "originals": [
                {"key": "i1-o1", "author": "bob", "text": "canary sings", "speaker": "p1", "at": _AT, "fate": "taken"},
                {"key": "i1-o2", "author": "bob", "text": "no alarm seen", "flag": "challenge", "entry": "i1-2"},
            ],
            "entries": [
                {"key": "i1-1", "text": "The canary sings \U0001f424 each morning", "speaker": "p1", "at": _AT},
                {
                    "key": "i1-2",
                    "text": "Alarms?",
                    "kind": "question",
                    "uncertain": True,
                    "author": "ada",
                    "case": "c1",
                },
                {"key": "i1-3", "text": ""},
            ],
        },
        {
            "key": "m1",
            "title": "Meeting",
            "kind": "meeting",
            "round": "r2",
            "entries": [{"key": "m1-1", "text": "canary"}, {"key": "m1-0", "text": ""}],
        },
        {
            "key": "d1",
            "title": "A finished document",
            "kind": "document",
            "round": "r1",
            "status": "finished",
            "finished_at": "2022-10-10T11:00:00Z",
            "finished_by": "bob",
        },
    ],
    "versions": [
        {
            "source": "i1",
            "line": "i1-1",
            "sitting": "c2a7f3b0-0000-4000-8000-000000000001",
            "text": "The canary sings",
            "speaker": "p1",
            "noted_at": _AT,
            "until": "2022-10-10T10:30:00Z",
            "by": "ada",
            "reason": "canary reason",
        },
        {
            "source": "i1",
            "line": "i1-2",
            "sitting": "c2a7f3b0-0000-4000-8000-000000000002",
            "text": "",
            "until": "2022-10-10T10:45:00Z",
            "by": "ada",
            "reason": "canary reason",
            "added": True,
        },
    ],
    "sheets": [{"key": "s1", "number": 1, "printed_at": _AT, "source": "i1"}],
    "shorthands": [
        {"short": "dd", "words": "data drift", "assessor": "ada"},
        {"short": "gt", "words": "canary truth"},
    ],
    "passages": [
        {
            "key": "i1-p1",
            "source": "i1",
            "words": "canary",
            "spans": [
                {"entry": "i1-1", "start": 4, "end": 10},
                {"entry": "i1-2", "start": 0, "end": 6},
                {"entry": "i1-1", "start": 11, "end": 16},
            ],
        },
        {"key": "m1-p1", "source": "m1", "words": "canary", "spans": [{"entry": "m1-1", "start": 0, "end": 6}]},
    ],
    "codings": [{"passage": "i1-p1", "code": "monitoring", "assessor": "ada", "case": "c1", "memo": "canary memo"}],
    "double_codings": [
        {
            "key": "dc1",
            "first": "ada",
            "second": "bob",
            "begun_at": _AT,
            "first_done_at": _AT,
            "second_done_at": _AT,
            "sources": ["i1"],
            "coded": [
                {"coder": "ada", "entry": "i1-1", "code": "monitoring"},
                {"coder": "bob", "entry": "i1-2", "code": "monitoring"},
            ],
            "resolutions": [
                {"entry": "i1-1", "code": "monitoring", "applies": True, "reason": "canary agreed", "by": "bob"}
            ],
        },
        {"key": "dc2", "first": "bob", "second": "ada", "sources": ["m1"]},
    ],
    "follow_ups": [
        {"key": "f1", "question": "Which alarms?", "entry": "i1-2", "rubric": "small", "criterion": "alarms"},
        {"key": "f2", "question": "Who?", "state": "answered", "answered_in": "m1", "case": "c1", "participant": "p2"},
    ],
    "answers": [
        {
            **_HERE,
            "criterion": "runs",
            "assessor": "ada",
            "verdict": "fully",
            "answered_at": _AT,
            "evidence": _RESTS_ON,
        },
        {**_HERE, "criterion": "runs", "assessor": "bob", "verdict": "partially", "confidence": "low"},
        {**_HERE, "criterion": "seen", "assessor": "ada", "verdict": "not_applicable", "rationale": "canary reason"},
    ],
    "ballots": [
        {
            **_HERE,
            "members": [{"assessor": "ada", "done_at": _AT}, {"assessor": "bob", "done_at": _AT}],
            "begun_at": _AT,
            "revealed_at": _AT,
        }
    ],
    "consensus": [
        {
            **_HERE,
            "criterion": "runs",
            "verdict": "largely",
            "reason": "It mostly does.",
            "dissents": [{"assessor": "bob", "reason": "canary dissent"}],
        }
    ],
    "overrides": [
        {
            **_HERE,
            "principle": "first",
            "level": "mid",
            "assessor": "ada",
            "reason": "We saw it.",
            "basis": "runs:largely",
        }
    ],
    "targets": [{"rubric": "small", "case": "c1", "principle": "first", "level": "top", "reason": "canary target"}],
    "next_steps": [
        {
            "key": "n1",
            "rubric": "small",
            "criterion": "is-fast",
            "case": "c1",
            "text": "canary step",
            "effort": "small",
            "owner": "engineer",
            "horizon": "half_year",
            "progress": "under_way",
        }
    ],
    "findings": [{**_HERE, "principle": "first", "text": "It runs.", "evidence": [{"passage": "m1-p1"}]}],
    "challenges": [
        {
            "key": "ch1",
            "title": "Stability",
            "rubric": "small",
            "principle": "first",
            "round": "r1",
            "cases": ["c1"],
            "evidence": [{"passage": "i1-p1", "stance": "contradicts"}],
        },
        {"key": "ch2", "title": "Tools", "rubric": "small", "principle": "second", "round": "r1"},
    ],
    "influences": [
        {"factor": "experience", "round": "r1", "strength": "neutral"},
        {
            "factor": "experience",
            "round": "r1",
            "case": "c1",
            "evidence": [{"passage": "m1-p1", "weight": "documented"}],
        },
    ],
    "reviews": [
        {
            "key": "rv1",
            "reviewer": "p2",
            "round": "r1",
            "held_at": _AT,
            "sheet": "2",
            "items": [
                {
                    "rubric": "small",
                    "principle": "first",
                    "case": "c1",
                    "verdict": "confirmed",
                    "level": "Middle",
                    "finding": "The canary sings",
                },
                {"rubric": "small", "principle": "second", "case": "c1"},
            ],
        }
    ],
    "report": {"profile": "client", "version": "1.1", "recipient": "Canary board", "copies": 2},
    "pseudonyms": [
        {
            "key": "canary-works",
            "kind": "organisation",
            "name": "Canary Works",
            "spellings": "CanaryWorks\nCW",
            "instead": "the mine",
        },
        {"key": "gone", "kind": "other", "name": "canary@works.example"},
    ],
    "allowances": [{"profile": "client", "text": "Canary", "reason": "A kind of bird.", "by": "ada", "at": _AT}],
    "profiles": [{"key": "internal", "name": "Internal", "quotations": "all", "dates": "day", "assessor_names": True}],
}
