"""Figures of flow that are kept by day: made of the journal, and to be made anew at any time."""

import peewee as pw

from pmo.db import BaseModel
from pmo.models.projects import Project


class FlowDay(BaseModel):
    """A project at the end of a day on which something changed; see `pmo.domain.flow.daily`."""

    project = pw.ForeignKeyField(Project, backref="+", index=False, on_delete="CASCADE")
    project_id: int
    day = pw.DateField()
    remaining = pw.IntegerField()
    in_work = pw.IntegerField()
    blocked = pw.IntegerField()
    finished = pw.IntegerField()
    finished_weight = pw.BigIntegerField()
    remaining_weight = pw.BigIntegerField()
    done_weight = pw.BigIntegerField()
    reached_queue = pw.IntegerField()
    reached_in_progress = pw.IntegerField()
    reached_waiting = pw.IntegerField()
    reached_cancelled = pw.IntegerField()
    reached_done = pw.IntegerField()

    class Meta:
        """One row of a project and day."""

        table_name = "flow_days"
        primary_key = pw.CompositeKey("project", "day")


class FlowState(BaseModel):
    """Up to where the days of a project are kept, and of which journal, zone and rules.

    last_event: the id of the last one that was there. is_complete: none of it came after the last
    day that is kept, or so lately that another may have come unseen.
    """

    project = pw.ForeignKeyField(Project, primary_key=True, backref="+", on_delete="CASCADE")
    project_id: int
    kept_to = pw.DateField()
    last_event = pw.BigIntegerField()
    is_complete = pw.BooleanField()
    zone = pw.CharField(max_length=64)
    rules = pw.IntegerField()

    class Meta:
        """One row of a project."""

        table_name = "flow_states"
