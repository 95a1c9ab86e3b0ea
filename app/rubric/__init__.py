"""Maturity models: what a rubric is, how one is read, and those that come with the product."""

from app.rubric.structure import Criterion, Level, Principle, Rubric, Source

__all__ = ["Criterion", "Level", "Principle", "Rubric", "Source"]
