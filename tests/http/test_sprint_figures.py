"""The figures of sprints in words."""

from datetime import date

import pytest
from flask import Flask
from flask_babel import force_locale

from pmo.charts.sprints import BurnDay, SprintBar
from pmo.http import charts, sprint_figures

pytestmark = pytest.mark.one_database


def burn(*left: float | None) -> list[BurnDay]:
    """Return a sprint of ten cards over five working days, with what is left after each."""
    return [
        BurnDay(
            day=date(2026, 11, 16 + at),
            ideal=10 - 2 * (at + 1),
            remaining=it,
            done=None if it is None else 10 - it,
            scope=None if it is None else 10,
        )
        for at, it in enumerate(left)
    ]


@pytest.mark.parametrize(
    ("left", "said"),
    [
        ((8, 6, None), "On 17 Nov 2026: 6 of 10 remain. It goes as planned."),
        ((10, 8, 8), "On 18 Nov 2026: 8 of 10 remain. It is 2 working days behind the plan."),
        ((10, 10, 10), "On 18 Nov 2026: 10 of 10 remain. It is 3 working days behind the plan."),
        (
            (2, None, None),
            "On 16 Nov 2026: 2 of 10 remain. It is 3 working days ahead of the plan.",
        ),
        ((None, None, None), "The sprint has no day yet to show."),
    ],
)
def test_a_burndown_says_how_late_it_is(
    app: Flask, left: tuple[float | None, ...], said: str
) -> None:
    with app.test_request_context(), force_locale("en"):
        days = burn(*left, *(None,) * (5 - len(left)))

        assert sprint_figures.burndown(days).summary == (said,)


def test_a_day_off_is_no_day_of_delay(app: Flask) -> None:
    ideal = [8, 6, 6, 4, 2, 0]
    left = [8, 8, 8, None, None, None]
    days = [
        BurnDay(day=date(2026, 11, 19 + at), ideal=plan, remaining=it, scope=10)
        for at, (plan, it) in enumerate(zip(ideal, left, strict=True))
    ]
    with app.test_request_context(), force_locale("en"):
        [said] = sprint_figures.burndown(days).summary

    assert said.endswith("It is 1 working day behind the plan.")


def test_velocity_is_a_median_with_its_range_or_nothing(app: Flask) -> None:
    bars = [SprintBar(f"Sprint {at}", it, 20) for at, it in enumerate((40, 12, 20, 15, 30, 18))]
    with app.test_request_context(), force_locale("en"):
        assert sprint_figures.velocity(bars).summary == (
            "Median of the last 5 sprints: 18, from 12 to 30.",
        )
        assert sprint_figures.velocity(bars[:2]).summary == (
            "Too little to tell a velocity: 2 closed of the 3 that it needs.",
        )
        assert sprint_figures.velocity([]).drawing == ""


def test_what_was_drawn_is_kept(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.test_request_context(), force_locale("en"):
        first = sprint_figures.burnup(burn(8, 6, 4, 2, 0))
        monkeypatch.setattr(charts.drawing, "svg", lambda _spec: pytest.fail("drawn again"))

        assert sprint_figures.burnup(burn(8, 6, 4, 2, 0)) == first
