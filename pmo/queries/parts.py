"""One part of a project by its id: a stage, a label, a member; and all its labels."""

from datetime import date

import peewee as pw

from pmo.db import rows
from pmo.domain.permissions import Actor, Capability
from pmo.errors import NotFound
from pmo.models import Label
from pmo.queries import access, memberships, projects
from pmo.queries.cards import LabelView
from pmo.queries.memberships import MemberView
from pmo.queries.projects import StageView


def stage(stage_id: int, actor: Actor, *, today: date) -> StageView:
    """Return a stage; three statements. Raises NotFound."""
    found = access.stage(stage_id, actor, Capability.PROJECT_READ)
    for view in projects.stages(found.project_id, actor, today=today):
        if view.id == stage_id:
            return view
    raise NotFound(kind="stage")


def labels(project_id: int, actor: Actor) -> tuple[LabelView, ...]:
    """Return the labels of a project by name; two statements. Raises NotFound."""
    access.project(project_id, actor, Capability.PROJECT_READ)
    return _labels(Label.project == project_id)


def label(label_id: int, actor: Actor) -> LabelView:
    """Return a label; two statements. Raises NotFound."""
    access.label(label_id, actor, Capability.PROJECT_READ)
    for view in _labels(Label.id == label_id):
        return view
    raise NotFound(kind="label")


def member(project_id: int, user_id: int, actor: Actor) -> MemberView:
    """Return a person's part in a project; two statements. Raises NotFound."""
    for view in memberships.members(project_id, actor):
        if view.user_id == user_id:
            return view
    raise NotFound(kind="membership")


def _labels(condition: pw.Expression) -> tuple[LabelView, ...]:
    query = Label.select(Label.id, Label.name, Label.colour).where(condition)
    return tuple(LabelView(*row) for row in rows(query.order_by(Label.name)))
