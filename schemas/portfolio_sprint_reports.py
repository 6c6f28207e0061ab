"""What is said and kept of a sprint in a portfolio file: notes of its retrospective, its report.

The keys of a report stand in the order in which `pmo.domain.flow.sprint_reports` gives them.
"""

from pmo.domain.sprints import GOAL_LENGTH, MOST_SPRINTS, REASON_LENGTH
from pmo.domain.vocabulary import LeftoverDecision, NoteColumn
from schemas import portfolio_fields as f
from schemas.portfolio_names import MOST_NUMBER, Login
from schemas.portfolio_part import Part

MOST_NOTES = 200
NOTE_LENGTH = 1000
MOST_LINES = 20_000
MOST_DAYS = 4000
MOST_WEIGHT = 1_000_000_000
FURTHEST = 4_000_000


def _task(about: str, **more: bool | None) -> f.Whole:
    return f.Whole(about, low=1, high=MOST_NUMBER, **more)


def _weight(about: str, **more: bool | None) -> f.Whole:
    return f.Whole(about, low=0, high=MOST_WEIGHT, **more)


class NoteSchema(Part):
    column = f.OneOf("What to keep, to stop or to try.", NoteColumn)
    text = f.Text("What is said.", most=NOTE_LENGTH, least=1)
    author = Login("Person who wrote it.", most=64)
    created_at = f.Moment("When it was written.")
    task = _task(
        "Number of the task that was made of it; null for none.", load_default=None, allow_none=True
    )


class LineSchema(Part):
    task = _task("Number of the task.")
    weight = _weight("Its weight, after what is told.")
    at = f.Moment("When; null where it says nothing.", load_default=None, allow_none=True)
    was = _weight("Its weight before, of a re-estimate.", load_default=None, allow_none=True)
    reason = f.Text("Why.", most=REASON_LENGTH, load_default="")


class LeftSchema(Part):
    task = _task("Number of the task.")
    weight = _weight("Its weight.")
    decision = f.OneOf("What was decided on it.", LeftoverDecision)
    reason = f.Text("Why.", most=REASON_LENGTH)
    to = f.Whole("Sprint that it went to.", low=0, high=MOST_SPRINTS, allow_none=True)
    new_task = _task("Number of the task that took the rest.", allow_none=True)
    times = f.Whole("How often it was carried over.", low=0, high=MOST_SPRINTS)


class AtStartSchema(Part):
    scope = _weight("Weight of all that is in it.")
    done = _weight("Weight of what was done already.")


class PointSchema(Part):
    day = f.Day("The day.")
    elapsed = f.Whole("Working days since the start.", low=0, high=MOST_DAYS)
    scope = _weight("Weight of all that is in it.")
    done = _weight("Weight of what is done.")


def _lines(about: str) -> f.ListOf:
    return f.ListOf(f.Part(LineSchema), about, most=MOST_LINES)


def _late(about: str) -> f.Whole:
    return f.Whole(about, low=-FURTHEST, high=FURTHEST)


class SprintReportSchema(Part):
    sprint = f.Whole("Number of the sprint.", low=0, high=MOST_SPRINTS)
    goal = f.Text("Its goal.", most=GOAL_LENGTH)
    goal_met = f.YesNo("Whether it was met.")
    starts_on = f.Day("Its planned first day.")
    ends_on = f.Day("Its planned last day.")
    started_at = f.Moment("When it was started.")
    closed_at = f.Moment("When it was closed.")
    as_of = f.Moment("The moment of these figures.")
    started_late = _late("Days from the planned first one to the start.")
    ended_late = _late("Days from the planned last one to the closing.")
    said = _weight("Weight that was committed to.")
    kept = _weight("Weight of what was committed to and is done.")
    velocity = _weight("Weight of all that is done.")
    committed = _lines("What it started with.")
    added = _lines("What came after the start.")
    removed = _lines("What went, unfinished.")
    re_estimated = _lines("Changes of weight.")
    re_estimated_done = _lines("Those of tasks that were done.")
    done = _lines("What is done.")
    unfinished = _lines("What is not done.")
    reopened = _lines("What was done and is to be done again.")
    moved_back = _lines("What went back a step.")
    back = _lines("What was taken out and put in again.")
    left = f.ListOf(f.Part(LeftSchema), "What was decided on the unfinished.", most=MOST_LINES)
    work_days = f.Whole("Working days of the plan.", low=0, high=MOST_DAYS)
    days = f.ListOf(f.Day("A working day."), "Working days of the sprint.", most=MOST_DAYS)
    at_start = f.Part(AtStartSchema, metadata={"description": "Scope and done at the start."})
    points = f.ListOf(f.Part(PointSchema), "Day by day.", most=MOST_DAYS)
