"""The cascade: programmes, their strategic projects, and the projects that the actor may see."""

from collections import defaultdict
from dataclasses import dataclass

from pmo.db import rows
from pmo.domain.periods import Period
from pmo.domain.permissions import Actor, Capability, office_may
from pmo.domain.vocabulary import Gate
from pmo.errors import NotFound
from pmo.models import Programme, Project, StrategicProject
from pmo.queries import access


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project in the cascade."""

    id: int
    code: str
    short_name: str
    gate: Gate


@dataclass(frozen=True, slots=True)
class StrategicProjectView:
    """A strategic project; `projects` are those that the actor may see."""

    id: int
    key: str
    name: str
    description: str
    programme_id: int
    version: int
    projects: tuple[ProjectLine, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """A programme with its strategic projects in their order."""

    id: int
    key: str
    name: str
    description: str
    period: Period | None
    version: int
    strategic_projects: tuple[StrategicProjectView, ...]

    @property
    def project_count(self) -> int:
        """How many projects of it the actor may see."""
        return sum(len(part.projects) for part in self.strategic_projects)


@dataclass(frozen=True, slots=True)
class Cascade:
    """The whole cascade. loose: projects that belong to no strategic project."""

    programmes: tuple[ProgrammeView, ...]
    loose: tuple[ProjectLine, ...]
    can_edit: bool


def tree(actor: Actor) -> Cascade:
    """Return the whole cascade as the actor may see it; three statements."""
    projects = _projects(actor)
    parts = _strategic_projects(projects)
    found = Programme.select().order_by(Programme.name, Programme.id)
    programmes = tuple(_programme(row, parts[row.id]) for row in found)
    can_edit = office_may(actor, Capability.PROGRAMMES_EDIT)
    return Cascade(programmes, tuple(projects[None]), can_edit)


def programme(programme_id: int, actor: Actor) -> ProgrammeView:
    """Return one programme of the cascade. Raises NotFound."""
    for found in tree(actor).programmes:
        if found.id == programme_id:
            return found
    raise NotFound(kind="programme")


def strategic_project(strategic_project_id: int, actor: Actor) -> StrategicProjectView:
    """Return one strategic project of the cascade. Raises NotFound."""
    for above in tree(actor).programmes:
        for found in above.strategic_projects:
            if found.id == strategic_project_id:
                return found
    raise NotFound(kind="strategic_project")


def strategic_choices() -> tuple[tuple[int, str], ...]:
    """Return (id, name) of all strategic projects, in the order of the cascade; one statement."""
    query = StrategicProject.select(StrategicProject.id, StrategicProject.name)
    order = (StrategicProject.programme, StrategicProject.position, StrategicProject.id)
    return tuple((row_id, name) for row_id, name in rows(query.order_by(*order)))


def _projects(actor: Actor) -> dict[int | None, list[ProjectLine]]:
    found: dict[int | None, list[ProjectLine]] = defaultdict(list)
    columns = (Project.id, Project.code, Project.short_name, Project.gate)
    query = Project.select(Project.strategic_project, *columns).order_by(Project.code, Project.id)
    for above, *line in rows(query.where(access.visible_projects(actor))):
        found[above].append(ProjectLine(*line))
    return found


def _strategic_projects(
    projects: dict[int | None, list[ProjectLine]],
) -> dict[int, list[StrategicProjectView]]:
    found: dict[int, list[StrategicProjectView]] = defaultdict(list)
    for row in StrategicProject.select().order_by(StrategicProject.position, StrategicProject.id):
        found[row.programme_id].append(
            StrategicProjectView(
                id=row.id,
                key=row.key,
                name=row.name,
                description=row.description,
                programme_id=row.programme_id,
                version=row.version,
                projects=tuple(projects[row.id]),
            )
        )
    return found


def _programme(row: Programme, parts: list[StrategicProjectView]) -> ProgrammeView:
    return ProgrammeView(
        id=row.id,
        key=row.key,
        name=row.name,
        description=row.description,
        period=row.period,
        version=row.version,
        strategic_projects=tuple(parts),
    )
