"""Sprints of a project in a portfolio file: what shape and types cannot tell."""

from collections.abc import Collection, Iterator
from typing import Any

from pmo.domain.vocabulary import SprintState
from pmo.errors import Fault

Content = dict[str, Any]


def _(message: str) -> str:
    return message


TWICE = _("“{value}” stands here twice.")
NO_PERSON = _("There is no person “{value}” in the file.")
NO_TASK = _("The project has no task {value}.")
NO_SPRINT = _("The project has no sprint {value}.")
NOT_LAID_OUT = _("Sprints need their number beside them, and a number needs its sprints.")
TOO_MANY = _("The project has no more than {most} sprints.")
ENDS_EARLY = _("It ends before it starts.")
NOT_BEHIND = _("It starts before the sprint before it has ended.")
TWO_ACTIVE = _("Only one sprint of a project runs at a time.")
OTHER_STATE = _("This does not fit the state “{value}”.")
CLOSED_EARLY = _("It was closed before it was started.")

REACHED = {
    "started_at": (SprintState.ACTIVE, SprintState.CLOSED),
    "closed_at": (SprintState.CLOSED,),
    "goal_met": (SprintState.CLOSED,),
}
"""What a sprint has in which states, and in no others."""


def faults(place: str, project: Content, logins: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong with the sprints of a project, and with those that its tasks name."""
    sprints, count = project["sprints"], project["sprint_count"]
    if bool(sprints) != (count is not None):
        yield Fault(f"{place}.sprint_count", NOT_LAID_OUT)
    seen: set[int] = set()
    active = 0
    for index, sprint in enumerate(sprints):
        inner = f"{place}.sprints[{index}]"
        number = sprint["number"]
        if number in seen:
            yield Fault(f"{inner}.number", TWICE, {"value": number})
        elif count is not None and number > count:
            yield Fault(f"{inner}.number", TOO_MANY, {"most": count})
        seen.add(number)
        active += sprint["state"] is SprintState.ACTIVE
        if active > 1 and sprint["state"] is SprintState.ACTIVE:
            yield Fault(f"{inner}.state", TWO_ACTIVE)
        yield from _state(inner, sprint)
        yield from _notes(f"{inner}.notes", project, sprint.get("notes", []), logins)
        yield from _people(f"{inner}.people", sprint["people"], logins)
    yield from _days(place, sprints)
    for index, task in enumerate(project["tasks"]):
        if task["sprint"] is not None and task["sprint"] not in seen:
            place_ = f"{place}.tasks[{index}].sprint"
            yield Fault(place_, NO_SPRINT, {"value": task["sprint"]})


def _state(place: str, sprint: Content) -> Iterator[Fault]:
    for name, states in REACHED.items():
        if (sprint[name] is not None) != (sprint["state"] in states):
            yield Fault(f"{place}.{name}", OTHER_STATE, {"value": sprint["state"].value})
    if sprint.get("report") is not None and sprint["state"] is not SprintState.CLOSED:
        yield Fault(f"{place}.report", OTHER_STATE, {"value": sprint["state"].value})
    started, closed = sprint["started_at"], sprint["closed_at"]
    if started and closed and closed < started:
        yield Fault(f"{place}.closed_at", CLOSED_EARLY)


def _notes(
    place: str, project: Content, notes: list[Content], logins: Collection[str]
) -> Iterator[Fault]:
    numbers = {task["number"] for task in project["tasks"]} if notes else set()
    for index, note in enumerate(notes):
        if note["author"] not in logins:
            yield Fault(f"{place}[{index}].author", NO_PERSON, {"value": note["author"]})
        if note["task"] is not None and note["task"] not in numbers:
            yield Fault(f"{place}[{index}].task", NO_TASK, {"value": note["task"]})


def _days(place: str, sprints: list[Content]) -> Iterator[Fault]:
    """Check that sprints follow one another, as their numbers do."""
    in_order = sorted(enumerate(sprints), key=lambda it: int(it[1]["number"]))
    before: Content | None = None
    for index, sprint in in_order:
        inner = f"{place}.sprints[{index}]"
        if sprint["ends_on"] < sprint["starts_on"]:
            yield Fault(f"{inner}.ends_on", ENDS_EARLY)
        elif before is not None and sprint["starts_on"] <= before["ends_on"]:
            yield Fault(f"{inner}.starts_on", NOT_BEHIND)
        before = sprint


def _people(place: str, people: list[Content], logins: Collection[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, person in enumerate(people):
        login = person["login"]
        if login not in logins:
            yield Fault(f"{place}[{index}].login", NO_PERSON, {"value": login})
        if login in seen:
            yield Fault(f"{place}[{index}].login", TWICE, {"value": login})
        seen.add(login)
