"""How codes, assessors and cases are called on the page, looked up by key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.widgets.things import Row

if TYPE_CHECKING:
    from app.analysis.coding import CodingIndex
    from app.model.evidence import Coding


@dataclass(frozen=True)
class Tag:
    """A code on a passage: its colour, its name, and who put it on, about what."""

    code: str
    colour: str
    name: str
    detail: str


class Names:
    """The names of a study, as its codings were indexed."""

    def __init__(self, index: CodingIndex) -> None:
        document = index.document
        self._index = index
        self._people = {each.key: each.name for each in document.assessors}
        self._cases = {each.key: each.name for each in document.cases}

    def code(self, key: str) -> str:
        """The name of a code; "" where there is none."""
        code = self._index.codes.get(key)
        return code.name if code is not None else ""

    def colour(self, key: str) -> str:
        """The colour of a code, or of the nearest above it that has one; "" for none."""
        return self._index.colour(key)

    def depth(self, key: str) -> int:
        """How many codes one stands under."""
        return max(len(self._index.lineage(key)) - 1, 0)

    def case(self, key: str) -> str:
        """The name of a case; of the organisation for none."""
        return self._cases.get(key, "Organisation")

    def person(self, key: str) -> str:
        """The name of an assessor."""
        return self._people.get(key, "")

    def tags(self, codings: tuple[Coding, ...]) -> tuple[Tag, ...]:
        """Put the codings of a passage together by code."""
        by_code: dict[str, list[Coding]] = {}
        for coding in codings:
            by_code.setdefault(coding.code, []).append(coding)
        return tuple(Tag(key, self.colour(key), self.code(key), self._detail(each)) for key, each in by_code.items())

    def _detail(self, codings: list[Coding]) -> str:
        people = dict.fromkeys(self.person(coding.assessor) for coding in codings)
        about = dict.fromkeys(self.case(coding.case) for coding in codings if coding.case)
        return ", ".join(filter(None, (*people, *about)))

    def rows(self, without: frozenset[str] = frozenset()) -> list[Row]:
        """List the codebook for the picker: the name, and under what it stands."""
        index = self._index
        paths = ((key, index.path(key)) for key in index.tree if key not in without)
        return [Row(key, path[-1], " › ".join(path[:-1])) for key, path in paths]  # noqa: RUF001

    def colours(self) -> dict[str, str]:
        """The colours of all codes."""
        return {key: self.colour(key) for key in self._index.codes}
