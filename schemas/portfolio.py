"""The portfolio file, version 1: shape and types of all that it may hold.

The one source of its rules: schemas/portfolio.schema.json is made from here
(`pmo schema write`). References between its parts are checked by the reader.
"""

from pmo.domain import codes, own_fields, recurrences
from pmo.domain.project_templates import MOST_TEMPLATES
from pmo.domain.sprints import MOST_SPRINTS
from pmo.domain.vocabulary import (
    Gate,
    MemberRole,
    Role,
    SprintPolicy,
    WeightUnit,
)
from pmo.domain.workdays import FIRST_YEAR, LAST_YEAR
from schemas import portfolio_fields as f
from schemas import projects
from schemas.portfolio_boards import BoardSchema, BoardTemplateSchema, LabelSchema
from schemas.portfolio_calendar import MOST_CALENDAR_DAYS, CalendarDaySchema
from schemas.portfolio_filters import MOST_FILTERS, SavedFilterSchema
from schemas.portfolio_names import (
    MOST_LINES,
    MOST_NUMBER,
    MOST_PARTS,
    MOST_PEOPLE,
    TEXT,
    Code,
    Login,
)
from schemas.portfolio_part import Part
from schemas.portfolio_plans import OwnFieldSchema, PassportSchema, StageSchema
from schemas.portfolio_project_templates import ProjectTemplateSchema
from schemas.portfolio_recurrences import RecurrenceSchema
from schemas.portfolio_sprints import SprintSchema
from schemas.portfolio_tasks import TaskSchema

FORMAT = "pmo-portfolio"
VERSION = 1

MOST_PROJECTS = 2_000
MOST_TASKS = 20_000
MOST_EVENTS = 1_000_000

Kind = f.matching(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*")


class PersonSchema(Part):
    login = Login("Names the person within the file, and signs them in.", most=64)
    name = f.Line("Name, or role instead of it.", most=120, least=1)
    position = f.Line("Position in the office.", most=160, load_default="")
    role = f.OneOf("Role in the office.", Role)


class StrategicProjectSchema(Part):
    key = f.Key("Names it within the file.", most=64, least=1)
    name = f.Line("Name.", most=300, least=1)
    description = f.Text("What it is about, Markdown.", most=TEXT, load_default="")


class ProgrammeSchema(Part):
    key = f.Key("Names it within the file.", most=64, least=1)
    name = f.Line("Name.", most=300, least=1)
    description = f.Text("What it is about, Markdown.", most=TEXT, load_default="")
    period = f.PeriodField("When it runs; null if not said.")
    strategic_projects = f.ListOf(
        f.Part(StrategicProjectSchema), "Its strategic projects, in order.", most=MOST_PARTS
    )


class MemberSchema(Part):
    login = Login("Person.", most=64)
    role = f.OneOf("Part in the project.", MemberRole)


class GateDecisionSchema(Part):
    class Meta(Part.Meta):
        include = {
            "from": f.OneOf("Gate that was left.", Gate),
            "to": f.OneOf("Gate that was reached.", Gate),
        }
        fields = ("from", "to", "reason", "decided_by", "decided_at")

    reason = f.Text("Why.", most=TEXT)
    decided_by = Login("Person who decided.", most=64)
    decided_at = f.Moment("When.")


class ProjectSchema(Part):
    code = Code("Code, the first part of its tasks' numbers.", most=codes.MAX_LENGTH)
    name = f.Line("Name.", most=300, least=1)
    short_name = f.Line("Short name.", most=120, least=1)
    strategic_project = f.Key(
        "Key of its strategic project; null for none.", most=64, load_default=None, allow_none=True
    )
    gate = f.OneOf("Where it stands in the gate process.", Gate)
    weight = f.Whole("Its share in roll-ups.", low=0, high=projects.MOST_WEIGHT, load_default=1)
    lead = Login("Person who leads it; null for none.", most=64, load_default=None, allow_none=True)
    proposed_by = Login("Person who proposed it.", most=64)
    proposed_at = f.Moment("When it was proposed.")
    passport = f.Part(
        PassportSchema,
        load_default=lambda: PassportSchema().load({}),
        metadata={"description": "Passport."},
    )
    stages = f.ListOf(f.Part(StageSchema), "Its stages, in order.", most=MOST_PARTS)
    members = f.ListOf(f.Part(MemberSchema), "People who take part.", most=MOST_PEOPLE)
    labels = f.ListOf(f.Part(LabelSchema), "Labels of its tasks.", most=MOST_LINES)
    own_fields = f.ListOf(
        f.Part(OwnFieldSchema), "Own fields of its tasks, in order.", most=own_fields.MOST_FIELDS
    )
    filters = f.ListOf(
        f.Part(SavedFilterSchema), "Filters kept under a name, by owner.", most=MOST_FILTERS
    )
    sprint_policy = f.OneOf(
        "Whether each sprint waits for the one before to be closed.",
        SprintPolicy,
        load_default=SprintPolicy.ROLLING,
    )
    sprint_count = f.Whole(
        "How many sprints it has beside the trial one; null until they are laid out.",
        low=1,
        high=MOST_SPRINTS,
        load_default=None,
        allow_none=True,
    )
    weight_unit = f.OneOf(
        "What the weight of its tasks is counted in.", WeightUnit, load_default=WeightUnit.POINTS
    )
    sprints = f.ListOf(f.Part(SprintSchema), "Its sprints, in order.", most=MOST_SPRINTS + 1)
    gate_decisions = f.ListOf(
        f.Part(GateDecisionSchema), "Gates it passed, the oldest first.", most=MOST_LINES
    )
    boards = f.ListOf(f.Part(BoardSchema), "Its boards, in order.", most=MOST_PARTS)
    tasks = f.ListOf(f.Part(TaskSchema), "Its tasks.", most=MOST_TASKS)
    recurrences = f.ListOf(
        f.Part(RecurrenceSchema),
        "Its cyclogram: recurring tasks, in order.",
        most=recurrences.MOST_RECURRENCES,
    )


class EventSchema(Part):
    at = f.Moment("When it happened.")
    actor = Login("Person who did it; null for the product.", most=64, allow_none=True)
    kind = Kind("What happened: noun.verb.", most=40)
    project = Code(
        "Code of the project; null for none.", most=8, load_default=None, allow_none=True
    )
    task = f.Whole(
        "Number of the task; null for none.",
        low=1,
        high=MOST_NUMBER,
        load_default=None,
        allow_none=True,
    )
    data = f.Data("Particulars, by kind; see docs/journal.md.")
    act = f.Whole(
        "The first event of the act that it belongs to, counted from 1 in this journal; null for "
        "the first itself and for an event that stands alone.",
        low=1,
        high=MOST_EVENTS,
        load_default=None,
        allow_none=True,
    )
    undoes = f.Whole(
        "The event that this one took back, counted in the same way; null for none.",
        low=1,
        high=MOST_EVENTS,
        load_default=None,
        allow_none=True,
    )


class PortfolioSchema(Part):
    """A portfolio: people, programmes, projects with boards and tasks, and the journal."""

    format = f.Constant("Tells this format from others.", FORMAT)
    version = f.Constant("Version of the format.", VERSION)
    people = f.ListOf(f.Part(PersonSchema), "People, without passwords.", most=MOST_PEOPLE)
    programmes = f.ListOf(f.Part(ProgrammeSchema), "Programmes.", most=MOST_PROJECTS)
    projects = f.ListOf(f.Part(ProjectSchema), "Projects.", most=MOST_PROJECTS)
    board_templates = f.ListOf(
        f.Part(BoardTemplateSchema), "Templates of boards, by name.", most=MOST_PARTS
    )
    calendar_days = f.ListOf(
        f.Part(CalendarDaySchema),
        "Days of the production calendar that the office has set, by day.",
        most=MOST_CALENDAR_DAYS,
    )
    calendar_years = f.ListOf(
        f.Whole("A year.", low=FIRST_YEAR, high=LAST_YEAR),
        "Years whose transfers the office has entered.",
        most=LAST_YEAR - FIRST_YEAR + 1,
    )
    project_templates = f.ListOf(
        f.Part(ProjectTemplateSchema), "Templates of projects, by name.", most=MOST_TEMPLATES
    )
    journal = f.ListOf(f.Part(EventSchema), "Events, the oldest first.", most=MOST_EVENTS)
