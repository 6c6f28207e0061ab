"""What tasks hold in the fields of their project's own."""

from collections.abc import Mapping

from pmo.db import rows
from pmo.domain import own_fields
from pmo.domain.own_fields import PREFIX, Unfit, Written
from pmo.errors import Invalid, NotFound
from pmo.models import OwnField, OwnValue, Task


def read(project_id: int, given: Mapping[str, str]) -> dict[str, Written]:
    """Understand values by key, typed as text; return them as `own.f1` and so on.

    Raises NotFound for a field that the project does not have, Invalid with the faults by `own.f1`.
    """
    known = {field.key: field for field in _fields(project_id)} if given else {}
    values: dict[str, Written] = {}
    faults: dict[str, list[str]] = {}
    for key, typed in given.items():
        field = known.get(key)
        if field is None:
            raise NotFound(kind="own_field")
        try:
            values[PREFIX + key] = own_fields.read(field.kind, field.choices, typed)
        except Unfit as error:
            faults[PREFIX + key] = [error.sentence]
    if faults:
        raise Invalid(faults)
    return values


def present(task_id: int, project_id: int) -> dict[str, str]:
    """Return what a task holds in every field of its project, as `own.f1` and so on."""
    held = OwnValue.select(OwnField.key, OwnValue.value).join(OwnField)
    values = dict(rows(held.where(OwnValue.task == task_id)))
    return {PREFIX + field.key: values.get(field.key, "") for field in _fields(project_id)}


def write(task_id: int, values: Mapping[str, Written]) -> None:
    """Replace what a task holds, by `own.f1` and so on; '' leaves nothing."""
    keys = [name.removeprefix(PREFIX) for name in values]
    fields = OwnField.select(OwnField.key, OwnField.id).join(
        Task, on=(Task.project == OwnField.project)
    )
    ids = dict(rows(fields.where((Task.id == task_id) & OwnField.key.in_(keys))))
    mine = (OwnValue.task == task_id) & OwnValue.field.in_(list(ids.values()))
    OwnValue.delete().where(mine).execute()
    for key, field_id in ids.items():
        value = values[PREFIX + key]
        if value.text:
            OwnValue.insert(
                task=task_id,
                field=field_id,
                value=value.text,
                folded=value.folded,
                amount=value.amount,
            ).execute()


def _fields(project_id: int) -> list[OwnField]:
    return list(OwnField.select().where(OwnField.project == project_id).order_by(OwnField.position))
