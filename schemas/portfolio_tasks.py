"""Tasks in a portfolio file."""

from pmo.domain import codes, file_names, own_fields
from pmo.domain.sprints import MOST_SPRINTS
from pmo.domain.vocabulary import TaskKind
from schemas import portfolio_fields as f
from schemas.comments import COMMENT_LENGTH
from schemas.portfolio_names import MOST_NUMBER, MOST_PARTS, Login
from schemas.portfolio_part import Part
from schemas.portfolio_task_parts import TaskPartsSchema
from schemas.tasks import MOST_WEIGHT, NOTE_LENGTH, TEXT_LENGTH

MOST_COMMENTS = 1_000
MOST_BYTES = 10**12

TaskKey = f.matching(codes.PATTERN.pattern + r"-[1-9][0-9]{0,6}")
Hash = f.matching(r"[0-9a-f]{64}")
MediaType = f.matching(r"[a-z0-9]+/[a-z0-9][a-z0-9.+-]*")


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
    sprint = f.Whole(
        "Number of the sprint it stands in; null for none.",
        low=0,
        high=MOST_SPRINTS,
        load_default=None,
        allow_none=True,
    )
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
