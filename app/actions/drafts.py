"""Drafts of rubrics: begin one as a copy or from nothing, and keep it as it is typed, sound or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from app.actions import things
from app.actions.keys import free_key, slug
from app.model.assessment import RubricDraft
from app.rubric.draft import blank, read_draft, with_value
from app.rubric.load import decode_rubric
from app.rubric.write import write_plain

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.actions.unit import Unit
    from app.rubric.write import Plain

_LONGEST = 200  # characters of a title
_UNTITLED = "Untitled rubric"


def begin_draft(unit: Unit, text: str, name: str = "the rubric") -> str:
    """Begin a draft as a copy of a rubric; its version is raised where the study has the copied one.

    Args:
        unit: the work.
        text: the YAML of the rubric, sound or not.
        name: what an error calls it: its file.

    Raises:
        RubricError: it is no YAML, or not made of the parts of a rubric.
    """
    plain = read_draft(text, name)
    based_on = f"{plain['id']} {plain['version']}".strip()
    frozen = (decode_rubric(row["text"], row["key"]) for row in unit.rows("rubrics"))
    taken = {rubric.version for rubric in frozen if rubric.id == plain["id"]}
    plain = with_value(plain, "$.version", _free_version(str(plain["version"]), taken))
    return _begin(unit, plain, based_on)


def new_draft(unit: Unit) -> str:
    """Begin a draft from nothing."""
    return _begin(unit, blank())


def _begin(unit: Unit, plain: Plain, based_on: str = "") -> str:
    key = free_key(slug(str(plain["title"])), unit.keys("drafts"))
    draft = RubricDraft(key=key, title=_title(plain), based_on=based_on, text=write_plain(plain))
    unit.add(draft)
    return f"Begin draft {things.short(draft.title)}"


def change_draft(unit: Unit, key: str, plain: Plain, place: str = "") -> str:
    """Keep a draft as it stands in the form.

    Args:
        unit: the work.
        key: of the draft.
        plain: the rubric's values.
        place: what was typed in; one undo takes back all that was typed there in one go.

    Raises:
        NotFoundError: the study no longer has the draft.
        RefusedError: a text in it can't be kept.
    """
    standing = unit.value_of(RubricDraft, unit.row("drafts", unit.id_of("drafts", key)))
    draft = replace(standing, title=_title(plain), text=write_plain(plain))
    unit.change(draft)
    if place:
        unit.merge_key = f"draft/{key}/{place}"
    return f"Change draft {things.short(draft.title)}"


def _title(plain: Plain) -> str:
    return " ".join(str(plain["title"]).split())[:_LONGEST] or _UNTITLED


def _free_version(version: str, taken: Collection[str]) -> str:
    """Give the version, or that with its last number raised until it is free."""
    while version in taken:
        stem, _, last = version.rpartition(".")
        version = f"{stem}.{int(last) + 1}" if stem else f"{version}.1"
    return version
