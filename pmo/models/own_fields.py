"""Fields of a project's own, and what its tasks hold in them."""

import peewee as pw

from pmo.db import BaseModel, EnumField, JsonTextField
from pmo.domain.vocabulary import OwnFieldKind
from pmo.models.projects import Project
from pmo.models.tasks import Task


class OwnField(BaseModel):
    """A field that one project gives its tasks beside the usual ones."""

    project = pw.ForeignKeyField(Project, backref="own_fields")
    project_id: int
    key = pw.CharField(max_length=16)  # f1, f2 …: names it in files and in the journal
    name = pw.CharField(max_length=60)
    kind = EnumField(OwnFieldKind)
    choices = JsonTextField(default=list)
    position = pw.IntegerField()
    version = pw.IntegerField(default=1)

    class Meta:
        """Plural."""

        table_name = "own_fields"
        indexes = ((("project", "key"), True), (("project", "name"), True))


class OwnValue(BaseModel):
    """What a task holds in a field; no row where it holds nothing."""

    task = pw.ForeignKeyField(Task, backref="own_values", on_delete="CASCADE", index=False)
    task_id: int
    field = pw.ForeignKeyField(OwnField, backref="values", on_delete="CASCADE", index=False)
    field_id: int
    value = pw.TextField()  # in its one written form: see `domain.own_fields`
    folded = pw.TextField()  # the words of a text: SQLite cannot fold Cyrillic itself
    amount = pw.BigIntegerField(null=True)  # a number in ten-thousandths, a day by its ordinal

    class Meta:
        """By task for its panel, by field for filters and its removal."""

        table_name = "own_values"
        primary_key = pw.CompositeKey("task", "field")
        indexes = ((("field", "amount"), False),)
