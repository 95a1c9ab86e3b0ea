"""What an assessor does with the evidence of an own answer, each thing one action."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from app.actions import assess, links
from app.model.evidence import Evidence, Weight
from ui.widgets.turning import following

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.analysis.assessment import JudgedCriterion
    from ui.desk import Desk


class Linking:
    """Links, unlinks, weighs and annotates.

    Args:
        desk: does the actions.
        at: says which answer to a criterion is meant; None where nobody can answer, and has then said why.
        judged: gives a criterion of the case shown, with its answers.
    """

    def __init__(
        self, desk: Desk, at: Callable[[str], assess.Place | None], judged: Callable[[str], JudgedCriterion | None]
    ) -> None:
        self._desk = desk
        self._at = at
        self._judged = judged

    def link(self, criterion: str, passage: str) -> None:
        """Rest an answer on one more passage."""
        at = self._at(criterion) if self.held(criterion, passage) is None else None
        if at is not None:
            self._desk.do(links.link, assess.owner(at), passage)

    def unlink(self, criterion: str, passage: str) -> None:
        """Rest it on one less."""
        at = self._at(criterion)
        if at is not None and self.held(criterion, passage) is not None:
            self._desk.do(links.unlink, assess.owner(at), passage)

    def weigh(self, criterion: str, passage: str) -> bool:
        """Go on to the next weight; whether it now wants a reference that it has not."""
        held = self.held(criterion, passage)
        if held is None:
            return False
        weight = following(held.weight)
        done = self._change(criterion, passage, weight=weight)
        return done and weight is Weight.DOCUMENTED and not held.reference

    def turn(self, criterion: str, passage: str) -> None:
        """Turn it from for to against, or back."""
        if held := self.held(criterion, passage):
            self._change(criterion, passage, stance=following(held.stance))

    def write(self, criterion: str, passage: str, what: str, text: str) -> bool:
        """Write its "reference" or its "note"; whether that was kept."""
        return self._change(criterion, passage, **{what: text})

    def check(self, criterion: str, passage: str) -> None:
        """Say that the answer stands on the words as they are now."""
        at = self._at(criterion)
        if at is not None and self.held(criterion, passage) is not None:
            self._desk.do(links.check, assess.owner(at), passage)

    def held(self, criterion: str, passage: str) -> Evidence | None:
        """Find how the own answer rests on a passage; None where it does not."""
        judged, who = self._judged(criterion), self._desk.study.who
        own = [answer for answer in judged.answers if answer.assessor == who] if judged else []
        return next((link for answer in own for link in answer.evidence if link.passage == passage), None)

    def _change(self, criterion: str, passage: str, **new: object) -> bool:
        at = self._at(criterion)
        if at is None:
            return False
        how = partial(_changed, new=new)
        return self._desk.do(links.change_link, assess.owner(at), passage, how) is not None


def _changed(link: Evidence, new: dict[str, object]) -> Evidence:
    return msgspec.structs.replace(link, **new)
