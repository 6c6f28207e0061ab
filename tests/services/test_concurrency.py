"""What must hold when many act at once, on both databases; controls show that it could fail."""

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from pmo import db as pmo_db
from pmo.domain.vocabulary import (
    ColumnMeaning,
    LabelColour,
    MemberRole,
    Role,
    WipBy,
    WipKind,
)
from pmo.errors import (
    AlreadyTaken,
    EditConflict,
    LeadStays,
    StaleVersion,
    TooManyAttempts,
    WipLimitReached,
    WipRuleReached,
)
from pmo.models import Board, Column, Event, Membership, Project, Session, Task, TaskAssignee, User
from pmo.services import (
    accounts,
    board_templates,
    labels,
    memberships,
    projects,
    sessions,
    stages,
    tasks,
    wip_rules,
)
from tests.cast import NOW, PASSWORD

PEOPLE = 8
ENTRY = sessions.Entry(address="192.0.2.7", agent="Browser", lifetime=timedelta(days=1))
REFUSALS = (
    AlreadyTaken,
    EditConflict,
    StaleVersion,
    TooManyAttempts,
    WipLimitReached,
    WipRuleReached,
)


def together(work, count=PEOPLE):
    """Run `work(number)` in as many threads at once; return what each gave or raised."""
    start = threading.Barrier(count)

    def one(number):
        with pmo_db.connection():
            start.wait()
            try:
                return work(number)
            except REFUSALS as error:
                return error

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def of_kind(results, kind):
    return [result for result in results if isinstance(result, kind)]


@pytest.fixture
def crowd(cast):
    """Twenty tasks in the first column of the Orchard."""
    for number in range(17):
        fields = {"title": f"Card {number}"}
        tasks.create(cast.orchard.columns[0], fields=fields, actor=cast.lev, at=NOW)
    query = Task.select(Task.id).where(Task.project == cast.orchard.project).order_by(Task.id)
    return [task_id for (task_id,) in query.tuples()]


def test_a_hard_limit_holds_against_eight_at_once(cast, crowd):
    results = together(
        lambda number: tasks.place(
            crowd[number], column_id=cast.orchard.columns[1], actor=cast.mila, at=NOW
        )
    )

    assert len(of_kind(results, WipLimitReached)) == PEOPLE - 3
    assert Task.select().where(Task.column == cast.orchard.columns[1]).count() == 3


def test_without_the_columns_lock_the_limit_would_not_hold(cast, crowd):
    """The control: the same check on a count that was read before."""
    seen = threading.Barrier(PEOPLE)

    def unguarded(number):
        column = Column.get_by_id(cast.orchard.columns[1])
        seen.wait()
        if column.task_count < column.wip_limit:
            moved = {"column": column.id, "rank": 1_000_000 + number}
            Task.update(moved).where(Task.id == crowd[number]).execute()

    together(unguarded)

    assert Task.select().where(Task.column == cast.orchard.columns[1]).count() > 3


@pytest.fixture
def milas(cast, crowd):
    """Give all of the crowd to Mila, who may have three in progress, in two wide columns."""
    wide = cast.orchard.columns[1], cast.orchard.columns[2]
    unlimited = {"wip_limit": None, "wip_kind": WipKind.NONE, "meaning": ColumnMeaning.IN_PROGRESS}
    Column.update(unlimited).where(Column.id.in_(wide)).execute()
    TaskAssignee.insert_many(
        [{"task": task, "user": cast.mila.user_id} for task in crowd[1:PEOPLE]]
    ).execute()
    whose = {"by": WipBy.PERSON, "subject_id": None, "limit": 3, "kind": WipKind.HARD}
    wip_rules.add(cast.orchard.board, **whose, actor=cast.lev, at=NOW)
    return wide


def in_progress(columns):
    return Task.select().where(Task.column.in_(columns)).count()


def test_a_persons_limit_holds_between_columns(cast, crowd, milas):
    results = together(
        lambda number: tasks.place(
            crowd[number], column_id=milas[number % 2], actor=cast.mila, at=NOW
        )
    )

    assert len(of_kind(results, WipRuleReached)) == PEOPLE - 3
    assert in_progress(milas) == 3


def test_a_persons_limit_holds_between_moves_and_assignments(cast, crowd, milas):
    mine, others = crowd[:4], crowd[PEOPLE : PEOPLE + 4]
    for task in others:
        tasks.place(task, column_id=milas[0], actor=cast.lev, at=NOW)

    def take(number):
        if number % 2:
            return tasks.place(mine[number // 2], column_id=milas[1], actor=cast.mila, at=NOW)
        people = {"assignee_ids": [cast.mila.user_id]}
        return tasks.edit(others[number // 2], people, base_version=1, actor=cast.mila, at=NOW)

    results = together(take)

    assert len(of_kind(results, WipRuleReached)) == PEOPLE - 3


def test_without_the_boards_row_a_persons_limit_would_not_hold(cast, crowd, milas):
    """The control: the same count, taken before anything is locked."""
    seen = threading.Barrier(PEOPLE)

    def unguarded(number):
        count = in_progress(milas)
        seen.wait()
        if count < 3:
            moved = {"column": milas[number % 2], "rank": 1_000_000 + number}
            Task.update(moved).where(Task.id == crowd[number]).execute()

    together(unguarded)

    assert in_progress(milas) > 3


def test_numbers_are_given_once(cast):
    def create(number):
        fields = {"title": f"From {number}"}
        return [
            tasks.create(cast.orchard.columns[0], fields=fields, actor=cast.lev, at=NOW).task_id
            for _ in range(5)
        ]

    together(create)

    numbers = [
        n for (n,) in Task.select(Task.number).where(Task.project == cast.orchard.project).tuples()
    ]
    assert sorted(numbers) == list(range(1, 3 + 5 * PEOPLE + 1))


def test_the_order_never_scrambles_under_many_movers(cast, crowd):
    wide = [cast.orchard.columns[0], cast.orchard.columns[2], cast.orchard.columns[3]]

    def shuffle(number):
        for step in range(12):
            tasks.place(
                crowd[(number * 7 + step) % len(crowd)],
                column_id=wide[(number + step) % 3],
                before_id=crowd[(number * 5 + step * 3) % len(crowd)] if step % 2 else None,
                actor=cast.mila,
                at=NOW + timedelta(seconds=step),
            )

    together(shuffle)

    for column in Column.select().where(Column.board == cast.orchard.board):
        cards = list(Task.select(Task.rank, Task.weight).where(Task.column == column.id))
        assert len({card.rank for card in cards}) == len(cards)
        assert (column.task_count, column.task_weight) == (
            len(cards),
            sum(card.weight for card in cards),
        )
    assert Task.select().where(Task.project == cast.orchard.project).count() == len(crowd)


def test_of_eight_edits_of_one_field_one_wins_and_seven_are_told(cast):
    task = cast.orchard.tasks[0]

    results = together(
        lambda number: tasks.edit(
            task, {"title": f"By {number}"}, base_version=1, actor=cast.mila, at=NOW
        )
    )

    assert len(of_kind(results, EditConflict)) == PEOPLE - 1
    assert Task.get_by_id(task).version == 2


def test_eight_edits_of_eight_fields_all_succeed(cast):
    task = cast.orchard.tasks[0]
    fields = [
        {"title": "T"},
        {"description": "D"},
        {"weight": 7},
        {"plan_number": "1.1"},
        {"expected_result": "R"},
        {"responsible": "P"},
        {"blocked_reason": "B"},
        {"due_on": NOW.date()},
    ]

    results = together(
        lambda number: tasks.edit(task, fields[number], base_version=1, actor=cast.mila, at=NOW)
    )

    assert not of_kind(results, Exception)
    row = Task.get_by_id(task)
    assert row.version == 1 + len(fields)
    assert all(getattr(row, name) == value for wanted in fields for name, value in wanted.items())


def test_edits_and_moves_of_one_card_at_once_are_all_kept(cast):
    task = cast.orchard.tasks[0]

    def act(number):
        if number % 2:
            target = cast.orchard.columns[2 if number % 4 == 1 else 3]
            return tasks.place(task, column_id=target, actor=cast.mila, at=NOW)
        field = ("title", "description", "responsible", "expected_result")[number // 2]
        return tasks.edit(task, {field: "X"}, base_version=1, actor=cast.mila, at=NOW)

    results = together(act)

    assert not of_kind(results, Exception)
    row = Task.get_by_id(task)
    assert [row.title, row.description, row.responsible, row.expected_result] == ["X"] * 4
    assert row.moves == Event.select().where(Event.kind.startswith("task.moved")).count() + (
        Event.select().where(Event.kind == "task.reordered").count()
    )


def rename_project(cast, step):
    changes = {"name": f"Name {step}"}
    projects.edit(cast.orchard.project, changes, expected_version=None, actor=cast.lev, at=NOW)


def recode_project(cast, step):
    changes = {"code": f"C{step}"}
    projects.edit(cast.orchard.project, changes, expected_version=None, actor=cast.lev, at=NOW)


def rename_label(cast, step):
    labels.edit(cast.orchard.labels[0], {"name": f"Name {step}"}, actor=cast.lev, at=NOW)


def add_and_remove_label(cast, step):
    colour = LabelColour.TEAL
    made = labels.add(
        cast.orchard.project, name=f"New {step}", colour=colour, actor=cast.lev, at=NOW
    )
    labels.remove(made, actor=cast.lev, at=NOW)


def rename_stage(cast, step):
    changes = {"name": f"Name {step}"}
    stages.edit(cast.orchard.stages[0], changes, expected_version=None, actor=cast.lev, at=NOW)


def rename_person(cast, step):
    profile = accounts.Profile(f"Mila {step}", "", Role.METHODIST)
    accounts.edit(cast.mila.user_id, profile=profile, expected_version=None, actor=cast.ada, at=NOW)


@pytest.mark.parametrize(
    "change",
    [
        rename_project,
        recode_project,
        rename_label,
        add_and_remove_label,
        rename_stage,
        rename_person,
    ],
)
def test_nobody_waits_in_a_circle_with_those_who_move_and_edit_cards(cast, change):
    """PostgreSQL would end one of them with “deadlock detected”."""
    first, second, _ = cast.orchard.tasks

    def act(number):
        for step in range(15):
            if number == 0:
                change(cast, step)
            elif number == 1:
                column_id = cast.orchard.columns[3 * (step % 2)]
                tasks.place(first, column_id=column_id, actor=cast.ada, at=NOW)
            else:
                wanted = {
                    "label_ids": [] if step % 2 else [cast.orchard.labels[0]],
                    "stage_id": None if step % 2 else cast.orchard.stages[0],
                    "assignee_ids": [] if step % 2 else [cast.mila.user_id],
                }
                tasks.edit(second, wanted, base_version=1 + step, actor=cast.ada, at=NOW)

    together(act, 3)


def test_two_stages_change_places_at_once(cast):
    def act(number):
        for step in range(15):
            one, other = cast.orchard.stages[number], cast.orchard.stages[1 - number]
            before = other if step % 2 else None
            stages.place(one, before_id=before, actor=cast.lev, at=NOW)

    together(act, 2)


def test_boards_made_at_once_get_keys_of_their_own(cast):
    together(
        lambda number: board_templates.create_board(
            cast.orchard.project, name=f"Board {number}", template=None, actor=cast.lev, at=NOW
        )
    )

    keys = {board.key for board in Board.select().where(Board.project == cast.orchard.project)}
    assert keys == {f"b{number}" for number in range(1, PEOPLE + 2)}


def test_whoever_becomes_the_lead_while_being_removed_stays_a_member(cast):
    project_id, mila = cast.orchard.project, cast.mila.user_id

    def act(number):
        if number:
            with contextlib.suppress(LeadStays):
                memberships.remove(project_id, user_id=mila, actor=cast.ada, at=NOW)
        else:
            changes = {"lead_id": mila}
            projects.edit(project_id, changes, expected_version=None, actor=cast.ada, at=NOW)

    for _ in range(10):
        together(act, 2)

        part = (Membership.project == project_id) & (Membership.user == mila)
        assert Project.get_by_id(project_id).lead_id == mila
        assert Membership.get(part).role is MemberRole.LEAD
        changes = {"lead_id": cast.lev.user_id}
        projects.edit(project_id, changes, expected_version=None, actor=cast.ada, at=NOW)


def test_a_login_is_given_once(cast):
    profile = accounts.Profile("Neo", "", Role.METHODIST)

    results = together(
        lambda _: accounts.add("neo", profile=profile, password_hash="", actor=None, at=NOW)
    )

    assert len(of_kind(results, AlreadyTaken)) == PEOPLE - 1
    assert User.select().where(User.login == "neo").count() == 1


def test_guesses_at_once_do_not_slip_past_the_limit(cast):
    results = together(lambda _: sessions.count_attempt("lev", entry=ENTRY, at=NOW))

    expected = PEOPLE - sessions.ATTEMPTS_PER_LOGIN_AND_SOURCE
    assert len(of_kind(results, TooManyAttempts)) == expected


def test_whoever_is_disabled_while_signing_in_has_no_session_left(cast, monkeypatch):
    begin, shut_out = sessions.begin, []

    def disable():
        with pmo_db.connection():
            accounts.disable(cast.lev.user_id, actor=cast.ada, at=NOW)

    def begin_while_disabled(*given, **named):
        thread = threading.Thread(target=disable)
        thread.start()
        shut_out.append(thread)
        thread.join(timeout=0.5)  # it waits for this sign-in, or is done before it
        return begin(*given, **named)

    monkeypatch.setattr(sessions, "begin", begin_while_disabled)
    sessions.start("lev", password=PASSWORD, entry=ENTRY, at=NOW)
    shut_out[0].join()

    assert not Session.select().exists()
