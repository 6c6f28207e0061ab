"""The cascade: programmes, strategic projects, and their projects."""

from pmo.domain.vocabulary import Gate
from schemas import fields as f
from schemas.base import Schema, Versioned
from schemas.periods import PeriodSchema

NAME_LENGTH = 300
PERIOD_LENGTH = 300


class StrategicProjectUpdateSchema(Schema):
    """Fields of a strategic project to set; what is left out stays as it is."""

    name = f.String(
        max_length=NAME_LENGTH,
        min_length=1,
        example="Человеческий капитал ИМЦ",
        description="Its name.",
    )
    description = f.Text(example="Кадры решают.", description="What it is about, Markdown.")


class StrategicProjectCreateSchema(StrategicProjectUpdateSchema):
    """A new strategic project, at the end of its programme."""

    name = f.String(
        max_length=NAME_LENGTH,
        min_length=1,
        required=True,
        example="Человеческий капитал ИМЦ",
        description="Its name.",
    )


class StrategicProjectForm(Versioned, StrategicProjectCreateSchema):
    """The form that edits a strategic project."""


class ProgrammeUpdateSchema(StrategicProjectUpdateSchema):
    """Fields of a programme to set; what is left out stays as it is."""

    period = f.String(
        max_length=PERIOD_LENGTH,
        description="When it runs, as people write it; '' for none.",
        example="2020-2024",
    )


class ProgrammeCreateSchema(ProgrammeUpdateSchema):
    """A new programme."""

    name = f.String(
        max_length=NAME_LENGTH,
        min_length=1,
        required=True,
        example="От трансформации к системным изменениям",
        description="Its name.",
    )


class ProgrammeForm(Versioned, ProgrammeCreateSchema):
    """The form that edits a programme."""


class ProjectLineSchema(Schema):
    """A project in the cascade."""

    id = f.Number(description="Number of the project.")
    code = f.Plain(description="Its code.", example="ШШ")
    short_name = f.Plain(description="Its short name.")
    gate = f.Enum(Gate, description="Where it stands in the gate process.")


class StrategicProjectSchema(Schema):
    """A strategic project."""

    id = f.Number(description="Number of the strategic project.")
    key = f.Plain(description="Its key in files and in the journal.")
    name = f.Plain(description="Its name.")
    description = f.Plain(description="What it is about, Markdown.")
    programme_id = f.Number(description="Its programme.")
    version = f.Number(description="Counts edits; its ETag.")
    projects = f.List(
        f.Nested(ProjectLineSchema, description="A project."),
        description="Its projects that you may see.",
    )


class ProgrammeSchema(Schema):
    """A programme."""

    id = f.Number(description="Number of the programme.")
    key = f.Plain(description="Its key in files and in the journal.")
    name = f.Plain(description="Its name.")
    description = f.Plain(description="What it is about, Markdown.")
    period = f.Nested(PeriodSchema, allow_none=True, description="When it runs; null if not said.")
    version = f.Number(description="Counts edits; its ETag.")
    strategic_projects = f.List(
        f.Nested(StrategicProjectSchema, description="A strategic project."),
        description="In their order.",
    )


class CascadeSchema(Schema):
    """The whole cascade as you may see it."""

    programmes = f.List(
        f.Nested(ProgrammeSchema, description="A programme."), description="By name."
    )
    loose = f.List(
        f.Nested(ProjectLineSchema, description="A project."),
        description="Projects that belong to no strategic project.",
    )
    can_edit = f.StrictBoolean(description="Whether you may change programmes.")
