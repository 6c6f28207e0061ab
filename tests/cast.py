"""The people and the projects that tests tell of.

Ada administers, Dina directs. Lev leads the project “Orchard” (code ШШ), Mila works in it, Olga
observes it. Clea is a stranger to it: a methodist who leads “Harbour” (code ГВ), where nobody
else is.
"""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from flask.testing import FlaskClient

from pmo import clock
from pmo.domain.credentials import TOKEN_PREFIX, hash_of
from pmo.domain.permissions import Actor
from pmo.domain.vocabulary import (
    ColumnMeaning,
    Gate,
    LabelColour,
    MemberRole,
    Role,
    TaskKind,
    TokenScope,
    WipKind,
)
from pmo.models import (
    ApiToken,
    Board,
    Column,
    Label,
    Membership,
    Passport,
    Programme,
    Project,
    Session,
    Stage,
    StrategicProject,
    Task,
    TaskAssignee,
    User,
)
from pmo.services import passwords, search_index

NOW = datetime(2025, 1, 15, 9, 0, tzinfo=UTC)
"""A Wednesday morning."""

PASSWORD = "seven green apples"

PEOPLE = {
    "ada": ("Ada", Role.ADMINISTRATOR),
    "dina": ("Dina", Role.DIRECTOR),
    "lev": ("Lev", Role.PROJECT_LEAD),
    "mila": ("Mila", Role.METHODIST),
    "olga": ("Olga", Role.OBSERVER),
    "clea": ("Clea", Role.METHODIST),
}

COLUMNS = (
    ("c1", "Queue", ColumnMeaning.QUEUE, None, WipKind.NONE),
    ("c2", "In progress", ColumnMeaning.IN_PROGRESS, 3, WipKind.HARD),
    ("c3", "Waiting", ColumnMeaning.WAITING, 2, WipKind.SOFT),
    ("c4", "Done", ColumnMeaning.DONE, None, WipKind.NONE),
)

GAP = 2**16


@dataclass(frozen=True, slots=True)
class Scene:
    """A project with everything in it, by id."""

    project: int
    board: int
    columns: tuple[int, ...]
    stages: tuple[int, ...]
    labels: tuple[int, ...]
    tasks: tuple[int, ...]
    programme: int
    strategic_project: int
    parts: dict[str, int] = field(default_factory=dict)
    """What hangs on its first task, by names of addresses: for who hangs it there."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is on stage: actors by login, and the two projects."""

    ada: Actor
    dina: Actor
    lev: Actor
    mila: Actor
    olga: Actor
    clea: Actor
    orchard: Scene
    harbour: Scene

    def actor(self, login: str) -> Actor:
        """Return the actor of a login."""
        found: Actor = getattr(self, login)
        return found


def assemble() -> Cast:
    """Write the cast into the empty database."""
    actors = {login: _person(login, name, role) for login, (name, role) in PEOPLE.items()}
    programme = Programme.create(key="growth", name="Growth")
    strategic = StrategicProject.create(
        programme=programme, key="people", name="People", position=1
    )
    orchard = _project("ШШ", "Orchard", strategic, actors["lev"].user_id)
    harbour = _project("ГВ", "Harbour", strategic, actors["clea"].user_id)
    Membership.create(project=orchard.project, user=actors["mila"].user_id, role=MemberRole.MEMBER)
    Membership.create(
        project=orchard.project, user=actors["olga"].user_id, role=MemberRole.OBSERVER
    )
    TaskAssignee.create(task=orchard.tasks[0], user=actors["mila"].user_id)
    search_index.rebuild()
    return Cast(**actors, orchard=orchard, harbour=harbour)


def sign_in(client: FlaskClient, login: str) -> FlaskClient:
    """Give the client a session of this person, made directly; return the client."""
    now = clock.now()
    token = secrets.token_urlsafe(32)
    Session.create(
        token_hash=hash_of(token),
        user=User.get(User.login == login),
        created_at=now,
        last_seen_at=now,
        expires_at=now + timedelta(days=1),
    )
    client.set_cookie("pmo_session", token)
    return client


def bearer(login: str, *scopes: TokenScope) -> dict[str, str]:
    """Make an API token of this person; return the headers that bring it."""
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    ApiToken.create(
        user=User.get(User.login == login),
        name="test",
        token_hash=hash_of(token),
        scopes=" ".join(scopes or (TokenScope.WRITE,)),
        created_at=clock.now(),
    )
    return {"Authorization": f"Bearer {token}"}


@cache
def _password_hash() -> str:
    return passwords.hash_of(PASSWORD)


def _person(login: str, name: str, role: Role) -> Actor:
    user = User.create(
        login=login, name=name, role=role, password_hash=_password_hash(), created_at=NOW
    )
    return Actor(user.id, login, name, role)


def _project(code: str, name: str, strategic: StrategicProject, lead: int) -> Scene:
    project = Project.create(
        code=code,
        name=f"Project {name}",
        short_name=name,
        strategic_project=strategic,
        gate=Gate.ACTIVE,
        lead=lead,
        proposed_by=lead,
        proposed_at=NOW - timedelta(days=90),
        next_task_number=4,
        search=f"{code} project {name} {name}".casefold(),
    )
    Passport.create(project=project, goal=f"The goal of {name}")
    Membership.create(project=project, user=lead, role=MemberRole.LEAD)
    stages = [
        Stage.create(project=project, key=f"s{place}", name=f"Stage {place}", position=place)
        for place in (1, 2)
    ]
    labels = [Label.create(project=project, name="Urgent", colour=LabelColour.RED)]
    board = Board.create(
        project=project,
        key="b1",
        name=f"Board of {name}",
        position=1,
        next_column_number=len(COLUMNS) + 1,
    )
    columns = [
        Column.create(
            board=board,
            key=key,
            name=column,
            meaning=meaning,
            position=place,
            wip_limit=limit,
            wip_kind=kind,
        )
        for place, (key, column, meaning, limit, kind) in enumerate(COLUMNS, start=1)
    ]
    tasks = [
        Task.create(
            project=project,
            number=number,
            column=columns[0],
            rank=number * GAP,
            title=f"Task {number} of {name}",
            kind=TaskKind.EVENT,
            stage=stages[0],
            created_by=lead,
            created_at=NOW,
            entered_at=NOW,
        )
        for number in (1, 2, 3)
    ]
    Column.update(task_count=3, task_weight=3).where(Column.id == columns[0].id).execute()
    return Scene(
        project=project.id,
        board=board.id,
        columns=tuple(column.id for column in columns),
        stages=tuple(stage.id for stage in stages),
        labels=tuple(label.id for label in labels),
        tasks=tuple(task.id for task in tasks),
        programme=strategic.programme_id,
        strategic_project=strategic.id,
    )
