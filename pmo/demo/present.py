"""Bringing a portfolio into the present.

What the plan says moves by whole years: an autumn stays an autumn. A task without a period lives
by the day: it moves by days, so that what was due on AS_OF is due today.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from operator import itemgetter
from typing import Any

from pmo.domain import calendar, periods
from pmo.domain.periods import Period

AS_OF = date(2021, 11, 22)
"""The day as of which the portfolio is written."""

DAY = re.compile(r"\d{4}-\d\d-\d\d")

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

    Its journal is put in order again, so it may hold no act of several events.
    """
    years = calendar.academic_year_of(today) - calendar.academic_year_of(AS_OF)
    plan = Shift(years, partial(calendar.shift_years, years=years), now)
    near = Shift(0, lambda day: day + (today - AS_OF), now)
    by_day = {
        (project["code"], task["number"])
        for project in content["projects"]
        for task in project["tasks"]
        if task["period"] is None
    }

    def shift_of(code: str | None, number: int | None) -> Shift:
        return near if (code, number) in by_day else plan

    projects = [
        {
            **shifted({key: value for key, value in project.items() if key != "tasks"}, plan),
            "tasks": [
                shifted(task, shift_of(project["code"], task["number"]))
                for task in project["tasks"]
            ],
        }
        for project in content["projects"]
    ]
    journal = [
        shifted(event, shift_of(event["project"], event["task"])) for event in content["journal"]
    ]
    return {
        **shifted({**content, "projects": [], "journal": []}, plan),
        "projects": projects,
        "journal": sorted(journal, key=itemgetter("at")),
    }


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
        changes = value.get("changes")
        if not isinstance(changes, dict):
            return value
        told = {name: [_text(name, text, shift) for text in pair] for name, pair in changes.items()}
        return {**value, "changes": told}
    return shifted(value, shift)


def _text(name: str, value: Any, shift: Shift) -> Any:
    if name == "period" and isinstance(value, str):
        return periods.shift_years(Period(value), shift.years).text
    if isinstance(value, str) and DAY.fullmatch(value):
        return shift.day(date.fromisoformat(value)).isoformat()
    return value
