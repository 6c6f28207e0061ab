"""Bringing a portfolio into the present.

What the plan says moves by whole years: an autumn stays an autumn. A task without a period lives
by the day: it moves by days, so that what was due on AS_OF is due today. Sprints and their cards
move by whole weeks, so that the week of AS_OF is this one and Mondays stay Mondays; reports of
closed sprints are computed anew, because working days of other years are others.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from pmo.domain import calendar, periods
from pmo.domain.periods import Period

AS_OF = date(2021, 11, 22)
"""The day as of which the portfolio is written."""

DAY = re.compile(r"\d{4}-\d\d-\d\d")

OWN_WAY = ("tasks", "sprints")
"""Of a project, what does not move as its plan does."""

LINKS = ("act", "undoes")
"""Of an event, the places of others."""

Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shift:
    """A way into the present.

    now: a moment that would lie ahead of it becomes it, so that nothing has happened that is
    still to come.
    """

    years: int
    day: Callable[[date], date]
    now: datetime


def moved(content: Part, *, today: date, now: datetime) -> Part:
    """Return a portfolio with all days, periods and moments moved; prose keeps its years.

    Its journal is put in order again. A card that was ever in a sprint moves with the sprints.
    """
    years = calendar.academic_year_of(today) - calendar.academic_year_of(AS_OF)
    plan = Shift(years, partial(calendar.shift_years, years=years), now)
    near = Shift(0, lambda day: day + (today - AS_OF), now)
    weeks = (today - AS_OF - timedelta(days=today.weekday() - AS_OF.weekday())).days
    sprints = Shift(years, lambda day: day + timedelta(days=weeks), now)
    by_week = _in_sprints(content)
    by_day = {
        (project["code"], task["number"])
        for project in content["projects"]
        for task in project["tasks"]
        if task["period"] is None
    }

    def shift_of(code: str | None, number: int | None, kind: str = "") -> Shift:
        if (code, number) in by_week or kind.startswith("sprint."):
            return sprints
        return near if (code, number) in by_day else plan

    projects = [
        {
            **shifted({key: value for key, value in project.items() if key not in OWN_WAY}, plan),
            "sprints": [
                {**shifted(sprint, sprints), "report": None} for sprint in project["sprints"]
            ],
            "tasks": [
                shifted(task, shift_of(project["code"], task["number"]))
                for task in project["tasks"]
            ],
        }
        for project in content["projects"]
    ]
    journal = [
        shifted(event, shift_of(event["project"], event["task"], event["kind"]))
        for event in content["journal"]
    ]
    return {
        **shifted({**content, "projects": [], "journal": []}, plan),
        "projects": projects,
        "project_templates": [_saved(it, plan) for it in content.get("project_templates", ())],
        "journal": _in_order(journal),
    }


def _in_sprints(content: Part) -> set[tuple[str, int]]:
    """Return the cards that are or were in a sprint, by code and number."""
    now = {
        (project["code"], task["number"])
        for project in content["projects"]
        for task in project["tasks"]
        if task["sprint"] is not None
    }
    return now | {
        (event["project"], event["task"])
        for event in content["journal"]
        if event["kind"] == "task.sprint_set"
    }


def _in_order(journal: list[Part]) -> list[Part]:
    """Put events in the order of their moments; what names another by its place names it anew."""
    ordered = sorted(enumerate(journal, start=1), key=lambda it: it[1]["at"])
    places = {was: place for place, (was, _) in enumerate(ordered, start=1)}
    return [
        {**event, **{name: places[event[name]] for name in LINKS if event.get(name)}}
        for _, event in ordered
    ]


def _saved(template: Part, shift: Shift) -> Part:
    """Move when a template was saved; its plan keeps the academic year that it is told for."""
    return {**template, "saved_at": shifted(template["saved_at"], shift)}


def shifted(value: Any, shift: Shift) -> Any:
    """Return a part of a portfolio with its days, periods and moments moved."""
    if isinstance(value, dict):
        return {key: _of_key(key, inner, shift) for key, inner in value.items()}
    if isinstance(value, list):
        return [shifted(inner, shift) for inner in value]
    if isinstance(value, datetime):
        return min(datetime.combine(shift.day(value.date()), value.timetz()), shift.now)
    if isinstance(value, date):
        return shift.day(value)
    if isinstance(value, Period):
        return periods.shift_years(value, shift.years)
    return value


def _of_key(key: str, value: Any, shift: Shift) -> Any:
    """Move days that are texts too: in own fields, and among the changes that an event tells."""
    if key == "own" and isinstance(value, dict):
        return {name: _text(name, text, shift) for name, text in value.items()}
    if key == "data":
        if "sprints" in value:
            value = {**value, "sprints": [_texts(it, shift) for it in value["sprints"]]}
        changes = value.get("changes")
        if not isinstance(changes, dict):
            return value
        told = {name: [_text(name, text, shift) for text in pair] for name, pair in changes.items()}
        return {**value, "changes": told}
    return shifted(value, shift)


def _texts(value: Part, shift: Shift) -> Part:
    return {name: _text(name, inner, shift) for name, inner in value.items()}


def _text(name: str, value: Any, shift: Shift) -> Any:
    if name == "period" and isinstance(value, str):
        return periods.shift_years(Period(value), shift.years).text
    if isinstance(value, str) and DAY.fullmatch(value):
        return shift.day(date.fromisoformat(value)).isoformat()
    return value
