"""Fields of a project's own in a portfolio file: values that fit them."""

from collections.abc import Iterator
from typing import Any

from pmo.domain import own_fields
from pmo.domain.vocabulary import OwnFieldKind
from pmo.errors import Fault

Content = dict[str, Any]


def _(message: str) -> str:
    return message


NO_FIELD = _("The project has no own field “{value}”.")
NO_FIT = _("The field “{value}” cannot hold this, or it is written in another form.")
CHOICES = _("A choice needs choices, each of them once; other kinds have none.")


def faults(place: str, project: Content) -> Iterator[Fault]:
    """Yield what is wrong with a project's own fields and with what its tasks hold in them."""
    for index, field in enumerate(project["own_fields"]):
        choices = field["choices"]
        is_choice = field["kind"] is OwnFieldKind.CHOICE
        if is_choice != bool(choices) or len(set(choices)) < len(choices):
            yield Fault(f"{place}.own_fields[{index}].choices", CHOICES)
    known = {field["key"]: field for field in project["own_fields"]}
    for index, task in enumerate(project["tasks"]):
        for key, text in task["own"].items():
            inner = f"{place}.tasks[{index}].own.{key}"
            field = known.get(key)
            if field is None:
                yield Fault(inner, NO_FIELD, {"value": key})
            elif not own_fields.is_written(field["kind"], field["choices"], text):
                yield Fault(inner, NO_FIT, {"value": field["name"]})
