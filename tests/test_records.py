"""Records are frozen, closed, documented, and survive a round trip through JSON."""

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from ictdiplo import records
from ictdiplo.described import descriptions
from ictdiplo.records import Edtf, Extraction, Party

MODELS = [
    value
    for value in vars(records).values()
    if isinstance(value, type) and issubclass(value, BaseModel) and value is not BaseModel
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_is_described(model):
    assert descriptions(model).keys() == model.model_fields.keys()


def test_the_published_schema_describes_every_field_and_admits_no_other():
    schema = Extraction.model_json_schema()

    for definition in [schema, *schema["$defs"].values()]:
        assert definition["additionalProperties"] is False
        for name, field in definition["properties"].items():
            assert field.get("description"), name


def test_a_record_cannot_be_changed_or_extended():
    party = Party(text="Dushanbe", name="Tajikistan", code="TJK", kind="country")
    with pytest.raises(ValidationError):
        party.code = "IRN"
    with pytest.raises(ValidationError):
        Party(text="x", name="x", kind="country", colour="red")


@pytest.mark.parametrize("code", ["TJ", "tjk", "TAJIK"])
def test_a_code_is_three_capitals(code):
    with pytest.raises(ValidationError):
        Party(text="x", name="x", code=code, kind="country")


@pytest.mark.parametrize(
    "date", ["2025", "2025-11", "2025-11-24", "2025-11-17/2025-11-28", "2016/..", "2024~"]
)
def test_edtf_dates_are_taken(date):
    assert TypeAdapter(Edtf).validate_python(date) == date


@pytest.mark.parametrize(
    "date",
    ["24.11.2025", "2025-1", "last year", "2025/", "", "2025-11-24T00:00", "2025-13", "2025-11-32"],
)
def test_anything_else_is_not(date):
    with pytest.raises(ValidationError):
        TypeAdapter(Edtf).validate_python(date)
