"""The filter of tasks as it stands in addresses: of boards, lists, saved filters and files."""

from flask_babel import lazy_gettext as _l
from marshmallow import validate

from pmo.domain import own_fields
from pmo.domain.vocabulary import TaskKind
from schemas import fields as f
from schemas.base import QuerySchema

MOST_CHOSEN = 50
MOST_DAYS = 3_650
SPRINT = r"active|backlog|0|[1-9][0-9]?"


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
    own = f.List(
        f.String(
            max_length=own_fields.TEXT_LENGTH + 20,
            validate=validate.Regexp(
                rf"^{own_fields.CONDITION}$", error=_l("This condition cannot be understood.")
            ),
        ),
        description="Conditions on own fields by key: `f1:text` has these words, or is this number "
        "or day or choice; `f2>=10`, `f2<=20.5`, `f3>=2026-11-22` for numbers and days.",
        most=own_fields.MOST_FIELDS,
        example=["f1:зал", "f2>=10"],
    )
    sprint = f.String(
        max_length=16,
        validate=validate.Regexp(
            rf"^({SPRINT})$", error=_l("A number of a sprint, “active” or “backlog”.")
        ),
        description="Only of a sprint of its project: its number (0: the trial one), or `active` "
        "for the one that runs, or `backlog` for what no sprint is to do.",
        example="active",
    )
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
