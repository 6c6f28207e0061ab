"""The filter of tasks as it stands in addresses: of boards, lists, saved filters and files."""

from pmo.domain.vocabulary import TaskKind
from schemas import fields as f
from schemas.base import QuerySchema

MOST_CHOSEN = 50
MOST_DAYS = 3_650


class TaskFilterSchema(QuerySchema):
    """Which tasks are wanted; several values of one field are joined by “or”, fields by “and”."""

    search = f.String(description="Words that key and title must all have.", max_length=200)
    column_id = f.Id(description="Only of this column.")
    stage_id = f.List(
        f.Integer(low=0),
        description="Only of these stages; 0: of none.",
        most=MOST_CHOSEN,
    )
    label_id = f.List(
        f.Integer(low=0),
        description="Only with one of these labels; 0: without any.",
        most=MOST_CHOSEN,
    )
    assignee_id = f.List(
        f.Integer(low=0),
        description="Only of these people; 0: of nobody.",
        most=MOST_CHOSEN,
    )
    kind = f.List(f.Enum(TaskKind), description="Only of these kinds.", most=len(TaskKind))
    is_done = f.StrictBoolean(description="Only done ones, or only others.")
    is_blocked = f.StrictBoolean(
        description="Only those that somebody calls blocked (`blocked_reason`), or only others."
    )
    is_waiting = f.StrictBoolean(
        description="Only those that wait for an open task (`waits_for`), or only others."
    )
    is_overdue = f.StrictBoolean(description="Only overdue ones, or only others.")
    mine = f.StrictBoolean(description="Only your own ones.")
    unmoved_days = f.Integer(
        description="Only those that have stood in their column for so many days or more.",
        low=1,
        high=MOST_DAYS,
    )
