"""What makes a sound rubric hard to use: levels nobody can reach, statements worded the wrong way round, and the like.

Unlike `app.rubric.checks` nothing here keeps a rubric from being used; it is advice to whoever writes one.
"""

import re
from collections.abc import Collection, Iterator
from typing import Final

from msgspec import Struct

from app.rubric.document import path_of
from app.rubric.structure import Criterion, Level, Principle, Rubric

LONGEST_STATEMENT: Final = 150  # characters that can be taken in at a glance, in a row of a table

_CLOSED: Final = re.compile(
    r"(do|does|did|is|are|was|were|has|have|had|can|could|may|might|will|would|should|must)\b", re.IGNORECASE
)
_HARMLESS: Final = re.compile(
    r"\b(not (only|just|merely|necessarily)|(no|not) (longer|later|more|less|fewer|earlier|worse|older) than|"
    r"whether or not|if not|(who|that|which) \w+ (no|not|never)|"
    r"(no|not|none|never|nobody|nothing)\b.*\b(without|unless|until|before|unnoticed|untested))\b",
    re.IGNORECASE,
)
"""Denials that say something good: no more than, nothing without a review."""
_REVERSED: Final = re.compile(
    r"^(no|none|nobody|nothing|never)\b|"
    r"\b(is|are|be|been|was|were|do|does|did|has|have|had|can|must|should|will)( \w+ly)? (not|no|never)\b|"
    r"\b(cannot|lack(s|ing)?|fails? to|missing)\b|n't\b|"
    r"\bwithout (any |a |an )?(\w+ )?"
    r"(tests?|testing|reviews?|checks?|monitoring|documentation|versions?|approval|validation|alerts?|plans?|owners?)\b",
    re.IGNORECASE,
)
_TWO: Final = re.compile(r"[.!?]\s+\S")


class Remark(Struct, frozen=True):
    """Something to look at in a rubric: where (`$.principles[0].criteria[2].statement`), and the sentence about it.

    One that is only a note says how the rubric is understood; there is nothing to mend.
    """

    path: str
    sentence: str
    note: bool = False


def lint(rubric: Rubric, asked: Collection[str] = ()) -> tuple[Remark, ...]:
    """Everything worth a second look in a sound rubric, in the order of the file's parts.

    `asked` holds the ids of the criteria and principles that questions of the study's guides get at; with none
    there is no guide to speak of, and nothing is said of it.
    """
    return (*_levels(rubric), *_sources(rubric), *_principles(rubric, asked))


def _levels(rubric: Rubric) -> Iterator[Remark]:
    for place, level in enumerate(rubric.levels):
        path = f"$.levels[{place}]"
        if any(level.name.casefold() == other.name.casefold() for other in rubric.levels[:place]):
            yield Remark(f"{path}.name", f'another level is called "{level.name}", too')
        if not rubric.counts_points:
            yield from _told_apart(rubric, level, path)
        elif level.begins is not None:
            yield from _in_reach(rubric, place, level.begins, path)


def _told_apart(rubric: Rubric, level: Level, path: str) -> Iterator[Remark]:
    """A level that no principle describes is never given apart from another."""
    if not any(level.id in principle.levels for principle in rubric.principles):
        what = "asks anything for" if rubric.rule == "staged" else "describes"
        yield Remark(path, f'no principle {what} "{level.name}", so no case can be told to be just there')


def _in_reach(rubric: Rubric, place: int, begins: tuple[float, bool], path: str) -> Iterator[Remark]:
    """Under a rule that counts points: a level that begins above all that answers can bring, or with their least."""
    figure, above = begins
    field = "above" if above else "at_least"
    least, most = _least_and_most(rubric)
    within = [principle for principle, top in most if (figure >= top if above else figure > top)]
    if within:
        where = "" if len(within) == len(most) else f" in {within[0].short}"
        tops = max(top for principle, top in most if principle in within)
        yield Remark(f"{path}.{field}", f"it can't be reached{where}: answers bring at most {tops:g} there")
    if figure < least or (figure == least and not above):
        below = rubric.levels[place - 1].name
        yield Remark(f"{path}.{field}", f'"{below}" can\'t be got: the worst answers bring {least:g} already')


def _least_and_most(rubric: Rubric) -> tuple[float, list[tuple[Principle, float]]]:
    """The least that the worst answers bring anywhere, and the most that the best bring, by principle."""
    worst, best = rubric.answers[-1].points, rubric.answers[0].points
    counted = [(each, len(each.criteria) if rubric.rule == "points" else 1) for each in rubric.principles]
    return min(worst * times for _, times in counted), [(principle, best * times) for principle, times in counted]


def _sources(rubric: Rubric) -> Iterator[Remark]:
    cited = {source for criterion in rubric.criteria for source in criterion.sources}
    for place, source in enumerate(rubric.sources):
        if source.id not in cited:
            yield Remark(f"$.sources[{place}]", "no criterion draws on it", note=True)


def _principles(rubric: Rubric, asked: Collection[str]) -> Iterator[Remark]:
    shorts: set[str] = set()
    said: dict[str, str] = {}
    for place, principle in enumerate(rubric.principles):
        path = f"$.principles[{place}]"
        if principle.short.casefold() in shorts:
            yield Remark(f"{path}.short", f'another principle is called "{principle.short}" in tables, too')
        shorts.add(principle.short.casefold())
        yield from _alike(rubric, principle, path)
        yield from _alone(rubric, principle, path)
        for number, criterion in enumerate(principle.criteria):
            here = f"{path}.criteria[{number}]"
            yield from _statement(criterion, said, here)
            yield from _question(criterion, here)
            if asked and criterion.id not in asked and principle.id not in asked:
                yield Remark(f"{here}.question", "no question of the study's guides gets at it")
            if rubric.sources and not criterion.sources:
                yield Remark(here, "no source says why it is asked")


def _alike(rubric: Rubric, principle: Principle, path: str) -> Iterator[Remark]:
    """A level that is left out where levels are picked can't be told from the one below: it counts as the higher."""
    if rubric.rule != "choice":
        return
    for below, level in zip(rubric.levels, rubric.levels[1:], strict=False):
        if level.id not in principle.levels:
            sentence = f'"{below.name}" and "{level.name}" are alike here: who is on one counts as on "{level.name}"'
            yield Remark(path_of(f"{path}.levels", level.id), sentence, note=True)


def _alone(rubric: Rubric, principle: Principle, path: str) -> Iterator[Remark]:
    """Where one criterion is all there is, one wrong answer decides."""
    if rubric.rule == "choice":
        return
    names = {level.id: f'"{level.name}" here' for level in rubric.levels} | {"": "this principle"}
    gates = [criterion.level for criterion in principle.criteria]
    for number, gate in enumerate(gates):
        if gates.count(gate) == 1:
            yield Remark(f"{path}.criteria[{number}]", f"it alone decides on {names[gate]}", note=True)


def _statement(criterion: Criterion, said: dict[str, str], path: str) -> Iterator[Remark]:
    statement = " ".join(criterion.statement.split())
    place = f"{path}.statement"
    if is_reversed(statement):
        yield Remark(place, 'it says what is bad, so that "fully achieved" would be: say what is good')
    if len(statement) > LONGEST_STATEMENT:
        yield Remark(place, f"it is long ({len(statement)} characters): it can't be taken in at a glance")
    if _TWO.search(statement):
        yield Remark(place, "it is more than one sentence: where one holds and the other doesn't, what is the answer?")
    same = said.setdefault(statement.casefold(), criterion.id)
    if same != criterion.id:
        yield Remark(place, f'it says the same as "{same}"')


def is_reversed(statement: str) -> bool:
    """Whether a statement says what is bad; "no more than" and "nothing without a review" do not."""
    return bool(_REVERSED.search(_HARMLESS.sub("", statement)))


def _question(criterion: Criterion, path: str) -> Iterator[Remark]:
    """A question that yes or no answers gets at nothing."""
    if is_closed(criterion.question):
        yield Remark(f"{path}.question", "yes or no answers it: ask how, what, when or who")


def is_closed(question: str) -> bool:
    """Whether yes or no answers a question, from the way it begins."""
    return bool(_CLOSED.match(question.strip()))
