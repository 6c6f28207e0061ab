"""What people of the demo do on the day it is loaded.

A portfolio file holds no notices: these acts ring the bell of those who then sign in.
"""

from datetime import datetime

from pmo.domain.permissions import Actor
from pmo.models import Project, Task, User
from pmo.services import comments, tasks

SAID = (
    ("lead", "ШШ", 32, "@methodist, сколько школ уже ответило? Обсудим сегодня в 15:00."),
    ("methodist", "ШШ", 26, "Сводку посмотрела. @lead, вывод о наставниках взять и в отчёт?"),
    ("deputy", "ПК", 20, "Школы согласны. @director, остался приказ. @lead, для сведения."),
    ("methodist", "ШШ", 11, "Программа приложена, ждём только зал."),
)
"""Login, code of a project, number of its task, and what is said there."""

ASSIGNED = ("lead", "ШШ", 31, "methodist")
"""Login, task as above, and who is to do it."""


def perform(at: datetime) -> None:
    """Let them act, as they would on the pages."""
    for login, code, number, text in SAID:
        comments.add(_task(code, number).id, text=text, actor=_actor(login), at=at)
    login, code, number, who = ASSIGNED
    task, person = _task(code, number), User.get(User.login == who)
    changes = {"assignee_ids": [person.id]}
    tasks.edit(task.id, changes, base_version=task.version, actor=_actor(login), at=at)


def _actor(login: str) -> Actor:
    user = User.get(User.login == login)
    return Actor(user.id, user.login, user.name, user.role)


def _task(code: str, number: int) -> Task:
    task: Task = Task.get(Task.project == Project.get(Project.code == code), Task.number == number)
    return task
