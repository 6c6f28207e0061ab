"""The fields of a recurring task: as asked for, as rows, and as the journal keeps them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pmo.db import locked, rows
from pmo.domain import recurrences
from pmo.domain.vocabulary import ColumnMeaning, RecurrenceKind, TaskKind
from pmo.errors import Invalid, NotFound, _
from pmo.models import (
    Board,
    Column,
    Label,
    Recurrence,
    RecurrenceAssignee,
    RecurrenceLabel,
    User,
)
from pmo.services import task_fields

OF_CARDS = (
    "title",
    "description",
    "kind",
    "stage_id",
    "plan_number",
    "weight",
    "expected_result",
    "responsible",
    "assignee_ids",
    "label_ids",
)
"""What goes on to each card as it is."""

OF_TABLE = ("participants", "document", "submitted_to")
OF_RULE = ("rule", *recurrences.PARTICULARS)
OF_TIME = ("starts_on", "until", "days_ahead")
FIELDS = (*OF_CARDS, "column_id", "checklist", *OF_RULE, *OF_TIME, *OF_TABLE)
"""What can be set: ids for stage, column, people and labels."""

DEFAULTS: Mapping[str, Any] = {
    "description": "",
    "kind": TaskKind.EVENT,
    "stage_id": None,
    "plan_number": "",
    "weight": 1,
    "expected_result": "",
    "responsible": "",
    "assignee_ids": (),
    "label_ids": (),
    "checklist": (),
    **dict.fromkeys(recurrences.PARTICULARS),
    "until": None,
    "days_ahead": 0,
    **dict.fromkeys(OF_TABLE, ""),
}
"""Of a new one; the rest is required."""

DONE = _("Cards cannot begin in a column that means done.")
BACKWARDS = _("It ends before it begins.")


@dataclass(frozen=True, slots=True)
class Checked:
    """Values that fit their project: of the row, and of the two lists beside it."""

    row: dict[str, Any]
    assignee_ids: list[int]
    label_ids: list[int]


def checked(project_id: int, values: Mapping[str, Any], *, at: datetime) -> Checked:
    """Check a whole recurring task. values: all `FIELDS`; a column that is None stays so.

    Locks the column. Raises NotFound for what is of another project, Invalid.
    """
    wanted = task_fields.wanted(project_id, {name: values[name] for name in OF_CARDS}, at=at)
    row = task_fields.row_values(wanted)
    until = values["until"]
    if until is not None and until < values["starts_on"]:
        raise Invalid({"until": [BACKWARDS]})
    kind = RecurrenceKind(values["rule"])
    row |= {name: values[name] for name in (*OF_TIME, *OF_TABLE)}
    row |= {"rule": kind, **recurrences.particulars(kind, values)}
    row["checklist"] = list(values["checklist"])
    if values["column_id"] is not None:
        row |= _column(project_id, values["column_id"])
    return Checked(row, list(wanted["assignees"].row), list(wanted["labels"].row))


def present(recurrence: Recurrence) -> dict[str, Any]:
    """Return all `FIELDS` of a recurring task as a command would set them."""
    lists = {
        "assignee_ids": [user for (user,) in rows(_people(recurrence.id, User.id))],
        "label_ids": [label for (label,) in rows(_labels(recurrence.id, Label.id))],
    }
    return {name: getattr(recurrence, name) for name in FIELDS if name not in lists} | lists


def portable(recurrence: Recurrence) -> dict[str, Any]:
    """Return what the journal keeps of a recurring task beside its key."""
    plain = ("title", "description", "plan_number", "weight", "expected_result", "responsible")
    column, stage = recurrence.column, recurrence.stage
    return {
        **{name: getattr(recurrence, name) for name in plain},
        "kind": TaskKind(recurrence.kind).value,
        "board": recurrence.board.key,
        "column": column and column.key,
        "stage": stage and stage.key,
        "assignees": sorted(login for (login,) in rows(_people(recurrence.id, User.login))),
        "labels": sorted(name for (name,) in rows(_labels(recurrence.id, Label.name))),
        "checklist": list(recurrence.checklist),
        "rule": RecurrenceKind(recurrence.rule).value,
        **{name: getattr(recurrence, name) for name in recurrences.PARTICULARS},
        "starts_on": _iso(recurrence.starts_on),
        "until": _iso(recurrence.until),
        "days_ahead": recurrence.days_ahead,
        **{name: getattr(recurrence, name) for name in OF_TABLE},
    }


def write_lists(recurrence_id: int, values: Checked) -> None:
    """Replace people and labels."""
    for model, thing, ids in (
        (RecurrenceAssignee, "user", values.assignee_ids),
        (RecurrenceLabel, "label", values.label_ids),
    ):
        _replace(model, recurrence_id, thing, ids)


def _replace(model: Any, recurrence_id: int, thing: str, ids: Iterable[int]) -> None:
    model.delete().where(model.recurrence == recurrence_id).execute()
    pairs = [{"recurrence": recurrence_id, thing: one} for one in ids]
    if pairs:
        model.insert_many(pairs).execute()


def _column(project_id: int, column_id: int) -> dict[str, Any]:
    own = Board.select(Board.id).where(Board.project == project_id)
    here = (Column.id == column_id) & Column.board.in_(own)
    column = locked(Column.select().where(here)).first()
    if column is None:
        raise NotFound(kind="column")
    if column.meaning is ColumnMeaning.DONE:
        raise Invalid({"column_id": [DONE]})
    return {"column": column.id, "board": column.board_id}


def _people(recurrence_id: int, what: Any) -> Any:
    query = User.select(what).join(RecurrenceAssignee).order_by(what)
    return query.where(RecurrenceAssignee.recurrence == recurrence_id)


def _labels(recurrence_id: int, what: Any) -> Any:
    query = Label.select(what).join(RecurrenceLabel).order_by(what)
    return query.where(RecurrenceLabel.recurrence == recurrence_id)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
