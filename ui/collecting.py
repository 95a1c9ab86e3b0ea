"""Keep Python's looks for reference cycles short: what stands as long as a study is open is not looked through.

A full look over window and pages takes a tenth of a second, at a moment nobody chose: while a key is pressed.
"""

from __future__ import annotations

import gc


def put_aside() -> None:
    """Look for cycles now, while nobody waits, and leave all that is there out of what is looked through later."""
    gc.collect()
    gc.freeze()


def take_back() -> None:
    """Look through everything again: what was put aside may be garbage by now."""
    gc.unfreeze()
