"""The tables, one module per noun; rows are read by queries and written by services."""

from pmo.models.accounts import ApiToken, IdempotencyKey, Session, SignInAttempt, User
from pmo.models.board_rules import (
    AutomationRule,
    AutomationRun,
    BoardTemplate,
    MoveRule,
    WipRule,
)
from pmo.models.board_views import BoardLook, SavedFilter
from pmo.models.boards import Board, Column
from pmo.models.comments import Comment
from pmo.models.events import Event
from pmo.models.files import Attachment, BoardDraft
from pmo.models.flow import FlowDay, FlowState
from pmo.models.notifications import ClockTurn, MutedProject, Notification
from pmo.models.own_fields import OwnField, OwnValue
from pmo.models.programmes import Programme, StrategicProject
from pmo.models.project_templates import ProjectTemplate
from pmo.models.projects import GateDecision, Label, Membership, Passport, Project, Stage
from pmo.models.recurrences import (
    Recurrence,
    RecurrenceAssignee,
    RecurrenceLabel,
    RecurrenceOccurrence,
)
from pmo.models.search import SearchEntry, SearchState
from pmo.models.sprint_notes import SprintNote, SprintReport
from pmo.models.sprints import Sprint, SprintPerson
from pmo.models.task_parts import ChecklistItem, Evidence, TaskDependency, TaskWatcher
from pmo.models.tasks import Task, TaskAssignee, TaskLabel
from pmo.models.workdays import CalendarState, ConfirmedYear, OwnWorkday

ALL = [
    User,
    Session,
    ApiToken,
    SignInAttempt,
    IdempotencyKey,
    Programme,
    StrategicProject,
    Project,
    Passport,
    Stage,
    Membership,
    Label,
    GateDecision,
    Board,
    Column,
    Sprint,
    SprintPerson,
    Task,
    SprintNote,
    SprintReport,
    TaskAssignee,
    TaskLabel,
    Attachment,
    BoardDraft,
    MoveRule,
    WipRule,
    AutomationRule,
    AutomationRun,
    BoardTemplate,
    ProjectTemplate,
    ChecklistItem,
    Evidence,
    TaskDependency,
    TaskWatcher,
    OwnField,
    OwnValue,
    Recurrence,
    RecurrenceAssignee,
    RecurrenceLabel,
    RecurrenceOccurrence,
    Event,
    Comment,
    Notification,
    MutedProject,
    ClockTurn,
    SearchEntry,
    SearchState,
    BoardLook,
    SavedFilter,
    OwnWorkday,
    ConfirmedYear,
    CalendarState,
    FlowDay,
    FlowState,
]
"""Every table, parents before children."""

__all__ = [
    "ALL",
    "ApiToken",
    "Attachment",
    "AutomationRule",
    "AutomationRun",
    "Board",
    "BoardDraft",
    "BoardLook",
    "BoardTemplate",
    "CalendarState",
    "ChecklistItem",
    "ClockTurn",
    "Column",
    "Comment",
    "ConfirmedYear",
    "Event",
    "Evidence",
    "FlowDay",
    "FlowState",
    "GateDecision",
    "IdempotencyKey",
    "Label",
    "Membership",
    "MoveRule",
    "MutedProject",
    "Notification",
    "OwnField",
    "OwnValue",
    "OwnWorkday",
    "Passport",
    "Programme",
    "Project",
    "ProjectTemplate",
    "Recurrence",
    "RecurrenceAssignee",
    "RecurrenceLabel",
    "RecurrenceOccurrence",
    "SavedFilter",
    "SearchEntry",
    "SearchState",
    "Session",
    "SignInAttempt",
    "Sprint",
    "SprintNote",
    "SprintPerson",
    "SprintReport",
    "Stage",
    "StrategicProject",
    "Task",
    "TaskAssignee",
    "TaskDependency",
    "TaskLabel",
    "TaskWatcher",
    "User",
    "WipRule",
]
