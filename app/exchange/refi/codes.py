"""Codes, as a project and a codebook have them: a tree of names with a colour and one description each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.actions.keys import free_key, slug
from app.exchange.refi.names import LONGEST_NAME, clean, identity, name_of, named, uuid_of
from app.model.evidence import Code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from uuid import UUID

    from lxml.etree import _Element

_USE, _AVOID = "Use when: ", "Avoid when: "
_DESCRIPTION = re.compile(rf"(?s)\A(.*?)(?:^{_USE}(.*?))?(?:^{_AVOID}(.*))?\Z", re.MULTILINE)
_COLOUR = re.compile(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\Z")


def write_codes(parent: _Element, codes: Sequence[Code], guid: Callable[[Code], UUID]) -> None:
    """Write a codebook's codes under `parent`, in order, each within the one it is under."""
    from lxml import etree

    made = {code.key: etree.Element("Code") for code in codes}
    for code in codes:
        element = made[code.key]
        element.set("guid", str(guid(code)))
        element.set("name", named(code.name, code.key))
        element.set("isCodable", "true")
        if code.colour:
            element.set("color", code.colour)
        if description := described(code):
            own = etree.Element("Description")
            own.text = description
            element.insert(0, own)
        (parent if code.parent is None else made[code.parent]).append(element)


def described(code: Code) -> str:
    """Put together what a code means, when to use it and when not."""
    parts = (("", code.definition), (_USE, code.use_when), (_AVOID, code.avoid_when))
    return "\n\n".join(f"{head}{text}" for head, text in ((head, clean(part).strip()) for head, part in parts) if text)


def undescribed(text: str) -> tuple[str, str, str]:
    """Take a description apart: what the code means, when to use it, when not."""
    found = _DESCRIPTION.match(text)
    definition, use_when, avoid_when = (part or "" for part in found.groups()) if found else (text, "", "")
    return definition.strip(), use_when.strip(), avoid_when.strip()


class ReadCodes:
    """The codes of a document, in order, each after the one it is under.

    Args:
        top: the element that holds the topmost.
        wrong: makes the error for an element that is wrong, from what is wrong.
        remarks: gives what notes say of a code.
    """

    def __init__(
        self,
        top: _Element | None,
        wrong: Callable[[_Element, str], Exception],
        remarks: Callable[[_Element], str] = lambda _: "",
    ) -> None:
        self.codes: list[Code] = []
        self.by_guid: dict[str, str] = {}
        self.descriptions = 0
        self._remarks = remarks
        self._taken: set[str] = set()
        for element, parent in _walked(top) if top is not None else ():
            guid = identity(element.get("guid"))
            if not guid:
                raise wrong(element, "a code needs its GUID")
            if guid in self.by_guid:
                raise wrong(element, "two codes have the same GUID, so that one would stand under or for the other")
            above = self.by_guid[identity(parent.get("guid"))] if parent is not None else None
            self.by_guid[guid] = self._add(element, above)

    def _add(self, element: _Element, parent: str | None) -> str:
        written = (element.get("name") or "").strip()
        name = name_of(written, "Unnamed code")
        key = free_key(slug(name), self._taken)
        self._taken.add(key)
        description = element.findtext("Description") or ""
        self.descriptions += element.find("Description") is not None
        definition, use_when, avoid_when = undescribed(description)
        rest = written if len(written) > LONGEST_NAME else ""
        self.codes.append(
            Code(
                id=uuid_of(element.get("guid")),
                key=key,
                name=name,
                parent=parent,
                definition="\n\n".join(filter(None, (rest, definition, self._remarks(element)))),
                use_when=use_when,
                avoid_when=avoid_when,
                colour=colour_of(element.get("color")),
            )
        )
        return key


def colour_of(text: str | None) -> str:
    """Read a colour, of three digits or six; empty where it is none."""
    found = _COLOUR.match((text or "").strip())
    if not found:
        return ""
    digits = found[1].lower()
    return f"#{digits if len(digits) == 6 else ''.join(2 * digit for digit in digits)}"


def _walked(top: _Element) -> Iterator[tuple[_Element, _Element | None]]:
    """Give each code with the one it is under."""
    for element in top.iter("Code"):
        parent = element.getparent()
        yield element, parent if parent is not None and parent.tag == "Code" else None
