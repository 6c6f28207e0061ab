"""Sprints in words: their names, why they refuse, how full they are."""

from decimal import Decimal

from babel.numbers import format_decimal
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from pmo.domain.commitments import Basis, Room
from pmo.domain.sprints import TRIAL
from pmo.domain.vocabulary import SprintState, WeightUnit
from pmo.queries.sprints import SprintsView


def name(number: int, count: int | None = None) -> str:
    """Return what people call a sprint. count: of the project; says of how many it is one."""
    if number == TRIAL:
        return str(_("Trial sprint"))
    if count is None:
        return str(_("Sprint %(number)d", number=number))
    return str(_("Sprint %(number)d of %(count)d", number=number, count=count))


def amount(value: Decimal | int, unit: WeightUnit) -> str:
    """Return a weight with its unit, as the visitor's language has it."""
    text = figure(value)
    number = abs(int(value)) if value == int(value) else None
    if unit is WeightUnit.HOURS:
        return str(_("%(amount)s h", amount=text))
    if number is None:
        return str(_("%(amount)s of a point", amount=text))
    return str(ngettext("%(amount)s point", "%(amount)s points", number, amount=text))


def figure(value: Decimal | int) -> str:
    """Return a number without needless zeros: 1 234,5 or 1,234.5."""
    return format_decimal(Decimal(value), format="#,##0.##", locale=get_locale())


def reason(text: str) -> str:
    """Return why a scope changed: what was written, or which event did it."""
    known = {
        "task.archived": _("put into the archive"),
        "task.created": _("a new card"),
        "task.merged": _("merged into another card"),
        "task.restored": _("taken out of the archive"),
        "task.transferred": _("moved to another project"),
    }
    return str(known.get(text, text))


def basis(room: Room, unit: WeightUnit) -> str:
    """Say what a commitment is compared with."""
    if room.basis is Basis.HOURS:
        return str(_("Compared with the hours that its people have in its working days."))
    if room.basis is Basis.RATE:
        per_day = amount(room.rate or Decimal(0), unit)
        said = ngettext(
            "%(num)d closed sprint brought %(rate)s for a person-day; that much for each "
            "person-day of this one.",
            "%(num)d closed sprints brought %(rate)s for a person-day at the median; that much "
            "for each person-day of this one.",
            room.past,
            rate=per_day,
        )
        return str(said)
    if room.basis is Basis.VELOCITY:
        said = ngettext(
            "What %(num)d closed sprint brought; how much its people worked is not known.",
            "What %(num)d closed sprints brought at the median; how much their people worked is "
            "not known.",
            room.past,
        )
        return str(said)
    return str(_("No history yet: after the first closed sprint it is known how much fits."))


def choices(siblings: SprintsView) -> list[tuple[str, str]]:
    """Return the sprints that a filter offers: the running one, the backlog, and each by number."""
    found = []
    if siblings.active is not None:
        found.append(("active", str(_("Active sprint"))))
    found.append(("backlog", str(_("Backlog"))))
    for it in siblings.sprints:
        state = f" · {_('runs')}" if it.state is SprintState.ACTIVE else ""
        found.append((str(it.number), f"{name(it.number)}{state}"))
    return found
