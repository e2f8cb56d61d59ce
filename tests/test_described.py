"""Fields are described by what their source says below them, or by what is said at their side."""

from __future__ import annotations

from pydantic import BaseModel, Field

from ictdiplo.described import Described, descriptions


class Base(Described, BaseModel):
    """A model."""

    near: int
    """How near,
    in metres."""
    bare: int = 0
    told: int = Field(default=0, description="Told at its side.")
    """And below."""


class Heir(Base):
    """One that inherits."""

    far: Base | None = None
    """How far."""


def test_a_schema_describes_own_and_inherited_fields():
    fields = Heir.model_json_schema()["properties"]

    assert {name: field.get("description") for name, field in fields.items()} == {
        "near": "How near,\nin metres.",
        "bare": None,
        "told": "Told at its side.",
        "far": "How far.",
    }


def test_a_model_without_a_source_has_no_descriptions():
    made = type("Made", (BaseModel,), {"__annotations__": {"x": int}})

    assert descriptions(made) == {}
