"""Two hundred identities in forty spellings, in notes, memos, titles, file names: all are found, none is left."""

import random
import unicodedata

import pytest
from msgspec.structs import replace

from app.disclosure.check import LeakKind, check
from app.disclosure.disclose import disclose
from app.disclosure.names import MARK
from app.disclosure.printed import Printed
from app.disclosure.profiles import STANDARD_PROFILES
from app.model.disclosure import NameKind, Pseudonym
from app.model.evidence import Coding
from app.model.setting import Identity, Participant
from app.model.source import Entry, Source
from tests.documents import example

INTERNAL, _, ANONYMISED = STANDARD_PROFILES
PEOPLE = 200
_FIRST = (
    "Jörg",
    "Anneliese",
    "Bartholomew",
    "Çağla",
    "Dagmar",
    "Eszter",
    "Fiorenza",
    "Grzegorz",
    "Hjördis",
    "Ignatius",
)
_HEAD = ("Quast", "Vrub", "Zschom", "Mölk", "Prysz", "Tjerk", "Wöhrm", "Kjold", "Brzez", "Fjall")
_TAIL = ("enreuth", "ławski", "önssen")
_LOOK_ALIKE = str.maketrans("aeopcxyAEOPCXTHKMB", "аеорсхуАЕОРСХТНКМВ")  # noqa: RUF001 - which are Cyrillic
_SPELT = str.maketrans({"ö": "oe", "ü": "ue", "ä": "ae", "ß": "ss", "Ö": "Oe", "ł": "l"})


def people():
    """Two hundred names that nothing else in a study sounds like."""
    made = [(first, head + tail) for head in _HEAD for tail in _TAIL for first in _FIRST]
    return random.Random(6).sample(made, PEOPLE)


def plain(text):
    """A text without accents."""
    return "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each)).replace(
        "ł", "l"
    )


def spellings(first, last):
    """Forty ways in which a person's name comes to stand in a text; the last four are slips of the pen."""
    small, initial = plain(last).lower(), plain(first)[0]
    middle = len(last) // 2
    return (
        f"{first} {last}",
        f"{last}, {first}",
        f"{first[0]}. {last}",
        last,
        f"{first} {last}'s",
        f"{last}s",
        f"{last.upper()}",
        f"{first.upper()} {last.upper()}",
        plain(last),
        f"{plain(first)} {plain(last)}",
        last.translate(_SPELT),
        unicodedata.normalize("NFD", last),
        last.translate(_LOOK_ALIKE),
        "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in last),
        "\u00ad".join((last[:middle], last[middle:])),
        "\u200b".join(last),
        f"{first}\u00a0{last}",
        f"{first}\n{last}",
        f"{last[:middle]}-\n{last[middle:]}",
        f"{last[:middle]}\n{last[middle:]}",
        " ".join(last),
        ".".join(last),
        f"{last}-Werk",
        f"{last}team",
        f"Team{last}",
        f"Herr {last}",
        f"Dr. {first} {last}",
        f"{first} M. {last}",
        f"{initial.lower()}{small}",
        f"{initial.lower()}.{small}",
        f"{plain(first).lower()}.{small}@corp.example",
        f"{small}_notes.docx",
        f"C:\\Users\\{small}\\plan.xlsx",
        f"https://wiki.corp.example/~{small}/page",
        f"{plain(first)}{plain(last)}",
        f"{last}\u2019s",
        small[:middle] + small[middle + 1 :],
        small[:middle] + small[middle] + small[middle:],
        small[:middle] + small[middle + 1] + small[middle] + small[middle + 2 :],
        small[:middle] + "q" + small[middle + 1 :],
    )


EXACT = 36
WAYS = len(spellings("Ab", "Cdefgh"))


def planted():
    """A study in which each of forty spellings of two hundred names stands in a note, a title or a memo."""
    everybody = people()
    texts = [
        f"Then {way} looked at line {at}" for first, last in everybody for at, way in enumerate(spellings(first, last))
    ]
    entries = tuple(Entry(key=f"e-{at}", text=text) for at, text in enumerate(texts[::2]))
    titled = texts[1::4]
    sources = tuple(Source(key=f"s{at}", title=text, round="r1", remark=text) for at, text in enumerate(titled))
    memos = tuple(Coding(passage="i1-p1", code="monitoring", assessor="ada", memo=text) for text in texts[3::4])
    roles = tuple(Participant(key=f"w{at}", pseudonym=f"W{at}", role="welder") for at in range(PEOPLE))
    identities = tuple(
        Identity(participant=f"w{at}", name=f"{first} {last}") for at, (first, last) in enumerate(everybody)
    )
    document = replace(
        example(),
        participants=(*example().participants, *roles),
        identities=identities,
        sources=(*example().sources, Source(key="big", title="x", round="r1", entries=entries), *sources),
        codings=memos,
        pseudonyms=(),
    )
    return document, texts


def printed(document):
    """What is printed of the study that names were planted in: notes, titles, memos and of file names."""
    big = next(source for source in document.sources if source.key == "big")
    texts = [entry.text for entry in big.entries] + [coding.memo for coding in document.codings]
    texts += [text for source in document.sources if source.key[0] == "s" for text in (source.title, source.remark)]
    pages = [Printed(text, page, "Notes") for page, text in enumerate(texts, 1)]
    return [
        *pages,
        *(each._replace(text=f"{each.text}.pdf", page=-each.page, place="File name") for each in pages[::4]),
    ]


@pytest.mark.slow
def test_every_way_of_writing_a_name_is_found_and_nothing_is_left_once_slips_have_their_pseudonym():
    document, texts = planted()
    assert WAYS == 40
    assert len(texts) == PEOPLE * WAYS

    reported = {leak.page for leak in check(printed(document), document, INTERNAL)}
    assert {each.text for each in printed(document)} >= set(texts)
    assert [each.text for each in printed(document) if each.page not in reported] == []

    shown = disclose(document, ANONYMISED)
    left = check(printed(shown), document, ANONYMISED)
    hosts = [leak for leak in left if leak.kind is LeakKind.HOST]
    assert {leak.kind for leak in left} == {LeakKind.NEAR, LeakKind.HOST}
    assert all(MARK in leak.text for leak in hosts)  # of a page and a folder of theirs the rest is left
    stems = [plain(last).lower() for _, last in people()]
    everything = "\n".join(plain(each.text).lower() for each in printed(shown))
    assert [stem for stem in stems if stem in everything] == []

    slips = tuple(
        Pseudonym(key=f"slip{at}", kind=NameKind.PERSON, name=text, instead="a welder")
        for at, text in enumerate(sorted({leak.text for leak in left if leak not in hosts}))
    )
    named = replace(document, pseudonyms=slips)
    after = check(printed(disclose(named, ANONYMISED)), named, ANONYMISED)
    assert {(leak.text, leak.kind) for leak in after} == {(leak.text, leak.kind) for leak in hosts}
