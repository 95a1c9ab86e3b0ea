"""Words the report puts around what a study holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.model.assessment import Confidence, ReviewVerdict, Tendency
from app.model.evidence import Weight
from app.model.setting import Permission
from app.model.source import SourceKind
from app.scoring.explain import figure_text
from app.scoring.scale import percent_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.model.setting import SitePolicy
    from app.scoring.scale import Step

DASH: Final = "\N{EN DASH}"
TIMES: Final = "\N{MULTIPLICATION SIGN}"
APOSTROPHE: Final = "\N{RIGHT SINGLE QUOTATION MARK}"

TENDENCIES: Final = {Tendency.FACILITATES: "Facilitates", Tendency.INHIBITS: "Inhibits"}
WEIGHTS: Final = {Weight.SAID: "said", Weight.SHOWN: "shown", Weight.DOCUMENTED: "documented"}
SOURCES: Final = {
    SourceKind.INTERVIEW: "interview",
    SourceKind.MEETING: "meeting",
    SourceKind.OBSERVATION: "observation",
    SourceKind.DOCUMENT: "document",
}
PERMISSIONS: Final = {
    Permission.ALLOWED: "allowed",
    Permission.RESTRICTED: "restricted",
    Permission.FORBIDDEN: "forbidden",
    Permission.NOT_ASKED: "not asked",
}
REVIEWED: Final = {
    ReviewVerdict.CONFIRMED: "Confirmed",
    ReviewVerdict.CORRECTED: "Corrected",
    ReviewVerdict.DISPUTED: "Disputed",
}
CONFIDENCES: Final = {Confidence.LOW: "low", Confidence.MEDIUM: "medium", Confidence.HIGH: "high"}


def covers(step: Step) -> str:
    """Say what an answer covers or counts for: "> 50\N{EN DASH}85 %", "0.5 points"; empty where it does not say."""
    if step.points is None:
        return percent_text(step).replace("-", DASH)
    return f"{figure_text(step.points)} {'point' if step.points == 1 else 'points'}"


def site_rules(policy: SitePolicy) -> str:
    """Say what a site allows, without a capital or a full stop: "forbidden: recording; restricted: laptops"."""
    asked = {
        "recording": policy.recording,
        "photographs": policy.photographs,
        "laptops": policy.laptops,
        "removable media": policy.removable_media,
    }
    groups = (
        f"{PERMISSIONS[permission]}: {', '.join(names)}"
        for permission in Permission
        if (names := [name for name, given in asked.items() if given is permission])
    )
    return "; ".join(groups)


def count(number: int, one: str, many: str = "") -> str:
    """Count things: "1 case", "3 cases"."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def listed(words: Sequence[str]) -> str:
    """Put words in a row: "a, b and c"; empty for none."""
    if not words:
        return ""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def percent(share: float) -> str:
    """Give a share in percent; only all of it is 100 %, only none of it 0 %."""
    rounded = round(share * 100)
    if 0 < share < 1:
        rounded = min(max(rounded, 1), 99)
    return f"{rounded} %"


def sentence(text: str) -> str:
    """End a text with a full stop where it has no end of its own."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…" else f"{text}."


def minus(figure: str) -> str:
    """Write a negative number with a minus sign, which stands as high and wide as a figure, not with a hyphen."""
    return f"\N{MINUS SIGN}{figure[1:]}" if figure.startswith("-") else figure


def capital(text: str) -> str:
    """Begin a text with a capital."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """Write a name as it stands within a sentence: small, but what stands in capitals stays: "ML infrastructure"."""
    return " ".join(word if word[1:] != word[1:].lower() else word.lower() for word in text.split(" "))


def cut(text: str, room: int) -> str:
    """Return a text cut at a word's end, with an ellipsis, where it is longer than `room` characters."""
    text = " ".join(text.split())
    if len(text) <= room:
        return text
    head = text[: room - 1]
    at_word = head.rsplit(" ", 1)[0] if " " in head[room // 2 :] else head
    return f"{at_word.rstrip(',;:. ')}…"
