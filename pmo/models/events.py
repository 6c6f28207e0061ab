"""The journal: every change as an event, appended and never altered."""

import peewee as pw

from pmo.db import BaseModel, JsonTextField, UTCDateTimeField
from pmo.models.accounts import User
from pmo.models.projects import Project
from pmo.models.tasks import Task


class Event(BaseModel):
    """One change. The database itself refuses to change or remove it (triggers).

    kind: noun.verb, e.g. `task.moved`. data: portable values (keys, logins, names), no ids.
    actor: None when the product itself acted.
    """

    id = pw.BigAutoField()
    at = UTCDateTimeField()
    actor = pw.ForeignKeyField(User, null=True, backref="+")
    actor_id: int | None
    kind = pw.CharField(max_length=40)
    project = pw.ForeignKeyField(Project, null=True, backref="+", index=False)
    project_id: int | None
    task = pw.ForeignKeyField(Task, null=True, backref="+", index=False)
    task_id: int | None
    data = JsonTextField(default=dict)
    # The first event of the same act.
    act = pw.ForeignKeyField("self", null=True, backref="+", index=False)
    act_id: int | None
    # The event that this one undid.
    undoes = pw.ForeignKeyField("self", null=True, backref="+", index=False)
    undoes_id: int | None

    class Meta:
        """By task for a card's history, by project for metrics."""

        table_name = "events"
        indexes = ((("task", "id"), False), (("project", "id"), False))


for _part in (Event.act, Event.undoes):  # of few rows each
    Event.add_index(_part, where=_part.is_null(False))
