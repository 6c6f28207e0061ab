"""The production calendar: its years, and the days that the office sets."""

from collections.abc import Mapping
from typing import Any

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current, days, etags
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.http.etags import tagged
from pmo.queries import workday_years as queries
from pmo.services import workdays as services
from schemas.workdays import (
    ConfirmationSchema,
    ProductionYearSchema,
    WorkdayChangeSchema,
    WorkdaySchema,
    YearQuerySchema,
)

bp = ApiBlueprint(
    "Production calendar",
    __name__,
    description="Which days are worked: by the law, the decrees, and what the office sets.",
)

Fields = Mapping[str, Any]

DAY = "/production-calendar/days/<string(length=10):day>"


@bp.route("/production-calendar")
@tagged("revision")
@bp.arguments(YearQuerySchema, location="query")
@bp.response(200, ProductionYearSchema)
@requires(Capability.PORTFOLIO_READ)
def show(asked: Fields) -> Any:
    """Get a year of the production calendar.

    Every day of it, and the figures of its months, quarters and halves.
    """
    return queries.year(asked["year"] or current.today().year, current.actor())


@bp.route("/production-calendar/years/<int:year>", methods=["PUT"])
@bp.arguments(ConfirmationSchema)
@bp.response(200, ProductionYearSchema)
@requires(Capability.CALENDAR_EDIT)
def confirm(fields: Fields, year: int) -> Any:
    """Note whether the transfers of a year are entered.

    Nothing changes for a year whose decree the product knows.
    """
    actor = current.actor()
    services.confirm_year(year, **fields, actor=actor, at=clock.now())
    return queries.year(year, actor)


@bp.route(DAY)
@tagged("version")
@bp.response(200, WorkdaySchema)
@requires(Capability.PORTFOLIO_READ)
def show_day(day: str) -> Any:
    """Get a day of the production calendar.

    Its ETag is needed to set it, even if nobody has set it yet.
    """
    return queries.day(days.of_address(day), current.actor())


@bp.route(DAY, methods=["PUT"])
@tagged("version")
@bp.arguments(WorkdayChangeSchema)
@bp.response(200, WorkdaySchema)
@requires(Capability.CALENDAR_EDIT)
def set_day(fields: Fields, day: str) -> Any:
    """Set a day, over the law and the decrees.

    Of this day alone: the one before it does not become shorter by itself.
    """
    wanted, actor = days.of_address(day), current.actor()
    expected = etags.expected_version()
    services.set_day(wanted, **fields, expected_version=expected, actor=actor, at=clock.now())
    return queries.day(wanted, actor)


@bp.route(DAY, methods=["DELETE"])
@tagged("version")
@bp.response(204)
@requires(Capability.CALENDAR_EDIT)
def remove_day(day: str) -> None:
    """Take back what the office has set of a day.

    It is again what the law and the decrees make it. 404 if it was not set.
    """
    wanted, expected = days.of_address(day), etags.expected_version()
    services.remove_day(wanted, expected_version=expected, actor=current.actor(), at=clock.now())
