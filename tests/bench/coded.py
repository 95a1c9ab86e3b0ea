"""A large coded study for measuring, made in memory: to write it into a file would take longer than to measure it."""

import random
from datetime import UTC, datetime

import msgspec

from app.exchange.demo import demo_document
from app.model.evidence import Coding, Passage, Span
from app.model.source import Entry, Source, SourceStatus
from tests.bench.big import sentence

AT = datetime(2022, 10, 10, 9, tzinfo=UTC)


def coded_document(sources=1000, words=2000, codings=10, lines=30):
    """AutoCorp's codebook, people and cases, with so many interviews of so many words and codings each.

    Half of the passages are whole lines, the others some words of one; one in five overlaps the one before, and one
    coding in ten has a memo.
    """
    chance = random.Random(4711)
    demo = demo_document()
    codes = [code.key for code in demo.codes if code.parent]
    people = [person.key for person in demo.participants]
    made = [_interview(chance, demo, number, people, words, lines) for number in range(sources)]
    passages = [passage for source in made for passage in _passages(chance, source, codings)]
    put = [_coding(chance, demo, passage, codes) for passage in passages]
    return msgspec.structs.replace(
        demo,
        sources=tuple(made),
        passages=tuple(passages),
        codings=tuple(sorted(put, key=lambda each: (each.passage, each.code, each.assessor))),
        versions=(),
        sheets=(),
        follow_ups=(),
        answers=(),
        findings=(),
        challenges=(),
        influences=(),
    )


def _interview(chance, demo, number, people, words, lines):
    key = f"b{number}"
    attending = tuple(chance.sample(people, 2))
    return Source(
        key=key,
        title=f"Interview {number}",
        round=chance.choice(demo.rounds).key,
        status=SourceStatus.FINISHED,
        started_at=AT,
        participants=attending,
        cases=(chance.choice(demo.cases).key,),
        entries=tuple(
            Entry(
                key=f"{key}-{line}",
                text=sentence(chance, words // lines),
                at=AT,
                speaker=chance.choice((*attending, None)),
            )
            for line in range(lines)
        ),
    )


def _passages(chance, source, count):
    lines = sorted(chance.sample(range(len(source.entries)), count))
    for number, line in enumerate(lines):
        if number and chance.random() < 0.2:
            line = lines[number - 1]  # noqa: PLW2901 - over the one before
        entry = source.entries[line]
        whole = chance.random() < 0.5
        start = 0 if whole else chance.randrange(len(entry.text) // 2)
        end = len(entry.text) if whole else chance.randrange(start + 1, len(entry.text))
        spans = (Span(entry=entry.key, start=start, end=end, whole=whole),)
        yield Passage(key=f"{source.key}-p{number}", source=source.key, words=entry.text[start:end], spans=spans)


def _coding(chance, demo, passage, codes):
    return Coding(
        passage=passage.key,
        code=chance.choice(codes),
        assessor=chance.choice(demo.assessors).key,
        case=chance.choice((*(case.key for case in demo.cases), None)),
        memo=sentence(chance) if chance.random() < 0.1 else "",
        made_at=AT,
    )
