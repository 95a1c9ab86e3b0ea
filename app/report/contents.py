"""What can stand in a report: its sections by name, in their usual order, and a study's own choice of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from app.report.sections import (
    agreement,
    audit,
    cases,
    challenges,
    change,
    codebook,
    dissent,
    evidence_list,
    factors,
    limits,
    literature,
    method,
    next_steps,
    other_rubrics,
    principle,
    profiles,
    released,
    review,
    rubric,
    summary,
    weak_spots,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.report.blocks import Section
    from app.report.material import Material


class Part(NamedTuple):
    """A part of the report that can be switched off and moved; it makes no section, one or several.

    `name` is what is kept of the choice and never changes; appendices stand behind all that are none.
    """

    name: str
    title: str
    about: str
    make: Callable[[Material], list[Section]]
    appendix: bool = False
    usual: bool = True


class Chosen(NamedTuple):
    """A part in its place, and whether it is printed."""

    part: Part
    shown: bool


PARTS: Final = (
    Part("summary", "Summary", "One page: levels, limits, next steps, challenges", summary.sections),
    Part("method", "Method", "Cases, rounds, rules of the site, how levels are derived", method.sections),
    Part("profiles", "Profiles of the cases", "A drawing of each case's levels, all alike", profiles.sections),
    Part("principles", "Results by principle", "Findings, answers and evidence, a section each", principle.sections),
    Part("cases", "Cases", "Two pages on each: levels, evidence, influences, next steps", cases.sections),
    Part("challenges", "Challenges across the cases", "How many cases showed each", challenges.sections),
    Part("weak-spots", "Where the organisation is weak", "Criteria the cases together miss most", weak_spots.sections),
    Part("factors", "Factors", "What facilitates and inhibits maturity", factors.sections),
    Part("change", "Change since the last round", "What rose, fell or became known", change.sections),
    Part("dissent", "Dissent and overrides", "Levels the team set, and what is not agreed on", dissent.sections),
    Part("limits", "Limits of this assessment", "What is not known or rests on little", limits.sections),
    Part("other-rubrics", "Other rubrics", "Levels against the study's other rubrics", other_rubrics.sections),
    Part("next-steps", "Next steps", "The roadmap, or what each case still needs", next_steps.sections),
    Part("review", "Review by an insider", "What was reviewed, and what became of it", review.sections),
    Part("rubric", "Rubric and answers", "All criteria with each case's answer", rubric.sections, appendix=True),
    Part("evidence", "Evidence", "Sources, and every passage cited", evidence_list.sections, appendix=True),
    Part("released", "Statements released for print", "Those cited nowhere else", released.sections, appendix=True),
    Part("codebook", "Codebook", "Codes, what they mean, how often put on", codebook.sections, appendix=True),
    Part("agreement", "Agreement", "How far coders and assessors agreed", agreement.sections, appendix=True),
    Part("literature", "Sources of the rubric", "What the rubric draws on", literature.sections, appendix=True),
    Part("audit", "Audit digest", "How much was done, when, and its last hash", audit.sections, appendix=True),
)
"""All parts, in the order they usually stand in."""

_BY_NAME: Final = {part.name: part for part in PARTS}
_LEFT_OUT: Final = "-"


def choice(written: str) -> tuple[Chosen, ...]:
    """Read a choice as `ReportSetup.sections` keeps it: names in order, a left-out one with "-" before it.

    Unknown and repeated names are passed over; parts that are not named keep their usual place after the part before
    them. Appendices stand last.
    """
    named = {word.removeprefix(_LEFT_OUT): not word.startswith(_LEFT_OUT) for word in reversed(written.split())}
    names = [name for word in written.split() if (name := word.removeprefix(_LEFT_OUT)) in _BY_NAME]
    order = list(dict.fromkeys(names))
    for place, part in enumerate(PARTS):
        if part.name not in order:
            before = PARTS[place - 1].name if place else ""
            order.insert(order.index(before) + 1 if before else 0, part.name)
    found = [Chosen(_BY_NAME[name], named.get(name, _BY_NAME[name].usual)) for name in order]
    return tuple(sorted(found, key=lambda each: each.part.appendix))


def written(chosen: Iterable[Chosen]) -> str:
    """Write a choice as `ReportSetup.sections` keeps it; empty where it is the usual one."""
    words = [f"{'' if each.shown else _LEFT_OUT}{each.part.name}" for each in chosen]
    usual = [f"{'' if part.usual else _LEFT_OUT}{part.name}" for part in PARTS]
    return "" if words == usual else " ".join(words)


def sections(material: Material) -> list[Section]:
    """Make the sections that a report's setup asks for, in its order."""
    return [section for part, shown in choice(material.setup.sections) if shown for section in part.make(material)]
