"""How a person looks at a board: what may be sent, and what is given back."""

from typing import Any

from marshmallow import validate

from pmo.domain.vocabulary import CardOrder, Density, Lanes
from schemas import fields as f
from schemas.base import Schema

LANE = r"(stage|assignee|label)-([0-9]{1,15}|several)"


def lane(**kwargs: Any) -> f.String:
    """Return the field of a lane's key."""
    return f.String(max_length=32, validate=[validate.Regexp(rf"\A{LANE}\Z")], **kwargs)


class BoardLookUpdateSchema(Schema):
    """What to change of a look; what is left out stays as it is."""

    lanes = f.Enum(Lanes, description="By what cards are put into lanes.", example="stage")
    order = f.Enum(
        CardOrder,
        description="In which order cards are seen; `place` is the one that is kept.",
        example="due",
    )
    density = f.Enum(Density, description="How much of a card is shown.", example="compact")


class FoldingSchema(Schema):
    """A column or a lane to fold or unfold: one of the two."""

    column_id = f.Id(description="The column.", example=3)
    lane = lane(
        description="The lane: `stage-7`, `assignee-0`, `label-several`.", example="stage-7"
    )
    is_folded = f.StrictBoolean(description="Whether it is folded.", required=True, example=True)


class FoldingForm(Schema):
    """The one form of a page that folds: each button names what it folds or unfolds."""

    fold = f.Id(description="Column to fold.")
    unfold = f.Id(description="Column to unfold.")
    fold_lane = lane(description="Lane to fold.")
    unfold_lane = lane(description="Lane to unfold.")


class BoardLookSchema(Schema):
    """How you look at a board."""

    lanes = f.Enum(Lanes, description="By what cards are put into lanes.")
    order = f.Enum(CardOrder, description="In which order cards are seen.")
    density = f.Enum(Density, description="How much of a card is shown.")
    folded_columns = f.List(f.Number(), description="Columns that are folded.", most=200)
    folded_lanes = f.List(f.Plain(), description="Lanes that are folded.", most=200)
