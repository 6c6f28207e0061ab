"""Labels of a project's tasks."""

from pmo.domain.vocabulary import LabelColour
from schemas import fields as f
from schemas.base import Schema

NAME_LENGTH = 60


class LabelUpdateSchema(Schema):
    """Fields of a label to set; what is left out stays as it is."""

    name = f.String(
        max_length=NAME_LENGTH, min_length=1, description="Its name.", example="семинар"
    )
    colour = f.Enum(LabelColour, description="Its colour.", example="teal")


class LabelCreateSchema(Schema):
    """A new label."""

    name = f.String(
        max_length=NAME_LENGTH,
        min_length=1,
        required=True,
        description="Its name.",
        example="семинар",
    )
    colour = f.Enum(LabelColour, required=True, description="Its colour.", example="teal")
