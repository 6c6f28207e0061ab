"""A forecast for pages: its two curves with words and tables, and why there is none."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from pmo.charts import forecasts
from pmo.charts.forecasts import CountMark, DayMark
from pmo.domain.flow.forecast import (
    LEAST_DAYS,
    DayForecast,
    Forecast,
    HowMany,
    Refusal,
    When,
)
from pmo.http import charts, formats
from pmo.http.charts import Figure
from pmo.http.wording import _, ngettext

T = TypeVar("T", date, int)

SURE = 85
"""Per cent: how sure the answer is that is told first."""


def every(found: Forecast) -> tuple[Figure, ...]:
    """Return the curves that there are."""
    figures = []
    if found.when is not None:
        figures.append(_when(found.when))
    if found.how_many is not None:
        figures.append(_how_many(found.how_many))
    return tuple(figures)


def refusal(found: Forecast) -> str:
    """Say why there is no forecast; '' if there is one."""
    if found.refusal is Refusal.SHORT_HISTORY:
        return _(
            "There is no forecast: the history of the project has %(count)d whole days of the "
            "%(least)d that it needs.",
            count=len(found.sample.days),
            least=LEAST_DAYS,
        )
    if found.refusal is Refusal.NOTHING_FINISHED:
        return _(
            "There is no forecast: no card was finished from %(first)s to %(last)s.",
            first=formats.day(found.sample.first_on),
            last=formats.day(found.sample.last_on),
        )
    return ""


def source(found: Forecast) -> str:
    """Say what the forecast was drawn from, so that anybody gets the same again."""
    sample = found.sample
    return _(
        "%(runs)s runs, seed %(seed)d, drawn from %(days)d days, %(first)s – %(last)s, on which "
        "%(finished)s.",
        runs=formats.number(str(found.runs)),
        seed=found.seed,
        days=len(sample.days),
        first=formats.day(sample.first_on),
        last=formats.day(sample.last_on),
        finished=ngettext("%(num)d card was finished", "%(num)d cards were finished", sample.count),
    )


def chance(share: float) -> str:
    """Return a likelihood in whole per cent; only what is certain is 0 or 100."""
    percent = round(share * 100)
    if 0 < share < 1:
        percent = min(max(percent, 1), 99)
    return f"{percent}\xa0%"


def day_of(answer: DayForecast) -> str:
    """Return the day of an answer."""
    return formats.day(answer.day) if answer.day else _("not in ten years")


def _when(found: When) -> Figure:
    title = _("When it will be done")
    if not found.count:
        return Figure("completion", title, (_("Nothing is left to be done."),))
    answers = {it.percent: it for it in found.answers}
    summary = ngettext(
        "%(num)d card will be done by %(day)s with a likelihood of %(percent)d of 100.",
        "%(num)d cards will be done by %(day)s with a likelihood of %(percent)d of 100.",
        found.count,
        day=day_of(answers[SURE]),
        percent=SURE,
    )
    days = _gathered((it.percent, it.day) for it in found.answers if it.day is not None)
    marks = [DayMark(most / 100, day, f"{told}: {formats.day(day)}") for day, most, told in days]
    spec = forecasts.completion(charts.look(title), found.curve, marks, _("likelihood"))
    return Figure(
        key="completion",
        title=title,
        summary=(summary,),
        drawing=charts.drawn(spec) if found.curve else charts.NOTHING,
        heads=(_("Likelihood"), _("Done by")),
        rows=charts.table((f"{it.percent}\xa0%", day_of(it)) for it in found.answers),
    )


def _how_many(found: HowMany) -> Figure:
    day = formats.day(found.by)
    title = _("How much will be done by %(day)s", day=day)
    answers = {it.percent: it for it in found.answers}
    summary = ngettext(
        "At least %(num)d card by %(day)s with a likelihood of %(percent)d of 100.",
        "At least %(num)d cards by %(day)s with a likelihood of %(percent)d of 100.",
        answers[SURE].count,
        day=day,
        percent=SURE,
    )
    shares = {it.count: it.share for it in found.curve}
    counts = _gathered((it.percent, it.count) for it in found.answers)
    marks = [
        CountMark(shares.get(count, most / 100), count, f"{told}: {count}")
        for count, most, told in counts
    ]
    words = _("cards, at least"), _("likelihood")
    return Figure(
        key="count",
        title=title,
        summary=(summary,),
        drawing=charts.drawn(forecasts.count_by_day(charts.look(title), found.curve, marks, words)),
        heads=(_("Likelihood"), _("Cards, at least")),
        rows=charts.table((f"{it.percent}\xa0%", str(it.count)) for it in found.answers),
    )


def _gathered(answers: Iterable[tuple[int, T]]) -> list[tuple[T, int, str]]:
    """Return each answer once, with the highest of its likelihoods and all of them in words."""
    percents: dict[T, list[int]] = {}
    for percent, answer in answers:
        percents.setdefault(answer, []).append(percent)
    return [
        (answer, max(its), f"{', '.join(str(it) for it in its)}\xa0%")
        for answer, its in percents.items()
    ]
