"""Projects and what they consist of."""

from dataclasses import dataclass
from typing import Any

from pmo.domain.permissions import Actor, Capability
from pmo.errors import NotFound
from pmo.models import Label, OwnField, Project, Recurrence, SavedFilter, Sprint, SprintNote, Stage
from pmo.queries.access.loaders import Loader, ProjectAccess


@dataclass(frozen=True, slots=True)
class PartAccess(ProjectAccess):
    """A stage, a label, an own field or a sprint of a project."""

    part_id: int


@dataclass(frozen=True, slots=True)
class FilterAccess(ProjectAccess):
    """A saved filter: the actor's own, or one shared with its project."""

    filter_id: int
    owner_id: int
    is_shared: bool


@dataclass(frozen=True, slots=True)
class NoteAccess(ProjectAccess):
    """A note of a sprint's retrospective."""

    note_id: int
    sprint_id: int


project = Loader(ProjectAccess, "project", lambda query: query, Project.id)


def _part(kind: str, part: Any) -> Loader[PartAccess]:
    return Loader(PartAccess, kind, lambda query: query.join(part), part.id, part.id)


stage = _part("stage", Stage)
label = _part("label", Label)
own_field = _part("own_field", OwnField)
sprint = _part("sprint", Sprint)
recurrence = _part("recurrence", Recurrence)
sprint_note = Loader(
    NoteAccess,
    "note",
    lambda query: query.join(Sprint).join(SprintNote),
    SprintNote.id,
    SprintNote.id,
    SprintNote.sprint,
)

_saved_filter = Loader(
    FilterAccess,
    "filter",
    lambda query: query.join(SavedFilter, on=(SavedFilter.project == Project.id)),
    SavedFilter.id,
    SavedFilter.id,
    SavedFilter.owner,
    SavedFilter.is_shared,
)


def saved_filter(filter_id: int, actor: Actor, capability: Capability) -> FilterAccess:
    """Load a saved filter; another person's own one does not exist. Raises NotFound, Forbidden."""
    *values, is_shared = _saved_filter.values(filter_id, actor, capability)
    found = FilterAccess(*(*values, bool(is_shared)))
    if not found.is_shared and found.owner_id != actor.user_id:
        raise NotFound(kind="filter")
    return found
