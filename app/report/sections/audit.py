"""Appendix: what the audit trail says of itself, so that this paper can be held against the study it was made from."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Final

from app.report.blocks import Section, captioned, labelled, lead
from app.report.grid import Cell, Row, shares, table
from app.report.style import TEXT_BODY, TEXT_NOTE, TEXT_SMALL, WIDTH
from app.report.text import Words, paragraph
from app.report.wording import capital, count

if TYPE_CHECKING:
    from app.report.material import Material
    from app.report.pdf import Flowable
    from app.report.snapshot import AuditDigest

_FEW: Final = 3  # kinds of change that one column holds
_APART = 8  # digits of the hash in a group
_ROW = 19
_SOUND = {
    True: "The study was checked against its trail when this report was made: every entry of it is as the trail says.",
    False: (
        "The study was checked against its trail when this report was made, and it is not as the trail says: "
        "something was changed past the program. “fieldquill verify” says what."
    ),
    None: "It was not checked for this report whether the study is as its trail says.",
}


def sections(material: Material) -> list[Section]:
    """Make the section, where the report was made from a study with its trail."""
    audit = material.snapshot.audit
    if audit is None:
        return []
    room = 290 + _ROW * (len(audit.kinds) + 1) // 2
    return [Section("audit", "Audit digest", lambda: _flow(material, audit), room=room, appendix=True)]


def _flow(material: Material, audit: AuditDigest) -> list[Flowable]:
    what = "Every change of the study is kept in its audit trail, each chained to the one before it by a hash."
    how = paragraph(
        "SHA-256 of the last action, which takes in all before it. A study with the same hash has the same history.",
        style=TEXT_NOTE,
        before=2,
    )
    return [
        lead(f"{what} {_amount(material, audit)}"),
        labelled("Last hash", paragraph(_grouped(audit.digest), style=TEXT_BODY), how),
        labelled("Checked", paragraph(_SOUND[audit.sound])),
        *_kinds(material, audit),
    ]


def _amount(material: Material, audit: AuditDigest) -> str:
    if not audit.first:
        return "It holds no action."
    first, last = (material.day(date.fromisoformat(day)) for day in (audit.first, audit.last))
    when = f"of {first}" if first == last else f"from {first} to {last}"
    return f"It holds {count(audit.actions, 'action')} {when}."


def _grouped(digest: str) -> Words:
    """Set a hash in groups, to be read aloud or compared by eye."""
    return " ".join(digest[at : at + _APART] for at in range(0, len(digest), _APART))


def _kinds(material: Material, audit: AuditDigest) -> list[Flowable]:
    if not audit.kinds:
        return []
    across = 1 if len(audit.kinds) <= _FEW else 2
    high = math.ceil(len(audit.kinds) / across)
    pairs = [*audit.kinds, *[("", 0)] * (across - 1)]
    lines = ([pairs[at + column * high] for column in range(across)] for at in range(high))
    rows = [Row([cell for pair in line for cell in _cells(*pair)]) for line in lines]
    heads = ("What was changed", "Actions") * across
    grid = table(shares(WIDTH, *(6, 2) * across), heads, rows, figures=range(1, len(heads), 2))
    return captioned(material, "Actions by what they changed first", grid)


def _cells(kind: str, number: int) -> tuple[Cell, Cell]:
    words = (capital(kind), f"{number:,}" if number else "")
    name, many = (Cell([paragraph(each, style=TEXT_SMALL)]) for each in words)
    return name, many
