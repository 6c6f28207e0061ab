"""The top of the cascade: programmes and their strategic projects."""

import peewee as pw

from pmo.db import BaseModel, PeriodField


class Programme(BaseModel):
    """A development programme of the office."""

    key = pw.CharField(max_length=64, unique=True)
    name = pw.CharField(max_length=300)
    description = pw.TextField(default="")
    period = PeriodField(null=True)
    version = pw.IntegerField(default=1)

    class Meta:
        """Plural."""

        table_name = "programmes"


class StrategicProject(BaseModel):
    """A strategic project; projects of the portfolio belong to it."""

    programme = pw.ForeignKeyField(Programme, backref="strategic_projects")
    programme_id: int
    key = pw.CharField(max_length=64, unique=True)
    name = pw.CharField(max_length=300)
    description = pw.TextField(default="")
    position = pw.IntegerField()
    version = pw.IntegerField(default=1)

    class Meta:
        """Plural."""

        table_name = "strategic_projects"
