"""Stages of a project."""

from schemas import fields as f
from schemas.base import QuerySchema, Schema, Versioned
from schemas.periods import PeriodSchema

NAME_LENGTH = 200
PERIOD_LENGTH = 300


class StageUpdateSchema(Schema):
    """Fields of a stage to set; what is left out stays as it is."""

    name = f.String(
        max_length=NAME_LENGTH, min_length=1, description="Its name.", example="Основной этап"
    )
    period = f.String(
        max_length=PERIOD_LENGTH,
        description="When it runs, as people write it; '' for none.",
        example="сентябрь – май 2021/22",
    )


class StageCreateSchema(StageUpdateSchema):
    """A new stage, behind the others."""

    name = f.String(
        max_length=NAME_LENGTH,
        min_length=1,
        required=True,
        description="Its name.",
        example="Основной этап",
    )


class StageForm(Versioned, StageCreateSchema):
    """The form that edits a stage."""


class StagePlacementSchema(Schema):
    """Where a stage goes: the one behind it."""

    before_id = f.Id(
        allow_none=True,
        load_default=None,
        example=2,
        description="The stage of the same project to put it before; null for the end.",
    )


class PeriodQuerySchema(QuerySchema):
    """A period to be understood, without keeping it."""

    period = f.String(max_length=PERIOD_LENGTH, load_default="", description="As people write it.")


class StageSchema(Schema):
    """A stage."""

    id = f.Number(description="Number of the stage.")
    key = f.Plain(description="Its key in files and in the journal.", example="s2")
    name = f.Plain(description="Its name.")
    period = f.Nested(PeriodSchema, allow_none=True, description="When it runs; null if not said.")
    starts_on = f.Date(allow_none=True, description="First day of the period; null if unknown.")
    ends_on = f.Date(allow_none=True, description="Last day of the period; null if unknown.")
    is_now = f.StrictBoolean(description="Its period holds today.")
    version = f.Number(description="Counts edits; its ETag.")
