"""The forms of sprints: what they show, and what they send as a schema takes it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from pmo.domain.sprints import LONGEST_WEEKS, SHORTEST_WEEKS
from pmo.domain.vocabulary import SprintState
from pmo.queries.sprints import ShareView, SprintDetail, SprintsView
from schemas.base import form_values

USUAL = {"count": 5, "weeks": 4, "trial_weeks": 2}
"""What a form proposes to a project without sprints."""

PERSON = "percent."
DAYS_OFF = "days_off."


def layout(siblings: SprintsView, today: date) -> dict[str, Any]:
    """Return what the form that lays sprints out shows."""
    values: dict[str, Any] = {
        **USUAL,
        "starts_on": today,
        "policy": siblings.policy,
        "weight_unit": siblings.weight_unit,
    }
    if siblings.sprints:
        trial, *others = siblings.sprints
        values["count"] = siblings.count
        values["starts_on"] = trial.starts_on
        values["trial_weeks"] = _weeks((trial.ends_on - trial.starts_on).days, 1)
        if others:
            last = others[-1]
            values["weeks"] = _weeks((last.ends_on - last.starts_on).days, SHORTEST_WEEKS)
    return form_values(values)


def sprint(detail: SprintDetail) -> dict[str, Any]:
    """Return what the form of a sprint shows."""
    own = {name: getattr(detail.sprint, name) for name in ("goal", "starts_on", "ends_on")}
    return {**form_values(own), "version": str(detail.sprint.version), **_people(detail.people)}


def sent(form: MultiDict[str, str]) -> dict[str, Any]:
    """Return what the form of a sprint sends, as its schema takes it: people by their rows."""
    values: dict[str, Any] = {
        name: value
        for name, value in form.items()
        if not name.startswith((PERSON, DAYS_OFF)) and name != "people"
    }
    if "people" in form:
        values["people"] = [
            {
                "user_id": _whole(name.removeprefix(PERSON)),
                "percent": _whole(percent),
                "days_off": _whole(form.get(DAYS_OFF + name.removeprefix(PERSON), "") or "0"),
            }
            for name, percent in form.items()
            if name.startswith(PERSON) and percent.strip() not in {"", "0"}
        ]
    version = values.get("version")
    return values if version is None else {**values, "version": _whole(version)}


def _people(people: Iterable[ShareView]) -> Mapping[str, str]:
    return {
        name: str(value)
        for it in people
        for name, value in (
            (f"{PERSON}{it.user_id}", it.percent),
            (f"{DAYS_OFF}{it.user_id}", it.days_off),
        )
    }


def _whole(text: str) -> int | str:
    return int(text) if text.strip().isdecimal() and len(text) < 10 else text  # noqa: PLR2004


def _weeks(days: int, least: int) -> int:
    return min(max((days + 1) // 7, least), LONGEST_WEEKS)


def can_lay_out(siblings: SprintsView) -> bool:
    """Tell whether none has started: until then all can be laid out anew."""
    return all(it.state is SprintState.PLANNED for it in siblings.sprints)
