"""The closed lists of the domain, by the names that files, API and database share."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in the office; sets the ceiling of what they may do."""

    ADMINISTRATOR = "administrator"
    DIRECTOR = "director"
    PROJECT_LEAD = "project_lead"
    METHODIST = "methodist"
    OBSERVER = "observer"


class MemberRole(StrEnum):
    """What a person is in one project."""

    LEAD = "lead"
    MEMBER = "member"
    OBSERVER = "observer"


class Gate(StrEnum):
    """Where a project stands in the gate process; also the portfolio board's columns."""

    INITIATIVE = "initiative"
    UNDER_REVIEW = "under_review"
    ACCEPTED = "accepted"
    PREPARING = "preparing"
    ACTIVE = "active"
    CLOSING = "closing"
    CLOSED = "closed"
    SUSPENDED = "suspended"
    DECLINED = "declined"


class ColumnMeaning(StrEnum):
    """What standing in a column says about a task; figures count meanings, not names."""

    QUEUE = "queue"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    DONE = "done"


class WipKind(StrEnum):
    """What a column's limit does: nothing, warn, or refuse."""

    NONE = "none"
    SOFT = "soft"
    HARD = "hard"


class WipBy(StrEnum):
    """Whose work in progress a rule of a board limits."""

    PERSON = "person"
    STAGE = "stage"
    LABEL = "label"


class AutomationTrigger(StrEnum):
    """When a rule of a board acts by itself."""

    MOVED = "moved"
    BLOCKED = "blocked"
    CHECKLIST_DONE = "checklist_done"
    DUE = "due"
    IDLE = "idle"


class AutomationAction(StrEnum):
    """What a rule of a board does."""

    ASSIGN = "assign"
    LABEL = "label"
    MOVE = "move"
    COMMENT = "comment"
    NOTIFY = "notify"


class AutomationOutcome(StrEnum):
    """What became of an automatic act."""

    PENDING = "pending"
    DONE = "done"
    NOTHING = "nothing"
    REFUSED = "refused"
    LOOP = "loop"
    SWITCHED_OFF = "switched_off"


class SprintState(StrEnum):
    """What has become of a sprint; nothing but a person changes it."""

    PLANNED = "planned"
    ACTIVE = "active"
    CLOSED = "closed"


class SprintPolicy(StrEnum):
    """Whether the next sprint waits for the previous one to be closed."""

    ROLLING = "rolling"
    FREE = "free"


class LeftoverDecision(StrEnum):
    """What becomes of a card that is not finished when its sprint closes."""

    NEXT_SPRINT = "next_sprint"
    BACKLOG_TOP = "backlog_top"
    BACKLOG_BOTTOM = "backlog_bottom"
    SPLIT = "split"
    DROP = "drop"


class NoteColumn(StrEnum):
    """Columns of a retrospective."""

    KEEP = "keep"
    STOP = "stop"
    TRY = "try"


class WeightUnit(StrEnum):
    """What a project counts the weight of its tasks in."""

    POINTS = "points"
    HOURS = "hours"


class RecurrenceKind(StrEnum):
    """How often an entry of the cyclogram comes round."""

    YEARLY = "yearly"
    HALF_YEARLY = "half_yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    WEEKLY = "weekly"
    FIRST_WORKING_DAY = "first_working_day"
    TIMES_PER_HALF = "times_per_half"


class OccurrenceOutcome(StrEnum):
    """What became of an occurrence that was due."""

    MADE = "made"
    SKIPPED = "skipped"
    HELD = "held"


class TaskKind(StrEnum):
    """What sort of work a task is."""

    EVENT = "event"
    DOCUMENT = "document"
    DIAGNOSTICS = "diagnostics"
    CONSULTATION = "consultation"
    OTHER = "other"


class NotificationKind(StrEnum):
    """Why a person is told of something."""

    MENTION = "mention"
    COMMENT = "comment"
    ASSIGNMENT = "assignment"
    DUE_SOON = "due_soon"
    GATE = "gate"
    RULE = "rule"
    RULE_OFF = "rule_off"
    CYCLOGRAM = "cyclogram"
    CARRIED_AGAIN = "carried_again"


class OwnFieldKind(StrEnum):
    """What a field of a project's own holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"


class WorkdayKind(StrEnum):
    """What a day of the production calendar is; all but `weekend` an office may make of a day."""

    WORKING = "working"
    SHORTENED = "shortened"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    DAY_OFF = "day_off"


class PublicHoliday(StrEnum):
    """The non-working public holidays of article 112 of the Labour Code of Russia."""

    NEW_YEAR = "new_year"
    CHRISTMAS = "christmas"
    DEFENDERS = "defenders"
    WOMEN = "women"
    LABOUR = "labour"
    VICTORY = "victory"
    RUSSIA = "russia"
    UNITY = "unity"


class Lanes(StrEnum):
    """By what the cards of a board are put into lanes."""

    NONE = "none"
    STAGE = "stage"
    ASSIGNEE = "assignee"
    LABEL = "label"


class CardOrder(StrEnum):
    """In which order a person sees the cards of a column; `place` is the one that is kept."""

    PLACE = "place"
    DUE = "due"
    WEIGHT = "weight"
    TITLE = "title"
    AGE = "age"


class Density(StrEnum):
    """How much of a card is shown."""

    COMFORTABLE = "comfortable"
    COMPACT = "compact"
    TITLE = "title"


class LabelColour(StrEnum):
    """Label colours; each has a pair in `static/css/tokens.css` that passes contrast."""

    SLATE = "slate"
    RED = "red"
    ORANGE = "orange"
    AMBER = "amber"
    GREEN = "green"
    TEAL = "teal"
    BLUE = "blue"
    VIOLET = "violet"
    PINK = "pink"


class TokenScope(StrEnum):
    """What an API token may do at most; the owner's own rights still apply."""

    READ = "read"
    WRITE = "write"
