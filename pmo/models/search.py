"""What the search index holds, beside the index itself, which each database keeps its own way.

All of it is derived: `pmo search rebuild` makes it anew.
"""

import peewee as pw

from pmo.db import BaseModel, EnumField
from pmo.domain.search_kinds import SearchKind
from pmo.models.projects import Project
from pmo.models.tasks import Task


class SearchEntry(BaseModel):
    """A thing that can be found. Its id is made of kind and number: `search_kinds.entry_id`."""

    id = pw.BigIntegerField(primary_key=True)
    kind = EnumField(SearchKind)
    object_id = pw.BigIntegerField()
    project = pw.ForeignKeyField(Project, backref="+", index=False, on_delete="CASCADE")
    project_id: int
    task = pw.ForeignKeyField(Task, null=True, backref="+", on_delete="CASCADE")
    task_id: int | None

    class Meta:
        """Read by id; by task when a thing of it is gone."""

        table_name = "search_entries"


class SearchState(BaseModel):
    """By which rules the index was built; one row, none before the first time."""

    id = pw.IntegerField(primary_key=True)
    version = pw.IntegerField()

    class Meta:
        """One."""

        table_name = "search_state"
