"""Read a project into an arrival, checked whole; what can't be carried over is counted by its element's name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from app.actions.arrival import Arrival, ArrivedSource
from app.actions.keys import free_key, slug
from app.exchange.refi.codes import ReadCodes
from app.exchange.refi.names import OURS, PROJECT_FILE, ExchangeFileError, identity, name_of, uuid_of
from app.exchange.refi.notes import Notes
from app.exchange.refi.parse import parsed
from app.exchange.refi.passages import Passages
from app.exchange.refi.positions import STANDARD, Text, chosen, expected
from app.exchange.refi.texts import Lines, decoded
from app.exchange.xml_text import unbroken
from app.model.setting import Assessor, Case, Round
from app.model.source import SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from app.exchange.refi.archive import Archive

_MOST_LINES: Final = 500_000
# What only holds others, or goes with what it belongs to: it is not counted by itself.
_UNCOUNTED: Final = frozenset(
    {
        *("Project", "Users", "CodeBook", "Codes", "Variables", "Cases", "Sources", "Notes", "Links", "Sets", "Graphs"),
        *("VariableRef", "TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue"),
        *("PlainTextContent", "Representation", "TextDescription", "SyncPoint", "Vertex", "Edge"),
        *("MemberCode", "MemberSource", "MemberNote"),
    }
)


def read_arrival(archive: Archive) -> Arrival:
    """Read the project in an archive.

    Raises:
        ExchangeFileError: it is no project, or holds something that can't be right; names the place.
    """
    return _Project(archive, parsed(archive.project(), "Project", archive.name, PROJECT_FILE)).arrival()


class _Project:
    """A project's XML while it is read; `carried` counts the elements whose content goes along."""

    def __init__(self, archive: Archive, root: _Element) -> None:
        self._archive = archive
        self._root = root
        self._origin = root.get("origin") or ""
        self._ours = self._origin.startswith(OURS)
        self.carried: Counter[str] = Counter()
        self._notes = Notes(root, self._text_of, self.carried)
        self._users = self._known("Users", "User")
        self._strangers: dict[str, str] = {}

    def arrival(self) -> Arrival:
        codes = ReadCodes(self._root.find("CodeBook/Codes"), self.wrong, self._notes.of)
        self.carried.update(Code=len(codes.codes), Description=codes.descriptions, User=len(self._users))
        assessors = [
            Assessor(id=uuid_of(guid), key=key, name=name_of(user.get("name") or user.get("id"), "Unnamed coder"))
            for guid, (key, user) in self._users.items()
        ]
        cases, cases_of = self._cases()
        rounds, round_of = self._rounds()
        passages = Passages(self, codes.by_guid, self._notes, cases_of)
        sources = tuple(self._sources(passages, cases_of, round_of))
        assessors += [Assessor(key=key, name="Unknown coder") for key in self._strangers.values()]
        return Arrival(
            file=self._archive.name,
            project=name_of(self._root.get("name"), ""),
            origin=self._origin,
            rounds=rounds,
            assessors=tuple(assessors),
            cases=cases,
            codes=tuple(codes.codes),
            sources=sources,
            left=self._left(),
        )

    def wrong(self, element: _Element, problem: str) -> ExchangeFileError:
        """Make the error for an element that is wrong."""
        return ExchangeFileError(self._archive.name, self._place(element), problem)

    def coder(self, *elements: _Element) -> str:
        """Name whoever put a code on: as the coding says, or the selection, the source, at last the project."""
        said = [identity(each.get("creatingUser")) for each in elements]
        said.append(identity(self._root.get("creatingUserGUID")))
        guid = next(filter(None, said), "")
        if guid in self._users:
            return self._users[guid][0]
        return self._strangers.setdefault("", free_key("unknown-coder", {key for key, _ in self._users.values()}))

    def _place(self, element: _Element) -> str:
        return f"{PROJECT_FILE} line {element.sourceline}"

    def _known(self, container: str, name: str) -> dict[str, tuple[str, _Element]]:
        """Give the things of a container by their GUIDs, with a key for each."""
        found: dict[str, tuple[str, _Element]] = {}
        taken: set[str] = set()
        for element in self._root.iterfind(f"{container}/{name}"):
            guid = identity(element.get("guid"))
            if not guid or guid in found:
                raise self.wrong(element, f"a {name} needs a GUID that no other has")
            key = free_key(slug(element.get("name") or name), taken)
            taken.add(key)
            found[guid] = (key, element)
        return found

    # Cases and rounds

    def _cases(self) -> tuple[tuple[Case, ...], dict[str, list[str]]]:
        """Read cases; with the keys of those that each source or selection belongs to, by its GUID."""
        found: list[Case] = []
        of: dict[str, list[str]] = {}
        for guid, (key, element) in self._known("Cases", "Case").items():
            summary = element.findtext("Description") or ""
            found.append(Case(id=uuid_of(guid), key=key, name=name_of(element.get("name"), "Unnamed"), summary=summary))
            self.carried.update(Case=1, Description=int(element.find("Description") is not None))
            for tag in ("SourceRef", "SelectionRef"):
                for reference in element.iterfind(tag):
                    of.setdefault(identity(reference.get("targetGUID")), []).append(key)
        return tuple(found), of

    def _rounds(self) -> tuple[tuple[Round, ...], dict[str, str]]:
        """Read the sets that we wrote as rounds; with the key of the one each source is of, by its GUID."""
        found: list[Round] = []
        of: dict[str, str] = {}
        for guid, (key, element) in self._known("Sets", "Set").items() if self._ours else ():
            found.append(Round(id=uuid_of(guid), key=key, name=name_of(element.get("name"), "Unnamed")))
            self.carried["Set"] += 1
            for member in element.iterfind("MemberSource"):
                of[identity(member.get("targetGUID"))] = key
        return tuple(found), of

    # Sources

    def _sources(
        self, passages: Passages, cases_of: dict[str, list[str]], round_of: dict[str, str]
    ) -> Iterator[ArrivedSource]:
        read = [(outer, inner, text) for outer, inner in self._text_elements() if (text := self._read_text(inner))]
        rule = STANDARD if self._ours else chosen([text for _, _, text in read], expected(self._origin))
        count = 0
        for outer, inner, text in read:
            lines = Lines(unbroken(text.raw))
            count += len(lines.texts)
            if count > _MOST_LINES:
                raise self.wrong(inner, "the project has more lines than any study")
            guid = identity(outer.get("guid"))
            self.carried[str(outer.tag)] += 1
            self.carried["SourceRef"] += len(cases_of.get(guid, ()))
            yield ArrivedSource(
                id=uuid_of(guid),
                title=name_of(outer.get("name"), "Unnamed"),
                kind=SourceKind.INTERVIEW if outer is inner else SourceKind.DOCUMENT,
                lines=tuple(lines.texts),
                passages=tuple(passages.of(outer, inner, text, lines, rule)),
                round=round_of.get(guid, ""),
                cases=tuple(cases_of.get(guid, ())),
                remark=self._remark(outer, inner),
            )

    def _text_elements(self) -> Iterator[tuple[_Element, _Element]]:
        """Give the sources that have a text, and the element it stands in: for a PDF, its representation."""
        seen: set[str] = set()
        for element in self._root.iterfind("Sources/*"):
            guid = identity(element.get("guid"))
            if not guid or guid in seen:
                raise self.wrong(element, "a source needs a GUID that no other has")
            seen.add(guid)
            inner = element.find("Representation") if element.tag == "PDFSource" else element
            if inner is not None and element.tag in {"TextSource", "PDFSource"}:
                yield element, inner

    def _read_text(self, element: _Element) -> Text | None:
        """Read a source's text with the positions in it; None where the archive does not hold it."""
        found = self._text_of(element)
        if found is None:
            return None
        selections = tuple(self.positions(each) for each in element.iterfind("PlainTextSelection"))
        return Text(found[0], found[1], selections)

    def _text_of(self, element: _Element) -> tuple[str, bool] | None:
        path = element.get("plainTextPath")
        if not path:
            inline = element.findtext("PlainTextContent")
            return None if inline is None else (inline.removeprefix("\ufeff"), inline.startswith("\ufeff"))
        content = self._archive.text(path, self._place(element))
        if content is None:
            return None
        found = decoded(content)
        if found is None:
            raise self.wrong(element, "its text is not in UTF-8, or holds a character that can't be kept")
        return found

    def positions(self, selection: _Element) -> tuple[int, int]:
        """Read where a selection begins and ends, as its program counts."""
        start, end = (_number(selection.get(name)) for name in ("startPosition", "endPosition"))
        if start is None or end is None:
            raise self.wrong(selection, "a selection begins and ends at numbers")
        if not 0 <= start <= end:
            raise self.wrong(selection, "a selection can't end before it begins, or begin before its text")
        return start, end

    def _remark(self, *elements: _Element) -> str:
        """Put together what is said of a source: its description, and notes on it."""
        parts = []
        for element in dict.fromkeys(elements):
            if (description := element.findtext("Description")) is not None:
                parts.append(description.strip())
                self.carried["Description"] += 1
            parts.append(self._notes.of(element))
        return "\n\n".join(filter(None, parts))

    def _left(self) -> tuple[tuple[str, int], ...]:
        everything = Counter(str(element.tag) for element in self._root.iter())
        everything["CodeRef"] = sum(1 for _ in self._root.iterfind("Cases/Case/CodeRef"))
        left = {name: count - self.carried[name] for name, count in everything.items() if name not in _UNCOUNTED}
        return tuple((name, count) for name, count in sorted(left.items()) if count > 0)


def _number(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if text.lstrip("+-").isdecimal() and text.isascii() and len(text) < 12 else None
