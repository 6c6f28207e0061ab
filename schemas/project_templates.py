"""Templates of projects: what may be sent, and what is given back."""

from pmo.domain.project_templates import FIRST_YEAR, LAST_YEAR, DoubtKind
from schemas import fields as f
from schemas.base import QuerySchema, Schema, Versioned
from schemas.board_templates import TemplateNameSchema
from schemas.periods import PeriodSchema


def academic_year(about: str, **more: object) -> f.Integer:
    """Return the field of an academic year, by the year it begins in."""
    return f.Integer(
        low=FIRST_YEAR, high=LAST_YEAR, allow_none=True, description=about, example=2026, **more
    )


class ProjectTemplateChoicesSchema(Schema):
    """What of a project goes into a template; the whole office can read it there."""

    academic_year = academic_year(
        "In which academic year the plan begins, by the year that begins in; null for the one "
        "that its days tell.",
        load_default=None,
    )
    columns = f.StrictBoolean(
        load_default=False,
        description="Tasks keep their columns, but for those that mean done; without it they "
        "begin in the first queue of their board.",
    )
    descriptions = f.StrictBoolean(load_default=True, description="With descriptions of tasks.")
    passport = f.StrictBoolean(
        load_default=True, description="With the passport, but for the leads that it names."
    )


class ProjectTemplateCreateSchema(TemplateNameSchema, ProjectTemplateChoicesSchema):
    """A new template of a project."""


class ProjectTemplateForm(Schema):
    """The form of a new template: a box that is not ticked does not come."""

    name = TemplateNameSchema().fields["name"]
    academic_year = academic_year("In which academic year the plan begins.", load_default=None)
    columns = f.StrictBoolean(load_default=False, description="Tasks keep their columns.")
    descriptions = f.StrictBoolean(load_default=False, description="With descriptions.")
    passport = f.StrictBoolean(load_default=False, description="With the passport.")


class ProjectTemplateReplacementForm(Versioned, Schema):
    """The form that saves a project over a template."""

    academic_year = academic_year("In which academic year the plan begins.", load_default=None)
    columns = f.StrictBoolean(load_default=False, description="Tasks keep their columns.")
    descriptions = f.StrictBoolean(load_default=False, description="With descriptions.")
    passport = f.StrictBoolean(load_default=False, description="With the passport.")


class PlanQuerySchema(QuerySchema):
    """As of which academic year a template is wanted."""

    academic_year = academic_year(
        "Moves the plan to this academic year, as a project started for it would have it.",
        load_default=None,
    )


class StartQuerySchema(QuerySchema):
    """What the form of an initiative begins with."""

    project_template = f.String(
        max_length=18, load_default="", description="Key of a template of projects."
    )


class HoldingsSchema(Schema):
    """How much a template holds."""

    stages = f.Number(description="Stages.")
    boards = f.Number(description="Boards.")
    columns = f.Number(description="Their columns.")
    labels = f.Number(description="Labels.")
    own_fields = f.Number(description="Own fields.")
    tasks = f.Number(description="Tasks.")
    passport = f.StrictBoolean(description="A passport.")
    sprints = f.Number(description="Sprints, the trial one among them.")
    recurrences = f.Number(description="Recurring tasks.")


class ProjectTemplateSchema(Schema):
    """A project's plan, without people and what was done, for projects to come."""

    key = f.Plain(description="What a project is started from it by: `project_template`.")
    id = f.Number(description="Its number; null of one that is built in.", allow_none=True)
    name = f.Plain(description="Its name.")
    source = f.Plain(
        description="Code of the project that it was saved from; '' of one that is built in."
    )
    saved_by = f.Plain(description="Name of the person who saved it; '' of one that is built in.")
    saved_at = f.Moment(
        description="When it was saved, UTC; null of one that is built in.", allow_none=True
    )
    academic_year = f.Number(
        description="In which academic year its plan begins, by the year that begins in."
    )
    holds = f.Nested(HoldingsSchema, description="How much it holds.")
    version = f.Number(
        description="Counts renamings and replacements; its ETag. Null of one built in.",
        allow_none=True,
    )


class ProjectTemplateListSchema(Schema):
    items = f.List(
        f.Nested(ProjectTemplateSchema, description="A template."),
        description="Those built in, then by name.",
    )


class PlannedStageSchema(Schema):
    key = f.Plain(description="Its key within the template.")
    name = f.Plain(description="Its name.")
    was = f.Nested(
        PeriodSchema, description="Its period as it was saved, or null.", allow_none=True
    )
    period = f.Nested(PeriodSchema, description="Its period, or null.", allow_none=True)


class PlannedLabelSchema(Schema):
    name = f.Plain(description="Its name.")
    colour = f.Plain(description="Its colour.")


class PlannedFieldSchema(Schema):
    key = f.Plain(description="Its key within the template.")
    name = f.Plain(description="Its name.")
    kind = f.Plain(description="What it holds.")
    choices = f.List(f.Plain(description="A choice."), description="What a choice can be.")


class PlannedColumnSchema(Schema):
    key = f.Plain(description="Its key within the board.")
    name = f.Plain(description="Its name.")
    meaning = f.Plain(description="What standing in it says about a task.")
    wip_limit = f.Number(
        description="Most tasks in it at once; null for no limit.", allow_none=True
    )
    wip_kind = f.Plain(description="What the limit does.")
    definition_of_done = f.Plain(description="When a task may leave it.")


class PlannedBoardSchema(Schema):
    key = f.Plain(description="Its key within the template.")
    name = f.Plain(description="Its name.")
    columns = f.List(
        f.Nested(PlannedColumnSchema, description="A column."), description="Left to right."
    )
    rules = f.Number(description="How many rules it brings.")


class PlannedTaskSchema(Schema):
    number = f.Number(description="Its number within the template.")
    title = f.Plain(description="Its title.")
    kind = f.Plain(description="What sort of work it is.")
    board = f.Plain(description="Key of its board.")
    column = f.Plain(description="Key of the column where it begins.")
    stage = f.Plain(description="Key of its stage, or null.", allow_none=True)
    was = f.Nested(
        PeriodSchema, description="Its period as it was saved, or null.", allow_none=True
    )
    period = f.Nested(PeriodSchema, description="Its period, or null.", allow_none=True)
    due_was = f.Date(description="The day it was due as it was saved, or null.", allow_none=True)
    due_on = f.Date(description="The day it is due, or null.", allow_none=True)
    weight = f.Number(description="Its weight in points.")
    labels = f.List(f.Plain(description="A name."), description="Names of its labels.")
    description = f.Plain(description="Its description, Markdown.")
    plan_number = f.Plain(description="Its number in the plan of events.")
    expected_result = f.Plain(description="Its expected result.")
    responsible = f.Plain(description="Who answers for it, as the plan says.")
    checklist = f.List(f.Plain(description="An item."), description="Its checklist.")
    waits_for = f.List(
        f.Number(description="A number."), description="Numbers of the tasks it waits for."
    )


class PlannedSprintSchema(Schema):
    number = f.Number(description="Its number; 0 for the trial one.")
    starts_on = f.Date(description="Its first day.")
    ends_on = f.Date(description="Its last day.")


class PlannedRecurrenceSchema(Schema):
    """A recurring task; who gets its cards is chosen in the project."""

    title = f.Plain(description="Its title.")
    is_on = f.StrictBoolean(description="Whether it makes tasks.")
    rule = f.Plain(description="How often it comes round.")
    starts_on = f.Date(description="Nothing that is due before it comes.")
    until = f.Date(
        description="Nothing that is due after it comes; null for no end.", allow_none=True
    )


class PlanDoubtSchema(Schema):
    """Something that a person should look at; nothing was changed because of it."""

    kind = f.Enum(DoubtKind, description="Why.")
    what = f.Plain(description="The stage, task or column it is about.")
    was = f.Plain(description="As it is in the template; of a limit: how many are agreed.")
    becomes = f.Plain(description="As it would be; of a limit: how many there would be.")


class ProjectTemplatePlanSchema(ProjectTemplateSchema):
    """A template with all that it holds, as it is in an academic year."""

    planned_for = f.Number(description="The academic year that days and periods below are of.")
    passport = f.Json(description="Fields of the passport, or null.", allow_none=True)
    stages = f.List(f.Nested(PlannedStageSchema, description="A stage."), description="In order.")
    labels = f.List(f.Nested(PlannedLabelSchema, description="A label."), description="By name.")
    own_fields = f.List(
        f.Nested(PlannedFieldSchema, description="An own field."), description="In order."
    )
    boards = f.List(f.Nested(PlannedBoardSchema, description="A board."), description="In order.")
    tasks = f.List(
        f.Nested(PlannedTaskSchema, description="A task."), description="Board by board."
    )
    sprint_policy = f.Plain(description="Whether a sprint waits for the one before it.")
    sprints = f.List(
        f.Nested(PlannedSprintSchema, description="A sprint."),
        description="By number; they begin on the same day of the week.",
    )
    recurrences = f.List(
        f.Nested(PlannedRecurrenceSchema, description="A recurring task."), description="In order."
    )
    doubts = f.List(
        f.Nested(PlanDoubtSchema, description="A doubt."), description="What wants a look."
    )
