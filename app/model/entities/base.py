"""What all tables share: naming of constraints, column types, and the two kinds of row."""

from __future__ import annotations

import enum
from typing import Annotated

from sqlalchemy import CheckConstraint, Enum, Float, ForeignKey, ForeignKeyConstraint, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Text = Annotated[str, mapped_column(String, default="")]
UtcTime = Annotated[str, mapped_column(String(40))]
Day = Annotated[str, mapped_column(String(10))]
ZoneName = Annotated[str, mapped_column(String(64))]


class Entity(DeclarativeBase):
    """The base of every table. Enumerations are kept as their values and checked by the database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy declares it so
        enum.Enum: Enum(
            enum.Enum,
            native_enum=False,
            create_constraint=True,
            values_callable=lambda members: [member.value for member in members],
        ),
    }


class Identified:
    """A row with a UUID, made on the laptop, so that two laptops' work can be merged."""

    id: Mapped[str] = mapped_column(String(36), CheckConstraint("length(id) = 36", name="id_is_uuid"), primary_key=True)


class Listed(Identified):
    """A row with a key others refer to it by, and a place in the study's own order."""

    key: Mapped[str] = mapped_column(
        String(64), CheckConstraint("key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'", name="key_is_plain"), unique=True
    )
    position: Mapped[float] = mapped_column(Float)


def to(column: str, *, optional: bool = False, index: bool = True) -> Mapped[str]:
    """Refer to a row elsewhere; the row referred to can't go while this one stands."""
    found: Mapped[str] = mapped_column(
        String(36), ForeignKey(column, deferrable=True, initially="DEFERRED"), nullable=optional, index=index
    )
    return found


def together(columns: list[str], targets: list[str]) -> ForeignKeyConstraint:
    """Refer to a row through several columns at once; checked at the end of the transaction."""
    return ForeignKeyConstraint(columns, targets, deferrable=True, initially="DEFERRED")


def same_rubric(part: str, table: str) -> ForeignKeyConstraint:
    """Refer to a part of the very rubric that the row names."""
    return together(["rubric_id", f"{part}_id"], [f"{table}.rubric_id", f"{table}.id"])


def filled(column: str) -> CheckConstraint:
    """Check that a text column is not empty."""
    return CheckConstraint(f"length({column}) > 0", name=f"{column}_not_empty")
