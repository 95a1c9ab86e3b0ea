"""Google's levels: everything the page asks for on a level is asked, and nothing else."""

import pytest

from app.rubric import library
from app.scoring.scale import Verdict
from app.scoring.score import score_case

RUBRIC = library.load("google-mlops-levels")

# What the page names for each level, in its order, and the criteria that ask for it. What level 0 is said to
# miss (a log of predictions, watching quality) is asked on level 1, whose triggers need it.
ASKED = {
    "level-1": {
        "rapid experiment": ["orchestrated-experiments"],
        "continuous training in production": ["continuous-training"],
        "symmetry of experiment and operation": ["one-pipeline-everywhere"],
        "modular, ideally containerised components": ["modular-components", "isolated-components"],
        "continuous delivery of models": ["automated-model-deployment"],
        "deployment of the pipeline": ["deployed-pipeline"],
        "data validation: schema, values": ["schema-checks", "statistics-checks"],
        "model validation: test set and comparison": ["comparison-with-current"],
        "model validation: segments": ["consistent-segments"],
        "model validation: infrastructure, interface": ["deployability-checks"],
        "online validation": ["online-validation"],
        "metadata of each execution": ["run-records", "artefact-pointers", "predecessor-and-metrics"],
        "triggers": ["pipeline-triggers"],
        "active monitoring": ["logged-predictions", "watched-quality"],
    },
    "level-2": {
        "development and experimentation": ["ideas-to-pipeline"],
        "continuous integration": ["built-on-every-change"],
        "unit tests of features and model": ["unit-tested-logic"],
        "training converges, without NaN": ["training-behaviour-tests"],
        "components produce their artefacts": ["component-artefact-tests"],
        "integration of components": ["component-integration-tests"],
        "continuous delivery of the pipeline": ["pipeline-delivery"],
        "test, pre-production, production": ["staged-environments"],
        "calling the service": ["service-tests"],
        "load of the service": ["load-tests"],
        "validating data": ["input-checks-in-delivery"],
        "performance targets": ["performance-targets"],
        "model registry": ["model-registry"],
        "feature store": ["feature-store"],  # optional on level 1
        "monitoring as a stage": ["live-statistics", "monitoring-sets-off"],
    },
}


def test_it_has_three_levels_and_a_system_is_on_one_as_a_whole():
    assert [level.name for level in RUBRIC.levels] == ["Level 0", "Level 1", "Level 2"]
    assert (RUBRIC.rule, RUBRIC.overall) == ("staged", "minimum")


@pytest.mark.parametrize("level", ASKED)
def test_a_level_asks_for_what_the_page_names(level):
    gates = {criterion.id for criterion in RUBRIC.criteria if criterion.level == level}
    asked = [criterion for criteria in ASKED[level].values() for criterion in criteria]
    assert sorted(asked) == sorted(gates)


@pytest.mark.parametrize("principle", RUBRIC.principles, ids=lambda principle: principle.id)
def test_a_principle_can_be_judged_on_every_level(principle):
    assert len(principle.levels) == len(RUBRIC.levels)
    assert min(len(principle.criteria_for(level)) for level in ASKED) >= 2
    assert len(principle.criteria) <= 12


def test_one_principle_left_behind_holds_the_system_back():
    said = {criterion.id: Verdict.FULLY for criterion in RUBRIC.criteria}
    said["pipeline-triggers"] = Verdict.NOT_ACHIEVED  # retrained on demand only
    overall = score_case(RUBRIC, said).overall
    assert (overall.level, overall.limiting) == ("level-0", "monitoring-triggers")
