"""Filling the database that is measured, through the product's own doors."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pmo import db
from pmo.config import Settings
from pmo.domain.permissions import Actor
from pmo.domain.vocabulary import Role, TokenScope
from pmo.models import Board, Column, Project, Task, User
from pmo.services import sessions, tokens
from tests.bench import journals, portfolio

LOGIN = "bench"


@dataclass(frozen=True, slots=True)
class Seeded:
    """What the requests need. seconds: how long the import took."""

    seconds: float
    cookie: str
    token: str
    board_200: int
    board_1000: int
    project_1000: int
    columns_200: list[int]
    columns_1000: list[int]
    tasks_200: list[int]
    tasks_1000: list[int]


def seed(folder: Path, environment: dict[str, str]) -> Seeded:
    """Migrate, import the portfolio file, and sign its lead in."""
    now = datetime.now(UTC)
    file = folder / "portfolio.json"
    file.write_bytes(portfolio.as_json(today=now.date(), login=LOGIN))
    _pmo(environment, "db", "upgrade")
    begun = time.perf_counter()
    _pmo(environment, "import", str(file))
    seconds = time.perf_counter() - begun
    db.bind(Settings.from_env(environment).database_url)
    with db.connection():
        journals.flowing("П01", days=180)
        return _signed_in(seconds, now)


def _signed_in(seconds: float, now: datetime) -> Seeded:
    user = User.get(User.login == LOGIN)
    actor = Actor(user.id, LOGIN, user.name, Role.PROJECT_LEAD)
    token = tokens.create(
        "bench", scopes=list(TokenScope), expires_at=None, actor=actor, at=now
    ).token
    small, large = (_board(code) for code in ("П00", "П01"))
    return Seeded(
        seconds=seconds,
        cookie=cookie(LOGIN, now),
        token=token,
        board_200=small,
        board_1000=large,
        project_1000=Board.get_by_id(large).project_id,
        columns_200=_columns(small),
        columns_1000=_columns(large),
        tasks_200=_tasks(small),
        tasks_1000=_tasks(large),
    )


def cookie(login: str, at: datetime) -> str:
    """Sign somebody in; return what their browser would send."""
    user = User.get(User.login == login)
    with db.transaction():
        entry = sessions.Entry(address="", agent="", lifetime=timedelta(days=1))
        session = sessions.begin(user.id, entry=entry, at=at)
    return f"pmo_session={session.token}"


def _board(code: str) -> int:
    return int(Board.select(Board.id).join(Project).where(Project.code == code).scalar())


def _columns(board_id: int) -> list[int]:
    query = Column.select(Column.id).where(Column.board == board_id).order_by(Column.position)
    return [column_id for (column_id,) in db.rows(query)]


def _tasks(board_id: int) -> list[int]:
    query = Task.select(Task.id).join(Column).where(Column.board == board_id).order_by(Task.id)
    return [task_id for (task_id,) in db.rows(query)]


def _pmo(environment: dict[str, str], *arguments: str) -> None:
    command = [str(Path(sys.executable).parent / "pmo"), *arguments]
    subprocess.run(command, env={**os.environ, **environment}, check=True)  # noqa: S603
