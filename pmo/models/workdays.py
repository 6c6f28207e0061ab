"""What an office has set in the production calendar; the rest of it is in the product."""

import peewee as pw

from pmo.db import BaseModel, EnumField
from pmo.domain.vocabulary import WorkdayKind


class OwnWorkday(BaseModel):
    """A day as the office has it, whatever the law and the decrees say.

    version: the revision of the calendar that the day was written by.
    """

    day = pw.DateField(primary_key=True)
    kind = EnumField(WorkdayKind)
    note = pw.CharField(max_length=200)
    version = pw.IntegerField()

    class Meta:
        """Read as a whole."""

        table_name = "own_workdays"


class ConfirmedYear(BaseModel):
    """A year whose transfers the office has entered."""

    year = pw.IntegerField(primary_key=True)

    class Meta:
        """Read as a whole."""

        table_name = "confirmed_years"


class CalendarState(BaseModel):
    """How often the office has changed its calendar; one row, none before the first time.

    stamp: another one after each change, on any database, so that processes keep what they read.
    """

    id = pw.IntegerField(primary_key=True)
    revision = pw.IntegerField()
    stamp = pw.CharField(max_length=32)

    class Meta:
        """One."""

        table_name = "calendar_state"
