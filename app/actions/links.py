"""Rest a judgement on passages: an answer, finding, challenge or influence, each link with its weight and stance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from app.actions.ballots import refuse_for_another
from app.actions.errors import NotFoundError, RefusedError
from app.actions.reading import called, point_name
from app.actions.values import checked
from app.analysis.words import JOIN, differs
from app.model.assessment import Answer, Challenge, Finding, Influence
from app.model.evidence import Evidence, Stance, Weight
from app.model.kinds import BY_TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.actions.audit import Row
    from app.actions.unit import Unit
    from app.model.kinds import Part

Owner = Answer | Finding | Challenge | Influence
_LONGEST = 20_000  # of the words that a passage or a link keeps
# What begins with its first passage; a finding or a challenge needs its words before it can rest on anything.
_BEGINS = (Answer, Influence)


def link(
    unit: Unit,
    owner: Owner,
    passage: str,
    weight: Weight = Weight.SAID,
    stance: Stance = Stance.SUPPORTS,
    reference: str = "",
    note: str = "",
) -> str:
    """Rest a judgement on a passage as it reads now; linking it again changes all of the link.

    Args:
        unit: the work.
        owner: told apart as things of its kind are; an answer or influence that is not there yet is added.
        passage: key.
        weight: how strong it is.
        stance: for or against.
        reference: the document or screen it was seen in.
        note: why the judgement stands although this contradicts it, or a remark.

    Raises:
        NotFoundError: there is no such passage, finding or challenge.
        RefusedError: the passage has grown too long, or reference or note hold what can't be kept.
    """
    fresh = Evidence(
        passage=passage, weight=weight, stance=stance, reference=reference, note=note, words=words_now(unit, passage)
    )
    _write(unit, owner, (_by_passage(unit, owner) | {passage: fresh}).values())
    return f"Link a passage to {_words(unit, owner)}"


def unlink(unit: Unit, owner: Owner, passage: str) -> str:
    """Let a judgement no longer rest on a passage.

    Raises:
        NotFoundError: it does not.
    """
    standing = _resting(unit, owner, passage)
    del standing[passage]
    _write(unit, owner, standing.values())
    return f"Unlink a passage from {_words(unit, owner)}"


def change_link(unit: Unit, owner: Owner, passage: str, how: Callable[[Evidence], Evidence]) -> str:
    """Change weight, stance, reference or note of one link; what the passage said when it was linked stays.

    Raises:
        NotFoundError: the judgement does not rest on that passage.
        RefusedError: reference or note hold what can't be kept.
    """
    standing = _resting(unit, owner, passage)
    standing[passage] = how(standing[passage])
    _write(unit, owner, standing.values())
    return f"Change what a passage is to {_words(unit, owner)}"


def check(unit: Unit, owner: Owner, passage: str) -> str:
    """Say that a judgement still stands on a passage whose words have changed.

    Raises:
        NotFoundError: the judgement does not rest on that passage.
        RefusedError: none of the words are left.
    """
    if not _stretches(unit, unit.id_of("passages", passage)):
        raise RefusedError("Its words are gone from the notes: attach the passage to other words, or unlink it.")
    now = words_now(unit, passage)
    change_link(unit, owner, passage, lambda each: msgspec.structs.replace(each, words=now))
    return f"Check a passage again for {_words(unit, owner)}"


def hand_on(unit: Unit, owner: Owner, to: Owner) -> None:
    """Let a judgement rest on what another one rests on, just as that does; what it rests on already stays as it is."""
    standing = _by_passage(unit, to)
    for each in links_of(unit, owner):
        standing.setdefault(each.passage, msgspec.structs.replace(each, id=None))
    _write(unit, to, standing.values())


def words_now(unit: Unit, passage: str) -> str:
    """Give what a link made now keeps of a passage's words: nothing where they are still those it was marked for.

    Raises:
        NotFoundError: there is no such passage.
        RefusedError: it has grown longer than what a link can keep.
    """
    row = unit.row("passages", unit.id_of("passages", passage))
    stretches = _stretches(unit, row["id"])
    return _joined(stretches) if stretches and differs(row["words"], stretches) else ""


def spoken(unit: Unit, passage_id: str) -> str:
    """Read what a passage says as the notes stand, its stretches joined; empty where none are left.

    Raises:
        RefusedError: that is longer than what a passage or a link can keep of it.
    """
    return _joined(_stretches(unit, passage_id))


def _joined(stretches: Iterable[str]) -> str:
    now = JOIN.join(stretches)
    if len(now) > _LONGEST:
        raise RefusedError("That passage has grown too long: mark a shorter one in its notes.")
    return now


def lying(unit: Unit, passage_id: str) -> list[tuple[Row, Row]]:
    """Read a passage's stretches, each with its line, in the order in which they stand in the notes."""
    pairs = [(span, unit.row("entries", span["entry_id"])) for span in unit.rows("spans", passage_id=passage_id)]
    return sorted(pairs, key=lambda pair: (pair[1]["position"], pair[1]["id"], pair[0]["start"]))


def _stretches(unit: Unit, passage_id: str) -> list[str]:
    """Read what a passage's stretches say, in the order in which they stand in the notes; see `app.analysis.words`."""
    return [str(line["text"][span["start"] : span["end"]]) for span, line in lying(unit, passage_id)]


def links_of(unit: Unit, owner: Owner) -> list[Evidence]:
    """Read what a judgement rests on, in order; nothing where it is not there yet."""
    row_id = unit.find(owner)
    if row_id is None:
        return []
    return [unit.value_of(Evidence, row) for row in unit.rows("evidence", **{_part(owner).owner: row_id})]


def pin_words(unit: Unit, passage_id: str) -> None:
    """Let links keep the words a passage was marked for, before it comes to be marked for others."""
    first = unit.row("passages", passage_id)["words"]
    for row in unit.rows("evidence", passage_id=passage_id):
        if not row["words"]:
            unit.update("evidence", row["id"], {"words": first})


def _by_passage(unit: Unit, owner: Owner) -> dict[str, Evidence]:
    """Read what a judgement rests on before it is changed; of another's answer nothing is read."""
    if isinstance(owner, Answer):
        refuse_for_another(unit, owner)
    return {each.passage: each for each in links_of(unit, owner)}


def _resting(unit: Unit, owner: Owner, passage: str) -> dict[str, Evidence]:
    """Read what a judgement rests on, by passage, where this one is among it."""
    standing = _by_passage(unit, owner)
    if passage not in standing:
        raise NotFoundError(f"The {BY_TYPE[type(owner)].word} does not rest on that passage.")
    return standing


def _part(owner: Owner) -> Part:
    return next(part for part in BY_TYPE[type(owner)].parts if part.field == "evidence")


def _write(unit: Unit, owner: Owner, links: Iterable[Evidence]) -> None:
    kind = BY_TYPE[type(owner)]
    row_id = unit.find(owner)
    if row_id is None:
        if not isinstance(owner, _BEGINS):
            raise NotFoundError(f"The study no longer has that {kind.word}.")
        row_id = unit.add(msgspec.structs.replace(owner, evidence=()))
    unit.write_part(_part(owner), unit.row(kind.table, row_id), [checked(each) for each in links])


def _words(unit: Unit, owner: Owner) -> str:
    if isinstance(owner, Challenge):
        return f"the challenge {called(unit, 'challenges', owner.key, 'title')}"
    if isinstance(owner, Answer):
        return point_name(unit, owner.criterion, owner.case)
    case = called(unit, "cases", owner.case) if owner.case else "the organisation"
    return (
        f"the finding on {case}"
        if isinstance(owner, Finding)
        else f"{called(unit, 'factors', owner.factor)} for {case}"
    )
