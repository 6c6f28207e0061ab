"""The working days that the cyclogram goes by."""

from pmo.domain.recurrences import IsWorking
from pmo.queries import workdays


def is_working() -> IsWorking:
    """Return what tells a working day of the office from a day of rest, as it is now."""
    return workdays.calendar().is_working
