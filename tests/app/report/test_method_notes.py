"""What the method section tells of how notes were completed, reconciled and changed."""

from datetime import timedelta

import msgspec
import pytest

from app.model.source import Fate, Original, Version

replace = msgspec.structs.replace


@pytest.fixture(scope="module")
def second(study):
    """The one interview with notes, which ended a quarter past midnight in Berlin."""
    return study.sources[1]


def told(study, make_report, *sources, versions=()):
    others = [source for source in study.sources if source.key not in {each.key for each in sources}]
    return make_report(replace(study, sources=(*others, *sources), versions=tuple(versions))).flat


def finished(source, key="i2", **after):
    entries = tuple(replace(line, key=line.key.replace("i2", key)) for line in source.entries)
    return replace(source, key=key, entries=entries, finished_at=source.ended_at + timedelta(**after))


def test_nothing_is_told_of_what_nobody_knows(study, make_report):
    assert "completed" not in told(study, make_report)


def test_one_interview(study, second, make_report):
    same = told(study, make_report, finished(second, minutes=35))
    assert "The notes of 1 interview were completed the same day, 35 min after it." in same
    late = told(study, make_report, finished(second, hours=30))
    assert "The notes of 1 interview were completed on a later day, 30 h after it." in late


def test_several_interviews(study, second, make_report):
    many = [finished(second, key, minutes=minutes) for key, minutes in (("i2", 30), ("i3", 65), ("i4", 290))]
    gaps = "in the median 1 h 5 min after the interview and at the latest 4 h 50 min after it."
    assert f"The notes of 3 interviews were completed the same day, {gaps}" in told(study, make_report, *many)
    many[2] = finished(second, "i4", days=3)
    gaps = "in the median 1 h 5 min after the interview and at the latest 3 days after it."
    some = f"The notes of 3 interviews were completed, 2 of them the same day, {gaps}"
    assert some in told(study, make_report, *many)
    none = told(study, make_report, *(finished(second, key, days=3) for key in ("i2", "i3")))
    assert "completed, none of them the same day" in none


def test_reconciled_and_changed_lines(study, second, make_report):
    own = tuple(Original(key=f"o{who}", author=who, text="So", fate=Fate.TAKEN) for who in ("a1", "a2"))
    sealed = replace(finished(second, minutes=35), originals=own)
    changed = [
        Version(
            source="i2", line=f"i2-{n}", sitting="s", text="Before", until=sealed.ended_at + timedelta(minutes=20 * n)
        )
        for n in (1, 2)
    ]
    both = told(study, make_report, sealed, versions=changed)
    assert "Of 1 interview two assessors took notes, which were reconciled line by line." in both
    assert (
        "2 lines were changed after the interview, 1 of them after the notes were finished, each for a reason that "
        "is kept." in both
    )
    one = told(study, make_report, sealed, versions=changed[:1])
    assert "1 line was changed after the interview." in one
