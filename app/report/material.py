"""What the report is made from: the disclosed study with everything derived from it, worked out once."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec

from app.analysis.assessment import Assessment, assess
from app.analysis.chain import Chain
from app.analysis.citations import Citations
from app.analysis.collection import Collection, collect, day_text, local_time, period_text
from app.analysis.reviews import Reviews, reviews
from app.analysis.words import JOIN, Words
from app.disclosure.dates import coarser
from app.disclosure.names import in_a_sentence
from app.model.base import Keyed
from app.model.source import EntryKind
from app.report.style import PAGES
from app.report.text import unprintable
from app.report.wording import lowered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from app.model.assessment import Challenge, Factor, Influence
    from app.model.disclosure import Profile, ReportSetup
    from app.model.document import StudyDocument
    from app.model.evidence import Evidence, Passage, Span
    from app.model.setting import Assessor, Case, Participant, Round
    from app.model.source import Entry
    from app.report.snapshot import Snapshot

Found = TypeVar("Found", bound=Keyed)

_OURS = frozenset({EntryKind.REFLECTION, EntryKind.QUESTION})


class Quote(NamedTuple):
    """A passage's words as they may be printed, of what kind they are and whose; `gone` from the notes since."""

    text: str
    kind: EntryKind
    speaker: str = ""
    uncertain: bool = False
    gone: bool = False


class Use(NamedTuple):
    """A piece of evidence and what rests on it: a judgement of a case, or of something across cases."""

    link: Evidence
    about: str
    what: str


@dataclass(frozen=True)
class Material:
    """A study ready to be reported; `assessment` is None in a study without a rubric."""

    snapshot: Snapshot
    assessment: Assessment | None
    round: Round | None
    citations: Citations
    words: Words
    collection: Collection
    passages: Mapping[str, Passage]
    entries: Mapping[str, Entry]
    people: Mapping[str, Participant]
    assessors: Mapping[str, Assessor]
    cases: Mapping[str, Case]
    factors: Mapping[str, Factor]
    captions: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)

    @property
    def document(self) -> StudyDocument:
        """The study, as it may be shown."""
        return self.snapshot.document

    @property
    def organisation(self) -> str:
        """What the organisation is called within a sentence: "the carmaker" where that stands for its name."""
        name = self.document.study.organisation.name
        return name if self.profile.organisation_name else in_a_sentence(name)

    @property
    def setup(self) -> ReportSetup:
        """How the report is set up."""
        return self.snapshot.setup

    @property
    def profile(self) -> Profile:
        """What the report may show."""
        return self.snapshot.profile

    @property
    def answered(self) -> bool:
        """Whether any criterion has been answered for any case."""
        cases = self.assessment.cases if self.assessment else ()
        return any(judged.answers for case in cases for part in case.principles for judged in part.criteria)

    @functools.cached_property
    def chain(self) -> Chain | None:
        """What rests on what in the round assessed; None in a study without a rubric."""
        return Chain(self.document, self.assessment) if self.assessment else None

    @functools.cached_property
    def has_unprintable(self) -> bool:
        """Whether the study has characters that no font of the report can show."""
        return any(map(unprintable, _texts(msgspec.to_builtins(self.document))))

    @property
    def height(self) -> float:
        """How high the type area is on the paper chosen, in points."""
        return PAGES[self.setup.paper].room

    @property
    def issued(self) -> str:
        """The day the report is made on, as exactly as the profile has it; empty where it is not told."""
        return self.day(self.snapshot.issued) if self.snapshot.issued else ""

    def period(self, days: tuple[date, date] | None) -> str:
        """Tell a period, by its months or its years as the profile has it; empty where there is none."""
        return period_text(days, self.profile.dates)

    def day(self, day: date) -> str:
        """Tell a day as exactly as the profile has it: "3 Oct 2022", "Oct 2022", "2022"."""
        return day_text(day, self.profile.dates)

    def days(self, days: tuple[date, date] | None) -> str:
        """Tell what took a day, or several, as exactly as the profile has it; empty where it is not known."""
        return self.day(days[0]) if days and days[0] == days[1] else self.period(days)

    def day_of(self, time: datetime) -> str:
        """Tell the day of a time, as the study's own clock showed it, as exactly as the profile has it."""
        return self.day(local_time(time, self.document.study.zone).date())

    def dated(self, text: str) -> str:
        """Give words of the notes with their dates as exactly as the profile has it."""
        return coarser(text, self.profile.dates)

    def figure(self, text: str) -> int:
        """Number a figure."""
        self.figures.append(text)
        return len(self.figures)

    def caption(self, text: str) -> int:
        """Number a table."""
        self.captions.append(text)
        return len(self.captions)

    def challenges(self, principle: str) -> list[Challenge]:
        """List the challenges to a principle in the round, in the study's order."""
        here = (self._rubric, principle, self._round)
        return [each for each in self.document.challenges if (each.rubric, each.principle, each.round) == here]

    def influences(self) -> list[Influence]:
        """List the influences seen in the round."""
        return [each for each in self.document.influences if each.round == self._round]

    @functools.cached_property
    def reviewed(self) -> Reviews:
        """The insiders' reviews of the round, against what the study says now."""
        return reviews(self.document, self._round)

    def quote(self, passage: str) -> Quote:
        """Give a passage's words as the notes have them now, or as they were marked where the lines are gone.

        What assessors thought or asked is left out where it stands among what was said: it is never printed as that.
        """
        lines = self.said(passage)
        text = JOIN.join(words for entry, span in lines if (words := entry.text[span.start : span.end].strip()))
        if not text:
            return Quote(self.dated(self.passages[passage].words), EntryKind.PARAPHRASE, gone=True)
        first = lines[0][0]
        kind = first.kind if len({entry.kind for entry, _ in lines}) == 1 else EntryKind.PARAPHRASE
        return Quote(self.dated(text), kind, self.speaker(first), any(entry.uncertain for entry, _ in lines))

    def line(self, entry: Entry) -> Quote:
        """Give a whole line of notes."""
        return Quote(self.dated(entry.text.strip()), entry.kind, self.speaker(entry), entry.uncertain)

    def said(self, passage: str) -> list[tuple[Entry, Span]]:
        """List the stretches of notes that a passage is printed from, in their order."""
        spans = sorted(self.passages[passage].spans, key=lambda span: (self.citations.line(span.entry), span.start))
        lines = [(self.entries[span.entry], span) for span in spans]
        return [(entry, span) for entry, span in lines if entry.kind not in _OURS] or lines

    def speaker(self, entry: Entry) -> str:
        """Name the role of who said a line; empty where that was not noted."""
        return self.people[entry.speaker].role if entry.speaker else ""

    def prints(self, part: str) -> bool:
        """Whether a usual part of the report is not left out, by its name in `app.report.contents`."""
        return f"-{part}" not in self.setup.sections.split()

    def uses(self) -> dict[str, list[Use]]:
        """List what rests on each passage, in the order of the study."""
        found: dict[str, list[Use]] = {}
        for use in (*self._answers_uses(), *self._other_uses()):
            found.setdefault(use.link.passage, []).append(use)
        return dict(sorted(found.items(), key=lambda item: self.citations.order(item[0])))

    @property
    def _rubric(self) -> str:
        return self.assessment.rubric.id if self.assessment else ""

    @property
    def _round(self) -> str:
        return self.round.key if self.round else ""

    def _answers_uses(self) -> Iterator[Use]:
        for case in self.assessment.cases if self.assessment else ():
            for part in case.principles:
                finding = f"finding on {lowered(part.principle.short)}"
                links = part.finding.evidence if part.finding else ()
                yield from (Use(link, case.case.name, finding) for link in links)
                for judged in part.criteria:
                    what = judged.criterion.name
                    yield from (Use(link, case.case.name, what) for a in judged.answers for link in a.evidence)

    def _other_uses(self) -> Iterator[Use]:
        for principle in self.assessment.rubric.principles if self.assessment else ():
            for challenge in self.challenges(principle.id):
                yield from (Use(link, "Challenge", challenge.title) for link in challenge.evidence)
        for influence in self.influences():
            where = f" ({self.cases[influence.case].name})" if influence.case else ""
            what = f"{self.factors[influence.factor].name}{where}"
            yield from (Use(link, "Factor", what) for link in influence.evidence)


def gather(snapshot: Snapshot) -> Material:
    """Work out everything the report needs of a study that has been disclosed to it."""
    document = snapshot.document
    judged = assess(document) if document.rubrics else None
    last = document.rounds[-1] if document.rounds else None
    return Material(
        snapshot,
        judged,
        judged.round if judged else last,
        Citations(document),
        Words(document),
        collect(document, snapshot.profile.dates),
        _by_key(document.passages),
        {entry.key: entry for source in document.sources for entry in source.entries},
        _by_key(document.participants),
        _by_key(document.assessors),
        _by_key(document.cases),
        _by_key(document.factors),
    )


def _by_key(things: Iterable[Found]) -> dict[str, Found]:
    return {thing.key: thing for thing in things}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        yield from (text for each in (value.values() if isinstance(value, dict) else value) for text in _texts(each))
