"""The charts of how long cards take: cycle times of the finished, ages of those in work."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from pmo.charts import flow
from pmo.charts.flow import AgePoint, CyclePoint, Percentile
from pmo.domain.flow.figures import Figures, Percentiles, Tone
from pmo.http import charts, formats
from pmo.http.charts import Cell, Figure
from pmo.http.flow_words import Address, Columns, too_few
from pmo.http.wording import _, ngettext

MOST_ROWS = 100
"""Of the table of cycle times; of more points it tells the days alone."""

Heads = tuple[str, ...]
Rows = tuple[tuple[Cell, ...], ...]

STATES = {Tone.NONE: 0, Tone.AMBER: 1, Tone.RED: 2}


def cycle_times(figures: Figures, address: Address) -> Figure:
    """Return for every finished card when, and after how many days."""
    title = _("Cycle time")
    found, level = figures.cycle_times, figures.level
    if not found.cards:
        return Figure("cycle", title, (_("No card was finished in this time."),))
    points = [
        CyclePoint(
            day,
            days,
            count,
            address(figure="cycle", day=day.isoformat(), days=days),
            _cycle_words(day, days, count),
        )
        for (day, days), count in sorted(
            Counter((it.finished_on, it.days) for it in found.cards).items()
        )
    ]
    lines = _lines(found.cycle.p50, found.cycle.p85, found.cycle.p95)
    is_enough = found.cycle.count >= level.least
    heads, rows = _cycle_table(points, address)
    window = figures.window
    return Figure(
        key="cycle",
        title=title,
        summary=(
            _cycle_summary(found.cycle) if is_enough else too_few(found.cycle.count, level.least),
            _("Calendar days from the first start to the last finish, both included."),
        ),
        drawing=charts.drawn(
            flow.cycle_times(
                charts.look(title),
                points,
                _("days"),
                lines if is_enough else [],
                (window.first_on, window.last_on),
            )
        ),
        heads=heads,
        rows=rows,
    )


def _cycle_table(points: Sequence[CyclePoint], address: Address) -> tuple[Heads, Rows]:
    """Return a row for every point; of many points, one for every number of days."""
    if len(points) <= MOST_ROWS:
        heads: Heads = (_("Finished on"), _("Days"), _("Cards"))
        return heads, charts.table(
            (formats.day(it.day), str(it.days), Cell(str(it.count), it.href)) for it in points
        )
    counted: Counter[int] = Counter()
    for it in points:
        counted[it.days] += it.count
    return (_("Days"), _("Cards")), charts.table(
        (str(days), Cell(str(count), address(figure="cycle", days=days)))
        for days, count in sorted(counted.items())
    )


def ageing(figures: Figures, columns: Columns, address: Address) -> Figure:
    """Return how long the cards in work are in work, by their columns."""
    title = _("Ageing work in progress")
    found = figures.ageing
    if not found.cards:
        return Figure("ageing", title, (_("No card is in work."),))
    grouped = Counter((it.board, it.column, it.age_days, STATES[it.tone]) for it in found.cards)
    present = {(it.board, it.column) for it in found.cards}
    order = [it for it in columns if it in present]
    order += sorted(present - set(order))
    names = _unique([columns.get(it, it[1]) for it in order])
    named = dict(zip(order, names, strict=True))
    points = [
        AgePoint(
            named[board, column],
            days,
            count,
            state,
            address(figure="age", place=board, column=column, days=days),
            _age_words(named[board, column], days, count),
        )
        for (board, column, days, state), count in sorted(grouped.items())
    ]
    level = found.level
    lines = _lines(level.p50, level.days, level.p95) if level.is_enough else []
    return Figure(
        key="ageing",
        title=title,
        summary=_ageing_summary(figures),
        drawing=charts.drawn(flow.ageing(charts.look(title), names, points, _("days"), lines)),
        heads=(_("Column"), _("Days"), _("Cards")),
        rows=charts.table(
            (it.column, str(it.days), Cell(str(it.count), it.href))
            for it in sorted(points, key=lambda it: -it.days)
        ),
    )


def _lines(half: int | None, most: int | None, nearly_all: int | None) -> list[Percentile]:
    """Return the lines of percentiles that are known."""
    found = ((50, half), (85, most), (95, nearly_all))
    return [
        Percentile(percent, days, f"{percent}\xa0%: {days}")
        for percent, days in found
        if days is not None
    ]


def _cycle_summary(cycle: Percentiles) -> str:
    return _(
        "Cycle time in days: half of the cards up to %(half)s, 85 of 100 up to %(most)s, "
        "95 of 100 up to %(all)s.",
        half=cycle.p50,
        most=cycle.p85,
        all=cycle.p95,
    )


def _cycle_words(day: date, days: int, count: int) -> str:
    cards = ngettext("%(num)d card", "%(num)d cards", count)
    taken = ngettext("%(num)d day", "%(num)d days", days)
    return f"{formats.day(day)}: {cards}, {taken}"


def _age_words(column: str, days: int, count: int) -> str:
    cards = ngettext("%(num)d card", "%(num)d cards", count)
    return f"{column}: {cards}, {ngettext('%(num)d day', '%(num)d days', days)}"


def _ageing_summary(figures: Figures) -> tuple[str, ...]:
    found, level = figures.ageing, figures.level
    told = ngettext("%(num)d card is in work.", "%(num)d cards are in work.", len(found.cards))
    if level.days is None:
        return (told, too_few(level.count, level.least))
    late = sum(it.tone is Tone.RED for it in found.cards)
    longer = ngettext(
        "%(num)d of them longer than the expected %(days)d days.",
        "%(num)d of them longer than the expected %(days)d days.",
        late,
        days=level.days,
    )
    return (
        f"{told} {longer}",
        _("A square is older than expected, a triangle older than half of those finished."),
    )


def _unique(names: Sequence[str]) -> list[str]:
    """Return names that differ: columns of two boards may be called the same."""
    seen: Counter[str] = Counter()
    told = []
    for name in names:
        seen[name] += 1
        told.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return told
