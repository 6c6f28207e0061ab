"""The sprints of a project in a portfolio file."""

from pmo.domain.sprints import GOAL_LENGTH, MOST_DAYS_OFF, MOST_PEOPLE, MOST_SPRINTS
from pmo.domain.vocabulary import SprintState
from schemas import portfolio_fields as f
from schemas.portfolio_names import Login
from schemas.portfolio_part import Part
from schemas.portfolio_sprint_reports import MOST_NOTES, NoteSchema, SprintReportSchema


def _moment(about: str) -> f.Moment:
    return f.Moment(about, load_default=None, allow_none=True)


class SprintPersonSchema(Part):
    login = Login("Person.", most=64)
    percent = f.Whole("How much of a working day.", low=1, high=100, load_default=100)
    days_off = f.Whole("Working days away.", low=0, high=MOST_DAYS_OFF, load_default=0)


class SprintSchema(Part):
    number = f.Whole("Names it within the project; 0: the trial one.", low=0, high=MOST_SPRINTS)
    goal = f.Text("What it is to reach.", most=GOAL_LENGTH, load_default="")
    starts_on = f.Day("Its first day.")
    ends_on = f.Day("Its last day.")
    state = f.OneOf("What has become of it.", SprintState, load_default=SprintState.PLANNED)
    started_at = _moment("When it was started; null if it was not.")
    closed_at = _moment("When it was closed; null if it was not.")
    goal_met = f.YesNo(
        "Whether its goal was met; null until it is closed.", load_default=None, allow_none=True
    )
    people = f.ListOf(f.Part(SprintPersonSchema), "Who works in it how much.", most=MOST_PEOPLE)
    notes = f.ListOf(f.Part(NoteSchema), "Notes of its retrospective.", most=MOST_NOTES)
    report = f.Part(
        SprintReportSchema,
        load_default=None,
        allow_none=True,
        metadata={"description": "What became of it, as it was kept at its closing; or null."},
    )
