"""What can be found, source by source: where its texts are, and what of them counts most.

A source is one entry of `SOURCES`; the index, its rebuilding and the fragments follow from it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pmo.db import rows
from pmo.domain.search_kinds import SearchKind, entry_id
from pmo.models import Attachment, ChecklistItem, Comment, Evidence, Passport, Project, Task


@dataclass(frozen=True, slots=True)
class Document:
    """A thing that can be found, with its texts. key: a card's number, a project's code."""

    kind: SearchKind
    object_id: int
    project_id: int
    task_id: int | None = None
    key: str = ""
    title: str = ""
    body: tuple[str, ...] = ()

    @property
    def entry_id(self) -> int:
        """Return its number in the index."""
        return entry_id(self.kind, self.object_id)


@dataclass(frozen=True, slots=True)
class Source:
    """Where things of a kind come from. key: the field whose values are their numbers.

    documents: given numbers, returns what of them can be found; a fixed number of statements.
    kept: which rows of the table can be, None for all.
    """

    key: Any
    documents: Callable[[Sequence[int]], Iterator[Document]]
    kept: Any = None

    def numbers(self) -> Any:
        """Return the query of the numbers of all that can be found."""
        query = self.key.model.select(self.key)
        return query if self.kept is None else query.where(self.kept)


PASSPORT_FIELDS = tuple(
    field for field in Passport._meta.sorted_fields if field.name not in {"project", "version"}
)


def tasks(ids: Sequence[int]) -> Iterator[Document]:
    """Return cards, archived ones too."""
    texts = (Task.description, Task.expected_result, Task.responsible, Task.plan_number)
    query = Task.select(Task.id, Project.id, Project.code, Task.number, Task.title, *texts)
    more = _parts_of_tasks(ids)
    for row in rows(query.join(Project).where(Task.id.in_(ids))):
        task_id, project_id, code, number, title, *own = row
        key, body = f"{code}-{number}", _filled([*own, *more.get(task_id, ())])
        yield Document(SearchKind.TASK, task_id, project_id, task_id, key, title, body)


def _parts_of_tasks(ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the texts of checklists and evidence, by task, in the order of their making."""
    found: dict[int, list[str]] = defaultdict(list)
    items = ChecklistItem.select(ChecklistItem.task, ChecklistItem.text)
    proofs = Evidence.select(Evidence.task, Evidence.title, Evidence.presentation, Evidence.note)
    for query, model in ((items, ChecklistItem), (proofs, Evidence)):
        for task_id, *texts in rows(query.where(model.task.in_(ids)).order_by(model.id)):
            found[task_id] += texts
    return found


def projects(ids: Sequence[int]) -> Iterator[Document]:
    """Return projects by code and names."""
    query = Project.select(Project.id, Project.code, Project.name, Project.short_name)
    for project_id, code, name, short_name in rows(query.where(Project.id.in_(ids))):
        body = () if short_name == name else (short_name,)
        yield Document(SearchKind.PROJECT, project_id, project_id, key=code, title=name, body=body)


def passports(ids: Sequence[int]) -> Iterator[Document]:
    """Return passports, all fields of them."""
    query = Passport.select(Passport.project, *PASSPORT_FIELDS).where(Passport.project.in_(ids))
    for project_id, *values in rows(query):
        lines = [
            line for value in values for line in ([value] if isinstance(value, str) else value)
        ]
        yield Document(SearchKind.PASSPORT, project_id, project_id, body=_filled(lines))


def comments(ids: Sequence[int]) -> Iterator[Document]:
    """Return comments that were not removed."""
    query = Comment.select(Comment.id, Task.project, Task.id, Comment.text).join(Task)
    for comment_id, project_id, task_id, text in rows(query.where(Comment.id.in_(ids) & SAID)):
        yield Document(SearchKind.COMMENT, comment_id, project_id, task_id, body=(text,))


def attachments(ids: Sequence[int]) -> Iterator[Document]:
    """Return files by their names."""
    query = Attachment.select(Attachment.id, Task.project, Task.id, Attachment.name).join(Task)
    for attachment_id, project_id, task_id, name in rows(query.where(Attachment.id.in_(ids))):
        yield Document(SearchKind.ATTACHMENT, attachment_id, project_id, task_id, title=name)


SAID = Comment.removed_at.is_null()

SOURCES: dict[SearchKind, Source] = {
    SearchKind.TASK: Source(Task.id, tasks),
    SearchKind.PROJECT: Source(Project.id, projects),
    SearchKind.PASSPORT: Source(Passport.project, passports),
    SearchKind.COMMENT: Source(Comment.id, comments, SAID),
    SearchKind.ATTACHMENT: Source(Attachment.id, attachments),
}
"""By kind."""


def _filled(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(text for text in texts if text)
