"""The full-text search: what a person may see of what was looked for, the best first.

How much is looked at is bounded, however much there is: of more than `MOST` matches those in
titles and the newest are ranked, and can be paged through.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pmo.db import database
from pmo.domain import permissions, search_fragments, search_ranking, search_terms
from pmo.domain.permissions import Actor, Capability
from pmo.domain.search_fragments import Fragment
from pmo.domain.search_kinds import SearchKind, entry_id
from pmo.domain.search_terms import Terms, Word
from pmo.queries import access, search_engine
from pmo.queries.search_sources import SOURCES, Document

MOST = 500
"""Finds that can be paged through; whoever has more needs another word, not another page."""

MOST_OF_VAST = 200
"""The same where titles are ranked one by one, for want of scores of the index."""

MOST_BY_KEY = 50
MOST_PROJECTS = 100
"""Projects to choose from; more make no list that anybody reads."""

PAGE_SIZE = 20


HEADING = """CASE e.kind WHEN 'task' THEN t.title
    WHEN 'project' THEN (SELECT name FROM projects WHERE id = e.object_id)
    WHEN 'attachment' THEN (SELECT name FROM attachments WHERE id = e.object_id)
    ELSE '' END"""
"""What an entry is ranked by where the index gives no scores."""


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """Where is looked; None does not narrow."""

    project_id: int | None = None
    kind: SearchKind | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A find. key and title: of the card it belongs to, else code and name of its project.

    object_id: its own number. name: of a file that was found. text: the part that fits, () if
    nothing beside the title does.
    """

    kind: SearchKind
    object_id: int
    project_id: int
    project_code: str
    project_name: str
    task_id: int | None
    key: Fragment
    title: Fragment
    name: Fragment
    text: Fragment
    is_archived: bool


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of finds. total: over all pages; has_more: there are more than can be paged to."""

    items: tuple[Hit, ...]
    total: int
    has_more: bool
    page: int
    page_size: int

    @property
    def page_count(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.page_size))


@dataclass(frozen=True, slots=True)
class _Found:
    """An entry that matches. score: of the index or of its heading, the least the best."""

    entry_id: int
    is_archived: bool
    score: Any


def search(
    text: str,
    actor: Actor,
    filters: SearchFilters = SearchFilters(),
    *,
    page: int = 1,
    page_size: int = PAGE_SIZE,
    names_only: bool = False,
) -> SearchPage:
    """Look for a text in all that the actor may see; whatever it is, it is no error.

    A card whose number was typed comes first, what is archived last. names_only: without parts
    of texts. The number of statements is bounded, however much is found.
    """
    terms = search_terms.read(text)
    found: list[_Found] = []
    has_more = False
    if terms and (scope := _scope(actor, filters)) is not None:
        found, has_more = _Search(terms, scope, actor, filters).run()
    first = (page - 1) * page_size
    shown = [it.entry_id for it in found[first : first + page_size]]
    kinds = {SearchKind.ATTACHMENT} if names_only else set(SearchKind)
    hits = _hits(shown, terms, actor, kinds)
    return SearchPage(hits, len(found), has_more, page, page_size)


def projects(actor: Actor, chosen: int | None) -> tuple[tuple[int, str, str], ...]:
    """Return the projects that a search can be narrowed to: id, code, short name.

    Too many make no list to choose from: then only the one that is chosen already.
    """
    seen, values = access.seen(actor, "p.id")
    sql = f"""SELECT p.id, p.code, p.short_name FROM projects p
        WHERE {seen} ORDER BY p.id LIMIT {{p}}"""  # noqa: S608 - written of constants
    found = _rows(sql, [*values, MOST_PROJECTS + 1])
    if len(found) > MOST_PROJECTS:
        sql = f"SELECT p.id, p.code, p.short_name FROM projects p WHERE {seen} AND p.id = {{p}}"  # noqa: S608
        found = _rows(sql, [*values, chosen or 0])
    return tuple(sorted(found, key=lambda project: project[1]))


def _scope(actor: Actor, filters: SearchFilters) -> list[list[str]] | None:
    """Return what the index itself is to pass over, None if there is nothing to look at.

    Only to be quick: the rights stand in the statement as well.
    """
    groups = []
    if filters.project_id is not None:
        groups.append([search_engine.of_project(filters.project_id)])
    elif not permissions.office_may(actor, Capability.PROJECT_READ):
        sql = "SELECT project_id FROM memberships WHERE user_id = {p} ORDER BY project_id"
        own = [
            search_engine.of_project(project_id) for (project_id,) in _rows(sql, [actor.user_id])
        ]
        if not own:
            return None
        groups.append(own)
    if filters.kind is not None and filters.kind is not SearchKind.TASK:  # nearly all are tasks
        groups.append([search_engine.of_kind(filters.kind)])
    return groups


class _Search:
    """One search, from terms to the order of what was found."""

    def __init__(
        self, terms: Terms, scope: list[list[str]], actor: Actor, filters: SearchFilters
    ) -> None:
        self.terms, self.scope = terms, scope
        self.is_scored = search_engine.can_score()
        self.most = MOST if self.is_scored else MOST_OF_VAST
        self.conditions, self.values = access.seen(actor, "e.project_id")
        for column, value in (("project_id", filters.project_id), ("kind", filters.kind)):
            if value is not None:
                self.conditions += f" AND e.{column} = {{p}}"
                self.values = [*self.values, str(value) if column == "kind" else value]

    def run(self) -> tuple[list[_Found], bool]:
        """Return what was found, in order, and whether there is more."""
        by_key: list[_Found] = []
        if self.terms.key:
            key = Terms((*(Word((stem,)) for stem in self.terms.key),))
            by_key = self._found(key, search_engine.KEY, MOST_BY_KEY)
        terms = self.terms.closed()
        others = self._found(terms, search_engine.ANYWHERE, self.most + 1)
        if self._needs_beginning(len(others)):
            terms = self.terms
            others = self._found(terms, search_engine.ANYWHERE, self.most + 1)
        has_more = len(others) > self.most
        if has_more and not self._are_headings(others):
            others += self._found(terms, search_engine.HEADING, self.most)
        exact = {it.entry_id for it in by_key}

        def standing(it: _Found) -> tuple[Any, ...]:
            return it.is_archived, it.entry_id not in exact, it.score, -it.entry_id

        found = {it.entry_id: it for it in (*others, *by_key)}
        return sorted(found.values(), key=standing)[: self.most], has_more

    def _are_headings(self, found: list[_Found]) -> bool:
        """Tell whether it is known that all words stand in the headings of all of these."""
        return not self.is_scored and not any(it.score[0] for it in found)

    def _needs_beginning(self, count: int) -> bool:
        """Tell whether words that only begin so are wanted as well: a long one costs much."""
        length = len(self.terms.beginning)
        return bool(length) and (
            count == 0 or (count <= self.most and length <= search_engine.SHORT)
        )

    def _found(self, terms: Terms, places: Sequence[str], limit: int) -> list[_Found]:
        """Return the newest entries that match, with their scores."""
        number = search_engine.id_column()
        match, match_values = search_engine.matching(terms, places, self.scope)
        score, score_values = search_engine.score(terms) if self.is_scored else (HEADING, [])
        sql = f"""SELECT e.id, t.archived_at IS NOT NULL, {score}
            FROM search_index CROSS JOIN search_entries e LEFT JOIN tasks t ON t.id = e.task_id
            WHERE e.id = {number} AND {match} AND {self.conditions}
            ORDER BY {number} DESC LIMIT {{p}}"""  # noqa: S608 - written of constants
        found = _rows(sql, [*score_values, *match_values, *self.values, limit])
        rate = float if self.is_scored else search_ranking.by_heading(terms)
        return [_Found(entry, bool(archived), rate(value)) for entry, archived, value in found]


def _hits(
    entry_ids: Sequence[int], terms: Terms, actor: Actor, kinds: set[SearchKind]
) -> tuple[Hit, ...]:
    """Return what is shown of entries, in their order; only what the actor may see.

    kinds: those whose texts are read.
    """
    if not entry_ids:
        return ()
    seen, values = access.seen(actor, "e.project_id")
    marks = ", ".join(["{p}"] * len(entry_ids))
    sql = f"""SELECT e.id, e.kind, e.object_id, p.id, p.code, p.name, p.short_name,
            t.id, t.number, t.title, t.archived_at
        FROM search_entries e JOIN projects p ON p.id = e.project_id
        LEFT JOIN tasks t ON t.id = e.task_id
        WHERE e.id IN ({marks}) AND {seen}"""  # noqa: S608 - written of constants
    rows = {row[0]: row for row in _rows(sql, [*entry_ids, *values])}
    wanted = ((SearchKind(row[1]), row[2]) for row in rows.values())
    documents = _documents((kind, number) for kind, number in wanted if kind in kinds)
    return tuple(
        _hit(rows[entry], documents.get(entry), terms) for entry in entry_ids if entry in rows
    )


def _documents(wanted: Iterable[tuple[SearchKind, int]]) -> dict[int, Document]:
    """Return the texts behind entries; a fixed number of statements for each kind."""
    ids: dict[SearchKind, list[int]] = defaultdict(list)
    for kind, object_id in wanted:
        ids[kind].append(object_id)
    return {
        entry_id(kind, document.object_id): document
        for kind, numbers in ids.items()
        for document in SOURCES[kind].documents(numbers)
    }


def _hit(row: tuple[Any, ...], document: Document | None, terms: Terms) -> Hit:
    _, kind, object_id, project_id, code, name, short_name, *of_task = row
    task_id, number, title, archived_at = of_task
    is_named = kind == SearchKind.ATTACHMENT
    return Hit(
        kind=SearchKind(kind),
        object_id=object_id,
        project_id=project_id,
        project_code=code,
        project_name=short_name or name,
        task_id=task_id,
        key=search_fragments.whole(code if task_id is None else f"{code}-{number}", terms),
        title=search_fragments.whole(name if task_id is None else title, terms),
        name=search_fragments.whole(document.title, terms) if document and is_named else (),
        text=search_fragments.best(document.body, terms) if document else (),
        is_archived=archived_at is not None,
    )


def _rows(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    return list(database.execute_sql(sql.replace("{p}", database.param), values))
