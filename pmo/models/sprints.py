"""Sprints of a project, and who is to work in them how much."""

import peewee as pw

from pmo.db import BaseModel, EnumField, UTCDateTimeField
from pmo.domain.vocabulary import SprintState
from pmo.models.accounts import User
from pmo.models.projects import Project


class Sprint(BaseModel):
    """A sprint. number: 0 is the trial sprint. goal_met: null until it is closed."""

    project = pw.ForeignKeyField(Project, backref="sprints", index=False)
    project_id: int
    number = pw.IntegerField()
    goal = pw.TextField(default="")
    starts_on = pw.DateField()
    ends_on = pw.DateField()
    state = EnumField(SprintState, default=SprintState.PLANNED)
    started_at = UTCDateTimeField(null=True)
    closed_at = UTCDateTimeField(null=True)
    goal_met = pw.BooleanField(null=True)
    version = pw.IntegerField(default=1)

    class Meta:
        """Names of the database: one index keeps a project from having two active sprints."""

        table_name = "sprints"
        indexes = ((("project", "number"), True),)
        constraints = [pw.Check("number >= 0"), pw.Check("starts_on <= ends_on")]


Sprint.add_index(
    Sprint.project, unique=True, where=Sprint.state == SprintState.ACTIVE, name="sprints_active"
)


class SprintPerson(BaseModel):
    """A person in a sprint. percent: of a working day. days_off: working days away."""

    sprint = pw.ForeignKeyField(Sprint, backref="people", on_delete="CASCADE", index=False)
    sprint_id: int
    user = pw.ForeignKeyField(User, backref="+")
    user_id: int
    percent = pw.IntegerField(default=100)
    days_off = pw.IntegerField(default=0)

    class Meta:
        """Once in each sprint."""

        table_name = "sprint_people"
        primary_key = pw.CompositeKey("sprint", "user")
        constraints = [
            pw.Check("percent > 0"),
            pw.Check("percent <= 100"),
            pw.Check("days_off >= 0"),
        ]
