"""How far two coders agreed: Krippendorff's alpha and percent agreement, per code and overall, and where they differ.

The units are the lines with words of the sources both coded, but for those noted when a coder was done already: they
would count as lines that neither put anything on. A code is either put on a line or not, so that for each
code every line is judged by both coders with one of two values, a nominal variable (Krippendorff, *Content Analysis*,
chapter on reliability). A line may carry several codes: the codes are therefore no values of one variable, and overall
alpha is that of all these judgements together, line by code, for the codes that either coder used. A code that neither
used would only add lines on which both put nothing.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from app.analysis.alpha import alpha
from app.analysis.blind import is_blind
from app.analysis.citations import Citations
from app.model.evidence import Resolution

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.model.document import StudyDocument
    from app.model.evidence import Code, DoubleCoding
    from app.model.source import Entry

RELIABLE = 0.8  # what Krippendorff (Content Analysis, 2004, page 241) asks for
TENTATIVE = 0.667  # the least he draws tentative conclusions from
NO_LINES = "These sources have no lines with words."
NO_CODES = "Neither put on any code."
ALWAYS = "Both put it on every line: where nothing varies, alpha says nothing."


class Measure(Struct, frozen=True):
    """How far two coders agreed on some judgements; `alpha` is None where it is undefined, and `why` says so.

    `percent` is 0 to 100, None where nothing was judged. `first` and `second` count what only that coder put on.
    """

    both: int
    first: int
    second: int
    neither: int
    alpha: float | None
    percent: float | None
    why: str = ""


class CodeAgreement(Struct, frozen=True):
    """How far two coders agreed on one code."""

    code: str
    name: str
    measure: Measure


class Difference(Struct, frozen=True):
    """A code that only one of two coders put on a line: who, where, what it says, and what was agreed since."""

    entry: str
    code: str
    name: str
    coder: str
    source: str
    citation: str
    words: str
    resolution: Resolution | None

    @property
    def key(self) -> str:
        """Tell it from the others; neither key has a space in it."""
        return f"{self.entry} {self.code}"


class Agreement(Struct, frozen=True):
    """How far two coders agreed: overall, by code as the codebook has them, and each difference as the notes stand.

    `lines` counts the units; `only_first` and `only_second` are the codes that one coder used and the other never.
    """

    lines: int
    overall: Measure
    codes: tuple[CodeAgreement, ...]
    differences: tuple[Difference, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]


def agreement(document: StudyDocument, double: DoubleCoding) -> Agreement:
    """Measure how far two coders agreed, on what each had put on when they were done.

    Args:
        document: the study.
        double: the double coding.

    Raises:
        ValueError: a coder is not done.
    """
    if is_blind(double):
        raise ValueError("a coder is not done")
    lines = _judged_lines(document, double)
    keys = [entry.key for _, entry in lines]
    put = [_put(double, coder, keys) for coder in (double.first, double.second)]
    used = [code for code in document.codes if any(code.key in mine for mine in put)]
    judged = [[mine.get(code.key, _NOTHING) for mine in put] for code in used]
    by_code = list(zip(used, judged, strict=True))
    return Agreement(
        len(keys),
        _measure(keys, judged),
        tuple(CodeAgreement(code.key, code.name, _measure(keys, [each])) for code, each in by_code),
        _differences(document, double, lines, by_code),
        *(tuple(code.key for code in used if code.key not in other) for other in reversed(put)),
    )


def shared_lines(document: StudyDocument, double: DoubleCoding) -> list[tuple[str, Entry]]:
    """List the lines with words of the sources both coded, with their source, in the notes' order."""
    shared = set(double.sources)
    sources = (source for source in document.sources if source.key in shared)
    return [(source.key, entry) for source in sources for entry in source.entries if entry.text.strip()]


def _judged_lines(document: StudyDocument, double: DoubleCoding) -> list[tuple[str, Entry]]:
    """List the lines that both had before them; one that does not say when it was noted was there."""
    done = min(each for each in (double.first_done_at, double.second_done_at) if each)
    return [(source, entry) for source, entry in shared_lines(document, double) if not (entry.at and entry.at > done)]


_Put = dict[str, frozenset[str]]  # by code, the lines a coder put it on
_NOTHING: frozenset[str] = frozenset()
_PAIRS = ((True, True), (True, False), (False, True), (False, False))


def _put(double: DoubleCoding, coder: str, lines: Iterable[str]) -> _Put:
    known = set(lines)
    found: dict[str, set[str]] = {}
    for each in double.coded:
        if each.coder == coder and each.entry in known:
            found.setdefault(each.code, set()).add(each.entry)
    return {code: frozenset(entries) for code, entries in found.items()}


def _measure(lines: Sequence[str], judged: Sequence[Sequence[frozenset[str]]]) -> Measure:
    """Measure agreement over lines by codes: `judged` gives for each code the lines either coder put it on."""
    data = [[line in mine[coder] for mine in judged for line in lines] for coder in (0, 1)]
    counts = Counter(zip(*data, strict=True))
    both, first, second, neither = (counts[one, other] for one, other in _PAIRS)
    total = both + first + second + neither
    found = alpha(data)
    why = "" if found is not None else ALWAYS if both else NO_CODES if lines else NO_LINES
    return Measure(both, first, second, neither, found, 100 * (both + neither) / total if total else None, why)


def _differences(
    document: StudyDocument,
    double: DoubleCoding,
    lines: Sequence[tuple[str, Entry]],
    by_code: Sequence[tuple[Code, Sequence[frozenset[str]]]],
) -> tuple[Difference, ...]:
    """List what only one put on, line by line, and in each line in the order of the codes."""
    citations = Citations(document)
    agreed = {(each.entry, each.code): each for each in double.resolutions}
    return tuple(
        Difference(
            entry.key,
            code.key,
            code.name,
            double.first if entry.key in first else double.second,
            source,
            citations.entry(entry.key),
            entry.text,
            agreed.get((entry.key, code.key)),
        )
        for source, entry in lines
        for code, (first, second) in by_code
        if (entry.key in first) is not (entry.key in second)
    )
