"""How far a study's judgements are covered by evidence, and its notes used: figures for a page, a report, a script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from app.analysis.evidence_warnings import WarningKind, counted
from app.model.assessment import Answer
from app.model.evidence import Weight
from app.model.source import SourceKind
from app.scoring.scale import is_achievement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.analysis.chain import Chain
    from app.analysis.evidence_warnings import EvidenceWarning
    from app.model.document import StudyDocument
    from app.model.source import Source


class Coverage(Struct, frozen=True):
    """Counts: answers and links are those of the round assessed, passages and interviews those of the whole study.

    Answers that need no evidence (unknown, withheld, not applicable) count only where they have some. A passage is
    used once any judgement rests on it; an interview is coded once any of its passages has a code.
    """

    answers: int
    with_evidence: int
    passages: int
    used: int
    interviews: int
    coded: int
    weights: Mapping[Weight, int]
    warnings: Mapping[WarningKind, int]


def coverage(chain: Chain, found: Sequence[EvidenceWarning]) -> Coverage:
    """Count what there is; `found` are the chain's warnings."""
    document = chain.document
    answers = [each for each in chain.judgements if isinstance(each, Answer)]
    noted = {each.key for each in noted_interviews(document)}
    weights = Counter(link.evidence.weight for link in chain.all_links)
    warned = counted(found)
    return Coverage(
        sum(map(counts_for_evidence, answers)),
        sum(bool(each.evidence) for each in answers),
        len(document.passages),
        sum(chain.is_used(each.key) for each in document.passages),
        len(noted),
        len(noted & coded_sources(chain)),
        {weight: weights[weight] for weight in Weight},
        {kind: warned[kind] for kind in WarningKind},
    )


def counts_for_evidence(answer: Answer) -> bool:
    """Whether an answer counts among those that rest on evidence or should: it does, or says how far."""
    return bool(answer.evidence) or is_achievement(answer.verdict)


def noted_interviews(document: StudyDocument) -> tuple[Source, ...]:
    """List the interviews with notes."""
    return tuple(each for each in document.sources if each.kind is SourceKind.INTERVIEW and each.entries)


def coded_sources(chain: Chain) -> frozenset[str]:
    """Name the sources of which any passage has a code."""
    return frozenset(chain.words.source(each.passage) for each in chain.document.codings)
