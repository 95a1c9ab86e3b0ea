"""A report behind a passphrase: AES-256, to be read and printed, not copied from or changed."""

import io
import unicodedata

import pikepdf
import pypdfium2
import pytest

from app.report.build import make_report
from app.report.protect import protect

PASSPHRASE = "grüne Kachel 7"


@pytest.fixture(scope="module")
def plain(snapshot):
    return make_report(snapshot).content


@pytest.fixture(scope="module")
def locked(plain):
    return protect(plain, PASSPHRASE)


def test_it_opens_with_the_passphrase_alone(locked):
    for other in ("", "grune Kachel 7", PASSPHRASE.upper()):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(locked), password=other)
    with pikepdf.open(io.BytesIO(locked), password=PASSPHRASE) as pdf:
        assert (pdf.encryption.R, pdf.encryption.V, pdf.encryption.bits) == (6, 5, 256)
        assert pdf.user_password_matched
        assert not pdf.owner_password_matched


def test_another_reader_opens_it_and_reads_the_same(plain, locked):
    with pypdfium2.PdfDocument(locked, password=PASSPHRASE) as pdf, pypdfium2.PdfDocument(plain) as open_one:
        told = [page.get_textpage().get_text_bounded() for page in pdf]
        assert told == [page.get_textpage().get_text_bounded() for page in open_one]


def test_it_may_be_printed_and_read_aloud_only(locked):
    with pikepdf.open(io.BytesIO(locked), password=PASSPHRASE) as pdf:
        allowed = {name for name, given in pdf.allow._asdict().items() if given}
    assert allowed == {"accessibility", "print_lowres", "print_highres"}


def test_nothing_of_it_is_readable_without(plain, locked):
    assert b"AutoCorp" in plain
    for words in (b"AutoCorp", b"Fieldquill", "AutoCorp".encode("utf-16-be"), PASSPHRASE.encode()):
        assert words not in locked


def test_its_bytes_are_other_each_time(plain, locked):
    assert protect(plain, PASSPHRASE) != locked


def test_an_accent_typed_in_two_ways_is_one(plain):
    locked = protect(plain, unicodedata.normalize("NFD", PASSPHRASE))
    with pikepdf.open(io.BytesIO(locked), password=PASSPHRASE) as pdf:
        assert pdf.user_password_matched
