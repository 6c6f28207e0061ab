"""The production calendar: a year on a sheet, and the form of a day."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.domain.workdays import FIRST_YEAR, LAST_YEAR, SETTABLE
from pmo.errors import InUse, StaleVersion
from pmo.http import current, days, forms, stale, workday_texts
from pmo.http.access import requires
from pmo.http.labels import label_of
from pmo.queries import workday_years as queries
from pmo.services import workdays as services
from schemas.workdays import (
    ConfirmationSchema,
    WorkdayForm,
    WorkdayQuerySchema,
    WorkdayRemovalForm,
    YearQuerySchema,
)

bp = Blueprint("production_calendar", __name__)

DAY = "/production-calendar/days/<string(length=10):day>"
FIELDS = {"kind": _l("What the day is"), "note": _l("Note")}
REACH = {"first_year": FIRST_YEAR, "last_year": LAST_YEAR}


@bp.get("/production-calendar")
@requires(Capability.PORTFOLIO_READ)
def show() -> ResponseReturnValue:
    """Show a year."""
    asked = YearQuerySchema().load_filled(request.args)
    today = current.today()
    return render_template(
        "production_calendar/show.html",
        calendar=queries.year(asked["year"] or today.year, current.actor()),
        today=today,
        month_names=workday_texts.months(),
        weekdays=workday_texts.weekdays(),
        words=workday_texts.words,
        short=workday_texts.short,
        **REACH,
    )


@bp.get("/production-calendar/days")
@requires(Capability.CALENDAR_EDIT)
def find_day() -> ResponseReturnValue:
    """Lead to the form of a day that was typed."""
    day = WorkdayQuerySchema().load_filled(request.args)["day"] or current.today()
    return redirect(url_for("production_calendar.edit", day=day.isoformat()))


@bp.get(DAY)
@requires(Capability.CALENDAR_EDIT)
def edit(day: str) -> ResponseReturnValue:
    """Show the form of a day."""
    found = queries.day(days.of_address(day), current.actor())
    saved = {"kind": found.kind.value, "note": found.note, "version": str(found.version)}
    form = forms.state(saved)
    theirs = stale.theirs(form, saved, FIELDS)
    kinds = {kind.value: label_of(kind) for kind in SETTABLE}
    return render_template(
        "production_calendar/edit.html",
        day=found,
        name=workday_texts.with_weekday(found.day),
        words=workday_texts.words,
        kinds=kinds.items(),
        form=form,
        theirs=[replace(it, text=kinds.get(it.text, it.text)) for it in theirs],
    )


@bp.post(DAY)
@requires(Capability.CALENDAR_EDIT)
@forms.redraws(edit, StaleVersion, InUse)
def update(day: str) -> ResponseReturnValue:
    """Set a day."""
    given = WorkdayForm().load(request.form)
    services.set_day(
        days.of_address(day),
        kind=given["kind"],
        note=given["note"],
        expected_version=given["version"],
        actor=current.actor(),
        at=clock.now(),
    )
    flash(_("The day is set."), "success")
    return _to_year(int(day[:4]))


@bp.post(f"{DAY}/removal")
@requires(Capability.CALENDAR_EDIT)
def destroy(day: str) -> ResponseReturnValue:
    """Take back what the office has set of a day."""
    given = WorkdayRemovalForm().load(request.form)
    services.remove_day(
        days.of_address(day),
        expected_version=given["version"],
        actor=current.actor(),
        at=clock.now(),
    )
    flash(_("The day is again as the law has it."), "success")
    return _to_year(int(day[:4]))


@bp.post("/production-calendar/years/<int:year>")
@requires(Capability.CALENDAR_EDIT)
def confirm(year: int) -> ResponseReturnValue:
    """Note whether the transfers of a year are entered."""
    given = ConfirmationSchema().load(request.form)
    services.confirm_year(year, **given, actor=current.actor(), at=clock.now())
    flash(_("Saved."), "success")
    return _to_year(year)


def _to_year(year: int) -> ResponseReturnValue:
    return redirect(url_for("production_calendar.show", year=year), 303)
