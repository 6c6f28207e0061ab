"""The portfolio file, version 1: shape and types of all that it may hold.

The one source of its rules: schemas/portfolio.schema.json is made from here
(`pmo schema write`). References between its parts are checked by the reader.
"""

from pmo.domain import codes, file_names, own_fields
from pmo.domain.ageing import MOST_DAYS
from pmo.domain.credentials import LOGIN_PATTERN
from pmo.domain.vocabulary import (
    ColumnMeaning,
    Gate,
    LabelColour,
    MemberRole,
    OwnFieldKind,
    Role,
    TaskKind,
    WipKind,
)
from schemas import portfolio_fields as f
from schemas import projects
from schemas.boards import MOST_LIMIT
from schemas.comments import COMMENT_LENGTH
from schemas.portfolio_filters import MOST_FILTERS, SavedFilterSchema
from schemas.portfolio_part import Part
from schemas.portfolio_rules import AutomationRuleSchema, MoveRuleSchema, WipRuleSchema
from schemas.portfolio_task_parts import TaskPartsSchema
from schemas.tasks import MOST_WEIGHT, NOTE_LENGTH, TEXT_LENGTH

FORMAT = "pmo-portfolio"
VERSION = 1

MOST_NUMBER = 1_000_000
MOST_PEOPLE = 10_000
MOST_PROJECTS = 2_000
MOST_TASKS = 20_000
MOST_EVENTS = 1_000_000
MOST_PARTS = 100
MOST_LINES = 1_000
MOST_COMMENTS = 1_000
MOST_BYTES = 10**12
TEXT = 100_000
LINE = 10_000

Login = f.matching(LOGIN_PATTERN)
Code = f.matching(codes.PATTERN.pattern)
OwnKey = f.matching(own_fields.KEY)
TaskKey = f.matching(codes.PATTERN.pattern + r"-[1-9][0-9]{0,6}")
Hash = f.matching(r"[0-9a-f]{64}")
MediaType = f.matching(r"[a-z0-9]+/[a-z0-9][a-z0-9.+-]*")
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


def _lines(about: str) -> f.ListOf:
    line = f.Text("One line, Markdown.", most=LINE)
    return f.ListOf(line, about, most=MOST_LINES)


def _prose(about: str) -> f.Text:
    return f.Text(about, most=TEXT, load_default="")


class PassportSchema(Part):
    unique_idea = _prose("Unique idea.")
    goal = _prose("Goal.")
    objectives = _lines("Objectives.")
    relevance = _prose("Relevance.")
    concept = _prose("Concept.")
    advantage = _prose("Advantage over similar projects.")
    toolkit = _lines("Personalisation toolkit.")
    target_audience = _prose("Target audience.")
    participants = _lines("Participants.")
    leads = _lines("Leads of the working group.")
    funding = _lines("Sources of funding.")
    expected_results = _lines("Expected results.")
    indicators = _lines("Indicators.")
    risks = _lines("Risks.")
    acts = _lines("Normative basis.")
    national_directions = _lines("Links to directions of national projects.")
    products = _lines("Products.")
    dissemination = _lines("Dissemination.")


class StageSchema(Part):
    key = f.Key("Names it within the project: s1, s2 …", most=16, least=1)
    name = f.Line("Name.", most=200, least=1)
    period = f.PeriodField("When it runs; null if not said.")


class MemberSchema(Part):
    login = Login("Person.", most=64)
    role = f.OneOf("Part in the project.", MemberRole)


class LabelSchema(Part):
    name = f.Line("Names it within the project.", most=60, least=1)
    colour = f.OneOf("Colour.", LabelColour)


class OwnFieldSchema(Part):
    key = OwnKey("Names it within the project, never used again: f1, f2 …", most=16)
    name = f.Line("Name.", most=60, least=1)
    kind = f.OneOf("What it holds.", OwnFieldKind)
    choices = f.ListOf(
        f.Line("Something to choose.", most=own_fields.CHOICE_LENGTH, least=1),
        "What a choice can be, in order; for the other kinds nothing.",
        most=own_fields.MOST_CHOICES,
    )


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


class ColumnSchema(Part):
    key = f.Key("Names it within the board: c1, c2 …", most=16, least=1)
    name = f.Line("Name.", most=60, least=1)
    meaning = f.OneOf("What standing in it says about a task.", ColumnMeaning)
    wip_limit = f.Whole(
        "Most tasks in it at once; null for no limit.",
        low=1,
        high=MOST_LIMIT,
        load_default=None,
        allow_none=True,
    )
    wip_kind = f.OneOf("What the limit does.", WipKind, load_default=WipKind.NONE)
    definition_of_done = f.Text("When a task may leave it.", most=TEXT, load_default="")
    amber_days = f.Whole(
        "After how many days in it a task is tinted amber; null for never.",
        low=1,
        high=MOST_DAYS,
        load_default=None,
        allow_none=True,
    )
    red_days = f.Whole(
        "After how many days in it a task is tinted red; null for never.",
        low=1,
        high=MOST_DAYS,
        load_default=None,
        allow_none=True,
    )


class BoardSchema(Part):
    key = f.Key("Names it within the project.", most=16, least=1)
    name = f.Line("Name.", most=120, least=1)
    columns = f.ListOf(
        f.Part(ColumnSchema), "Its columns, left to right.", most=MOST_PARTS, required=True
    )
    move_rules = f.ListOf(f.Part(MoveRuleSchema), "Who may move cards.", most=MOST_PARTS)
    wip_rules = f.ListOf(f.Part(WipRuleSchema), "Limits of work in progress.", most=MOST_PARTS)
    automation_rules = f.ListOf(
        f.Part(AutomationRuleSchema), "What it does by itself, in order.", most=MOST_PARTS
    )


class BoardTemplateSchema(Part):
    name = f.Line("Name.", most=120, least=1)
    columns = f.ListOf(
        f.Part(ColumnSchema), "Its columns, left to right.", most=MOST_PARTS, required=True
    )
    labels = f.ListOf(f.Part(LabelSchema), "Labels that its rules name.", most=MOST_PARTS)
    move_rules = f.ListOf(f.Part(MoveRuleSchema), "Who may move cards.", most=MOST_PARTS)
    wip_rules = f.ListOf(f.Part(WipRuleSchema), "Limits for each, none for one.", most=MOST_PARTS)
    automation_rules = f.ListOf(
        f.Part(AutomationRuleSchema), "What it does by itself, in order.", most=MOST_PARTS
    )


class CommentSchema(Part):
    number = f.Whole("Names it within the task.", low=1, high=MOST_NUMBER)
    author = Login("Person who wrote it; null for a rule of the board.", most=64, allow_none=True)
    text = f.Text("What it says, Markdown.", most=COMMENT_LENGTH, least=1)
    written_at = f.Moment("When it was written.")
    edited_at = f.Moment(
        "When it was last edited; null if never.", load_default=None, allow_none=True
    )
    removed_at = f.Moment(
        "When it was removed; null while it stands.", load_default=None, allow_none=True
    )
    removed_by = Login(
        "Person who removed it; null while it stands.",
        most=64,
        load_default=None,
        allow_none=True,
    )


class AttachmentSchema(Part):
    """A file of a task; its bytes are in the ZIP beside, under `attachments/<sha256>`."""

    name = f.FileName("Its name.", most=file_names.LONGEST, least=1)
    size = f.Whole("How large it is, bytes.", low=1, high=MOST_BYTES)
    sha256 = Hash("SHA-256 of its content; names it within the task.", most=64)
    media_type = MediaType("What it is by its content.", most=100)
    added_by = Login("Person who attached it.", most=64)
    added_at = f.Moment("When it was attached.")


class TaskSchema(TaskPartsSchema):
    number = f.Whole("Number within the project, never used again.", low=1, high=MOST_NUMBER)
    title = f.Line("Title.", most=200, least=1)
    kind = f.OneOf("Sort of work.", TaskKind, load_default=TaskKind.EVENT)
    board = f.Key("Key of its board.", most=16)
    column = f.Key("Key of its column; tasks of a column stand in the order of the file.", most=16)
    stage = f.Key("Key of its stage; null for none.", most=16, load_default=None, allow_none=True)
    plan_number = f.Line("Number in the plan of events.", most=16, load_default="")
    period = f.PeriodField("Period; null for none.")
    due_on = f.Day("Day when it is due; null for none.", load_default=None, allow_none=True)
    weight = f.Whole("Points, for roll-ups.", low=0, high=MOST_WEIGHT, load_default=1)
    assignees = f.ListOf(Login("Person.", most=64), "People who do it.", most=MOST_PARTS)
    labels = f.ListOf(f.Line("Label.", most=60), "Names of its labels.", most=MOST_PARTS)
    own = f.Texts(
        "What it holds in own fields of the project, by key: text, number as 12.5, day, choice.",
        pattern=own_fields.KEY,
        most=own_fields.MOST_FIELDS,
        length=own_fields.TEXT_LENGTH,
    )
    description = f.Text("Description, Markdown.", most=TEXT_LENGTH, load_default="")
    expected_result = f.Text("Expected result.", most=NOTE_LENGTH, load_default="")
    responsible = f.Text("Who answers for it, as the plan says.", most=NOTE_LENGTH, load_default="")
    blocked_reason = f.Text(
        "Why it is blocked; null if it is not.",
        most=NOTE_LENGTH,
        load_default=None,
        allow_none=True,
    )
    created_by = Login("Person who made it.", most=64)
    created_at = f.Moment("When it was made.")
    archived_at = f.Moment(
        "When it was put into the archive; null while it is not.",
        load_default=None,
        allow_none=True,
    )
    comments = f.ListOf(
        f.Part(CommentSchema), "What was said on it, the oldest first.", most=MOST_COMMENTS
    )
    successor = TaskKey(
        "Number of the task that it goes on as, by that project's code; null for none.",
        most=32,
        load_default=None,
        allow_none=True,
    )
    attachments = f.ListOf(
        f.Part(AttachmentSchema), "Its files, the oldest first.", most=MOST_PARTS
    )


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
    gate_decisions = f.ListOf(
        f.Part(GateDecisionSchema), "Gates it passed, the oldest first.", most=MOST_LINES
    )
    boards = f.ListOf(f.Part(BoardSchema), "Its boards, in order.", most=MOST_PARTS)
    tasks = f.ListOf(f.Part(TaskSchema), "Its tasks.", most=MOST_TASKS)


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
    journal = f.ListOf(f.Part(EventSchema), "Events, the oldest first.", most=MOST_EVENTS)
