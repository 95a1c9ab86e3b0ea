"""Rubrics made up by hypothesis: sound ones of all four rules, whose texts are as odd as the format admits."""

from hypothesis import strategies as st

from app.rubric.structure import Criterion, Given, Level, Offer, Principle, Rubric, Source

ODD = (
    "It runs.",
    "yes",
    "12",
    "1.0",
    "null",
    "- a list",
    "a: field",
    "ends with:",
    "says # more",
    "'quoted' \"twice\"",
    "two  spaces",
    " before",
    "behind ",
    "tab\there",
    "line\nline",
    "line\n\nline\n",
    "\nfirst empty",
    "ends\n\n",
    "  in\n    deep\n",
    "carriage\r\nreturn",
    "next\x85line \u2028 sep",
    "\u202eright to left \ufeff",
    "\U0001f469\u200d\U0001f52c looks",
    "back\\slash",
    "---\n...",
    "*alias &anchor !tag %directive @at `tick",
    "{flow: [mapping]}",
    "word " * 60 + "end.",
    "https://example.org/" + "x" * 130,
    "A statement that is long enough to be folded over lines: with a colon, a # sign, and 'quotes' in it, so there.",
)
_TEXTS = st.one_of(
    st.sampled_from(ODD), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
).filter(lambda text: bool(text.strip()))
_IDS = st.from_regex(r"[a-z][a-z0-9]{0,4}(-[a-z0-9]{1,3})?", fullmatch=True) | st.sampled_from(["yes", "null", "on"])


def _short(most):
    return _TEXTS.map(lambda text: text[:most]).filter(lambda text: bool(text.strip()))


@st.composite
def rubrics(draw, rule=None):
    """Sound rubrics of any rule, or of the one given."""
    rule = rule or draw(st.sampled_from(["staged", "choice", "mean", "points"]))
    counts = rule in ("mean", "points")
    levels = _levels(draw, counts=counts)
    sources = [_source(draw, each) for each in draw(st.lists(_IDS, unique=True, max_size=2))]
    ids = iter(draw(st.lists(_IDS, unique=True, min_size=24, max_size=24)))
    principles = [_principle(draw, rule, levels, sources, ids) for _ in range(draw(st.integers(1, 3)))]
    return Rubric(
        id=draw(_IDS),
        version=draw(st.from_regex(r"[0-9]{1,2}(\.[0-9]{1,2}){0,2}", fullmatch=True)),
        title=draw(_TEXTS),
        summary=draw(_TEXTS),
        licence=draw(_TEXTS),
        licence_note=draw(st.just("") | _TEXTS),
        language=draw(st.sampled_from(["en", "no", "de-DE"])),
        rule=rule,
        overall=draw(st.sampled_from(["median", "minimum", "mean", "none"])),
        answers=() if rule == "choice" else _offers(draw, rule),
        levels=tuple(levels),
        principles=tuple(principles),
        sources=tuple(sources),
    )


def _levels(draw, *, counts):
    ids = draw(st.lists(_IDS, unique=True, min_size=2, max_size=4))
    figures = sorted(draw(st.sets(st.floats(-5, 1e17, allow_nan=False), min_size=len(ids), max_size=len(ids))))
    begins = [{}, *({draw(st.sampled_from(["above", "at_least"])): each} for each in figures[1:])]
    return [
        Level(id=each, name=draw(_short(24)), summary=draw(_TEXTS), **(begin if counts else {}))
        for each, begin in zip(ids, begins, strict=True)
    ]


def _source(draw, source_id):
    year, url, note = draw(
        st.tuples(
            st.none() | st.integers(1900, 2999),
            st.none() | st.sampled_from(["https://example.org/a#b", "http://example.org:"]),
            st.none() | _TEXTS,
        )
    )
    return Source(id=source_id, title=draw(_TEXTS), year=year, url=url, note=note)


def _offers(draw, rule):
    given = draw(st.lists(st.sampled_from(list(Given)), unique=True, min_size=2 if rule != "staged" else 0))
    given.sort(key=list(Given).index)
    points = sorted(draw(st.sets(st.integers(0, 1000), min_size=len(given), max_size=len(given))), reverse=True)
    return tuple(
        Offer(verdict=verdict, short=draw(_short(12)), label=draw(_short(80)), points=worth / 4)
        for verdict, worth in zip(given, points, strict=True)
    )


def _principle(draw, rule, levels, sources, ids):
    lowest, *above = [level.id for level in levels]
    described = [lowest, *(each for each in above if draw(st.booleans()))]
    gated = described[1:] if rule == "staged" else [""]
    if rule == "staged" and not gated:
        described, gated = [lowest, above[-1]], above[-1:]
    known = [source.id for source in sources]
    return Principle(
        id=next(ids),
        name=draw(_TEXTS),
        short=draw(_short(24)),
        description=draw(_TEXTS),
        levels={each: draw(_TEXTS) for each in described if rule in ("staged", "choice") or draw(st.booleans())},
        criteria=tuple(
            Criterion(
                id=next(ids),
                level=level,
                statement=draw(_TEXTS),
                evidence=draw(_TEXTS),
                question=draw(_TEXTS),
                advice=draw(_TEXTS),
                sources=tuple(known[: draw(st.integers(0, len(known)))]),
            )
            for level in gated
            for _ in range(1 if rule == "choice" else draw(st.integers(1, 2)))
        ),
    )
