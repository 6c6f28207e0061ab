"""The one way to get at an object: one loader per kind, which checks the actor.

Every loader is one SQL statement that brings the object's chain up to its project,
with the actor's membership. What is unknown, and what the actor may not see, is
`NotFound` alike; what is seen but may not be done is `Forbidden`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import peewee as pw

from pmo.domain import permissions
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import Gate, MemberRole
from pmo.errors import Archived, Forbidden, NotFound
from pmo.models import (
    Attachment,
    AutomationRule,
    Board,
    BoardDraft,
    ChecklistItem,
    Column,
    Comment,
    Event,
    Evidence,
    Label,
    Membership,
    MoveRule,
    OwnField,
    Project,
    SavedFilter,
    Stage,
    Task,
    WipRule,
)
from pmo.statements import Statement


@dataclass(frozen=True, slots=True)
class ProjectAccess:
    """A project that the actor may use as asked, and the actor's standing in it."""

    project_id: int
    code: str
    gate: Gate
    membership: MemberRole | None
    actor: Actor

    def may(self, capability: Capability) -> bool:
        """Tell whether the actor may do something else in this project."""
        return permissions.may(self.actor, capability, self.membership)


@dataclass(frozen=True, slots=True)
class BoardAccess(ProjectAccess):
    """A board with what its page's head says; `revision` is the present one."""

    board_id: int
    name: str
    revision: int
    version: int
    project_name: str
    rules: int


@dataclass(frozen=True, slots=True)
class BoardPartAccess(ProjectAccess):
    """A rule of a board."""

    part_id: int
    board_id: int


@dataclass(frozen=True, slots=True)
class ColumnAccess(ProjectAccess):
    """A column of a board."""

    column_id: int
    board_id: int
    board_key: str
    rules: int  # which kinds its board has, of `domain.board_rules.Rules`


@dataclass(frozen=True, slots=True)
class TaskAccess(ProjectAccess):
    """A task, where it stands now, and its two counters."""

    task_id: int
    column_id: int
    board_id: int
    board_key: str
    rules: int
    board_revision: int
    version: int
    moves: int
    archived_at: datetime | None


@dataclass(frozen=True, slots=True)
class CommentAccess(ProjectAccess):
    """A comment, and the task that it is on. is_removed: only its tombstone is left."""

    comment_id: int
    number: int
    author_id: int | None
    is_removed: bool
    task_id: int
    column_id: int


@dataclass(frozen=True, slots=True)
class BoardDraftAccess(ProjectAccess):
    """A board from outside that waits for its owner, and the board it is for."""

    draft_id: int
    board_id: int
    board_key: str


@dataclass(frozen=True, slots=True)
class AttachmentAccess(ProjectAccess):
    """A file of a task."""

    attachment_id: int
    task_id: int
    column_id: int


@dataclass(frozen=True, slots=True)
class FilterAccess(ProjectAccess):
    """A saved filter: the actor's own, or one shared with its project."""

    filter_id: int
    owner_id: int
    is_shared: bool


@dataclass(frozen=True, slots=True)
class PartAccess(ProjectAccess):
    """A stage, a label or an own field of a project."""

    part_id: int


@dataclass(frozen=True, slots=True)
class TaskPartAccess(ProjectAccess):
    """Something that hangs on a task."""

    task_id: int
    column_id: int
    archived_at: datetime | None
    part_id: int


@dataclass(frozen=True, slots=True)
class EventAccess(ProjectAccess):
    """An event of a task. act_id: the first event of its act, itself if it stands alone."""

    event_id: int
    task_id: int
    act_id: int


def project(project_id: int, actor: Actor, capability: Capability) -> ProjectAccess:
    """Load a project. Raises NotFound, Forbidden."""
    found = PROJECT(wanted_id=project_id, user_id=actor.user_id)
    return ProjectAccess(*_allowed(found, actor, capability, "project"))


def board(board_id: int, actor: Actor, capability: Capability) -> BoardAccess:
    """Load a board. Raises NotFound, Forbidden."""
    found = BOARD(wanted_id=board_id, user_id=actor.user_id)
    return BoardAccess(*_allowed(found, actor, capability, "board"))


def column(column_id: int, actor: Actor, capability: Capability) -> ColumnAccess:
    """Load a column. Raises NotFound, Forbidden."""
    found = COLUMN(wanted_id=column_id, user_id=actor.user_id)
    return ColumnAccess(*_allowed(found, actor, capability, "column"))


def task(task_id: int, actor: Actor, capability: Capability) -> TaskAccess:
    """Load a task; an archived one can only be read. Raises NotFound, Forbidden, Archived."""
    found = archived_or_live_task(task_id, actor, capability)
    if found.archived_at is not None and capability is not Capability.PROJECT_READ:
        raise Archived
    return found


def archived_or_live_task(task_id: int, actor: Actor, capability: Capability) -> TaskAccess:
    """Load a task wherever it is, for what is done to the archive. Raises NotFound, Forbidden."""
    found = TASK(wanted_id=task_id, user_id=actor.user_id)
    *values, archived_at = _allowed(found, actor, capability, "task")
    return TaskAccess(*(*values, Task.archived_at.python_value(archived_at)))


def comment(comment_id: int, actor: Actor, capability: Capability) -> CommentAccess:
    """Load a comment; on an archived task it can only be read.

    Raises NotFound, Forbidden, Archived.
    """
    found = COMMENT(wanted_id=comment_id, user_id=actor.user_id)
    *values, is_removed, task_id, column_id, is_archived = _allowed(
        found, actor, capability, "comment"
    )
    if is_archived and capability is not Capability.PROJECT_READ:
        raise Archived
    return CommentAccess(*(*values, bool(is_removed), task_id, column_id))


def board_draft(draft_id: int, actor: Actor, capability: Capability) -> BoardDraftAccess:
    """Load a draft of a board; another's does not exist. Raises NotFound, Forbidden."""
    found = BOARD_DRAFT(wanted_id=draft_id, user_id=actor.user_id)
    *values, owner_id = _allowed(found, actor, capability, "board_draft")
    if owner_id != actor.user_id:
        raise NotFound(kind="board_draft")
    return BoardDraftAccess(*values)


def attachment(attachment_id: int, actor: Actor, capability: Capability) -> AttachmentAccess:
    """Load a file of a task. Raises NotFound, Forbidden, Archived as the task would."""
    found = ATTACHMENT(wanted_id=attachment_id, user_id=actor.user_id)
    *values, archived_at = _allowed(found, actor, capability, "attachment")
    if archived_at is not None and capability is not Capability.PROJECT_READ:
        raise Archived
    return AttachmentAccess(*values)


def saved_filter(filter_id: int, actor: Actor, capability: Capability) -> FilterAccess:
    """Load a saved filter; another person's own one does not exist. Raises NotFound, Forbidden."""
    found = SAVED_FILTER(wanted_id=filter_id, user_id=actor.user_id)
    *values, is_shared = _allowed(found, actor, capability, "filter")
    loaded = FilterAccess(*(*values, bool(is_shared)))
    if not loaded.is_shared and loaded.owner_id != actor.user_id:
        raise NotFound(kind="filter")
    return loaded


def stage(stage_id: int, actor: Actor, capability: Capability) -> PartAccess:
    """Load a stage. Raises NotFound, Forbidden."""
    found = STAGE(wanted_id=stage_id, user_id=actor.user_id)
    return PartAccess(*_allowed(found, actor, capability, "stage"))


def label(label_id: int, actor: Actor, capability: Capability) -> PartAccess:
    """Load a label. Raises NotFound, Forbidden."""
    found = LABEL(wanted_id=label_id, user_id=actor.user_id)
    return PartAccess(*_allowed(found, actor, capability, "label"))


def move_rule(rule_id: int, actor: Actor, capability: Capability) -> BoardPartAccess:
    """Load a rule of who may move cards. Raises NotFound, Forbidden."""
    found = MOVE_RULE(wanted_id=rule_id, user_id=actor.user_id)
    return BoardPartAccess(*_allowed(found, actor, capability, "move_rule"))


def wip_rule(rule_id: int, actor: Actor, capability: Capability) -> BoardPartAccess:
    """Load a limit of a board. Raises NotFound, Forbidden."""
    found = WIP_RULE(wanted_id=rule_id, user_id=actor.user_id)
    return BoardPartAccess(*_allowed(found, actor, capability, "wip_rule"))


def automation_rule(rule_id: int, actor: Actor, capability: Capability) -> BoardPartAccess:
    """Load a rule of what is done by itself. Raises NotFound, Forbidden."""
    found = AUTOMATION_RULE(wanted_id=rule_id, user_id=actor.user_id)
    return BoardPartAccess(*_allowed(found, actor, capability, "automation_rule"))


def checklist_item(item_id: int, actor: Actor, capability: Capability) -> TaskPartAccess:
    """Load an item of a checklist; see `_of_task`. Raises NotFound, Forbidden, Archived."""
    return _of_task(CHECKLIST_ITEM, item_id, actor, capability, "checklist item")


def evidence(evidence_id: int, actor: Actor, capability: Capability) -> TaskPartAccess:
    """Load a piece of evidence; see `_of_task`. Raises NotFound, Forbidden, Archived."""
    return _of_task(EVIDENCE, evidence_id, actor, capability, "evidence")


def own_field(field_id: int, actor: Actor, capability: Capability) -> PartAccess:
    """Load a field of a project's own. Raises NotFound, Forbidden."""
    found = OWN_FIELD(wanted_id=field_id, user_id=actor.user_id)
    return PartAccess(*_allowed(found, actor, capability, "own_field"))


def event(event_id: int, actor: Actor, capability: Capability) -> EventAccess:
    """Load an event of a task; others are not there. Raises NotFound, Forbidden."""
    found = EVENT(wanted_id=event_id, user_id=actor.user_id)
    *values, act_id = _allowed(found, actor, capability, "event")
    return EventAccess(*(*values, act_id or event_id))


def visible_projects(actor: Actor) -> Any:
    """Return the condition on `Project` rows that the actor may see, for lists."""
    if permissions.office_may(actor, Capability.PROJECT_READ):
        return pw.SQL("1 = 1")
    own = Membership.select(Membership.project).where(Membership.user == actor.user_id)
    return Project.id.in_(own)


def seen(actor: Actor, project_column: str) -> tuple[str, list[Any]]:
    """Return the condition of `visible_projects` for SQL that is written out, and its values.

    project_column: where the statement has the project's id. `{p}` stands for a value.
    """
    if permissions.office_may(actor, Capability.PROJECT_READ):
        return "1 = 1", []
    own = "SELECT m.project_id FROM memberships m WHERE m.user_id = {p}"
    return f"{project_column} IN ({own})", [actor.user_id]


def require(actor: Actor, capability: Capability) -> None:
    """Check a capability that belongs to the office role alone. Raises Forbidden."""
    if not permissions.office_may(actor, capability):
        raise Forbidden(capability=capability.value)


def _tasks(query: "pw.ModelSelect[Any]") -> "pw.ModelSelect[Any]":
    return query.join(Task, on=(Task.project == Project.id))


def _standing(
    wanted: Callable[["pw.ModelSelect[Any]"], "pw.ModelSelect[Any]"], key: Any, *more: Any
) -> Statement:
    """Write the statement of one loader.

    wanted: joins the object's chain to `Project`. key: the object's id. more: columns
    that its access has beyond those of every access.
    """

    def build(wanted_id: Any, user_id: Any) -> "pw.ModelSelect[Any]":
        mine = (Membership.project == Project.id) & (Membership.user == user_id)
        columns = (Project.id, Project.code, Project.gate, Membership.role, *more)
        query = wanted(Project.select(*columns))
        query = query.join_from(Project, Membership, pw.JOIN.LEFT_OUTER, on=mine)
        return query.where(key == wanted_id)

    return Statement(build)


PROJECT = _standing(lambda query: query, Project.id)
BOARD = _standing(
    lambda query: query.join(Board),
    Board.id,
    Board.id,
    Board.name,
    Board.revision,
    Board.version,
    Project.short_name,
    Board.rule_kinds,
)
COLUMN = _standing(
    lambda query: query.join(Board).join(Column),
    Column.id,
    Column.id,
    Board.id,
    Board.key,
    Board.rule_kinds,
)
TASK = _standing(
    lambda query: _tasks(query).join(Column).join(Board),
    Task.id,
    Task.id,
    Column.id,
    Board.id,
    Board.key,
    Board.rule_kinds,
    Board.revision,
    Task.version,
    Task.moves,
    Task.archived_at,
)
COMMENT = _standing(
    lambda query: query.join(Task, on=(Task.project == Project.id)).join(Comment),
    Comment.id,
    Comment.id,
    Comment.number,
    Comment.author,
    Comment.removed_at.is_null(False),
    Task.id,
    Task.column,
    Task.archived_at.is_null(False),
)
BOARD_DRAFT = _standing(
    lambda query: query.join(Board).join(BoardDraft),
    BoardDraft.id,
    BoardDraft.id,
    Board.id,
    Board.key,
    BoardDraft.owner,
)
ATTACHMENT = _standing(
    lambda query: query.join(Task, on=(Task.project == Project.id)).join(Attachment),
    Attachment.id,
    Attachment.id,
    Task.id,
    Task.column,
    Task.archived_at,
)
MOVE_RULE = _standing(
    lambda query: query.join(Board).join(MoveRule), MoveRule.id, MoveRule.id, Board.id
)
WIP_RULE = _standing(
    lambda query: query.join(Board).join(WipRule), WipRule.id, WipRule.id, Board.id
)
AUTOMATION_RULE = _standing(
    lambda query: query.join(Board).join(AutomationRule),
    AutomationRule.id,
    AutomationRule.id,
    Board.id,
)
SAVED_FILTER = _standing(
    lambda query: query.join(SavedFilter, on=(SavedFilter.project == Project.id)),
    SavedFilter.id,
    SavedFilter.id,
    SavedFilter.owner,
    SavedFilter.is_shared,
)
STAGE = _standing(lambda query: query.join(Stage), Stage.id, Stage.id)
LABEL = _standing(lambda query: query.join(Label), Label.id, Label.id)
OWN_FIELD = _standing(lambda query: query.join(OwnField), OwnField.id, OwnField.id)

EVENT = _standing(
    lambda query: query.join(Task, on=(Task.project == Project.id)).join(
        Event, on=(Event.task == Task.id)
    ),
    Event.id,
    Event.id,
    Task.id,
    Event.act,
)


CHECKLIST_ITEM = _standing(
    lambda query: _tasks(query).join(ChecklistItem, on=(ChecklistItem.task == Task.id)),
    ChecklistItem.id,
    Task.id,
    Task.column,
    Task.archived_at,
    ChecklistItem.id,
)
EVIDENCE = _standing(
    lambda query: _tasks(query).join(Evidence, on=(Evidence.task == Task.id)),
    Evidence.id,
    Task.id,
    Task.column,
    Task.archived_at,
    Evidence.id,
)


def _of_task(
    loader: Statement, part_id: int, actor: Actor, capability: Capability, kind: str
) -> TaskPartAccess:
    """Load what hangs on a task; on an archived one it can only be read."""
    found = loader(wanted_id=part_id, user_id=actor.user_id)
    *values, archived_at, own_id = _allowed(found, actor, capability, kind)
    if archived_at is not None and capability is not Capability.PROJECT_READ:
        raise Archived
    return TaskPartAccess(*(*values, Task.archived_at.python_value(archived_at), own_id))


def _allowed(
    found: list[tuple[Any, ...]], actor: Actor, capability: Capability, kind: str
) -> tuple[Any, ...]:
    """Check the one row, and return what its access is made of."""
    if not found:
        raise NotFound(kind=kind)
    project_id, code, gate, role, *more = found[0]
    own = None if role is None else MemberRole(role)
    membership = permissions.membership_of(actor, project_id, own)
    if not permissions.may(actor, Capability.PROJECT_READ, membership):
        raise NotFound(kind=kind)
    if not permissions.may(actor, capability, membership):
        raise Forbidden(capability=capability.value)
    return project_id, code, Gate(gate), membership, actor, *more
