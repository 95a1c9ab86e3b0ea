"""Studies that can't be opened, and what their folders hold before and after."""

import hashlib

import pytest

from app.store.opening import open_study

PASSPHRASE = "correct horse battery"


def listing(folder):
    """Give the folder's files and what is in them."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def refused(path, error, passphrase=PASSPHRASE, **how):
    """Try to open a study that can't be; gives the sentence, which names neither folder nor a second line."""
    with pytest.raises(error) as caught:
        open_study(path, passphrase, **how)
    assert type(caught.value) is error
    sentence = caught.value.sentence
    assert sentence.endswith((".", "first.", "folder."))
    assert "\n" not in sentence
    assert str(path.parent) not in sentence
    return sentence
