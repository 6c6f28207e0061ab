"""Closing: every leftover decided, in one act, and a report that nothing changes any more."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pmo.db import transaction
from pmo.domain.sprint_closing import Decision
from pmo.domain.vocabulary import (
    LeftoverDecision,
    NoteColumn,
    NotificationKind,
    SprintPolicy,
    SprintState,
)
from pmo.errors import (
    AlreadyACard,
    DefinitionOfDoneAsked,
    Forbidden,
    Invalid,
    LeftoversChanged,
    LeftoversUndecided,
    NoNextSprint,
    PreviousNotClosed,
    SprintFrozen,
    SprintNotActive,
    StaleVersion,
    TooManyForColumn,
    WipLimitReached,
)
from pmo.models import (
    ChecklistItem,
    Column,
    Event,
    Notification,
    Project,
    Sprint,
    SprintNote,
    SprintReport,
    Task,
    TaskAssignee,
)
from pmo.queries import sprint_reports
from pmo.queries import sprints as sprint_queries
from pmo.services import (
    archive,
    checklists,
    journal,
    sprint_closing,
    sprint_notes,
    sprints,
    tasks,
)
from pmo.services.sprint_closing import Closing
from tests.cast import NOW, Cast
from tests.services.test_sprints import expect, lay_out, put

ZONE = ZoneInfo("Europe/Moscow")
DAY = timedelta(days=1)
NEXT, TOP, BOTTOM, SPLIT, DROP = (
    LeftoverDecision.NEXT_SPRINT,
    LeftoverDecision.BACKLOG_TOP,
    LeftoverDecision.BACKLOG_BOTTOM,
    LeftoverDecision.SPLIT,
    LeftoverDecision.DROP,
)


def running(cast: Cast, *places: int, **given: Any) -> list[int]:
    """Start the trial sprint of the orchard with some of its cards."""
    ids = lay_out(cast, **given)
    tell_of_making()
    put(cast, ids[0], expect(cast, *places))
    sprints.start(ids[0], expected_version=None, actor=cast.lev, at=NOW)
    return ids


def tell_of_making() -> None:
    """Append what the cast left out: that its tasks were made."""
    with transaction():
        for task in Task.select():
            data = {
                "board": "b1",
                "column": "c1",
                "meaning": "queue",
                "column_name": "Queue",
                "weight": 1,
            }
            about = {"project_id": task.project_id, "task_id": task.id, "data": data}
            journal.append("task.created", actor=None, at=NOW - DAY, **about)


def close(
    cast: Cast, sprint_id: int, given: dict[int, Decision], days: int = 5, **more: Any
) -> None:
    wanted = {"goal_met": True, "reason": "No time", **more}
    call = {name: wanted.pop(name) for name in ("actor", "confirmed") if name in wanted}
    call = {"actor": cast.lev, "expected_version": None, **call}
    sprint_closing.close(
        sprint_id, Closing(given, **wanted), zone=ZONE, at=NOW + days * DAY, **call
    )


def move(cast: Cast, place: int, column: int, days: int = 1) -> None:
    task_id, column_id = cast.orchard.tasks[place], cast.orchard.columns[column]
    tasks.place(task_id, column_id=column_id, actor=cast.mila, at=NOW + days * DAY)


def events(*kinds: str) -> list[Any]:
    found = Event.select().where(Event.kind.in_(kinds)).order_by(Event.id)
    return list(found)


def queue(cast: Cast) -> list[int]:
    """Return the live cards of the orchard's queue by number, top to bottom."""
    live = (Task.column == cast.orchard.columns[0]) & Task.archived_at.is_null()
    return [task.number for task in Task.select().where(live).order_by(Task.rank)]


def test_every_leftover_goes_where_it_was_decided(cast: Cast) -> None:
    ids = running(cast, 0, 1, 2)
    first, second, third = cast.orchard.tasks
    move(cast, 1, 1)

    given = {first: Decision(BOTTOM), second: Decision(TOP, "First of all"), third: Decision(NEXT)}
    close(cast, ids[0], given)

    assert [Task.get_by_id(it).sprint_id for it in cast.orchard.tasks] == [None, None, ids[1]]
    assert queue(cast) == [2, 3, 1]
    closed = events("sprint.closed")[0]
    assert closed.data == {
        "sprint": 0,
        "goal_met": True,
        "decisions": [
            {
                "task": 1,
                "decision": "backlog_bottom",
                "reason": "No time",
                "to": None,
                "new_task": None,
            },
            {"task": 3, "decision": "next_sprint", "reason": "No time", "to": 1, "new_task": None},
            {
                "task": 2,
                "decision": "backlog_top",
                "reason": "First of all",
                "to": None,
                "new_task": None,
            },
        ],
    }
    steps = events("task.sprint_set")[3:]
    assert [(it.data["to"], it.data["from_state"], it.data["carried"]) for it in steps] == [
        (None, "active", True),
        (None, "active", True),
        (1, "active", True),
    ]
    assert {it.act_id or it.id for it in [*steps, closed]} == {steps[0].id}
    sprint = Sprint.get_by_id(ids[0])
    assert (sprint.state, sprint.goal_met) == (SprintState.CLOSED, True)


def test_dropped_cards_are_archived_and_done_ones_stay(cast: Cast) -> None:
    ids = running(cast, 0, 1)
    move(cast, 0, 3)

    close(cast, ids[0], {cast.orchard.tasks[1]: Decision(DROP)})

    done, dropped = (Task.get_by_id(it) for it in cast.orchard.tasks[:2])
    assert (done.sprint_id, done.archived_at) == (ids[0], None)
    assert dropped.archived_at == NOW + 5 * DAY
    assert Column.get_by_id(cast.orchard.columns[0]).task_count == 1


def test_of_a_split_card_what_is_done_stays_and_the_rest_is_a_new_card(cast: Cast) -> None:
    card = cast.orchard.tasks[0]
    weigh(cast, card, 8)
    ids = running(cast, 0)
    for text in ("Hall", "Speaker"):
        checklists.add(card, text=text, actor=cast.mila, at=NOW)
    item = ChecklistItem.get(ChecklistItem.text == "Hall")
    checklists.edit(item.id, {"is_done": True}, expected_version=None, actor=cast.mila, at=NOW)
    move(cast, 0, 1)

    close(cast, ids[0], {card: Decision(SPLIT, "Half", 5, rest_title="The rest of it")})

    done = Task.get_by_id(card)
    rest = Task.get(Task.title == "The rest of it")
    assert (done.weight, done.column_id, done.sprint_id) == (5, cast.orchard.columns[3], ids[0])
    assert (rest.weight, rest.column_id, rest.sprint_id) == (3, cast.orchard.columns[0], ids[1])
    assert (rest.number, rest.stage_id, rest.expected_result) == (4, done.stage_id, "A list")
    people = TaskAssignee.select().where(TaskAssignee.task == rest)
    assert [it.user_id for it in people] == [cast.mila.user_id]
    assert [(it.text, it.task_id) for it in ChecklistItem.select().order_by(ChecklistItem.id)] == [
        ("Hall", done.id),
        ("Speaker", rest.id),
    ]
    assert (done.checklist_done, done.checklist_total, rest.checklist_total) == (1, 1, 1)
    made = events("task.created")[-1].data
    assert (made["split_of"], made["weight"], made["sprint"]) == ("ШШ-1", 3, 1)
    kept = SprintReport.get_by_id(ids[0]).data
    assert (kept["velocity"], kept["said"], kept["kept"]) == (5, 8, 5)
    assert kept["left"][0]["new_task"] == 4
    sums = Column.select().where(Column.board == cast.orchard.board).order_by(Column.position)
    assert [(it.task_count, it.task_weight) for it in sums] == [(3, 5), (0, 0), (0, 0), (1, 5)]


def weigh(cast: Cast, task_id: int, weight: int, days: int = 0) -> None:
    version = Task.get_by_id(task_id).version
    at = NOW + days * DAY
    tasks.edit(task_id, {"weight": weight}, base_version=version, actor=cast.mila, at=at)


def test_what_is_done_of_a_split_card_holds_the_definition_of_done(cast: Cast) -> None:
    ids = running(cast, 0)
    done = Column.id == cast.orchard.columns[3]
    Column.update(definition_of_done="- Published").where(done).execute()
    given = {cast.orchard.tasks[0]: Decision(SPLIT, done_weight=1)}

    with pytest.raises(DefinitionOfDoneAsked):
        close(cast, ids[0], given)
    close(cast, ids[0], given, confirmed=["Published"])

    assert events("task.moved")[-1].data["confirmed"] == ["Published"]


def test_a_card_without_a_decision_or_a_reason_keeps_the_sprint_open(cast: Cast) -> None:
    ids = running(cast, 0, 1)
    first, second, _third = cast.orchard.tasks

    with pytest.raises(LeftoversUndecided) as refused:
        close(cast, ids[0], {first: Decision(NEXT)})
    assert refused.value.facts["cards"] == "ШШ-2"
    with pytest.raises(Invalid) as unsaid:
        close(cast, ids[0], {first: Decision(NEXT, "Ill"), second: Decision(DROP)}, reason="")
    assert set(unsaid.value.fields) == {f"reason.{second}"}
    with pytest.raises(Invalid):
        close(cast, ids[0], {first: Decision(NEXT), second: Decision(SPLIT, done_weight=2)})

    assert Sprint.get_by_id(ids[0]).state is SprintState.ACTIVE
    assert not events("sprint.closed", "task.archived")


def test_what_others_did_meanwhile_is_not_closed_over(cast: Cast) -> None:
    ids = running(cast, 0, 1)
    first, second, third = cast.orchard.tasks
    given = {first: Decision(NEXT), second: Decision(SPLIT, done_weight=1, weight=1)}
    expect(cast, 2)

    put(cast, ids[0], [third])
    with pytest.raises(LeftoversUndecided):
        close(cast, ids[0], given)
    archive.archive(third, actor=cast.mila, at=NOW)
    weigh(cast, second, 4)
    with pytest.raises(LeftoversChanged):
        close(cast, ids[0], given)
    weigh(cast, second, 1)
    move(cast, 0, 3)
    with pytest.raises(LeftoversChanged) as refused:
        close(cast, ids[0], given)

    assert refused.value.facts["cards"] == "ШШ-1"
    assert not SprintReport.select().exists()


def test_only_who_leads_closes_what_runs_and_as_they_saw_it(cast: Cast) -> None:
    ids = running(cast, 0)
    given = {cast.orchard.tasks[0]: Decision(DROP)}

    with pytest.raises(Forbidden):
        close(cast, ids[0], given, actor=cast.mila)
    with pytest.raises(SprintNotActive):
        close(cast, ids[1], {})
    with pytest.raises(StaleVersion):
        sprint_closing.close(
            ids[0], Closing(given, True, "x"), expected_version=1, zone=ZONE, actor=cast.lev, at=NOW
        )
    close(cast, ids[0], given)
    with pytest.raises(SprintNotActive):
        close(cast, ids[0], {})


def test_the_last_sprint_carries_nothing_over(cast: Cast) -> None:
    ids = lay_out(cast, count=1)
    Sprint.update(state=SprintState.CLOSED, closed_at=NOW).where(Sprint.id == ids[0]).execute()
    put(cast, ids[1], expect(cast, 0))
    sprints.start(ids[1], expected_version=None, actor=cast.lev, at=NOW)

    with pytest.raises(NoNextSprint):
        close(cast, ids[1], {cast.orchard.tasks[0]: Decision(NEXT)})


def test_a_hard_limit_of_the_queue_holds_for_what_comes_back(cast: Cast) -> None:
    ids = running(cast, 0, 1)
    move(cast, 0, 1)
    queue_column = Column.id == cast.orchard.columns[0]
    Column.update(wip_limit=2, wip_kind="hard").where(queue_column).execute()
    first, second, _third = cast.orchard.tasks

    with pytest.raises((TooManyForColumn, WipLimitReached)):
        close(cast, ids[0], {first: Decision(TOP), second: Decision(NEXT)})

    assert Sprint.get_by_id(ids[0]).state is SprintState.ACTIVE


def test_the_third_carrying_over_is_told_to_who_leads(cast: Cast) -> None:
    ids = running(cast, 0)
    card = cast.orchard.tasks[0]
    for nth in range(3):
        if nth:
            sprints.start(ids[nth], expected_version=None, actor=cast.lev, at=NOW + nth * DAY)
        assert sprint_reports.carried(ids[nth], cast.orchard.project).get(card, 0) == nth
        assert not told()
        close(cast, ids[nth], {card: Decision(NEXT)}, days=nth)

    assert told() == [("lev", card)]
    assert SprintReport.get_by_id(ids[2]).data["left"][0]["times"] == 3


def told() -> list[tuple[str, int]]:
    kind = Notification.kind == NotificationKind.CARRIED_AGAIN
    return [(it.user.login, it.task_id) for it in Notification.select().where(kind)]


def test_a_report_stays_what_it_was_whatever_happens_later(cast: Cast) -> None:
    ids = running(cast, 0, 1)
    first, second, third = cast.orchard.tasks
    expect(cast, 2)
    put(cast, ids[0], [third], reason="Asked for")
    weigh(cast, first, 3, days=1)
    move(cast, 0, 3, days=2)
    close(cast, ids[0], {second: Decision(NEXT), third: Decision(BOTTOM)})
    kept = SprintReport.get_by_id(ids[0]).data

    move(cast, 0, 1, days=6)
    weigh(cast, first, 13, days=6)
    archive.archive(second, actor=cast.mila, at=NOW + 7 * DAY)
    sprint = Sprint.get_by_id(ids[0])

    assert sprint_reports.computed(sprint, as_of=sprint.closed_at, zone=ZONE) == kept
    assert sprint_reports.computed(sprint, as_of=NOW + 30 * DAY, zone=ZONE) == kept
    assert (kept["said"], kept["kept"], kept["velocity"]) == (2, 1, 3)
    assert [it["task"] for it in kept["added"]] == [3]
    assert kept["re_estimated"][0] | {"at": ""} == {
        "task": 1,
        "weight": 3,
        "at": "",
        "was": 1,
        "reason": "",
    }
    assert [(it["task"], it["to"]) for it in kept["left"]] == [(2, 1), (3, None)]
    assert sprint_reports.report(ids[0], cast.olga, as_of=NOW + 30 * DAY, zone=ZONE) == kept
    assert sprint_reports.report(ids[0], cast.olga, as_of=NOW - DAY, zone=ZONE) is None


def test_notes_are_written_while_a_sprint_runs(cast: Cast) -> None:
    ids = lay_out(cast)
    with pytest.raises(SprintNotActive):
        note(cast, ids[0])
    put(cast, ids[0], expect(cast, 0))
    sprints.start(ids[0], expected_version=None, actor=cast.lev, at=NOW)
    by_mila = note(cast, ids[0])
    by_lev = note(cast, ids[0], actor=cast.lev)

    with pytest.raises(Forbidden):
        note(cast, ids[0], actor=cast.olga)
    with pytest.raises(Forbidden):
        edit_note(cast, by_lev, text="Less")
    edit_note(cast, by_mila, text="Meet less")
    with pytest.raises(StaleVersion):
        edit_note(cast, by_mila, text="Meet more")
    sprint_notes.remove(by_mila, expected_version=2, actor=cast.lev, at=NOW)

    assert [
        it.kind for it in events("sprint.note_added", "sprint.note_edited", "sprint.note_removed")
    ] == [
        "sprint.note_added",
        "sprint.note_added",
        "sprint.note_edited",
        "sprint.note_removed",
    ]
    close(cast, ids[0], {cast.orchard.tasks[0]: Decision(NEXT)})
    with pytest.raises(SprintFrozen):
        edit_note(cast, by_lev, actor=cast.lev, text="Never")


def note(cast: Cast, sprint_id: int, text: str = "Meet weekly", **given: Any) -> int:
    wanted = {"column": NoteColumn.TRY, "actor": cast.mila, **given}
    return sprint_notes.add(sprint_id, text=text, at=NOW, **wanted)


def edit_note(cast: Cast, note_id: int, text: str, **given: Any) -> None:
    wanted = {"actor": cast.mila, "expected_version": 1, **given}
    sprint_notes.edit(note_id, {"text": text}, at=NOW, **wanted)


def test_an_action_becomes_a_card_also_after_the_closing(cast: Cast) -> None:
    ids = running(cast, 0)
    early, late = note(cast, ids[0]), note(cast, ids[0], "Ask\nearlier")

    with pytest.raises(PreviousNotClosed):
        sprint_notes.make_card(early, is_next=True, actor=cast.lev, at=NOW)
    close(cast, ids[0], {cast.orchard.tasks[0]: Decision(NEXT)}, note_cards={early: True})
    made = Task.get(Task.title == "Meet weekly")
    assert (made.sprint_id, SprintNote.get_by_id(early).task_id) == (ids[1], made.id)
    sprint_notes.make_card(late, is_next=False, actor=cast.mila, at=NOW)
    with pytest.raises(AlreadyACard):
        sprint_notes.make_card(late, is_next=False, actor=cast.mila, at=NOW)

    assert Task.get(Task.title == "Ask earlier").description == "Ask\nearlier"
    assert events("sprint.note_edited")[-1].data["task"] == 5


def test_a_free_project_closes_in_any_order(cast: Cast) -> None:
    ids = lay_out(cast, policy=SprintPolicy.FREE)
    put(cast, ids[1], expect(cast, 0))
    sprints.start(ids[1], expected_version=None, actor=cast.lev, at=NOW)

    close(cast, ids[1], {cast.orchard.tasks[0]: Decision(NEXT)})

    assert Task.get_by_id(cast.orchard.tasks[0]).sprint_id == ids[2]
    assert Project.get_by_id(cast.orchard.project).sprint_policy is SprintPolicy.FREE


def test_a_closed_sprint_keeps_what_it_held_and_did(cast: Cast) -> None:
    ids = running(cast, 0, 1, 2)
    move(cast, 0, 3)
    leftovers = {cast.orchard.tasks[1]: Decision(NEXT), cast.orchard.tasks[2]: Decision(BOTTOM)}
    close(cast, ids[0], leftovers)
    move(cast, 0, 0, days=6)

    view, _siblings = sprint_queries.sprint(ids[0], cast.lev)

    assert (view.task_count, view.done_count, view.weight, view.done_weight) == (3, 1, 3, 1)
