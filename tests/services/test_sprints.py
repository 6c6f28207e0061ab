"""Sprints: laid out once, one after another, started with cards that say what is expected."""

from datetime import date
from typing import Any

import pytest

from pmo.domain.permissions import Actor
from pmo.domain.vocabulary import SprintPolicy, SprintState
from pmo.errors import (
    AnotherIsActive,
    CardsNotForSprint,
    Forbidden,
    InUse,
    Invalid,
    NotFound,
    PreviousNotClosed,
    ResultsMissing,
    SprintCountFixed,
    SprintEmpty,
    SprintFrozen,
    StaleVersion,
    StartsAfterPrevious,
)
from pmo.models import Board, Event, Project, Sprint, Task
from pmo.queries import sprints as queries
from pmo.queries.cards import CardView
from pmo.services import sprint_scope, sprints, tasks
from pmo.services.sprints import Share
from tests.cast import NOW, Cast

MONDAY = date(2025, 1, 13)


def lay_out(cast: Cast, actor: Actor | None = None, **given: Any) -> list[int]:
    """Lay out sprints of the orchard and return their ids."""
    wanted = {"count": 3, "weeks": 4, "trial_weeks": 2, "policy": SprintPolicy.ROLLING, **given}
    sprints.lay_out(
        cast.orchard.project, starts_on=MONDAY, actor=actor or cast.lev, at=NOW, **wanted
    )
    found = Sprint.select().where(Sprint.project == cast.orchard.project).order_by(Sprint.number)
    return [sprint.id for sprint in found]


def expect(cast: Cast, *places: int) -> list[int]:
    """Have cards of the orchard say what is expected, and return their ids."""
    ids = [cast.orchard.tasks[place] for place in places]
    Task.update(expected_result="A list").where(Task.id.in_(ids)).execute()
    return ids


def put(cast: Cast, sprint_id: int, ids: list[int], **given: Any) -> None:
    sprint_scope.put_in(sprint_id, ids, actor=cast.lev, at=NOW, **given)


def start(cast: Cast, sprint_id: int) -> None:
    sprints.start(sprint_id, expected_version=None, actor=cast.lev, at=NOW)


def begun(cast: Cast) -> list[int]:
    """Start the trial sprint of the orchard with its first card."""
    ids = lay_out(cast)
    put(cast, ids[0], expect(cast, 0))
    start(cast, ids[0])
    return ids


def close(sprint_id: int) -> None:
    Sprint.update(state=SprintState.CLOSED, closed_at=NOW).where(Sprint.id == sprint_id).execute()


def numbers(found: dict[int, list[CardView]]) -> list[str]:
    return [card.key for cards in found.values() for card in cards]


def last(kind: str) -> Any:
    return Event.select().where(Event.kind == kind).order_by(Event.id.desc()).first().data


def test_a_trial_sprint_and_the_others_follow_one_another(cast: Cast) -> None:
    lay_out(cast)

    found = Sprint.select().order_by(Sprint.number)
    assert [(it.number, it.starts_on, it.ends_on) for it in found] == [
        (0, date(2025, 1, 13), date(2025, 1, 26)),
        (1, date(2025, 1, 27), date(2025, 2, 23)),
        (2, date(2025, 2, 24), date(2025, 3, 23)),
        (3, date(2025, 3, 24), date(2025, 4, 20)),
    ]
    assert Project.get_by_id(cast.orchard.project).sprint_count == 3
    assert last("sprint.laid_out")["sprints"][0] == {
        "number": 0,
        "starts_on": "2025-01-13",
        "ends_on": "2025-01-26",
    }


def test_before_the_first_start_they_can_be_laid_out_anew(cast: Cast) -> None:
    first = lay_out(cast)

    again = lay_out(cast, count=2, weeks=3)

    assert again == first[:3]
    assert Sprint.get_by_id(again[2]).ends_on == date(2025, 3, 9)


def test_a_sprint_with_cards_does_not_go(cast: Cast) -> None:
    ids = lay_out(cast, policy=SprintPolicy.FREE)
    put(cast, ids[3], expect(cast, 0))

    with pytest.raises(InUse):
        lay_out(cast, count=1, policy=SprintPolicy.FREE)


def test_their_number_is_fixed_when_the_first_starts(cast: Cast) -> None:
    begun(cast)

    with pytest.raises(SprintCountFixed):
        lay_out(cast, count=4)


def test_a_free_project_adds_sprints_behind_the_last(cast: Cast) -> None:
    ids = begun(cast)
    close(ids[0])
    put(cast, ids[1], expect(cast, 0))
    start(cast, ids[1])

    lay_out(cast, count=4, weeks=1, policy=SprintPolicy.FREE)

    found = Sprint.select().order_by(Sprint.number)
    assert [(it.number, it.starts_on) for it in found][1:] == [
        (1, date(2025, 1, 27)),
        (2, date(2025, 2, 24)),
        (3, date(2025, 3, 3)),
        (4, date(2025, 3, 10)),
    ]


@pytest.mark.parametrize("given", [{"count": 0}, {"count": 41}, {"weeks": 2}, {"weeks": 13}])
def test_a_plan_out_of_range_changes_nothing(cast: Cast, given: dict[str, int]) -> None:
    with pytest.raises(Invalid):
        lay_out(cast, **given)

    assert not Sprint.select().exists()


def test_only_who_leads_plans(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        lay_out(cast, cast.mila)
    with pytest.raises(NotFound):
        lay_out(cast, cast.clea)


def test_days_of_a_sprint_touch_no_other(cast: Cast) -> None:
    ids = lay_out(cast)

    with pytest.raises(Invalid):
        edit(cast, ids[1], ends_on=date(2025, 2, 24))
    with pytest.raises(Invalid):
        edit(cast, ids[1], starts_on=date(2025, 2, 10))  # two weeks
    edit(cast, ids[1], ends_on=date(2025, 2, 20))

    assert last("sprint.edited")["changes"] == {"ends_on": ["2025-02-23", "2025-02-20"]}


def edit(cast: Cast, sprint_id: int, expected_version: int | None = None, **changes: Any) -> None:
    sprints.edit(sprint_id, changes, expected_version=expected_version, actor=cast.lev, at=NOW)


def test_goal_and_people_are_written_together(cast: Cast) -> None:
    [trial, *_] = lay_out(cast)

    edit(cast, trial, 1, goal="Try it", people=[Share(cast.mila.user_id, 50, 1)])

    assert [(it.login, it.percent, it.days_off) for it in queries.people(trial)] == [
        ("mila", 50, 1)
    ]
    assert last("sprint.edited")["changes"]["people"] == [
        [],
        [{"login": "mila", "percent": 50, "days_off": 1}],
    ]
    with pytest.raises(StaleVersion):
        edit(cast, trial, 1, goal="Another")
    with pytest.raises(NotFound):
        edit(cast, trial, people=[Share(cast.clea.user_id)])


def test_rolling_only_the_next_sprint_takes_cards(cast: Cast) -> None:
    ids = begun(cast)
    [card] = expect(cast, 1)

    with pytest.raises(PreviousNotClosed) as refused:
        put(cast, ids[1], [card])
    assert str(refused.value) == (
        "The details of each next sprint are planned only when the previous one has ended:"
        " sprint 1 takes cards once trial sprint is closed."
    )
    close(ids[0])
    put(cast, ids[1], [card])

    assert Task.get_by_id(card).sprint_id == ids[1]


def test_free_any_sprint_takes_cards_and_still_one_runs(cast: Cast) -> None:
    ids = begun(cast)
    sprints.set_policy(cast.orchard.project, SprintPolicy.FREE, actor=cast.lev, at=NOW)
    put(cast, ids[2], expect(cast, 1))

    with pytest.raises(AnotherIsActive):
        start(cast, ids[2])
    close(ids[0])
    start(cast, ids[2])

    assert Sprint.get_by_id(ids[2]).state is SprintState.ACTIVE


def test_rolling_a_sprint_waits_for_the_one_before(cast: Cast) -> None:
    ids = lay_out(cast, policy=SprintPolicy.FREE)
    put(cast, ids[2], expect(cast, 0))
    sprints.set_policy(cast.orchard.project, SprintPolicy.ROLLING, actor=cast.lev, at=NOW)

    with pytest.raises(StartsAfterPrevious):
        start(cast, ids[2])


def test_a_sprint_starts_only_with_cards_that_say_what_is_expected(cast: Cast) -> None:
    [trial, *_] = lay_out(cast)

    with pytest.raises(SprintEmpty):
        start(cast, trial)
    put(cast, trial, list(cast.orchard.tasks[:2]))
    with pytest.raises(ResultsMissing) as refused:
        start(cast, trial)
    assert refused.value.facts["cards"] == "ШШ-1, ШШ-2"
    expect(cast, 0, 1)
    start(cast, trial)

    weights = [Task.get_by_id(it).weight for it in cast.orchard.tasks[:2]]
    assert last("sprint.started")["committed"] == [
        {"task": 1, "weight": weights[0]},
        {"task": 2, "weight": weights[1]},
    ]


def test_a_running_sprint_takes_no_card_without_a_result(cast: Cast) -> None:
    ids = begun(cast)
    card = cast.orchard.tasks[1]

    with pytest.raises(ResultsMissing):
        put(cast, ids[0], [card])
    put(cast, ids[0], expect(cast, 1), reason="Asked for by the head")

    assert last("task.sprint_set") == {
        "from": None,
        "to": 0,
        "from_state": None,
        "to_state": "active",
        "reason": "Asked for by the head",
        "carried": False,
    }


def test_in_a_running_sprint_a_result_is_not_emptied(cast: Cast) -> None:
    begun(cast)
    task = Task.get_by_id(cast.orchard.tasks[0])

    with pytest.raises(ResultsMissing):
        tasks.edit(
            task.id,
            {"expected_result": ""},
            base_version=task.version,
            actor=cast.mila,
            at=NOW,
        )
    assert Task.get_by_id(task.id).expected_result == "A list"


def test_cards_go_back_to_the_backlog_and_the_board_is_drawn_anew(cast: Cast) -> None:
    ids = begun(cast)
    before = Board.get_by_id(cast.orchard.board).revision

    sprint_scope.take_out(cast.orchard.project, [cast.orchard.tasks[0]], actor=cast.lev, at=NOW)

    assert Board.get_by_id(cast.orchard.board).revision == before + 1
    assert queries.IN_SPRINT.by_column(today=MONDAY, sprint_id=ids[0]) == {}
    backlog = queries.BACKLOG.by_column(today=MONDAY, project_id=cast.orchard.project)
    assert "ШШ-1" in numbers(backlog)


def test_done_and_archived_cards_belong_to_no_plan(cast: Cast) -> None:
    [trial, *_] = lay_out(cast)
    Task.update(archived_at=NOW).where(Task.id == cast.orchard.tasks[1]).execute()
    Task.update(column=cast.orchard.columns[3]).where(Task.id == cast.orchard.tasks[0]).execute()

    for place in (0, 1):
        with pytest.raises(CardsNotForSprint):
            put(cast, trial, expect(cast, place))


def test_cards_of_another_project_are_not_there(cast: Cast) -> None:
    [trial, *_] = lay_out(cast)

    with pytest.raises(NotFound):
        put(cast, trial, [cast.harbour.tasks[0]])
    with pytest.raises(NotFound):
        sprint_scope.take_out(
            cast.orchard.project, [cast.harbour.tasks[0]], actor=cast.dina, at=NOW
        )


def test_a_closed_sprint_is_frozen(cast: Cast) -> None:
    ids = begun(cast)
    close(ids[0])

    with pytest.raises(SprintFrozen):
        edit(cast, ids[0], goal="Other")
    with pytest.raises(SprintFrozen):
        put(cast, ids[0], expect(cast, 1))


def test_sums_of_a_sprint_are_read_with_it(cast: Cast) -> None:
    ids = begun(cast)

    view, siblings = queries.sprint(ids[0], cast.olga)

    weight = Task.get_by_id(cast.orchard.tasks[0]).weight
    assert (view.task_count, view.done_count, view.weight) == (1, 0, weight)
    assert siblings.active == view
    assert not siblings.can_plan
    with pytest.raises(NotFound):
        queries.sprint(ids[0], cast.clea)
