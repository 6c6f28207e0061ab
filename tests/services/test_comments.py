"""Comments: who may say what, what is kept, what the card counts."""

from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from pmo.domain.permissions import Capability
from pmo.domain.vocabulary import MemberRole, Role
from pmo.errors import Archived, Forbidden, Invalid, NotFound, StaleVersion
from pmo.models import Board, Comment, Event, Membership, Task, User
from pmo.queries import comments as queries
from pmo.services import comments
from tests.cast import NOW, Cast

LATER = NOW + timedelta(minutes=5)


def say(cast: Cast, login: str = "mila", text: str = "Is there a room?") -> int:
    made = comments.add(cast.orchard.tasks[0], text=text, actor=cast.actor(login), at=NOW)
    return made.comment_id


def texts(cast: Cast, login: str = "lev") -> list[str]:
    found = queries.of_task(cast.orchard.tasks[0], cast.actor(login))
    return [comment.text for comment in found.items]


def counted(cast: Cast) -> int:
    return int(Task.get_by_id(cast.orchard.tasks[0]).comment_count)


def test_a_comment_is_kept_counted_and_journalled(cast: Cast) -> None:
    revision = Board.get_by_id(cast.orchard.board).revision

    say(cast)

    event = Event.get(Event.kind == "comment.added")
    assert texts(cast) == ["Is there a room?"]
    assert counted(cast) == 1
    assert (event.data, event.task_id) == ({"comment": 1}, cast.orchard.tasks[0])
    assert Board.get_by_id(cast.orchard.board).revision == revision + 1


def test_an_edit_keeps_what_was_said_before(cast: Cast) -> None:
    said = say(cast)

    for version, text in ((1, "Is there a hall?"), (2, "There is a hall")):
        comments.edit(said, text=text, expected_version=version, actor=cast.mila, at=LATER)

    wordings = queries.wordings(said, cast.olga)
    assert [it.text for it in wordings] == [
        "There is a hall",
        "Is there a hall?",
        "Is there a room?",
    ]
    assert [it.until for it in wordings] == [None, LATER, LATER]


def test_two_edits_of_one_version_do_not_overwrite_each_other(cast: Cast) -> None:
    said = say(cast)
    comments.edit(said, text="First", expected_version=1, actor=cast.mila, at=LATER)

    with pytest.raises(StaleVersion):
        comments.edit(said, text="Second", expected_version=1, actor=cast.mila, at=LATER)

    assert texts(cast) == ["First"]


def test_an_edit_that_changes_nothing_leaves_no_trace(cast: Cast) -> None:
    said = say(cast)

    comments.edit(said, text="Is there a room?", expected_version=1, actor=cast.mila, at=LATER)

    assert not Event.select().where(Event.kind == "comment.edited").exists()
    assert Comment.get_by_id(said).edited_at is None


@pytest.mark.parametrize("login", ["lev", "ada"])
def test_nobody_edits_what_another_said(cast: Cast, login: str) -> None:
    said = say(cast)

    with pytest.raises(Forbidden):
        comments.edit(said, text="No", expected_version=1, actor=cast.actor(login), at=LATER)


def test_the_lead_removes_what_another_said_and_its_place_stays(cast: Cast) -> None:
    said = say(cast)
    say(cast, text="Second")

    comments.remove(said, actor=cast.lev, at=LATER)

    second, first = queries.of_task(cast.orchard.tasks[0], cast.mila).items
    assert (first.text, first.removed_by, first.removed_at) == ("", "Lev", LATER)
    assert second.text == "Second"
    assert counted(cast) == 1
    with pytest.raises(NotFound):
        queries.wordings(said, cast.mila)


def test_a_member_removes_their_own_words_alone(cast: Cast) -> None:
    own, of_lev = say(cast), say(cast, "lev")

    comments.remove(own, actor=cast.mila, at=LATER)

    with pytest.raises(Forbidden):
        comments.remove(of_lev, actor=cast.mila, at=LATER)


def test_what_was_removed_can_neither_be_edited_nor_removed(cast: Cast) -> None:
    said = say(cast)
    comments.remove(said, actor=cast.mila, at=LATER)

    with pytest.raises(NotFound):
        comments.edit(said, text="Again", expected_version=None, actor=cast.mila, at=LATER)
    with pytest.raises(NotFound):
        comments.remove(said, actor=cast.lev, at=LATER)
    assert counted(cast) == 0


def test_a_removed_comment_is_brought_back_by_who_removed_it_or_the_lead(cast: Cast) -> None:
    by_its_author, by_the_lead = say(cast, text="@lev, mine"), say(cast, text="Lead's")
    comments.edit(by_its_author, text="@lev", expected_version=1, actor=cast.mila, at=LATER)
    comments.remove(by_its_author, actor=cast.mila, at=LATER)
    comments.remove(by_the_lead, actor=cast.lev, at=LATER)
    shown = queries.of_task(cast.orchard.tasks[0], cast.mila).items

    with pytest.raises(Forbidden):
        comments.restore(by_the_lead, actor=cast.mila, at=LATER)
    with pytest.raises(NotFound):
        comments.restore(by_the_lead, actor=cast.clea, at=LATER)
    for _ in "ab":
        comments.restore(by_its_author, actor=cast.mila, at=LATER)
    comments.restore(by_the_lead, actor=cast.lev, at=LATER)

    assert [it.can_restore for it in shown] == [False, True]
    assert texts(cast) == ["Lead's", "@lev"]
    assert len(queries.wordings(by_its_author, cast.lev)) == 2
    assert counted(cast) == 2
    assert Event.select().where(Event.kind == "comment.restored").count() == 2


def test_an_archived_task_takes_no_comments(cast: Cast) -> None:
    said = say(cast)
    Task.update(archived_at=NOW).where(Task.id == cast.orchard.tasks[0]).execute()

    with pytest.raises(Archived):
        say(cast)
    with pytest.raises(Archived):
        comments.remove(said, actor=cast.mila, at=LATER)
    assert texts(cast) == ["Is there a room?"]
    assert not queries.of_task(cast.orchard.tasks[0], cast.lev).can_write


def test_who_observes_a_project_may_comment_unless_the_office_lets_them_look_only(
    cast: Cast,
) -> None:
    with pytest.raises(Forbidden):
        say(cast, "olga")
    Membership.create(
        project=cast.orchard.project, user=cast.clea.user_id, role=MemberRole.OBSERVER
    )

    say(cast, "clea")

    assert texts(cast) == ["Is there a room?"]
    assert User.get(User.login == "olga").role is Role.OBSERVER
    assert Capability.TASK_COMMENT.value == "task_comment"


def test_to_a_stranger_neither_the_task_nor_its_comments_exist(cast: Cast) -> None:
    said = say(cast)

    for attempt in (
        lambda: say(cast, "clea"),
        lambda: texts(cast, "clea"),
        lambda: queries.comment(said, cast.clea),
        lambda: comments.remove(said, actor=cast.clea, at=LATER),
        lambda: queries.people(cast.orchard.tasks[0], cast.clea, start=""),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_blanks_say_nothing(cast: Cast) -> None:
    with pytest.raises(Invalid):
        say(cast, text=" \n ")


def test_a_task_takes_a_thousand_comments_and_no_more(cast: Cast) -> None:
    task = cast.orchard.tasks[0]
    Comment.create(task=task, number=1000, author=cast.mila.user_id, text="x", written_at=NOW)

    with pytest.raises(Invalid):
        say(cast)


def test_the_latest_come_first_and_earlier_ones_on_demand(cast: Cast) -> None:
    for number in range(5):
        say(cast, text=f"No. {number}")

    first = queries.of_task(cast.orchard.tasks[0], cast.lev, limit=3)
    second = queries.of_task(cast.orchard.tasks[0], cast.lev, limit=3, before=first.next_before)

    assert [it.text for it in first.items] == ["No. 4", "No. 3", "No. 2"]
    assert [it.text for it in second.items] == ["No. 1", "No. 0"]
    assert (second.next_before, second.total) == (None, 5)


def test_mentions_are_people_of_the_project_alone(cast: Cast) -> None:
    say(cast, text="@lev and @clea, @nobody, `@mila`")

    [comment] = queries.of_task(cast.orchard.tasks[0], cast.mila).items

    assert comment.mentions == {"lev": "Lev"}


def test_people_to_mention_are_those_of_the_project_by_login_or_name(cast: Cast) -> None:
    def offered(start: str) -> list[str]:
        found = queries.people(cast.orchard.tasks[0], cast.mila, start=start)
        return [person.login for person in found]

    User.update(name="Олег Ёлкин").where(User.login == "olga").execute()
    assert offered("") == ["lev", "mila", "olga"]
    assert offered("L") == ["lev"]
    assert offered("ёл") == ["olga"]
    assert offered("cl") == []


def test_many_comments_take_as_many_statements_as_few(cast: Cast) -> None:
    def statements() -> int:
        with count_queries() as counter:
            queries.of_task(cast.orchard.tasks[0], cast.lev)
        return int(counter.count)

    say(cast, text="@lev")
    few = statements()
    for _ in range(20):
        say(cast, text="@lev @mila")

    assert statements() == few


def test_what_a_rule_says_has_no_author_and_the_lead_can_remove_it(cast: Cast) -> None:
    said = say(cast, text="Nothing has moved for a week, @mila")
    Comment.update(author=None).where(Comment.id == said).execute()
    [comment] = queries.of_task(cast.orchard.tasks[0], cast.lev).items

    with pytest.raises(Forbidden):
        comments.edit(said, text="No", expected_version=1, actor=cast.lev, at=LATER)
    comments.remove(said, actor=cast.lev, at=LATER)

    assert (comment.author, comment.can_edit, comment.can_remove) == ("", False, True)
    assert Event.get(Event.kind == "comment.removed").data == {"comment": 1, "author": None}
