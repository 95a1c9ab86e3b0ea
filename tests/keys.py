"""How long the tests take to derive a key from a passphrase: as the product does, or a thousandth of that."""

import contextlib

import sqlcipher3.dbapi2 as sqlcipher

USUAL = 256_000
QUICK = 256


@contextlib.contextmanager
def keys_derived_in(rounds):
    """Set the rounds for every file that is made or opened meanwhile; a file opens with those it was made with."""
    with contextlib.closing(sqlcipher.connect(":memory:")) as connection:
        before = connection.execute("PRAGMA cipher_default_kdf_iter").fetchone()[0]
        connection.execute(f"PRAGMA cipher_default_kdf_iter = {rounds}")
    try:
        yield
    finally:
        with contextlib.closing(sqlcipher.connect(":memory:")) as connection:
            connection.execute(f"PRAGMA cipher_default_kdf_iter = {before}")


def make_quickly(path, passphrase, document):
    """Make a study file whose key is derived quickly: a template for tests that open it so."""
    from app.actions.create import import_document

    with keys_derived_in(QUICK):
        import_document(path, passphrase, document)
    return path
