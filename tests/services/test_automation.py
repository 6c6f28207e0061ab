"""What a board does by itself: acts, their log, chains that end, time, crashes."""

import itertools
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pmo.domain import automation
from pmo.domain.vocabulary import AutomationAction as Act
from pmo.domain.vocabulary import AutomationOutcome as Out
from pmo.domain.vocabulary import AutomationTrigger as On
from pmo.domain.vocabulary import NotificationKind
from pmo.errors import (
    AlreadyTaken,
    Forbidden,
    InUse,
    Invalid,
    NotFound,
    StaleVersion,
    WipLimitReached,
)
from pmo.models import (
    AutomationRule,
    AutomationRun,
    Column,
    Event,
    Notification,
    Task,
    TaskAssignee,
    TaskLabel,
)
from pmo.queries import automation as queries
from pmo.queries import comments as comment_queries
from pmo.queries import notifications
from pmo.services import (
    automation_rules,
    automation_runs,
    boards,
    checklists,
    labels,
    memberships,
    tasks,
    undo,
)
from tests.cast import NOW

TODAY = date(2025, 1, 15)


def rule(cast, trigger, action, name="Rule", **values):
    given = {"name": name, "trigger": trigger, "action": action, **values}
    return automation_rules.add(cast.orchard.board, values=given, actor=cast.lev, at=NOW)


def place(cast, column, number=0, actor=None, at=NOW):
    return tasks.place(
        cast.orchard.tasks[number],
        column_id=cast.orchard.columns[column],
        actor=actor or cast.mila,
        at=at,
    )


def standing(cast, number=0):
    return cast.orchard.columns.index(Task.get_by_id(cast.orchard.tasks[number]).column_id)


def outcomes():
    return [run.outcome for run in AutomationRun.select().order_by(AutomationRun.id)]


def test_a_card_that_comes_into_a_column_gets_its_person_label_and_next_column(cast):
    waiting, done = cast.orchard.columns[2], cast.orchard.columns[3]
    rule(cast, On.MOVED, Act.ASSIGN, "Who", column_id=waiting, user_id=cast.lev.user_id)
    rule(
        cast,
        On.MOVED,
        Act.LABEL,
        "What",
        column_id=waiting,
        label_id=cast.orchard.labels[0],
    )
    rule(cast, On.MOVED, Act.MOVE, "Where", column_id=waiting, target_id=done)

    place(cast, 2)

    task = cast.orchard.tasks[0]
    people = TaskAssignee.select(TaskAssignee.user).where(TaskAssignee.task == task).tuples()
    assert {user for (user,) in people} == {cast.mila.user_id, cast.lev.user_id}
    assert TaskLabel.select().where(TaskLabel.task == task).count() == 1
    assert standing(cast) == 3
    assert outcomes() == [Out.DONE] * 3


def test_an_undo_wakes_no_rule_and_neither_does_its_undo(cast):
    queue, waiting = cast.orchard.columns[0], cast.orchard.columns[2]
    moved = place(cast, 2)
    for column in (queue, waiting):
        to = {"column_id": column, "label_id": cast.orchard.labels[0]}
        rule(cast, On.MOVED, Act.LABEL, f"Of {column}", **to)
    rule(cast, On.BLOCKED, Act.MOVE, "Blocked", target_id=waiting)

    undone = undo.undo(moved.event_id, actor=cast.mila, at=NOW)
    undo.undo(undone.event_id, actor=cast.mila, at=NOW)

    assert standing(cast) == 2
    assert outcomes() == []
    assert TaskLabel.select().count() == 0


def test_the_journal_names_the_rule_and_nobody(cast):
    rule(cast, On.MOVED, Act.MOVE, "On", column_id=cast.orchard.columns[2],
         target_id=cast.orchard.columns[3])  # fmt: skip

    place(cast, 2)

    event = Event.select().where(Event.kind == "task.moved").order_by(Event.id.desc()).get()
    assert (event.actor_id, event.data["rule"], event.data["to_name"]) == (
        None,
        "On",
        "Done",
    )


def test_a_new_card_in_the_column_counts_as_come(cast):
    rule(cast, On.MOVED, Act.LABEL, column_id=cast.orchard.columns[2],
         label_id=cast.orchard.labels[0])  # fmt: skip

    made = tasks.create(cast.orchard.columns[2], fields={"title": "New"}, actor=cast.mila, at=NOW)

    assert TaskLabel.select().where(TaskLabel.task == made.task_id).count() == 1


def test_a_card_that_is_blocked_wakes_its_rules_once(cast):
    rule(cast, On.BLOCKED, Act.LABEL, label_id=cast.orchard.labels[0])
    task = cast.orchard.tasks[0]

    for version, reason in ((1, "No room"), (3, "No room, no time")):
        tasks.edit(
            task,
            {"blocked_reason": reason},
            base_version=version,
            actor=cast.mila,
            at=NOW,
        )

    assert TaskLabel.select().where(TaskLabel.task == task).count() == 1
    assert outcomes() == [Out.DONE]


def test_a_finished_checklist_moves_the_card(cast):
    rule(cast, On.CHECKLIST_DONE, Act.MOVE, target_id=cast.orchard.columns[3])
    task, who = cast.orchard.tasks[0], {"actor": cast.mila, "at": NOW}
    items = [checklists.add(task, text=text, **who).item_id for text in ("One", "Two")]

    checklists.edit(items[0], {"is_done": True}, expected_version=None, **who)
    before = standing(cast)
    checklists.edit(items[1], {"is_done": True}, expected_version=None, **who)

    assert (before, standing(cast)) == (0, 3)


def test_its_people_and_the_lead_are_told(cast):
    rule(cast, On.MOVED, Act.NOTIFY, column_id=cast.orchard.columns[2], text="Look at it")

    place(cast, 2)

    told = Notification.select().where(Notification.kind == NotificationKind.RULE)
    assert {(it.user_id, it.text) for it in told} == {
        (cast.mila.user_id, "Look at it"),
        (cast.lev.user_id, "Look at it"),
    }


def test_a_rule_comments_as_nobody_and_calls_by_name(cast):
    rule(cast, On.MOVED, Act.COMMENT, column_id=cast.orchard.columns[2], text="@mila, look")

    place(cast, 2)

    [said] = comment_queries.of_task(cast.orchard.tasks[0], cast.lev).items
    told = Notification.get(Notification.kind == NotificationKind.MENTION)
    assert (said.author, said.text, outcomes()) == ("", "@mila, look", [Out.DONE])
    assert (told.user_id, told.comment_id) == (cast.mila.user_id, said.id)
    [shown] = notifications.page(cast.mila).items
    assert (shown.actor, shown.rule) == ("", "Rule")


def test_what_is_so_already_is_nothing_to_do(cast):
    rule(cast, On.MOVED, Act.ASSIGN, column_id=cast.orchard.columns[2],
         user_id=cast.mila.user_id)  # fmt: skip

    place(cast, 2)

    assert outcomes() == [Out.NOTHING]


def test_what_the_board_refuses_is_refused_to_a_rule_too(cast):
    full, waiting = cast.orchard.columns[1], cast.orchard.columns[2]
    Column.update(wip_limit=1).where(Column.id == full).execute()
    place(cast, 1, number=1)
    rule(cast, On.MOVED, Act.MOVE, column_id=waiting, target_id=full)

    place(cast, 2)

    [line] = queries.log(cast.orchard.board, cast.lev)
    assert standing(cast) == 2
    assert line.outcome is Out.REFUSED
    assert line.note["facts"]["column"] == "In progress"


def test_nobody_confirms_for_a_rule(cast):
    done = cast.orchard.columns[3]
    Column.update(definition_of_done="Report").where(Column.id == done).execute()
    rule(cast, On.MOVED, Act.MOVE, column_id=cast.orchard.columns[2], target_id=done)

    place(cast, 2)

    assert standing(cast) == 2
    assert outcomes() == [Out.REFUSED]


def test_a_rule_that_is_off_does_nothing(cast):
    number = rule(cast, On.MOVED, Act.MOVE, column_id=cast.orchard.columns[2],
                  target_id=cast.orchard.columns[3])  # fmt: skip
    automation_rules.edit(
        number, changes={"is_on": False}, expected_version=1, actor=cast.lev, at=NOW
    )

    place(cast, 2)

    assert standing(cast) == 2
    assert outcomes() == []


def circle(cast):
    one, two = cast.orchard.columns[2], cast.orchard.columns[3]
    rule(cast, On.MOVED, Act.MOVE, "There", column_id=one, target_id=two)
    rule(cast, On.MOVED, Act.MOVE, "Back", column_id=two, target_id=one)


def test_a_circle_of_rules_ends_after_each_has_acted_once(cast):
    circle(cast)

    place(cast, 2)

    assert standing(cast) == 2
    assert sorted(outcomes()) == sorted([Out.DONE, Out.DONE, Out.LOOP])


def test_a_rule_that_goes_round_too_often_is_switched_off_and_the_log_says_so(cast):
    circle(cast)

    for _ in range(automation.MOST_REFUSALS):
        place(cast, 0)
        place(cast, 2)

    off = AutomationRule.get(AutomationRule.name == "There")
    assert not off.is_on
    assert outcomes().count(Out.SWITCHED_OFF) == 1
    event = Event.get(Event.kind == "automation.rule_switched_off")
    assert event.data == {"board": "b1", "rule": "There"}
    assert Out.SWITCHED_OFF in {line.outcome for line in queries.log(cast.orchard.board, cast.lev)}
    [told] = Notification.select().where(Notification.kind == NotificationKind.RULE_OFF)
    assert (told.user_id, told.event_id) == (cast.lev.user_id, event.id)


def test_rules_of_one_date_are_no_circle(cast):
    """Two dates-to-come move the card to the same column; what waits there acts both times."""
    queue, waiting = cast.orchard.columns[0], cast.orchard.columns[2]
    task = cast.orchard.tasks[0]
    for days in (3, 1):
        rule(cast, On.DUE, Act.MOVE, f"{days} days", days=days, target_id=waiting)
    rule(cast, On.MOVED, Act.NOTIFY, "Tell", column_id=waiting, text="Hurry")
    Task.update(due_on=TODAY + timedelta(days=3)).where(Task.id == task).execute()

    automation_runs.run_due(NOW, TODAY)
    tasks.place(task, column_id=queue, actor=cast.mila, at=NOW)
    automation_runs.run_due(NOW, TODAY + timedelta(days=2))

    assert outcomes() == [Out.DONE] * 4
    assert Notification.select().where(Notification.text == "Hurry").count() == 4


def test_a_person_who_left_is_not_assigned_and_the_log_says_so(cast):
    rule(cast, On.MOVED, Act.ASSIGN, column_id=cast.orchard.columns[2], user_id=cast.olga.user_id)
    memberships.remove(cast.orchard.project, user_id=cast.olga.user_id, actor=cast.lev, at=NOW)

    place(cast, 2)

    [line] = queries.last_runs(cast.orchard.board, cast.lev).values()
    assert (line.outcome, line.note) == (Out.REFUSED, {"template": automation_runs.GONE})


def test_days_without_movement_end_at_the_offices_midnight_in_the_column_asked_for(cast):
    office = ZoneInfo("Asia/Vladivostok")
    rule(cast, On.IDLE, Act.LABEL, days=1, label_id=cast.orchard.labels[0],
         column_id=cast.orchard.columns[2])  # fmt: skip
    late = datetime(2025, 1, 15, 23, 50, tzinfo=office)
    place(cast, 2, at=late)

    noted = []
    for minutes in (9, 11):
        moment = late + timedelta(minutes=minutes)
        automation_runs.run_due(moment, moment.date())
        noted.append([run.task_id for run in AutomationRun.select()])

    assert noted == [[], [cast.orchard.tasks[0]]]


def test_a_long_chain_ends_at_the_depth_agreed(cast):
    """More columns than a chain may be deep, each moving the card on to the next."""
    ids = [
        Column.create(
            board=cast.orchard.board, key=f"x{n}", name=f"X{n}", meaning="queue",
            position=10 + n, wip_kind="none",
        ).id
        for n in range(automation.MOST_DEPTH + 3)
    ]  # fmt: skip
    for number, (here, there) in enumerate(itertools.pairwise(ids)):
        rule(cast, On.MOVED, Act.MOVE, f"R{number}", column_id=here, target_id=there)

    tasks.place(cast.orchard.tasks[0], column_id=ids[0], actor=cast.mila, at=NOW)

    assert Task.get_by_id(cast.orchard.tasks[0]).column_id == ids[automation.MOST_DEPTH]
    assert outcomes().count(Out.DONE) == automation.MOST_DEPTH


def test_what_a_crash_left_is_done_by_the_clock_once(cast, monkeypatch):
    rule(cast, On.MOVED, Act.LABEL, column_id=cast.orchard.columns[2],
         label_id=cast.orchard.labels[0])  # fmt: skip
    with monkeypatch.context() as crash:
        crash.setattr(automation_runs, "after_commit", lambda _callback: None)
        place(cast, 2)
    before = outcomes()

    for _ in range(2):
        automation_runs.run_due(NOW, TODAY)

    assert before == [Out.PENDING]
    assert outcomes() == [Out.DONE]
    assert TaskLabel.select().count() == 1


def test_a_refused_move_owes_nothing(cast):
    rule(cast, On.MOVED, Act.LABEL, column_id=cast.orchard.columns[1],
         label_id=cast.orchard.labels[0])  # fmt: skip
    Column.update(wip_limit=1).where(Column.id == cast.orchard.columns[1]).execute()
    place(cast, 1)

    with pytest.raises(WipLimitReached):
        place(cast, 1, number=1)

    assert outcomes() == [Out.DONE]


def test_a_due_date_that_comes_near_wakes_a_rule_once_for_each_date(cast):
    rule(cast, On.DUE, Act.NOTIFY, days=3, text="Soon")
    soon, later, done = cast.orchard.tasks
    Task.update(due_on=TODAY + timedelta(days=3)).where(Task.id.in_([soon, done])).execute()
    Task.update(due_on=TODAY + timedelta(days=4)).where(Task.id == later).execute()
    place(cast, 3, number=2)

    for _ in range(3):
        automation_runs.run_due(NOW, TODAY)
    first = [run.task_id for run in AutomationRun.select()]
    automation_runs.run_due(NOW + timedelta(days=1), TODAY + timedelta(days=1))
    Task.update(due_on=TODAY + timedelta(days=2)).where(Task.id == soon).execute()
    automation_runs.run_due(NOW + timedelta(days=1), TODAY + timedelta(days=1))

    assert first == [soon]
    assert [run.task_id for run in AutomationRun.select().order_by(AutomationRun.id)] == [
        soon,
        later,
        soon,
    ]


def test_a_card_that_does_not_move_wakes_a_rule_once_until_it_moves(cast):
    rule(cast, On.IDLE, Act.LABEL, days=7, label_id=cast.orchard.labels[0])
    week = timedelta(days=7)

    automation_runs.run_due(NOW + week - timedelta(days=1), TODAY + timedelta(days=6))
    before = outcomes()
    for _ in range(2):
        automation_runs.run_due(NOW + week, TODAY + week)
    place(cast, 2, at=NOW + week)
    automation_runs.run_due(NOW + 2 * week, TODAY + 2 * week)

    assert before == []
    assert outcomes() == [Out.DONE, Out.DONE, Out.DONE, Out.NOTHING]


def test_the_log_is_trimmed_and_paged(cast):
    rule(cast, On.MOVED, Act.NOTIFY, column_id=cast.orchard.columns[2], text="Look")
    for _ in range(3):
        place(cast, 2)
        place(cast, 0)
    page = queries.log(cast.orchard.board, cast.lev, limit=2)
    rest = queries.log(cast.orchard.board, cast.lev, before_id=page[-1].id)

    automation_runs.trim(NOW + timedelta(days=91), TODAY)

    assert (len(page), len(rest)) == (2, 1)
    assert AutomationRun.select().count() == 0


def test_rules_are_edited_moved_and_removed_with_versions(cast):
    one = rule(cast, On.BLOCKED, Act.NOTIFY, "One", text="Look")
    two = rule(cast, On.BLOCKED, Act.NOTIFY, "Two", text="Look")
    who = {"actor": cast.lev, "at": NOW}

    automation_rules.move(two, before_id=one, **who)
    automation_rules.edit(one, changes={"name": "First"}, expected_version=1, **who)
    with pytest.raises(StaleVersion):
        automation_rules.edit(one, changes={"name": "Again"}, expected_version=1, **who)
    with pytest.raises(AlreadyTaken):
        automation_rules.edit(one, changes={"name": "Two"}, expected_version=2, **who)
    names = [it.name for it in queries.of_board(cast.orchard.board, cast.lev)]
    automation_rules.remove(two, expected_version=1, **who)

    assert names == ["Two", "First"]
    kinds = [it.kind for it in Event.select().where(Event.kind.startswith("automation."))]
    assert kinds == [
        "automation.rule_added",
        "automation.rule_added",
        "automation.rules_moved",
        "automation.rule_edited",
        "automation.rule_removed",
    ]


def test_rules_name_what_is_of_their_project(cast):
    for values in (
        {
            "trigger": On.MOVED,
            "action": Act.NOTIFY,
            "text": "x",
            "column_id": "columns",
        },
        {"trigger": On.BLOCKED, "action": Act.MOVE, "target_id": "columns"},
        {"trigger": On.BLOCKED, "action": Act.LABEL, "label_id": "labels"},
    ):
        foreign = {
            name: getattr(cast.harbour, value)[0] if value in {"columns", "labels"} else value
            for name, value in values.items()
        }
        with pytest.raises(NotFound):
            automation_rules.add(
                cast.orchard.board,
                values={"name": "X", **foreign},
                actor=cast.lev,
                at=NOW,
            )
    with pytest.raises(NotFound):
        rule(cast, On.BLOCKED, Act.ASSIGN, user_id=cast.clea.user_id)
    with pytest.raises(Invalid):
        rule(cast, On.DUE, Act.NOTIFY, text="x")


def test_only_who_configures_the_board_makes_rules(cast):
    for login in ("mila", "olga"):
        values = {"name": "X", "trigger": On.BLOCKED, "action": Act.NOTIFY, "text": "x"}
        with pytest.raises(Forbidden):
            automation_rules.add(cast.orchard.board, values=values, actor=cast.actor(login), at=NOW)


def test_a_board_has_no_more_than_fifty_rules(cast):
    for number in range(automation.MOST_RULES):
        rule(cast, On.BLOCKED, Act.NOTIFY, f"R{number}", text="x")

    with pytest.raises(InUse):
        rule(cast, On.BLOCKED, Act.NOTIFY, "One more", text="x")


def test_a_rule_goes_with_the_label_or_column_it_names_and_its_log_stays(cast):
    waiting, done = cast.orchard.columns[2:]
    rule(cast, On.MOVED, Act.LABEL, "Label", column_id=waiting, label_id=cast.orchard.labels[0])
    rule(cast, On.BLOCKED, Act.MOVE, "There", target_id=done)
    rule(cast, On.MOVED, Act.NOTIFY, "Tell", column_id=done, text="Done")
    stays = rule(cast, On.MOVED, Act.NOTIFY, "Stays", column_id=waiting, text="Look")
    place(cast, 2)
    who = {"actor": cast.lev, "at": NOW}

    with_label = labels.remove(cast.orchard.labels[0], **who)
    with_column = boards.remove_column(done, expected_version=None, **who).removed_rules

    assert (with_label, with_column) == (["Label"], ("There", "Tell"))
    assert [it.id for it in AutomationRule.select()] == [stays]
    assert {it.rule_name for it in queries.log(cast.orchard.board, cast.lev)} == {"Label", "Stays"}
    gone = Event.select().where(Event.kind == "automation.rule_removed").order_by(Event.id)
    assert [it.data["rule"] for it in gone] == ["Label", "There", "Tell"]


def test_a_rule_has_no_rights_in_another_project(cast):
    """A rule of the Orchard that names, by a fault, a column of the Harbour."""
    number = rule(cast, On.MOVED, Act.MOVE, column_id=cast.orchard.columns[2],
                  target_id=cast.orchard.columns[3])  # fmt: skip
    foreign = {"target": cast.harbour.columns[0]}
    AutomationRule.update(foreign).where(AutomationRule.id == number).execute()

    place(cast, 2)

    assert outcomes() == [Out.REFUSED]
    assert standing(cast) == 2
