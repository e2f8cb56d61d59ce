"""Fields are described by what their source says below them, or by what is said at their side."""

from __future__ import annotations

import gc
import weakref

from pydantic import BaseModel, Field, create_model

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


def test_a_model_made_at_run_time_is_described_and_can_be_forgotten():
    made = create_model("Heir", __base__=Heir)
    kept = weakref.ref(made)

    assert descriptions(made) == descriptions(Heir)

    del made
    gc.collect()
    assert kept() is None
