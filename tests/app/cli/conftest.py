"""A study file whose key is derived quickly, for the commands that are tried on many copies of it."""

import pytest

from tests.documents import example
from tests.keys import make_quickly

PASSPHRASE = "correct horse battery"


@pytest.fixture(scope="package")
def quick_template(tmp_path_factory):
    """The study of `tests.documents`, with quickly derived keys: copy it."""
    return make_quickly(tmp_path_factory.mktemp("quick") / "template.fieldquill", PASSPHRASE, example())
