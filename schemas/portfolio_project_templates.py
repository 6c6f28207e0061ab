"""Templates of projects in a portfolio file; the shape of what a template holds."""

from pmo.domain import codes, own_fields
from pmo.domain.project_templates import FIRST_YEAR, LAST_YEAR, MOST_TASKS, VERSION
from pmo.domain.recurrences import MOST_RECURRENCES
from pmo.domain.sprints import MOST_SPRINTS
from pmo.domain.vocabulary import SprintPolicy, TaskKind, WeightUnit
from schemas import portfolio_fields as f
from schemas.checklists import TEXT_LENGTH as ITEM_LENGTH
from schemas.portfolio_boards import BoardSchema, LabelSchema
from schemas.portfolio_names import MOST_LINES, MOST_NUMBER, MOST_PARTS, Code, Login
from schemas.portfolio_part import Part
from schemas.portfolio_plans import OwnFieldSchema, PassportSchema, StageSchema
from schemas.portfolio_recurrences import RecurrenceSchema
from schemas.portfolio_sprints import SprintSchema
from schemas.portfolio_task_parts import MOST_BLOCKERS, MOST_ITEMS
from schemas.tasks import MOST_WEIGHT, NOTE_LENGTH, TEXT_LENGTH


class PlannedPassportSchema(PassportSchema):
    """A passport that names nobody."""

    class Meta(Part.Meta):
        exclude = ("leads",)


class PlannedTaskSchema(Part):
    number = f.Whole("Number within the template.", low=1, high=MOST_NUMBER)
    title = f.Line("Title.", most=200, least=1)
    kind = f.OneOf("Sort of work.", TaskKind, load_default=TaskKind.EVENT)
    board = f.Key("Key of its board.", most=16)
    column = f.Key(
        "Key of its column; null for the first queue of its board.",
        most=16,
        load_default=None,
        allow_none=True,
    )
    stage = f.Key("Key of its stage; null for none.", most=16, load_default=None, allow_none=True)
    period = f.PeriodField("Period; null for none.")
    due_on = f.Day("Day when it is due; null for none.", load_default=None, allow_none=True)
    weight = f.Whole("Points, for roll-ups.", low=0, high=MOST_WEIGHT, load_default=1)
    labels = f.ListOf(f.Line("Label.", most=60), "Names of its labels.", most=MOST_PARTS)
    description = f.Text("Description, Markdown.", most=TEXT_LENGTH, load_default="")
    plan_number = f.Line("Number in the plan of events.", most=16, load_default="")
    expected_result = f.Text("Expected result.", most=NOTE_LENGTH, load_default="")
    responsible = f.Text("Who answers for it, as the plan says.", most=NOTE_LENGTH, load_default="")
    checklist = f.ListOf(
        f.Line("What is to be done.", most=ITEM_LENGTH, least=1), "Its items.", most=MOST_ITEMS
    )
    waits_for = f.ListOf(
        f.Whole("A number.", low=1, high=MOST_NUMBER),
        "Numbers of the tasks of the template that it waits for.",
        most=MOST_BLOCKERS,
    )


class PlannedSprintSchema(SprintSchema):
    """A sprint of which nothing is done yet."""

    class Meta(Part.Meta):
        fields = ("number", "starts_on", "ends_on")


class PlannedRecurrenceSchema(RecurrenceSchema):
    """A recurring task that has not come round yet, and names nobody."""

    class Meta(Part.Meta):
        exclude = ("since", "assignees", "created_by", "occurrences")


class PlanSchema(Part):
    """What a template of a project holds."""

    version = f.Constant("Version of this shape.", VERSION)
    academic_year = f.Whole(
        "The academic year that it is planned for, by the year it begins in.",
        low=FIRST_YEAR,
        high=LAST_YEAR,
    )
    passport = f.Part(
        PlannedPassportSchema,
        load_default=None,
        allow_none=True,
        metadata={"description": "Passport; null if it was left out."},
    )
    stages = f.ListOf(f.Part(StageSchema), "Stages, in order.", most=MOST_PARTS)
    labels = f.ListOf(f.Part(LabelSchema), "Labels.", most=MOST_LINES)
    own_fields = f.ListOf(
        f.Part(OwnFieldSchema), "Own fields, in order.", most=own_fields.MOST_FIELDS
    )
    boards = f.ListOf(f.Part(BoardSchema), "Boards, in order.", most=MOST_PARTS)
    tasks = f.ListOf(f.Part(PlannedTaskSchema), "Tasks, board by board.", most=MOST_TASKS)
    weight_unit = f.OneOf(
        "What weights are counted in.", WeightUnit, load_default=WeightUnit.POINTS
    )
    sprint_policy = f.OneOf(
        "Whether a sprint waits for the one before it.",
        SprintPolicy,
        load_default=SprintPolicy.ROLLING,
    )
    sprint_count = f.Whole(
        "How many sprints there are, the trial one not counted; null if they are not laid out.",
        low=1,
        high=MOST_SPRINTS,
        load_default=None,
        allow_none=True,
    )
    sprints = f.ListOf(f.Part(PlannedSprintSchema), "Sprints, by number.", most=MOST_SPRINTS + 1)
    recurrences = f.ListOf(
        f.Part(PlannedRecurrenceSchema), "Recurring tasks, in order.", most=MOST_RECURRENCES
    )


class ProjectTemplateSchema(Part):
    name = f.Line("Name.", most=120, least=1)
    source = Code("Code of the project that it was saved from.", most=codes.MAX_LENGTH)
    saved_by = Login("Person who saved it.", most=64)
    saved_at = f.Moment("When it was saved.")
    content = f.Part(PlanSchema, required=True, metadata={"description": "What it holds."})
