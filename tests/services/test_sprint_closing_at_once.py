"""A sprint is closed while others work on its cards, on both databases."""

from datetime import timedelta
from typing import Any

from pmo.domain.sprint_closing import Decision
from pmo.domain.vocabulary import LeftoverDecision, SprintState
from pmo.models import Event, Sprint, SprintReport, Task
from pmo.queries import sprint_reports
from pmo.services import sprint_closing, sprint_scope, tasks
from pmo.services.sprint_closing import Closing
from tests.cast import NOW, Cast
from tests.services.test_acts_at_once import together, wrong
from tests.services.test_sprint_closing import ZONE, running
from tests.services.test_sprints import expect

AT = NOW + timedelta(days=3)


def test_a_closing_sees_every_card_as_it_is_or_is_refused(cast: Cast) -> None:
    """Two close, two finish a card, two put one in: what was closed over is what was decided on."""
    ids = running(cast, 0, 1)
    expect(cast, 2)
    first, second, third = cast.orchard.tasks

    def work(number: int) -> Any:
        if number < 2:
            given = {
                first: Decision(LeftoverDecision.DROP),
                second: Decision(LeftoverDecision.DROP),
            }
            wanted = Closing(given, goal_met=True, reason="Old")
            who = {"expected_version": None, "zone": ZONE, "actor": cast.lev, "at": AT}
            return sprint_closing.close(ids[0], wanted, **who)
        if number < 4:
            done = cast.orchard.columns[3]
            return tasks.place(first, column_id=done, actor=cast.mila, at=AT)
        return sprint_scope.put_in(ids[0], [third], actor=cast.lev, at=AT)

    together(work)

    sprint = Sprint.get_by_id(ids[0])
    closings = Event.select().where(Event.kind == "sprint.closed").count()
    assert closings == (1 if sprint.state is SprintState.CLOSED else 0)
    if closings:
        left = [it["task"] for it in SprintReport.get_by_id(ids[0]).data["left"]]
        gone = Task.select(Task.number).where(Task.archived_at.is_null(False))
        assert left == sorted(number for (number,) in gone.tuples()) == [1, 2]
        kept = SprintReport.get_by_id(ids[0]).data
        assert sprint_reports.computed(sprint, as_of=AT, zone=ZONE) == kept
    assert wrong() == []
