"""Find in a study: what was typed, narrowed by filters, each hit with where it is and a piece of it.

The best come first, as FTS5 weighs them (bm25), and what weighs the same as it stands in the study.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from app.model.source import EntryKind
from app.search import index
from app.search.catalogue import Catalogue
from app.search.matching import Snippet, matches, snippet
from app.search.places import Place, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.actions.open_study import OpenStudy
    from app.search.catalogue import Written
    from app.search.query import Query

MOST: Final = 50
RANKED: Final = 100  # matches are weighed against each other; weighing costs far more than finding
_FROM = "FROM search_texts JOIN search_rows ON search_rows.id = search_texts.rowid WHERE search_texts MATCH ?"
_BEST_FIRST: Final = f"SELECT search_rows.row, rank {_FROM} ORDER BY rank"
_AS_THEY_STAND: Final = f"SELECT search_rows.row, 0.0 {_FROM} ORDER BY search_texts.rowid"
_COUNT: Final = f"SELECT count(*) FROM (SELECT 1 FROM search_texts WHERE search_texts MATCH ? LIMIT {RANKED + 1})"  # noqa: S608


class Sort(StrEnum):
    """What kind of thing is looked for."""

    NOTES = "notes"
    MEMOS = "memos"
    RATIONALES = "rationales"
    FINDINGS = "findings"
    NEXT_STEPS = "next_steps"
    FOLLOW_UPS = "follow_ups"
    REVIEWS = "reviews"


TABLES: Final = {
    Sort.NOTES: ("entries", "originals"),
    Sort.MEMOS: ("codings", "influences"),
    Sort.RATIONALES: ("answers", "consensus", "dissents", "overrides", "targets"),
    Sort.FINDINGS: ("findings", "challenges"),
    Sort.NEXT_STEPS: ("next_steps",),
    Sort.FOLLOW_UPS: ("follow_ups",),
    Sort.REVIEWS: ("reviews", "review_items"),
}


class Filters(Struct, frozen=True):
    """What hits must be about; empty, or None, for anything. `code` stands for those under it too."""

    sort: Sort | None = None
    case: str = ""
    role: str = ""
    principle: str = ""
    code: str = ""
    entry_kind: EntryKind | None = None
    source: str = ""

    def admit(self, thing: Written, catalogue: Catalogue) -> bool:
        """Whether a thing is among what is looked for."""
        return (
            (self.sort is None or thing.table in TABLES[self.sort])
            and (self.entry_kind is None or catalogue.entry_kind(thing) is self.entry_kind)
            and (not self.source or catalogue.source_key(thing) == self.source)
            and (not self.case or self.case in catalogue.cases(thing))
            and (not self.role or self.role in catalogue.roles(thing))
            and (not self.principle or self.principle in catalogue.principles(thing))
            and (not self.code or self.code in catalogue.codes(thing))
        )


class Hit(Struct, frozen=True):
    """One thing found: `key` is its own, where it has one; `source` and `entry` are those it is of, where it is."""

    table: str
    key: str
    source: str
    entry: str
    place: Place
    snippet: Snippet


class Results(Struct, frozen=True):
    """Hits, best first; `more` says that there are others."""

    hits: tuple[Hit, ...] = ()
    more: bool = False


class Finder:
    """Searches one open study; what it knows of the document is kept while that is the same."""

    def __init__(self, study: OpenStudy) -> None:
        self._study = study
        self._catalogue: Catalogue | None = None

    @property
    def catalogue(self) -> Catalogue:
        """Everything written in the study as it stands, as far as whoever is working may see it."""
        document = self._study.seen
        if self._catalogue is None or self._catalogue.document is not document:
            self._catalogue = Catalogue(document, self._catalogue)
        return self._catalogue

    @property
    def ready(self) -> bool:
        """Whether the index is built; without it a search reads everything, which takes its time in a large study."""
        return index.is_built(self._study.file.connection)

    def find(self, query: Query, filters: Filters | None = None, limit: int = MOST) -> Results:
        """Find what was typed.

        Args:
            query: as `app.search.query.parse` read it.
            filters: what hits must be about.
            limit: of hits.

        Raises:
            Damaged, Unreadable: the file can't be read.
        """
        if not query:
            return Results()
        wanted, catalogue = filters or Filters(), self.catalogue
        with self._study.file.reading():
            candidates = self._indexed(query) if self.ready else self._scanned(query, wanted)
            found, more = self._chosen(query, wanted, candidates, limit)
        found.sort(key=lambda each: (each[0], catalogue.order(each[1])))
        return Results(tuple(_hit(thing, catalogue, piece) for _, thing, piece in found), more)

    def _chosen(
        self, query: Query, wanted: Filters, candidates: Iterator[tuple[str, float]], limit: int
    ) -> tuple[list[tuple[float, Written, Snippet]], bool]:
        catalogue = self.catalogue
        found: list[tuple[float, Written, Snippet]] = []
        for row, rank in candidates:
            thing = catalogue.things.get(row)
            if thing is None or not wanted.admit(thing, catalogue):
                continue
            piece = snippet(query, thing.text)
            if not piece.spans:  # another window has changed it since this one read it
                continue
            if len(found) == limit:
                return found, True
            found.append((rank, thing, piece))
        return found, False

    def _indexed(self, query: Query) -> Iterator[tuple[str, float]]:
        """Ask the index; where a great many match, none is better than the others, and they come as they stand."""
        connection, asked = self._study.file.connection, (query.expression(),)
        many = connection.execute(_COUNT, asked).fetchone()[0] > RANKED
        rows: Iterator[tuple[str, float]] = connection.execute(_AS_THEY_STAND if many else _BEST_FIRST, asked)
        return rows

    def _scanned(self, query: Query, wanted: Filters) -> Iterator[tuple[str, float]]:
        """Read everything, in the study's order: for a file without an index that can't be written."""
        catalogue = self.catalogue
        for row, thing in catalogue.things.items():
            if wanted.admit(thing, catalogue) and matches(query, thing.text):
                yield row, 0.0


def find(study: OpenStudy, query: Query, filters: Filters | None = None, limit: int = MOST) -> Results:
    """Find what was typed in a study, once; `Finder` for again and again."""
    return Finder(study).find(query, filters, limit)


def _hit(thing: Written, catalogue: Catalogue, piece: Snippet) -> Hit:
    place = place_of(thing, catalogue)
    line = thing.value.key if thing.table == "entries" else getattr(thing.value, "entry", None) or ""
    return Hit(thing.table, getattr(thing.value, "key", ""), catalogue.source_key(thing), line, place, piece)
