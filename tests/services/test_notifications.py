"""Who is told of what, and who is not."""

from datetime import date, timedelta

import pytest

from pmo.domain.vocabulary import Gate, MemberRole, NotificationKind
from pmo.errors import NotFound
from pmo.models import Event, Membership, Notification, Task, TaskAssignee, TaskWatcher, User
from pmo.queries import notifications as queries
from pmo.services import comments, gates, memberships, notifications, tasks
from pmo.services import notification_reactions as told
from tests.cast import NOW, Cast

LATER = NOW + timedelta(minutes=5)
TODAY = date(2025, 1, 15)
KIND = NotificationKind


def say(cast: Cast, login: str, text: str) -> int:
    made = comments.add(cast.orchard.tasks[0], text=text, actor=cast.actor(login), at=NOW)
    return made.comment_id


def heard(cast: Cast, login: str) -> list[str]:
    """Return the kinds of what a person is told, the oldest first."""
    page = queries.page(cast.actor(login), unread_only=True)
    return [told.kind.value for told in reversed(page.items)]


def mute(cast: Cast, login: str, *, is_muted: bool = True) -> None:
    actor = cast.actor(login)
    notifications.set_muted(cast.orchard.project, is_muted=is_muted, actor=actor, at=NOW)


def assign(cast: Cast, number: int, *logins: str, by: str = "lev") -> None:
    ids = [cast.actor(login).user_id for login in logins]
    tasks.edit(
        cast.orchard.tasks[number - 1],
        {"assignee_ids": ids},
        base_version=Task.get_by_id(cast.orchard.tasks[number - 1]).version,
        actor=cast.actor(by),
        at=NOW,
    )


def test_a_mention_reaches_people_of_the_project_alone_and_not_its_author(cast: Cast) -> None:
    say(cast, "mila", "@lev @olga @mila @clea @ada @nobody")

    people = ("lev", "olga", "mila", "clea", "ada")
    assert {login: heard(cast, login) for login in people} == {
        "lev": ["mention"],
        "olga": ["mention"],
        "mila": [],
        "clea": [],
        "ada": [],
    }


def test_who_does_the_task_is_told_of_a_comment_once(cast: Cast) -> None:
    say(cast, "lev", "Well done")
    say(cast, "lev", "Well done, @mila")

    assert heard(cast, "mila") == ["comment", "mention"]
    assert heard(cast, "olga") == []


def test_who_watches_the_task_is_told_of_a_comment(cast: Cast) -> None:
    TaskWatcher.create(task=cast.orchard.tasks[0], user=cast.olga.user_id)

    say(cast, "lev", "Well done")

    assert heard(cast, "olga") == ["comment"]


def test_an_edit_tells_those_whom_it_mentions_anew(cast: Cast) -> None:
    said = say(cast, "mila", "@lev")

    comments.edit(said, text="@lev and @olga", expected_version=1, actor=cast.mila, at=LATER)

    assert heard(cast, "lev") == ["mention"]
    assert heard(cast, "olga") == ["mention"]


def test_what_was_removed_is_told_no_more(cast: Cast) -> None:
    said = say(cast, "mila", "@lev")

    comments.remove(said, actor=cast.mila, at=LATER)

    assert heard(cast, "lev") == []


def test_an_assignment_tells_the_newly_assigned_but_not_the_assigner(cast: Cast) -> None:
    assign(cast, 1, "mila", "lev")
    assign(cast, 2, "mila", "lev")

    assert heard(cast, "mila") == ["assignment"]
    assert heard(cast, "lev") == []


def test_a_card_that_is_made_for_somebody_tells_them(cast: Cast) -> None:
    fields = {"title": "New", "assignee_ids": [cast.mila.user_id]}

    made = tasks.create(cast.orchard.columns[0], fields=fields, actor=cast.lev, at=NOW)

    [shown] = queries.page(cast.mila).items
    assert (shown.kind, shown.task_id, shown.actor) == (KIND.ASSIGNMENT, made.task_id, "Lev")


def test_a_gate_decision_tells_the_people_of_the_project(cast: Cast) -> None:
    gates.pass_gate(
        cast.orchard.project,
        to=Gate.SUSPENDED,
        reason="No money",
        expected_gate=Gate.ACTIVE,
        actor=cast.dina,
        at=NOW,
    )

    [shown] = queries.page(cast.olga).items
    assert (shown.kind, shown.gate, shown.reason) == (KIND.GATE, Gate.SUSPENDED, "No money")
    assert heard(cast, "mila") == ["gate"]
    assert heard(cast, "ada") == heard(cast, "clea") == []


def test_a_muted_project_tells_of_mentions_alone_until_it_is_heard_again(cast: Cast) -> None:
    mute(cast, "mila")
    say(cast, "lev", "Well done")
    assign(cast, 2, "mila")
    say(cast, "lev", "@mila")
    assert heard(cast, "mila") == ["mention"]

    mute(cast, "mila", is_muted=False)
    say(cast, "lev", "Well done")

    assert heard(cast, "mila") == ["mention", "comment"]


def test_muting_is_an_event_and_again_it_is_none(cast: Cast) -> None:
    for is_muted in (True, True, False):
        mute(cast, "mila", is_muted=is_muted)

    found = Event.select(Event.kind, Event.data).where(Event.kind.startswith("account.project"))
    assert list(found.order_by(Event.id).tuples()) == [
        ("account.project_muted", {"login": "mila", "project": "ШШ"}),
        ("account.project_unmuted", {"login": "mila", "project": "ШШ"}),
    ]


def test_nobody_mutes_a_project_that_they_may_not_see(cast: Cast) -> None:
    with pytest.raises(NotFound):
        mute(cast, "clea")


def test_a_project_that_one_has_left_is_neither_shown_nor_counted(cast: Cast) -> None:
    say(cast, "lev", "@mila")
    [shown] = queries.page(cast.mila).items

    memberships.remove(cast.orchard.project, user_id=cast.mila.user_id, actor=cast.lev, at=LATER)

    page = queries.page(cast.mila)
    assert (page.items, page.unread) == ((), 0)
    with pytest.raises(NotFound):
        queries.one(shown.id, cast.mila)


def test_who_cannot_see_the_project_is_told_of_nothing_even_as_an_assignee(cast: Cast) -> None:
    TaskAssignee.create(task=cast.orchard.tasks[0], user=cast.clea.user_id)
    Task.update(due_on=TODAY).execute()

    say(cast, "lev", "Well done, @clea")
    notifications.remind(NOW, TODAY)

    assert not Notification.select().where(Notification.user == cast.clea.user_id).exists()


def test_the_disabled_are_told_of_nothing(cast: Cast) -> None:
    User.update(is_active=False).where(User.login == "mila").execute()

    say(cast, "lev", "@mila")

    assert not Notification.select().exists()


@pytest.mark.parametrize(
    ("days", "is_told"), [(-2, False), (-1, True), (0, True), (3, True), (4, False)]
)
def test_a_date_that_comes_near_is_told(cast: Cast, days: int, *, is_told: bool) -> None:
    Task.update(due_on=TODAY + timedelta(days=days)).execute()

    notifications.remind(NOW, TODAY)

    assert heard(cast, "mila") == (["due_soon"] if is_told else [])


def test_a_reminder_comes_once_for_each_date(cast: Cast) -> None:
    for due_on in (TODAY, TODAY, TODAY + timedelta(days=1), TODAY):
        Task.update(due_on=due_on).execute()
        notifications.remind(NOW, TODAY)
        notifications.mark_all_read(actor=cast.mila, at=NOW)

    found = Notification.select(Notification.due_on).order_by(Notification.id)
    assert [it.due_on for it in found] == [TODAY, TODAY + timedelta(days=1)]


def test_of_what_is_done_archived_or_muted_nobody_is_reminded(cast: Cast) -> None:
    for number, task in enumerate(cast.orchard.tasks):
        TaskAssignee.get_or_create(task=task, user=cast.mila.user_id)
        Task.update(due_on=TODAY).where(Task.id == task).execute()
        if number == 0:
            Task.update(column=cast.orchard.columns[3]).where(Task.id == task).execute()
        if number == 1:
            Task.update(archived_at=NOW).where(Task.id == task).execute()
    Membership.create(project=cast.harbour.project, user=cast.mila.user_id, role=MemberRole.MEMBER)
    TaskAssignee.create(task=cast.harbour.tasks[0], user=cast.mila.user_id)
    Task.update(due_on=TODAY).where(Task.id == cast.harbour.tasks[0]).execute()
    notifications.set_muted(cast.harbour.project, is_muted=True, actor=cast.mila, at=NOW)

    notifications.remind(NOW, TODAY)

    [shown] = queries.page(cast.mila).items
    assert shown.task_id == cast.orchard.tasks[2]


def test_a_rule_tells_whom_it_names_if_they_see_the_project(cast: Cast) -> None:
    told.by_rule(
        [cast.mila.user_id, cast.clea.user_id],
        text="Nothing has moved for a week",
        project_id=cast.orchard.project,
        task_id=cast.orchard.tasks[0],
        at=NOW,
    )

    [shown] = queries.page(cast.mila).items
    assert (shown.kind, shown.text) == (KIND.RULE, "Nothing has moved for a week")
    assert Notification.select().count() == 1


def test_reading_one_and_all(cast: Cast) -> None:
    for _ in range(3):
        say(cast, "lev", "@mila")
    third, second, first = queries.page(cast.mila).items

    notifications.mark_read(first.id, actor=cast.mila, at=LATER)
    after_one = queries.unread(cast.mila)
    notifications.mark_all_read(up_to=second.id, actor=cast.mila, at=LATER)

    assert after_one == 2
    assert [it.id for it in queries.page(cast.mila, unread_only=True).items] == [third.id]
    assert len(queries.page(cast.mila).items) == 3


def test_anothers_notification_does_not_exist(cast: Cast) -> None:
    say(cast, "lev", "@mila")
    [shown] = queries.page(cast.mila).items

    with pytest.raises(NotFound):
        notifications.mark_read(shown.id, actor=cast.ada, at=LATER)
    with pytest.raises(NotFound):
        queries.one(shown.id, cast.ada)
    assert queries.unread(cast.mila) == 1


def test_what_was_read_long_ago_is_forgotten(cast: Cast) -> None:
    say(cast, "lev", "@mila")
    say(cast, "lev", "@mila")
    second, first = queries.page(cast.mila).items
    notifications.mark_read(first.id, actor=cast.mila, at=NOW)

    notifications.trim(NOW + timedelta(days=91), TODAY)

    assert [it.id for it in queries.page(cast.mila).items] == [second.id]
