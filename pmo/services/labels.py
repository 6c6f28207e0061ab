"""Commands on the labels of a project."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import peewee as pw

from pmo.db import transaction
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import LabelColour
from pmo.errors import AlreadyTaken, NotFound
from pmo.models import Label
from pmo.queries import access
from pmo.services import automation_rules, board_locks, journal, versions

FIELDS = ("name", "colour")


def add(project_id: int, *, name: str, colour: LabelColour, actor: Actor, at: datetime) -> int:
    """Add a label and return its id. Raises NotFound, Forbidden, AlreadyTaken(field="name")."""
    with transaction():
        access.project(project_id, actor, Capability.PROJECT_EDIT)
        label = Label(project=project_id, name=name, colour=colour)
        data = {"label": name, "colour": colour.value}
        _record("project.label_added", label, actor, at, data)
        _saved(label)
    return int(label.id)


def edit(label_id: int, changes: Mapping[str, Any], *, actor: Actor, at: datetime) -> None:
    """Rename or recolour a label.

    changes: of `name` and `colour`. Raises NotFound, Forbidden, AlreadyTaken(field="name").
    """
    versions.check_names(changes, FIELDS)
    with transaction():
        label = _loaded(label_id, actor)
        before = {name: getattr(label, name) for name in changes}
        for name, value in changes.items():
            setattr(label, name, value)
        changed = {
            name: [before[name], new] for name, new in changes.items() if new != before[name]
        }
        if changed:
            data = {"label": before.get("name", label.name), "changes": changed}
            _record("project.label_edited", label, actor, at, data)
            _saved(label)


def remove(label_id: int, *, actor: Actor, at: datetime) -> list[str]:
    """Remove a label, also from the tasks that have it, and the rules that name it.

    Returns the names of these rules. Raises NotFound, Forbidden.
    """
    with transaction():
        label = _loaded(label_id, actor)
        _record("project.label_removed", label, actor, at, {"label": label.name})
        rules = automation_rules.remove_naming(label, actor=actor, at=at)
        label.delete_instance()
    return rules


def _loaded(label_id: int, actor: Actor) -> Label:
    access.label(label_id, actor, Capability.PROJECT_EDIT)
    label: Label | None = Label.get_or_none(Label.id == label_id)
    if label is None:
        raise NotFound(kind="label")
    return label


def _saved(label: Label) -> None:
    try:
        with transaction():
            label.save()
    except pw.IntegrityError as error:
        raise AlreadyTaken(field="name") from error


def _record(kind: str, label: Label, actor: Actor, at: datetime, data: dict[str, Any]) -> None:
    """Lock the boards and note the event, both before the label itself is written.

    A task's edit locks its column first and then the labels it names.
    """
    board_locks.touch(label.project_id)
    journal.append(kind, actor=actor, at=at, project_id=label.project_id, data=data)
