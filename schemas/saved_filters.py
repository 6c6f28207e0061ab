"""Filters kept under a name: what may be sent, and what is given back."""

from schemas import fields as f
from schemas.base import Schema, Versioned
from schemas.task_filters import TaskFilterSchema

NAME_LENGTH = 60


class KeptFilterSchema(TaskFilterSchema):
    """A filter as it is kept: of all boards of its project, so that it names no column."""

    class Meta(TaskFilterSchema.Meta):
        exclude = ("column_id",)


class SavedFilterUpdateSchema(Schema):
    """What to change of a saved filter; what is left out stays as it is."""

    name = f.String(
        description="Its name; one's own filters of a project have different ones.",
        max_length=NAME_LENGTH,
        min_length=1,
        example="Горит",
    )
    is_shared = f.StrictBoolean(
        description="Shared with the project: only by its lead.", example=False
    )


class SavedFilterCreateSchema(SavedFilterUpdateSchema):
    """A filter to keep."""

    name = f.String(
        description="Its name; one's own filters of a project have different ones.",
        max_length=NAME_LENGTH,
        min_length=1,
        required=True,
        example="Горит",
    )
    asked = f.Nested(
        KeptFilterSchema,
        description="What it asks for.",
        required=True,
        example={"mine": True, "unmoved_days": 7},
    )


class SavedFilterForm(Schema):
    """The form beside a filter on a board; what is asked stands in its address."""

    name = f.String(description="Its name.", max_length=NAME_LENGTH, min_length=1, required=True)
    is_shared = f.StrictBoolean(description="Shared with the project.", load_default=False)


class SavedFilterEditForm(Versioned, SavedFilterForm):
    """The form that renames and shares."""


class SavedFilterRemovalForm(Versioned, Schema):
    """The form that removes."""


class SavedFilterSchema(Schema):
    """A saved filter."""

    id = f.Number(description="Number of the filter.")
    project_id = f.Number(description="Its project.")
    name = f.Plain(description="Its name.")
    owner = f.Plain(description="Name of the person who made it.")
    is_shared = f.StrictBoolean(description="Everybody of the project may use it.")
    asked = f.Nested(KeptFilterSchema, description="What it asks for.")
    version = f.Number(description="Counts edits; its ETag.")
    can_edit = f.StrictBoolean(description="Whether you may change it.")


class SavedFilterListSchema(Schema):
    """The filters of a project that you may use."""

    items = f.List(
        f.Nested(SavedFilterSchema, description="A filter."),
        description="Your own first, then the shared ones, by name.",
    )
