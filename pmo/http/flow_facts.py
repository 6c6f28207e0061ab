"""What flow comes to in numbers, each with the cards that it is made of."""

from dataclasses import dataclass

from pmo.domain.flow.figures import Figures
from pmo.http import formats
from pmo.http.flow_words import Address, number, too_few
from pmo.http.wording import _, ngettext


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure in a number. href: of its cards; '' for none. note: what it is taken from."""

    title: str
    value: str
    note: str = ""
    href: str = ""


def every(figures: Figures, address: Address) -> tuple[Fact, ...]:
    """Return what fits into a number each."""
    return (
        Fact(
            _("In work"),
            str(len(figures.wip_tasks)),
            _("cards on %(day)s", day=formats.day(figures.window.last_on)),
            address(figure="wip") if figures.wip_tasks else "",
        ),
        _finished_fact(figures, address),
        _level_fact(figures, address),
        _efficiency_fact(figures, address),
        Fact(
            _("Days blocked"),
            str(figures.blocked.days),
            ngettext("of %(num)d card", "of %(num)d cards", len(figures.blocked.cards)),
            address(figure="blocked") if figures.blocked.cards else "",
        ),
        _little_fact(figures),
    )


def _finished_fact(figures: Figures, address: Address) -> Fact:
    found = figures.throughput
    return Fact(
        _("Finished"),
        str(found.count),
        _("%(count)s a week on average", count=number(found.per_week or 0)),
        address(figure="finished") if found.count else "",
    )


def _level_fact(figures: Figures, address: Address) -> Fact:
    level = figures.level
    title = _("Service-level expectation")
    if level.days is None:
        return Fact(title, "–", too_few(level.count, level.least))
    return Fact(
        title,
        ngettext("%(num)d day", "%(num)d days", level.days),
        _(
            "%(percent)d of 100 cards finished in %(days)d days took no longer",
            percent=level.percent,
            days=level.window_days,
        ),
        address(figure="level"),
    )


def _efficiency_fact(figures: Figures, address: Address) -> Fact:
    found = figures.efficiency
    title = _("Flow efficiency")
    if found.ratio is None:
        return Fact(title, "–", _("No card was finished in this time."))
    return Fact(
        title,
        f"{round(found.ratio * 100)}\xa0%",
        ngettext(
            "of the time of %(num)d finished card somebody worked on it",
            "of the time of %(num)d finished cards somebody worked on them",
            len(found.cards),
        ),
        address(figure="finished"),
    )


def _little_fact(figures: Figures) -> Fact:
    found = figures.little
    note = _("cards at once")
    if not found.is_steady:
        note = _(
            "cards at once; from %(start)d to %(end)d, so not steady",
            start=found.wip_at_start,
            end=found.wip_at_end,
        )
    return Fact(_("In work on average"), number(found.average_wip), note)
