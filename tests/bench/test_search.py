"""What searching costs in a large study, beside plain SQLite on the same texts; printed, and never failed on."""

import random
import sqlite3
import statistics
import time
from uuid import UUID, uuid4

from app.actions import notes
from app.actions.create import import_document
from app.actions.open_study import OpenStudy
from app.exchange.demo import demo_document
from app.model.source import Entry, SourceKind
from app.search import index
from app.search.find import MOST, Filters, Finder, Sort
from app.search.matching import matches
from app.search.query import parse

PASSPHRASE = "correct horse battery"
NOTES = 10_000
WORDS = 500
TIMES = 5
SYLLABLES = [
    f"{first}{vowel}"
    for first in ["b", "ch", "d", "f", "g", "h", "l", "m", "n", "pr", "r", "s", "st", "t", "v", "w"]
    for vowel in "aeiouü"
]


def word(number):
    """The word that is the `number`th most frequent: made up, and of as many syllables as its number has digits."""
    parts, left = [], number + 100
    while left:
        left, part = divmod(left, len(SYLLABLES))
        parts.append(SYLLABLES[part])
    return "".join(parts)


QUERIES = {
    "a rare word": word(8000),
    "a word of one note in fifty": word(3000),
    "a word of one note in ten": word(500),
    "a word of nearly every note": word(1),
    "two words": f"{word(300)} {word(700)}",
    "a phrase": f'"{word(10)} {word(60)}"',
    "a beginning": f"{word(8000)[:4]}*",
    "NEAR": f"NEAR({word(100)} {word(200)}, 5)",
    "without a word": f"{word(900)} -{word(40)}",
    "letters with accents": word(5).replace("ü", "u").upper(),
    "five words": " ".join(word(number) for number in (20, 30, 40, 50, 60)),
}

TYPING = {"while typing, two letters": "st", "while typing, three": "prü", "while typing, five": f"{word(300)[:5]}"}


def texts(count=NOTES, words=WORDS):
    """Words as often as words are: the n-th about a n-th as often as the first."""
    chance = random.Random(4711)
    known = [word(number) for number in range(20_000)]
    often = [1 / (number + 10) for number in range(20_000)]
    return [" ".join(chance.choices(known, often, k=words)) for _ in range(count)]


def large_study(path, written):
    """A study with those notes, 50 a source; put in past the actions, which would take a minute."""
    import_document(path, PASSPHRASE, demo_document())
    study = OpenStudy.open(path, PASSPHRASE)
    connection = study.file.connection
    sources = [source for source in study.document.sources if source.kind is SourceKind.INTERVIEW]
    people = {person: row for row, person in connection.execute("SELECT id, key FROM participants").fetchall()}
    connection.execute("BEGIN")
    for number, text in enumerate(written):
        source = sources[number // 50 % len(sources)]
        speaker = people[source.participants[0]] if source.participants else None
        connection.execute(
            'INSERT INTO entries (id, source_id, "key", position, text, kind, uncertain, released, speaker_id) '
            "VALUES (?, ?, ?, ?, ?, 'paraphrase', 0, 0, ?)",
            (str(uuid4()), str(source.id), f"bench-{number}", 1000.0 + number, text, speaker),
        )
    connection.execute("COMMIT")
    study.close()
    return OpenStudy.open(path, PASSPHRASE)


def plain_index(path, written):
    plain = sqlite3.connect(path, isolation_level=None)
    plain.execute("CREATE VIRTUAL TABLE texts USING fts5(text, tokenize='unicode61 remove_diacritics 2')")
    begun = time.perf_counter()
    plain.execute("BEGIN")
    plain.executemany("INSERT INTO texts (text) VALUES (?)", [(text,) for text in written])
    plain.execute("COMMIT")
    return plain, time.perf_counter() - begun


def timed(work, times=TIMES):
    """Seconds of several runs."""
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        found.append(time.perf_counter() - begun)
    return found


def told(found):
    """Median and 95th percentile, in milliseconds."""
    return f"p50 {statistics.median(found) * 1000:5.1f} ms, p95 {sorted(found)[len(found) * 95 // 100] * 1000:5.1f} ms"


def test_searching_a_large_study(tmp_path):
    written = texts()
    plain, plainly_built = plain_index(tmp_path / "plain.db", written)
    with large_study(tmp_path / "large.fieldquill", written) as study:
        begun = time.perf_counter()
        steps = sum(1 for _ in index.build(study.file))
        took = time.perf_counter() - begun
        print(
            f"\nindex of {NOTES:,} notes x {WORDS} words: {took:.1f} s in {steps} steps (plain {plainly_built:.1f} s)"
        )
        finder = Finder(study)
        print(f"first search, with the catalogue: {timed(lambda: finder.find(parse(word(8000))), 1)[0] * 1000:.0f} ms")
        _search_for_each(finder, plain, QUERIES)
        _search_for_each(finder, plain, TYPING)
        _search_filtered(finder)
        _scan(study)
        _save(study)
    plain.close()


def _search_for_each(finder, plain, queries):
    sql = f"SELECT snippet(texts, 0, '[', ']', '…', 16) FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT {MOST}"
    ours, theirs = [], []
    for name, typed in queries.items():
        query = parse(typed, typing=queries is TYPING)
        mine = timed(lambda query=query: finder.find(query))
        bare = timed(lambda query=query: plain.execute(sql, (query.expression(),)).fetchall())
        hits = len(finder.find(query).hits)
        print(f"  {name:28} {hits:3} hits  {told(mine)};  plain {told(bare)}")
        ours += mine
        theirs += bare
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(f"searching, all of these: {told(ours)} (at most 20 ms); plain {told(theirs)}; ratio {ratio:.1f}")


def _search_filtered(finder):
    document = finder.catalogue.document
    for name, filters in {
        "a case": Filters(case=document.cases[0].key),
        "a role": Filters(role=document.participants[0].role),
        "a code": Filters(code=document.codes[0].key),
        "rationales": Filters(sort=Sort.RATIONALES),
    }.items():
        finder.find(parse(word(1)), filters)
        found = timed(lambda filters=filters: finder.find(parse(word(1)), filters))
        print(f"  of {name:25} {len(finder.find(parse(word(1)), filters).hits):3} hits  {told(found)}")


def _scan(study):
    """As in a file that has no index and may only be read."""
    things = [entry.text for source in study.document.sources for entry in source.entries]
    for typed in (word(8000), word(1)):
        begun = time.perf_counter()
        count = sum(matches(parse(typed), text) for text in things)
        print(f"  read through without an index {count:5} hits  {(time.perf_counter() - begun) * 1000:.0f} ms")


def _save(study):
    """What keeping in step adds to saving one line."""
    key = study.document.sources[0].key
    study.do(notes.write, key, [notes.AddEntry(Entry(key="step", text=""))], reason="bench")
    study.do(notes.write, key, [notes.SetEntry(Entry(key="step", text="warm"))], reason="bench")
    noted = []
    once = index.note

    def measured(*args):
        begun = time.perf_counter()
        once(*args)
        noted.append(time.perf_counter() - begun)

    index.note = measured
    try:
        saved = timed(lambda: _write(study, key), 200)
    finally:
        index.note = once
    study.file.connection.execute("DELETE FROM search_rows")
    bare = timed(lambda: _write(study, key), 200)
    print(f"keeping one line in step: {told(noted)} (at most 0.5 ms); saving it {told(saved)}, unindexed {told(bare)}")


def _write(study, key):
    entry = Entry(key="step", text=f"a line of notes {UUID(int=time.time_ns())}")
    study.do(notes.write, key, [notes.SetEntry(entry)], reason="bench")
