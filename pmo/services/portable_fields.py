"""Fields of tasks read back from the journal: from portable values to what the rows take."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from pmo.db import rows
from pmo.domain import calendar, periods
from pmo.domain.own_fields import PREFIX, Written
from pmo.domain.periods import Period
from pmo.domain.undoing import EditBack, Unfit
from pmo.domain.vocabulary import TaskKind
from pmo.errors import Invalid, Sentence, _
from pmo.models import Label, Membership, Stage, Task, TaskAssignee, User
from pmo.services import own_values
from pmo.services.task_fields import Value, Wanted


class Reader:
    """Reads old values; the names of a project are looked up once, however many cards."""

    def __init__(self) -> None:
        self._stages: dict[int, dict[str, int]] = {}
        self._labels: dict[int, dict[str, int]] = {}
        self._members: dict[int, dict[str, int]] = {}

    def read(self, task_id: int, project_id: int, back: EditBack, *, at: datetime) -> Wanted:
        """Return the old values of an edit. Raises Unfit if one is not to be had any more.

        at: the moment of the edit, for periods of which only the text is known.
        """
        values: Wanted = {}
        for name, (_present, old) in back.changes.items():
            if name == "period":
                row: Any = _period(old, back.period, at)
            elif name == "assignees":
                row = self._people(task_id, project_id, old)
            else:
                row = self._row(project_id, name, old)
            values[name] = Value(row, old)
        return values

    def _row(self, project_id: int, name: str, old: Any) -> Any:
        """Return what the row takes of a value that needs nothing but its project."""
        if name == "due_on":
            return old and date.fromisoformat(old)
        if name == "kind":
            return TaskKind(old)
        if name == "stage":
            return old and self._stage(project_id, old)
        if name == "labels":
            return self._label_ids(project_id, old)
        if name.startswith(PREFIX):
            return _own(project_id, name, old)
        return old

    def _stage(self, project_id: int, key: str) -> int:
        if project_id not in self._stages:
            query = Stage.select(Stage.key, Stage.id).where(Stage.project == project_id)
            self._stages[project_id] = dict(rows(query))
        if key not in self._stages[project_id]:
            raise Unfit(Sentence(_("The stage that it had is not there any more.")))
        return self._stages[project_id][key]

    def _label_ids(self, project_id: int, names: Iterable[str]) -> list[int]:
        if project_id not in self._labels:
            query = Label.select(Label.name, Label.id).where(Label.project == project_id)
            self._labels[project_id] = dict(rows(query))
        known = self._labels[project_id]
        for name in names:
            if name not in known:
                text = _("The label “{name}” is not there any more.")
                raise Unfit(Sentence(text, name=name))
        return sorted(known[name] for name in names)

    def _people(self, task_id: int, project_id: int, logins: Iterable[str]) -> list[int]:
        """Return people by login: members, and those who are on the task already."""
        if project_id not in self._members:
            query = User.select(User.login, User.id).join(Membership)
            self._members[project_id] = dict(rows(query.where(Membership.project == project_id)))
        known: Mapping[str, int] = self._members[project_id]
        if not set(logins) <= set(known):
            query = User.select(User.login, User.id).join(TaskAssignee)
            known = {**dict(rows(query.where(TaskAssignee.task == task_id))), **known}
        for login in logins:
            if login not in known:
                text = _("{login} is not in the project any more.")
                raise Unfit(Sentence(text, login=login))
        return sorted(known[login] for login in logins)


def _own(project_id: int, name: str, text: str) -> Written:
    try:
        return own_values.read(project_id, {name.removeprefix(PREFIX): text})[name]
    except Invalid as error:
        raise Unfit(Sentence(_("A field of the project does not take its old value."))) from error


def period_was(task_id: int) -> dict[str, Any]:
    """Return the present period of a task in full, as an edit that changes it notes it."""
    [(period,)] = rows(Task.select(Task.period).where(Task.id == task_id))
    return {"period_was": period and periods.to_dict(period)}


def _period(text: str, whole: Mapping[str, Any] | None, at: datetime) -> Period | None:
    if not text:
        return None
    if whole is not None:
        return periods.from_dict(whole)
    return periods.parse(text, academic_year=calendar.academic_year_of(at.date()))
