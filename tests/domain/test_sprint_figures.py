"""Figures of a sprint, worked out by hand from a journal."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmo.domain.flow import sprint_figures, sprint_journal, sprint_reports
from pmo.domain.flow.replaying import Happened, replay
from pmo.domain.flow.sprint_figures import Figures, Line
from pmo.domain.flow.sprint_series import series
from pmo.domain.sprints import Span
from pmo.domain.workdays import WorkCalendar

ZONE = ZoneInfo("Europe/Moscow")
START = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)
"""Nine in the morning of a Monday in Moscow."""

SPAN = Span(date(2026, 11, 16), date(2026, 11, 27))
CALENDAR = WorkCalendar()


def day(number: int, hour: int = 3) -> datetime:
    """Return an hour of the sprint's day, 1 being its first; at noon unless told."""
    return START + timedelta(days=number - 1, hours=hour)


class Told:
    """A journal, written event by event."""

    def __init__(self, **weights: int) -> None:
        self.events: list[Happened] = []
        for name, weight in weights.items():
            self.add(day(0), "task.created", int(name[1:]), **_at("c1", "queue"), weight=weight)
            self.sprint(day(0), int(name[1:]), None, 1)
        committed = [{"task": int(name[1:]), "weight": it} for name, it in weights.items()]
        self.add(START, "sprint.started", None, sprint=1, committed=committed)

    def add(self, at: datetime, kind: str, task: int | None, **data: Any) -> None:
        self.events.append(Happened(at, kind, task, data))

    def sprint(
        self, at: datetime, task: int, old: int | None, new: int | None, reason: str = ""
    ) -> None:
        self.add(at, "task.sprint_set", task, **{"from": old, "to": new}, reason=reason)

    def carry(self, at: datetime, task: int, old: int, new: int | None) -> None:
        ways = {"from": old, "to": new, "reason": "", "carried": True}
        self.add(at, "task.sprint_set", task, **ways)

    def weigh(self, at: datetime, task: int, old: int, new: int) -> None:
        self.add(at, "task.edited", task, version=2, changes={"weight": [old, new]})

    def move(self, at: datetime, task: int, to: str, meaning: str) -> None:
        self.add(at, "task.moved", task, board="b1", to=to, to_meaning=meaning)

    def finish(self, at: datetime, task: int) -> None:
        self.move(at, task, "c3", "done")

    def close(self, at: datetime, **decisions: Any) -> None:
        told = [
            {"task": int(name[1:]), "reason": "", "to": None, "new_task": None, **it}
            for name, it in decisions.items()
        ]
        self.add(at, "sprint.closed", None, sprint=1, goal_met=True, decisions=told)

    def figures(self, as_of: datetime) -> Figures:
        found = sprint_figures.figures(
            1, sprint_journal.tell(self.events), replay(self.events), span=SPAN, as_of=as_of
        )
        assert found is not None
        return found


def _at(column: str, meaning: str) -> dict[str, str]:
    return {"board": "b1", "column": column, "meaning": meaning, "column_name": ""}


def numbers(lines: tuple[Line, ...]) -> list[tuple[int, int]]:
    return [(line.task, line.weight) for line in lines]


def test_committed_added_removed_re_estimated_and_done() -> None:
    told = Told(t1=5, t2=3, t3=2)
    told.add(day(2), "task.created", 4, **_at("c1", "queue"), weight=4)
    told.sprint(day(2), 4, None, 1, "Asked for by the ministry")
    told.finish(day(3), 1)
    told.weigh(day(4), 2, 3, 8)
    told.sprint(day(5), 3, 1, None, "Not needed")
    told.finish(day(8), 4)

    found = told.figures(day(10))

    assert numbers(found.committed) == [(1, 5), (2, 3), (3, 2)]
    assert found.added == (Line(4, 4, day(2), None, "Asked for by the ministry"),)
    assert found.removed == (Line(3, 2, day(5), None, "Not needed"),)
    assert found.re_estimated == (Line(2, 8, day(4), 3),)
    assert numbers(found.done) == [(1, 5), (4, 4)]
    assert numbers(found.unfinished) == [(2, 8)]
    assert (found.said, found.kept, found.velocity) == (10, 5, 9)


def test_the_same_as_of_a_day_before() -> None:
    told = Told(t1=5, t2=3)
    told.finish(day(3), 1)
    told.move(day(4), 1, "c2", "in_progress")
    told.finish(day(8), 2)
    told.close(day(12), t1={"decision": "drop"})
    told.add(day(12), "task.archived", 1)

    assert numbers(told.figures(day(3)).done) == [(1, 5)]
    assert numbers(told.figures(day(5)).done) == []
    assert numbers(told.figures(day(5)).reopened) == [(1, 5)]
    assert told.figures(day(5)).closed_at is None
    assert numbers(told.figures(day(13)).done) == [(2, 3)]
    assert (
        sprint_figures.figures(1, sprint_journal.tell(told.events), {}, span=SPAN, as_of=day(0))
        is None
    )


def test_burndown_counts_progress_alone_as_progress() -> None:
    """Monday 16 to Friday 27 November 2026: ten working days, a weekend between."""
    told = Told(t1=5, t2=3, t3=2)
    told.finish(day(2), 1)  # Tuesday: 5 done
    told.weigh(day(3), 2, 3, 6)  # Wednesday: scope 13
    told.finish(day(6), 3)  # Saturday: 2 done, told on Monday
    told.sprint(day(9), 2, 1, None)  # Tuesday: scope 7

    line = series(told.figures(day(10)), CALENDAR, ZONE)

    assert (line.first.remaining, line.work_days) == (10, 10)
    assert [(it.day.day, it.elapsed, it.remaining, it.scope, it.done) for it in line.points] == [
        (16, 1, 10, 10, 0),
        (17, 2, 5, 10, 5),
        (18, 3, 8, 13, 5),
        (19, 4, 8, 13, 5),
        (20, 5, 8, 13, 5),
        (23, 6, 6, 13, 7),
        (24, 7, 0, 7, 7),
        (25, 8, 0, 7, 7),
    ]
    assert [line.ideal(it) for it in (0, 1, 5, 10, 12)] == [10, 9, 5, 0, 0]
    assert [it.day for it in line.all_days] == [16, 17, 18, 19, 20, 23, 24, 25, 26, 27]


def test_a_holiday_and_a_moved_day_are_no_steps_of_the_plan() -> None:
    """Unity Day, Wednesday 4 November 2026, and a closing on a Saturday after the planned end."""
    told = Told(t1=4)
    late = Figures(
        **{
            **{name: getattr(told.figures(day(2)), name) for name in Figures.__slots__},
            "span": Span(date(2026, 11, 2), date(2026, 11, 6)),
            "started_at": datetime(2026, 11, 2, 6, tzinfo=UTC),
            "as_of": datetime(2026, 11, 7, 9, tzinfo=UTC),
        }
    )

    line = series(late, CALENDAR, ZONE)

    assert line.work_days == 4
    assert [(it.day.day, it.elapsed) for it in line.points] == [
        (2, 1),
        (3, 2),
        (5, 3),
        (6, 4),
        (7, 4),
    ]
    assert line.ideal(2) == 2


def test_a_split_counts_what_was_done_and_is_no_progress_of_the_rest() -> None:
    told = Told(t1=8, t2=3)
    told.finish(day(2), 2)
    told.weigh(day(12), 1, 8, 5)
    told.finish(day(12), 1)
    told.add(day(12), "task.created", 3, **_at("c1", "queue"), weight=3, sprint=2)
    told.close(day(12), t1={"decision": "split", "to": 2, "new_task": 3})

    found = told.figures(day(30))

    assert numbers(found.done) == [(2, 3), (1, 5)]
    assert (found.said, found.kept, found.velocity) == (11, 8, 8)
    assert (found.left[0].new_task, found.left[0].to, found.left[0].weight) == (3, 2, 5)
    assert [(it.task, it.scope, it.done) for it in found.changes] == [(2, 0, 3), (1, -3, 5)]


def test_what_is_carried_over_stays_in_the_sprint_it_was_left_of() -> None:
    told = Told(t1=5, t2=3)
    for nth in (1, 2):
        told.carry(day(-9 * nth), 1, 0, 1)
    told.finish(day(3), 2)
    told.carry(day(12), 1, 1, 2)
    told.close(day(12), t1={"decision": "next_sprint", "to": 2})
    told.finish(day(14), 1)

    found = told.figures(day(20))

    assert numbers(found.unfinished) == [(1, 5)]
    assert (found.removed, found.kept, found.velocity) == ((), 3, 3)
    assert found.left[0].times == 3
    assert series(found, CALENDAR, ZONE).points[-1].remaining == 5


def test_steps_back_and_comings_and_goings_are_told() -> None:
    told = Told(t1=5, t2=3, t3=2, t4=1)
    told.move(day(2), 1, "c2", "in_progress")
    told.move(day(3), 1, "c1", "queue")
    told.sprint(day(2), 2, 1, None, "Ill")
    told.sprint(day(4), 2, None, 1, "Well again")
    told.add(day(3), "task.archived", 3)
    told.finish(day(3), 4)
    told.weigh(day(4), 4, 1, 2)
    told.add(day(5), "task.archived", 4)

    found = told.figures(day(10))

    assert numbers(found.moved_back) == [(1, 5)]
    assert found.back == (Line(2, 3, day(4), None, "Well again"),)
    assert [(it.task, it.reason) for it in found.removed] == [(2, "Ill"), (3, "archived")]
    assert numbers(found.re_estimated_done) == [(4, 2)]
    assert numbers(found.done) == [(4, 2)]


def test_days_of_a_sprint_are_those_that_were_planned_then() -> None:
    told = Told(t1=1)
    changes = {"ends_on": ["2026-11-20", "2026-11-27"]}
    told.add(day(4), "sprint.edited", None, sprint=1, changes=changes)

    assert told.figures(day(2)).span.ends_on == date(2026, 11, 20)
    assert told.figures(day(5)).span == SPAN


def test_velocity_is_said_of_three_sprints_at_least_and_five_at_most() -> None:
    few = sprint_reports.velocity([(0, 5), (1, 9)])
    many = sprint_reports.velocity(enumerate([100, 12, 20, 15, 30, 18]))

    assert (few.middle, few.low, few.high) == (None, 5, 9)
    assert (many.middle, many.low, many.high) == (18, 12, 30)


STEPS = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.sampled_from(["finish", "reopen", "weigh", "take", "put", "archive", "restore"]),
        st.integers(0, 13),
    ),
    max_size=30,
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS, closed_after=st.integers(0, 30))
def test_scope_is_what_was_said_with_what_came_and_went_and_closing_freezes_it(
    steps: list[tuple[int, str, int]], closed_after: int
) -> None:
    told = Told(t1=5, t2=3, t3=2, t4=1)
    weights = {1: 5, 2: 3, 3: 2, 4: 1}
    shut = day(1) + timedelta(hours=closed_after, minutes=30)
    frozen: dict[str, Any] | None = None
    for hour, (task, step, weight) in enumerate(steps):
        if frozen is None and hour > closed_after:
            told.close(shut)
            frozen = report(told, shut)
        _step(told, day(1) + timedelta(hours=hour), task, step, weights[task], weight)
        weights[task] = weight if step == "weigh" else weights[task]

    found = told.figures(day(30))
    summed = sum(it.weight for it in (*found.committed, *found.added))
    summed -= sum(it.weight for it in found.removed)
    summed += sum(it.weight - (it.was or 0) for it in found.re_estimated)
    standing = sum(it.weight for it in (*found.done, *found.unfinished))
    last = series(found, CALENDAR, ZONE).points[-1]
    assert summed == standing == last.scope
    assert last.done == found.velocity
    if frozen is not None:
        assert report(told, day(30)) == frozen


def report(told: Told, as_of: datetime) -> dict[str, Any]:
    return sprint_reports.report(told.figures(as_of), CALENDAR, ZONE, goal="")


def _step(told: Told, at: datetime, task: int, step: str, old: int, new: int) -> None:
    if step == "weigh":
        told.weigh(at, task, old, new)
    elif step in {"take", "put"}:
        told.sprint(at, task, None, 1 if step == "put" else None)
    elif step == "archive":
        told.add(at, "task.archived", task)
    elif step == "restore":
        told.add(at, "task.restored", task, **_at("c2", "in_progress"))
    else:
        told.move(at, task, *(("c3", "done") if step == "finish" else ("c2", "in_progress")))
