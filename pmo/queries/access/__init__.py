"""The one way to get at an object: one loader per kind, which checks the actor."""

from pmo.queries.access.boards import (
    BoardAccess,
    BoardDraftAccess,
    BoardPartAccess,
    ColumnAccess,
    automation_rule,
    board,
    board_draft,
    column,
    move_rule,
    wip_rule,
)
from pmo.queries.access.loaders import ProjectAccess
from pmo.queries.access.office import require, seen, visible_projects
from pmo.queries.access.projects import (
    PartAccess,
    label,
    own_field,
    project,
    saved_filter,
    stage,
)
from pmo.queries.access.tasks import (
    CommentAccess,
    TaskAccess,
    TaskPartAccess,
    archived_or_live_task,
    attachment,
    checklist_item,
    comment,
    event,
    evidence,
    task,
)

__all__ = [
    "BoardAccess",
    "BoardDraftAccess",
    "BoardPartAccess",
    "ColumnAccess",
    "CommentAccess",
    "PartAccess",
    "ProjectAccess",
    "TaskAccess",
    "TaskPartAccess",
    "archived_or_live_task",
    "attachment",
    "automation_rule",
    "board",
    "board_draft",
    "checklist_item",
    "column",
    "comment",
    "event",
    "evidence",
    "label",
    "move_rule",
    "own_field",
    "project",
    "require",
    "saved_filter",
    "seen",
    "stage",
    "task",
    "visible_projects",
    "wip_rule",
]
