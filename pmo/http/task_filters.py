"""The filter of tasks between addresses and queries: read, meant for a visitor, written again."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from pmo.domain import own_fields
from pmo.domain.own_fields import PREFIX
from pmo.http import current, days
from pmo.queries.task_filters import TaskFilters
from schemas.base import form_values
from schemas.task_filters import TaskFilterSchema

Asked = Mapping[str, Any]
"""A filter as it is asked for, by the names of `TaskFilterSchema`: only what filters."""

SCHEMA = TaskFilterSchema()
"""One for all requests: making it takes as long as asking the database."""

MEANT = {
    "stage_id": "stage_ids",
    "label_id": "label_ids",
    "assignee_id": "assignee_ids",
    "kind": "kinds",
    "own": "own",
}
"""Lists by their names in addresses and in `TaskFilters`."""


def read(given: Any) -> dict[str, Any]:
    """Return the filter of an address. given: a MultiDict. Raises ValidationError."""
    return only(SCHEMA.load_filled(_with_own(given))) if given else {}


def of_address(address_: str) -> dict[str, Any]:
    """Return the filter that is in any address; none if it cannot be understood."""
    given = MultiDict(
        (name, value)
        for name, value in parse_qsl(urlsplit(address_).query)
        if name in SCHEMA.fields or name.startswith(PREFIX)
    )
    try:
        return read(given)
    except ValidationError:
        return {}


SIGNS = {"": ":", "from": ">=", "to": "<="}


def _with_own(given: Any) -> Any:
    """Turn what a form has for own fields (`own.f1`, `own.f2.from`, `own.f2.to`) into `own`."""
    names = [name for name in given if name.startswith(PREFIX)]
    if not names:
        return given
    given = given.copy()
    for name in names:
        key, _, side = name.removeprefix(PREFIX).partition(".")
        for typed in given.poplist(name):
            if typed.strip() and side in SIGNS:
                given.add("own", own_fields.asked(key, SIGNS[side], typed))
    return given


def only(values: Asked) -> dict[str, Any]:
    """Return of loaded values those that filter, in the order of the schema."""
    return {
        name: value
        for name in SCHEMA.fields
        if (value := values.get(name)) not in (None, "", []) and (name, value) != ("mine", False)
    }


def meant(asked: Asked) -> TaskFilters:
    """Return what a filter means for this visitor today."""
    values = dict(asked)
    mine, unmoved = values.pop("mine", False), values.pop("unmoved_days", None)
    for name, plural in MEANT.items():
        values[plural] = tuple(values.pop(name, ()))
    until = None if unmoved is None else current.today() - timedelta(days=unmoved)
    return TaskFilters(
        **values,
        mine_of=current.actor().user_id if mine else None,
        entered_before=days.end_of(until),
    )


def pairs(asked: Asked) -> list[tuple[str, str]]:
    """Return a filter as the hidden fields of a form."""
    return parse_qsl(address("", asked).removeprefix("?"))


def address(path: str, asked: Asked) -> str:
    """Return an address with a filter, the same for the same filter."""
    values = form_values({name: _flag(value) for name, value in only(asked).items()})
    return f"{path}?{urlencode(values, doseq=True)}" if values else path


def plain(asked: Asked) -> dict[str, Any]:
    """Return a filter as JSON can hold it: what `address` takes too."""
    found: dict[str, Any] = SCHEMA.dump(only(asked))
    return found


def _flag(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value
