"""Templates of projects."""

import peewee as pw

from pmo.db import BaseModel, JsonTextField, UTCDateTimeField
from pmo.models.accounts import User


class ProjectTemplate(BaseModel):
    """What a project held, without people and facts, for projects to come."""

    name = pw.CharField(max_length=120)
    folded = pw.CharField(max_length=240, unique=True)
    source = pw.CharField(max_length=8)  # code of the project that it was saved from
    saved_by = pw.ForeignKeyField(User, backref="+")
    saved_by_id: int
    saved_at = UTCDateTimeField()
    holds = JsonTextField()  # how much of what `content` holds: lists need no more
    content = JsonTextField()
    version = pw.IntegerField(default=1)

    class Meta:
        """Plural."""

        table_name = "project_templates"
