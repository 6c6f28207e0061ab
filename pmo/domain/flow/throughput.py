"""Throughput: how many cards were finished, a count of cards and not of their weights."""

from collections.abc import Sequence
from datetime import date, tzinfo

from pmo.domain.flow.days import DAY, on, span
from pmo.domain.flow.figures import Finished, Throughput, Window
from pmo.domain.flow.lives import Lives

Done = dict[date, list[tuple[int, int]]]
"""Number and weight of the cards that were finished on a day."""


def of(lives: Lives, window: Window, zone: tzinfo) -> Throughput:
    """Return what was finished in the window, as known at its moment.

    A card counts on the day of its last finish: one that was opened again counts nowhere.
    """
    done: Done = {}
    for number, life in sorted(lives.items()):
        finished = life.finished_at(window.as_of)
        if finished is not None:
            day = on(finished, zone)
            if window.first_on <= day <= window.last_on:
                done.setdefault(day, []).append((number, life.weight(finished)))
    days = [_from(day, day, done) for day in span(window.first_on, window.last_on)]
    return Throughput(
        tuple(days),
        tuple(_weeks(days)),
        sum(day.count for day in days),
        sum(day.weight for day in days),
    )


def _from(starts_on: date, ends_on: date, done: Done) -> Finished:
    cards = sorted(it for day in span(starts_on, ends_on) for it in done.get(day, ()))
    weight = sum(weight for _number, weight in cards)
    return Finished(starts_on, ends_on, len(cards), weight, tuple(number for number, _ in cards))


def _weeks(days: Sequence[Finished]) -> list[Finished]:
    by_monday: dict[date, list[Finished]] = {}
    for day in days:
        monday = day.starts_on - day.starts_on.weekday() * DAY
        by_monday.setdefault(monday, []).append(day)
    return [
        Finished(
            monday,
            monday + 6 * DAY,
            sum(day.count for day in week),
            sum(day.weight for day in week),
            tuple(sorted(number for day in week for number in day.tasks)),
            is_whole=len(week) == 7,  # noqa: PLR2004 - days of a week
        )
        for monday, week in by_monday.items()
    ]
