"""A finding is a line: written, written anew with its evidence kept, and removed whole."""

import pytest
from msgspec.structs import replace

from app.actions import findings, links
from app.actions.errors import NotFoundError, RefusedError
from app.actions.overrides import Place
from tests.app.actions.clocked import check_undo

FIRST = Place(rubric="small", principle="first", case="c1", round="r1")
NEW = replace(FIRST, principle="second", case="c2")


def standing(study, place):
    found = (each for each in study.document.findings if (each.case, each.principle) == (place.case, place.principle))
    return next(found, None)


def test_a_finding_is_written_on_one_line(study):
    changes = check_undo(study, findings.write_finding, NEW, "  Nobody\n looks. ")
    assert changes.label == "Write the finding on Second of Two"
    assert standing(study, NEW).text == "Nobody looks."


def test_what_it_rests_on_stays(study):
    before = standing(study, FIRST).evidence
    check_undo(study, findings.write_finding, FIRST, "It runs well.")
    assert (standing(study, FIRST).text, standing(study, FIRST).evidence) == ("It runs well.", before)


def test_it_rests_on_passages_by_its_place(study):
    study.do(findings.write_finding, NEW, "Nobody looks.")
    study.do(links.link, findings.owner(NEW), "m1-p1")
    assert [each.passage for each in standing(study, NEW).evidence] == ["m1-p1"]
    assert standing(study, NEW).text == "Nobody looks."


@pytest.mark.parametrize(("text", "says"), [(" \n", "needs its words"), ("x" * 201, "text can't be kept")])
def test_what_is_refused(study, text, says):
    with pytest.raises(RefusedError, match=says):
        study.do(findings.write_finding, NEW, text)


def test_it_is_removed_with_its_links(study):
    changes = check_undo(study, findings.remove_finding, FIRST)
    assert changes.label == "Remove the finding on First of Canary one and 1 link"
    assert standing(study, FIRST) is None
    study.do(findings.write_finding, NEW, "Nobody looks.")
    assert study.do(findings.remove_finding, NEW).label == "Remove the finding on Second of Two"
    with pytest.raises(NotFoundError, match="no finding to remove"):
        study.do(findings.remove_finding, NEW)
