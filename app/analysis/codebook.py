"""What the method's codebook begins with, and what merging, splitting or deleting codes would do; pure."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from app.analysis.blind import rested_on
from app.analysis.code_tree import from_the_top
from app.analysis.coding import CodingIndex
from app.analysis.overview import joined
from app.analysis.todo import count
from app.model.assessment import BelongsTo
from app.model.clusters import cut_at_word
from app.model.evidence import About, Code, Theme
from app.paths import RESOURCES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from app.model.assessment import Factor
    from app.model.document import StudyDocument
    from app.model.evidence import Coding
    from app.rubric.structure import Principle, Rubric

_LABEL: Final = 40
_KEY: Final = 64
_ABOUT = {BelongsTo.ORGANISATION: About.ORGANISATION, BelongsTo.CASE: About.CASE, BelongsTo.MARKET: None}


# Names


def on_one_line(name: str) -> str:
    """Give a name without breaks, or spaces at its ends."""
    return " ".join(name.split())


def same_name(name: str) -> str:
    """Give what names have alike that people take for the same."""
    return on_one_line(name).casefold()


def named(name: str) -> str:
    """Set a code's name off in a sentence."""
    return f"“{cut_at_word(name, _LABEL)}”"


# What the method begins with


def method_codes(rubrics: Iterable[Rubric], factors: Iterable[Factor]) -> tuple[Code, ...]:
    """List the codes that the method starts with: procedures, tools, challenges, next steps, context, and factors.

    Those that come with the product are tied to principles and factors, where a study has these. A principle or factor
    without such codes gets its own: a principle one for procedures and one for challenges.
    """
    principles = {(rubric.id, each.id): each for rubric in rubrics for each in rubric.principles}
    known = {factor.key: factor for factor in factors}
    codes = [code for code in _starters() if _fits(code, principles.keys(), known.keys())]
    tied = {(code.rubric, code.principle) for code in codes}
    covered = {code.factor for code in codes}
    for (rubric, key), principle in principles.items():
        codes += [] if (rubric, key) in tied else _of_principle(rubric, principle)
    codes += [_of_factor(factor) for key, factor in known.items() if key not in covered]
    return tuple(from_the_top(_about(code, known) for code in codes))


@cache
def _starters() -> tuple[Code, ...]:
    content = (RESOURCES / "codebook" / "method.json").read_bytes()
    return msgspec.json.decode(content, type=tuple[Code, ...])


def _fits(code: Code, principles: Collection[tuple[str, str]], factors: Collection[str]) -> bool:
    if code.theme is Theme.FACTOR:
        return code.factor in factors if code.factor else bool(factors)
    return code.rubric is None or (code.rubric, code.principle) in principles


def _of_principle(rubric: str, principle: Principle) -> Iterator[Code]:
    for parent, theme, definition in (
        ("procedures", Theme.PROCEDURE, principle.description),
        ("challenges", Theme.CHALLENGE, f"What stands in the way here: {principle.description}"),
    ):
        yield Code(
            key=f"{parent[:4]}-{rubric}-{principle.id}"[:_KEY].rstrip("-"),
            name=principle.short,
            parent=parent,
            definition=definition,
            theme=theme,
            rubric=rubric,
            principle=principle.id,
        )


def _of_factor(factor: Factor) -> Code:
    return Code(
        key=f"f-{factor.key}"[:_KEY].rstrip(".-"),
        name=factor.name,
        parent="factors",
        definition=factor.definition,
        theme=Theme.FACTOR,
        factor=factor.key,
    )


def _about(code: Code, factors: Mapping[str, Factor]) -> Code:
    """Let a code of a factor be about what that has its root in."""
    return replace(code, about=_ABOUT[factors[code.factor].belongs_to]) if code.factor else code


# What would happen


class Merge(Struct, frozen=True):
    """Codes, by their keys, that are to become one of them."""

    into: str
    others: tuple[str, ...]


class Split(Struct, frozen=True):
    """A code, by its key, that is to go from some passages for a new one of this name; "" while it has none."""

    code: str
    name: str
    passages: tuple[str, ...]


class Delete(Struct, frozen=True):
    """A code, by its key, that is to go; the codes under it up into its place, or with it."""

    code: str
    with_children: bool = False


Deed = Merge | Split | Delete


def consequences(document: StudyDocument, deed: Deed) -> str:
    """Say in a sentence what a deed would do: to passages, memos, codes below, resolved differences, and evidence.

    Args:
        document: the whole study, with what a coder may not see yet: that is changed, too.
        deed: what is about to be done; its codes are there.
    """
    told = _Telling(document)
    if isinstance(deed, Merge):
        return told.merging(deed)
    return told.splitting(deed) if isinstance(deed, Split) else told.deleting(deed)


def is_unused(document: StudyDocument, code: str) -> bool:
    """Whether nothing would be lost with a code: no coding has it, no code is under it, nothing was agreed on it."""
    settled = (each.code for double in document.double_codings for each in double.resolutions)
    on = (each.code for each in document.codings)
    return code not in {*on, *settled, *(each.parent for each in document.codes)}


class _Telling:
    """Counts what is on codes, and says so."""

    def __init__(self, document: StudyDocument) -> None:
        self._document = document
        self._index = CodingIndex(document)
        self._names = {code.key: code.name for code in document.codes}

    def merging(self, deed: Merge) -> str:
        others = set(deed.others) - {deed.into}
        codings = self._on(others)
        target = named(self._names[deed.into])
        begun = f"Merging {joined(named(name) for key, name in self._names.items() if key in others)} into {target}"
        coming = {child.key for code in others for child in self._index.children(code)} - others - {deed.into}
        return _sentence(
            f"{begun} puts that on {_passages(codings)}" if codings else f"{begun} changes no passage",
            *self._doubled(deed.into, codings),
            _memos(codings, "comes along", "come along"),
            _counted(len(coming), "code comes under it", "codes come under it"),
            self._evidence(codings),
        )

    def splitting(self, deed: Split) -> str:
        every = self._on({deed.code})
        codings = [coding for coding in every if coding.passage in deed.passages]
        more = len({coding.passage for coding in every} - set(deed.passages))
        new = named(deed.name) if deed.name else "the new code"
        return _sentence(
            f"Splitting {named(self._names[deed.code])} puts {new} in its place on {_passages(codings)}",
            count(more, "passage keeps it", "passages keep it") if more else "none keeps it",
            _memos(codings, "comes along", "come along"),
            self._evidence(codings),
        )

    def deleting(self, deed: Delete) -> str:
        codes = self._index.under(deed.code) if deed.with_children else frozenset({deed.code})
        below = codes - {deed.code}
        codings = self._on(codes)
        what, them = named(self._names[deed.code]), "them" if below else "it"
        if below:
            what = f"{what} and {count(len(below), 'code', 'codes')} under it"
        rising = 0 if below else len(self._index.children(deed.code))
        return _sentence(
            f"Deleting {what} takes {them} off {_passages(codings)}"
            if codings
            else f"Deleting {what} changes no passage",
            _memos(codings, f"goes with {them}", f"go with {them}"),
            self._resolved(codes),
            _counted(rising, "code under it moves up", "codes under it move up"),
            self._evidence(codings),
        )

    def _on(self, codes: Collection[str]) -> list[Coding]:
        return [coding for coding in self._document.codings if coding.code in codes]

    def _doubled(self, into: str, codings: Collection[Coding]) -> Iterator[str]:
        """Say where somebody has put more than one of the codes on a passage, and where about different things."""
        kept: dict[tuple[str, str], str | None] = {}
        twice: set[tuple[str, str]] = set()
        lost = 0
        for coding in (*self._on({into}), *codings):
            place = (coding.passage, coding.assessor)
            if place in kept:
                twice.add(place)
                lost += coding.case != kept[place]
            kept.setdefault(place, coding.case)
        if twice:
            passages = len({passage for passage, _who in twice})
            where = "that somebody put several on"
            yield f"{count(passages, f'passage {where} keeps', f'passages {where} keep')} one, memos joined"
        if lost:
            yield _counted(lost, "coding loses the case it was about", "codings lose the case they were about")

    def _resolved(self, codes: Collection[str]) -> str:
        found = sum(each.code in codes for double in self._document.double_codings for each in double.resolutions)
        return _counted(
            found, "difference resolved by two coders goes, too", "differences resolved by two coders go, too"
        )

    def _evidence(self, codings: Iterable[Coding]) -> str:
        found = len(rested_on(self._document) & {coding.passage for coding in codings})
        return _counted(found, "passage that is evidence stays so", "passages that are evidence stay so")


def _sentence(*parts: str) -> str:
    return f"{'; '.join(part for part in parts if part)}."


def _counted(number: int, one: str, many: str) -> str:
    """Count things; nothing where there are none."""
    return count(number, one, many) if number else ""


def _passages(codings: Collection[Coding]) -> str:
    passages = count(len({coding.passage for coding in codings}), "passage", "passages")
    return f"{passages} by {count(len({coding.assessor for coding in codings}), 'assessor', 'assessors')}"


def _memos(codings: Iterable[Coding], one: str, many: str) -> str:
    found = sum(bool(coding.memo.strip()) for coding in codings)
    return _counted(found, f"memo {one}", f"memos {many}")
