"""The tables a study is kept in: typed entities whose constraints admit no dangling or contradictory row."""

from app.model.entities import assessment, disclosure, evidence, history, rubric, setting, source
from app.model.entities.base import Entity

__all__ = ["Entity", "assessment", "disclosure", "evidence", "history", "rubric", "setting", "source"]
