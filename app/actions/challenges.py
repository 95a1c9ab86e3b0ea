"""Keep the challenges of a round: name them, say where they showed, order and merge them; for evidence see `links`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from app.actions import things
from app.actions.errors import RefusedError
from app.actions.keys import free_key
from app.actions.links import links_of
from app.analysis.codebook import on_one_line, same_name
from app.analysis.todo import count
from app.model.assessment import Challenge
from app.model.clusters import cut_at_word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from app.actions.audit import Row
    from app.actions.unit import Unit

LONGEST: Final = 200  # code points of a title
_LABEL: Final = 60


def challenge_problem(challenges: Iterable[Challenge], title: str, beside: Challenge) -> str:
    """Say in one sentence why a challenge can't be called `title`, "" where it can.

    Args:
        challenges: those of the study.
        title: what it is to be called.
        beside: the one that is about to be called so; no other on its principle in its round may be.
    """
    if not on_one_line(title):
        return "A challenge needs its name."
    if len(on_one_line(title)) > LONGEST:
        return f"A challenge's name has at most {LONGEST} characters; say the rest in its text."
    others = (each for each in challenges if each.key != beside.key and _place(each) == _place(beside))
    if any(same_name(each.title) == same_name(title) for each in others):
        return "A challenge of that name stands on that principle already: merge the two, or call it otherwise."
    return ""


def add_challenge(unit: Unit, challenge: Challenge) -> str:
    """Add a challenge after all others; its key gets a number where it is taken.

    Raises:
        NotFoundError: there is no such principle, round or case.
        RefusedError: its name is missing, too long, or another's on that principle.
    """
    new = replace(challenge, key=free_key(challenge.key, unit.keys("challenges")))
    _refuse(unit, new.title, new)
    return things.add(unit, replace(new, title=on_one_line(new.title)))


def rename_challenge(unit: Unit, key: str, title: str) -> str:
    """Call a challenge otherwise.

    Raises:
        NotFoundError: the study no longer has it.
        RefusedError: the name is missing, too long, or another's on its principle.
    """
    standing = _standing(unit, key)
    _refuse(unit, title, standing)
    unit.change(replace(standing, title=on_one_line(title)))
    return f"Rename challenge {_named(standing)}: {cut_at_word(on_one_line(title), _LABEL)}"


def describe_challenge(unit: Unit, key: str, text: str) -> str:
    """Say more of a challenge than its name does.

    Raises:
        NotFoundError: the study no longer has it.
        RefusedError: the text can't be kept.
    """
    standing = _standing(unit, key)
    unit.change(replace(standing, text=text.strip()))
    unit.merge_key = f"challenge/{key}"
    return f"Describe challenge {_named(standing)}"


def put_on_principle(unit: Unit, key: str, principle: str) -> str:
    """Count a challenge to another principle of its rubric.

    Raises:
        NotFoundError: the study no longer has it, or its rubric has no such principle.
        RefusedError: one of its name stands there already.
    """
    standing = _standing(unit, key)
    _refuse(unit, standing.title, replace(standing, principle=principle))
    unit.change(replace(standing, principle=principle))
    return f"Move challenge {_named(standing)} to another principle"


def show_in_cases(unit: Unit, key: str, cases: Collection[str]) -> str:
    """Say in which cases a challenge showed; none means across all of them, also those added later.

    Raises:
        NotFoundError: the study no longer has it, or one of the cases.
    """
    standing = _standing(unit, key)
    ticked = {unit.id_of("cases", case) for case in cases}
    rows = [row for row in unit.rows("cases") if row["id"] in ticked]
    unit.change(replace(standing, cases=tuple(str(row["key"]) for row in rows)))
    if not rows:
        return f"Challenge {_named(standing)} is across all cases"
    where = rows[0]["name"] if len(rows) == 1 else count(len(rows), "case", "cases")
    return f"Challenge {_named(standing)} showed in {cut_at_word(str(where), _LABEL)}"


def move_challenge(unit: Unit, key: str, by: int) -> str:
    """Move a challenge up (-1) or down (1) among those on its principle in its round.

    Raises:
        NotFoundError: the study no longer has it.
    """
    row = _row(unit, key)
    order = unit.rows("challenges")
    beside = [place for place, each in enumerate(order) if _row_place(each) == _row_place(row)]
    at = next(place for place, index in enumerate(beside) if order[index]["id"] == row["id"])
    to = min(max(at + by, 0), len(beside) - 1)
    if to != at:
        things.move(unit, "challenges", key, beside[to])
    return f"Move challenge {cut_at_word(str(row['title']), _LABEL)}"


def merge_challenges(unit: Unit, into: str, others: Sequence[str]) -> str:
    """Let challenges be one: it showed where any of them did, and rests on what any of them rests on.

    Texts that say something else are put below its own.

    Raises:
        NotFoundError: the study no longer has one of them.
        RefusedError: there is nothing to merge, or they are of different rubrics or rounds.
    """
    target = _standing(unit, into)
    merged = [_standing(unit, key) for key in dict.fromkeys(others) if key != into]
    if not merged:
        raise RefusedError("Choose two challenges or more to merge.")
    if any((each.rubric, each.round) != (target.rubric, target.round) for each in merged):
        raise RefusedError("Challenges of different rounds or rubrics stay apart.")
    whole = _merged(target, merged)
    for each in merged:
        unit.delete("challenges", unit.id_of("challenges", each.key))
    unit.change(whole)
    what = _named(merged[0]) if len(merged) == 1 else f"{len(merged)} challenges"
    return f"Merge {what} into {_named(target)}"


def remove_challenge(unit: Unit, key: str) -> str:
    """Remove a challenge, and the links to what it rests on; the passages stay.

    Raises:
        NotFoundError: the study no longer has it.
    """
    standing = _standing(unit, key)
    unit.delete("challenges", unit.id_of("challenges", key))
    links = len(standing.evidence)
    went = f" and {count(links, 'link', 'links')}" if links else ""
    return f"Remove challenge {_named(standing)}{went}"


def _merged(target: Challenge, others: Sequence[Challenge]) -> Challenge:
    every = [target, *others]
    texts = dict.fromkeys(each.text for each in every if each.text)
    cases = dict.fromkeys(case for each in every for case in each.cases)
    links = {link.passage: link for each in reversed(every) for link in reversed(each.evidence)}
    return replace(
        target,
        text="\n\n".join(texts),
        cases=tuple(cases) if all(each.cases for each in every) else (),
        evidence=tuple(replace(link, id=None) for link in reversed(links.values())),
    )


def _refuse(unit: Unit, title: str, beside: Challenge) -> None:
    found = (_bare(unit, row) for row in unit.rows("challenges"))
    if sentence := challenge_problem(found, title, beside):
        raise RefusedError(sentence)


def _bare(unit: Unit, row: Row) -> Challenge:
    """Read a challenge without its cases and its evidence."""
    return unit.value_of(Challenge, row)


def _standing(unit: Unit, key: str) -> Challenge:
    """Read a challenge as it stands, whole."""
    found = _bare(unit, _row(unit, key))
    ticked = unit.rows("challenge_cases", challenge_id=str(found.id))
    cases = tuple(str(unit.row("cases", row["case_id"])["key"]) for row in ticked)
    return replace(found, cases=cases, evidence=tuple(links_of(unit, found)))


def _row(unit: Unit, key: str) -> Row:
    return unit.row("challenges", unit.id_of("challenges", key))


def _place(challenge: Challenge) -> tuple[str, str, str]:
    return challenge.rubric, challenge.principle, challenge.round


def _row_place(row: Row) -> tuple[str, str]:
    return row["principle_id"], row["round_id"]


def _named(challenge: Challenge) -> str:
    return cut_at_word(challenge.title, _LABEL)
