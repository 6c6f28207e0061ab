"""An initiative that begins with a template: what its form offers, and a look before it is made."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from pmo.domain import calendar
from pmo.http import current, plan_texts, recurrence_texts
from pmo.queries import project_templates
from pmo.services.project_starts import Start

YEARS_BEFORE, YEARS_AHEAD = 1, 5
HALF_A_YEAR = timedelta(days=184)
"""From March on people plan the next academic year."""


def years() -> tuple[tuple[int, str], ...]:
    """Return the academic years that the form offers."""
    present = calendar.academic_year_of(current.today())
    offered = range(present - YEARS_BEFORE, present + YEARS_AHEAD + 1)
    return tuple((year, recurrence_texts.academic_year(year)) for year in offered)


def likely_year(today: date) -> int:
    """Return the academic year that is most likely planned now."""
    return calendar.academic_year_of(today + HALF_A_YEAR)


def start_of(given: dict[str, Any]) -> Start | None:
    """Take the template of the project out of a form's values, if there is one."""
    version = given.pop("template_version")
    template, year = given.pop("project_template"), given.pop("academic_year")
    return Start(template, year, version, current.today()) if template else None


def look(start: Start, typed: Mapping[str, str]) -> ResponseReturnValue:
    """Show what would be made. typed: what the form sent, to be sent again."""
    planned = project_templates.planned(start.template, current.actor(), start.academic_year)
    again = {name: text for name, text in typed.items() if name not in {"step", "template_version"}}
    return render_template(
        "project_templates/look.html",
        planned=planned,
        doubts=plan_texts.groups(planned.plan.doubts),
        rule_of=recurrence_texts.rule,
        typed=again,
    )
