"""Bringing a portfolio into the present: everything moves by the same number of whole years."""

import re
from datetime import date, datetime
from typing import Any

from pmo.domain import calendar, periods
from pmo.domain.periods import Period

DAY = re.compile(r"\d{4}-\d\d-\d\d")


def years_to(today: date, academic_year: int) -> int:
    """Return by how many years an academic year must move to become that of today."""
    return calendar.academic_year_of(today) - academic_year


def moved(content: Any, *, years: int, now: datetime) -> Any:
    """Return content with all days, periods and moments moved; prose keeps its years.

    now: a moment that would lie ahead of it becomes it, so that nothing has happened
    that is still to come; the order of moments stays.
    """
    if isinstance(content, dict):
        return {key: _moved_value(key, value, years, now) for key, value in content.items()}
    if isinstance(content, list):
        return [moved(value, years=years, now=now) for value in content]
    if isinstance(content, datetime):
        day = calendar.shift_years(content.date(), years)
        return min(datetime.combine(day, content.timetz()), now)
    if isinstance(content, date):
        return calendar.shift_years(content, years)
    if isinstance(content, Period):
        return periods.shift_years(content, years)
    return content


def _moved_value(key: str, value: Any, years: int, now: datetime) -> Any:
    if key == "data":
        return _moved_data(value, years)
    return moved(value, years=years, now=now)


def _moved_data(data: dict[str, Any], years: int) -> dict[str, Any]:
    """Move what an event tells: its days, and the texts of periods among its changes."""
    changes = data.get("changes")
    if not isinstance(changes, dict):
        return data
    told = {
        name: [_moved_text(name, text, years) for text in pair] for name, pair in changes.items()
    }
    return {**data, "changes": told}


def _moved_text(name: str, value: Any, years: int) -> Any:
    if name == "period" and isinstance(value, str):
        return periods.shift_years(Period(value), years).text
    if isinstance(value, str) and DAY.fullmatch(value):
        return calendar.shift_years(date.fromisoformat(value), years).isoformat()
    return value
