"""The passages an answer rests on, and those it could: pure functions of the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from app.analysis.chain import likeliness
from app.analysis.citations import Citations
from app.analysis.differences import Piece, differences
from app.analysis.words import Words, on_one_line
from app.model.evidence import Stance, Weight
from ui.assess.evidence_cards import LinkedCard, OfferedCard
from ui.desk import same_tables
from ui.notebook.cards import Spot

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from app.analysis.chain import Chain, Link
    from app.model.assessment import Answer
    from app.model.document import StudyDocument
    from ui.notebook.cards import Card

WEIGHTS = {Weight.SAID: "Said", Weight.SHOWN: "Shown", Weight.DOCUMENTED: "Documented"}
STANCES = {Stance.SUPPORTS: "Supports", Stance.CONTRADICTS: "Contradicts"}
_JUMP = Spot("jump", icon="arrow-right", hint="Show it in the notes (J)")
_UNLINK = Spot("unlink", icon="unlink", hint="Unlink (Del)")
_LINK = Spot("link", icon="link", hint="Link (Ctrl+E)")
_REFERENCE = Spot("reference", icon="file-text", hint="Write its reference: the document or screen (R)")
_NOTE = Spot("note", icon="message-square-plus", hint="Write a note (N)")
_CHECK = Spot("check", icon="check", hint="It still stands on these words (K)")
_READ = ("sources", "passages", "codes", "codings")  # what candidates are made of
_COMPARED = 4_000  # characters
MOST: Final = 100  # passages offered at once: nobody looks through more, and each costs its measuring


Tied = tuple[str | None, str | None]
"""A rubric and a principle of it; None where a code is tied to none."""


class Offered(NamedTuple):
    """The likeliest passages that something could rest on, and how many more there are than are shown."""

    cards: Sequence[Card] = ()
    more: int = 0

    @property
    def many(self) -> int:
        """How many there are."""
        return len(self.cards) + self.more


def candidates_of(document: StudyDocument, before: Candidates | None) -> Candidates:
    """Give the candidates of a study: those made before, while it has the same passages, notes and codes."""
    if before is not None and same_tables(before.document, document, _READ):
        return before
    return Candidates(document)


class Candidates:
    """Passages of one document, ready to be offered for judgements; `candidates_of` keeps them while they hold.

    Args:
        document: the study, as the assessor working may see its codings.
    """

    def __init__(self, document: StudyDocument) -> None:
        self.document = document
        self._citations = Citations(document)
        self._passages = {passage.key: passage for passage in document.passages}
        self._order = self._ordered()
        self._words = Words(document)
        self._folded: dict[str, str] = {}  # passage: the words of its card, as they are looked through
        self._about = {source.key: frozenset(source.cases) for source in document.sources}
        self._titles = {source.key: source.title for source in document.sources}
        self._codes: dict[str, dict[str, Tied]] = {}  # passage: names of codes, with what they are tied to
        self._coded_for: dict[str, set[str | None]] = {}  # passage: the cases its codings are about
        known = {code.key: code for code in document.codes}
        for coding in document.codings:
            code = known[coding.code]
            self._codes.setdefault(coding.passage, {})[code.name] = (code.rubric, code.principle)
            self._coded_for.setdefault(coding.passage, set()).add(coding.case)

    def resting(self, links: Collection[Link]) -> list[Card]:
        """Make the cards of the passages that one judgement rests on, all to be changed."""
        return [self._linked_card(link, own=True) for link in links if link.passage in self._passages]

    def linked(self, answers: Collection[Answer], who: str, chain: Chain) -> list[Card]:
        """Make the cards of the passages that answers rest on; only the own ones can be changed."""
        cards, seen = [], set()
        for answer in sorted(answers, key=lambda answer: answer.assessor != who):
            for link in chain.links(answer):
                if link.passage in self._passages and link.passage not in seen:
                    seen.add(link.passage)
                    cards.append(self._linked_card(link, own=answer.assessor == who))
        return cards

    def offered(self, case: str, principles: Collection[Tied], linked: Collection[str], wanted: str = "") -> Offered:
        """Make the cards of passages that may be evidence, the likeliest first (`Chain.likeliness`).

        Principles are named with their rubric: two rubrics may have some of the same id.
        """
        return self.offered_among((case,), principles, linked, wanted)

    def offered_among(
        self, cases: Collection[str], principles: Collection[Tied], linked: Collection[str], wanted: str = ""
    ) -> Offered:
        """Make the cards of passages that could be about any of several cases, the likeliest first."""

        def rank_of(key: str) -> int | None:
            ranks = (self._rank(key, case, principles) for case in cases)
            return min((rank for rank in ranks if rank is not None), default=None)

        return self.cards(rank_of, linked, wanted)

    def cards(self, rank_of: Callable[[str], int | None], linked: Collection[str], wanted: str = "") -> Offered:
        """Make the cards of passages that have a rank and the words wanted, lower ranks first; at most `MOST`."""
        words = wanted.casefold().split()
        found: list[tuple[int, str]] = []
        for key in self._order:
            rank = rank_of(key)
            if rank is not None and key not in linked and self._has(key, words):
                found.append((rank, key))
        found.sort(key=lambda pair: pair[0])
        return Offered([self._offered_card(key) for _rank, key in found[:MOST]], max(len(found) - MOST, 0))

    def _has(self, key: str, words: Collection[str]) -> bool:
        """Whether a passage's card has words, which are looked through once for as long as the notes stay."""
        if not words:
            return True
        if key not in self._folded:
            self._folded[key] = self._offered_card(key).words.casefold()
        return all(word in self._folded[key] for word in words)

    def _rank(self, key: str, case: str, principles: Collection[Tied]) -> int | None:
        """How likely a passage is evidence, coded to the principles or not; None is not at all."""
        tied = any(each in principles for each in self._codes.get(key, {}).values())
        about = self._about[self._passages[key].source]
        return likeliness(case, tied=tied, coded_for=self._coded_for.get(key, ()), about=about)

    def _ordered(self) -> list[str]:
        places = {source.key: number for number, source in enumerate(self.document.sources)}
        lines = {entry.key: n for source in self.document.sources for n, entry in enumerate(source.entries)}
        return sorted(
            self._passages,
            key=lambda key: (
                places[self._passages[key].source],
                min((lines[span.entry] for span in self._passages[key].spans), default=0),
            ),
        )

    def _linked_card(self, link: Link, *, own: bool) -> Card:
        evidence = link.evidence
        weight = Spot("weight", WEIGHTS[evidence.weight], hint="How strong: said, shown, documented (W)")
        stance = Spot("stance", STANCES[evidence.stance], hint="For or against (S)")
        warns = tuple(_warns(link, own=own))
        again = link.again and bool(link.now)
        return LinkedCard(
            link.passage,
            f"{link.citation} · {self._titles[self._passages[link.passage].source]}",
            link.now or link.then,
            (*warns, *_feet(link)),
            (_JUMP, _UNLINK) if own else (_JUMP,),
            (weight, stance, *((_REFERENCE, _NOTE) if own else ()), *((_CHECK,) if own and again else ())),
            most=6,
            pieces=_changes(link) if again else (),
            warns=len(warns),
            own=own,
            reference=evidence.reference,
            note=evidence.note,
        )

    def _offered_card(self, key: str) -> Card:
        names = self._codes.get(key, {})
        feet = (", ".join(names),) if names else ()
        return OfferedCard(key, self._where(key), self._words.shown(key), feet, (_JUMP, _LINK), most=3, passage=key)

    def _where(self, key: str) -> str:
        return f"{self._citations.passage(key)} · {self._titles[self._passages[key].source]}"


def _warns(link: Link, *, own: bool) -> Iterator[str]:
    """Say what is to be looked at, and by which key what is one's own is settled."""
    if link.again and not link.now:
        yield "These words are no longer in the notes."
    elif link.again:
        yield f"Its words have changed since it was linked.{' Still stands: K' if own else ''}"
    if link.unaddressed:
        yield f"Nothing says why it stands although this contradicts it.{' Write a note: N' if own else ''}"
    if link.lacks_reference:
        yield f"Documented in what?{' Write the reference: R' if own else ''}"


def _feet(link: Link) -> Iterator[str]:
    if link.evidence.reference:
        yield f"Reference: {link.evidence.reference}"
    if link.evidence.note:
        yield f"{'Why it stands' if link.against else 'Note'}: {link.evidence.note}"


def _changes(link: Link) -> tuple[Piece, ...]:
    """Tell how the words differ; nothing where they are so many that nobody would read it."""
    before, now = on_one_line(link.then), on_one_line(link.now)
    return differences(before, now) if len(before) + len(now) <= _COMPARED else ()
