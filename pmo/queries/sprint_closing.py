"""What is to be decided before a sprint can be closed."""

from dataclasses import dataclass

from pmo.db import rows
from pmo.domain import done
from pmo.domain.permissions import Actor, Capability
from pmo.domain.sprint_closing import FLAGGED
from pmo.domain.sprints import Standing, next_open
from pmo.domain.vocabulary import ColumnMeaning
from pmo.models import Board, Column, Project, Task, TaskAssignee, User
from pmo.queries import access, sprint_notes, sprint_reports, sprints
from pmo.queries.sprint_notes import NoteView
from pmo.queries.sprints import SprintsView, SprintView


@dataclass(frozen=True, slots=True)
class LeftoverView:
    """A card of a running sprint that is not done.

    carried: how often it was carried over into another sprint before.
    """

    task_id: int
    key: str
    title: str
    column: str
    weight: int
    checklist_done: int
    checklist_total: int
    blocked_reason: str
    people: tuple[str, ...]
    carried: int

    @property
    def is_flagged(self) -> bool:
        """Tell whether carrying it over once more would be told to who leads the project."""
        return self.carried + 1 >= FLAGGED


@dataclass(frozen=True, slots=True)
class ClosingView:
    """A sprint with what is left of it. next_number: of the sprint that takes what is carried over.

    criteria: what has to hold for what is done of a split card.
    """

    sprint: SprintView
    project: SprintsView
    next_number: int | None
    leftovers: tuple[LeftoverView, ...]
    notes: tuple[NoteView, ...]
    criteria: tuple[str, ...]


def view(sprint_id: int, actor: Actor) -> ClosingView:
    """Return what is to be decided; a fixed number of statements. Raises NotFound, Forbidden."""
    found = access.sprint(sprint_id, actor, Capability.SPRINT_PLAN)
    sprint, siblings = sprints.sprint(sprint_id, actor)
    after = [
        Standing(it.number, it.state, it.starts_on, it.ends_on)
        for it in siblings.sprints
        if it.number > sprint.number
    ]
    return ClosingView(
        sprint=sprint,
        project=siblings,
        next_number=next_open(after),
        leftovers=_leftovers(sprint_id, found.project_id),
        notes=sprint_notes.of_sprint(sprint_id, actor),
        criteria=_criteria(found.project_id),
    )


def _leftovers(sprint_id: int, project_id: int) -> tuple[LeftoverView, ...]:
    mine = (Task.sprint == sprint_id) & Task.archived_at.is_null()
    mine &= Column.meaning != ColumnMeaning.DONE
    people: dict[int, list[str]] = {}
    assigned = TaskAssignee.select(TaskAssignee.task, User.name).join(User)
    assigned = assigned.join_from(TaskAssignee, Task).join(Column)
    for task_id, name in rows(assigned.where(mine).order_by(User.name)):
        people.setdefault(task_id, []).append(name)
    carried = sprint_reports.carried(sprint_id, project_id)
    query = Task.select(
        Task.id,
        Project.code,
        Task.number,
        Task.title,
        Column.name,
        Task.weight,
        Task.checklist_done,
        Task.checklist_total,
        Task.blocked_reason,
    )
    query = query.join(Column).join(Board).join(Project).where(mine)
    in_order = query.order_by(Board.position, Board.id, Column.position, Task.rank)
    views = []
    for task_id, code, number, *shown in rows(in_order):
        more = (tuple(people.get(task_id, ())), carried.get(task_id, 0))
        views.append(LeftoverView(*(task_id, f"{code}-{number}", *shown, *more)))
    return tuple(views)


def _criteria(project_id: int) -> tuple[str, ...]:
    is_done = (Board.project == project_id) & (Column.meaning == ColumnMeaning.DONE)
    query = Column.select(Column.definition_of_done).join(Board).where(is_done)
    texts = [text for (text,) in rows(query.order_by(Board.position, Column.position))]
    return tuple(dict.fromkeys(line for text in texts for line in done.criteria(text)))
