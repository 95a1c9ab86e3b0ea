"""A whole study for measuring: 1,000 interviews, 10,000 codings, and AutoCorp's judgements resting on its passages."""

import random

import msgspec

from app.actions.create import import_document
from app.exchange.demo import demo_document
from app.model.source import SourceStatus
from tests.bench.big import PASSPHRASE
from tests.bench.coded import coded_document

WIDE = "challenges"  # a code with some 3,000 codings
TWINS = ("tools", "procedures")  # two codes with some 1,500 codings each


def whole_document(sources=1000):
    """What `coded_document` gives, its notes still open, three codes on most of it, and judgements with evidence."""
    chance = random.Random(15)
    demo = demo_document()
    document = coded_document(sources)
    where = [passage.key for passage in document.passages]
    codes = chance.choices((WIDE, *TWINS, None), weights=(30, 15, 15, 40), k=len(document.codings))
    codings = [
        msgspec.structs.replace(coding, code=code or coding.code)
        for coding, code in zip(document.codings, codes, strict=True)
    ]
    return msgspec.structs.replace(
        document,
        sources=tuple(
            msgspec.structs.replace(source, status=SourceStatus.OPEN, guide=demo.guides[0].key)
            for source in document.sources
        ),
        codings=tuple(codings),
        **{
            table: tuple(_rested(chance, thing, where) for thing in getattr(demo, table))
            for table in ("answers", "findings", "challenges", "influences")
        },
    )


def whole_study(path, sources=1000):
    """Make the file."""
    import_document(path, PASSPHRASE, whole_document(sources))
    return path


def _rested(chance, thing, where):
    """Rest a judgement on as many passages as it had, of the large study."""
    passages = chance.sample(where, len(thing.evidence))
    return msgspec.structs.replace(
        thing,
        evidence=tuple(
            msgspec.structs.replace(link, passage=passage, words="")
            for link, passage in zip(thing.evidence, passages, strict=True)
        ),
    )
