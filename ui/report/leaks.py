"""What the leak check found, gathered by the words found: one hit each, however often they stand in the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.analysis.todo import count
from app.model.disclosure import NameKind
from ui.notebook.cards import Card, Spot
from ui.report.marks import Mark

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from app.disclosure.check import Leak
    from ui.report.marks import Share
    from ui.report.renderer import Words

_KINDS: Final = {
    "email": "E-mail address",
    "telephone": "Telephone number",
    "address": "Address",
    "host": "Name of a computer",
}
_PAGES: Final = 6  # named one by one
_LONG: Final = 36  # characters of context from which on a word at its end may be a piece of one
REPLACE, SPELLING, NAME, CUT, ALLOW, DISALLOW = "replace", "spelling", "name", "cut", "allow", "disallow"


@dataclass(frozen=True)
class Hit:
    """The same words, of the same kind, wherever they stand; either all of them are allowed or none."""

    key: str
    leaks: tuple[Leak, ...]

    @property
    def text(self) -> str:
        """The words as first found."""
        return self.leaks[0].text

    @property
    def allowed(self) -> str:
        """The reason they may stand, "" where they are open."""
        return self.leaks[0].allowed

    @property
    def pseudonym(self) -> str:
        """Key of the name they belong to; "" for none."""
        return self.leaks[0].pseudonym

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages they stand on, from 1."""
        return tuple(sorted({leak.page for leak in self.leaks if leak.page > 0}))

    @property
    def kind_words(self) -> str:
        """Say what they are, or whose name they are or are near to."""
        leak = self.leaks[0]
        if str(leak.kind) in _KINDS:
            return _KINDS[str(leak.kind)]
        if str(leak.kind) == "near":
            return f"Nearly “{leak.name}”"
        return f"Name “{leak.name}”" if leak.name and leak.name != leak.text else "Name"

    @property
    def name_kind(self) -> NameKind:
        """Guess what kind of name they are, where it is to be said."""
        return NameKind.OTHER if str(self.leaks[0].kind) in _KINDS else NameKind.PERSON


def hits(leaks: Iterable[Leak]) -> tuple[Hit, ...]:
    """Gather leaks by their words, in the order they were found."""
    by_words: dict[str, list[Leak]] = {}
    for leak in leaks:
        kind = "name" if str(leak.kind) in {"name", "near"} else str(leak.kind)
        by_words.setdefault(f"{bool(leak.allowed):d}{kind}:{leak.text.casefold()}", []).append(leak)
    return tuple(Hit(key, tuple(found)) for key, found in by_words.items())


def open_hits(found: Iterable[Hit]) -> tuple[Hit, ...]:
    """Leave out what is allowed."""
    return tuple(hit for hit in found if not hit.allowed)


def to_settle(leaks: int) -> str:
    """Say how many leaks are open."""
    return f"{count(leaks, 'leak', 'leaks')} to settle"


def cards(found: Iterable[Hit], *, writable: bool, listed: Container[str] = ()) -> list[Card]:
    """Make a card of each: the open ones, then the allowed ones under a heading.

    `listed` are the names and spellings, folded, that the study has already.
    """
    found = list(found)
    open_ones, allowed = open_hits(found), [hit for hit in found if hit.allowed]
    made = [_card(hit, _fixes(hit, listed) if writable else ()) for hit in open_ones]
    if allowed:
        back = (Spot(DISALLOW, "Stop at it again", hint="Take it for a leak again (Del)"),) if writable else ()
        made.append(Card("", "Allowed"))
        made += [_card(hit, back) for hit in allowed]
    return made


def marks(found: Iterable[Hit], boxes: Mapping[Words, tuple[Share, ...]]) -> list[Mark]:
    """Make the marks of open hits: one on every page they stand on."""
    return [
        Mark(hit.key, f"{hit.kind_words}: {hit.text}", page - 1, _boxes(hit, page, boxes))
        for hit in open_hits(found)
        for page in hit.pages
    ]


def sought(found: Iterable[Hit]) -> list[Words]:
    """List what is to be found on which page for the marks."""
    return [(leak.page - 1, leak.text) for hit in open_hits(found) for leak in hit.leaks if leak.page > 0]


def _boxes(hit: Hit, page: int, boxes: Mapping[Words, tuple[Share, ...]]) -> tuple[Share, ...]:
    texts = dict.fromkeys(leak.text for leak in hit.leaks if leak.page == page)
    return tuple(sorted({box for text in texts for box in boxes.get((page - 1, text), ())}, key=lambda box: box[1]))


def _fixes(hit: Hit, listed: Container[str]) -> tuple[Spot, ...]:
    allowing = Spot(ALLOW, "Allow…", hint="Let it stand, and say why (A)")
    if hit.text.casefold() in listed:  # it stands where names are not replaced, such as in a rubric
        return Spot(NAME, "Open the name", hint="See what is printed instead (R)"), allowing
    if hit.pseudonym:
        name = hit.leaks[0].name
        first = Spot(SPELLING, "Same name", hint=f"Print what is printed for “{name}” (R)")
    else:
        first = Spot(REPLACE, "Replace…", hint="Say what to print instead (R)")
    return first, Spot(CUT, "Cut", hint="Print […] (X)"), allowing


def _card(hit: Hit, choices: tuple[Spot, ...]) -> Card:
    leak = hit.leaks[0]
    context = _context(leak)
    feet = (f"“{context}”" if context != leak.text else "", _where(hit), hit.allowed and f"Allowed: {hit.allowed}")
    return Card(hit.key, hit.kind_words, hit.text, tuple(filter(None, feet)), choices=choices)


def _context(leak: Leak) -> str:
    """Write words with what stands around them, cut between words."""
    before, after = leak.before, leak.after
    if len(before) > _LONG:
        before = f"… {before.partition(' ')[2]}"
    if len(after) > _LONG:
        after = f"{after.rpartition(' ')[0]} …"
    return " ".join(f"{before}{leak.text}{after}".split()).strip("“”")  # it is put into its own


def _where(hit: Hit) -> str:
    pages = hit.pages
    if not pages:
        return "; ".join(dict.fromkeys(leak.place for leak in hit.leaks))
    more = f" and {len(pages) - _PAGES} more" if len(pages) > _PAGES else ""
    word = "Page" if len(pages) == 1 else "Pages"
    place = next(leak.place for leak in hit.leaks if leak.page > 0)
    named = f"{word} {', '.join(map(str, pages[:_PAGES]))}{more}"
    return f"{named} · {place}" if len(pages) == 1 else named
