"""Go on with a study in another file, when its own can't be written any more; nothing typed is left behind."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.actions.create import import_document
from app.actions.open_study import OpenStudy
from app.store.inspection import remove_study

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Deed:
    """An action that could not be done yet, with all it needs."""

    action: Callable[..., str]
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)


def go_on_in_copy(study: OpenStudy, target: Path, passphrase: str, unsaved: Sequence[Deed]) -> OpenStudy:
    """Copy the study as it was saved last, do what could not be saved, and give the copy, open.

    Args:
        study: open; it stays so, and as it is.
        target: where the copy goes; must not exist.
        passphrase: the study's own.
        unsaved: what is still only on screen.

    Raises:
        StoreError: it can't be read, the copy not be written, or the passphrase does not open it; no copy is left.
        ActionError: something unsaved was refused; no copy is left.
    """
    study.file.copy_to(target)
    return _opened(target, passphrase, study.who, unsaved)


def go_on_in_new(study: OpenStudy, target: Path, passphrase: str, unsaved: Sequence[Deed]) -> OpenStudy:
    """Make a new study of what this one held when it was read last, without its history; for a file that is gone.

    Args:
        study: open, but perhaps not readable any more.
        target: where the new one goes; must not exist.
        passphrase: for the new file.
        unsaved: what is still only on screen.

    Raises:
        StoreError: it can't be written; nothing is left of it.
        ActionError: something unsaved was refused; nothing is left of it.
    """
    import_document(target, passphrase, study.document)
    return _opened(target, passphrase, study.who, unsaved)


def _opened(target: Path, passphrase: str, who: str, unsaved: Sequence[Deed]) -> OpenStudy:
    opened = None
    try:
        opened = OpenStudy.open(target, passphrase)
        opened.work_as(who)
        for deed in unsaved:
            opened.do(deed.action, *deed.args, **deed.kwargs)
    except BaseException:
        if opened is not None:
            opened.close()
        with contextlib.suppress(OSError):
            remove_study(target)
        raise
    return opened
