"""Every route × every role × one's own and a foreign project, against the capability table.

Routes come from the application, expectations from `pmo.domain.permissions`: nothing here is
kept by hand but one good request for each route (`samples`). Each request is made inside a
transaction that is rolled back afterwards.
"""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from pmo import clock
from pmo import db as pmo_db
from pmo.config import Settings
from pmo.domain.credentials import hash_of
from pmo.domain.permissions import Actor, Capability, could_ever, may
from pmo.domain.vocabulary import (
    MemberRole,
    NotificationKind,
    OwnFieldKind,
    Role,
    TokenScope,
    WipBy,
    WipKind,
    WorkdayKind,
)
from pmo.http.access import capability_of
from pmo.models import (
    ALL,
    ApiToken,
    BoardDraft,
    BoardTemplate,
    Comment,
    Event,
    Membership,
    MoveRule,
    Notification,
    OwnField,
    Session,
    SprintNote,
    Task,
    User,
    WipRule,
)
from pmo.queries.accounts import MARK_LENGTH
from pmo.queries.project_template_contents import Choices
from pmo.services import board_templates, project_templates, workdays
from tests.api.furniture import furnish
from tests.api.samples import SAMPLES, Sample, own_field, recurrence, saved_filter
from tests.cast import NOW, Cast, Scene
from tests.files import attach

pytestmark = [pytest.mark.one_database, pytest.mark.timeout(300)]

SIGNED_IN = ("olga", "mila", "lev", "clea", "dina", "ada")
ROLES = ("nobody", "disabled", *SIGNED_IN, "lev's reading token", "ada's writing token")
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
IN_PROJECT = frozenset(
    {
        "attachment_id",
        "blocker_id",
        "automation_rule_id",
        "board_id",
        "column_id",
        "comment_id",
        "draft_id",
        "event_id",
        "evidence_id",
        "item_id",
        "field_id",
        "filter_id",
        "label_id",
        "move_rule_id",
        "note_id",
        "project_id",
        "recurrence_id",
        "sprint_id",
        "stage_id",
        "task_id",
        "wip_rule_id",
    }
)

PUBLISHED = frozenset({"Project templates.show", "project_templates.show"})
"""Shows what a lead has saved for the whole office."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: with which headers, and what the capability table knows of them."""

    name: str
    headers: dict[str, str]
    actor: Actor | None
    by_token: bool = False

    def seen_by(self, address: str) -> Actor | None:
        """Return who this is at an address: pages know no tokens."""
        return None if self.by_token and not address.startswith("/api/") else self.actor


@dataclass(frozen=True, slots=True)
class House:
    """The office of the matrix."""

    app: Flask
    client: FlaskClient
    cast: Cast
    newcomer: int
    member: int
    tokens: dict[str, int]
    marks: dict[str, str]
    comments: dict[tuple[int, str], int]
    parts: dict[tuple[int, str], int]
    notifications: dict[str, int]

    def visitor(self, name: str) -> Visitor:
        """Return a visitor by name."""
        if name == "nobody":
            return Visitor(name, {}, None)
        if name == "disabled":
            return Visitor(name, {"Cookie": "pmo_session=of-dora"}, None)
        if name.endswith("token"):
            login, scope = ("lev", TokenScope.READ) if "lev" in name else ("ada", TokenScope.WRITE)
            whose = self.cast.actor(login)
            actor = Actor(whose.user_id, login, whose.name, whose.role, frozenset({scope}))
            headers = {"Authorization": f"Bearer {scope.value}-of-{login}"}
            return Visitor(name, headers, actor, by_token=True)
        return Visitor(name, {"Cookie": f"pmo_session=of-{name}"}, self.cast.actor(name))


@dataclass(frozen=True, slots=True)
class Case:
    """One request of the matrix. scene: whose project it is about, None if about none."""

    method: str
    endpoint: str
    address: str
    capability: Capability
    sample: Sample
    scene: Scene | None

    def __str__(self) -> str:
        return f"{self.method} {self.address}"


@pytest.fixture
def house(app: Flask, cast: Cast, settings: Settings) -> House:
    newcomer, member, dora = (_person(login) for login in ("newcomer", "member", "dora"))
    User.update(is_active=False).where(User.id == dora).execute()
    board_templates.save(cast.orchard.board, name="Plain", actor=cast.lev, at=NOW)
    workdays.write([{"day": "2026-09-01", "kind": WorkdayKind.DAY_OFF, "note": "Order"}], [])
    for scene in (cast.orchard, cast.harbour):
        Membership.create(project=scene.project, user=member, role=MemberRole.MEMBER)
        WipRule.create(board=scene.board, by=WipBy.STAGE, most=9, kind=WipKind.SOFT)
        MoveRule.create(board=scene.board, source=scene.columns[3], least_role=MemberRole.LEAD)
        for position, key in enumerate(("f8", "f9"), start=1):
            own = {"key": key, "name": key, "kind": OwnFieldKind.NUMBER, "position": position}
            OwnField.create(project=scene.project, **own)
    furnish(cast.orchard, cast.lev)
    furnish(cast.harbour, cast.clea)
    people = {**{login: cast.actor(login).user_id for login in SIGNED_IN}, "dora": dora}
    for login, user_id in people.items():
        _session(user_id, f"of-{login}")
        _session(user_id, f"second-of-{login}")
    for login, scope in (("lev", TokenScope.READ), ("ada", TokenScope.WRITE)):
        _token(people[login], f"{scope.value}-of-{login}", scope)
    tokens = {
        login: _token(user_id, f"own-of-{login}", TokenScope.READ)
        for login, user_id in people.items()
    }
    comments = {
        (scene.project, login): _comment(scene.tasks[0], place, user_id)
        for scene in (cast.orchard, cast.harbour)
        for place, (login, user_id) in enumerate(people.items(), start=1)
    }
    marks = {login: hash_of(f"second-of-{login}")[:MARK_LENGTH] for login in people}
    told = {
        login: _notification(user_id, cast.harbour if login == "clea" else cast.orchard)
        for login, user_id in people.items()
    }
    client = app.test_client(use_cookies=False)
    parts = _parts(cast, settings)
    return House(app, client, cast, newcomer, member, tokens, marks, comments, parts, told)


def _parts(cast: Cast, settings: Settings) -> dict[tuple[int, str], int]:
    """Put into both projects what the cast has not; return its ids by project and name."""
    parts = {}
    for scene, login in ((cast.orchard, "lev"), (cast.harbour, "clea")):
        parts[scene.project, "attachment_id"] = attach(scene, cast.actor(login), settings)
        parts[scene.project, "event_id"] = _event(scene)
        template = project_templates.save(
            scene.project, Choices(), name=f"Plan {login}", actor=cast.actor(login), at=NOW
        )
        parts[scene.project, "project_template_id"] = template
        for owner in (*SIGNED_IN, "dora"):
            parts[scene.project, f"draft_id of {owner}"] = _draft(scene, owner)
            parts[scene.project, f"note_id of {owner}"] = _note(scene, owner)
    return parts


def _draft(scene: Scene, login: str) -> int:
    row = BoardDraft.create(
        board=scene.board,
        owner=User.get(User.login == login),
        created_at=clock.now(),
        name="board.csv",
        format="csv",
        content={"headings": ["title"], "named": 1, "lines": [["Seminar"]], "rows": [2]},
    )
    return int(row.id)


def _note(scene: Scene, login: str) -> int:
    author = User.get(User.login == login)
    sprint = scene.parts["sprint_id"]
    row = SprintNote.create(
        sprint=sprint, column="try", text="Ask", author=author, created_at=clock.now()
    )
    return int(row.id)


def test_every_route_has_a_sample(app: Flask) -> None:
    without = {
        (method, rule.endpoint)
        for rule, method in routes(app)
        if method != "GET" and (method, rule.endpoint) not in SAMPLES
    }
    served = {(method, rule.endpoint) for rule, method in routes(app)}

    assert without == set()
    assert set(SAMPLES) <= served


def test_every_route_declares_a_capability(app: Flask) -> None:
    silent = [
        f"{method} {rule.rule}"
        for rule, method in routes(app)
        if capability_of(app, rule.endpoint, method) is None
    ]

    assert silent == []


@pytest.mark.parametrize("role", ROLES)
def test_answers_are_those_of_the_capability_table(house: House, role: str) -> None:
    visitor = house.visitor(role)
    wrong, count = [], 0
    for case in cases(house, role):
        expected = expectation(case, visitor, house.cast)
        with undone():
            response, written = ask(house, visitor, case)
        count += 1
        answer = kind_of(response, case, expected)
        if answer != expected:
            wrong.append(f"{case}: {answer} ({response.status_code}), not {expected}")
        if expected != "done" and written:
            wrong.append(f"{case}: refused, but wrote {written}")

    assert count > 150
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "name",
    [
        "before_id",
        "column_id",
        "into_id",
        "label_id",
        "label_ids",
        "source_id",
        "stage_id",
        "target_id",
        "task_ids",
    ],
)
def test_foreign_child_in_a_body_does_not_exist_and_nothing_changes(
    house: House, name: str
) -> None:
    visitor = house.visitor("lev")
    wrong, count = [], 0
    for case in cases(house, "lev"):
        if case.scene is not house.cast.orchard or name not in body_of(house, case):
            continue
        foreign = body_of(house, case, scene=house.cast.harbour)[name]
        with undone():
            before = everything()
            response, _ = ask(house, visitor, case, **{name: foreign})
            count += 1
            if response.status_code != 404:
                wrong.append(f"{case}: {name}={foreign} → {response.status_code}")
            if everything() != before:
                wrong.append(f"{case}: {name}={foreign} changed something")

    assert count >= 2
    assert not wrong, "\n".join(wrong)


def test_foreign_assignee_does_not_exist(house: House) -> None:
    visitor = house.visitor("lev")
    stranger = house.cast.clea.user_id
    for case in cases(house, "lev"):
        if case.scene is house.cast.orchard and "assignee_ids" in body_of(house, case):
            with undone():
                response, _ = ask(house, visitor, case, assignee_ids=[stranger])
            assert response.status_code == 404, case


def test_everybody_reads_only_their_own(house: House) -> None:
    """Lists, searches and summaries of a stranger hold nothing of the other project."""
    visitor = house.visitor("clea")
    for case in cases(house, "clea"):
        if case.method != "GET" or case.scene is not None or case.endpoint in PUBLISHED:
            continue
        with undone():
            response, _ = ask(house, visitor, case)
        assert "Orchard" not in response.get_data(as_text=True), case


@pytest.mark.parametrize("name", ["actor_id", "created_by", "user", "is_admin", "id"])
def test_nobody_tells_who_they_are_in_a_body(house: House, name: str) -> None:
    visitor = house.visitor("ada")
    wrong, count = [], 0
    for case in cases(house, "ada"):
        if case.scene is house.cast.harbour or not body_of(house, case):
            continue
        with undone():
            before = everything()
            response, _ = ask(house, visitor, case, **{name: 1})
            count += 1
            if response.status_code != 422:
                wrong.append(f"{case}: {name} → {response.status_code}")
            if everything() != before:
                wrong.append(f"{case}: {name} changed something")

    assert count > 50
    assert not wrong, "\n".join(wrong)


def test_reading_changes_nothing(house: House) -> None:
    visitor = house.visitor("ada")
    for case in cases(house, "ada"):
        if case.method == "GET" and case.endpoint != "health.ready":  # it tries to write
            with undone():
                _, written = ask(house, visitor, case)
            assert written == [], case


def routes(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def cases(house: House, role: str) -> Iterator[Case]:
    """Yield every route, those about a project twice: of Orchard and of Harbour."""
    adapter = house.app.url_map.bind("localhost")
    for rule, method in routes(house.app):
        sample = SAMPLES.get((method, rule.endpoint), Sample())
        declared = capability_of(house.app, rule.endpoint, method)
        assert declared is not None
        about_project = bool(IN_PROJECT & rule.arguments)
        for scene in (house.cast.orchard, house.cast.harbour)[: 2 if about_project else 1]:
            values = {name: part(house, role, sample, scene, name) for name in rule.arguments}
            address = adapter.build(rule.endpoint, values, method=method)
            about = scene if about_project else None
            yield Case(method, rule.endpoint, address, declared, sample, about)


def part(house: House, role: str, sample: Sample, scene: Scene, name: str) -> Any:
    """Return what stands in an address for a name."""
    if name in sample.parts:
        return sample.parts[name](scene)
    if name in scene.parts:
        return scene.parts[name]
    login = role if role in SIGNED_IN else role.partition("'")[0] if "'" in role else "lev"
    if name in {"draft_id", "note_id"}:
        return house.parts[scene.project, f"{name} of {login}"]
    if (scene.project, name) in house.parts:
        return house.parts[scene.project, name]
    usual: dict[str, Any] = {
        "project_id": scene.project,
        "board_id": scene.board,
        "column_id": scene.columns[0],
        "task_id": scene.tasks[0],
        "stage_id": scene.stages[0],
        "label_id": scene.labels[0],
        "comment_id": house.comments[scene.project, login],
        "board_template_id": BoardTemplate.select(BoardTemplate.id).limit(1).scalar(),
        "template_key": "mentoring",
        "wip_rule_id": WipRule.select(WipRule.id).where(WipRule.board == scene.board).scalar(),
        "move_rule_id": MoveRule.select(MoveRule.id).where(MoveRule.board == scene.board).scalar(),
        "notification_id": house.notifications[login],
        "field": "title",
        "field_id": own_field(scene, "f8"),
        "filter_id": saved_filter(scene, login),
        "recurrence_id": recurrence(scene),
        "programme_id": scene.programme,
        "strategic_project_id": scene.strategic_project,
        "user_id": house.member,
        "token_id": house.tokens[login],
        "mark": house.marks[login],
        "day": "2026-09-01",
        "year": 2027,
        "version": "0",
        "name": "css/app.css",
        "filename": "css/app.css",
    }
    return usual[name]


def body_of(house: House, case: Case, scene: Scene | None = None) -> dict[str, Any]:
    if case.endpoint == "members.create":
        return {"user_id": house.newcomer, "role": "member"}
    about = scene or case.scene or house.cast.orchard
    return case.sample.body(about) if case.sample.body else {}


def ask(house: House, visitor: Visitor, case: Case, **more: Any) -> tuple[TestResponse, list[str]]:
    """Make the request; return the answer and the statements that wrote."""
    body = {**body_of(house, case), **more}
    headers = dict(visitor.headers)
    if case.sample.data is not None:
        content: dict[str, Any] = {"data": case.sample.data, "content_type": "application/yaml"}
    elif case.address.startswith("/api/"):
        headers |= {} if case.method == "GET" else {"If-Match": "*"}
        content = {"json": body} if body else {}
    else:
        content = {"data": body} if body else {}
    if case.sample.files is not None:
        content = {"data": {**body, **case.sample.files()}}
    if case.method == "GET":
        content = {}
    with watched() as written:
        response = house.client.open(case.address, method=case.method, headers=headers, **content)
        response.get_data()
        response.close()
    return response, written


def expectation(case: Case, visitor: Visitor, cast: Cast) -> str:
    """Tell what the capability table says of a request."""
    actor = visitor.seen_by(case.address)
    if case.capability is Capability.PUBLIC:
        return "done"
    if actor is None:
        return "sign in"
    if not could_ever(actor, case.capability):
        return "forbidden"
    if case.scene is None:
        return "done" if may(actor, case.capability, None) else "forbidden"
    membership = standing(actor, case.scene)
    if not may(actor, Capability.PROJECT_READ, membership):
        return "nothing there"
    return "done" if may(actor, case.capability, membership) else "forbidden"


def standing(actor: Actor, scene: Scene) -> MemberRole | None:
    found: MemberRole | None = (
        Membership.select(Membership.role)
        .where((Membership.project == scene.project) & (Membership.user == actor.user_id))
        .scalar()
    )
    return found


def kind_of(response: TestResponse, case: Case, expected: str) -> str:
    status = response.status_code
    if expected == "done" and status == case.sample.accepts:
        return "done"
    if case.capability is Capability.PUBLIC and status < 400:
        return "done"
    if status == 303 and response.location.startswith("/sign-in"):
        return "sign in"
    named = {401: "sign in", 403: "forbidden", 404: "nothing there"}
    return named.get(status, "done" if status < 400 else f"refused {status}")


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """Take back whatever is done inside."""
    with pmo_db.database.atomic() as transaction:
        yield
        transaction.rollback()


@contextlib.contextmanager
def watched() -> Iterator[list[str]]:
    """List the statements that write."""
    database = pmo_db.database.obj
    usual, written = database.execute_sql, []

    def execute_sql(sql: str, *args: Any, **kwargs: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITES):
            written.append(sql[:80])
        return usual(sql, *args, **kwargs)

    database.execute_sql = execute_sql
    try:
        yield written
    finally:
        del database.execute_sql


def everything() -> str:
    """Return all rows of all tables."""
    rows = {model.__name__: sorted(map(str, model.select().tuples())) for model in ALL}
    return json.dumps(rows)


def _person(login: str) -> int:
    user = User.create(login=login, name=login.title(), role=Role.METHODIST, created_at=NOW)
    return int(user.id)


def _event(scene: Scene) -> int:
    """Return an event of a task that can be undone."""
    task = Task.get_by_id(scene.tasks[1])
    data = {"version": 1, "changes": {"title": ["Before", task.title]}}
    kind = {"kind": "task.edited", "at": NOW, "project": scene.project, "task": task}
    return int(Event.create(**kind, data=data).id)


def _session(user_id: int, token: str) -> None:
    now = clock.now()
    Session.create(
        token_hash=hash_of(token),
        user=user_id,
        created_at=now,
        last_seen_at=now,
        expires_at=now + timedelta(days=1),
    )


def _token(user_id: int, token: str, scope: TokenScope) -> int:
    now = clock.now()
    row = ApiToken.create(
        user=user_id,
        name=token,
        token_hash=hash_of(token),
        scopes=scope.value,
        created_at=now,
        last_used_at=now,
    )
    return int(row.id)


def _comment(task_id: int, number: int, user_id: int) -> int:
    row = Comment.create(
        task=task_id, number=number, author=user_id, text="Well said", written_at=NOW
    )
    Task.update(comment_count=number).where(Task.id == task_id).execute()
    return int(row.id)


def _notification(user_id: int, scene: Scene) -> int:
    kind = NotificationKind.ASSIGNMENT
    about = {"project": scene.project, "task": scene.tasks[0]}
    return int(Notification.create(user=user_id, kind=kind, at=NOW, **about).id)
