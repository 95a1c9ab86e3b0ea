"""Keep the factors of a study, and judge how they work on the cases and the organisation, with what that rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from app.actions import things
from app.actions.errors import NotFoundError, RefusedError
from app.actions.keys import free_key
from app.actions.values import checked
from app.analysis.codebook import on_one_line, same_name
from app.analysis.todo import count
from app.model.assessment import BelongsTo, Factor, Influence, Strength, Tendency
from app.model.clusters import cut_at_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.actions.unit import Unit

LONGEST: Final = 200  # code points of a name
_LABEL: Final = 60

# Source: the case study the method comes from, its figure 2; the definitions are our own.
STANDARD_FACTORS: Final = (
    Factor(
        key="experience",
        name="Organisational experience with MLOps",
        belongs_to=BelongsTo.ORGANISATION,
        tendency=Tendency.FACILITATES,
        definition="How much the organisation has learned from running ML systems before: people who did it, rules for "
        "release and refresh, contracts that ask for the right things.",
    ),
    Factor(
        key="tool-fit",
        name="Appropriateness of existing MLOps tools",
        belongs_to=BelongsTo.MARKET,
        tendency=Tendency.FACILITATES,
        definition="How well tools that can be had on the market meet what a project needs and fit into the systems it "
        "has to live with.",
    ),
    Factor(
        key="criticality",
        name="Business criticality of the use case",
        belongs_to=BelongsTo.CASE,
        tendency=Tendency.FACILITATES,
        definition="How much harm a wrong output does to product, safety or cost, and hence how much attention and "
        "money operations receive.",
    ),
    Factor(
        key="model-complexity",
        name="Inherent complexity of the underlying ML model",
        belongs_to=BelongsTo.CASE,
        tendency=Tendency.INHIBITS,
        definition="How large, opaque and hungry for data the model is, and so how hard it is to explain an error and "
        "to prepare its data.",
    ),
    Factor(
        key="data-quality",
        name="Insufficient quality of new data",
        belongs_to=BelongsTo.CASE,
        tendency=Tendency.INHIBITS,
        definition="How much work stands between data as production yields them and data a model can be trained on: "
        "access, sifting, labels.",
    ),
    Factor(
        key="environment",
        name="Environmental complexity",
        belongs_to=BelongsTo.CASE,
        tendency=Tendency.INHIBITS,
        definition="How much the surroundings of the system vary, between places and over time, in ways that affect "
        "its inputs.",
    ),
    Factor(
        key="idiosyncrasy",
        name="Idiosyncrasy of the use case",
        belongs_to=BelongsTo.CASE,
        tendency=Tendency.INHIBITS,
        definition="How far the task differs from what others have solved, so that products, research and standards "
        "give no help.",
    ),
)


def factor_problem(factors: Iterable[Factor], name: str, but: str = "") -> str:
    """Say in one sentence why a factor can't be called `name`, "" where it can.

    Args:
        factors: those of the study.
        name: what it is to be called.
        but: key of the one that is about to be called so.
    """
    if not on_one_line(name):
        return "A factor needs its name."
    if len(name) > LONGEST:
        return f"A factor's name has at most {LONGEST} characters; this one has {len(name)}."
    taken = {same_name(each.name) for each in factors if each.key != but}
    return "The study has a factor of that name already." if same_name(name) in taken else ""


def start_factors(unit: Unit) -> str:
    """Add those of the method's seven factors that the study has none of, by key or by name.

    Raises:
        RefusedError: it has all of them.
    """
    standing = _standing(unit)
    keys, names = {each.key for each in standing}, {same_name(each.name) for each in standing}
    missing = [each for each in STANDARD_FACTORS if each.key not in keys and same_name(each.name) not in names]
    if not missing:
        raise RefusedError("The study has the method's seven factors already.")
    for factor in missing:
        unit.add(factor)
    if len(missing) == len(STANDARD_FACTORS):
        return "Add the method's seven factors"
    return f"Add {len(missing)} of the method's seven factors"


def add_factor(unit: Unit, factor: Factor) -> str:
    """Add a factor at the end; its key gets a number where it is taken.

    Raises:
        RefusedError: its name is missing, too long, or another's.
    """
    _refuse(unit, factor.name)
    key = free_key(factor.key, unit.keys("factors"))
    return things.add(unit, replace(factor, key=key, name=on_one_line(factor.name)))


def change_factor(unit: Unit, factor: Factor) -> str:
    """Bring a factor's name, definition, root and tendency to be as `factor` says.

    Raises:
        NotFoundError: the study no longer has it.
        RefusedError: its name is missing, too long, or another's.
    """
    _refuse(unit, factor.name, but=factor.key)
    return things.change(unit, replace(factor, name=on_one_line(factor.name)))


def remove_factor(unit: Unit, key: str) -> str:
    """Remove a factor, and with it how it was judged; codes that were tied to it stay, tied to none.

    Raises:
        NotFoundError: the study no longer has it.
    """
    row_id = unit.id_of("factors", key)
    name, judged = _name(unit, "factors", row_id), len(unit.rows("influences", factor_id=row_id))
    unit.delete("factors", row_id)
    went = f" and {count(judged, 'influence', 'influences')}" if judged else ""
    return f"Remove factor {cut_at_word(name, _LABEL)}{went}"


def move_factor(unit: Unit, key: str, index: int) -> str:
    """Move a factor to another place in the study's order, from 0.

    Raises:
        NotFoundError: the study no longer has it.
    """
    things.move(unit, "factors", key, index)
    return f"Move factor {cut_at_word(_name(unit, 'factors', unit.id_of('factors', key)), _LABEL)}"


def judge(unit: Unit, factor: str, in_round: str, case: str | None, strength: Strength) -> str:
    """Say how a factor works on a case, or on the organisation, in a round; memo and evidence stay.

    Raises:
        NotFoundError: there is no such factor, round or case.
    """
    at = Influence(factor=factor, round=in_round, case=case, strength=strength)
    row_id = unit.find(at)
    if row_id is None:
        unit.add(at)
    else:
        unit.update("influences", row_id, {"strength": strength.value})
    return f"Judge {_words(unit, at)}: {strength.value.replace('_', ' ')}"


def write_memo(unit: Unit, factor: str, in_round: str, case: str | None, memo: str) -> str:
    """Say why a factor works as it does; where nothing was judged yet, the strength is unknown.

    Raises:
        NotFoundError: there is no such factor, round or case.
        RefusedError: the memo can't be kept.
    """
    at = Influence(factor=factor, round=in_round, case=case, memo=memo)
    row_id = unit.find(at)
    if row_id is not None:
        unit.update("influences", row_id, {"memo": checked(at).memo})
    elif memo.strip():
        unit.add(at)
    unit.merge_key = f"memo/{factor}/{in_round}/{case or ''}"
    return f"Write the memo on {_words(unit, at)}"


def clear_influence(unit: Unit, factor: str, in_round: str, case: str | None) -> str:
    """Take back what was judged of a factor for a case or the organisation, its memo and its evidence with it.

    Raises:
        NotFoundError: nothing was.
    """
    at = Influence(factor=factor, round=in_round, case=case)
    row_id = unit.find(at)
    if row_id is None:
        raise NotFoundError("Nothing was judged there.")
    unit.delete("influences", row_id)
    return f"Clear {_words(unit, at)}"


def _refuse(unit: Unit, name: str, but: str = "") -> None:
    if sentence := factor_problem(_standing(unit), name, but):
        raise RefusedError(sentence)


def _standing(unit: Unit) -> list[Factor]:
    return [unit.value_of(Factor, row) for row in unit.rows("factors")]


def _words(unit: Unit, at: Influence) -> str:
    factor = cut_at_word(_name(unit, "factors", unit.id_of("factors", at.factor)), _LABEL)
    if at.case is None:
        return f"{factor} for the organisation"
    return f"{factor} for {cut_at_word(_name(unit, 'cases', unit.id_of('cases', at.case)), _LABEL)}"


def _name(unit: Unit, table: str, row_id: str) -> str:
    return str(unit.row(table, row_id)["name"])
